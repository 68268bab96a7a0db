"""From landmarks to stretches of a reply: a question block, and the answer that follows it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from answerable.engine.replies.items import Item, takes_position
from answerable.engine.replies.quoting import Quote
from answerable.engine.replies.stream import Paragraph, Stream

STATEMENT = 60
"""Under one heading for several, so many words between quotations are a first word on one."""
_TAIL = 12
_ENDS = re.compile(
    r"^(?:annex|appendix|glossary|useful links|bibliography|references|endnotes"
    r"|list of abbreviations)\b",
    re.I,
)


@dataclass(slots=True)
class Segment:
    """Recommendations that a reply takes together, and where it answers them.

    ``asked_from`` to ``asked_to`` is the question block, ``first`` to ``last`` the answer.
    ``statements`` are first words on single ones between the quotations.
    """

    keys: list[str]
    asked_from: int
    asked_to: int
    first: int = 0
    last: int = 0
    quotes: dict[str, Quote] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    statements: dict[str, tuple[int, int]] = field(default_factory=dict)
    restated: tuple[int, int] | None = None
    replied: bool = False
    bare: bool = False
    fresh: list[str] = field(default_factory=list)
    header: frozenset[str] = frozenset()

    @property
    def length(self) -> int:
        """How many words the answer has."""
        return max(0, self.last - self.first)

    def take(self, item: Item) -> None:
        """Make a landmark part of the question block."""
        for key in item.keys:
            if key not in self.keys:
                self.keys.append(key)
            if key not in self.fresh:
                self.fresh.append(key)
        if item.quote:
            self.quotes[item.quote.key] = item.quote
        else:
            self.labelled |= set(item.keys)
        self.bare = self.bare or item.bare
        self.replied = self.replied or item.kind == "reply"
        self.asked_to = max(self.asked_to, item.last)


class Walk:
    """Goes through the landmarks once and cuts the reply into segments."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._open: Segment | None = None
        self._header: frozenset[str] = frozenset()
        self.segments: list[Segment] = []

    def through(self, found: Sequence[Item]) -> list[Segment]:
        """All segments in reading order, their answers bounded."""
        for item in found:
            if item.kind == "header":
                self._head(item)
            elif item.kind == "reply":
                self._reply(item)
            else:
                self._question(item)
        self._close(len(self._stream.tokens))
        _cut_at_chapters(self.segments, self._stream)
        return self.segments

    def _head(self, item: Item) -> None:
        if self._open and set(item.keys) <= set(self._open.keys) and self._open.quotes:
            return
        self._close(item.first)
        self._header = frozenset(item.keys)

    def _reply(self, item: Item) -> None:
        now = self._open
        if now and (not item.keys or set(item.keys) & set(now.keys)):
            between = item.first - now.asked_to
            if not now.replied and between <= self._room(now):
                if between > 0 and not now.quotes:
                    now.restated = (now.asked_to, item.first)
                now.take(item)
            return
        if item.keys:
            self._start(item)

    def _room(self, now: Segment) -> int:
        """How long a recommendation may be retold before "Response" still marks its answer."""
        return 120 if now.quotes else 400

    def _question(self, item: Item) -> None:
        now = self._open
        if now is None:
            self._start(item)
            return
        gap = self._substance(now.asked_to, item.first)
        same = set(item.keys) <= set(now.keys)
        if gap == 0 and not (self._label_only(now) and item.kind == "number" and not same):
            now.take(item)
        elif gap and same and now.quotes and not self._takes_one_up(now, item):
            return
        elif 0 < gap <= STATEMENT and now.quotes and self._one_header(now, item):
            for key in now.fresh:
                now.statements[key] = (now.asked_to, item.first)
            now.fresh = []
            now.take(item)
        else:
            self._start(item)

    def _one_header(self, now: Segment, item: Item) -> bool:
        return bool(self._header) and set(now.keys) | set(item.keys) <= self._header

    @staticmethod
    def _takes_one_up(now: Segment, item: Item) -> bool:
        """Whether a label takes one up again after all were listed together."""
        return item.kind == "number" and len(item.keys) < len(now.keys)

    @staticmethod
    def _label_only(now: Segment) -> bool:
        return not now.quotes and not now.replied

    def _start(self, item: Item) -> None:
        self._close(item.first)
        self._open = Segment([], item.first, item.last, header=self._header)
        self._open.take(item)

    def _close(self, at: int) -> None:
        now, self._open = self._open, None
        if now is None:
            return
        now.first = self._answer_from(now)
        now.last = max(now.first, self._without_lead(now.first, at))
        self.segments.append(now)

    def _answer_from(self, now: Segment) -> int:
        """Behind the question; a bracket or a word or two after a quotation belong to it."""
        at = now.asked_to
        if at == 0 or at >= len(self._stream.tokens):
            return at
        paragraph = self._stream.paragraph_of(at - 1)
        rest = paragraph.last - at
        if not rest or not now.quotes or now.replied:
            return at
        tail = " ".join(self._stream.words(at, paragraph.last))
        whole = paragraph.last - paragraph.first
        if rest <= min(_TAIL, max(4, whole // 3)) and not takes_position(tail):
            return paragraph.last
        return at

    def _without_lead(self, first: int, at: int) -> int:
        """Leave the headings out that stand just before the next question."""
        while at > first:
            paragraph = self._stream.paragraph_of(at - 1)
            if not _is_lead(paragraph) or paragraph.first < first:
                return at
            at = paragraph.first
        return at

    def _substance(self, first: int, last: int) -> int:
        """How many words of running text stand between two places."""
        count, at = 0, first
        while at < last:
            paragraph = self._stream.paragraph_of(at)
            end = min(paragraph.last, last)
            whole = at == paragraph.first and end == paragraph.last
            text = " ".join(self._stream.words(at, end))
            short = end - at <= 8 and not takes_position(text)
            if not (whole and _is_lead(paragraph)) and not short:
                count += end - at
            at = max(end, at + 1)
        return count


def _is_lead(paragraph: Paragraph) -> bool:
    return paragraph.heading and not takes_position(paragraph.text)


def _cut_at_chapters(segments: list[Segment], stream: Stream) -> None:
    """End an answer where another part begins.

    That is an annex, a heading above those of the questions, or the heading that stands over
    question after question, where it comes again over something that nobody asked about.
    """
    tall = 1.12 * stream.body
    leads = [p for s in segments if s.quotes or s.labelled for p in _leads(s, stream)]
    limit = max((p.height for p in leads if p.height > tall), default=0.0)
    again = Counter(_bare(p) for p in leads)
    for segment in segments:
        at = segment.first
        while at < segment.last:
            paragraph = stream.paragraph_of(at)
            opens = paragraph.heading and at == paragraph.first and at > segment.first
            if opens and (_is_chapter(paragraph, limit) or again[_bare(paragraph)] > 1):
                segment.last = at
                break
            at = max(paragraph.last, at + 1)


def _bare(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text.lower().split())


def _is_chapter(paragraph: Paragraph, limit: float) -> bool:
    if _ENDS.match(paragraph.text.strip()):
        return True
    return limit > 0 and paragraph.height >= limit - 0.3


def _leads(segment: Segment, stream: Stream) -> list[Paragraph]:
    """The heading in which a question block starts, or the one just above it."""
    inside = stream.paragraph_of(segment.asked_from)
    if inside.heading:
        return [inside]
    above = stream.paragraph_of(inside.first - 1) if inside.first else None
    return [above] if above and above.heading else []
