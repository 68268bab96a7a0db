"""Reads of what actions serve: which words of what was asked, and which no action serves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from answerable.engine import chain
from answerable.plan.models import Action, Service
from answerable.plan.queries.listing import with_moves
from answerable.register.models import Undertaking
from answerable.register.queries.recommendations import words_of

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the wording, and the references of the actions that serve it."""

    start: int
    end: int
    words: str
    actions: tuple[str, ...]


def digest_of_words(undertaking: Undertaking) -> str:
    """What binds spans to the exact words in which they count."""
    return digest_of_text(words_of(undertaking.recommendation))


def digest_of_text(words: str) -> str:
    """What binds spans to exactly these words."""
    return chain.digest(words.encode())


def as_it_stands(service: Service) -> Service:
    """The service read anew, inside the act that is about to change it."""
    rows = Service.objects.select_related("action__body", "undertaking__recommendation")
    return rows.get(pk=service.pk)


def standing(undertaking: Undertaking) -> list[Service]:
    """What serves it now, by actions that were not abandoned."""
    rows = Service.objects.filter(
        undertaking=undertaking, taken_out_at__isnull=True, action__abandoned_at__isnull=True
    )
    return list(rows.select_related("action").order_by("action__serial"))


def ever(undertaking: Undertaking) -> list[Service]:
    """Everything that serves it or ever did, with its action and how often that was moved."""
    rows = Service.objects.filter(undertaking=undertaking)
    actions = with_moves(Action.objects.select_related("owner", "taken_over_by__body"))
    found = rows.select_related("taken_out_by").prefetch_related(Prefetch("action", actions))
    return list(found.order_by("action__serial", "pk"))


def could_serve(undertaking: Undertaking) -> QuerySet[Action]:
    """Actions of its body that do not serve it yet and were not abandoned."""
    serving = Service.objects.filter(undertaking=undertaking, taken_out_at__isnull=True)
    rows = Action.objects.filter(body=undertaking.body_id, abandoned_at__isnull=True)
    return rows.exclude(pk__in=serving.values("action")).order_by("serial")


def between(action: Action, undertaking: Undertaking) -> Service | None:
    """What stands between the two, or None."""
    return Service.objects.filter(
        action=action, undertaking=undertaking, taken_out_at__isnull=True
    ).first()


def out_of_date(undertaking: Undertaking) -> list[Service]:
    """Services whose words were corrected since: they serve nothing until someone says what."""
    digest = digest_of_words(undertaking)
    return [service for service in standing(undertaking) if service.words_digest != digest]


def merged(spans: Iterable[Sequence[int]]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted((int(s), int(e)) for s, e in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def stretches(undertaking: Undertaking) -> list[Stretch]:
    """The whole wording cut where what serves it changes; put together, they are the wording."""
    return stretches_of(undertaking, standing(undertaking))


def stretches_of(undertaking: Undertaking, services: Iterable[Service]) -> list[Stretch]:
    """As :func:`stretches`, by these services; those of words that were corrected since serve none."""
    words = words_of(undertaking.recommendation)
    digest = digest_of_text(words)
    held = [
        (start, end, service.action.reference)
        for service in services
        if service.words_digest == digest
        for start, end in service.spans
    ]
    cuts = sorted({0, len(words)} | {place for start, end, _ in held for place in (start, end)})
    found = []
    for start, end in pairwise(cuts):
        serving = dict.fromkeys(ref for s, e, ref in held if s <= start and end <= e)
        found.append(Stretch(start, end, words[start:end], tuple(serving)))
    return found


def unserved(undertaking: Undertaking) -> list[Stretch]:
    """The words that no action serves; stops and blanks alone are no words."""
    return unserved_in(stretches(undertaking))


def unserved_in(cut: list[Stretch]) -> list[Stretch]:
    """Of the stretches of a wording, those that no action serves."""
    return [
        stretch
        for stretch in _joined(cut)
        if not stretch.actions and any(c.isalnum() for c in stretch.words)
    ]


def _joined(cut: list[Stretch]) -> list[Stretch]:
    """Stretches served by nobody that follow each other, made one."""
    found: list[Stretch] = []
    for stretch in cut:
        last = found[-1] if found else None
        if last and not last.actions and not stretch.actions:
            found[-1] = Stretch(last.start, stretch.end, last.words + stretch.words, ())
        else:
            found.append(stretch)
    return found
