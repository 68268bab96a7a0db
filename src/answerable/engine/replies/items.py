"""The landmarks of a reply: labels, quotations, and marks that an answer starts here."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from answerable.engine.replies.numbers import Named, Numbers
from answerable.engine.replies.quoting import LABEL_WORDS, Quote
from answerable.engine.replies.shapes import Asked
from answerable.engine.replies.stream import Paragraph, Stream, words

_MARKER = re.compile(
    r"^\W{0,2}(?:(?:the|our|a)\s+)?(?:[\w’'&-]+\s+){0,5}?"
    r"(?:response|reply|answer|position)(?:\s+(?:of|from|by)(?:\s+\w+){1,4})?\s*(:|$)",
    re.I,
)
_POSITION = re.compile(
    r"\b(?:accept(?:ed|s)?|agree[sd]?|reject(?:ed|s)?|noted?|disagree[sd]?|support(?:ed|s)?"
    r"|implemented|completed?|under consideration|not applicable|no further action)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Item:
    """Words ``first`` up to ``last`` of the stream that say which recommendations come here.

    A *header* is a heading that starts with numbers of the report and spans what follows; a
    *reply* says that the answer starts behind it, with or without saying to what.
    """

    kind: Literal["number", "quote", "reply", "header"]
    first: int
    last: int
    keys: tuple[str, ...]
    quote: Quote | None = None
    bare: bool = False


def items(
    stream: Stream, asked: Sequence[Asked], numbers: Numbers, quoted: Sequence[Quote]
) -> list[Item]:
    """All landmarks in reading order."""
    found = [_quotation(q, stream) for q in quoted]
    within = [(item.first, item.last) for item in found]
    for paragraph in stream.paragraphs:
        item = _labelled(paragraph, numbers)
        if item and not any(_inside(item, low, high) for low, high in within):
            found.append(item)
    if not any(item.kind == "number" for item in found) and len(quoted) < 0.5 * len(asked):
        found += _bare_run(stream, asked, numbers)
    return sorted(found, key=lambda item: (item.first, item.kind == "quote", item.last))


def _quotation(quote: Quote, stream: Stream) -> Item:
    """A quotation with the label before it in its paragraph."""
    start = stream.paragraph_of(quote.first).first
    first = start if quote.first - start <= LABEL_WORDS else quote.first
    return Item("quote", first, quote.last, (quote.key,), quote)


def _inside(item: Item, low: int, high: int) -> bool:
    """Whether a label is only part of a quotation; "Recommendation 4:" before one is not."""
    return (low <= item.first if item.kind == "header" else low < item.first) and item.first < high


def takes_position(text: str) -> bool:
    """Whether a short text without a full stop says yes or no, and so is no heading."""
    return bool(_POSITION.search(text))


def says_reply(heading: str) -> bool:
    """Whether a heading says that an answer stands under it."""
    return bool(_MARKER.match(heading))


def _labelled(paragraph: Paragraph, numbers: Numbers) -> Item | None:
    text = paragraph.text
    named = numbers.named(text, heading=paragraph.heading)
    if named:
        return _item_of(paragraph, named)
    if _marks_reply(paragraph):
        found = _MARKER.match(text)
        ends = paragraph.first + len(words(text[: found.end()])) if found else paragraph.last
        return Item("reply", paragraph.first, ends, ())
    if paragraph.heading:
        bare = numbers.bare(text)
        keys = tuple(dict.fromkeys([*(bare.keys if bare else ()), *numbers.throughout(text)]))
        if keys:
            return Item("header", paragraph.first, paragraph.last, keys)
    return None


def _item_of(paragraph: Paragraph, named: Named) -> Item:
    """A label with its title where it is a heading, otherwise without what follows it."""
    label = paragraph.first + len(words(paragraph.text[: named.end]))
    rest = paragraph.text[named.end :]
    last = paragraph.last if paragraph.heading and not takes_position(rest) else label
    return Item("reply" if named.reply else "number", paragraph.first, last, named.keys)


def _marks_reply(paragraph: Paragraph) -> bool:
    found = _MARKER.match(paragraph.text)
    if not found:
        return False
    return found.group(1) == ":" or paragraph.heading


def _bare_run(stream: Stream, asked: Sequence[Asked], numbers: Numbers) -> Iterable[Item]:
    """Paragraphs numbered like the recommendations, where the whole run is theirs.

    Replies number their own paragraphs too: so every number once, in order, none beyond the
    report's, and most of the report's there.
    """
    found = []
    for paragraph in stream.paragraphs:
        named = None if paragraph.heading else numbers.bare(paragraph.text)
        if named and len(named.keys) == 1:
            last = paragraph.first + len(words(paragraph.text[: named.end]))
            found.append(Item("number", paragraph.first, last, named.keys, bare=True))
    order = [one.key for one in asked]
    places = [order.index(item.keys[0]) for item in found]
    once = all(n == 1 for n in Counter(places).values())
    if once and places == sorted(places) and len(found) >= max(2, 0.6 * len(asked)):
        return found
    return ()
