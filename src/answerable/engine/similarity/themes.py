"""What a heap of recommendations is about: groups with names, taken from the words they share.

The name comes first: two words that stand close together in several texts ("crime recording",
"recording of crimes"), or one word that few others have. A group is every text that has them, so why
a text is in it can always be said. Nothing is drawn at random: the same texts give the same groups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answerable.engine.similarity.analysis import Item, analyse
from answerable.engine.similarity.words import stem

NEAR = 2
"""So many words that count may two words be apart, and still make a name."""
FEWEST, MOST = 3, 24
"""Fewer texts make no group; more groups than this nobody reads."""
WIDEST = {1: 0.15, 2: 0.3}
"""What stands in a larger share of all texts tells none of them apart: a word, and two together."""
TWO_WORDS = 2.2
"""A name of two words says so much more than one of a single word."""

_ACTS = """
    improve develop review provide set make take use work put give keep help support include carry
    increase reduce strengthen establish introduce implement consider identify address undertake
    continue begin hold need require produce publish complete build lead deliver manage create seek
    clear clearly good better best effective effectively appropriate new necessary relevant regular
    regularly key full fully early well current existing different further particular consistent
    way year month week day time number part point place report area level case people person staff
    service services process approach arrangement plan action practice work system issue role force
    police officer agency agencies organisation partner partners body bodies authority member team
    include including across within together whole each one two three four five six seven eight nine
    ten first second third made taken given issue account consideration whether urgently how what
    who that are not all being done often able sure about least most known tell told once twice every
    daily weekly monthly annual between end name
    """
PLAIN_NAMES = frozenset(stem(word) for word in _ACTS.split())
"""Stems that name nothing by themselves: acts that every recommendation asks for, and who does them."""

Name = tuple[str, ...]
"""The stems of a name: one, or two in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that share words: a name for them, and the different ways in which they put it."""

    name: str
    members: tuple[str, ...]
    ways: tuple[str, ...]


class _Texts:
    """Which texts have which names, and how each name is written in them."""

    def __init__(self, items: Sequence[Item], leave_out: frozenset[str]) -> None:
        self.having: dict[Name, set[int]] = defaultdict(set)
        self.written: dict[Name, Counter[str]] = defaultdict(Counter)
        for number, item in enumerate(items):
            for name, words in _names_in(item.text, leave_out):
                self.having[name].add(number)
                self.written[name][words] += 1

    def ways(self, name: Name) -> list[str]:
        """How it is written, the plainest way first: fewest words between, then most frequent."""
        found = self.written[name].items()
        return [w for w, _ in sorted(found, key=lambda way: (way[0].count(" "), -way[1], way[0]))]

    def reads_well(self, name: Name) -> bool:
        """Whether somewhere at most one word stands between the two."""
        return any(words.count(" ") <= 2 for words in self.written[name])


def _names_in(text: str, leave_out: frozenset[str]) -> Iterable[tuple[Name, str]]:
    found = analyse(text)
    for words, stems in zip(found.words, found.stems, strict=True):
        places = [at for at, one in enumerate(stems) if one]
        for here, at in enumerate(places):
            one = stems[at]
            if one in leave_out or not one[0].isalpha():
                continue
            if one not in PLAIN_NAMES:
                yield (one,), _plain_case(words[at])
            for then in places[here + 1 : here + 1 + NEAR]:
                other = stems[then]
                if other in leave_out or not other[0].isalpha() or other == one:
                    continue
                if one in PLAIN_NAMES and other in PLAIN_NAMES:
                    continue
                first, second = sorted((one, other))
                yield (first, second), " ".join(map(_plain_case, words[at : then + 1]))


def _plain_case(word: str) -> str:
    return word if len(word) > 1 and word.isupper() else word.lower()


def groups(
    items: Iterable[Item], *, leave_out: Iterable[str] = (), fewest: int = FEWEST, most: int = MOST
) -> list[Group]:
    """The groups, the one that covers most first; a text is in at most one.

    ``leave_out`` are names of bodies and places: they say of whom it was asked, not what.
    """
    texts = sorted(items)
    known = frozenset(stem(word) for name in leave_out for word in name.split())
    heap = _Texts(texts, known)
    widest = {words: max(3 * fewest, int(len(texts) * share)) for words, share in WIDEST.items()}
    left = {
        name: set(of)
        for name, of in heap.having.items()
        if fewest <= len(of) <= widest[len(name)] and heap.reads_well(name)
    }
    worth = {name: _worth(name, heap.having, len(texts)) for name in left}
    found: list[Group] = []
    while left and len(found) < most:
        name = min(left, key=lambda one: (-round(worth[one] * len(left[one]), 6), one))
        members = left.pop(name)
        found.append(_group(name, members, heap, texts))
        for other in list(left):
            left[other] -= members
            if len(left[other]) < fewest:
                del left[other]
    return found


def _worth(name: Name, having: Mapping[Name, set[int]], count: int) -> float:
    """What one text with the name counts: rare words tell more, and two that belong together most."""
    rare = math.log((count + 1) / len(having[name]))
    if len(name) == 1:
        return rare
    apart = min(len(having.get((one,), having[name])) for one in name)
    return rare * TWO_WORDS * math.sqrt(len(having[name]) / max(apart, len(having[name])))


def _group(name: Name, members: set[int], heap: _Texts, texts: Sequence[Item]) -> Group:
    ways = heap.ways(name)
    written = ways[0]
    return Group(
        written[:1].upper() + written[1:],
        tuple(texts[number].id for number in sorted(members)),
        tuple(ways[:4]),
    )
