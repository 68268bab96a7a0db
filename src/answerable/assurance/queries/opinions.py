"""Reads of opinions: which of them stand now, and why the others do not. Always computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answerable.assurance.models import Judgement, Opinion
from answerable.assurance.queries import seen as seen_queries
from answerable.assurance.queries.seen import PARTS, Seen
from answerable.register.models import Undertaking


class State(StrEnum):
    """What an opinion is worth now. Never stored."""

    STANDS = "stands"
    REPLACED = "replaced"
    VOID = "void"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An opinion and what it is worth now; ``changed`` names the parts that made it void."""

    opinion: Opinion
    state: State
    changed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What a page says beside it."""
        if self.state is State.VOID and signed_elsewhere(self.opinion):
            return (
                "This opinion was signed at another office, on its own record. It counts here "
                "once someone independent has looked again."
            )
        if self.state is State.VOID:
            what = [PARTS[part] for part in self.changed] or ["what was seen"]
            listed = what[0] if len(what) == 1 else f"{', '.join(what[:-1])} and {what[-1]}"
            have = "has" if what[1:] == [] and listed[-1] != "s" else "have"
            return f"This opinion is void: {listed} {have} changed since it was signed."
        if self.state is State.WITHDRAWN:
            return f"This opinion was withdrawn: {self.opinion.withdrawn_reason}"
        if self.state is State.REPLACED:
            return "A later opinion of the same verifier stands in its place."
        return "This opinion stands: what was seen is as it was."


def opinions_of(undertaking: Undertaking) -> list[Opinion]:
    """Every opinion on an undertaking, oldest first. One query."""
    rows = Opinion.objects.filter(undertaking=undertaking)
    return list(rows.select_related("signed_by__body", "withdrawn_by").order_by("signed_at", "pk"))


def as_it_stands(opinion: Opinion) -> Opinion:
    """The opinion read anew, inside the act that is about to change it."""
    rows = Opinion.objects.select_related(
        "undertaking__body", "undertaking__recommendation", "signed_by"
    )
    return rows.get(pk=opinion.pk)


def signed_elsewhere(opinion: Opinion) -> bool:
    """Whether it came from an office that handed the record over, which is no office here."""
    return not opinion.signed_by.body.is_office


def is_void(opinion: Opinion, now: Seen) -> bool:
    """Whether what was seen is not what is there now, to the byte, or was seen at another office."""
    return _is_void(opinion, seen_queries.digest_of(now))


def _is_void(opinion: Opinion, digest_now: str) -> bool:
    if signed_elsewhere(opinion):
        return True
    return not opinion.digest == digest_now == seen_queries.digest_of(opinion.seen)


def weigh(opinions: Sequence[Opinion], now: Seen) -> list[Weighed]:
    """What each opinion is worth, beside ``now``, in the order given (oldest first).

    Each verifier has one that stands: her newest. Two verifiers may differ, and both stand.
    """
    digest = seen_queries.digest_of(now)
    void = {o.pk for o in opinions if not o.withdrawn_at and _is_void(o, digest)}
    kept = (o for o in opinions if not o.withdrawn_at and o.pk not in void)
    newest = {opinion.signed_by_id: opinion.pk for opinion in kept}
    return [_weighed(opinion, now, void, set(newest.values())) for opinion in opinions]


def _weighed(opinion: Opinion, now: Seen, void: set[int], newest: set[int]) -> Weighed:
    if opinion.withdrawn_at:
        return Weighed(opinion, State.WITHDRAWN)
    if opinion.pk in void:
        changed = tuple(seen_queries.changed(opinion.seen, now))
        return Weighed(opinion, State.VOID, changed)
    return Weighed(opinion, State.STANDS if opinion.pk in newest else State.REPLACED)


def weighed_opinions(undertaking: Undertaking) -> list[Weighed]:
    """Every opinion on an undertaking with what it is worth now, oldest first."""
    return weighed_of([undertaking])[undertaking.pk]


def weighed_of(undertakings: Iterable[Undertaking]) -> dict[int, list[Weighed]]:
    """Every opinion on each of them with what it is worth now: the same few queries however many."""
    every = {one.pk: one for one in undertakings}
    rows = Opinion.objects.filter(undertaking__in=every).select_related(
        "signed_by__body", "withdrawn_by"
    )
    given: dict[int, list[Opinion]] = {pk: [] for pk in every}
    for opinion in rows.order_by("signed_at", "pk"):
        given[opinion.undertaking_id].append(opinion)
    asked = [one for pk, one in every.items() if any(not o.withdrawn_at for o in given[pk])]
    now = seen_queries.seen_of(asked) if asked else {}
    return {pk: weigh(opinions, now.get(pk, {})) for pk, opinions in given.items()}


def standing_opinions(undertaking: Undertaking) -> list[Opinion]:
    """The opinions that stand now, one a verifier, oldest first."""
    weighed = weighed_opinions(undertaking)
    return [w.opinion for w in weighed if w.state is State.STANDS]


def standing_opinion(undertaking: Undertaking) -> Opinion | None:
    """The newest opinion that stands now, or None."""
    return next(reversed(standing_opinions(undertaking)), None)


def standing_assured(undertaking: Undertaking) -> list[Opinion]:
    """The opinions *assured* that stand now, oldest first."""
    return [o for o in standing_opinions(undertaking) if o.judgement == Judgement.ASSURED]


def newest_opinion(undertaking: Undertaking) -> Opinion | None:
    """The last opinion that was signed and not withdrawn, void or not."""
    kept = [o for o in opinions_of(undertaking) if not o.withdrawn_at]
    return kept[-1] if kept else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """For the verifier: what is not as it was when the last opinion was signed."""

    last: Opinion | None
    changed: tuple[str, ...]
    new: dict[str, list[dict[str, object]]]


def compared(undertaking: Undertaking) -> Comparison:
    """Everything new since the last opinion; where there is none, everything is new."""
    return compare(newest_opinion(undertaking), seen_queries.seen_now(undertaking))


def compare(last: Opinion | None, now: Seen) -> Comparison:
    """What of ``now`` is not as it was when ``last`` was signed."""
    before = last.seen if last else {}
    return Comparison(
        last, tuple(seen_queries.changed(before, now)), seen_queries.new_since(before, now)
    )
