"""What the public may know of a report, and of its documents."""

from collections.abc import Iterable
from datetime import date

from answerable.publishing.records.rows import Record, grouped, is_out, plain_of, runs
from answerable.register.models import Recommendation
from answerable.reports.models import Document, Report

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
ENDINGS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "image/png": "png",
    "image/jpeg": "jpg",
    # A stranger's HTML must not run as a page of the edition: it is kept byte for byte, as text.
    "text/html": "html.txt",
}
"""How the name of a public file ends, by its kind; any other ends in txt."""


def documents(as_of: date) -> list[Record]:
    """Documents that someone chose to make public, of reports that are out."""
    rows = Document.objects.filter(is_out(as_of, "report__"), is_public=True).order_by("sha256")
    return [
        plain_of(row, DOCUMENT)
        | {
            "id": row["id"],
            "report": row["report__slug"],
            "path": f"documents/{row['sha256']}.{ENDINGS.get(row['media_type'], 'txt')}",
            "purpose": Document.Purpose(row["purpose"]).label,
        }
        for row in rows.values("id", "report__slug", *DOCUMENT)
    ]


def reports(as_of: date, held: Iterable[Record]) -> list[Record]:
    """Reports with something in the register, each with those of its documents that are public."""
    registered = Recommendation.objects.order_by().values("report_id")
    rows = Report.objects.filter(is_out(as_of), pk__in=registered)
    given = grouped(held, "report")
    found = rows.order_by("slug", "areas__name").values(
        "author__slug", "commissioner__slug", "areas__name", *REPORT
    )
    return [
        plain_of(run[0], REPORT)
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
        for run in runs(found, "slug")
    ]


def held_back(as_of: date) -> list[Record]:
    """Reports in the register that stay inside because they are not out, for publishers to see."""
    registered = Recommendation.objects.order_by().values("report_id")
    rows = Report.objects.filter(pk__in=registered).exclude(is_out(as_of)).order_by("title")
    return [
        plain_of(row, ("title", "published_on")) for row in rows.values("title", "published_on")
    ]
