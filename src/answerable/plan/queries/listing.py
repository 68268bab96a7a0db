"""Lists of plans: bodies with what their plans hold, and the actions of one body, narrowed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.plan.models import Action, DateMove, Service
from answerable.register.models import Undertaking

SOON = timedelta(days=30)
"""A date within this time is due soon."""
ENDING = timedelta(days=90)
"""Funding that ends within this time is ending."""
OFTEN = 2
"""A date moved so many times is moved often."""

LATE, DUE, NO_OWNER, NO_DATE, FUNDING, MOVED, SERVES_NOTHING = (
    "late",
    "due",
    "no_owner",
    "no_date",
    "funding",
    "moved",
    "serves_nothing",
)
NARROWS = {
    LATE: "late",
    DUE: "due within 30 days",
    NO_OWNER: "without a person who owns it",
    NO_DATE: "without a date",
    FUNDING: "with funding that ends within 90 days, or has ended",
    MOVED: "moved twice or more",
    SERVES_NOTHING: "serving nothing that was asked",
}
"""What a list of actions can be narrowed to, each by itself."""

OPEN, DONE, ABANDONED, TAKEN_OVER = "open", "done", "abandoned", "taken_over"
STATES = {
    OPEN: "under way",
    DONE: "done",
    ABANDONED: "abandoned",
    TAKEN_OVER: "carried on by a successor",
}

UNDER_WAY = Q(done_on__isnull=True, abandoned_at__isnull=True, taken_over_by__isnull=True)
"""Actions that are neither done nor abandoned, nor carried on by a successor."""


def plans_seen_by(person: Person) -> QuerySet[Body]:
    """Bodies whose plans ``person`` may read: all for the office, else their own.

    Raises:
        Refused: where no role of the person lets them read the register.
    """
    check_may(person, Permission.RECOMMENDATION_READ)
    bodies = Body.objects.all() if is_of_office(person) else Body.objects.filter(pk=person.body_id)
    return bodies.order_by("name")


def find_plan(person: Person, slug: str) -> Body:
    """The body with this address, if its plan is the person's to read.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    found = plans_seen_by(person).filter(slug=slug).first()
    if found is None:
        raise NotTheirs("There is no such plan for you.")
    return found


def that_are(narrow: str, today: date) -> Q:
    """What actions must be to stay on a list narrowed so; all but the last are under way."""
    return {
        LATE: UNDER_WAY & Q(due_on__lt=today),
        DUE: UNDER_WAY & Q(due_on__gte=today, due_on__lte=today + SOON),
        NO_OWNER: UNDER_WAY & Q(owner__isnull=True, owner_name=""),
        NO_DATE: UNDER_WAY & Q(due_on__isnull=True),
        FUNDING: UNDER_WAY & Q(funding_ends_on__lte=today + ENDING),
        MOVED: Q(times_moved__gte=OFTEN),
        SERVES_NOTHING: UNDER_WAY & Q(serves=False),
    }[narrow]


def in_state(state: str) -> Q:
    """Actions in a state of :data:`STATES`."""
    return {
        OPEN: UNDER_WAY,
        DONE: Q(done_on__isnull=False),
        ABANDONED: Q(abandoned_at__isnull=False),
        TAKEN_OVER: Q(taken_over_by__isnull=False),
    }[state]


def with_moves(rows: QuerySet[Action]) -> QuerySet[Action]:
    """Each action with how often its own date was moved, and whether it serves anything.

    Moves made before a successor carried it on count too: those of up to two bodies before.
    """
    this = OuterRef("pk")
    line = Q(action=this) | Q(action__taken_over_by=this)
    line |= Q(action__taken_over_by__taken_over_by=this)
    moves = DateMove.objects.filter(line, approved_at__isnull=False).order_by()
    count = moves.annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    standing = Service.objects.filter(action=OuterRef("pk"), taken_out_at__isnull=True)
    return rows.annotate(times_moved=Coalesce(Subquery(count), 0), serves=Exists(standing))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of actions is narrowed to; every part that is given must hold."""

    words: str = ""
    state: str = ""
    only: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == Narrowing()


def actions_of(body: Body, narrowing: Narrowing, today: date) -> QuerySet[Action]:
    """The actions of ``body``, the earliest date first; those without one stand last."""
    rows = with_moves(Action.objects.filter(body=body))
    if narrowing.words:
        asked = narrowing.words
        said = Q(title__icontains=asked) | Q(words__icontains=asked)
        by = Q(owner_role__icontains=asked) | Q(owner_name__icontains=asked)
        rows = rows.filter(said | by | Q(reference__iexact=asked))
    if narrowing.state:
        rows = rows.filter(in_state(narrowing.state))
    for narrow in narrowing.only:
        rows = rows.filter(that_are(narrow, today))
    serving = Service.objects.filter(taken_out_at__isnull=True).select_related(
        "undertaking__recommendation", "undertaking__body"
    )
    return (
        rows.select_related("owner", "taken_over_by__body")
        .prefetch_related(Prefetch("services", serving, to_attr="standing_services"))
        .order_by(F("due_on").asc(nulls_last=True), "serial")
    )


def counts_of(body: Body, today: date) -> dict[str, int]:
    """How many actions of ``body`` each narrowing would leave. One query."""
    rows = with_moves(Action.objects.filter(body=body))
    return dict(rows.aggregate(**{n: Count("pk", filter=that_are(n, today)) for n in NARROWS}))


def bodies_with_plans(person: Person, today: date) -> QuerySet[Body]:
    """Bodies that were asked something or plan something, each with separate counts. One query."""

    def count(which: Q) -> Coalesce:
        rows = Action.objects.filter(which, body=OuterRef("pk")).order_by()
        return Coalesce(Subquery(rows.values("body").annotate(n=Count("pk")).values("n")), 0)

    asked = Undertaking.objects.filter(body=OuterRef("pk"))
    planned = Action.objects.filter(body=OuterRef("pk"))
    return (
        plans_seen_by(person)
        .filter(Exists(asked) | Exists(planned))
        .annotate(
            under_way=count(UNDER_WAY),
            late=count(that_are(LATE, today)),
            no_owner=count(that_are(NO_OWNER, today)),
            no_date=count(that_are(NO_DATE, today)),
            done=count(in_state(DONE)),
        )
    )
