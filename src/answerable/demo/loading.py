"""The order in which the example world is loaded, told line by line while it happens."""

from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from answerable.audit.actions import OPERATOR
from answerable.chasing.actions.chases import prepare_due
from answerable.demo import answers, bodies, checking, marker, papers, public
from answerable.demo.calendar import Calendar, Part
from answerable.demo.cases import CASES
from answerable.demo.northmoor import Northmoor, Say
from answerable.publishing.actions import approve_edition, propose_edition
from answerable.register.actions.bases import adopt_bases
from answerable.reports.queries.decisions import to_check
from answerable.world.northmoor import BuiltDocument, build, story
from answerable.world.northmoor.story import Reply

OLD = ("inquiry", "review", "peers")
"""What there was when the office began to keep this record."""
OPENED, OLD_ANSWERED = -421, -419
ARRIVALS = (
    (-48, ("learning", "inspection")),
    (-19, ("scrutiny", "prevention")),
    (-13, ("force-reply",)),
    (-6, ("letter", "council-reply")),
)
"""What came since, and on which day it was read."""
SINCE = frozenset({("inspection", "r1"), ("scrutiny", "r4"), ("scrutiny", "r9")})
"""Answered since the first edition, so that a second has something to say."""
PUBLISHED, CHANGED = -3, -2
FORGOTTEN = ("inquiry", "10")
"""What the Board owed and nobody passed on when it ended: the gap analysis finds it."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 reply", "2 replies"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def load(say: Say) -> None:
    """Load both worlds into an empty database, through the acts that people use."""
    today = timezone.localdate()
    calendar = Calendar(today)
    with calendar.on(OPENED), TemporaryDirectory() as folder:
        marker.begin()
        adopt_bases(by=OPERATOR)
        _load_public_record(say)
        built = {b.id: b for b in build(Path(folder), today=today)}
        northmoor = _open_office(say, today)
        calendar.play(
            [
                _opening(northmoor, built),
                *(_arriving(northmoor, built, day, ids) for day, ids in ARRIVALS),
                _moving_clocks(northmoor),
                _answering(northmoor),
                _publishing(northmoor),
                *(case(northmoor) for case in CASES),
            ]
        )
    _propose(northmoor)
    prepared = prepare_due(by=OPERATOR, day=today)
    say(f"Northmoor: {counted(len(prepared), 'reminder')} prepared, for Rosa Adeyemi to approve.")
    marker.finish()


def _load_public_record(say: Say) -> None:
    real = bodies.add_real_bodies()
    loaded = public.load_record(real)
    say(
        f"The public record: {counted(len(real), 'body', 'bodies')}, "
        f"{counted(loaded.reports, 'report')}, "
        f"{counted(loaded.recommendations, 'recommendation')}, "
        f"{counted(loaded.replies, 'reply', 'replies')}, each with its source. "
        f"{counted(loaded.links, 'link')} between what was asked again, with our reason for each."
    )


def _open_office(say: Say, today: date) -> Northmoor:
    added = bodies.add_northmoor()
    people = bodies.add_people(added)
    say(f"Northmoor: {counted(len(people), 'person', 'people')} for every role.")
    return Northmoor(say, today, added, people)


# --- Reports ----------------------------------------------------------------------------------------


def _opening(northmoor: Northmoor, built: dict[str, BuiltDocument]) -> Part:
    """The office enters what there is; the Board, which answered in 2015, is followed."""
    rosa = northmoor.people["rosa"]
    yield OPENED + 1
    _receive(northmoor, built, OLD)
    yield OLD_ANSWERED
    _answer(northmoor, [r for r in _replies(northmoor) if r.item[0] == "inquiry"])
    bodies.succeed(northmoor.bodies, rosa)
    answers.pass_on(northmoor.bodies, rosa, forgotten=northmoor.register[FORGOTTEN])


def _arriving(
    northmoor: Northmoor, built: dict[str, BuiltDocument], day: int, ids: tuple[str, ...]
) -> Part:
    yield day
    _receive(northmoor, built, ids)


def _receive(northmoor: Northmoor, built: dict[str, BuiltDocument], ids: tuple[str, ...]) -> None:
    """Receive and read documents, and check what was found in them as far as the story has come."""
    people = northmoor.people
    arrived = papers.receive(
        [built[one] for one in ids], northmoor.papers, northmoor.bodies, people
    )
    papers.read(arrived)
    northmoor.papers |= arrived
    rows = {row.document: row for row in story.REPORTS}
    for row in (rows[one] for one in ids if one in rows):
        entered = checking.check(row, arrived[row.document], northmoor.bodies, people["rosa"])
        northmoor.register |= entered
        answers.date_clocks(entered, people, northmoor.today)
        northmoor.say(
            f"Northmoor: {row.title} … {_outcome(northmoor, row.document, len(entered))}."
        )


def _outcome(northmoor: Northmoor, document: str, entered: int) -> str:
    paper = northmoor.papers[document].document
    if paper.state == paper.State.PARKED:
        return "a scan without text, put aside"
    if paper.reading.notices.filter(code="recognised").exists():
        return "a scan, its text recognised and not checked yet"
    left = next((row.left for row in to_check() if row.document == paper), 0)
    entered_words = counted(entered, "recommendation") if entered else ""
    return ", ".join(filter(None, (entered_words, f"{left} still to check" if left else "")))


# --- Replies and clocks -----------------------------------------------------------------------------


def _replies(northmoor: Northmoor) -> list[Reply]:
    return story.replies(northmoor.today)


def _entered_on(reply: Reply, today: date) -> int:
    """The day on which a reply was entered: as it came, or when the office had begun."""
    came = reply.received_on(today) or reply.dated_on(today)
    return CHANGED if reply.item in SINCE else max((came - today).days, OLD_ANSWERED)


def _answer(northmoor: Northmoor, given: list[Reply]) -> None:
    answers.enter(
        [reply for reply in given if reply.item in northmoor.register],
        northmoor.register,
        northmoor.bodies,
        northmoor.papers,
        northmoor.people,
        northmoor.today,
    )


def _answering(northmoor: Northmoor) -> Part:
    """The replies to the newer reports, each on the day on which it was entered."""

    def day(reply: Reply) -> int:
        return _entered_on(reply, northmoor.today)

    given = sorted((r for r in _replies(northmoor) if r.item[0] != "inquiry"), key=day)
    for on, some in groupby(given, key=day):
        yield on
        _answer(northmoor, list(some))
    northmoor.say(f"Northmoor: {counted(len(given), 'reply', 'replies')} to the newer reports.")


def _moving_clocks(northmoor: Northmoor) -> Part:
    """Extensions and pauses, as the story has them."""
    moves = [(c.on, c, False) for c in story.CHANGES]
    moves += [(c.until, c, True) for c in story.CHANGES if c.until is not None]
    for day, change, again in sorted(moves, key=lambda move: move[0]):
        yield day
        undertaking = northmoor.owed(change.item, change.body)
        answers.move_clock(change, undertaking, northmoor.people["rosa"], again=again)


# --- Editions ---------------------------------------------------------------------------------------


def _publishing(northmoor: Northmoor) -> Part:
    """The first edition; and what has been put right since."""
    petra, percy = northmoor.people["petra"], northmoor.people["percy"]
    yield PUBLISHED
    papers.open_to_all(northmoor.papers, northmoor.people)
    edition = propose_edition(by=petra, note="The first edition of this record.")
    approve_edition(by=percy, edition=edition, content_digest=edition.content_digest)
    northmoor.say("Edition 1: proposed by Petra Novak, approved by Percy Hale, published.")
    yield CHANGED
    checking.correct(northmoor.register, northmoor.papers, northmoor.people)
    checking.withdraw(northmoor.register, northmoor.people)


def _propose(northmoor: Northmoor) -> None:
    propose_edition(
        by=northmoor.people["petra"],
        note="Three replies, one correction, one entry taken back, and an opinion that is void.",
    )
    northmoor.say("Edition 2: proposed, and waiting for Percy Hale.")
