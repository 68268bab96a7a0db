"""Why two texts are alike: made from the shares that the score itself is the sum of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from answerable.engine.similarity.analysis import Analysed, Stems, Word
from answerable.engine.similarity.making import stems_of

Kind = Literal["act", "object", "phrase", "word", "near", "meaning"]

_MOST = 5
_MOST_ONLY = 4
_LONGEST = 12
"""Words of one quotation: more are cut, with an ellipsis."""
_TOLD = {
    "act": "both ask to",
    "object": "both on",
    "phrase": "both say",
    "word": "both have",
    "near": "in words that stand near each other",
    "meaning": "a model of language finds them near in meaning",
}


class Shared(NamedTuple):
    """Something that both have: as it stands in each, and its share of the score (0 to 1)."""

    kind: Kind
    left: str
    right: str
    share: float


@dataclass(frozen=True)
class Why:
    """What both have, weightiest first, and what only one has.

    ``meant``: the model of language finds them nearer than texts that have nothing to do with each
    other, so the sentence says it.
    """

    shared: tuple[Shared, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    meant: bool = False

    def sentence(self, left: str = "the first", right: str = "the second") -> str:
        """For people: what both ask, say and have, and what only ``left`` and only ``right`` has."""
        if not any(one.kind != "meaning" for one in self.shared) and not self.meant:
            return "They have no word in common that says anything."
        kinds = [kind for kind in _TOLD if kind != "meaning" or self.meant]
        told = [_told(kind, self.shared) for kind in kinds]
        for whose, words in ((left, self.only_left), (right, self.only_right)):
            if words:
                told.append(f"only {whose} has {_listed(map(_quoted, words[:_MOST_ONLY]))}")
        sentence = "; ".join(part for part in told if part)
        return f"{sentence[0].upper()}{sentence[1:]}."


def _told(kind: str, shared: Sequence[Shared]) -> str:
    own = [one for one in shared if one.kind == kind][:_MOST]
    if not own:
        return ""
    if kind == "meaning":
        return _TOLD[kind]
    return f"{_TOLD[kind]} {_listed(_both(one) for one in own)}"


def _both(one: Shared) -> str:
    if one.left.casefold() == one.right.casefold():
        return _quoted(one.left)
    return f"{_quoted(one.left)} ({_quoted(one.right)} there)"


def _quoted(words: str) -> str:
    parts = words.split(" ")
    return f"“{words}”" if len(parts) <= _LONGEST else f"“{' '.join(parts[:_LONGEST])} …”"


def _listed(words: Iterable[str]) -> str:
    *most, last = list(words)
    return f"{', '.join(most)} and {last}" if most else last


def explained(
    left: Analysed, right: Analysed, by_term: Mapping[str, float], *, meaning: float, meant: bool
) -> Why:
    """The explanation of a score that is ``meaning`` and the sum of what each term adds to it."""
    whole = sum(by_term.values()) + meaning
    scale = 1 / whole if whole else 0.0
    common, near = _without_groups(left, right, by_term)
    act = stems_of(left.made.act) & stems_of(right.made.act)
    thing = stems_of(left.made.thing) & stems_of(right.made.thing)
    found = [
        Shared("near", _named(left, ours), _named(right, theirs), round(share * scale, 4))
        for (ours, theirs), share in near.items()
    ]
    for stems, share in _joined(left, common).items():
        here, there = _as_it_stands(left, stems), _as_it_stands(right, stems)
        found.append(Shared(_kind(stems, act, thing), here, there, round(share * scale, 4)))
    if meaning:
        found.append(Shared("meaning", "", "", round(meaning * scale, 4)))
    found.sort(key=lambda one: (-one.share, one.kind, one.left, one.right))
    return Why(tuple(found), _only(left, right), _only(right, left), meant)


def _kind(stems: Stems, act: frozenset[str], thing: frozenset[str]) -> Kind:
    if act & set(stems) and len(stems) == 1:
        return "act"
    if thing & set(stems):
        return "object"
    return "phrase" if len(stems) > 1 else "word"


def _without_groups(
    left: Analysed, right: Analysed, by_term: Mapping[str, float]
) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """What a group of near words adds, given to the word of it that both have, or to two words."""
    common = {term: share for term, share in by_term.items() if term[0] != "#"}
    near: dict[tuple[str, str], float] = {}
    ours, theirs = left.groups, right.groups
    for group in by_term.keys() - common.keys():
        both = [own for own in ours[group] if own in right.where]
        for own in both:
            common[own] = common.get(own, 0.0) + by_term[group] / len(both)
        if not both:
            pair = ours[group][0], theirs[group][0]
            near[pair] = near.get(pair, 0.0) + by_term[group]
    return common, near


def _joined(left: Analysed, by_term: Mapping[str, float]) -> dict[Stems, float]:
    """Shares by the longest run of shared words, as it stands in the left text."""
    runs = _runs(left, by_term)
    homes: dict[Stems, list[Stems]] = {}
    for run in runs:
        for size in (1, 2):
            for piece in {run[i : i + size] for i in range(len(run) - size + 1)}:
                homes.setdefault(piece, []).append(run)
    found = dict.fromkeys(runs, 0.0)
    for term, share in by_term.items():
        stems = tuple(term.split(" "))
        own = homes.get(stems, [stems])
        for home in own:
            found[home] = found.get(home, 0.0) + share / len(own)
    return {stems: share for stems, share in found.items() if share > 0}


def _runs(left: Analysed, by_term: Mapping[str, float]) -> list[Stems]:
    """Runs of words that both have in a row; none stands whole in another."""
    runs: dict[Stems, None] = {}
    for sentence in left.told:
        run: Stems = ()
        for word in (*sentence, ""):
            if run and f"{run[-1]} {word}" in by_term:
                run = (*run, word)
                continue
            if run:
                runs[run] = None
            run = (word,) if word in by_term else ()
    joined = [f" {' '.join(run)} " for run in runs]
    return [
        run
        for run, words in zip(runs, joined, strict=True)
        if not any(words != other and words in other for other in joined)
    ]


def _as_it_stands(text: Analysed, stems: Stems) -> str:
    """The words of the text that these stems stand for, with what stands between them."""
    for number, place in text.where[stems[0]]:
        words = text.telling[number][place : place + len(stems)]
        if tuple(word.stem for word in words) == stems:
            return _quote(text.sentences[number], words)
    return " … ".join(_named(text, own) for own in stems)


def _quote(sentence: str, words: Sequence[Word]) -> str:
    return sentence[words[0].start : words[-1].end]


def _named(text: Analysed, own: str) -> str:
    """The first word of the text with this stem, as it stands."""
    number, place = text.where[own][0]
    return _quote(text.sentences[number], text.telling[number][place : place + 1])


def _only(text: Analysed, other: Analysed) -> tuple[str, ...]:
    """Runs of words whose stems the other has nowhere: the longest first."""
    known = other.where.keys()
    runs: dict[str, int] = {}
    for sentence, told in zip(text.sentences, text.telling, strict=True):
        start = 0
        for place, word in enumerate((*told, None)):
            if word is None or word.stem in known:
                if place > start:
                    runs.setdefault(_quote(sentence, told[start:place]), place - start)
                start = place + 1
    return tuple(sorted(runs, key=lambda words: -runs[words]))
