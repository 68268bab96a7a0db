"""The four answers and the course of many undertakings, for a page that shows them: one query.

What is said is put together as :mod:`answerable.assurance.queries.four` puts it together; only the
reading is another, so that a page costs the same however much hangs on what it shows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import F, Model, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce

from answerable.accounts.models import Body, Person
from answerable.assurance.models import (
    Closure,
    Evidence,
    Graded,
    Opinion,
    Reopening,
    Sample,
    Use,
)
from answerable.assurance.queries import course, four, seen
from answerable.assurance.queries.course import Course
from answerable.assurance.queries.four import FourAnswers
from answerable.assurance.queries.opinions import Weighed, weigh
from answerable.plan.models import Action, Claim, ClosingTest, DateMove, Service
from answerable.plan.queries.closing_tests import newest_agreed
from answerable.register.models import (
    ClockChange,
    Correction,
    Link,
    PositionRead,
    Relation,
    Response,
    Undertaking,
)
from answerable.register.queries import links
from answerable.register.queries.together import together
from answerable.register.queries.undertakings import (
    Lines,
    along,
    heirs_of,
    in_lines,
    lines_of,
    owners_of,
)

A_BATCH = 500
"""So many are read at once: their keys stand in one query many times over."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells of one undertaking."""

    four: FourAnswers
    course: Course


def told_of(undertakings: Iterable[Undertaking]) -> dict[int, Told]:
    """The four answers and the course of each, by its key."""
    every = list(undertakings)
    found: dict[int, Told] = {}
    for first in range(0, len(every), A_BATCH):
        found |= _told(every[first : first + A_BATCH])
    return found


def _told(undertakings: list[Undertaking]) -> dict[int, Told]:
    prefetch_related_objects(undertakings, "body", "recommendation")
    lines, heirs = lines_of(undertakings), heirs_of(undertakings)
    read = _read(undertakings, lines)
    return {
        one.pk: Told(
            four.put_together(
                one, read.replies[one.pk], read.claims[one.pk], read.weighed(one), heirs.get(one.pk)
            ),
            read.course(one),
        )
        for one in undertakings
    }


@dataclass(frozen=True)
class Read:
    """Everything that was read, by the undertaking in whose line it hangs, oldest first."""

    replies: Mapping[int, list[Response]]
    claims: Mapping[int, list[Claim]]
    tests: Mapping[int, list[ClosingTest]]
    uses: Mapping[int, list[Use]]
    samples: Mapping[int, list[Sample]]
    opinions: Mapping[int, list[Opinion]]
    corrections: Mapping[int, list[str]]
    services: Mapping[int, list[Service]]
    actions: Mapping[int, Action]
    moves: Counter[int]
    closures: Mapping[int, list[Closure]]
    reopened: Mapping[int, Reopening]
    superseding: Sequence[Any]

    def weighed(self, one: Undertaking) -> list[Weighed]:
        """What each opinion on it is worth now."""
        signed = [o for o in self.opinions[one.pk] if o.undertaking_id == one.pk]
        if not signed:
            return []
        test = newest_agreed(self.tests[one.pk])
        corrected = self.corrections.get(one.recommendation_id, [])
        now = seen.put_together(
            one, corrected, test, self.claims[one.pk], self.uses[one.pk], self.samples[one.pk]
        )
        return weigh(signed, now)

    def course(self, one: Undertaking) -> Course:
        """Where it is on its way."""
        serving = {s.action_id for s in self.services[one.pk] if not s.taken_out_at}
        return course.put_together(
            one,
            tests=self.tests[one.pk],
            actions=[self.actions[pk] for pk in serving if pk in self.actions],
            evidence=len(self.uses[one.pk]),
            opinions=self.opinions[one.pk],
            closures=self.closures[one.pk],
            reopened=self.reopened,
            moved=self.moves[one.pk],
            superseded_by=tuple(
                link.later_reference
                for link in self.superseding
                if link.earlier_id == one.recommendation_id
            ),
            supersedes=tuple(
                link.earlier_reference
                for link in self.superseding
                if link.later_id == one.recommendation_id
            ),
        )


def _asked(keys: set[int], recommendations: set[int]) -> Iterator[QuerySet[Any]]:
    """All that hangs on these undertakings, in the order in which :func:`_read` takes it."""
    of = Q(undertaking__in=keys)
    used, served = Use.objects.filter(of, taken_out_at__isnull=True), Service.objects.filter(of)
    people = _people(of)
    yield Response.objects.filter(of)
    yield PositionRead.objects.filter(response__undertaking__in=keys)
    yield Claim.objects.filter(of)
    yield ClosingTest.objects.filter(of)
    yield used
    yield Evidence.objects.filter(pk__in=used.values("evidence"))
    yield Graded.objects.filter(evidence__in=used.values("evidence"))
    yield Sample.objects.filter(of, seen_at__isnull=False)
    yield Opinion.objects.filter(of)
    yield Correction.objects.filter(recommendation__in=recommendations)
    yield served
    yield Action.objects.filter(pk__in=served.values("action"), abandoned_at__isnull=True)
    yield _moves(keys)
    yield _clock_moves(keys)
    yield Closure.objects.filter(of)
    yield Reopening.objects.filter(closure__undertaking__in=keys)
    yield _superseding(recommendations)
    yield people.only("name", "body")
    yield Body.objects.filter(pk__in=people.values("body"))


def _read(undertakings: Sequence[Undertaking], lines: Lines) -> Read:
    """Everything that hangs on them, by one query."""
    asked = _asked(in_lines(lines), {one.recommendation_id for one in undertakings})
    (
        replies, positions, claims, tests, uses, evidence, grades, samples, signed, corrections,
        services, actions, moves, clock_moves, closures, reopened, joined, people, bodies,
    ) = together(*asked)  # fmt: skip
    _hang(replies, "positions", positions, "response_id")
    _hang(evidence, "grades", grades, "evidence_id")
    _point(uses, "evidence", evidence)
    _point(people, "body", bodies)
    _point(signed, "signed_by", people)
    _point(closures, "by", people)
    return Read(
        replies=along(lines, sorted(replies, key=attrgetter("dated_on", "entered_at", "pk"))),
        claims=along(lines, sorted(claims, key=attrgetter("made_at", "pk"))),
        tests=along(lines, sorted(tests, key=attrgetter("version", "pk"))),
        uses=along(lines, sorted(uses, key=attrgetter("added_at", "pk"))),
        samples=along(lines, sorted(samples, key=attrgetter("committed_at", "pk"))),
        opinions=along(lines, sorted(signed, key=attrgetter("signed_at", "pk"))),
        corrections=_corrected(corrections),
        services=(served := along(lines, services)),
        actions={one.pk: one for one in actions},
        moves=_counted(lines, served, moves, clock_moves),
        closures=along(lines, sorted(closures, key=attrgetter("at", "pk"))),
        reopened={one.closure_id: one for one in reopened},
        superseding=joined,
    )


def _people(of: Q) -> QuerySet[Person]:
    """Who signed an opinion, and who closed."""
    signed, closed = Opinion.objects.filter(of), Closure.objects.filter(of)
    return Person.objects.filter(
        Q(pk__in=signed.values("signed_by")) | Q(pk__in=closed.values("by"))
    )


def _moves(keys: set[int]) -> QuerySet[DateMove]:
    """Approved moves of closing tests, and of actions that served and their milestones."""
    serving = Service.objects.filter(undertaking__in=keys).values("action")
    plans = Q(action__in=serving) | Q(milestone__action__in=serving)
    return DateMove.objects.filter(
        plans | Q(closing_test__undertaking__in=keys), approved_at__isnull=False
    ).annotate(
        of_action=Coalesce("action_id", "milestone__action_id"),
        of_test=F("closing_test__undertaking_id"),
    )


def _clock_moves(keys: set[int]) -> QuerySet[ClockChange]:
    """Changes by which the last day of a clock was moved."""
    changes = ClockChange.objects.filter(clock__undertaking__in=keys, what__in=links.MOVES)
    return changes.annotate(undertaking_id=F("clock__undertaking_id"))


def _superseding(asked: set[int]) -> QuerySet[Link]:
    """Links by which any of ``asked`` supersedes another, or is superseded."""
    return (
        links.standing()
        .filter(Q(earlier__in=asked) | Q(later__in=asked), relation=Relation.SUPERSEDES)
        .annotate(earlier_reference=F("earlier__reference"), later_reference=F("later__reference"))
    )


# --- Putting rows beside each other -----------------------------------------------------------------


def _hang(rows: Iterable[Model], name: str, others: Iterable[Any], key: str) -> None:
    """Each of ``rows`` knows those of ``others`` that point to it, as if they had been prefetched."""
    found: dict[object, list[Any]] = defaultdict(list)
    for other in others:
        found[getattr(other, key)].append(other)
    for row in rows:
        row._prefetched_objects_cache = {name: found[row.pk]}  # type: ignore[attr-defined]


def _point(rows: Iterable[Any], name: str, others: Iterable[Model]) -> None:
    """Each of ``rows`` knows the one of ``others`` that it points to."""
    known = {other.pk: other for other in others}
    for row in rows:
        setattr(row, name, known[getattr(row, f"{name}_id")])


def _corrected(corrections: Iterable[Correction]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in sorted(corrections, key=attrgetter("at", "pk")):
        found[one.recommendation_id].append(one.words)
    return found


def _counted(
    lines: Lines,
    served: Mapping[int, Sequence[Service]],
    moves: Iterable[Any],
    clock_moves: Iterable[Any],
) -> Counter[int]:
    """How often a date on which each hangs was moved: its clock's, its test's, its plan's."""
    found = Counter({pk: len(some) for pk, some in along(lines, clock_moves).items()})
    owners = owners_of(lines)
    serving: dict[int, set[int]] = defaultdict(set)
    for pk, services in served.items():
        for service in services:
            serving[service.action_id].add(pk)
    for move in moves:
        found.update(owners[move.of_test] if move.of_test else serving[move.of_action])
    return found
