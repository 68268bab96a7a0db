"""Recommendations as the many makers number and set them."""

from collections.abc import Iterator

from tests.typeset.making import COUNTS, Making, reworded
from tests.typeset.parts import Block, Face, Grid, Heading, Para, Piece
from tests.typeset.voice import Ask, capital

NUMBERINGS = (
    "plain", "paragraph", "letter-r", "headed", "inline", "lettered", "roman", "register", "bullets",
    "bold", "italic", "chaptered", "nested", "sentence", "worded",
)  # fmt: skip
"""``1.``; ``4.12`` in the sequence of paragraphs; ``R1``; a heading ``Recommendation 1``; the same in
bold before the text; ``(a)`` and ``(i)`` under a lead-in; ``012/19``; bullets; only a bold or an
italic face; ``3.1`` by chapter; ``4(a)(ii)`` under headings; ``4 … (a)`` as parts of one sentence;
``Recommendation One``."""

UNDER_A_LEAD_IN = {"lettered", "roman", "bullets"}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip


def register(m: Making) -> Iterator[str]:
    """Numbers of a public register: ``012/19`` or ``H-14-03``."""
    year, first = m.voice.year % 100, m.some(1, 40)
    slashed = m.chance(0.5)
    letter = m.rng.choice("AHRM")
    for n in range(first, first + 60):
        yield f"{n:03}/{year:02}" if slashed else f"{letter}-{year:02}-{n:02}"


def label(numbering: str, n: int, chapter: int, numbers: Iterator[str], style: str = "{n}.") -> str:
    """What stands before the item, as printed."""
    match numbering:
        case "plain" | "sentence":
            return style.format(n=n)
        case "letter-r":
            return f"R{n}"
        case "lettered":
            return f"({chr(96 + (n - 1) % 26 + 1)})"
        case "roman":
            return f"({ROMAN[n - 1]})"
        case "register":
            return next(numbers)
        case "chaptered":
            return f"{chapter}.{n}"
    return ""


def item(
    m: Making, ask: Ask, numbering: str, n: int, *, numbers: Iterator[str], row: int | None = None,
    shown: str | None = None, indent: int = 0,
) -> list[Block]:  # fmt: skip
    """One item as blocks, and its row where it has none yet."""
    text = shown or ask.text
    bullet = m.draft.look.bullet
    if numbering in {"headed", "inline", "worded"}:
        row = m.own(ask, str(n), COUNTS[n] if n < len(COUNTS) else None) if row is None else row
        name = f"Recommendation {n}"
        if by_chapter(m, numbering):
            name = f"Recommendation {m.chapter_number}.{n}"
            m.draft.rows[row].numbers = (f"{m.chapter_number}.{n}",)
        if numbering == "worded" and n < len(COUNTS):
            name = f"Recommendation {capital(COUNTS[n])}"
        if numbering == "headed" or (numbering == "worded" and m.headed):
            return [Heading(name, 3, row=row), Para([Piece(text)], indent=indent)]
        return [Para([Piece(f"{name}: ", "bold"), Piece(text)], row=row, indent=indent)]
    if numbering in {"bold", "italic"}:
        row = m.own(ask, None) if row is None else row
        face: Face = "bold" if numbering == "bold" else "italic"
        return [Para([Piece(text, face)], row=row, label=m.next_label(), indent=indent)]
    if numbering == "bullets":
        row = m.own(ask, None) if row is None else row
        return [Para([Piece(text)], label=bullet, row=row, indent=indent)]
    if numbering == "nested":
        return nested(m, n)
    in_sequence = numbering == "paragraph"
    printed = (
        m.next_label() if in_sequence else label(numbering, n, m.chapter_number, numbers, m.style)
    )
    if row is None:
        row = m.own(ask, printed)
    else:
        m.draft.rows[row].numbers = tuple(dict.fromkeys((*m.draft.rows[row].numbers, printed)))
    if numbering == "sentence" and m.chance(0.5):
        return with_clauses(m, text, printed, row)
    return [Para([Piece(text)], label=printed, row=row, indent=indent)]


def by_chapter(m: Making, numbering: str) -> bool:
    """Whether the count begins again in each chapter."""
    if numbering in {"chaptered", "lettered", "roman"}:
        return True
    return m.by_chapter and not m.wish.doubles and numbering in {"plain", "headed", "inline"}


def nested(m: Making, n: int) -> list[Block]:
    """A heading with a number and lettered items below it: every letter is an item."""
    title = capital(m.rng.choice((*m.voice.subject.risks, *m.voice.subject.records)))
    blocks: list[Block] = [Para([Piece(title, "bold")], label=f"{n}.", face_of_label="bold")]
    for letter in "abcd"[: m.some(2, 3)]:
        if m.chance(0.15):
            part = capital(m.rng.choice(m.voice.subject.services))
            blocks.append(Para([Piece(part, "italic")], label=f"({letter})", indent=1))
            for mark in ROMAN[: m.some(2, 3)]:
                ask = m.voice.ask("should")
                row = m.own(ask, f"{n}({letter})({mark})")
                blocks.append(Para([Piece(ask.text)], label=f"({mark})", row=row, indent=2))
            continue
        ask = m.voice.ask("should")
        row = m.own(ask, f"{n}({letter})")
        blocks.append(Para([Piece(ask.text)], label=f"({letter})", row=row, indent=1))
    return blocks


def with_clauses(m: Making, text: str, printed: str, row: int) -> list[Block]:
    """A sentence with lettered parts: the whole is one item."""
    clauses = m.voice.clauses(m.some(2, 4))
    opening = text.split(". ")[0].rstrip(".;") + ", including:"
    marks = m.rng.choice(("(a)", "i.", m.draft.look.bullet))
    blocks: list[Block] = [Para([Piece(opening)], label=printed, row=row)]
    ends = [*(["; "] * (len(clauses) - 2)), "; and", "."]
    for n, (clause, end) in enumerate(zip(clauses, ends, strict=False)):
        mark = {"(a)": f"({'abcd'[n]})", "i.": f"{ROMAN[n]}."}.get(marks, marks)
        blocks.append(Para([Piece(clause + end.strip())], label=mark, indent=1))
    m.draft.rows[row].text = " ".join([opening, *clauses])
    return blocks


def form_for(m: Making, numbering: str) -> str:
    """The grammar of a list: one form for all of its items."""
    if numbering in {"lettered", "roman"}:
        return m.rng.choice(("bare", "that", "imperative"))
    if numbering == "bullets":
        return m.rng.choice(("imperative", "that", "should", "noun", "gerund"))
    if numbering in {"bold", "italic"}:
        return m.rng.choice(("should", "recommend", "passive", "must"))
    return m.rng.choice(("should", "should", "should", "imperative", "recommend", "must", "shall", "passive", "need", "to", "i-recommend", "consideration"))  # fmt: skip


def lead_in(m: Making, form: str, *, who: str | None = None) -> str:
    """The sentence that opens a list and says what its items are."""
    body = who or m.voice.bodies[0][0]
    if form == "that":
        return m.rng.choice(("We recommend that:", "The review recommends that:", "It is recommended that:"))  # fmt: skip
    if form in {"bare", "imperative"}:
        return m.rng.choice(
            (f"We recommend that {body} should:", f"To improve, {body} should:", f"The review recommends that {body}:", f"In order to put this right {body} needs to:")
        )  # fmt: skip
    if form == "noun":
        return ""
    return m.rng.choice(("We make the following recommendations:", "Our recommendations are as follows.", "The following recommendations are made:", ""))  # fmt: skip


SHAPES = {
    "who-left": (["Responsible body", "Recommendation"], [1.2, 3.0]),
    "who-once": (["Body", "We recommend"], [1.2, 3.2]),
    "bulleted": (["Responsible body", "Recommendations"], [1.2, 3.2]),
    "number": (["No.", "Recommendation"], [0.5, 5.0]),
    "timescale": (["Ref", "Recommendation", "Lead", "Timescale"], [0.7, 3.6, 1.4, 1.2]),
    "reasons": (["Finding", "Recommendation", "By"], [3.0, 3.0, 1.2]),
    "single": (["Recommendations"], [1.0]),
}
"""The tables of makers: their columns and widths."""


def table(m: Making, form: str, count: int, numbering: str, kind: str) -> Grid:
    """Recommendations as rows: with or without rules, addressees and time limits."""
    shape = m.rng.choice(list(SHAPES))
    numbers = register(m)
    themed = shape in {"number", "timescale"} and m.chance(0.3)
    rows: list[list[list[Para]]] = []
    for n in range(1, count + 1):
        who = m.voice.bodies[(n - 1) * len(m.voice.bodies) // count][0]
        asked = None if shape in {"number", "single"} else who
        ask = m.voice.ask(form, who=asked)
        if themed and n % 4 == 1:
            rows.append([[Para([Piece(capital(m.rng.choice(m.voice.subject.risks)), "bold")])]])
        printed = label(numbering, n, m.chapter_number, numbers) or str(n)
        shows = shape in {"number", "timescale"}
        row = m.own(Ask(ask.text, asked or ask.addressee, ask.due), printed if shows else None)
        cell = [Para([Piece(ask.text)], row=row)]
        rows += _row(m, shape, printed, who, cell, rows)
    head, widths = SHAPES[shape]
    return Grid(head, rows, widths, ruled=kind != "unruled", repeats=m.chance(0.8))


def _row(
    m: Making, shape: str, printed: str, who: str, cell: list[Para], rows: list[list[list[Para]]]
) -> list[list[list[Para]]]:
    """The cells of one item, or nothing where it joins the row before it."""

    def plain(text: str) -> list[Para]:
        return [Para([Piece(text)])]

    before = rows[-1] if rows else None
    same = bool(before and len(before) > 1 and before[0] and before[0][0].text == who)
    match shape:
        case "who-left":
            return [[plain(who), cell]]
        case "who-once":
            named = any(row[0] and row[0][0].text == who for row in rows)
            return [[plain("" if named else who), cell]]
        case "bulleted":
            cell[0].label = m.draft.look.bullet
            if same and before:
                before[1].extend(cell)
                return []
            return [[plain(who), cell]]
        case "number":
            return [[plain(printed), cell]]
        case "timescale":
            due = m.voice.due()
            truth = m.draft.rows[cell[0].row or 0]
            truth.due = due
            return [[plain(printed), cell, plain(who), plain(capital(due))]]
        case "reasons":
            finding = m.voice.paragraph(1, loaded=False)
            said = [Para([Piece(finding)], row=m.other(finding, "finding"))]
            return [[said, cell, plain(who)]]
    return [[cell]]


def in_summary(m: Making, order: list[tuple[Ask, int, str]], numbering: str) -> list[Block]:
    """The list of items already printed in the chapters, slightly reworded."""
    blocks: list[Block] = []
    for ask, row, printed in order:
        text = reworded(ask.text)
        truth = m.draft.rows[row]
        truth.wordings = (*truth.wordings, text)
        if numbering in {"headed", "inline"}:
            blocks.append(
                Para([Piece(f"Recommendation {printed}: ", "bold"), Piece(text)], row=row)
            )
        else:
            blocks.append(Para([Piece(text)], label=printed or m.draft.look.bullet, row=row))
    return blocks
