"""The printed lines of a reply's body: no running heads, no footnotes, broken tables put together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from answerable.engine.documents.shapes import Page

_EDGE = 0.14
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(r"^\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}\s|[*†‡§])")
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s+of\s+\d+)?$", re.I)
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d*$|…+\s*\d+$")
_HIGH = 250.0
"""Lines at the edge that are higher on the page are its head, lower ones its foot."""
_SAME_EDGE = 3.0
_SAME_LEVEL = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of the body."""

    page: int
    start: int
    end: int
    text: str
    left: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How tall its letters stand, 0 where the document has no pages."""
        return self.bottom - self.top


def body_rows(pages: Sequence[Page]) -> tuple[list[Row], float]:
    """All lines of running text in reading order, and the usual height of their letters."""
    rows = _without_furniture(pages)
    heights = [row.height for row in rows if row.height > 0]
    body = median(heights) if heights else 0.0
    return _cells_continued(_without_notes(rows, body)), body


def _rows_of(page: Page) -> list[Row]:
    found = []
    for line in page.lines:
        text = page.text[line.start : line.end]
        if text.strip() and not _CONTENTS.search(text.strip()):
            box = line.box
            found.append(
                Row(page.number, line.start, line.end, text, box.left, box.top, box.bottom)
            )
    return found


def _without_furniture(pages: Sequence[Page]) -> list[Row]:
    """All lines but those outermost ones that come again at the edge of several pages."""
    seen: Counter[str] = Counter()
    by_page = [(page, _rows_of(page)) for page in pages]
    for page, rows in by_page:
        seen.update({key for row in rows if _at_edge(row, page) for key in _keys(row)})
    least = 3 if len(pages) > 4 else 2
    found: list[Row] = []
    for page, rows in by_page:
        printed = sorted(rows, key=lambda row: row.top)
        outer = {
            *_outermost(printed, page, seen, least),
            *_outermost(printed[::-1], page, seen, least),
        }
        found += _put_back([row for row in rows if row not in outer])
    return found


def _outermost(rows: Sequence[Row], page: Page, seen: Counter[str], least: int) -> Iterable[Row]:
    """From one edge of the page inwards, up to the first line that belongs to the text."""
    for row in rows:
        if not _furniture(row, page, seen, least):
            return
        yield row


def _furniture(row: Row, page: Page, seen: Counter[str], least: int) -> bool:
    if not _at_edge(row, page):
        return False
    if _PAGE_NUMBER.match(row.text.strip()):
        return True
    return any(seen[key] >= least for key in _keys(row))


def _put_back(rows: list[Row]) -> list[Row]:
    """A page's lines, those put back that the page's text has at its end for feet.

    A heading that comes again on many pages ("Response") can stand low on a few of them.
    """
    kept, late = list(rows), []
    while len(kept) > 1 and _stands_higher(kept[-1], kept[:-1]):
        late.append(kept.pop())
    for row in late:
        at = next(n for n, other in enumerate(kept) if other.top > row.top)
        kept.insert(at, row)
    return kept


def _stands_higher(last: Row, others: Sequence[Row]) -> bool:
    """Whether a line is printed above some of the others, and beside none of them."""
    below = [row for row in others if row.top > last.bottom - 1]
    above = [row for row in others if row.bottom < last.top + 1]
    return last.bottom > 0 and bool(below) and len(below) + len(above) == len(others)


def _at_edge(row: Row, page: Page) -> bool:
    if page.height <= 0 or row.bottom <= 0:
        return False
    return row.bottom < _EDGE * page.height or row.top > (1 - _EDGE) * page.height


def _keys(row: Row) -> list[str]:
    """The line as it reads on any page: a number that moves with the page is left out of it.

    One that does not ("Recommendation 4") stays, so that headings are not taken for heads.
    """
    text = " ".join(row.text.split())
    place = "t" if row.top < _HIGH else "b"
    numbers = list(_DIGITS.finditer(text))
    keys = [place + text] if len(text) > 1 else []
    for moving in numbers[:1] + numbers[-2:]:
        shift = int(moving.group()[:6]) - row.page
        keys.append(f"{place}{text[: moving.start()]}<{shift}>{text[moving.end() :]}")
    return keys


def _without_notes(rows: list[Row], body: float) -> list[Row]:
    """Leave out footnotes: small lines after the last ordinary one of a page, under a mark."""
    kept: list[Row] = []
    by_page: dict[int, list[Row]] = {}
    for row in rows:
        by_page.setdefault(row.page, []).append(row)
    for own in by_page.values():
        cut = len(own)
        while cut and 0 < own[cut - 1].height < 0.88 * body:
            cut -= 1
        small = own[cut:]
        notes = cut > 0 and any(_NOTE.match(row.text) for row in small)
        kept += own[:cut] if notes else own
    return kept


def _cells_continued(rows: list[Row]) -> list[Row]:
    """Put the cells of a table's row that goes on overleaf behind their beginnings."""
    pages = [list(own) for _, own in groupby(rows, key=lambda row: row.page)]
    for above, below in pairwise(pages):
        heads = _side_by_side(below)
        if len(heads) < 2 or not any(head[0].text[:1].islower() for head in heads):
            continue
        tails = _side_by_side(above, last=True)
        if not all(_under(head, tails) for head in heads):
            continue
        for tail in tails:
            tail += [row for head in heads if _lefts_meet(head, tail) for row in head]
        kept = len(above) - sum(row.page == above[-1].page for tail in tails for row in tail)
        above[kept:] = [row for tail in tails for row in tail]
        below[: sum(len(head) for head in heads)] = []
    return [row for own in pages for row in own]


def _under(head: list[Row], tails: list[list[Row]]) -> bool:
    return any(_lefts_meet(head, tail) for tail in tails)


def _lefts_meet(head: list[Row], tail: list[Row]) -> bool:
    return abs(head[0].left - tail[0].left) <= _SAME_EDGE


def _side_by_side(rows: list[Row], *, last: bool = False) -> list[list[Row]]:
    """The cells of a page's first row of a table, or of its last: runs that start on one level."""
    runs: list[list[Row]] = []
    for row in rows:
        before = runs[-1][-1] if runs else None
        if before and row.top > before.top + 1 and abs(row.left - before.left) < 15:
            runs[-1].append(row)
        else:
            runs.append([row])
    if last:
        runs.reverse()
    group = runs[:1]
    for run in runs[1:]:
        beside = run[0].left < group[-1][0].left if last else run[0].left > group[-1][0].left
        if not beside or abs(run[0].top - group[0][0].top) > _SAME_LEVEL:
            break
        group.append(run)
    return group[::-1] if last else group
