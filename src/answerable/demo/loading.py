"""The order in which the example world is loaded, told line by line while it happens."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from answerable.audit.actions import OPERATOR
from answerable.demo import answers, bodies, checking, marker, papers, public
from answerable.demo.bodies import Bodies, People
from answerable.demo.checking import Item, Register
from answerable.publishing.actions import approve_edition, propose_edition
from answerable.register.actions.bases import adopt_bases
from answerable.reports.queries.decisions import to_check
from answerable.world.northmoor import story

Say = Callable[[str], None]

OLD = "inquiry"
"""The report of 2015: it was answered before the Board was followed by the Partnership."""
SINCE = frozenset({("inspection", "r1"), ("scrutiny", "r4"), ("scrutiny", "r9")})
"""Answered since the first edition, so that a second has something to say."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 reply", "2 replies"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def load(say: Say) -> None:
    """Load both worlds into an empty database, through the acts that people use."""
    today = timezone.localdate()
    marker.begin()
    adopt_bases(by=OPERATOR)
    _load_public_record(say)
    _Northmoor(say, today).happen()
    marker.finish()


def _load_public_record(say: Say) -> None:
    real = bodies.add_real_bodies()
    reports, entered, replies = public.load_record(real)
    say(
        f"The public record: {counted(len(real), 'body', 'bodies')}, "
        f"{counted(reports, 'report')}, {counted(entered, 'recommendation')}, "
        f"{counted(replies, 'reply', 'replies')}, each with its source."
    )


class _Northmoor:
    """Northmoor, from its first body to the proposal for its second edition."""

    def __init__(self, say: Say, today: date) -> None:
        self.say, self.today = say, today
        self.register: Register = {}
        self.bodies: Bodies = bodies.add_northmoor()
        self.people: People = bodies.add_people(self.bodies)
        say(f"Northmoor: {counted(len(self.people), 'person', 'people')} for every role.")
        self.papers = papers.receive_all(self.bodies, self.people, today)

    def happen(self) -> None:
        """Everything that has happened so far, in its order."""
        rosa = self.people["rosa"]
        self._check(lambda document: document == OLD)
        answers.date_clocks(self.register, self.people, self.today)
        self._answer(lambda item: item[0] == OLD)
        bodies.succeed(self.bodies, rosa)
        answers.pass_on(self.bodies, rosa)
        self._check_the_rest()
        answers.move_clocks(self.register, self.bodies, self.people, self.today)
        answered = self._answer(lambda item: item[0] != OLD and item not in SINCE)
        self.say(f"Northmoor: {counted(answered, 'reply', 'replies')} to the newer reports.")
        papers.open_to_all(self.papers, self.people)
        self._publish()
        self._go_on()

    def _check_the_rest(self) -> None:
        before = dict(self.register)
        self._check(lambda document: document != OLD)
        newer = {k: v for k, v in self.register.items() if k not in before}
        answers.date_clocks(newer, self.people, self.today)

    def _check(self, chosen: Callable[[str], bool]) -> None:
        for row in story.REPORTS:
            if not chosen(row.document):
                continue
            paper = self.papers[row.document]
            entered = checking.check(row, paper, self.bodies, self.people["rosa"])
            self.register |= entered
            self.say(f"Northmoor: {row.title} … {self._outcome(row.document, len(entered))}.")

    def _outcome(self, document: str, entered: int) -> str:
        paper = self.papers[document].document
        if paper.state == paper.State.PARKED:
            return "a scan without text, put aside"
        if paper.reading.notices.filter(code="recognised").exists():
            return "a scan, its text recognised and not checked yet"
        left = next((row.left for row in to_check() if row.document == paper), 0)
        entered_words = counted(entered, "recommendation") if entered else ""
        return ", ".join(filter(None, (entered_words, f"{left} still to check" if left else "")))

    def _answer(self, chosen: Callable[[Item], bool]) -> int:
        return answers.enter(
            self.register, self.bodies, self.papers, self.people, self.today, chosen
        )

    def _publish(self) -> None:
        petra, percy = self.people["petra"], self.people["percy"]
        edition = propose_edition(by=petra, note="The first edition of this record.")
        approve_edition(by=percy, edition=edition, content_digest=edition.content_digest)
        self.say("Edition 1: proposed by Petra Novak, approved by Percy Hale, published.")

    def _go_on(self) -> None:
        """What has changed since the first edition, and the proposal for the second."""
        checking.correct(self.register, self.papers, self.people)
        checking.withdraw(self.register, self.people)
        self._answer(SINCE.__contains__)
        propose_edition(
            by=self.people["petra"],
            note="Three replies, one correction, and one entry taken back.",
        )
        self.say("Edition 2: proposed, and waiting for Percy Hale.")
