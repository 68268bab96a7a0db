"""The reference page of what the reader's confidence is made of, from the file of weights."""

import json
from collections.abc import Mapping

from answerable.engine.documents.confidence import DOUBTS, WEIGHTS
from tools.markdown import page, table

_INTRO = """\
How sure the reader is of an entry is a share that means what it says: of the entries shown as 90 %, about nine
in ten are right, which is: the words overlap with the true ones by .6 or more, on the same page or the next. It
decides nothing. What is taken is decided by the rules
([how a report is read](../explanation/how-reading-works.md)); the
share says where to look first.

The share is 1 / (1 + e^−v), where v is the bias and every number below times how much of it is seen (mostly 0
or 1), and never under 2 % or over 98 %. The weights were learned by `make train-reading` from {samples} real
sample documents and {invented} invented reports (`tests/typeset`, seeds {first} to {last}, without the held
ones), together {entries} entries. Nothing was learned from documents of any office. Digest of what was read:
`{digest}`. The same documents and rules give the same weights, byte for byte. How well they hold on documents
that were left out: `make bench-calibration`.

In what direction most of the numbers may speak was fixed before learning: a gap in the numbers cannot speak for
an entry. Those that spoke the other way have no weight. `taken` is for entries that the rules took, `missed`
for near misses."""


def reading_weights() -> str:
    """docs/reference/reading-weights.md."""
    whole = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    data, models = whole["data"], whole["models"]
    intro = _INTRO.format(
        samples=data["samples"],
        invented=data["invented"],
        entries=f"{data['entries']:,}",
        digest=data["digest"],
        first=data["seeds"][0],
        last=data["seeds"][1],
    )
    names = sorted({name for model in models.values() for name in model["weights"]})
    rows = [["bias", *(_figure(models[m]["bias"]) for m in ("taken", "missed")), ""]]
    rows += [[f"`{name}`", *_weights(models, name), DOUBTS.get(name, "")] for name in names]
    heads = ["What is seen", "Weight, taken", "Weight, missed", "Said where it lowers the share"]
    return page("What the reader’s confidence is made of", intro, table(heads, rows))


def _weights(models: Mapping[str, Mapping[str, Mapping[str, float]]], name: str) -> list[str]:
    return [_figure(models[m]["weights"].get(name, 0.0)) for m in ("taken", "missed")]


def _figure(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if value else "–"
