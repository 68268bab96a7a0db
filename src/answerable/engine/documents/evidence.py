"""What can be seen of a run and of its entries, in the same terms whichever strategy found them.

Strategies see signs of their own; here every run and every entry gets the same numbers, most of
them shares between 0 and 1, so that they can be compared, and learned from. Nothing is decided.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from answerable.engine.documents import dedupe, labels, lexicon, runs
from answerable.engine.documents.choose import Chosen
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run

Evidence = Mapping[str, float]
"""Numbers by name. What is not named is 0."""

_MEANT = frozenset(
    [
        "performs",
        "commands",
        "asks",
        "agreed",
        "again",
        "disputed",
        "tells",
        "judges",
        "long",
        "short",
        "status",
        "before",
    ]
)
"""What says something of a whole list by its mean."""

_STATUS = re.compile(
    r"\b(?:implemented|completed?|closed|in progress|on track|ongoing|accepted|rejected|achieved"
    r"|agreed in principle|partially met|not met|has been met|have been met)\b",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?:in|since|on \d{1,2} \w+|of) (?:19|20)\d\d\b|\bprevious(?:ly)?\b|\bearlier\b"
    r"|\brecommended (?:that|in)\b|\blast (?:inspection|review|report)\b",
    re.I,
)
_ANOTHER = re.compile(r"(?<=[.;:])\s+(?:\d{1,3}[.)]|Recommendation\s+\d+|R\d+)\s+(?=[A-Z])")
_WE = re.compile(r"\b(?:we|i|committee|inquiry|commission) (?:\w+ )?recommends?\b", re.I)
_APART = re.compile(r"\b(?:appendix|annex|schedule)\b", re.I)
_SUMMARY = re.compile(r"\b(?:summary|overview|foreword|at a glance)\b", re.I)
_LONG = 250
_SHORT = 8
_RIVAL = 0.6

Bounds = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was seen of every run that the strategies propose for one document."""

    facts: Mapping[int, Mapping[str, float]]
    shared: Mapping[int, Mapping[str, float]]

    def of_run(self, run: Run) -> dict[str, float]:
        """The numbers of a run: its own, and the mean of its entries."""
        seen = _of_list(run)
        means: dict[str, float] = defaultdict(float)
        for item in run.items:
            for name, value in (*self.facts[id(item)].items(), *self.shared[id(item)].items()):
                if name in _MEANT:
                    means[f"mean.{name}"] += value / len(run.items)
        return seen | means

    def of_items(self, run: Run) -> dict[int, dict[str, float]]:
        """The numbers of each entry of a run, by the entry's identity."""
        beside = _beside(run)
        return {
            id(item): {
                f"item.{name}": value
                for name, value in (*self.facts[id(item)].items(), *self.shared[id(item)].items())
            }
            | beside[id(item)]
            for item in run.items
        }

    def of_choices(self, chosen: Chosen, about: Evidence) -> list[dict[str, float]]:
        """The numbers of each entry taken, then of each missed, with all that is known."""
        of_runs: dict[int, dict[str, float]] = {}
        of_items: dict[int, dict[str, float]] = {}
        found = []
        main = Counter(id(c.run) for c in chosen.taken)
        for choice in (*chosen.taken, *chosen.missed):
            run = choice.run
            if id(run) not in of_runs:
                of_runs[id(run)] = self.of_run(run)
                of_items |= self.of_items(run)
            rest = {
                "choice.also": float(bool(choice.also)),
                "choice.main": main[id(run)] / (len(chosen.taken) or 1),
            }
            found.append({**about, **of_runs[id(run)], **of_items[id(choice.item)], **rest})
        return found


def gather(proposed: Sequence[Run], blocks: Sequence[Block]) -> Gathered:
    """Look at every run and entry once."""
    last = max((b.index for b in blocks), default=0) or 1
    facts = {id(item): _facts(item, last) for run in proposed for item in run.items}
    return Gathered(facts, _shared(proposed))


def about(chosen: Chosen, stated: int | None, blocks: Sequence[Block]) -> dict[str, float]:
    """What is known of the document as a whole, once entries have been taken."""
    taken = chosen.taken
    held = {b.index for c in taken for b in c.item.blocks}
    held |= {b.index for c in taken for other in c.also for b in other.blocks}
    asking = [b.index for b in blocks if "ecommend" in b.text and lexicon.performs(b.text)]
    rivals = sum(c.run.score >= _RIVAL for c in chosen.missed)
    gaps = runs.gaps([c.item.number for c in taken])
    seen = {
        "about.stated_agrees": float(bool(stated) and stated == len(taken)),
        "about.stated_differs": float(stated is not None and stated != len(taken)),
        "about.size": min(math.log1p(len(taken)), 5.0) / 3,
        "about.runs": min(1.0, (len({id(c.run) for c in taken}) - 1) / 5) if taken else 0.0,
        "about.rivals": rivals / (rivals + len(taken)) if rivals else 0.0,
        "about.outside": sum(i not in held for i in asking) / len(asking) if asking else 0.0,
        "about.gaps": min(1.0, len(gaps) / 5),
    }
    return {name: value for name, value in seen.items() if value}


def _facts(item: Item, last: int) -> dict[str, float]:
    """What its own words and its place say."""
    text = item.text
    words = len(text.split())
    first = item.blocks[0]
    above = " ".join(h.text for h in first.path[-2:])
    seen = {
        "performs": lexicon.performs(text),
        "obliges": lexicon.obliges(text),
        "commands": lexicon.commands(text),
        "asks": lexicon.asks(text),
        "tells": lexicon.tells(text),
        "judges": lexicon.judges(text),
        "numbered": item.number is not None,
        "long": words > _LONG,
        "short": words < _SHORT,
        "status": _STATUS.search(text) is not None,
        "before": _BEFORE.search(text[:200]) is not None,
        "another": _ANOTHER.search(text) is not None,
        "twice": len(_WE.findall(text)) > 1,
        "ends": text.rstrip()[-1:] in '.;!?”"’)]',
        "open": text.rstrip()[-1:] in ":,-–",
        "begins": not text[:1].islower(),
        "blocks": len(item.blocks) > 1,
        "cell": first.cell is not None,
        "framed": first.framed,
        "quotation": first.role == "quotation",
        "contents": first.role == "contents",
        "apart": _APART.search(above) is not None,
        "summary": _SUMMARY.search(above) is not None,
        "own_heading": any(lexicon.sense(h.text) in ("own", "mixed") for h in first.path),
        "other_heading": any(lexicon.sense(h.text) == "against" for h in first.path[-2:]),
    }
    found = {name: 1.0 for name, true in seen.items() if true}
    return found | {"place": first.index / last, "size": min(math.log1p(words), 7.0) / 5}


def _shared(proposed: Sequence[Run]) -> dict[int, dict[str, float]]:
    """What other strategies found in the same place, or with the same words elsewhere."""
    places: dict[int, list[tuple[str, Bounds]]] = defaultdict(list)
    words: dict[frozenset[str], set[int]] = defaultdict(set)
    for run in proposed:
        for item in run.items:
            bounds = _bounds(item)
            words[dedupe.tokens(item.text)].add(item.blocks[0].index)
            for index in {b.index for b in item.blocks}:
                places[index].append((run.strategy, bounds))
    found = {}
    for run in proposed:
        for item in run.items:
            others = [
                bounds
                for index in {b.index for b in item.blocks}
                for strategy, bounds in places[index]
                if strategy != run.strategy
            ]
            same = _bounds(item) in others
            seen = {
                "agreed": same,
                "disputed": bool(others) and not same,
                "again": len(words[dedupe.tokens(item.text)]) > 1,
            }
            found[id(item)] = {name: 1.0 for name, true in seen.items() if true}
    return found


def _bounds(item: Item) -> Bounds:
    pieces = [p for b in item.blocks for p in b.pieces]
    if not pieces:
        return (0, 0, 0, 0)
    return (pieces[0].page, pieces[0].start, pieces[-1].page, pieces[-1].end)


def _of_list(run: Run) -> dict[str, float]:
    """What the list as a whole is like."""
    size = len(run.items)
    opener = run.heading or run.lead
    sense = lexicon.sense(opener.text) if opener is not None and opener.heading else None
    lengths = sorted(len(i.text) for i in run.items)
    seen = {
        f"strategy.{run.strategy}": 1.0,
        "run.hand": run.score,
        "run.hand_square": run.score**2,
        "run.against": float(run.against is not None),
        "run.own_title": float(sense == "own"),
        "run.mixed_title": float(sense == "mixed"),
        "run.plain_title": float(opener is not None and lexicon.plain_title(opener.text)),
        "run.whole": float(run.whole),
        "run.gaps": min(1.0, len(runs.gaps(run.numbers)) / 3),
        "run.from_start": float(_from_start(run)),
        "run.alone": float(size == 1),
        "run.pair": float(size == 2),
        "run.size": min(math.log(size), 5.0) / 3,
        "run.spread": min(1.0, (lengths[-1] - lengths[0]) / 2_000),
        "run.many_forms": _forms(run),
    }
    return {name: value for name, value in seen.items() if value}


def _from_start(run: Run) -> bool:
    return labels.ordinal((run.items[0].number or "").split(".")[-1]) == 1


def _forms(run: Run) -> float:
    """How far the entries differ in how they are labelled: 0 where all are alike."""
    forms = [b.label.form if b.label is not None else "" for b in (i.blocks[0] for i in run.items)]
    return 1 - max(forms.count(f) for f in set(forms)) / len(forms)


def _beside(run: Run) -> dict[int, dict[str, float]]:
    """How each entry stands among the others of its run."""
    lengths = [len(item.text) for item in run.items]
    usual = median(lengths) or 1
    numbers = run.numbers
    numbered = sum(n is not None for n in numbers) / len(numbers)
    jumps = [bool(runs.gaps(pair)) for pair in pairwise(numbers)]
    found = {}
    for place, (item, length) in enumerate(zip(run.items, lengths, strict=True)):
        ratio = math.log(max(length, 1) / usual)
        seen = {
            "beside.longer": min(2.0, max(0.0, ratio)),
            "beside.shorter": min(2.0, max(0.0, -ratio)),
            "beside.unlike": abs(numbered - float(item.number is not None)),
            "beside.after_gap": float(place > 0 and jumps[place - 1]),
            "beside.before_gap": float(place < len(jumps) and jumps[place]),
        }
        found[id(item)] = {name: value for name, value in seen.items() if value}
    return found
