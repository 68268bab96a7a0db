"""Whom a candidate is addressed to: the names that a report uses, found among the bodies we know."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.audit.models import Event
from answerable.register.models import Kind, Recommendation, Undertaking
from answerable.reports.models import Candidate, Decision, Document

MOST_SUCCESSIONS = 20
SAME_LIST = "as for the one entered last from the same list"
_BLANKS = re.compile(r"\s+")
_APART = re.compile(r"[^\w& ]+")


def plain_name(name: str) -> str:
    """A name as it is compared: without capitals, stops and a leading "the"."""
    folded = name.casefold().replace("’", "'").replace("'s ", "s ").replace("&", " and ")
    folded = _BLANKS.sub(" ", _APART.sub(" ", folded)).strip()
    return folded.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Addressee:
    """A body that a candidate may be addressed to, and why; ``sure`` where it is proposed."""

    body: Body
    because: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed for one candidate: bodies, and the names that nobody here is known by."""

    addressees: tuple[Addressee, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def sure(self) -> list[tuple[Body, str]]:
        """The bodies proposed, each with the reason: what an undertaking is made from."""
        return [(a.body, a.because) for a in self.addressees if a.sure]


@dataclass(frozen=True, slots=True)
class Directory:
    """All bodies by the names that reports may use for them."""

    bodies: Mapping[int, Body]
    by_name: Mapping[str, tuple[Body, ...]]
    followed_by: Mapping[int, tuple[int, date]] = field(default_factory=dict)

    def named(self, name: str) -> list[tuple[Body, bool]]:
        """Bodies of exactly this name, short name or former name; else those named inside it.

        Each with whether the name is that body's alone.
        """
        wanted = plain_name(name)
        return self._called(wanted) or self._each(wanted) or self._inside(f" {wanted} ")

    def _called(self, plain: str) -> list[tuple[Body, bool]]:
        found = self.by_name.get(plain, ())
        return [(body, len(found) == 1) for body in found]

    def _each(self, wanted: str) -> list[tuple[Body, bool]]:
        """The bodies of several names joined by "and", where every one of them is known."""
        names = [name.removeprefix("the ") for name in wanted.split(" and ")]
        found = [self._called(name) for name in names]
        return [pair for pairs in found for pair in pairs] if all(found) else []

    def _inside(self, text: str) -> list[tuple[Body, bool]]:
        """Bodies whose name of two words or more stands in ``text``, longest name first."""
        found: list[tuple[Body, bool]] = []
        for name in sorted(self.by_name, key=len, reverse=True):
            if " " in name and f" {name} " in text:
                found += self._called(name)
                text = text.replace(f" {name} ", "  ")
        return found

    def heir(self, body: Body, day: date) -> tuple[Body, date | None]:
        """Who answers for ``body`` on ``day``, and since when where that is somebody else."""
        since: date | None = None
        for _ in range(MOST_SUCCESSIONS):
            if body.ends_on is None or body.ends_on >= day or body.pk not in self.followed_by:
                break
            follower, since = self.followed_by[body.pk]
            body = self.bodies[follower]
        return body, since


def directory() -> Directory:
    """Every body with its names and its successor. One query."""
    rows = Body.objects.annotate(
        known_as=F("other_names__name"),
        heir=F("successions__successor"),
        heir_on=F("successions__on"),
    ).order_by("name", "heir_on")
    bodies: dict[int, Body] = {}
    names: dict[str, dict[int, Body]] = {}
    followed: dict[int, tuple[int, date]] = {}
    for row in rows:
        body = bodies.setdefault(row.pk, row)
        for name in filter(None, (row.name, row.short_name, row.known_as)):
            names.setdefault(plain_name(name), {})[body.pk] = body
        if row.heir:
            followed[body.pk] = (row.heir, row.heir_on)
    by_name = {name: tuple(found.values()) for name, found in names.items() if name}
    return Directory(bodies, by_name, followed)


def proposed(candidate: Candidate, known: Directory, day: date | None = None) -> Proposed:
    """The bodies that ``candidate`` seems to be addressed to on ``day`` (today). No query.

    Where several bodies go by one name none is proposed for sure. A body that has ended is
    followed to its successor, and the reason says so.
    """
    when = day or timezone.localdate()
    found: dict[int, Addressee] = {}
    unknown: list[str] = []
    for given in candidate.addressees:
        name, why = str(given["name"]), str(given.get("why", ""))
        bodies = known.named(name)
        if not bodies:
            unknown.append(name)
        for body, sure in bodies:
            heir, since = known.heir(body, when)
            because = _because(name, why, body if since else None, since)
            found.setdefault(heir.pk, Addressee(heir, because, sure))
    return Proposed(tuple(found.values()), tuple(dict.fromkeys(unknown)))


def _because(name: str, why: str, before: Body | None, since: date | None) -> str:
    said = f"“{name}”" + (f": {why[0].lower()}{why[1:].rstrip('.')}" if why else "")
    if before is not None and since is not None:
        said += f"; it took over from {before.name} on {since.day} {since:%B %Y}"
    return said[:300]


def chosen_before(document: Document, known: Directory) -> dict[int | None, list[Body]]:
    """For each run of ``document``: whom the newest recommendation entered from it is for.

    Lists are mostly for the same body from end to end, so a person chooses once. One query.
    """
    rows = Undertaking.objects.filter(
        recommendation__decision__document=document, recommendation__withdrawn_at__isnull=True
    ).values_list("recommendation__decision__candidate__run", "recommendation__serial", "body")
    newest: dict[int | None, tuple[int, list[Body]]] = {}
    for run, serial, body in rows.order_by("recommendation__serial", "pk"):
        if run not in newest or newest[run][0] < serial:
            newest[run] = (serial, [])
        newest[run][1].append(known.bodies[body])
    return {run: bodies for run, (_, bodies) in newest.items()}


def with_earlier(
    given: Proposed, candidate: Candidate, before: Mapping[int | None, Sequence[Body]]
) -> Proposed:
    """Where the reader found nobody: those for whom the one before in the same list is."""
    if given.sure or candidate.run is None:
        return given
    earlier = before.get(candidate.run, ())
    more = tuple(Addressee(body, SAME_LIST) for body in earlier)
    kept = tuple(a for a in given.addressees if a.body not in earlier)
    return Proposed(more + kept, given.unknown)


def bodies_of(candidates: Iterable[Candidate], known: Directory) -> list[Body]:
    """The bodies that any of ``candidates`` seems to be addressed to, by name. No query."""
    found = {a.body.pk: a.body for c in candidates for a in proposed(c, known).addressees}
    return sorted(found.values(), key=lambda body: body.name)


def kind_of(candidate: Candidate) -> str:
    """The kind that the reader proposes, if the register knows it."""
    return candidate.kind if candidate.kind in Kind.values else Kind.RECOMMENDATION


def entered_by(decisions: Sequence[Decision]) -> list[Recommendation]:
    """The recommendations that ``decisions`` entered and that still stand."""
    rows = Recommendation.objects.filter(decision__in=decisions, withdrawn_at__isnull=True)
    return list(rows.order_by("serial"))


def is_published(recommendation: Recommendation) -> bool:
    """Whether an edition has been published since it was entered.

    An edition holds everything that is in the register when it is approved, and the chain, which
    stands below this subject as publishing does not, knows when that was.
    """
    published = Event.objects.filter(verb="edition.published", at__gt=recommendation.accepted_at)
    return published.exists()


def answers_due(decisions: Sequence[int]) -> tuple[int, int]:
    """Of what ``decisions`` entered: how many are addressed to nobody, and how many clocks run."""
    rows = Recommendation.objects.filter(decision__in=decisions, withdrawn_at__isnull=True)
    counts = rows.aggregate(
        nobody=Count("pk", filter=Q(undertakings__isnull=True)),
        clocks=Count("undertakings__clock", distinct=True),
    )
    return counts["nobody"], counts["clocks"]
