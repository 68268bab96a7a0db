"""What neither a number nor quoted words joined: by order, by likeness, and by theme."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answerable.engine.replies.items import says_reply, takes_position
from answerable.engine.replies.likeness import Likeness, Vector, alike
from answerable.engine.replies.shapes import Asked, Theme
from answerable.engine.replies.stream import Stream

_LEAST = 0.22
_LEAST_THEME = 0.08
_NEARLY = 0.8
_MOST_LIKELY = 8
_LEAST_WORDS = 20

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the running text under it."""

    heading: str
    first: int
    last: int


def sections(stream: Stream) -> list[Section]:
    """The reply cut at its headings."""
    found: list[Section] = []
    title, start = "", 0
    for paragraph in stream.paragraphs:
        if paragraph.heading and not takes_position(paragraph.text):
            if paragraph.first > start:
                found.append(Section(title, start, paragraph.first))
            title, start = paragraph.text.strip(), paragraph.last
    if len(stream.tokens) > start:
        found.append(Section(title, start, len(stream.tokens)))
    return found


def free(found: Iterable[Section], taken: Sequence[Stretch]) -> list[Section]:
    """Those sections of which no word is taken."""
    return [s for s in found if not any(low < s.last and s.first < high for low, high in taken)]


def by_order(
    stream: Stream,
    missing: Sequence[str],
    places: dict[str, int],
    order: Sequence[str],
    taken: Sequence[Stretch],
) -> dict[str, Section]:
    """Answers under a heading that comes again and again, as many as recommendations are missing.

    ``places`` says where in the stream the joined ones stand; a run of missing ones belongs
    between its neighbours' places.
    """
    every = sections(stream)
    again = Counter(s.heading.lower() for s in every if s.heading)
    slots = [s for s in free(every, taken) if again[s.heading.lower()] >= 3]
    joined: dict[str, Section] = {}
    for run in _runs(missing, order):
        low, high = _interval(run, places, order, len(stream.tokens))
        between = [s for s in slots if low < s.first and s.last <= high]
        between = [s for s in between if says_reply(s.heading)] or between
        names = {s.heading.lower() for s in between}
        if len(between) == len(run) and len(names) == 1:
            joined |= dict(zip(run, between, strict=True))
    return joined


def _runs(missing: Sequence[str], order: Sequence[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for key in order:
        if key not in missing:
            runs.append([])
        elif runs:
            runs[-1].append(key)
        else:
            runs.append([key])
    return [run for run in runs if run]


def _interval(
    run: list[str], places: dict[str, int], order: Sequence[str], end: int
) -> tuple[int, int]:
    before = [places[key] for key in order[: order.index(run[0])] if key in places]
    after = [places[key] for key in order[order.index(run[-1]) + 1 :] if key in places]
    return max(before, default=-1), min(after, default=end)


def by_likeness(
    stream: Stream, missing: Sequence[Asked], taken: Sequence[Stretch]
) -> dict[str, tuple[Section, float]]:
    """For each missing one the section or paragraph that is likest, where each likes the other."""
    units = [u for u in _units(stream, taken) if u.last - u.first >= _LEAST_WORDS]
    if not units or not missing:
        return {}
    measure = Likeness([stream.words(u.first, u.last) for u in units])
    vectors = [measure.vector(stream.words(u.first, u.last)) for u in units]
    own = {one.key: measure.of(one.words) for one in missing}
    best_for_unit = [_likest(own, vector) for vector in vectors]
    joined = {}
    for key, vector in own.items():
        at = max(range(len(units)), key=lambda n: alike(vector, vectors[n]))
        likeness = alike(vector, vectors[at])
        if likeness >= _LEAST and best_for_unit[at] == key:
            joined[key] = (units[at], round(likeness, 3))
    return joined


def _likest(own: dict[str, Vector], vector: Vector) -> str:
    return max(own, key=lambda key: alike(own[key], vector))


def _units(stream: Stream, taken: Sequence[Stretch]) -> list[Section]:
    """Sections that are short, the paragraphs of those that are long."""
    units: list[Section] = []
    for section in free(sections(stream), taken):
        if section.last - section.first <= 220:
            units.append(section)
            continue
        own = [p for p in stream.paragraphs if section.first <= p.first < section.last]
        units += [Section(section.heading, p.first, p.last) for p in own]
    return units


def themes(stream: Stream, missing: Sequence[Asked], taken: Sequence[Stretch]) -> list[Theme]:
    """The parts that answer nothing by name, with the recommendations that they may be about.

    Each recommendation stands under the part that is likest, and under others nearly as like.
    """
    parts = [s for s in free(sections(stream), taken) if s.last - s.first >= _LEAST_WORDS]
    if not parts or not missing:
        return []
    measure = Likeness([stream.words(s.first, s.last) for s in parts])
    vectors = [measure.vector(stream.words(s.first, s.last)) for s in parts]
    likely: list[list[tuple[str, float]]] = [[] for _ in parts]
    for one in missing:
        own = measure.of(one.words)
        found = [alike(own, vector) for vector in vectors]
        for at, likeness in enumerate(found):
            if likeness >= max(_LEAST_THEME, _NEARLY * max(found)):
                likely[at].append((one.key, round(likeness, 3)))
    return [
        Theme(part.heading, stream.spans(part.first, part.last), _likest_first(own))
        for part, own in zip(parts, likely, strict=True)
        if own
    ]


def _likest_first(found: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(found, key=lambda one: -one[1])[:_MOST_LIKELY])
