"""What the public may see: the only place that names public fields.

Everything that leaves the office is made from what this module returns: plain dictionaries of
text, numbers, dates as ISO text, and lists. Every query names its columns, so what is not named
here is not even read. Never here: names and addresses of people (only the role that decided),
candidates and what was decided about them, reasons for that, notes, unregistered reports.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet, Value
from django.utils import timezone

from answerable.accounts.models import Area, Body, FormerName, Role, RoleHeld
from answerable.accounts.rules import OFFICE_ROLES
from answerable.publishing import standings
from answerable.register.models import (
    ClockChange,
    Kind,
    Position,
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
CORRECTION = {
    "corrections__words": "words",
    "corrections__reason": "reason",
    "corrections__at": "on",
}
POSITION = ("positions__position", "positions__reason", "positions__at", "positions__by_id")
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


def _runs(rows: Iterable[Mapping[str, object]], key: str) -> Iterator[list[Record]]:
    """The rows of each thing, where a join repeats it for every other thing that belongs to it."""
    for _, run in groupby(rows, lambda row: row[key]):
        yield [dict(row) for row in run]


# --- Bodies -------------------------------------------------------------------------------------


def _bodies(named: set[str]) -> list[Record]:
    """The bodies named in public records, those they followed or were followed by, the offices."""
    heir, on = "successions__successor__slug", "successions__on"
    rows = Body.objects.order_by("slug", on).values("id", heir, on, *BODY)
    known = list(_runs(rows, "slug"))
    for run in known:
        ends = {run[0]["slug"], *(row[heir] for row in run if row[heir])}
        named |= ends if ends & named else set()
    kept = [run for run in known if run[0]["slug"] in named or run[0]["is_office"]]
    names, areas = _names_and_areas()
    return [
        _plain(run[0], BODY)
        | {
            "kind": Body.Kind(run[0]["kind"]).label,
            "other_names": names.get(run[0]["id"], []),
            "areas": areas.get(run[0]["id"], []),
            "followed_by": [{"body": r[heir], "on": plain(r[on])} for r in run if r[heir]],
        }
        for run in kept
    ]


def _names_and_areas() -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Other names and areas of every body, by its id."""
    found: tuple[dict[int, list[str]], dict[int, list[str]]] = ({}, {})
    names = FormerName.objects.order_by().values_list("body_id", "name", Value(0))
    areas = Area.objects.order_by().values_list("body_id", "name", Value(1))
    for body, name, which in sorted(names.union(areas, all=True)):
        found[which].setdefault(body, []).append(name)
    return found


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
    rows = Report.objects.filter(is_out(as_of), pk__in=registered)
    given = _grouped(documents, "report")
    held = rows.order_by("slug", "areas__name").values(
        "author__slug", "commissioner__slug", "areas__name", *REPORT
    )
    return [
        _plain(run[0], REPORT)
        | {
            "kind": Report.Kind(run[0]["kind"]).label,
            "author": run[0]["author__slug"],
            "commissioner": run[0]["commissioner__slug"] or "",
            "areas": [row["areas__name"] for row in run if row["areas__name"]],
            "documents": [
                {k: v for k, v in d.items() if k not in ("id", "report")}
                for d in given.get(run[0]["slug"], ())
            ],
        }
        for run in _runs(held, "slug")
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
        *CORRECTION,
    )
    rows = _of(Recommendation, as_of, "report__").order_by(
        "serial", "corrections__at", "corrections__pk"
    )
    undertakings = _undertakings(as_of, documents)
    held = rows.values(*columns, *RECOMMENDATION).iterator(chunk_size=2000)
    return [
        _recommendation(run, documents) | {"undertakings": undertakings.get(run[0]["id"], [])}
        for run in _runs(held, "id")
    ]


def _recommendation(run: list[Record], documents: Mapping[int, Record]) -> Record:
    """One recommendation, from a row for each of its corrections, or one without."""
    row, document = run[0], documents.get(run[0]["document_id"])
    corrections = [
        {name: plain(r[column]) for column, name in CORRECTION.items()}
        for r in run
        if r["corrections__at"]
    ]
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
        "corrections": corrections,
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
    """Replies by undertaking, each with the readings of its position, oldest first."""
    rows = _of(Response, as_of, "undertaking__recommendation__report__")
    held = rows.order_by("dated_on", "entered_at", "pk", "positions__at", "positions__pk").values(
        "id", "undertaking_id", "document_id", *POSITION, *RESPONSE
    )
    replies: dict[object, list[Record]] = defaultdict(list)
    for run in _runs(held, "id"):
        row, document = run[0], documents.get(run[0]["document_id"])
        reply = _plain(row, RESPONSE) | {
            "document": document["path"] if document else "",
            "positions": [_position(r, roles) for r in run if r["positions__at"]],
        }
        replies[row["undertaking_id"]].append(reply)
    return replies


def _position(row: Record, roles: Groups) -> Record:
    """What the overseer read in a reply, with the reason and the role that read it."""
    return {
        "position": Position(row["positions__position"]).label,
        "reason": row["positions__reason"],
        "on": plain(row["positions__at"]),
        "by": _role_of(roles, row["positions__by_id"], row["positions__at"]),
    }


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
