"""Evidence as lists: narrowed, what is soon too old, what waits for a grade."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.assurance.models import Evidence, Graded, Use
from answerable.assurance.queries.evidence import seen_by
from answerable.register.models import Stands, Undertaking
from answerable.register.queries.undertakings import seen_by as undertakings_seen_by

SOON = timedelta(days=60)
"""Evidence that will be too old within this is told of."""
AGES = {"expired": "too old now", "soon": "too old within 60 days", "good": "not too old"}
USES = {"several": "used by several", "one": "used by one", "none": "used by none now"}
SEALS = {"sealed": "sealed", "public": "chosen for the public record"}
GRADINGS = {"proposed": "not graded by a verifier yet", "set": "graded by a verifier"}
MOST_SERVED = 60
"""So many undertakings of a body are offered to be ticked; the others are named."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the evidence is asked for; each part by itself."""

    words: str = ""
    body: int | None = None
    grade: str = ""
    grading: str = ""
    age: str = ""
    uses: str = ""
    seal: str = ""
    mine: bool = False


def _graded(rows: QuerySet[Evidence]) -> QuerySet[Any]:
    """``rows``, each with the grade that counts, how many undertakings use it, and whether it is set."""
    newest = Graded.objects.filter(evidence=OuterRef("pk")).order_by("-at", "-pk")
    return rows.annotate(
        grade_now=Coalesce(Subquery(newest.values("grade")[:1]), "grade_proposed"),
        is_graded=Exists(newest),
        uses_now=Count("uses", filter=Q(uses__taken_out_at__isnull=True)),
    )


def _aged(day: date) -> dict[str, Q]:
    return {
        "expired": Q(expires_on__lt=day),
        "soon": Q(expires_on__gte=day, expires_on__lte=day + SOON),
        "good": Q(expires_on__isnull=True) | Q(expires_on__gte=day),
    }


USED = {"several": Q(uses_now__gte=2), "one": Q(uses_now=1), "none": Q(uses_now=0)}
SEALED = {"sealed": Q(is_public=False), "public": Q(is_public=True)}
SET = {"proposed": Q(is_graded=False), "set": Q(is_graded=True)}


def listed(person: Person, narrowing: Narrowing, day: date) -> QuerySet[Any]:
    """Evidence that ``person`` may see, narrowed, newest first.

    Raises:
        Refused: where no role of the person lets them see evidence.
    """
    rows = _graded(seen_by(person))
    for chosen, conditions in (
        (narrowing.age, _aged(day)),
        (narrowing.uses, USED),
        (narrowing.seal, SEALED),
        (narrowing.grading, SET),
    ):
        if chosen in conditions:
            rows = rows.filter(conditions[chosen])
    if narrowing.words:
        rows = rows.filter(Q(name__icontains=narrowing.words) | Q(shows__icontains=narrowing.words))
    if narrowing.body:
        rows = rows.filter(body=narrowing.body)
    if narrowing.grade:
        rows = rows.filter(grade_now=narrowing.grade)
    if narrowing.mine:
        rows = rows.filter(uploaded_by=person)
    uses = Use.objects.filter(taken_out_at__isnull=True).select_related(
        "undertaking__recommendation", "undertaking__body"
    )
    rows = rows.select_related("body", "uploaded_by").prefetch_related(Prefetch("uses", uses))
    return rows.order_by("-uploaded_at", "-pk")


def bodies_with_evidence(person: Person) -> list[tuple[int, str]]:
    """The bodies whose evidence ``person`` may narrow to."""
    if not is_of_office(person):
        return []
    handed_in = Evidence.objects.values("body")
    return list(Body.objects.filter(pk__in=handed_in).order_by("name").values_list("pk", "name"))


def _in_use() -> QuerySet[Use]:
    """Uses that stand, of what is still owed and still on the register."""
    rows = Use.objects.filter(
        taken_out_at__isnull=True, undertaking__recommendation__withdrawn_at__isnull=True
    )
    return rows.exclude(undertaking__stands=Stands.PASSED)


@dataclass(frozen=True, slots=True)
class InUse:
    """A piece of evidence, and what it serves now."""

    evidence: Evidence
    serves: list[Undertaking]


def soon_too_old(person: Person, day: date) -> list[InUse]:
    """Evidence in use that is too old now or within 60 days, for whoever can renew it. Soonest first."""
    if not may(person, Permission.EVIDENCE_ADD):
        return []
    old = seen_by(person).filter(expires_on__lte=day + SOON)
    return _pieces(_in_use().filter(evidence__in=old).order_by("evidence__expires_on", "pk"))


def waiting_for_grade(person: Person) -> list[InUse]:
    """Evidence in use that no verifier has graded, and that this one did not hand in. Oldest first."""
    if not may(person, Permission.EVIDENCE_GRADE) or not is_of_office(person):
        return []
    rows = _in_use().exclude(evidence__uploaded_by=person).exclude(evidence__body=person.body_id)
    rows = rows.filter(~Exists(Graded.objects.filter(evidence=OuterRef("evidence"))))
    return _pieces(rows.order_by("evidence__uploaded_at", "pk"))


def _pieces(uses: QuerySet[Use]) -> list[InUse]:
    found: dict[int, InUse] = {}
    for use in uses.select_related(
        "evidence__body", "undertaking__recommendation", "undertaking__body"
    ):
        piece = found.setdefault(use.evidence_id, InUse(use.evidence, []))
        piece.serves.append(use.undertaking)
    return list(found.values())


def can_serve(person: Person, body: Body) -> QuerySet[Undertaking]:
    """The undertakings of ``body`` for which ``person`` can offer evidence, newest first."""
    rows = undertakings_seen_by(person).filter(body=body, recommendation__withdrawn_at__isnull=True)
    rows = rows.exclude(stands=Stands.PASSED)
    return rows.select_related("recommendation", "body").order_by("-recommendation__serial")
