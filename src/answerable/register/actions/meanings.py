"""The only writes of what texts mean: one vector for each, by the worker, where the model is there."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from answerable.audit.actions import locked
from answerable.register.models import LikenessText, LikenessVector, Recommendation
from answerable.register.queries import meanings
from answerable.register.queries.recommendations import words_compared

BATCH = 200
"""So many in one round of the worker: some seconds."""


def store_vectors() -> int:
    """Store what is missing; returns how many. Nothing where the sentence model is not there.

    For the worker, which calls it every few seconds. Whatever kills it leaves the rest for the next.
    """
    missing = list(_missing().values_list("pk", "fingerprint")[:BATCH])
    model = meanings.model() if missing else None
    if model is None:
        return 0
    prints = dict(missing)
    rows = Recommendation.objects.filter(pk__in=prints).prefetch_related("corrections")
    words = {one.pk: words_compared(one) for one in rows}
    found = model.vectors(list(words.values()))
    _keep(
        [
            LikenessVector(
                recommendation_id=pk,
                fingerprint=prints[pk],
                model=meanings.model_name(),
                vector=vector.astype(meanings.STORED).tobytes(),
            )
            for pk, vector in zip(words, found, strict=True)
        ]
    )
    return len(words)


def _missing() -> "QuerySet[LikenessText]":
    there = LikenessVector.objects.filter(
        model=meanings.model_name(), fingerprint=F("recommendation__likeness_text__fingerprint")
    )
    return LikenessText.objects.exclude(pk__in=there.values("recommendation")).order_by("-pk")


@locked
def _keep(rows: Sequence[LikenessVector]) -> None:
    """New rows in place of old ones, so that whoever keeps them in memory sees what is new."""
    keys = [row.recommendation_id for row in rows]
    LikenessVector.objects.filter(recommendation__in=keys).delete()
    LikenessVector.objects.bulk_create(rows)
