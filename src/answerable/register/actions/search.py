"""The only writes to the search index: one row of words for each recommendation."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from answerable.register.models import Recommendation
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.search import letters

INSERT = {
    "sqlite": """INSERT INTO register_search (rowid, reference, number, subject, words)
        VALUES (%s, %s, %s, %s, %s)""",
    "postgresql": """INSERT INTO register_search (recommendation_id, document) VALUES (%s,
        setweight(to_tsvector('answerable', %s), 'A') ||
        setweight(to_tsvector('answerable', %s), 'A') ||
        setweight(to_tsvector('answerable', %s), 'B') ||
        setweight(to_tsvector('answerable', %s), 'C'))""",
}
BATCH = 500
DELETE = {
    "sqlite": "DELETE FROM register_search WHERE rowid = %s",
    "postgresql": "DELETE FROM register_search WHERE recommendation_id = %s",
}


def _row(recommendation: Recommendation) -> list[int | str]:
    words = recommendation.words
    newest = words_of(recommendation)
    said = words if newest == words else f"{words}\n{newest}"
    r = recommendation
    return [r.pk, *(" ".join(letters(t)) for t in (r.reference, r.number, r.subject, said))]


def index_words(recommendation: Recommendation) -> None:
    """Make a recommendation findable by its words, first and corrected, number and subject.

    Part of the act that changes them. The names of its report and bodies are found where they are
    kept, so that a new name is found at once.
    """
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(DELETE[vendor], [recommendation.pk])
        cursor.execute(INSERT[vendor], _row(recommendation))


def index_new(recommendations: Sequence[Recommendation]) -> None:
    """As :func:`index_words`, of many that are new and were never corrected."""
    prefetch_related_objects(recommendations, "corrections")
    with connection.cursor() as cursor:
        cursor.executemany(INSERT[connection.vendor], [_row(one) for one in recommendations])


def _batches(rows: Iterator[Recommendation]) -> Iterator[list[Recommendation]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def rebuild_search() -> int:
    """Write the whole index anew, for an operator after a restore. Returns how many rows it has."""
    rows = Recommendation.objects.prefetch_related("corrections").order_by("pk")
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_search")
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            cursor.executemany(INSERT[connection.vendor], [_row(one) for one in batch])
            count += len(batch)
    return count
