"""A body's plan as its pages show it: the rows of its list, and one action with all its parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office
from answerable.desk.records.ledger import (
    LedgerShown,
    OwnerStep,
    owner_steps,
    owner_words,
    times_words,
)
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.html.times import day_words, due_words
from answerable.plan.models import Action, DateOf, Dependency, Milestone, Service
from answerable.plan.queries.moves import ledger_of, moves_of
from answerable.plan.queries.services import digest_of_text
from answerable.plan.rules import moves as move_rules
from answerable.plan.rules import planned as rules
from answerable.register.queries.recommendations import words_of


def funding_words(action: Action, today: date) -> str:
    """What must be said of its money; nothing while it lasts."""
    ends = action.funding_ends_on
    if ends is None or ends >= today:
        return ""
    said = f"The money for this ended on {day_words(ends)}."
    settled = action.done_on or action.abandoned_at or carried_on_by(action)
    return said if settled else f"{said} The action is still under way."


def carried_on_by(action: Action) -> Action | None:
    """The successor’s action that carries it on, or None; uses what was read with it."""
    return getattr(action, "taken_over_by", None)


def state_words(action: Action | Milestone, today: date) -> str:
    """Where it stands: done, abandoned, late, due, or without a date."""
    finished = action.met_on if isinstance(action, Milestone) else action.done_on
    if action.abandoned_at:
        return "abandoned"
    if isinstance(action, Action) and (heir := carried_on_by(action)):
        return f"carried on by {heir.body.name} as {heir.reference}"
    if finished:
        return f"{'met' if isinstance(action, Milestone) else 'done'} on {day_words(finished)}"
    return due_words(action.due_on, today) if action.due_on else "no date"


def is_late(action: Action | Milestone, today: date) -> bool:
    """Whether its date has gone by and it still runs."""
    finished = action.met_on if isinstance(action, Milestone) else action.done_on
    carried = isinstance(action, Action) and carried_on_by(action)
    runs = not (action.abandoned_at or finished or carried)
    return bool(runs and action.due_on and action.due_on < today)


@dataclass(frozen=True, slots=True)
class Serves:
    """One undertaking that an action serves: its reference, and where that is shown."""

    reference: str
    href: str


@dataclass(frozen=True)
class PlanRow:
    """One action on the list of a body's plan."""

    action: Action
    today: date

    @property
    def href(self) -> str:
        """Its own page."""
        return reverse("desk:action", args=[self.action.body.slug, self.action.reference])

    @property
    def owner(self) -> str:
        """The post that answers for it, and who holds it."""
        return owner_words(self.action.owner_role, self.action.owner, self.action.owner_name)

    @property
    def has_no_owner(self) -> bool:
        """Whether nobody is known to hold the post."""
        return self.action.owner is None and not self.action.owner_name

    @property
    def state(self) -> str:
        """Where it stands."""
        return state_words(self.action, self.today)

    @property
    def late(self) -> bool:
        """Whether its date has gone by."""
        return is_late(self.action, self.today)

    @property
    def moved(self) -> str:
        """How often its date was moved."""
        times = getattr(self.action, "times_moved", 0)
        return f"moved {times_words(times)}" if times else ""

    @property
    def funding(self) -> str:
        """What must be said of its money."""
        return funding_words(self.action, self.today)

    @property
    def serves(self) -> list[Serves]:
        """What it serves now."""
        services: list[Service] = getattr(self.action, "standing_services", [])
        return [_serves(service, "desk:undertaking_plan") for service in services]


def _serves(service: Service, name: str) -> Serves:
    reference, slug = service.undertaking.recommendation.reference, service.undertaking.body.slug
    return Serves(reference, reverse(name, args=[reference, slug]))


@dataclass(frozen=True)
class ServiceShown:
    """What an action serves: the exact words, and whether they were corrected since."""

    service: Service

    @property
    def at(self) -> Serves:
        """Its reference, and the plan page of that answer."""
        return _serves(self.service, "desk:undertaking_plan")

    @cached_property
    def _words(self) -> str:
        return words_of(self.service.undertaking.recommendation)

    @property
    def corrected(self) -> bool:
        """Whether the words were corrected since, so that nobody knows what is served."""
        return self.service.words_digest != digest_of_text(self._words)

    @property
    def quotes(self) -> list[str]:
        """The words that it serves."""
        return [] if self.corrected else [self._words[s:e] for s, e in self.service.spans]

    @property
    def taken_out_by(self) -> str:
        """Who took it out."""
        return name_of(self.service.taken_out_by)


@dataclass(frozen=True)
class MilestoneShown:
    """One step of an action."""

    milestone: Milestone
    href: str
    today: date

    @property
    def state(self) -> str:
        """Where it stands."""
        return state_words(self.milestone, self.today)

    @property
    def late(self) -> bool:
        """Whether its date has gone by."""
        return is_late(self.milestone, self.today)

    @property
    def moved(self) -> str:
        """How often its date was moved, and whether another move waits."""
        moves = moves_of(self.milestone)
        times = sum(1 for move in moves if move.approved_at)
        waits = any(not (m.approved_at or m.refused_at) for m in moves)
        said = [f"moved {times_words(times)}"] if times else []
        return "; ".join([*said, "a move waits for a decision"] if waits else said)


@dataclass(frozen=True)
class WaitShown:
    """Something that an action waits for."""

    dependency: Dependency
    href: str
    body: str

    @property
    def words(self) -> str:
        """What it is."""
        other = self.dependency.on_action
        return f"{other.reference}: {other.title}" if other else self.dependency.words

    @property
    def other_href(self) -> str:
        """The page of the other action."""
        other = self.dependency.on_action
        return reverse("desk:action", args=[self.body, other.reference]) if other else ""

    @property
    def state(self) -> str:
        """Whether it still waits."""
        one = self.dependency
        if one.taken_out_at:
            return f"not waited for after all: {one.taken_out_reason}"
        came = one.on_action.done_on if one.on_action else one.met_on
        if came:
            return f"came on {day_words(came)}"
        if one.on_action and one.on_action.abandoned_at:
            return "will not come: that action was abandoned"
        return f"waits; needed by {day_words(one.needed_by_on)}" if one.needed_by_on else "waits"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be said of it."""
        return bool(self.dependency.taken_out_at or self.dependency.met_on)


def _linked(action: Action | None, person: Person) -> dict[str, str]:
    """Its name, and its page where the person may read that body's plan."""
    if action is None:
        return {}
    theirs = is_of_office(person) or action.body_id == person.body_id
    href = reverse("desk:action", args=[action.body.slug, action.reference]) if theirs else ""
    return {"text": f"{action.reference}, {action.body.name}", "href": href}


@dataclass(frozen=True)
class ActionShown:
    """One action with all its parts, as ``person`` sees it; see ``plan.queries.whole``."""

    action: Action
    person: Person
    today: date

    @property
    def place(self) -> list[str]:
        """What names it in an address."""
        return [self.action.body.slug, self.action.reference]

    @property
    def row(self) -> PlanRow:
        """As its line on the list says it."""
        return PlanRow(self.action, self.today)

    @property
    def state(self) -> str:
        """One sentence on where it stands."""
        action = self.action
        if action.abandoned_at:
            return f"Abandoned on {day_words(action.abandoned_at)}."
        if heir := carried_on_by(action):
            return f"{heir.body.name} carries it on as {heir.reference}."
        if action.done_on:
            said = f"Done on {day_words(action.done_on)}, as {action.body.name} says."
            return f"{said} What came of it is another question."
        if action.due_on is None:
            return "Under way, without a date."
        return (
            f"Under way. Due on {day_words(action.due_on)}: {due_words(action.due_on, self.today)}."
        )

    @property
    def before(self) -> dict[str, str]:
        """The action of the body before it that it carries on, and its page."""
        return _linked(self.action.taken_over_from, self.person)

    @property
    def after(self) -> dict[str, str]:
        """The successor's action that carries it on, and its page."""
        return _linked(carried_on_by(self.action), self.person)

    @property
    def overseers_date(self) -> bool:
        """Whether only the office moves its date."""
        return self.action.date_of == DateOf.OVERSEER

    @cached_property
    def ledger(self) -> LedgerShown:
        """Its dates, who moved them and why."""
        action = self.action
        return LedgerShown(ledger_of(action), self.today, action.added_at, self.person)

    @cached_property
    def owner_steps(self) -> list[OwnerStep]:
        """Changes of owner."""
        return owner_steps(list(self.action.owner_changes.all()), self.person)

    @property
    def services(self) -> list[ServiceShown]:
        """What it serves now."""
        return [ServiceShown(s) for s in self.action.services.all() if not s.taken_out_at]

    @property
    def served_before(self) -> list[ServiceShown]:
        """What it served once."""
        return [ServiceShown(s) for s in self.action.services.all() if s.taken_out_at]

    @property
    def milestones(self) -> list[MilestoneShown]:
        """Its steps, by date."""
        return [
            MilestoneShown(m, reverse("desk:milestone", args=[*self.place, m.pk]), self.today)
            for m in self.action.milestones.all()
        ]

    @property
    def waits(self) -> list[WaitShown]:
        """What it waits for."""
        return [
            WaitShown(
                d, reverse("desk:dependency", args=[*self.place, d.pk]), self.action.body.slug
            )
            for d in self.action.dependencies.all()
        ]

    @property
    def abandoned_by(self) -> str:
        """Who abandoned it."""
        return name_of(self.action.abandoned_by)

    @cached_property
    def offers(self) -> list[Offer]:
        """What may be done to it now; what its state makes senseless is not offered."""
        return [made for made in self._offers() if made and not made.refused]

    @cached_property
    def refused(self) -> list[str]:
        """Why something may not be done now that could be done at other times."""
        said = [made.refused for made in self._offers() if made and made.refused]
        return list(dict.fromkeys(said))

    def _offers(self) -> Iterator[Offer | None]:
        person, action = self.person, self.action
        if action.abandoned_at:
            return
        if action.done_on:
            yield self._offer(
                "Take it up again",
                "desk:resume_action",
                partial(rules.check_may_change, person, action),
            )
        else:
            yield self._offer("Say that it is done", "desk:complete_action", self._check_done)
            asks: Callable[[], object] = partial(move_rules.check_may_ask, person, action)
            if action.due_on is None:
                dates = partial(rules.check_under_way, person, action)
                yield self._offer("Give it a date", "desk:date_action", dates)
            else:
                yield self._offer("Ask to move the date", "desk:move_action", asks)
            under_way = partial(rules.check_under_way, person, action)
            yield self._offer("Add a milestone", "desk:new_milestone", under_way)
            yield self._offer("Say what it waits for", "desk:new_dependency", under_way)
        owner = partial(move_rules.check_may_ask_owner, person, action)
        yield self._offer("Ask for another owner", "desk:move_owner", owner)
        changes = partial(rules.check_may_change, person, action)
        yield self._offer("Change its words or its money", "desk:change_action", changes)
        if not action.done_on:
            under_way = partial(rules.check_under_way, person, action)
            yield self._offer("Abandon it", "desk:abandon_action", under_way)

    def _check_done(self) -> None:
        rules.check_under_way(self.person, self.action)
        rules.check_milestones_settled(self.action)

    def _offer(self, press: str, name: str, check: Callable[[], object]) -> Offer | None:
        href = reverse(name, args=self.place)
        return offer(self.person, Permission.PLAN_KEEP, press, href, check)
