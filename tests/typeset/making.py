"""The bench on which a report is put together: its voice, its draft, and what was asked of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.typeset.parts import (
    Block,
    Contents,
    Cover,
    Draft,
    Face,
    Figure,
    Grid,
    Heading,
    NewPage,
    Panel,
    Para,
    Piece,
    Row,
)
from tests.typeset.voice import MONTHS, Ask, Voice, capital
from tests.typeset.words import SUBJECTS, SURNAMES, Subject

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen")  # fmt: skip


@dataclass
class Wish:
    """The dimensions that a report was asked to have."""

    seed: int
    columns: int
    numbering: str
    table: str
    doubles: bool
    damage: frozenset[str]
    style: str
    format: str


class Making:
    """Adds parts to a draft and keeps their truth."""

    def __init__(self, rng: Random, wish: Wish) -> None:
        self.rng = rng
        self.wish = wish
        self.voice = Voice(rng, _subject(rng, wish.style))
        self.draft = Draft("")
        self.chapter_number = 0
        self.paragraph_number = 0
        self.number_paragraphs = False
        self.number_chapters = rng.random() < 0.6
        self.notes = rng.random() < 0.5
        self.style = rng.choice(("{n}.", "{n}.", "{n})", "{n}", "({n})"))
        self.headed = rng.random() < 0.5
        self.by_chapter = rng.random() < 0.25
        self.length = rng.choice((1, 1, 1, 1, 1, 1, 2, 4))

    def add(self, *blocks: Block) -> None:
        self.draft.add(*blocks)

    def some(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def say(self, text: str, *, label: str = "", face: Face = "roman", **more: object) -> None:
        """One paragraph of plain text."""
        self.add(Para([Piece(text, face)], label=label, **more))  # type: ignore[arg-type]

    # ---------------------------------------------------------------- truth

    def own(self, ask: Ask, *numbers: str | None, **more: object) -> int:
        """Write down an item of the report's own; the index of its row."""
        row = Row(ask.text, numbers or (None,), addressee=ask.addressee, due=ask.due)
        for name, value in more.items():
            setattr(row, name, value)
        return self.draft.row(row)

    def other(self, text: str, kind: str, number: str | None = None) -> int:
        """Write down an item that must not be taken for the report's own."""
        return self.draft.row(Row(text, (number,), kind=kind))

    def whole(self, text: str, addressee: str, parts: tuple[int, ...], *numbers: str | None) -> int:
        """Write down a sentence with its parts, which may be taken for one item or for several."""
        return self.draft.row(Row(text, numbers or (None,), addressee=addressee, instead_of=parts))

    # ---------------------------------------------------------------- front

    def front(self, title: str, maker: str, *, contents: bool = True, cover: bool = True) -> None:
        """The cover and the contents."""
        day = f"{self.some(1, 28)} {self.rng.choice(MONTHS)} {self.voice.year}"
        self.draft.title = title
        look = self.draft.look
        look.running_head = look.running_head or title
        look.running_foot = look.running_foot or maker
        if cover:
            self.add(Cover(title, self.rng.choice(("Report of the review", "Final report", "Findings and recommendations", f"Volume {self.some(1, 3)}")), maker, day))  # fmt: skip
        else:
            self.add(Heading(title, 1))
            self.say(f"{maker}, {day}")
        if contents:
            self.add(Contents())

    # ---------------------------------------------------------------- chapters

    def chapter(self, title: str, *, number: bool = True) -> None:
        """Begin a chapter."""
        label = ""
        if number:
            self.chapter_number += 1
            self.paragraph_number = 0
            if self.number_chapters or self.number_paragraphs:
                label = str(self.chapter_number)
        if self.draft.look.chapter_on_new_page and self.chapter_number > 1:
            self.add(NewPage())
        self.add(Heading(title, 1, label))

    def prose(self, paragraphs: int, *, loaded: bool = True) -> None:
        """Background paragraphs, numbered where the report numbers its paragraphs."""
        for _ in range(paragraphs):
            text = self.voice.paragraph(self.some(2, 5), loaded=loaded)
            note = (
                self.voice.paragraph(1, loaded=False) if self.notes and self.chance(0.25) else None
            )
            self.add(Para([Piece(text, note=note)], label=self.next_label()))

    def prose_plain(self, paragraphs: int) -> None:
        """Background outside the chapters, without paragraph numbers."""
        for _ in range(paragraphs):
            self.say(self.voice.paragraph(self.some(2, 4)))

    def next_label(self) -> str:
        """The number of the next paragraph, where paragraphs have them."""
        if not self.number_paragraphs:
            return ""
        self.paragraph_number += 1
        return f"{max(self.chapter_number, 1)}.{self.paragraph_number}"

    def background(self, *, low: int = 2, high: int = 5) -> None:
        """What stands in chapters besides recommendations: prose, tables, quotations, lists."""
        columns = 2 if self.draft.look.columns == 2 else 1
        self.prose(self.some(low, high) * columns * self.length)
        extras: list[Callable[[], None]] = [
            self.evidence,
            self.quotation,
            self.numbers,
            self.figure,
            self.earlier,
        ]
        for extra in self.rng.sample(extras, self.some(0, 2)):
            extra()
            self.prose(1)

    def evidence(self) -> None:
        """A bulleted list of what was seen, which asks nothing."""
        self.say(self.rng.choice(("Among the evidence we received were the following points:", "We heard that:", "The main concerns raised with us were:")), label=self.next_label())  # fmt: skip
        for _ in range(self.some(3, 5)):
            self.say(self.voice.paragraph(1, loaded=False), label=self.draft.look.bullet, indent=1)

    def quotation(self) -> None:
        """Someone's own words, set in from the margins."""
        speaker = self.rng.choice(SURNAMES)
        self.say(f"“{self.voice.paragraph(2)}” ({speaker}, oral evidence)", style="quote")

    def numbers(self) -> None:
        """A table of figures."""
        year = self.voice.year
        rows = [
            [
                [Para([Piece(capital(name))])],
                *([Para([Piece(str(self.some(40, 990)))])] for _ in range(3)),
            ]
            for name in self.rng.sample(self.voice.subject.records, 4)
        ]
        self.add(Grid(["Record", str(year - 2), str(year - 1), str(year)], rows, [3, 1, 1, 1], ruled=self.chance(0.6), caption=f"Table {self.some(1, 9)}: {capital(self.rng.choice(self.voice.subject.risks))} by year"))  # fmt: skip

    def figure(self) -> None:
        self.add(Figure(f"Figure {self.some(1, 9)}: {capital(self.rng.choice(self.voice.subject.risks))}, reports a year", [self.some(8, 60) for _ in range(6)]))  # fmt: skip

    def earlier(self) -> None:
        """What an earlier review recommended: a sentence, or its list with numbers."""
        if self.chance(0.5):
            text = self.voice.quoted()
            row = self.other(text, "quoted")
            self.add(Para([Piece(text)], label=self.next_label(), row=row))
            return
        year = self.voice.year - self.some(3, 9)
        surname = self.rng.choice(SURNAMES)
        self.say(f"The {surname} review, published in {self.rng.choice(MONTHS)} {year}, made the following recommendations, which we set out here because they bear on our work:", label=self.next_label())  # fmt: skip
        named = self.chance(0.3)
        for number in range(1, self.some(3, 5)):
            ask = self.voice.ask("should", dated=0, detail=0)
            row = self.other(ask.text, "quoted", str(number))
            pieces = [Piece(f"Recommendation {number}: ", "bold")] if named else []
            label = "" if named else f"{number}."
            self.add(
                Para([*pieces, Piece(ask.text)], label=label, indent=1, row=row, style="quote")
            )

    def boxed(self, blocks: list[Block], title: str = "") -> None:
        self.add(Panel(blocks, title, self.rng.choice(("tint", "rule", "bar"))))

    def count_in_words(self, count: int) -> str:
        if self.chance(0.5) and count < len(COUNTS):
            return COUNTS[count]
        return str(count)


SUITS = {
    "inspectorate": ("policing", "fire and rescue"), "accident": ("rail safety",), "treaty": ("courts", "policing"),
    "auditor": ("public money", "housing"), "accounts": ("public money", "courts"), "letter": ("schools",),
    "regulator": ("hospital care",), "prison": ("courts", "policing"), "coroner": ("hospital care", "fire and rescue"),
    "safeguarding": ("schools", "hospital care"), "ombudsman": ("housing", "schools"),
    "requirements": ("hospital care", "schools"),
}  # fmt: skip
"""Makers that look at some subjects only."""


def _subject(rng: Random, style: str) -> Subject | None:
    names = SUITS.get(style)
    return rng.choice([s for s in SUBJECTS if s.name in names]) if names else None


REWORDINGS = (
    ("carry out", "undertake"), (" ensure ", " make sure "), ("establish", "set up"), (", and report the outcome to its board in public", ""),
    (" should ", " must "), ("review", "look again at"), ("We recommend that ", "We therefore recommend that "), (", and keep the arrangement under yearly review", ""),
)  # fmt: skip


def reworded(text: str) -> str:
    """The same item as a summary prints it: a few words differ."""
    for before, after in REWORDINGS:
        if before in text:
            return text.replace(before, after, 1)
    return text
