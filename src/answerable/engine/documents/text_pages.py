"""What extracted text keeps of its pages: form feeds, page numbers, running heads, leaders."""

import re
from collections import Counter

_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-–—\[(<]{0,2}\s*(?:page\s+)?(?P<number>\d{1,4})\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—\])>]{0,2}"
    r"|\[?page\s+[ivxl]{1,6}\]?)\s*$",
    re.I,
)
_LEADER = re.compile(r"\S\s?(?:\.\s?){3,}\s*(?:\d{1,4}|[ivxl]{1,6})\s*$|\S\s{4,}\d{1,4}\s*$")
_FIGURES = re.compile(r"\d+")
_ENTRY = re.compile(r"^\(?(?:\d{1,3}|[a-z])[.)]\s")
_EDGE = 3
_LONGEST_HEAD = 110
_LEAST_APART = 12


def lines_of(whole: str) -> list[str]:
    """The lines of the document without page numbers and running heads.

    A form feed becomes a line of its own, unless a sentence goes on over it.
    """
    pages = [page.split("\n") for page in whole.split("\f")]
    if len(pages) >= 3:
        repeated = _repeated(pages)
        kept = [_inside(page, repeated) for page in pages]
    else:
        kept = [_without_numbers(page) for page in pages]
    lines: list[str] = []
    for page in kept:
        if lines and any(line.strip() for line in page):
            lines = _joined(lines, page)
        else:
            lines += page
    return lines


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines at the edges of pages that stand on many of them, whatever their figures."""
    counts = Counter(
        head for page in pages for head in {_shape(page[at]) for at in _edges(page)} if head
    )
    return {head for head, n in counts.items() if n >= max(3, 0.3 * len(pages))}


def _edges(page: list[str]) -> list[int]:
    """Where the first and the last lines with words stand."""
    written = [at for at, line in enumerate(page) if line.strip()]
    return sorted({*written[:_EDGE], *written[-_EDGE:]})


def _shape(line: str) -> str:
    text = " ".join(line.split())
    if len(text) > _LONGEST_HEAD or text[:1].islower() or _ENTRY.match(text):
        return ""
    return _FIGURES.sub("0", text).lower()


def _inside(page: list[str], repeated: set[str]) -> list[str]:
    """The page without what stands at its edges on every page, from the edge inwards."""
    written = [at for at, line in enumerate(page) if line.strip()]
    dropped: set[int] = set()
    for order in (written[:_EDGE], written[::-1][:_EDGE]):
        for at in order:
            if _shape(page[at]) not in repeated and not _PAGE_NUMBER.match(page[at]):
                break
            dropped.add(at)
    return [line for at, line in enumerate(page) if at not in dropped]


def _without_numbers(page: list[str]) -> list[str]:
    """A text without form feeds, without lone numbers that count its pages one after another."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(page):
        matched = _PAGE_NUMBER.match(line)
        if matched is None or matched.group("number") is None or not _alone(page, at):
            continue
        number = int(matched.group("number"))
        if not found or (number == found[-1][1] + 1 and at - found[-1][0] >= _LEAST_APART):
            found.append((at, number))
    dropped = {at for at, _ in found} if len(found) >= 3 else set()
    return [line for at, line in enumerate(page) if at not in dropped]


def _alone(page: list[str], at: int) -> bool:
    before = page[at - 1] if at else ""
    after = page[at + 1] if at + 1 < len(page) else ""
    return not before.strip() or not after.strip()


def _joined(lines: list[str], page: list[str]) -> list[str]:
    """The next page after the last; a sentence cut by the page is put together again."""
    start = next(at for at, line in enumerate(page) if line.strip())
    last = len(lines)
    while last and not lines[last - 1].strip():
        last -= 1
    ends = re.search(r"[.:;!?]\W*$", lines[last - 1]) is not None if last else True
    if not ends and page[start].strip()[:1].islower():
        return lines[:last] + page[start:]
    return [*lines, "\f", *page]


def in_contents(lines: list[str]) -> set[int]:
    """Which lines are those of a table of contents: three or more that lead to a page number."""
    found: set[int] = set()
    run: list[int] = []
    blanks = 0
    for at, line in enumerate([*lines, "end"]):
        if _LEADER.search(line):
            run.append(at)
            blanks = 0
        elif line.strip() or blanks > 1:
            found |= set(run) if len(run) >= 3 else set()
            run, blanks = [], 0
        else:
            blanks += 1
    return found
