"""Where a reply prints the words of a recommendation before it answers them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from answerable.engine.replies.numbers import path_of
from answerable.engine.replies.shapes import Asked
from answerable.engine.replies.stream import Stream, words

_SHINGLE = 3
_JUMP = 30
"""Words between two shared shingles of one quotation, at most."""
_LOOK_BACK = 80
_MOST_CHAINS = 24
_MOST_PLACES = 16
_MOST_HITS = 1_500
_MOST_COMMON = 120
"""Three words that stand in more places say nothing; these four bound what a document can cost."""
_OFF_PACE = 0.04
_STRANGE = 10
"""So many words that are not the recommendation's break a quotation."""
_LEAST_COVERED = 0.5
_LEAST_DENSE = 0.5
_OPENING_RUN = 14
"""A shortened quotation has at least so many words of the recommendation's beginning."""
_LAST_WORDS = 4
"""So many at the end of a recommendation may differ and still be its quotation's."""
LABEL_WORDS = 8
"""Words of label that may stand in a paragraph before the quotation."""


Hit = tuple[int, int]
"""Where a shingle stands: in the stream, and in the recommendation."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words ``first`` up to ``last`` of the stream that repeat a recommendation."""

    key: str
    first: int
    last: int
    coverage: float
    numbered: bool


def quotes(asked: Sequence[Asked], stream: Stream) -> list[Quote]:
    """Every quotation, in order; where two claim the same words the better one has them."""
    index = _index([token.word for token in stream.tokens])
    found: list[Quote] = []
    for one in asked:
        found += _of(one, stream, index)
    return _settled(found)


def _index(stream: list[str]) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(stream) - _SHINGLE + 1):
        index[tuple(stream[at : at + _SHINGLE])].append(at)
    return index


def _of(one: Asked, stream: Stream, index: dict[tuple[str, ...], list[int]]) -> list[Quote]:
    own = words(one.words)
    found_at = [index.get(tuple(own[i : i + _SHINGLE]), ()) for i in range(len(own) - _SHINGLE + 1)]
    hits = sorted(
        (at, i) for i, places in enumerate(found_at) if len(places) <= _MOST_COMMON for at in places
    )
    pieces = [piece for chain in _chains(hits) for piece in _unbroken(chain)]
    found = [_quote(one, own, piece, stream) for piece in pieces]
    return _worth([quote for quote in found if quote])


def _worth(found: list[Quote]) -> list[Quote]:
    """Without those that share much fewer words than the best: an answer echoes its question."""
    best = max((quote.coverage for quote in found), default=0.0)
    return [quote for quote in found if quote.coverage >= 0.75 * best]


def _chains(hits: list[Hit]) -> Iterable[list[Hit]]:
    """Shared shingles that go on in both texts at about the same pace, in the likeliest places."""
    places = sorted(_places(hits), key=lambda place: -len({i for _, i in place}))
    for place in places[:_MOST_PLACES]:
        yield from _chains_in(place[:_MOST_HITS])


def _places(hits: list[Hit]) -> Iterable[list[Hit]]:
    """The hits, cut where the next is too far off to belong to the same quotation."""
    cuts = [n for n in range(1, len(hits)) if hits[n][0] - hits[n - 1][0] > _JUMP]
    for low, high in pairwise([0, *cuts, len(hits)]) if hits else ():
        yield hits[low:high]


def _chains_in(hits: list[Hit]) -> Iterable[list[Hit]]:
    """From the best chain of one place outwards."""
    waiting = [hits]
    for _ in range(_MOST_CHAINS):
        if not waiting:
            return
        now = waiting.pop()
        chain = _best_chain(now)
        yield chain
        before = [hit for hit in now if hit[0] < chain[0][0] - _SHINGLE]
        after = [hit for hit in now if hit[0] > chain[-1][0] + _SHINGLE]
        waiting = sorted([*waiting, *filter(None, (before, after))], key=len)


def _unbroken(chain: list[Hit]) -> Iterable[list[Hit]]:
    """A chain, and where other words come in between, each of its pieces too."""
    yield chain
    cuts = [n for n in range(1, len(chain)) if _comes_between(chain[n - 1], chain[n])]
    for low, high in pairwise([0, *cuts, len(chain)]) if cuts else ():
        yield chain[low:high]


def _comes_between(before: Hit, hit: Hit) -> bool:
    return (hit[0] - before[0]) - (hit[1] - before[1]) > _STRANGE


def _best_chain(hits: list[Hit]) -> list[Hit]:
    scores: list[float] = []
    came_from: list[int] = []
    for n, (at, i) in enumerate(hits):
        best, origin = 1.0, -1
        for k in range(n - 1, max(-1, n - _LOOK_BACK), -1):
            before, own = hits[k]
            if at - before > _JUMP:
                break
            if before < at and own < i and i - own <= 2 * _JUMP:
                score = scores[k] + 1 - _OFF_PACE * abs((at - before) - (i - own))
                if score > best:
                    best, origin = score, k
        scores.append(best)
        came_from.append(origin)
    at_end = max(range(len(hits)), key=scores.__getitem__)
    chain = []
    while at_end >= 0:
        chain.append(hits[at_end])
        at_end = came_from[at_end]
    return chain[::-1]


def _quote(
    one: Asked,
    own: list[str],
    chain: list[Hit],
    stream: Stream,
) -> Quote | None:
    covered = {i + k for _, i in chain for k in range(_SHINGLE)}
    low, high = min(i for _, i in chain), max(i for _, i in chain) + _SHINGLE
    first, last = chain[0][0], chain[-1][0] + _SHINGLE
    first = _grown_back(first, low, stream)
    last = min(stream.paragraph_of(last - 1).last, last + min(len(own) - high, _LAST_WORDS))
    coverage = len(covered) / len(own)
    dense = len(covered) / max(1, last - first)
    begins = low <= 3 and len(covered) >= _OPENING_RUN and dense >= 0.75
    if not begins and (coverage < _needed(len(own)) or dense < _LEAST_DENSE):
        return None
    if not _at_start(first, stream) and coverage < 0.85:
        return None
    return Quote(one.key, first, last, round(coverage, 3), _numbered(one, first, stream))


def _needed(length: int) -> float:
    """A short recommendation must be there nearly whole: few words are shared by chance."""
    return 0.8 if length <= 8 else _LEAST_COVERED


def _grown_back(first: int, low: int, stream: Stream) -> int:
    """Back to the beginning of the recommendation where only a word or two of it differ."""
    start = stream.paragraph_of(first).first
    return max(start, first - low) if low <= 4 else first


def _at_start(first: int, stream: Stream) -> bool:
    """Whether a quotation stands at the start of its paragraph, behind a label, or in marks."""
    paragraph = stream.paragraph_of(first)
    if _after_label(first, paragraph.first, stream):
        return True
    token = stream.tokens[first]
    page = next(page for page in stream.pages if page.number == token.page)
    return page.text[max(0, token.start - 2) : token.start].strip()[-1:] in {"“", "‘", '"', ":"}


def _after_label(first: int, start: int, stream: Stream) -> bool:
    """Whether only a label stands before it in its paragraph: a number, a word or two."""
    before = stream.words(start, first)
    if len(before) <= 2:
        return True
    named = any(word.startswith("recommendation") for word in before)
    return len(before) <= LABEL_WORDS and (named or before[0][:1].isdigit())


def _numbered(one: Asked, first: int, stream: Stream) -> bool:
    """Whether the recommendation's own number stands just before its words."""
    paragraph = stream.paragraph_of(first)
    before = stream.words(paragraph.first, first)
    if not before or len(before) > LABEL_WORDS:
        return False
    label = path_of(" ".join(before))
    own = path_of(one.number)
    return bool(label) and bool(own) and (own[-len(label) :] == label or label[: len(own)] == own)


def _settled(found: list[Quote]) -> list[Quote]:
    """Where quotations overlap by half or more, the better one stays."""
    kept: list[Quote] = []
    starts: list[int] = []
    best = sorted(found, key=lambda q: (q.coverage + 0.3 * q.numbered, q.last - q.first))
    for quote in reversed(best):
        at = bisect_left(starts, quote.first)
        near = kept[max(0, at - 2) : at + 2]
        if any(_overlap(quote, other) for other in near):
            continue
        kept.insert(at, quote)
        starts.insert(at, quote.first)
    return kept


def _overlap(one: Quote, other: Quote) -> bool:
    shared = min(one.last, other.last) - max(one.first, other.first)
    return shared > 0.4 * min(one.last - one.first, other.last - other.first)
