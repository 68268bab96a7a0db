"""Replies and the positions read in them, official dates, extensions, pauses; what passed on."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, check_may_judge, reason_against
from answerable.audit.actions import act
from answerable.demo import places
from answerable.demo.bodies import BOARD, Bodies, People
from answerable.demo.checking import Item, Register
from answerable.demo.papers import Paper, day_of
from answerable.register.actions.clocks import date_clock, extend_clock, pause_clock, resume_clock
from answerable.register.actions.responses import log_response, read_position
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Clock, Position, Recommendation, Stands, Undertaking
from answerable.register.queries.clocks import clock_of
from answerable.reports.models import Document
from answerable.world.northmoor import story
from answerable.world.northmoor.story import Change, Reply

PLAIN = "The reply says so in plain words."
"""Rosa's reason where the story needs no other: only a plain "accepted" needs none."""


def undertaking_of(register: Register, bodies: Bodies, item: Item, body: str) -> Undertaking:
    """What a body owes on one item of the register."""
    return register[item].undertakings.select_related("body").get(body=bodies[body])


def _page(document: Document | None, words: str) -> int | None:
    """The page of a reply's document on which ``words`` begin; None where it has no pages."""
    if document is None or not document.page_count or document.media_type != "application/pdf":
        return None
    found = places.find(document, words)
    return int(str(found[0]["page"])) if found else None


def _enter(
    reply: Reply,
    undertaking: Undertaking,
    papers: Mapping[str, Paper],
    people: People,
    today: date,
) -> None:
    document = papers[reply.document].document if reply.document else None
    response = log_response(
        by=people[reply.entered_by],
        undertaking=undertaking,
        words=reply.words,
        dated_on=reply.dated_on(today),
        received_on=reply.received_on(today),
        restates=reply.restates,
        document=document,
        page=_page(document, reply.words),
    )
    reader = people["rosa"]
    # Rosa's own office answers too. Nobody of it may judge that, so those replies wait unread.
    if reply.position and _may_judge(reader, undertaking):
        reason = reply.reason or ("" if reply.position == Position.ACCEPTED else PLAIN)
        read_position(by=reader, response=response, position=reply.position, reason=reason)


def _may_judge(person: Person, undertaking: Undertaking) -> bool:
    return not reason_against(check_may_judge, person, Permission.POSITION_READ, undertaking.body)


@act
def enter(
    given: Iterable[Reply],
    register: Register,
    bodies: Bodies,
    papers: Mapping[str, Paper],
    people: People,
    today: date,
) -> None:
    """Enter replies, and read the position that each takes."""
    for reply in given:
        undertaking = undertaking_of(register, bodies, reply.item, reply.body)
        _enter(reply, undertaking, papers, people, today)


@act
def date_clocks(register: Register, people: People, today: date) -> None:
    """Write beside each computed last day the one that the report itself names, where it names one."""
    for row in story.REPORTS:
        if row.official is None:
            continue
        on = day_of(row.official, today)
        for (document, _), recommendation in register.items():
            dated = recommendation.undertakings.all() if document == row.document else ()
            for clock in _clocks(dated):
                date_clock(by=people["rosa"], clock=clock, on=on, reason=row.official_reason)


def _clocks(undertakings: Iterable[Undertaking]) -> list[Clock]:
    return [clock for u in undertakings if (clock := clock_of(u))]


@act
def move_clock(change: Change, undertaking: Undertaking, by: Person, *, again: bool) -> None:
    """Extend or pause the clock of an undertaking; ``again`` lets a paused one go on."""
    for clock in _clocks([undertaking]):
        if again:
            resume_clock(by=by, clock=clock, on=timezone.localdate(), reason=change.reason)
        elif change.what == "extended":
            extend_clock(by=by, clock=clock, days=change.days, reason=change.reason)
        else:
            pause_clock(by=by, clock=clock, on=timezone.localdate(), reason=change.reason)


@act
def pass_on(bodies: Bodies, by: Person, *, forgotten: Recommendation) -> int:
    """Pass what the Board owed to the Partnership, but for one. Returns how many."""
    owed = Undertaking.objects.filter(body=bodies[BOARD]).exclude(stands=Stands.PASSED)
    owed = owed.exclude(recommendation=forgotten)
    left = list(owed.select_related("recommendation__report", "body"))
    for undertaking in left:
        pass_to_successor(by=by, undertaking=undertaking)
    return len(left)
