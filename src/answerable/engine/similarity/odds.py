"""How likely each relation is between two recommendations that are so much alike.

Three curves in a row, learnt from pairs that people judged (``odds.json`` says which, and how well
it holds on inquiries that were left out; ``make train-likeness-odds`` makes it again): is there any
relation; if so, is it more than a part; if so, is it the same. Those pairs were the likeliest ones
of their recommendation, as proposals are: for a pair taken at random the odds are too high.

Nobody has judged enough pairs that contradict or supersede each other. Of what is related they get
a small share that is set here, and a larger one where the words themselves say so; both are stated
and not measured. No odds decide anything: a person does.
"""

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from answerable.engine.similarity.analysis import Analysed
from answerable.engine.similarity.scoring import Likeness

LEARNT = Path(__file__).with_name("odds.json")
RELATIONS = ("same", "extends", "partly", "contradicts", "supersedes", "unrelated")
SHARES = {"contradicts": (0.01, 0.15), "supersedes": (0.02, 0.3)}
"""Of what is related: without a word that says so, and with one. Set by hand."""
_DIGITS = 6

_REPLACES = re.compile(
    r"\bsupersed(?:e[sd]?|ing)\b|\b(?:replac(?:e[sd]?|ing)|withdraw(?:s|n|ing)?|in place of"
    r"|instead of|rather than)\s+(?:\w+\s+){0,3}?(?:earlier|previous|former|prior|original)\b"
    r"|\bno longer recommend",
    re.I,
)
_STOPS = re.compile(
    r"\b(?:should|must|shall|ought|need)\s+(?:not|never|no longer|cease|stop|end)\b"
    r"|\b(?:cease|stop|abolish|discontinue|abandon|repeal|scrap)(?:e?d|ing|s)?\b",
    re.I,
)


def odds(likeness: Likeness) -> dict[str, float]:
    """The odds of each of :data:`RELATIONS`; they sum to 1.

    ``likeness`` is that of a later recommendation, as the query, to an earlier one.
    """
    query, candidate = likeness.compared.query.text, likeness.compared.candidate.text
    curves = learnt()["meaning" if "meaning" in likeness.parts else "words"]
    return shared_out(chances(seen(likeness), curves), told(query, candidate))


def seen(likeness: Likeness) -> dict[str, float]:
    """What the curves are straight in: the likeness of the words, and of the meaning if compared.

    They are kept apart because the pairs that were judged had been chosen by both.
    """
    query, parts = likeness.compared.query, likeness.parts
    joined = query.by.of(meaning="meaning" in parts)
    values = {name: part / joined[name] for name, part in parts.items() if joined[name]}
    words = query.by.of(meaning=False)
    found = {"words": logit(sum(w * values.get(name, 0.0) for name, w in words.items()))}
    return found | ({"meaning": logit(values["meaning"])} if "meaning" in values else {})


def chances(
    found: Mapping[str, float], curves: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """The odds of no relation, of a part, of more, and of the same, before any word of it."""
    related, more, same = (_at(found, curves[name]) for name in ("related", "more", "same"))
    return {
        "same": related * more * same,
        "extends": related * more * (1 - same),
        "partly": related * (1 - more),
        "unrelated": 1 - related,
    }


def _at(found: Mapping[str, float], curve: Mapping[str, float]) -> float:
    value = curve["bias"] + sum(curve.get(name, 0.0) * x for name, x in found.items())
    return 1 / (1 + math.exp(-value))


def logit(value: float) -> float:
    """A likeness of 0 to 1 on a scale without ends, cut off where it says no more."""
    inside = min(0.99, max(0.005, value))
    return math.log(inside / (1 - inside))


def told(query: Analysed, candidate: Analysed) -> dict[str, bool]:
    """Whether the words themselves say that one supersedes or contradicts the other."""
    later, earlier = " ".join(query.sentences), " ".join(candidate.sentences)
    return {
        "supersedes": bool(_REPLACES.search(later)),
        "contradicts": bool(_STOPS.search(later)) is not bool(_STOPS.search(earlier)),
    }


def shared_out(found: Mapping[str, float], cues: Mapping[str, bool]) -> dict[str, float]:
    """The odds with the share of what is told by words and not by likeness taken out."""
    related = 1 - found["unrelated"]
    apart = {name: shares[cues[name]] for name, shares in SHARES.items()}
    rest = 1 - sum(apart.values())
    values = {name: related * share for name, share in apart.items()}
    values |= {name: found[name] * rest for name in ("same", "extends", "partly")}
    rounded = {name: round(values[name], _DIGITS) for name in RELATIONS if name in values}
    return {**rounded, "unrelated": round(1 - sum(rounded.values()), _DIGITS)}


@cache
def learnt() -> Mapping[str, Any]:
    """What was learnt, with its description."""
    content: Mapping[str, Any] = json.loads(LEARNT.read_text("utf-8"))
    return content
