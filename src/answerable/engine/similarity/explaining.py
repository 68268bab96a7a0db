"""Why two texts are alike: made from the shares that the score itself is the sum of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from answerable.engine.similarity.analysis import Analysed
from answerable.engine.similarity.making import stems_of

Kind = Literal["act", "object", "phrase", "word", "meaning"]

_MOST = 5
_MOST_ONLY = 6
_TOLD = {
    "act": "both ask to",
    "object": "both on",
    "phrase": "both say",
    "word": "both have",
    "meaning": "both mean something near by a model of language",
}


class Shared(NamedTuple):
    """Something that both have: as it stands in each, and its share of the score (0 to 1)."""

    kind: Kind
    left: str
    right: str
    share: float


@dataclass(frozen=True)
class Why:
    """What both have, weightiest first, and what only one has."""

    shared: tuple[Shared, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]

    def sentence(self) -> str:
        """For people: what both ask, say and have, and what only the first and only the second has."""
        if not self.shared:
            return "They have no word in common that says anything."
        told = [_told(kind, self.shared) for kind in _TOLD]
        for whose, words in (("first", self.only_left), ("second", self.only_right)):
            if words:
                told.append(f"only the {whose} has {_listed(map(_quoted, words[:_MOST_ONLY]))}")
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
    return f"“{words}”"


def _listed(words: Iterable[str]) -> str:
    *most, last = list(words)
    return f"{', '.join(most)} and {last}" if most else last


def explained(
    left: Analysed, right: Analysed, by_term: Mapping[str, float], *, score: float, meaning: float
) -> Why:
    """The explanation of a score that is ``meaning`` and the sum of what each term adds to it."""
    scale = 1 / score if score else 0.0
    shares = _joined(left, by_term)
    act = stems_of(left.made.act) & stems_of(right.made.act)
    thing = stems_of(left.made.thing) & stems_of(right.made.thing)
    found = []
    for stems, share in shares.items():
        here, there = _as_it_stands(left, stems), _as_it_stands(right, stems)
        if here and there:
            kind = _kind(stems, act, thing)
            found.append(Shared(kind, here, there, round(share * scale, 4)))
    if meaning:
        found.append(Shared("meaning", "", "", round(meaning * scale, 4)))
    found.sort(key=lambda one: (-one.share, one.kind, one.left, one.right))
    return Why(tuple(found), _only(left, right), _only(right, left))


def _kind(stems: tuple[str, ...], act: frozenset[str], thing: frozenset[str]) -> Kind:
    if act & set(stems) and len(stems) == 1:
        return "act"
    if thing & set(stems):
        return "object"
    return "phrase" if len(stems) > 1 else "word"


def _joined(left: Analysed, by_term: Mapping[str, float]) -> dict[tuple[str, ...], float]:
    """Shares by the longest run of shared words, as it stands in the left text."""
    runs = _runs(left, by_term)
    found = dict.fromkeys(runs, 0.0)
    for term, share in by_term.items():
        stems = tuple(term.split(" "))
        homes = [run for run in runs if _inside(stems, run)]
        for home in homes or [stems]:
            found[home] = found.get(home, 0.0) + share / max(1, len(homes))
    return {stems: share for stems, share in found.items() if share > 0}


def _runs(left: Analysed, by_term: Mapping[str, float]) -> list[tuple[str, ...]]:
    runs: dict[tuple[str, ...], None] = {}
    for sentence in left.told:
        run: list[str] = []
        for word in sentence:
            if run and f"{run[-1]} {word}" in by_term:
                run.append(word)
                continue
            if run:
                runs[tuple(run)] = None
            run = [word] if word in by_term else []
        if run:
            runs[tuple(run)] = None
    return [r for r in runs if not any(r != o and _inside(r, o) for o in runs)]


def _inside(stems: tuple[str, ...], run: tuple[str, ...]) -> bool:
    size = len(stems)
    return any(run[i : i + size] == stems for i in range(len(run) - size + 1))


def _as_it_stands(text: Analysed, stems: tuple[str, ...]) -> str:
    """The words of the text that these stems stand for, plain words between them included."""
    for words, found in zip(text.words, text.stems, strict=True):
        told = [i for i, s in enumerate(found) if s]
        told_stems = tuple(found[i] for i in told)
        for start in range(len(told) - len(stems) + 1):
            if told_stems[start : start + len(stems)] == stems:
                return " ".join(words[told[start] : told[start + len(stems) - 1] + 1])
    return _scattered(text, stems)


def _scattered(text: Analysed, stems: tuple[str, ...]) -> str:
    """The words one by one, where they do not stand in a row."""
    first: dict[str, str] = {}
    for words, found in zip(text.words, text.stems, strict=True):
        for word, own in zip(words, found, strict=True):
            first.setdefault(own, word)
    return " … ".join(first[s] for s in stems if s in first)


def _only(text: Analysed, other: Analysed) -> tuple[str, ...]:
    """Runs of words whose stems the other has nowhere, in reading order, longest first."""
    known = {s for sentence in other.told for s in sentence}
    runs: dict[str, int] = {}
    for words, found in zip(text.words, text.stems, strict=True):
        run: list[int] = []
        for i, own in enumerate(found):
            if own and own not in known:
                run.append(i)
            elif own and run:
                runs.setdefault(" ".join(words[run[0] : run[-1] + 1]), len(run))
                run = []
        if run:
            runs.setdefault(" ".join(words[run[0] : run[-1] + 1]), len(run))
    return tuple(sorted(runs, key=lambda words: -runs[words]))
