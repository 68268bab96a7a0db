"""Reads of evidence: who sees it, where it is used, what it is worth, when it is too old."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.assurance.models import Evidence, Grade, Graded, Use
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import Lines, along, in_lines, line_of

FOLDER = "evidence"


def place_of(sha256: str) -> str:
    """The name in the storage of the file with this digest, apart from the documents."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def seen_by(person: Person) -> QuerySet[Evidence]:
    """Evidence that ``person`` may see: all for the office's people who work with it, else their body's.

    To a body that took over belongs what was offered for what it took over.

    Raises:
        Refused: where no role of the person lets them see evidence.
    """
    check_may(person, Permission.EVIDENCE_READ)
    if is_of_office(person):
        return Evidence.objects.all()
    taken_over = Use.objects.filter(
        Q(undertaking__passed_to__body=person.body_id)
        | Q(undertaking__passed_to__passed_to__body=person.body_id),
        evidence=OuterRef("pk"),
    )
    return Evidence.objects.filter(Q(body=person.body_id) | Exists(taken_over))


def find(person: Person, pk: int) -> Evidence:
    """A piece of evidence, if it is the person's to see.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    found = seen_by(person).select_related("body", "uploaded_by").filter(pk=pk).first()
    if found is None:
        raise NotTheirs("There is no such evidence for you.")
    return found


def as_it_stands(evidence: Evidence) -> Evidence:
    """The evidence read anew, inside the act that is about to change it."""
    return Evidence.objects.select_related("body", "uploaded_by").get(pk=evidence.pk)


def use_as_it_stands(use: Use) -> Use:
    """The use read anew, with what it is of and for."""
    rows = Use.objects.select_related(
        "evidence__body", "undertaking__body", "undertaking__recommendation"
    )
    return rows.get(pk=use.pk)


def is_kept(sha256: str) -> bool:
    """Whether some evidence has the file with this digest."""
    return Evidence.objects.filter(sha256=sha256).exclude(file="").exists()


def uses_of(undertaking: Undertaking) -> list[Use]:
    """What is offered for an undertaking now, in the order it came. Two queries.

    What was offered while the body that it took over from still answered is among it.
    """
    grades = Prefetch("evidence__grades", Graded.objects.select_related("by"))
    rows = Use.objects.filter(undertaking__in=line_of(undertaking), taken_out_at__isnull=True)
    return list(
        rows.select_related("evidence__body", "evidence__uploaded_by", "added_by")
        .prefetch_related(grades)
        .order_by("added_at", "pk")
    )


def uses_along(lines: Lines) -> dict[int, list[Use]]:
    """For each line what is offered now, with its grades, in the order it came. Two queries."""
    rows = Use.objects.filter(undertaking__in=in_lines(lines), taken_out_at__isnull=True)
    rows = rows.select_related("evidence").prefetch_related("evidence__grades")
    return along(lines, rows.order_by("added_at", "pk"))


def not_used_for(person: Person, undertaking: Undertaking) -> list[Evidence]:
    """What the undertaking's body has handed in and does not offer for it now, newest first."""
    here = Use.objects.filter(undertaking=undertaking, taken_out_at__isnull=True)
    rows = seen_by(person).filter(body=undertaking.body_id)
    return list(rows.exclude(pk__in=here.values("evidence")).order_by("-uploaded_at", "-pk"))


def standing_use(evidence: Evidence, undertaking: Undertaking) -> Use | None:
    """The use of this evidence for this undertaking that stands, or None."""
    rows = Use.objects.filter(evidence=evidence, undertaking=undertaking)
    return rows.filter(taken_out_at__isnull=True).first()


def standing_uses(evidence: Evidence) -> list[Use]:
    """Everything for which a piece of evidence is offered now."""
    rows = Use.objects.filter(evidence=evidence, taken_out_at__isnull=True)
    return list(rows.select_related("undertaking__body", "undertaking__passed_from"))


def grades_of(evidence: Evidence) -> list[Graded]:
    """Every grade that a verifier gave, newest first."""
    rows = Graded.objects.filter(evidence=evidence).select_related("by")
    return list(rows.order_by("-at", "-pk"))


def newest_grade(evidence: Evidence) -> Graded | None:
    """The grade that a verifier set last, or None. Uses what was prefetched."""
    return max(evidence.grades.all(), key=lambda g: (g.at, g.pk), default=None)


def grade_of(evidence: Evidence) -> tuple[Grade, bool]:
    """The grade that counts, and whether a verifier set it; else it is only proposed."""
    found = newest_grade(evidence)
    return (Grade(found.grade), True) if found else (Grade(evidence.grade_proposed), False)


def has_expired(evidence: Evidence, day: date) -> bool:
    """Whether evidence is too old on ``day``: its last day is ``expires_on``."""
    return evidence.expires_on is not None and evidence.expires_on < day


def expired_in(uses: Iterable[Use], day: date) -> list[Evidence]:
    """The evidence among ``uses`` that is too old on ``day``."""
    return [use.evidence for use in uses if has_expired(use.evidence, day)]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same file is offered somewhere else: told to the verifier, who judges what it means."""

    use: Use
    same_record: bool

    @property
    def sentence(self) -> str:
        """Where, and whether it was handed in there a second time."""
        there = self.use.undertaking
        again = "" if self.same_record else ", where it was handed in as another piece"
        out = " until it was taken out" if self.use.taken_out_at else ""
        return (
            "The same file, byte for byte, is offered for "
            f"{there.recommendation.reference} of {there.body.name}{again}{out}."
        )


def elsewhere(undertaking: Undertaking, uses: Sequence[Use]) -> dict[int, list[Elsewhere]]:
    """For each piece of evidence of ``uses``, where its very bytes are offered besides. One query."""
    rows = Use.objects.filter(evidence__sha256__in={use.evidence.sha256 for use in uses})
    others = rows.exclude(pk__in=[use.pk for use in uses]).select_related(
        "evidence", "undertaking__body", "undertaking__recommendation"
    )
    return _elsewhere(undertaking, uses, others.order_by("added_at", "pk"))


def _elsewhere(
    undertaking: Undertaking, uses: Sequence[Use], others: Iterable[Use]
) -> dict[int, list[Elsewhere]]:
    mine: dict[str, list[int]] = defaultdict(list)
    for use in uses:
        mine[use.evidence.sha256].append(use.evidence_id)
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    for other in others:
        if other.undertaking_id == undertaking.pk and other.taken_out_at:
            continue
        for evidence in mine[other.evidence.sha256]:
            same = other.evidence_id == evidence
            found[evidence].append(Elsewhere(other, same_record=same))
    return dict(found)


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered for an undertaking, what was taken out (last first), and reuse by evidence."""

    now: list[Use]
    taken_out: list[Use]
    elsewhere: dict[int, list[Elsewhere]]


def offered_for(undertaking: Undertaking) -> Offered:
    """Everything that was ever offered for an undertaking, with where its bytes are besides. Two queries."""
    line = {one.pk for one in line_of(undertaking)}
    here = Evidence.objects.filter(uses__undertaking__in=line)
    grades = Prefetch("evidence__grades", Graded.objects.select_related("by"))
    rows = Use.objects.filter(evidence__sha256__in=here.values("sha256")).select_related(
        "evidence__body", "evidence__uploaded_by", "added_by", "taken_out_by",
        "undertaking__body", "undertaking__recommendation",
    )  # fmt: skip
    every = list(rows.prefetch_related(grades).order_by("added_at", "pk"))
    now = [use for use in every if use.undertaking_id in line and not use.taken_out_at]
    gone = [use for use in every if use.undertaking_id in line and use.taken_out_at]
    others = [use for use in every if use not in now]
    gone.sort(key=lambda use: (use.taken_out_at, use.pk), reverse=True)
    return Offered(now, gone, _elsewhere(undertaking, now, others))


def copies_of(evidence: Evidence) -> list[Elsewhere]:
    """Where the very bytes of ``evidence`` are offered as another piece. One query."""
    rows = Use.objects.filter(evidence__sha256=evidence.sha256).exclude(evidence=evidence)
    rows = rows.select_related("evidence", "undertaking__body", "undertaking__recommendation")
    return [Elsewhere(use, same_record=False) for use in rows.order_by("added_at", "pk")]


def twice_here(uses: Sequence[Use]) -> list[Evidence]:
    """Evidence whose very bytes were handed in for the same undertaking before."""
    seen: set[str] = set()
    return [
        use.evidence
        for use in uses
        if use.evidence.sha256 in seen or seen.add(use.evidence.sha256)  # type: ignore[func-returns-value]
    ]
