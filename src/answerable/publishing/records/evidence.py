"""What the public may know of evidence: all of what was opened, grade and dates of what is sealed.

Evidence is sealed until a publisher opens it. Of sealed evidence no word, name, address or digest
is read here: only how much of which grade there is, and from when.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from answerable.assurance.models import Evidence, Grade, Graded, Use
from answerable.publishing.records.reports import ENDINGS
from answerable.publishing.records.rows import Groups, Record, of, plain, records_by

OPENED = (
    "name",
    "sha256",
    "size",
    "media_type",
    "address",
    "words",
    "shows",
    "does_not_show",
    "expires_because",
)
DATED = ("uploaded_at", "covers_from", "covers_to", "expires_on")
PATH = "undertaking__recommendation__report__"


def _rows(as_of: date, *, is_public: bool) -> QuerySet[Any]:
    newest = Graded.objects.filter(evidence=OuterRef("evidence")).order_by("-at", "-pk")
    rows = of(Use, as_of, PATH).filter(evidence__is_public=is_public)
    set_by_verifier = Subquery(newest.values("grade")[:1])
    found: QuerySet[Any] = rows.annotate(
        grade_set=set_by_verifier, grade=Coalesce(set_by_verifier, "evidence__grade_proposed")
    ).order_by("added_at", "pk")
    return found


def evidence(as_of: date) -> Groups:
    """A record for each use of evidence, by undertaking; of what is sealed with grade and dates only."""
    common = (
        "undertaking_id",
        "grade",
        "grade_set",
        "taken_out_at",
        *(f"evidence__{name}" for name in DATED),
    )
    words = ("evidence__kind", "taken_out_reason", *(f"evidence__{name}" for name in OPENED))
    sealed = records_by(_rows(as_of, is_public=False).values(*common), "undertaking_id", _dated)
    opened = records_by(
        _rows(as_of, is_public=True).values(*common, *words), "undertaking_id", _opened
    )
    return {pk: [*opened.get(pk, []), *sealed.get(pk, [])] for pk in {*opened, *sealed}}


def _dated(row: Mapping[str, Any]) -> Record:
    return {
        "grade": str(Grade(row["grade"]).label),
        "grade_set": row["grade_set"] is not None,
        "handed_in_on": plain(row["evidence__uploaded_at"]),
        "covers_from": plain(row["evidence__covers_from"]),
        "covers_to": plain(row["evidence__covers_to"]),
        "expires_on": plain(row["evidence__expires_on"]),
        "taken_out_on": plain(row["taken_out_at"]),
    }


def _opened(row: Mapping[str, Any]) -> Record:
    kind, sha256 = row["evidence__kind"], row["evidence__sha256"]
    ending = ENDINGS.get(row["evidence__media_type"], "txt")
    has_file = kind != Evidence.Kind.STATEMENT
    return (
        {name: plain(row[f"evidence__{name}"]) for name in OPENED}
        | _dated(row)
        | {
            "kind": str(Evidence.Kind(kind).label),
            "path": f"evidence/{sha256}.{ending}" if has_file else "",
            "taken_out_because": row["taken_out_reason"],
        }
    )


def summed(rows: Iterable[Record]) -> Record:
    """The pieces that were opened, and how many sealed ones of which grade there are."""
    held = list(rows)
    sealed = [row for row in held if "kind" not in row]
    standing = [row for row in sealed if not row["taken_out_on"]]
    grades = [str(grade.label) for grade in reversed(Grade)]
    return {
        "opened": [row for row in held if "kind" in row],
        "sealed": [
            _of_grade(grade, those)
            for grade in grades
            if (those := [row for row in standing if row["grade"] == grade])
        ],
        "sealed_taken_out": len(sealed) - len(standing),
    }


def _of_grade(grade: str, rows: list[Record]) -> Record:
    days = [row["handed_in_on"] for row in rows]
    expires = [row["expires_on"] for row in rows if row["expires_on"]]
    return {
        "grade": grade,
        "pieces": len(rows),
        "grade_set_by_verifier": sum(row["grade_set"] for row in rows),
        "first_on": min(days),
        "last_on": max(days),
        "first_expires_on": min(expires, default=None),
    }
