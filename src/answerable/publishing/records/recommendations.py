"""What the public may know of a recommendation: its words, where they stand, what it is linked to."""

from collections.abc import Mapping
from datetime import date

from answerable.publishing.records.links import links
from answerable.publishing.records.outside import outside_links
from answerable.publishing.records.rows import Record, Roles, of, plain, plain_of, runs
from answerable.publishing.records.undertakings import undertakings
from answerable.register.models import Kind, Recommendation

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


def recommendations(as_of: date, documents: Mapping[int, Record]) -> list[Record]:
    """Every recommendation of a report that is out, with each body's answer."""
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
    rows = of(Recommendation, as_of, "report__").order_by(
        "serial", "corrections__at", "corrections__pk"
    )
    roles = Roles()
    held = [
        (run[0]["id"], _recommendation(run, documents))
        for run in runs(rows.values(*columns, *RECOMMENDATION).iterator(chunk_size=2000), "id")
    ]
    answers = undertakings(as_of, documents, roles, {pk: r["words"] for pk, r in held})
    linked, outside = links(as_of, roles), outside_links(as_of, roles)
    return [
        record
        | {
            "undertakings": answers.get(pk, []),
            "links": linked.get(pk, []),
            "outside_links": outside.get(pk, []),
        }
        for pk, record in held
    ]


def _recommendation(run: list[Record], documents: Mapping[int, Record]) -> Record:
    """One recommendation, from a row for each of its corrections, or one without."""
    row, document = run[0], documents.get(run[0]["document_id"])
    corrections = [
        {name: plain(r[column]) for column, name in CORRECTION.items()}
        for r in run
        if r["corrections__at"]
    ]
    return plain_of(row, RECOMMENDATION) | {
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
