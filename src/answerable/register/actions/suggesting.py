"""What the machine suggests to be looked at: found in the background, kept apart from decisions."""

from collections.abc import Mapping, Sequence

from answerable.audit.actions import locked
from answerable.engine.similarity.odds import odds
from answerable.register.models import LikenessText, Recommendation, Suggestion
from answerable.register.queries.likeness import suggested
from answerable.register.queries.likeness_index import Found

BATCH = 50
"""So many recommendations are looked at in one round: others wait for the worker too."""
LEAST = 0.2
"""Below these odds of any relation nothing is kept."""


def look_for_repeats() -> int:
    """Look for what the newest recommendations may repeat; returns at how many it looked.

    For the worker, which calls it every few seconds. Whatever kills it leaves the rest to the next
    round.
    """
    waiting = LikenessText.objects.filter(looked=False).order_by("-recommendation")
    keys = list(waiting.values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    rows = Recommendation.objects.filter(pk__in=keys).select_related("report")
    those = list(rows.prefetch_related("corrections"))
    _keep(those, suggested(those))
    return len(those)


@locked
def _keep(those: Sequence[Recommendation], found: Mapping[int, Sequence[Found]]) -> None:
    """Keep what was found, of those that are still in the index."""
    keys = [one.pk for one in those]
    standing = set(LikenessText.objects.filter(pk__in=keys).values_list("pk", flat=True))
    there = {one.pk for kept in found.values() for one in kept}
    others = set(LikenessText.objects.filter(pk__in=there).values_list("pk", flat=True))
    Suggestion.objects.filter(recommendation__in=keys).delete()
    Suggestion.objects.bulk_create(
        Suggestion(recommendation_id=pk, other_id=one.pk, score=one.likeness.score, related=related)
        for pk in standing
        for one in found[pk]
        if one.pk in others and (related := 1 - odds(one.likeness)["unrelated"]) >= LEAST
    )
    LikenessText.objects.filter(pk__in=standing).update(looked=True)
