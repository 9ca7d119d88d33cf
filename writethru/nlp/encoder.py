"""The encoder at work: pieces in, a vector for each out; and a vector for a whole text.

The graph is written from the weights on first use, in 8 bits, and kept in the cache folder under the digest of what it
was made from; onnxruntime runs it on one core.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from writethru.errors import ConfigError
from writethru.nlp.graph import LAYERS, WIDTH, EncoderGraph
from writethru.nlp.weights import INSTALL, model_folder, read_vocabulary, read_weights
from writethru.nlp.wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

GRAPH: Final = 1
"""What the graph is made by; raised whenever the same weights make another one."""
FIRST, LAST = 101, 102
MOST_PIECES: Final = 254
"""Pieces of a text, or of a passage, that are read."""


class Encoding:
    """An encoder that is ready to run.

    Args:
        model: bytes of an ONNX graph from ``EncoderGraph``.
    """

    def __init__(self, model: bytes) -> None:
        runtime = _runtime()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @classmethod
    def of_layers(
        cls, layers: int = LAYERS, changed: Mapping[str, Array] | None = None, name: str = "plain"
    ) -> Encoding:
        """One of so many of the layers.

        Args:
            changed: weights in the place of the package's, by their names there.
            name: of what they are, part of the name of the kept file.

        Raises:
            ConfigError: the extra is not installed.
        """
        folder = model_folder()
        stamp = _digest(folder / "model.safetensors", name, layers)
        kept = cache_folder() / f"encoder-{stamp}.onnx"
        if not kept.is_file():
            _keep(kept, EncoderGraph({**read_weights(folder), **(changed or {})}).model(layers))
        return cls(kept.read_bytes())

    def vectors(self, numbers: Sequence[int]) -> Array:
        """A matrix: the pieces of a passage, with one more before and one behind, by ``WIDTH``.

        A passage is run by itself: the scale of 8 bits is that of all that is run at once, so that in company it would
        have other numbers. Of one longer than ``MOST_PIECES`` the rest is not read.
        """
        import numpy as np

        row = np.array([[FIRST, *numbers[:MOST_PIECES], LAST]], np.int64)
        (found,) = self._session.run(["vectors"], {"numbers": row})
        matrix: Array = found[0]
        return matrix


class SentenceEncoder:
    """Texts to vectors of length one, by their meaning: the mean of the vectors of their pieces."""

    def __init__(self) -> None:
        self._cutter = WordPiece(read_vocabulary())
        self._encoding = Encoding.of_layers()

    def vectors(self, texts: Sequence[str], most: int = MOST_PIECES) -> Array:
        """A row for each text, of its first ``most`` pieces; raises nothing for any text."""
        import numpy as np

        pieces = [self._cutter.pieces(text[: 20 * most]).numbers[:most] for text in texts]
        means = [self._encoding.vectors(numbers).mean(axis=0) for numbers in pieces]
        rows = np.array(means, np.float32).reshape(len(texts), WIDTH)
        told: Array = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return told


def cache_folder() -> Path:
    """Where graphs are kept: ``$XDG_CACHE_HOME/writethru``, or ``~/.cache/writethru``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "writethru"


def _keep(path: Path, model: bytes) -> None:
    """Written beside and renamed, so that no half file is ever read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(model)
    part.replace(path)


@cache
def _digest(weights: Path, name: str, layers: int) -> str:
    with weights.open("rb") as file:
        told = hashlib.file_digest(file, "sha256").hexdigest()
    return hashlib.sha256(f"{GRAPH}\0{told}\0{name}\0{layers}".encode()).hexdigest()[:24]


def _runtime() -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise ConfigError(f"the encoder needs onnxruntime and numpy: {INSTALL}", key="nlp") from None
    return onnxruntime
