"""Nobody marks their own work: ONE table of what keeps a person from judging an undertaking.

The rules, the buttons on pages and the page in the docs all read :data:`BARS`.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused, check_may, check_not_same
from answerable.assurance.models import Interest
from answerable.assurance.queries import independence as queries
from answerable.assurance.queries.independence import Tie
from answerable.assurance.rules import lives
from answerable.audit.rules import check_step
from answerable.plan.rules.who import check_said
from answerable.register.models import Undertaking

SEPARATION = "separation"


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that keeps a person from judging."""

    code: str
    who: str
    sentence: str
    tie: Tie


BARS: tuple[Bar, ...] = (
    Bar(
        "of_body",
        "Whoever belongs to the body, or to one that it took over from",
        "You belong to the body that answers for this, so someone else must judge it.",
        queries.of_body,
    ),
    Bar(
        "outside_office",
        "Whoever works for no oversight office",
        "Only people of an oversight office may judge this.",
        queries.outside_office,
    ),
    Bar(
        "owned",
        "Whoever owns, or ever owned, an action that serves it",
        "You own or owned an action that serves this, so someone else must judge it.",
        queries.has_owned,
    ),
    Bar(
        "uploaded",
        "Whoever handed in or offered evidence for it",
        "You handed in evidence for this, so someone else must judge it.",
        queries.has_uploaded,
    ),
    Bar(
        "answered",
        "Whoever drafted or entered a response to it",
        "You entered a response to this, so someone else must judge it.",
        queries.has_answered,
    ),
    Bar(
        "claimed",
        "Whoever entered a claim of its delivery",
        "You entered a claim on this, so someone else must judge it.",
        queries.has_claimed,
    ),
    Bar(
        "interest",
        "Whoever has declared an interest in it or in the body",
        "You have declared an interest in this, so someone else must judge it.",
        queries.has_interest,
    ),
)
"""Everything that keeps a person from judging, in the order in which it is asked."""


def bars_of(people: QuerySet[Person], *undertakings: Undertaking) -> dict[Person, list[Bar]]:
    """What keeps each of ``people`` from judging ``undertakings``. One query, however many."""
    found = queries.ties_of(people, undertakings, {bar.code: bar.tie for bar in BARS})
    return {one: [bar for bar in BARS if bar.code in held] for one, held in found.items()}


def bars_against(person: Person, *undertakings: Undertaking) -> list[Bar]:
    """What keeps ``person`` from judging ``undertakings``; nothing where they are independent."""
    return bars_of(Person.objects.filter(pk=person.pk), *undertakings)[person]


def check_independent(person: Person, *undertakings: Undertaking) -> None:
    """Refuses, with the sentence of the first bar that holds, whoever is tied to any of them."""
    for bar in bars_against(person, *undertakings):
        raise Refused(bar.sentence, code=SEPARATION)


# --- Declared interests -----------------------------------------------------------------------------


def check_may_declare(person: Person) -> None:
    """Everyone of the office who judges or decides may, and must where there is one."""
    check_may(person, Permission.INTEREST_DECLARE)


def check_declaration(
    person: Person, body: Body | None, undertaking: Undertaking | None, words: str
) -> None:
    """Refuses an interest in nothing or in two things, without words, or declared before."""
    if (body is None) == (undertaking is None):
        raise Refused("Say in what: a body, or one recommendation to a body.", code="in")
    check_said(words, "Say what the interest is.", "words")
    if queries.same_standing(person, body=body, undertaking=undertaking):
        raise Refused("You have declared this already.", code="already")


def check_may_end(person: Person, interest: Interest, reason: str) -> None:
    """An interest ends by the chair's word, never by the word of whoever declared it."""
    check_may(person, Permission.INTEREST_END)
    check_not_same(
        person, interest.person, "You declared this yourself, so someone else must say it is over."
    )
    check_step(lives.INTEREST, "end_interest", "ended" if interest.ended_at else "declared")
    check_said(reason, "Say why it no longer holds.")
