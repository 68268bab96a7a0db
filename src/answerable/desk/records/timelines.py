"""The timeline of a family for the desk: who asked whom, and what each answer was, as a reader may know it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.models import Closure
from answerable.assurance.queries.closing import closures_to
from answerable.assurance.queries.four import FourAnswers, Said, four_answers_of
from answerable.assurance.queries.opinions import State
from answerable.engine.timeline import Asking, Kind, Mark, Timeline
from answerable.register.models import Recommendation, Stands, Undertaking
from answerable.register.queries import undertakings
from answerable.register.queries.families import Family
from answerable.register.queries.keys import these
from answerable.register.queries.links import asked_on, asked_words

Owed = Mapping[int, list[Undertaking]]


def timeline_of(family: Family, person: Person, today: date) -> Timeline:
    """What the picture needs, of the bodies of which ``person`` may know. Some fifteen queries."""
    keys = these(one.pk for one in family.members)
    rows = undertakings.seen_by(person).filter(recommendation__in=keys)
    owed: dict[int, list[Undertaking]] = defaultdict(list)
    for one in rows.select_related("body", "recommendation", "passed_from").order_by("pk"):
        owed[one.recommendation_id].append(one)
    found = _marks_of([one for ones in owed.values() for one in ones])
    return Timeline(tuple(_asking(one, owed, found) for one in family.members), today)


def _asking(recommendation: Recommendation, owed: Owed, found: Mapping[int, list[Mark]]) -> Asking:
    mine, report = owed.get(recommendation.pk, []), recommendation.report
    answering = [one for one in mine if one.stands != Stands.PASSED]
    named = [one.body.name for one in mine if one.passed_from_id is None]
    marks = [
        Mark(mark.kind, mark.on, f"{mark.words} ({one.body.name})") if len(answering) > 1 else mark
        for one in answering
        for mark in found[one.pk]
    ]
    return Asking(
        reference=recommendation.reference,
        on=asked_on(recommendation),
        by=report.author.name,
        of=" and ".join(named or [one.body.name for one in mine]),
        marks=tuple(marks),
        elsewhere=recommendation.paraphrased,
        when="" if report.published_on else asked_words(recommendation),
    )


def _marks_of(owed: list[Undertaking]) -> dict[int, list[Mark]]:
    """What was said, seen and decided of each, by its key; what an heir took over is among its own."""
    closed: dict[int, list[Closure]] = defaultdict(list)
    for one in closures_to(owed):
        closed[one.undertaking_id].append(one)
    four = four_answers_of(owed)
    return {one.pk: [*_said(four[one.pk]), *_decided(closed[one.pk])] for one in owed}


def _said(four: FourAnswers) -> Iterator[Mark]:
    for kind, answer in zip(
        (Kind.RESPONSE, Kind.DELIVERY, Kind.ASSURANCE, Kind.EFFECT), four, strict=True
    ):
        for said in answer.history:
            yield Mark(kind, said.on, _words(said))


def _words(said: Said) -> str:
    words = said.words.removesuffix(".")
    words = words[:1].lower() + words[1:]
    return words if said.state in ("", State.STANDS) else f"{words}, which no longer stands"


def _decided(closures: Iterable[Closure]) -> Iterator[Mark]:
    for one in closures:
        words = f"closed, {one.get_how_display()}"
        yield Mark(Kind.DECISION, timezone.localdate(one.at), words)
        again = getattr(one, "reopening", None)
        if again is not None:
            words = f"opened again: {again.get_because_display()}"
            yield Mark(Kind.DECISION, timezone.localdate(again.at), words)
