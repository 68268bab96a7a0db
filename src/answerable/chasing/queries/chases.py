"""Reads of messages: what waits for approval, what went, and the history of one undertaking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from answerable.accounts.models import Body, Person
from answerable.chasing.models import Chase, Dispatch, Ladder, Step
from answerable.chasing.queries.owed import Owed
from answerable.register.models import Undertaking

_WITH = (
    "body",
    "undertaking__recommendation",
    "clock",
    "action",
    "milestone__action",
    "closing_test",
    "closure__opinion",
    "dispatch__by",
    "held_by",
)
UNSENT = Q(dispatch__isnull=True, stopped_at__isnull=True)


def every() -> QuerySet[Chase]:
    """Messages with all that a page says of them."""
    return Chase.objects.select_related(*_WITH)


def as_it_stands(chase: Chase) -> Chase:
    """The message read anew, inside the act that is about to change it."""
    return every().get(pk=chase.pk)


def find(pk: int) -> Chase | None:
    """One message, or None."""
    return every().filter(pk=pk).first()


def made_for(owed: Owed) -> list[Chase]:
    """What was prepared for this thing and this date, in the order of the ladder."""
    rows = Chase.objects.filter(**{owed.column: owed.thing}, due_on=owed.due_on)
    return in_order(rows)


def in_order(chases: Iterable[Chase]) -> list[Chase]:
    """Messages by the step of the ladder."""
    return sorted(chases, key=lambda c: (list(Step).index(Step(c.step)), c.pk))


def beside(chase: Chase) -> list[Chase]:
    """Every message about the same thing, of all its dates, oldest first."""
    about = Q(
        clock=chase.clock_id,
        action=chase.action_id,
        milestone=chase.milestone_id,
        closing_test=chase.closing_test_id,
        closure=chase.closure_id,
    )
    return list(every().filter(about).order_by("prepared_at", "pk"))


def unsent() -> QuerySet[Chase]:
    """Prepared, whether held back or not, and nobody has approved them."""
    return every().filter(UNSENT)


def to_approve() -> QuerySet[Chase]:
    """Prepared, and waiting for a person's word."""
    return unsent().filter(held_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Group:
    """Messages to one body about one kind of date at one step: they may go as one."""

    body: Body
    ladder: Ladder
    step: Step
    chases: Sequence[Chase]

    @property
    def oldest(self) -> date:
        """Since when the first of them waits."""
        return min(localdate(chase.prepared_at) for chase in self.chases)


def _sort_key(chase: Chase) -> tuple[str, int, str, int]:
    order = list(Step).index(Step(chase.step))
    return chase.body.name, chase.body_id, chase.ladder, order


def groups(chases: Iterable[Chase]) -> list[Group]:
    """Messages that may go together, by body and step."""
    ordered = sorted(chases, key=lambda c: (_sort_key(c), c.due_on, c.pk))
    return [
        Group(found[0].body, Ladder(found[0].ladder), Step(found[0].step), found)
        for _, rows in groupby(ordered, key=_sort_key)
        if (found := list(rows))
    ]


def was_held(owed: Owed) -> bool:
    """Whether a person held back a message about this thing: the rest then waits for a person."""
    return Chase.objects.filter(**{owed.column: owed.thing}, held_at__isnull=False).exists()


# --- What is said elsewhere -----------------------------------------------------------------------


def about(undertaking: Undertaking) -> QuerySet[Chase]:
    """Every message about one body's answer, and about the actions that serve it."""
    serving = {"services__undertaking": undertaking, "services__taken_out_at__isnull": True}
    direct = Q(undertaking=undertaking)
    action = Q(**{f"action__{key}": value for key, value in serving.items()})
    milestone = Q(**{f"milestone__action__{key}": value for key, value in serving.items()})
    return every().filter(direct | action | milestone).distinct()


@dataclass(frozen=True, slots=True)
class Told:
    """One step that was taken about an undertaking: what, when, about which date."""

    step: Step
    on: date
    reference: str
    due_on: date
    pk: int

    is_action: bool

    @property
    def what(self) -> str:
        """The step, to begin a sentence that goes on with the day."""
        return TOLD[self.step]


TOLD = {
    Step.REMINDER: "Reminded",
    Step.SECOND: "Reminded again",
    Step.LETTER: "Letter to the head of the body",
    Step.NOTICE: "Notice of silence",
}


def told_of(undertaking: Undertaking) -> list[Told]:
    """What went about one body's answer, oldest first. One query."""
    rows = about(undertaking).filter(sent_at__isnull=False).order_by("sent_at", "pk")
    return [
        Told(
            Step(c.step),
            localdate(c.sent_at),
            c.reference,
            c.due_on,
            c.pk,
            c.undertaking_id is None,
        )
        for c in rows
    ]


def notices_on(as_of: date) -> dict[int, date]:
    """For each undertaking the day on which the last notice of its silence was given. One query.

    What was answered since keeps its notice: it was published, and stays in the record.
    """
    rows = Chase.objects.filter(step=Step.NOTICE, dispatch__isnull=False, undertaking__isnull=False)
    given = rows.order_by("dispatch__at").values_list("undertaking_id", "dispatch__at")
    days = [(pk, localdate(at)) for pk, at in given if pk is not None and at is not None]
    return {pk: day for pk, day in days if day <= as_of}


def find_dispatch(pk: int) -> Dispatch | None:
    """What was approved together, or None."""
    rows = Dispatch.objects.select_related("body", "by")
    return rows.filter(pk=pk).first()


def lately(person: Person, *, most: int) -> list[Dispatch]:
    """What was approved last, newest first, with its messages and deliveries."""
    rows = Dispatch.objects.select_related("body", "by").defer("pdf", "docx")
    rows = rows.prefetch_related("chases", "deliveries__person", "deliveries__head")
    return list(rows.order_by("-at", "-pk")[:most])
