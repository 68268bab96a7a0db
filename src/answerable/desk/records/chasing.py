"""Messages as pages show them: where each stands, what it says, and what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from django.urls import reverse
from django.utils.timezone import localdate

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, may
from answerable.chasing.models import Chase, Delivery, Dispatch, Ladder, Step
from answerable.chasing.queries import chases as queries
from answerable.chasing.queries import outbox, wording
from answerable.chasing.queries.chases import Group
from answerable.chasing.queries.outbox import Recipient
from answerable.chasing.rules import chases as rules
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.html.times import day_words, plural

State = Delivery.State
ABOUT = {
    Ladder.CLOCK: ("a reply", "replies"),
    Ladder.DATE: ("a date", "dates"),
    Ladder.RECHECK: ("a re-check", "re-checks"),
}
MANY = {
    Step.REMINDER: ("reminder to", "reminders to"),
    Step.SECOND: ("second reminder to", "second reminders to"),
    Step.LETTER: ("letter to the head of", "letters to the head of"),
    Step.NOTICE: ("notice of the silence of", "notices of the silence of"),
}
MOST = 30
"""Messages that one page offers to send together."""


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class GroupShown:
    """Messages to one body that may go together, as a line of the list."""

    group: Group
    person: Person

    @property
    def what(self) -> str:
        """How many of what: "2 reminders to Northmoor Council about replies"."""
        count, step = len(self.group.chases), self.group.step
        one, many, about = MANY[step][0], MANY[step][1], ABOUT[self.group.ladder]
        words = f"1 {one}" if count == 1 else f"{count} {many}"
        return f"{words} {self.group.body.name} about {about[count > 1]}"

    @property
    def is_theirs(self) -> bool:
        """Whether this person may let them go."""
        return may(self.person, rules.permission_for(self.group.step))

    @property
    def references(self) -> str:
        """What they are about."""
        found = list(dict.fromkeys(c.reference for c in self.group.chases))
        shown = ", ".join(found[:6])
        return f"{shown} and {len(found) - 6} more" if len(found) > 6 else shown

    @property
    def due(self) -> str:
        """By when the first of them was owed."""
        return f"due {day_words(self.group.chases[0].due_on)}"

    @property
    def press(self) -> str:
        """What the button says."""
        if not self.is_theirs:
            return "Read"
        return "Read and sign" if self.group.step == Step.LETTER else "Read and approve"

    @property
    def href(self) -> str:
        """Where it is read and approved."""
        return reverse("desk:chase", args=[self.group.chases[0].pk])


def group_lines(person: Person) -> list[GroupShown]:
    """What waits for somebody's word, by body, as ``person`` sees it."""
    return [GroupShown(group, person) for group in queries.groups(queries.to_approve())]


# --- One message ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChaseShown:
    """One message, and the others that may go with it."""

    chase: Chase
    person: Person

    @property
    def title(self) -> str:
        """What it is: "Reminder about R-0003"."""
        return f"{_first(str(Step(self.chase.step).label))}: {self.chase.reference}"

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter, which the chair signs."""
        return self.chase.step == Step.LETTER

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a person's word."""
        return not self.chase.dispatch_id and not self.chase.stopped_at

    @cached_property
    def others(self) -> list[Chase]:
        """What waits for the same body at the same step, and can go in the same message."""
        if not self.is_open:
            return []
        same = {"body": self.chase.body_id, "ladder": self.chase.ladder, "step": self.chase.step}
        return list(queries.to_approve().filter(**same).exclude(pk=self.chase.pk)[:MOST])

    @cached_property
    def recipients(self) -> list[Recipient]:
        """To whom it goes, or went."""
        if self.chase.dispatch is None:
            return outbox.recipients_of([self.chase])
        return [Recipient(d.person, d.head) for d in self.deliveries]

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """One for each address."""
        if self.chase.dispatch is None:
            return []
        return list(self.chase.dispatch.deliveries.select_related("person", "head"))

    @property
    def subject(self) -> str:
        """Its subject, alone."""
        return wording.subject_of([self.chase])

    @property
    def paragraphs(self) -> list[str]:
        """Its words after the reason, as paragraphs."""
        return [p for p in self.chase.words.split("\n\n") if p.strip()]

    @property
    def state(self) -> str:
        """Where it stands, in a sentence."""
        return state_of(self.chase, self.deliveries)

    @property
    def about_href(self) -> str:
        """The page of what it is about."""
        chase = self.chase
        if chase.undertaking is not None:
            place = [chase.undertaking.recommendation.reference, chase.body.slug]
            return reverse("desk:undertaking", args=place)
        return reverse("desk:action", args=[chase.body.slug, chase.reference])

    @property
    def approve_offer(self) -> Offer | None:
        """Approve it, or sign the letter."""
        press = "Sign the letter" if self.is_letter else "Approve it"
        permission = rules.permission_for(self.chase.step)
        check = partial(rules.check_may_approve, self.person, self.chase)
        href = reverse("desk:approve_chases", args=[self.chase.pk])
        return offer(self.person, permission, press, href, check)

    @property
    def offers(self) -> list[Offer]:
        """What else may be done with it now."""
        acts = (
            ("Change its words", "desk:chase_words", rules.check_may_change),
            ("Hold it back", "desk:hold_chase", rules.check_may_hold),
        )
        found = [
            offer(
                self.person,
                Permission.CHASE_APPROVE,
                press,
                reverse(name, args=[self.chase.pk]),
                partial(check, self.person, self.chase),
            )
            for press, name, check in acts
        ]
        return [one for one in found if one and not one.refused]

    @cached_property
    def steps(self) -> list[tuple[Chase, str, str]]:
        """Every message about the same thing, with where it stands."""
        return [
            (c, _first(str(Step(c.step).label)), state_of(c)) for c in queries.beside(self.chase)
        ]


def state_of(chase: Chase, deliveries: Sequence[Delivery] = ()) -> str:
    """Where a message stands, in a sentence."""
    if chase.stopped_at:
        return f"Stopped on {day_words(localdate(chase.stopped_at))}: {chase.stopped_because}."
    if chase.sent_at:
        return f"Sent on {day_words(localdate(chase.sent_at))}."
    if chase.dispatch:
        return _approved(chase.dispatch, deliveries)
    if chase.held_at:
        who, day = name_of(chase.held_by), day_words(localdate(chase.held_at))
        return f"Held back by {who} on {day}: {chase.held_reason}"
    return f"Waits for {'the chair’s signature' if chase.step == Step.LETTER else 'approval'}."


def _approved(dispatch: Dispatch, deliveries: Sequence[Delivery]) -> str:
    who = f"Approved by {dispatch.by.name}" if dispatch.by else "Let go by the ladder itself"
    states = {d.state for d in deliveries}
    if State.UNSURE in states:
        return f"{who}. It may have gone: someone must say."
    if State.FAILED in states:
        return f"{who}. It could not be sent."
    return f"{who} on {day_words(localdate(dispatch.at))}. Not sent yet."


# --- What went ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DeliveryShown:
    """One message to one address, whose fate a person may have to say."""

    delivery: Delivery
    person: Person

    @property
    def recipient(self) -> Recipient:
        """To whom."""
        return Recipient(self.delivery.person, self.delivery.head)

    @property
    def href(self) -> str:
        """The page of the first message that it carries. One query."""
        first = (
            self.delivery.dispatch.chases.order_by("pk").first() if self.delivery.dispatch else None
        )
        return reverse("desk:chase", args=[first.pk]) if first else ""

    @property
    def settle(self) -> Offer | None:
        """Say what became of it."""
        href = reverse("desk:settle_delivery", args=[self.delivery.pk])
        check = partial(rules.check_may_settle, self.person, self.delivery)
        return offer(self.person, Permission.CHASE_APPROVE, "Send it again", href, check)


@dataclass(frozen=True)
class DispatchShown:
    """What was approved together, as a row of the list. Draws on what was prefetched."""

    dispatch: Dispatch

    @property
    def what(self) -> str:
        """The step, and what it is about."""
        found = list(dict.fromkeys(c.reference for c in self.dispatch.chases.all()))
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        step = _first(str(Step(self.dispatch.step).label))
        return f"{step}: {', '.join(found[:3])}{more}"

    @property
    def href(self) -> str:
        """The page of its first message."""
        return reverse("desk:chase", args=[min(c.pk for c in self.dispatch.chases.all())])

    @property
    def by(self) -> str:
        """Who let it go."""
        return name_of(self.dispatch.by) if self.dispatch.by else "the ladder itself"

    @property
    def fate(self) -> str:
        """What became of it."""
        if self.dispatch.posted_on:
            return f"Posted {day_words(self.dispatch.posted_on)}"
        deliveries = list(self.dispatch.deliveries.all())
        if not deliveries:
            return (
                "To be posted" if self.dispatch.step == Step.LETTER else "Told to nobody by e-mail"
            )
        sent = [d for d in deliveries if d.sent_at]
        if len(sent) == len(deliveries):
            return f"Sent {day_words(localdate(sent[0].sent_at))} to {_people(len(sent))}"
        return _first(
            ", ".join(sorted({State(d.state).label for d in deliveries if not d.sent_at}))
        )


def _people(count: int) -> str:
    return plural(count, "person") if count == 1 else f"{count} people"
