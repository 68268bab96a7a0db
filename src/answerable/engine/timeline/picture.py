"""The picture of a timeline, as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from answerable.engine.clocks import between, in_words
from answerable.engine.timeline.told import (
    MISSING,
    NAMES,
    UNKNOWN,
    Asking,
    Kind,
    Mark,
    Timeline,
    silence,
    summary,
)

WIDE, LEFT, RIGHT = 960, 128, 30
AXIS, LANE, HEAD, APART = 128, 25, 30, 16
LETTER, LONGEST = 7.1, 56
"""How wide a letter is, about, and how many of a mark's words are drawn: the table has them all."""
MOST_TICKS = 11
GROUND = ' stroke="#ffffff" stroke-width="5" stroke-linejoin="round" paint-order="stroke"'
INK, SOFT, LINE, PALE, ALARM = "#14201d", "#4c5a55", "#b7c6bf", "#eef1ec", "#8a3b12"


# --- Where things stand ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days as places from left to right."""

    first: date
    until: date

    def at(self, day: date) -> float:
        inside = min(max(day, self.first), self.until)
        span = max((self.until - self.first).days, 1)
        return round(LEFT + (WIDE - LEFT - RIGHT) * (inside - self.first).days / span, 1)


STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
"""Months between the marks of the axis: the first that gives few enough."""


def _ticks(first: date, until: date) -> list[date]:
    months = (until.year - first.year) * 12 + until.month - first.month
    step = next((step for step in STEPS if months / step <= MOST_TICKS), STEPS[-1])
    start = first.year * 12 + first.month - 1
    start += -start % step
    found = (date(m // 12, m % 12 + 1, 1) for m in range(start, until.year * 12 + 12, step))
    return [day for day in found if first <= day <= until]


def _short(day: date, *, months: bool) -> str:
    return f"{_month(day)} {day.year}" if months else str(day.year)


def _month(day: date) -> str:
    return in_words(day).split()[1][:3]


@dataclass(frozen=True, slots=True)
class _Placed:
    mark: Mark
    x: float
    row: int
    text: str
    before: bool


def _shortened(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def _placed(marks: Iterable[Mark], scale: _Scale) -> list[_Placed]:
    """Each mark with its words beside it, on the first row of its lane where nothing is in the way."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for mark in sorted(marks, key=lambda one: (one.on, one.words)):
        x, text = scale.at(mark.on), _shortened(mark.words)
        long = 14 + LETTER * len(text)
        before = x + long > WIDE
        space = (x - long, x + 9) if before else (x - 9, x + long)
        row = next((n for n, row in enumerate(taken) if _is_free(row, space)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(space)
        found.append(_Placed(mark, x, row, text, before))
    return found


def _is_free(row: Sequence[tuple[float, float]], space: tuple[float, float]) -> bool:
    return all(space[1] < start or end < space[0] for start, end in row)


# --- The picture ----------------------------------------------------------------------------------


def draw(timeline: Timeline, *, name: str) -> str:
    """The timeline as SVG. ``name`` begins the identifiers in it, so that two fit on one page."""
    scale = _Scale(timeline.first, max(timeline.until, timeline.first))
    body, high = _askings(timeline, scale)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="an-timeline" role="img" '
        f'width="{WIDE}" height="{high}" viewBox="0 0 {WIDE} {high}" '
        f'aria-labelledby="{name}-title {name}-said" font-size="15" fill="{INK}">',
        f'<title id="{name}-title">When it was asked, and what came of it</title>',
        f'<desc id="{name}-said">{_plain(summary(timeline))}</desc>',
        f'<defs><pattern id="{name}-silent" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="8" height="8" fill="#ffffff"/>'
        f'<rect width="3" height="8" fill="{ALARM}"/></pattern></defs>',
        *_axis(timeline, scale, high),
        *_age(timeline, scale),
        *_quiet(timeline, scale, high, name),
        *body,
        "</svg>",
    ]
    return "".join(parts)


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{more}>{_plain(words)}</text>'


def _plain(words: str) -> str:
    """Words as markup may hold them: escaped, and without what no page can show."""
    return escape("".join(one if one.isprintable() else " " for one in words))


def _line(x1: float, y1: float, x2: float, y2: float, more: str) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" {more}/>'


def _axis(timeline: Timeline, scale: _Scale, high: int) -> Iterator[str]:
    ticks = _ticks(scale.first, scale.until)
    months = any(tick.month > 1 for tick in ticks)
    end = scale.at(scale.until)
    for tick in ticks:
        x = scale.at(tick)
        yield _line(x, AXIS, x, high, f'stroke="{PALE}"')
        if end - x > 74:
            yield _text(x, AXIS - 8, _short(tick, months=months), f' font-size="14" fill="{SOFT}"')
    yield _line(LEFT, AXIS, end, AXIS, f'stroke="{LINE}"')
    yield _line(end, AXIS, end, high, f'stroke="{LINE}"')
    until = f"{timeline.until.day} {_month(timeline.until)} {timeline.until.year}"
    yield _text(WIDE, AXIS - 8, until, f' font-size="14" fill="{SOFT}" text-anchor="end"')


def _age(timeline: Timeline, scale: _Scale) -> Iterator[str]:
    """How old it is: one strong line from the first asking to the last day."""
    start, end, y = scale.at(scale.first), scale.at(scale.until), 40
    yield _text(0, y + 5, "Age", ' font-weight="600"')
    said = f"{between(timeline.first, timeline.until)} ({timeline.age:,} days)"
    yield _text(start, y - 14, said, ' font-weight="700"')
    yield _line(start, y, end, y, f'stroke="{INK}" stroke-width="4"')
    for x in (start, end):
        yield _line(x, y - 7, x, y + 7, f'stroke="{INK}" stroke-width="2"')


def _quiet(timeline: Timeline, scale: _Scale, high: int, name: str) -> Iterator[str]:
    """The longest silence: hatched, with edges that run down through everything."""
    found = silence(timeline)
    if found is None:
        return
    start, end, y = scale.at(found.start), scale.at(found.end), 88
    yield _text(0, y + 5, "Not known" if found.elsewhere else "Silence", ' font-weight="600"')
    said = f"{found.name}: {between(found.start, found.end)}"
    anchor = ' text-anchor="end"' if start + LETTER * len(said) > WIDE else ""
    at = end if anchor else start
    yield _text(at, y - 14, said, f'{anchor} font-weight="700" fill="{ALARM}"')
    yield (
        f'<rect x="{start:g}" y="{y - 7}" width="{max(end - start, 2):g}" height="14" '
        f'fill="url(#{name}-silent)" stroke="{ALARM}"/>'
    )
    for x in (start, end):
        yield _line(x, y + 7, x, high, f'stroke="{ALARM}" stroke-dasharray="2 5"')


def _askings(timeline: Timeline, scale: _Scale) -> tuple[list[str], int]:
    """Every asking with its lanes, and how high the picture is."""
    drawn: list[str] = []
    y = AXIS + APART
    for asking in timeline.askings:
        y += HEAD
        drawn.append(_text(0, y - 9, asking.words, f'{GROUND} font-weight="600"'))
        asked = Mark(Kind.ASKED, asking.on, "" if asking.lanes else UNKNOWN)
        for kind in (Kind.ASKED, *asking.lanes):
            marks = [mark for mark in (asked, *asking.marks) if mark.kind == kind]
            lines, rows = _lane(kind, marks, asking, scale, y)
            drawn += lines
            y += LANE * rows
        y += APART
    return drawn, y


def _lane(
    kind: Kind, marks: Sequence[Mark], asking: Asking, scale: _Scale, y: int
) -> tuple[list[str], int]:
    placed = _placed(marks, scale)
    rows = max((one.row for one in placed), default=0) + 1
    start, end, middle = scale.at(asking.on), scale.at(scale.until), y + LANE / 2
    dashes = "" if marks else ' stroke-dasharray="3 4"'
    drawn = [
        _shape(kind, 9, middle, is_there=bool(marks)),
        _text(24, middle + 5, NAMES[kind]),
        _line(start, middle, end, middle, f'stroke="{LINE}"{dashes}'),
    ]
    if not marks:
        drawn.append(_label(MISSING[kind], start, middle, f' fill="{SOFT}" font-style="italic"'))
    for one in placed:
        height = middle + LANE * one.row
        drawn.append(_shape(kind, one.x, height))
        drawn.append(_label(one.text, one.x, height, before=one.before))
    return drawn, rows


def _label(words: str, x: float, y: float, more: str = "", *, before: bool | None = None) -> str:
    """Words beside a place, on a ground of their own, so that no line runs through them."""
    if not words:
        return ""
    if before is None:
        before = x + 14 + LETTER * len(words) > WIDE
    at, anchor = (x - 12, ' text-anchor="end"') if before else (x + 12, "")
    return _text(at, y + 5, words, f"{anchor}{GROUND}{more}")


def _shape(kind: Kind, x: float, y: float, *, is_there: bool = True) -> str:
    """The mark of a lane: each has a shape of its own; hollow where nothing is in the lane."""
    fill = f'fill="{INK if is_there else "#ffffff"}" stroke="{INK}" stroke-width="1.5"'
    corners: tuple[tuple[float, float], ...]
    match kind:
        case Kind.ASKED:
            return f'<circle cx="{x:g}" cy="{y:g}" r="6.5" {fill}/>'
        case Kind.RESPONSE:
            return f'<rect x="{x - 5.5:g}" y="{y - 5.5:g}" width="11" height="11" {fill}/>'
        case Kind.DELIVERY:
            corners = ((0, -7), (7, 5.5), (-7, 5.5))
        case Kind.ASSURANCE:
            corners = ((0, -7.5), (7.5, 0), (0, 7.5), (-7.5, 0))
        case Kind.EFFECT:
            corners = ((-3.5, -6.5), (3.5, -6.5), (7, 0), (3.5, 6.5), (-3.5, 6.5), (-7, 0))
        case _:
            corners = ((-2.5, -8), (2.5, -8), (2.5, 8), (-2.5, 8))
    points = " ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in corners)
    return f'<polygon points="{points}" {fill}/>'
