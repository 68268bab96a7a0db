"""Lines to choose from, on one leaf or several, and what a choice of them means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.accounts.models import Body
from answerable.desk.checking import Checking, settle_form
from answerable.desk.forms.check import LinesForm, SplitForm
from answerable.register.queries import candidates as addressed
from answerable.reports.models import Candidate, Page
from answerable.reports.queries import passages
from answerable.reports.queries.decisions import shortened
from answerable.reports.queries.passages import Book, Choice, LineKey, Span
from answerable.reports.rules.passages import Part

MOST_LEAVES = 6
"""So many leaves can be chosen from at once; no recommendation is longer."""
BEFORE, AFTER = 2, 4
"""How many neighbours are offered for merging."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line to choose: its name in the form, its text, and its place on the picture."""

    key: str
    text: str
    chosen: bool
    box: Sequence[float]

    @property
    def id(self) -> str:
        """Its name on the page."""
        return self.key.replace(":", "-")

    @property
    def width(self) -> float:
        """How wide it is on the picture."""
        return round(self.box[2] - self.box[0], 1)

    @property
    def height(self) -> float:
        """How high it is on the picture."""
        return round(self.box[3] - self.box[1], 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One leaf to choose from."""

    leaf: int
    page: Page
    lines: Sequence[ShownLine]

    @property
    def words(self) -> dict[str, object]:
        """Every word's place, for the script that lets the pointer choose; see check.js."""
        return {"page": self.page.number, "text": self.page.text, "words": self.page.words}


def leaves_shown(
    book: Book, spans: Sequence[Span], asked: Mapping[str, str], *, at: int = 1
) -> list[int]:
    """The leaves of ``spans``, or ``at``; wider where the address asks for it."""
    touched = book.leaves_of(spans) or range(at, at + 1)
    first = _asked(asked, "from", touched[0])
    last = _asked(asked, "to", touched[-1])
    first = max(1, min(first, touched[0]), touched[-1] - MOST_LEAVES + 1)
    last = min(book.count, max(last, touched[-1]), first + MOST_LEAVES - 1)
    return list(range(first, last + 1))


def _asked(asked: Mapping[str, str], name: str, otherwise: int) -> int:
    given = asked.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else otherwise


def sheets(
    view: Checking, leaves: Sequence[int], pages: Sequence[Page], ticked: frozenset[LineKey]
) -> list[Sheet]:
    """The leaves with their lines, those of ``ticked`` chosen."""
    by_number = {page.number: page for page in pages}
    found = []
    for leaf in leaves:
        page = by_number[leaf if view.book.paged else view.book.numbers[0]]
        lines = [
            ShownLine(
                f"{page.number}:{at}",
                passages.line_text(page, at),
                (page.number, at) in ticked,
                page.lines[at][2:],
            )
            for at in view.book.lines_of(leaf, page)
            if passages.line_text(page, at).strip()
        ]
        found.append(Sheet(leaf, page, lines))
    return found


def lines_form(view: Checking, pages: Sequence[Page], sent: Any) -> LinesForm:
    """The form of a candidate's bounds, as proposed or as sent."""
    candidate = view.now.candidate if view.now else None
    choice = passages.choice_of(pages, candidate.spans) if candidate else Choice(())
    form = settle_form(view, sent, LinesForm)
    form.initial.update(
        lines=choice.lines, starts_with=choice.starts_with, ends_with=choice.ends_with
    )
    return form


def missed_form(view: Checking, sent: Any) -> LinesForm:
    """The form of a passage that was missed: for the bodies that its neighbours are for."""
    taken = [c for c in (*view.here, *view.cards) if c.candidate and c.candidate.own]
    near = next((c.candidate for c in taken if c.candidate), None)
    return LinesForm(
        sent,
        known=view.known,
        others=view.others,
        initial={"kind": addressed.kind_of(near) if near else None},
    )


def number_before(pages: Sequence[Page], choice: Choice) -> str:
    """The number printed at the start of the first line chosen."""
    by_number = {page.number: page for page in pages}
    page, at = min(choice.lines)
    known = page in by_number and at < len(by_number[page].lines) and not choice.starts_with
    return passages.printed_number(passages.line_text(by_number[page], at))[:60] if known else ""


# --- Splitting and merging ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch before which a new part may start."""

    key: str
    text: str
    starts: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part of a split, with the number it will have."""

    number: str
    words: str


def pieces(pages: Sequence[Page], candidate: Candidate, form: SplitForm) -> list[ShownPiece]:
    """Where a candidate may be cut, with what was chosen."""
    at = set(form.cleaned_data.get("at", ())) if form.is_bound and form.is_valid() else set()
    return [
        ShownPiece(piece.key, piece.text, (piece.page, piece.start) in at)
        for piece in passages.pieces_of(pages, candidate.spans)
    ]


def parts_shown(
    pages: Sequence[Page], candidate: Candidate, parts: Sequence[Part], typed: Sequence[str]
) -> list[ShownPart]:
    """The parts with the numbers typed, else those that the print gives them."""
    texts = {page.number: page.text for page in pages}
    shown = []
    for at, part in enumerate(parts):
        words = " ".join(
            texts[int(str(s["page"]))][int(str(s["start"])) : int(str(s["end"]))]
            for s in part.spans
        )
        number = typed[at] if at < len(typed) else candidate.number + _inner(part.printed)
        shown.append(ShownPart(number, " ".join(words.split())))
    return shown


def _inner(printed: str) -> str:
    """A printed label to stand after its parent's number: "(a)", "(i)"; nothing for a bullet."""
    inner = passages.printed_number(printed + " x") if printed else ""
    return f"({inner})" if inner else ""


def neighbours(view: Checking, candidate: Candidate) -> list[Candidate]:
    """Candidates just before and after that nobody has decided on, in reading order."""
    waiting = [c.candidate for c in view.cards if c.candidate and (c.open or c.near)]
    if candidate not in waiting:
        return []
    at = waiting.index(candidate)
    return [*waiting[max(0, at - BEFORE) : at], *waiting[at + 1 : at + 1 + AFTER]]


def bodies_for(view: Checking, candidates: Sequence[Candidate]) -> list[tuple[Body, str]]:
    """Whom ``candidates`` are for, together, each with where that is said."""
    pairs = [pair for c in candidates for pair in view.proposed_for(c).sure]
    found: dict[int, tuple[Body, str]] = {}
    for body, because in pairs:
        found.setdefault(body.pk, (body, because))
    return list(found.values())


def neighbour_words(candidate: Candidate) -> str:
    """A neighbour as the form names it."""
    number = f"{candidate.number}. " if candidate.number else ""
    return number + shortened(candidate.words, 160)


def wider(view: Checking, leaves: Sequence[int]) -> dict[str, str]:
    """The addresses with one more leaf before or after, where there is one."""
    if len(leaves) >= MOST_LEAVES:
        return {"before": "", "after": ""}
    return {
        "before": f"?from={leaves[0] - 1}&to={leaves[-1]}" if leaves[0] > 1 else "",
        "after": f"?from={leaves[0]}&to={leaves[-1] + 1}" if leaves[-1] < view.book.count else "",
    }
