"""Recommendations as the many makers number and set them."""

from collections.abc import Iterator

from tests.typeset.making import Making, reworded
from tests.typeset.parts import Block, Face, Grid, Heading, Para, Piece
from tests.typeset.voice import Ask, capital

NUMBERINGS = (
    "plain", "paragraph", "letter-r", "headed", "inline", "lettered", "roman", "register", "bullets",
    "bold", "italic", "chaptered", "nested", "sentence",
)  # fmt: skip
"""``1.``; ``4.12`` in the sequence of paragraphs; ``R1``; a heading ``Recommendation 1``; the same in
bold before the text; ``(a)`` and ``(i)`` under a lead-in; ``012/19``; bullets; only a bold or an
italic face; ``3.1`` by chapter; ``4(a)`` under a heading; ``4 … (a)`` as parts of one sentence."""

UNDER_A_LEAD_IN = {"lettered", "roman", "bullets"}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip


def register(m: Making) -> Iterator[str]:
    """Numbers of a public register: ``012/19`` or ``H-14-03``."""
    year, first = m.voice.year % 100, m.some(1, 40)
    slashed = m.chance(0.5)
    letter = m.rng.choice("AHRM")
    for n in range(first, first + 60):
        yield f"{n:03}/{year:02}" if slashed else f"{letter}-{year:02}-{n:02}"


def label(numbering: str, n: int, chapter: int, numbers: Iterator[str]) -> str:
    """What stands before the item, as printed."""
    match numbering:
        case "plain" | "sentence":
            return f"{n}."
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
    if numbering in {"headed", "inline"}:
        row = m.own(ask, str(n)) if row is None else row
        name = m.rng.choice(("Recommendation", "Recommendation")) + f" {n}"
        if numbering == "headed":
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
    printed = m.next_label() if in_sequence else label(numbering, n, m.chapter_number, numbers)
    if row is None:
        row = m.own(ask, printed)
    else:
        m.draft.rows[row].numbers = tuple(dict.fromkeys((*m.draft.rows[row].numbers, printed)))
    if numbering == "sentence" and m.chance(0.5):
        return with_clauses(m, text, printed, row)
    return [Para([Piece(text)], label=printed, row=row, indent=indent)]


def nested(m: Making, n: int) -> list[Block]:
    """A heading with a number and lettered items below it: every letter is an item."""
    title = capital(m.rng.choice((*m.voice.subject.risks, *m.voice.subject.records)))
    blocks: list[Block] = [Para([Piece(title, "bold")], label=f"{n}.", face_of_label="bold")]
    for letter in "abcd"[: m.some(2, 3)]:
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
    return m.rng.choice(("should", "should", "imperative", "recommend", "must", "shall", "passive"))


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


def table(m: Making, asks: list[Ask], numbering: str, kind: str) -> Grid:
    """Recommendations as rows: with or without rules, addressees and time limits."""
    shape = m.rng.choice(("who-left", "number", "timescale", "single"))
    numbers = register(m)
    rows = []
    for n, ask in enumerate(asks, 1):
        printed = label(numbering, n, m.chapter_number, numbers) or None
        row = m.own(ask, printed if shape in {"number", "timescale"} else None)
        who, _ = m.rng.choice(m.voice.bodies)
        due = m.voice.due()
        cell = [Para([Piece(ask.text)], row=row)]
        if shape in {"who-left", "timescale"}:
            m.draft.rows[row].addressee = who
        if shape == "timescale":
            m.draft.rows[row].due = due
        plain = {text: [Para([Piece(text)])] for text in (who, capital(due), printed or str(n))}
        rows.append({
            "who-left": [plain[who], cell], "number": [plain[printed or str(n)], cell],
            "timescale": [plain[printed or str(n)], cell, plain[who], plain[capital(due)]], "single": [cell],
        }[shape])  # fmt: skip
        if shape in {"number", "timescale"} and not printed:
            m.draft.rows[row].numbers = (str(n),)
    head, widths = {
        "who-left": (["Responsible body", "Recommendation"], [1.2, 3.0]),
        "number": (["No.", "Recommendation"], [0.5, 5.0]),
        "timescale": (["Ref", "Recommendation", "Lead", "Timescale"], [0.7, 3.6, 1.4, 1.2]),
        "single": (["Recommendations"], [1.0]),
    }[shape]
    return Grid(head, rows, widths, ruled=kind != "unruled", repeats=m.chance(0.8))


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
