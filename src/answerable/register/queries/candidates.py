"""Whom a candidate is addressed to: the names that a report uses, found among the bodies we know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.audit.models import Event
from answerable.register.models import Kind, Recommendation, Undertaking
from answerable.register.queries import naming
from answerable.register.queries.naming import plain_name
from answerable.reports.models import Candidate, Decision, Document

MOST_SUCCESSIONS = 20
MARK = "\x00"
"""Stands for a name that was found inside a longer text; it can be in no name."""
SAME_LIST = "as for the one entered last from the same list"


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
    by_words: Mapping[tuple[str, ...], tuple[Body, ...]] = field(default_factory=dict)
    followed_by: Mapping[int, tuple[int, date]] = field(default_factory=dict)

    def named(self, name: str) -> list[tuple[Body, bool]]:
        """Bodies of this name, short name or former name, or led by who is named; else those inside.

        Each with whether it is surely meant: the name is its alone, and nothing goes on after it
        that could make it another's.
        """
        ways = naming.ways_to_say(name)
        for find in (self._called, self._led, self._reordered, self._each, self._inside):
            for way in ways:
                if found := find(way):
                    return found
        return []

    def _called(self, plain: str) -> list[tuple[Body, bool]]:
        found = self.by_name.get(plain, ())
        return [(body, len(found) == 1) for body in found]

    def _led(self, plain: str) -> list[tuple[Body, bool]]:
        """The body whose head is named: the Chief Constable of X for X Police."""
        return next((found for name in naming.led(plain) if (found := self._called(name))), [])

    def _reordered(self, plain: str) -> list[tuple[Body, bool]]:
        """The one body of a name with the same words: the Council of X for X Council."""
        found = self.by_words.get(naming.words_key(plain), ())
        return [(found[0], True)] if len(found) == 1 else []

    def _known(self, plain: str) -> list[tuple[Body, bool]]:
        return self._called(plain) or self._led(plain) or self._reordered(plain)

    def _each(self, wanted: str) -> list[tuple[Body, bool]]:
        """The bodies of several names joined by "and", where every one of them is known."""
        parts = [part.removeprefix("the ") for part in wanted.split(" and ")]
        found: list[tuple[Body, bool]] = []
        at = 0
        while at < len(parts):
            # The longest first: "and" also stands inside a name.
            for end in range(len(parts), at, -1):
                known = self._known(" and ".join(parts[at:end]))
                if known:
                    found, at = found + known, end
                    break
            else:
                return []
        return found

    def _inside(self, wanted: str) -> list[tuple[Body, bool]]:
        """Bodies whose name of two words or more stands in ``wanted``, longest name first."""
        text = f" {wanted} "
        names: list[str] = []
        for name in sorted(self.by_name, key=len, reverse=True):
            if " " in name and f" {name} " in text:
                text = text.replace(f" {name} ", f" {MARK}{len(names)} ")
                names.append(name)
        return [
            (body, sure and _ends(text, at))
            for at, name in enumerate(names)
            for body, sure in self._called(name)
        ]

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
    return Directory(bodies, by_name, _by_words(by_name), followed)


def _by_words(by_name: Mapping[str, tuple[Body, ...]]) -> dict[tuple[str, ...], tuple[Body, ...]]:
    found: dict[tuple[str, ...], dict[int, Body]] = {}
    for name, bodies in by_name.items():
        key = naming.words_key(name)
        if key:
            found.setdefault(key, {}).update({body.pk: body for body in bodies})
    return {key: tuple(bodies.values()) for key, bodies in found.items()}


def _ends(text: str, at: int) -> bool:
    """Whether nothing goes on after the name marked ``at`` that could belong to it."""
    after = text.split(f"{MARK}{at} ", 1)[1]
    between, mark, _ = after.partition(MARK)
    return not between.strip() or bool(mark and between.strip() in naming.JOINING)


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
