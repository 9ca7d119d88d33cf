"""The encoder (BERT, Devlin et al. 2019) as an ONNX graph whose products of matrices are in whole numbers of 8 bits.

Weights are quantised once, by output column; what is multiplied with them while it runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from writethru.nlp.onnx import Graph

if TYPE_CHECKING:
    import numpy as np

    Arrays = Mapping[str, np.ndarray[Any, Any]]

LAYERS = 6
FIXED = 4
"""The lower layers, which every use of the encoder shares; to those above a tagger may add its own."""
WIDTH = 384
HEADS = 12
_MOST = 63
"""Of a weight in whole numbers. Two products of 63 and 255 still fit 16 bits: processors without VNNI add them so, and
give what others give."""
_EPSILON = 1e-12


class EncoderGraph:
    """Writes the graph of so many layers: ``numbers`` of one passage in, ``vectors`` out."""

    def __init__(self, weights: Arrays) -> None:
        self._weights = weights
        self._graph = Graph(
            inputs={"numbers": ("int64", (1, "pieces"))},
            outputs={"vectors": ("float32", (1, "pieces", WIDTH))},
        )

    def model(self, layers: int) -> bytes:
        """The bytes of the model."""
        import numpy as np

        graph = self._graph
        graph.constant("zero", np.array(0, np.int8))
        graph.constant("one", np.array(1, np.float32))
        graph.constant("split", np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        graph.constant("whole", np.array([0, 0, WIDTH], np.int64))
        state = self._embedded()
        for layer in range(layers):
            state = self._layer(f"encoder.layer.{layer}.", state)
        graph.node("Identity", [state], ["vectors"])
        return graph.model()

    def _array(self, name: str) -> str:
        return self._graph.constant(name, self._weights[name])

    def _embedded(self) -> str:
        """The pieces' own vectors with those of their places."""
        import numpy as np

        graph, place = self._graph, "embeddings."
        words, scale = rows_of_whole_numbers(self._weights[place + "word_embeddings.weight"])
        graph.constant("words", words)
        graph.constant("words_scale", scale)
        drawn = graph.node("Gather", ["words", "numbers"], ["drawn"])
        scales = graph.node("Gather", ["words_scale", "numbers"], ["drawn_scale"])
        whole = graph.node("DequantizeLinear", [drawn, "one", "zero"], ["drawn_whole"])
        word = graph.node("Mul", [whole, scales], ["word"])
        places = self._weights[place + "position_embeddings.weight"]
        places = places + self._weights[place + "token_type_embeddings.weight"][0]
        graph.constant("places", places.astype(np.float32))
        shape = graph.node("Shape", ["numbers"], ["shape"], start=1, end=2)
        graph.constant("first", np.array([0], np.int64))
        graph.constant("rows", np.array([0], np.int64))
        here = graph.node("Slice", ["places", "first", shape, "rows"], ["here"])
        return self._normal(graph.node("Add", [word, here], ["embedded"]), place + "LayerNorm")

    def _layer(self, name: str, state: str) -> str:
        graph = self._graph
        heads = name + "attention.self."
        quantised = self._quantised(state, name + "in")
        asked, key, value = (self._linear(quantised, heads + one) for one in ("query", "key", "value"))
        parts = [graph.node("Reshape", [one, "split"], [one + ".split"]) for one in (asked, key, value)]
        turned = [
            graph.node("Transpose", [one], [one + ".turned"], perm=perm)
            for one, perm in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
        ]
        score = graph.node("MatMul", turned[:2], [name + "score"])
        share = graph.node("Softmax", [score], [name + "share"], axis=-1)
        mixed = graph.node("MatMul", [share, turned[2]], [name + "mixed"])
        back = graph.node("Transpose", [mixed], [name + "back"], perm=[0, 2, 1, 3])
        joined = graph.node("Reshape", [back, "whole"], [name + "joined"])
        state = self._after(state, joined, name + "attention.output.")
        inner = self._linear(self._quantised(state, name + "mid"), name + "intermediate.dense")
        return self._after(state, graph.node("Gelu", [inner], [inner + ".gelu"]), name + "output.")

    def _after(self, state: str, new: str, name: str) -> str:
        told = self._linear(self._quantised(new, name + "q"), name + "dense")
        return self._normal(self._graph.node("Add", [state, told], [name + "sum"]), name + "LayerNorm")

    def _normal(self, state: str, name: str) -> str:
        inputs = [state, self._array(name + ".weight"), self._array(name + ".bias")]
        return self._graph.node("LayerNormalization", inputs, [name + ".out"], axis=-1, epsilon=_EPSILON)

    def _quantised(self, state: str, name: str) -> tuple[str, str, str]:
        outputs = [name + ".whole", name + ".scale", name + ".zero"]
        self._graph.node("DynamicQuantizeLinear", [state], outputs)
        return outputs[0], outputs[1], outputs[2]

    def _linear(self, state: tuple[str, str, str], name: str) -> str:
        graph = self._graph
        weight, bias = self._weights[name + ".weight"], self._weights[name + ".bias"]
        if name.endswith(".query"):  # the scale of attention
            weight, bias = weight * (WIDTH // HEADS) ** -0.5, bias * (WIDTH // HEADS) ** -0.5
        whole, scale = _columns(weight)
        graph.constant(name + ".w", whole)
        graph.constant(name + ".s", scale)
        graph.constant(name + ".b", bias.astype("float32"))
        product = graph.node("MatMulInteger", [state[0], name + ".w", state[2], "zero"], [name + ".p"])
        number = graph.node("Cast", [product], [name + ".f"], to=1)
        both = graph.node("Mul", [state[1], name + ".s"], [name + ".both"])
        scaled = graph.node("Mul", [number, both], [name + ".scaled"])
        return graph.node("Add", [scaled, name + ".b"], [name + ".out"])


def _columns(weight: Any) -> tuple[Any, Any]:
    """A matrix (outputs by inputs) turned, in whole numbers, and the scale of each output."""
    whole, scale = rows_of_whole_numbers(weight)
    return whole.T.copy(), scale[:, 0].copy()


def rows_of_whole_numbers(weight: Any) -> tuple[Any, Any]:
    """A matrix in whole numbers of 7 bits, and the scale of each row."""
    import numpy as np

    scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-12) / _MOST
    whole = np.rint(weight / scale)
    return whole.astype(np.int8), scale.astype(np.float32)
