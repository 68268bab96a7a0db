"""Running heads, page numbers and footnotes: what is on the page but not in the text."""

import re
from collections import Counter

from answerable.engine.documents.pieces import Sheet, TextLine

_NUMBER = re.compile(r"\d+")
_EDGE = 0.16
_ROMAN_PAGE = re.compile(r"^[ivxlc]{1,7}$", re.I)
_NOTE_MARK = re.compile(r"^\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,4}(?=\D)|[*†‡§])")


def mark(pages: list[list[TextLine]], sheets: list[Sheet]) -> None:
    """Set the role of every line that repeats at the edge of pages to ``furniture``."""
    seen: Counter[str] = Counter()
    edges = [_at_edge(lines, sheet) for lines, sheet in zip(pages, sheets, strict=True)]
    keys = [[_keys(line) for line in edge] for edge in edges]
    for page in keys:
        seen.update({key for line in page for key in line})
    least = 3 if len(pages) > 4 else 2
    for edge, page in zip(edges, keys, strict=True):
        for line, of_line in zip(edge, page, strict=True):
            if any(seen[key] >= least for key in of_line):
                line.role = "furniture"


def _at_edge(lines: list[TextLine], sheet: Sheet) -> list[TextLine]:
    top, bottom = _EDGE * sheet.height, (1 - _EDGE) * sheet.height
    return [
        line for line in lines if line.cell is None and (line.bottom < top or line.top > bottom)
    ]


def _keys(line: TextLine) -> list[str]:
    """The line as it would read on any page: a number that moves with the page is replaced.

    A number that does not ("Recommendation 4") stays, so that headings are not taken for heads.
    """
    place = "t" if line.row < 200 else "b"
    text = re.sub(r"\s+", " ", line.text).strip()
    if _ROMAN_PAGE.match(text):
        return [place + "roman"]
    found = list(_NUMBER.finditer(text))
    if not found:
        return [place + text] if len(text) > 1 else []
    keys = [place + text] if len(text) > 4 else []
    for moving in {found[0], found[-1]}:
        shift = int(moving.group()[:6]) - line.page
        keys.append(f"{place}{text[: moving.start()]}<{shift}>{text[moving.end() :]}")
    return keys


def mark_notes(pages: list[list[TextLine]], body_size: float) -> None:
    """Set the role of footnotes, small lines at the foot under a mark, to ``note``."""
    for lines in pages:
        small: list[TextLine] = []
        for line in sorted(lines, key=lambda ln: -ln.row):
            if line.role == "furniture":
                continue
            if line.cell is not None or line.style.size > 0.93 * body_size:
                break
            small.append(line)
        if small and _are_notes(small):
            for line in small:
                line.role = "note"


def _are_notes(small: list[TextLine]) -> bool:
    """Bottom up: at least one line carries a mark, and most words are not a table's."""
    return any(_NOTE_MARK.match(line.text) for line in small) and len(small) < 60
