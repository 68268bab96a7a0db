"""Running heads, page numbers and footnotes: what is on the page but not in the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from answerable.engine.documents import tags
from answerable.engine.documents.pieces import Sheet, TextLine

_NUMBER = re.compile(r"\d+")
_EDGE = 0.16
_SHORT = 12
_STEP = 5
_ROMAN_PAGE = re.compile(r"^[ivxlc]{1,7}$", re.I)
_NOTE_MARK = re.compile(r"^\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,4}(?=\D)|[*†‡§])")


def marked(pages: Sequence[Sequence[TextLine]], sheets: Sequence[Sheet]) -> list[list[TextLine]]:
    """The lines, with every one that repeats at the edge of pages known as ``furniture``."""
    seen: Counter[str] = Counter()
    edges = [_at_edge(lines, sheet) for lines, sheet in zip(pages, sheets, strict=True)]
    keys = [[_keys(line) for line in edge] for edge in edges]
    for page in keys:
        seen.update({key for line in page for key in line})
    least = 3 if len(pages) > 4 else 2
    repeated = {
        id(line)
        for edge, page in zip(edges, keys, strict=True)
        for line, of_line in zip(edge, page, strict=True)
        if any(seen[key] >= least for key in of_line) or line.tag == tags.ARTIFACT
    }
    return [_known(lines, repeated, "furniture") for lines in pages]


def _known(lines: Sequence[TextLine], which: set[int], role: str) -> list[TextLine]:
    if not which:
        return list(lines)
    return [replace(line, role=role) if id(line) in which else line for line in lines]


def _at_edge(lines: Sequence[TextLine], sheet: Sheet) -> list[TextLine]:
    top, bottom = _EDGE * sheet.height, (1 - _EDGE) * sheet.height
    return [
        line for line in lines if line.cell is None and (line.bottom < top or line.top > bottom)
    ]


def _keys(line: TextLine) -> list[str]:
    """The line as it would read on any page: a number that moves with the page is replaced.

    A number that does not ("Recommendation 4") stays, so that headings are not taken for heads.
    Words repeat in the same place; what is printed twice happens to stand near the edge of two.
    """
    place = "t" if line.row < 200 else "b"
    place += "" if len(line.text) < _SHORT else str(round(line.row / _STEP))
    text = re.sub(r"\s+", " ", line.text).strip()
    if _ROMAN_PAGE.match(text):
        return [place + "roman"]
    found = list(_NUMBER.finditer(text))
    if not found:
        return [place + text] if len(text) > 1 else []
    keys = [place + text] if len(text) > 4 else []
    # The page's number is the first one, the last ("page 5") or the last but one ("5 of 16").
    for moving in {found[0], *found[-2:]}:
        shift = int(moving.group()[:6]) - line.page
        keys.append(f"{place}{text[: moving.start()]}<{shift}>{text[moving.end() :]}")
    return keys


def notes_marked(pages: Sequence[Sequence[TextLine]], body_size: float) -> list[list[TextLine]]:
    """The lines, with footnotes, small lines at the foot under a mark, known as ``note``."""
    return [_known(lines, _notes(lines, body_size), "note") for lines in pages]


def _notes(lines: Sequence[TextLine], body_size: float) -> set[int]:
    small: list[TextLine] = []
    below = False
    for line in sorted(lines, key=lambda ln: -ln.row):
        if line.role == "furniture":
            continue
        if line.cell is not None or line.style.size > 0.93 * body_size:
            below = True
            break
        small.append(line)
    return {id(line) for line in small} if small and below and _are_notes(small) else set()


def _are_notes(small: list[TextLine]) -> bool:
    """Bottom up: at least one line carries a mark, and most words are not a table's."""
    return (
        not small[-1].style.bold
        and any(_NOTE_MARK.match(line.text) for line in small)
        and len(small) < 60
    )
