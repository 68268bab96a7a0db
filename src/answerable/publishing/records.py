"""What the public may see: the only place that names public fields.

Everything that leaves the office is made from what this module returns: plain dictionaries of
text, numbers, dates as ISO text, and lists. Every query names its columns, so what is not named
here is not even read. Never here: names and addresses of people (only the role that decided),
candidates and what was decided about them, reasons for that, notes, unregistered reports.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from answerable.accounts.models import Area, Body, FormerName, Role, RoleHeld, Succession
from answerable.accounts.rules import OFFICE_ROLES
from answerable.publishing import standings
from answerable.register.models import (
    ClockChange,
    Correction,
    Kind,
    Position,
    PositionRead,
    Recommendation,
    Response,
    Undertaking,
    Unit,
)
from answerable.reports.models import Document, Report

Record = dict[str, Any]
Groups = Mapping[Any, list[Record]]

BODY = ("slug", "name", "short_name", "kind", "begins_on", "ends_on", "is_office", "invented")
REPORT = (
    "slug",
    "title",
    "kind",
    "terms",
    "scope",
    "period_from",
    "period_to",
    "published_on",
    "published_words",
    "address",
    "stated_count",
    "invented",
)
DOCUMENT = ("sha256", "media_type", "size", "page_count", "purpose")
RECOMMENDATION = (
    "reference",
    "number",
    "kind",
    "words",
    "page",
    "fingerprint",
    "paraphrased",
    "source_url",
    "subject",
)
RESPONSE = ("words", "restates", "dated_on", "received_on", "page", "source_url")
CLOCK = {
    "clock__starts_on": "starts_on",
    "clock__first_computed_on": "first_due_on",
    "clock__computed_on": "computed_on",
    "clock__official_on": "official_on",
    "clock__official_reason": "official_reason",
    "clock__stopped_on": "answered_on",
    "clock__due_on": "due_on",
    "clock__state": "state",
    "clock__basis__name": "basis",
    "clock__basis__owed": "owed",
    "clock__basis__source": "source",
    "clock__basis__source_url": "source_url",
    "clock__basis__length": "length",
    "clock__basis__unit": "unit",
    "clock__basis__first_day_counts": "first_day_counts",
}
ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    # A stranger's HTML must not run as a page of the edition: it is kept byte for byte, as text.
    "text/html": "html.txt",
}


def is_out(as_of: date, prefix: str = "") -> Q:
    """Reports that their makers have published by ``as_of``; an embargoed one stays inside."""
    on, words = f"{prefix}published_on", f"{prefix}published_words"
    known = Q(**{f"{on}__isnull": True}) & ~Q(**{words: ""})
    return Q(**{f"{on}__lte": as_of}) | known


def public_records(as_of: date, note: str = "") -> Record:
    """Everything public, as it stands on ``as_of``, with the publisher's ``note`` to the public.

    A recommendation is public once it is in the register and its report is out; one withdrawn
    from the register stays, marked as withdrawn. A constant number of queries.
    """
    documents = _documents(as_of)
    recommendations = _recommendations(as_of, {d["id"]: d for d in documents})
    reports = _reports(as_of, documents)
    named = {r["author"] for r in reports} | {r["commissioner"] for r in reports}
    named |= {u["body"] for r in recommendations for u in r["undertakings"]}
    return {
        "office": settings.OFFICE_NAME,
        "as_of": as_of.isoformat(),
        "note": note,
        "bodies": _bodies(named),
        "reports": reports,
        "recommendations": recommendations,
        "totals": standings.totals(recommendations),
    }


def plain(value: object) -> object:
    """A value as JSON has it: days as ISO text, moments as the day in the office's own time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _plain(row: Mapping[str, object], fields: Iterable[str]) -> Record:
    return {name: plain(row[name]) for name in fields}


def _grouped(rows: Iterable[Mapping[str, object]], key: str) -> Groups:
    groups: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(dict(row))
    return groups


# --- Bodies -------------------------------------------------------------------------------------


def _bodies(named: set[str]) -> list[Record]:
    """The bodies named in public records, those they followed or were followed by, the offices."""
    pairs = list(
        Succession.objects.order_by("on").values("predecessor__slug", "successor__slug", "on")
    )
    for pair in pairs:
        ends = {pair["predecessor__slug"], pair["successor__slug"]}
        named |= ends if ends & named else set()
    rows = Body.objects.filter(Q(slug__in=named) | Q(is_office=True)).order_by("slug")
    names = _grouped(FormerName.objects.order_by("name").values("body_id", "name"), "body_id")
    areas = _grouped(Area.objects.order_by("name").values("body_id", "name"), "body_id")
    followed = _grouped(pairs, "predecessor__slug")
    return [
        _plain(row, BODY)
        | {
            "kind": Body.Kind(row["kind"]).label,
            "other_names": [n["name"] for n in names.get(row["id"], ())],
            "areas": [a["name"] for a in areas.get(row["id"], ())],
            "followed_by": [
                {"body": p["successor__slug"], "on": plain(p["on"])}
                for p in followed.get(row["slug"], ())
            ],
        }
        for row in rows.values("id", *BODY)
    ]


# --- Reports and documents ----------------------------------------------------------------------


def _documents(as_of: date) -> list[Record]:
    """Documents that someone chose to make public, of reports that are out."""
    rows = Document.objects.filter(is_out(as_of, "report__"), is_public=True).order_by("sha256")
    return [
        _plain(row, DOCUMENT)
        | {
            "id": row["id"],
            "report": row["report__slug"],
            "path": f"documents/{row['sha256']}.{ENDINGS.get(row['media_type'], 'txt')}",
            "purpose": Document.Purpose(row["purpose"]).label,
        }
        for row in rows.values("id", "report__slug", *DOCUMENT)
    ]


def _reports(as_of: date, documents: Iterable[Record]) -> list[Record]:
    registered = Recommendation.objects.order_by().values("report_id")
    rows = Report.objects.filter(is_out(as_of), pk__in=registered).order_by("slug")
    given = _grouped(documents, "report")
    areas = _grouped(
        Report.areas.through.objects.order_by("area__name").values("report_id", "area__name"),
        "report_id",
    )
    return [
        _plain(row, REPORT)
        | {
            "kind": Report.Kind(row["kind"]).label,
            "author": row["author__slug"],
            "commissioner": row["commissioner__slug"] or "",
            "areas": [a["area__name"] for a in areas.get(row["id"], ())],
            "documents": [
                {k: v for k, v in d.items() if k not in ("id", "report")}
                for d in given.get(row["slug"], ())
            ],
        }
        for row in rows.values("id", "author__slug", "commissioner__slug", *REPORT)
    ]


def held_back(as_of: date) -> list[Record]:
    """Reports in the register that stay inside because they are not out, for publishers to see."""
    registered = Recommendation.objects.order_by().values("report_id")
    rows = Report.objects.filter(pk__in=registered).exclude(is_out(as_of)).order_by("title")
    return [_plain(row, ("title", "published_on")) for row in rows.values("title", "published_on")]


# --- Recommendations ----------------------------------------------------------------------------


def _of(model: type[Model], as_of: date, path: str) -> QuerySet[Any]:
    return model._default_manager.filter(is_out(as_of, path))


def _recommendations(as_of: date, documents: Mapping[int, Record]) -> list[Record]:
    rows = _of(Recommendation, as_of, "report__").order_by("serial")
    columns = (
        "id",
        "report__slug",
        "report__invented",
        "document_id",
        "document__sha256",
        "spans",
        "accepted_at",
        "withdrawn_at",
        "withdrawn_reason",
    )
    corrections = _grouped(
        _of(Correction, as_of, "recommendation__report__")
        .order_by("at", "pk")
        .values("recommendation_id", "words", "reason", "at"),
        "recommendation_id",
    )
    undertakings = _undertakings(as_of, documents)
    return [
        _recommendation(row, corrections.get(row["id"], []), documents)
        | {"undertakings": undertakings.get(row["id"], [])}
        for row in rows.values(*columns, *RECOMMENDATION).iterator(chunk_size=2000)
    ]


def _recommendation(
    row: Record, corrections: list[Record], documents: Mapping[int, Record]
) -> Record:
    document = documents.get(row["document_id"])
    return _plain(row, RECOMMENDATION) | {
        "words": corrections[-1]["words"] if corrections else row["words"],
        "words_as_entered": row["words"],
        "kind": Kind(row["kind"]).label,
        "report": row["report__slug"],
        "invented": row["report__invented"],
        "entered_on": plain(row["accepted_at"]),
        "document_sha256": row["document__sha256"] or "",
        "document": document["path"] if document else "",
        "passage": row["spans"] if document else [],
        "corrections": [
            {"on": plain(c["at"]), "words": c["words"], "reason": c["reason"]} for c in corrections
        ],
        "withdrawn_on": plain(row["withdrawn_at"]),
        "withdrawn_because": row["withdrawn_reason"] if row["withdrawn_at"] else "",
    }


# --- Undertakings: each body's answer, and its clock --------------------------------------------


def _undertakings(as_of: date, documents: Mapping[int, Record]) -> Groups:
    rows = _of(Undertaking, as_of, "recommendation__report__").order_by("recommendation_id", "pk")
    columns = (
        "id",
        "recommendation_id",
        "body__slug",
        "passed_from_id",
        "passed_from__body__slug",
        "stands",
        "added_at",
        "recommendation__paraphrased",
    )
    found = list(rows.values(*columns, *CLOCK).iterator(chunk_size=2000))
    passed_on = {row["passed_from_id"]: row["body__slug"] for row in found if row["passed_from_id"]}
    roles = _roles()
    changes = _clock_changes(as_of, roles)
    replies = _responses(as_of, documents, roles)
    for row in found:
        clock = _clock(row, changes.get(row["id"], []))
        elsewhere = row["recommendation__paraphrased"]
        row["record"] = {
            "body": row["body__slug"],
            "passed_from": row["passed_from__body__slug"] or "",
            "passed_from_on": plain(row["added_at"]) if row["passed_from_id"] else None,
            "passed_to": passed_on.get(row["id"], ""),
            "responses": replies.get(row["id"], []),
            "clock": clock,
            **standings.of(row["stands"], clock, as_of, elsewhere=elsewhere),
        }
    return {
        key: [row["record"] for row in rows]
        for key, rows in _grouped(found, "recommendation_id").items()
    }


def _clock(row: Record, changes: list[Record]) -> Record | None:
    if row["clock__starts_on"] is None:
        return None
    clock: Record = {name: plain(row[column]) for column, name in CLOCK.items()}
    unit = Unit(row["clock__basis__unit"]).label
    return clock | {"unit": unit, "changes": [c["record"] for c in changes]}


def _clock_changes(as_of: date, roles: Groups) -> Groups:
    rows = _of(ClockChange, as_of, "clock__undertaking__recommendation__report__")
    columns = ("what", "on", "days", "due_before", "due_after", "reason")
    found = rows.order_by("at", "pk").values("clock__undertaking_id", "at", "by_id", *columns)
    return _grouped(
        (
            row
            | {
                "record": _plain(row, columns)
                | {
                    "what": ClockChange.What(row["what"]).label,
                    "recorded_on": plain(row["at"]),
                    "by": _role_of(roles, row["by_id"], row["at"]),
                }
            }
            for row in found
        ),
        "clock__undertaking_id",
    )


def _responses(as_of: date, documents: Mapping[int, Record], roles: Groups) -> Groups:
    read = _positions(as_of, roles)
    rows = _of(Response, as_of, "undertaking__recommendation__report__")
    found = rows.order_by("dated_on", "entered_at", "pk").values(
        "id", "undertaking_id", "document_id", *RESPONSE
    )
    replies = []
    for row in found:
        document = documents.get(row["document_id"])
        record = _plain(row, RESPONSE) | {
            "document": document["path"] if document else "",
            "positions": [p["record"] for p in read.get(row["id"], [])],
        }
        replies.append({"undertaking_id": row["undertaking_id"], "record": record})
    return {
        key: [r["record"] for r in rows]
        for key, rows in _grouped(replies, "undertaking_id").items()
    }


def _positions(as_of: date, roles: Groups) -> Groups:
    """The overseer's readings of each reply, oldest first, each with its reason and role."""
    rows = _of(PositionRead, as_of, "response__undertaking__recommendation__report__")
    found = rows.order_by("at", "pk").values("response_id", "position", "reason", "at", "by_id")
    return _grouped(
        (
            row
            | {
                "record": {
                    "position": Position(row["position"]).label,
                    "reason": row["reason"],
                    "on": plain(row["at"]),
                    "by": _role_of(roles, row["by_id"], row["at"]),
                }
            }
            for row in found
        ),
        "response_id",
    )


def _roles() -> Groups:
    """The roles of the office that each person has held, by the person's id: never a name."""
    rows = RoleHeld.objects.filter(role__in=OFFICE_ROLES).order_by("begun_at", "pk")
    return _grouped(rows.values("person_id", "role", "begun_at", "ended_at"), "person_id")


def _role_of(roles: Groups, person: object, at: datetime) -> str:
    """The role in which somebody decided; “the office” where that is all that can be said."""
    held = [
        Role(r["role"]).label
        for r in roles.get(person, ())
        if r["begun_at"] <= at and (r["ended_at"] is None or at <= r["ended_at"])
    ]
    return str(held[0]) if held else "the office"
