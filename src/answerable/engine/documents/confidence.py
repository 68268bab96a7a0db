"""How sure the reader is of an entry: a share that means what it says, with what lowers it.

Of entries shown as "9 in 10", nine in ten are right: found, and with about the right bounds. The
weights were learned from documents with a known truth by ``tools/train_reading.py``, which says
which; they lie in ``weights.json`` beside this module. Whether an entry is taken is decided before,
in :mod:`answerable.engine.documents.choose`, and nothing here changes it.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.documents.evidence import Evidence
from answerable.engine.documents.weigh import Vote

WEIGHTS = Path(__file__).with_name("weights.json")
LEAST, MOST = 0.02, 0.98
"""Nobody is certain."""

LOW = 0.7
"""Below this a person should look first."""

_WORTH_SAYING = 0.3
_MOST_DOUBTS = 2

DOUBTS: Mapping[str, str] = {
    "run.alone": "it stands alone",
    "run.pair": "there are only two in its list",
    "run.size": "its list is short",
    "run.plain_title": "no plain title stands over its list",
    "run.own_title": "its list has no title that announces recommendations",
    "run.whole": "its list is not numbered from end to end",
    "run.from_start": "the numbers of its list do not begin at the beginning",
    "run.gaps": "numbers are missing from its list",
    "run.spread": "the entries of its list differ much in length",
    "run.many_forms": "the entries of its list are marked in different ways",
    "run.hand": "the signs for its list are weak",
    "run.hand_square": "the signs for its list are weak",
    "mean.performs": "few entries of its list recommend in so many words",
    "mean.commands": "few entries of its list open with a command",
    "mean.asks": "few entries of its list ask for anything",
    "mean.agreed": "no other way of reading finds the same list",
    "mean.again": "its list is printed only once",
    "mean.disputed": "other ways of reading cut its list otherwise",
    "mean.tells": "its list tells how things are",
    "mean.judges": "its list judges more than it asks",
    "mean.long": "the entries of its list are very long",
    "mean.short": "the entries of its list are very short",
    "mean.status": "its list speaks of what has been done",
    "mean.before": "its list speaks of earlier dates",
    "item.own_heading": "no heading above it announces recommendations",
    "item.other_heading": "a heading above it announces something else",
    "item.performs": "its own words do not recommend",
    "item.asks": "its own words do not ask",
    "item.obliges": "it says neither should nor must",
    "item.commands": "it does not open with a command",
    "item.agreed": "no other way of reading finds it with the same bounds",
    "item.again": "it is printed only once",
    "item.disputed": "another way of reading gives it other bounds",
    "item.tells": "it tells how things are",
    "item.judges": "it opens with what was found, not with what is asked",
    "item.long": "it is very long",
    "item.short": "it is very short",
    "item.status": "it speaks of what has been done",
    "item.before": "it speaks of an earlier date",
    "item.another": "another number stands inside it",
    "item.twice": "it recommends more than once",
    "item.ends": "it does not end as sentences do",
    "item.open": "it ends where something should follow",
    "item.begins": "it begins in the middle of a sentence",
    "item.blocks": "it goes over several paragraphs, so its end may be elsewhere",
    "item.quotation": "it is set as a quotation",
    "item.contents": "it looks like a line of the contents",
    "item.apart": "it stands in an appendix",
    "item.summary": "it stands in a summary",
    "beside.longer": "it is longer than the others of its list",
    "beside.shorter": "it is shorter than the others of its list",
    "beside.unlike": "it is not numbered as the others of its list are",
    "beside.after_gap": "a number is missing before it",
    "beside.before_gap": "a number is missing after it",
    "about.size": "little was found in this document",
    "about.runs": "what was found stands in several places",
    "about.stated_agrees": "the report does not confirm how many there are",
    "about.stated_differs": "the report says that it makes another number",
    "about.rivals": "the report can be read in more than one way",
    "about.outside": "other passages recommend something too",
    "about.gaps": "numbers are missing",
    "choice.main": "most of what was found stands elsewhere",
}
"""What lowers the share, in words. What is not here is left unsaid."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by what is seen, and how much of each is usual, to say what is unusual."""

    bias: float
    weights: Mapping[str, float]
    usual: Mapping[str, float]

    def chance(self, seen: Evidence) -> float:
        """The share of entries like this that are right."""
        value = self.bias + sum(self.weights.get(n, 0.0) * v for n, v in sorted(seen.items()))
        return max(LEAST, min(MOST, 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))))

    def pulls(self, seen: Evidence) -> list[tuple[str, float]]:
        """How far each thing lifts or lowers it against what is usual, the lowest first."""
        found = [
            (name, weight * (seen.get(name, 0.0) - self.usual.get(name, 0.0)))
            for name, weight in sorted(self.weights.items())
        ]
        return sorted(found, key=lambda pull: pull[1])


def load(path: Path = WEIGHTS) -> Mapping[str, Model]:
    """The models of a file of weights: of entries that were taken, and of near misses."""
    raw = json.loads(path.read_text(encoding="utf-8"))["models"]
    return {n: Model(m["bias"], m["weights"], m["usual"]) for n, m in raw.items()}


_MODELS = load()


def of(seen: Evidence, *, taken: bool, models: Mapping[str, Model] = _MODELS) -> float:
    """The share of entries like this that are right, between 0.02 and 0.98."""
    return round(models["taken" if taken else "missed"].chance(seen), 2)


def against(seen: Evidence, *, models: Mapping[str, Model] = _MODELS) -> list[Vote]:
    """What lowers the share of an entry that was taken, by how much (log odds), in words."""
    return [
        Vote(name, round(pull, 2), DOUBTS[name])
        for name, pull in models["taken"].pulls(seen)
        if pull < -_WORTH_SAYING and name in DOUBTS
    ]


def doubts(seen: Evidence, *, models: Mapping[str, Model] = _MODELS) -> str | None:
    """What makes the reader less sure of an entry that was taken, the weightiest first."""
    said = list(dict.fromkeys(vote.sentence for vote in against(seen, models=models)))
    return f"Less sure, because {_joined(said[:_MOST_DOUBTS])}." if said else None


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(parts)
