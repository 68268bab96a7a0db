"""Everything that was asked of one body, by whom, and where what it does for one serves another too.

A theme is what the body itself made of it: the actions of its plan. Nothing else groups by meaning.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from answerable.accounts.models import Body
from answerable.accounts.rules import NotTheirs
from answerable.assurance.models import Use
from answerable.assurance.queries.closing import open_closures
from answerable.plan.models import Claim, Service
from answerable.register.models import Correction, Link, Relation, Stands, Undertaking
from answerable.register.queries import links
from answerable.register.queries.keys import these
from answerable.register.queries.remembered import Memory

NO_REPLY, NO_ACTION, NO_CLAIM, TOGETHER, OPEN = (
    "no_reply",
    "no_action",
    "no_claim",
    "shared",
    "open",
)
ONLY: dict[str, str] = {
    NO_REPLY: "without a reply",
    NO_ACTION: "served by no action",
    NO_CLAIM: "without a claim",
    TOGETHER: "overlapping with others",
    OPEN: "not closed",
}
"""What the list can be narrowed to, each by itself."""

REPORT, OVERSEER, ACTION = "report", "overseer", "action"
GROUPS: dict[str, str] = {
    REPORT: "by report",
    OVERSEER: "by who asked",
    ACTION: "by action of the plan",
}
"""What the list can be grouped by."""

NOTHING = "Served by no action yet"

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Something that an undertaking has in common with others: in words, and their references."""

    words: str
    references: tuple[str, ...]


@dataclass(slots=True)
class Asked:
    """One undertaking, as light as a list of thousands needs it."""

    pk: int
    recommendation: int
    reference: str
    label: tuple[str, str]
    words: str
    report: tuple[int, str]
    overseer: tuple[int, str]
    stands: str
    claimed: bool = False
    closed: bool = False
    actions: list[tuple[str, str]] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked for; every part that is given must hold."""

    words: str = ""
    overseer: int | None = None
    report: int | None = None
    action: str = ""
    only: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == Narrowing()


def all_asked(body: Body, memory: Memory) -> Sequence[Asked]:
    """All that ``body`` owes an answer to, as asked. Eight queries, once an event."""
    return memory.of(("asked", body.pk), partial(_read, body))


def _read(body: Body) -> list[Asked]:
    found = {one.pk: one for one in _rows(body)}
    if not found:
        return []
    by_asked = {one.recommendation: one for one in found.values()}
    for asked, words in (
        Correction.objects.filter(recommendation__in=these(by_asked))
        .order_by("at", "pk")
        .values_list("recommendation_id", "words")
    ):
        by_asked[asked].words = words
    _served(found)
    _evidence(found)
    _linked(by_asked)
    ours = these(found)
    for pk in Claim.objects.filter(undertaking__in=ours).values_list("undertaking", flat=True):
        found[pk].claimed = True
    before = Claim.objects.filter(undertaking__passed_to__in=ours)
    for pk in before.values_list("undertaking__passed_to", flat=True):
        found[pk].claimed = True
    closures = open_closures().filter(undertaking__in=ours)
    for pk in closures.values_list("undertaking", flat=True):
        found[pk].closed = True
    return list(found.values())


def _rows(body: Body) -> list[Asked]:
    rows = Undertaking.objects.filter(body=body, recommendation__withdrawn_at__isnull=True)
    values = rows.exclude(stands=Stands.PASSED).values_list(
        "pk",
        "recommendation_id",
        "recommendation__reference",
        "recommendation__kind",
        "recommendation__number",
        "recommendation__words",
        "recommendation__report_id",
        "recommendation__report__title",
        "recommendation__report__author_id",
        "recommendation__report__author__name",
        "stands",
    )
    return [
        Asked(pk, asked, ref, (kind, no), words, (report, title), (author, name), stands)
        for pk, asked, ref, kind, no, words, report, title, author, name, stands in values.order_by(
            "recommendation__serial"
        )
    ]


def _served(found: dict[int, Asked]) -> None:
    """The actions that serve each, and what else those serve."""
    rows = Service.objects.filter(
        undertaking__in=these(found), taken_out_at__isnull=True, action__abandoned_at__isnull=True
    )
    shared: dict[str, list[Asked]] = defaultdict(list)
    titles: dict[str, str] = {}
    for pk, reference, title in rows.order_by("action__serial", "pk").values_list(
        "undertaking_id", "action__reference", "action__title"
    ):
        found[pk].actions.append((reference, title))
        shared[reference].append(found[pk])
        titles[reference] = title
    _overlap(shared, lambda reference: f"{reference} also serves")


def _evidence(found: dict[int, Asked]) -> None:
    """Evidence that serves each and others too."""
    rows = Use.objects.filter(undertaking__in=these(found), taken_out_at__isnull=True)
    shared: dict[tuple[int, str], list[Asked]] = defaultdict(list)
    for pk, evidence, name in rows.order_by("evidence").values_list(
        "undertaking_id", "evidence_id", "evidence__name"
    ):
        shared[evidence, name].append(found[pk])
    _overlap(shared, lambda named: f"“{named[1]}” is also handed in for")


def _overlap(shared: Mapping[Key, list[Asked]], words: Callable[[Key], str]) -> None:
    for key, ones in shared.items():
        for one in ones:
            if others := tuple(other.reference for other in ones if other.pk != one.pk):
                one.overlaps.append(Overlap(words(key), others))


def _linked(by_asked: dict[int, Asked]) -> None:
    """Signed links between two of them: who signed that they ask the same, or more."""
    ours = these(by_asked)
    rows: Iterable[Link] = links.standing().filter(earlier__in=ours, later__in=ours).order_by("pk")
    for link in rows:
        earlier, later = by_asked[link.earlier_id], by_asked[link.later_id]
        relation = Relation(link.relation).label
        later.overlaps.append(Overlap(f"It {relation}", (earlier.reference,)))
        earlier.overlaps.append(Overlap(f"Asked later, and {relation} it:", (later.reference,)))


# --- Narrowed, and in groups ------------------------------------------------------------------------


def narrowed(every: Iterable[Asked], narrowing: Narrowing) -> list[Asked]:
    """Those of ``every`` that are as ``narrowing`` asks."""
    said = narrowing.words.casefold()
    return [
        one
        for one in every
        if (not said or said in one.words.casefold() or said == one.reference.casefold())
        and narrowing.overseer in (None, one.overseer[0])
        and narrowing.report in (None, one.report[0])
        and (not narrowing.action or narrowing.action in dict(one.actions))
        and all(_IS[only](one) for only in narrowing.only)
    ]


_IS: dict[str, Callable[[Asked], bool]] = {
    NO_REPLY: lambda one: one.stands in (Stands.SILENT, Stands.NO_RESPONSE),
    NO_ACTION: lambda one: not one.actions,
    NO_CLAIM: lambda one: not one.claimed,
    TOGETHER: lambda one: bool(one.overlaps),
    OPEN: lambda one: not one.closed,
}


def counts(every: Sequence[Asked]) -> dict[str, int]:
    """How many of ``every`` each narrowing of :data:`ONLY` would leave."""
    return {only: sum(map(_IS[only], every)) for only in ONLY}


def grouped(rows: Iterable[Asked], group: str) -> list[tuple[str, Asked]]:
    """Each with the name of its group, group by group; by action it stands under each that serves it.

    Nothing is left out: what no action serves stands last.
    """
    if group == ACTION:
        return _by_action(rows)
    named = [(getattr(one, group if group in GROUPS else REPORT), one) for one in rows]
    named.sort(key=lambda pair: (pair[0][1].casefold(), pair[0][0]))
    return [(name, one) for (_, name), one in named]


def _by_action(rows: Iterable[Asked]) -> list[tuple[str, Asked]]:
    named: list[tuple[int, str, Asked]] = []
    for one in rows:
        named += [(int(ref[2:]), f"{ref}: {title}", one) for ref, title in one.actions]
        if not one.actions:
            named.append((2**31, NOTHING, one))
    named.sort(key=lambda entry: entry[0])
    return [(name, one) for _, name, one in named]


def chosen(body: Body, references: Iterable[str]) -> list[Undertaking]:
    """The undertakings of ``body`` with these references, in the order of the register.

    Raises:
        NotTheirs: where one of them is not there.
    """
    wanted = set(references)
    rows = Undertaking.objects.filter(body=body, recommendation__reference__in=wanted)
    found = list(
        rows.select_related("body", "recommendation__report", "passed_from")
        .prefetch_related("recommendation__corrections")
        .order_by("recommendation__serial")
    )
    if len(found) != len(wanted):
        raise NotTheirs("There is no such answer for you.")
    return found
