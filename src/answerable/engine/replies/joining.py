"""Read a reply against the report that it answers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.engine.documents.passages import words_of
from answerable.engine.documents.shapes import Page, Span
from answerable.engine.replies import remainder
from answerable.engine.replies.items import items
from answerable.engine.replies.numbers import Numbers
from answerable.engine.replies.quoting import quotes
from answerable.engine.replies.segments import Segment, Walk
from answerable.engine.replies.shapes import Answer, Answers, Asked, Method
from answerable.engine.replies.stream import Stream, stream

_LEAST_ANSWER = 1


@dataclass(frozen=True, slots=True)
class _Found:
    """What joins one recommendation to one segment."""

    key: str
    segment: Segment
    score: float


def answers(asked: Sequence[Asked], pages: Sequence[Page]) -> Answers:
    """The answers that a reply's ``pages`` give to the recommendations ``asked``, in their order.

    The strongest sign counts: the printed number and the quoted words, then the order between
    those, then likeness. What only likeness joins is proposed but still ``unanswered``.
    """
    reply = stream(pages)
    numbers = Numbers(asked)
    quoted = quotes(asked, reply)
    segments = Walk(reply).through(items(reply, asked, numbers, quoted))
    chosen = _chosen(segments, [a.key for a in asked])
    named = [_answer(reply, segment, keys) for segment, keys in _grouped(chosen)]
    flat = [answer for group in named for answer in group]
    rest = _remainder(reply, asked, chosen)
    order = [a.key for a in asked]
    ordered = sorted([*flat, *rest], key=lambda a: order.index(a.keys[0]))
    own_line = {key for a in ordered if a.how != "likeness" for key in a.keys}
    missing = [a for a in asked if a.key not in own_line]
    found = remainder.themes(reply, missing, _taken(chosen))
    return Answers(tuple(ordered), tuple(a.key for a in missing), tuple(found))


def _chosen(segments: Sequence[Segment], order: Sequence[str]) -> dict[str, _Found]:
    """For each recommendation the segment that speaks most clearly of it."""
    best: dict[str, _Found] = {}
    for segment in segments:
        for key in segment.keys:
            if segment.length < _LEAST_ANSWER and key not in segment.statements:
                continue
            found = _Found(key, segment, _score(segment, key))
            if key not in best or found.score > best[key].score:
                best[key] = found
    return {key: best[key] for key in order if key in best}


def _score(segment: Segment, key: str) -> float:
    quote = segment.quotes.get(key)
    score = quote.coverage if quote else 0.0
    score += 0.6 if key in segment.labelled or (quote and quote.numbered) else 0.0
    score += 0.3 if segment.replied else 0.0
    score += min(1.0, math.log1p(segment.length) / math.log(120))
    together = len(segment.keys) - 1
    return score - (0.02 if set(segment.keys) <= segment.header else 0.25) * together


def _grouped(chosen: dict[str, _Found]) -> list[tuple[Segment, list[str]]]:
    groups: dict[int, tuple[Segment, list[str]]] = {}
    for found in chosen.values():
        groups.setdefault(id(found.segment), (found.segment, []))[1].append(found.key)
    return list(groups.values())


def _taken(chosen: dict[str, _Found]) -> list[tuple[int, int]]:
    return [
        (f.segment.asked_from, max(f.segment.asked_to, f.segment.last)) for f in chosen.values()
    ]


def _answer(reply: Stream, segment: Segment, keys: list[str]) -> list[Answer]:
    """One answer for those that are answered together; one each for those with a word of their own."""
    shared = [key for key in keys if key not in segment.statements]
    found = [_made(reply, segment, shared, None)] if shared else []
    own = [
        _made(reply, segment, [key], segment.statements[key]) for key in keys if key not in shared
    ]
    return [*own, *found]


def _made(
    reply: Stream, segment: Segment, keys: list[str], statement: tuple[int, int] | None
) -> Answer:
    spans = reply.spans(segment.first, segment.last)
    if statement:
        spans = (*reply.spans(*statement), *spans)
    how, confidence = _sureness(segment, keys)
    return Answer(
        keys=tuple(keys),
        spans=spans,
        text=words_of(reply.pages, spans),
        how=how,
        confidence=confidence,
        why=_why(segment, keys, statement is not None),
        restates=_restates(reply, segment, keys),
    )


def _restates(
    reply: Stream, segment: Segment, keys: list[str]
) -> tuple[tuple[str, tuple[Span, ...], str], ...]:
    found = []
    for key in keys:
        quote = segment.quotes.get(key)
        where = (quote.first, quote.last) if quote else segment.restated
        if where and (quote or len(keys) == 1):
            spans = reply.spans(*where)
            found.append((key, spans, words_of(reply.pages, spans)))
    return tuple(found)


def _sureness(segment: Segment, keys: list[str]) -> tuple[Method, float]:
    """How the weakest of the group was joined, and how often that is right.

    The figures are set by hand from how often each sign was right on typeset replies.
    """
    coverage = min((segment.quotes[k].coverage if k in segment.quotes else 0.0) for k in keys)
    labelled = all(_labelled(segment, key) for key in keys)
    if coverage >= 0.5 and labelled:
        return "quoted words", 0.98
    if coverage > 0:
        return "quoted words", round(min(0.95, 0.75 + 0.2 * coverage), 2)
    if segment.bare:
        return "number", 0.7
    return "number", 0.93 if segment.replied or segment.length > 15 else 0.85


def _labelled(segment: Segment, key: str) -> bool:
    quote = segment.quotes.get(key)
    return key in segment.labelled or (quote is not None and quote.numbered)


def _why(segment: Segment, keys: list[str], stated: bool) -> tuple[str, ...]:
    """What speaks for it, in sentences for the person who decides."""
    said = []
    coverages = [segment.quotes[k].coverage for k in keys if k in segment.quotes]
    if coverages:
        share = round(100 * min(coverages))
        said.append(f"The reply prints {share}% of the recommendation's words just before it.")
    if all(_labelled(segment, key) for key in keys):
        said.append("The recommendation's own number stands before it.")
    if segment.bare:
        said.append("Its paragraphs are numbered like the recommendations, each number once.")
    if segment.replied:
        said.append("The reply marks where its answer starts.")
    if len(segment.keys) > 1:
        said.append(f"The reply answers {len(segment.keys)} recommendations together here.")
    if stated:
        said.append("It has a first word on this one before the common answer.")
    return tuple(said)


def _remainder(reply: Stream, asked: Sequence[Asked], chosen: dict[str, _Found]) -> list[Answer]:
    order = [a.key for a in asked]
    places = {key: found.segment.asked_from for key, found in chosen.items()}
    missing = [key for key in order if key not in chosen]
    ordered = remainder.by_order(reply, missing, places, order, _taken(chosen))
    taken = _taken(chosen) + [(s.first, s.last) for s in ordered.values()]
    left = [a for a in asked if a.key in missing and a.key not in ordered]
    found = [_plain(reply, key, s, "order", 0.6) for key, s in ordered.items()]
    for key, (section, likeness) in remainder.by_likeness(reply, left, taken).items():
        found.append(_plain(reply, key, section, "likeness", min(0.6, likeness)))
    return found


def _plain(
    reply: Stream, key: str, section: remainder.Section, how: Method, confidence: float
) -> Answer:
    spans = reply.spans(section.first, section.last)
    why = (
        f"It stands under “{section.heading}” in the place where this recommendation's turn is."
        if how == "order"
        else f"Nothing names the recommendation, but its rarer words are here (likeness {confidence:.2f})."
    )
    text = words_of(reply.pages, spans)
    return Answer((key,), spans, text, how, round(confidence, 2), (why,))
