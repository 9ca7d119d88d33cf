"""A tagger's weights as they are kept: its head in 16 bits, and layers of the encoder that are its own in 8."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from writethru.nlp.encoder import Encoding
from writethru.nlp.graph import FIXED, LAYERS, rows_of_whole_numbers
from writethru.nlp.tagging import Head

if TYPE_CHECKING:
    import numpy as np

    Arrays = Mapping[str, np.ndarray[Any, Any]]

HEAD: Final = "head:"
LAYER: Final = "layer:"
SCALE: Final = "scale:"


def packed(head: Arrays, layers: Arrays) -> dict[str, Any]:
    """Weights as they ship.

    Args:
        head: the head's, by their names in ``Head``.
        layers: those of the encoder that were trained, by their published names; matrices are kept in the whole
            numbers that they run in, so that nothing is lost on the way.
    """
    found = {HEAD + name: one.astype("float16") for name, one in head.items()}
    for name, one in layers.items():
        if one.ndim == 2:
            found[LAYER + name], found[SCALE + name] = rows_of_whole_numbers(one)
        else:
            found[LAYER + name] = one.astype("float16")
    return found


def head_of(arrays: Arrays) -> Head:
    """The head among a file's arrays."""
    return Head({name.removeprefix(HEAD): one for name, one in arrays.items() if name.startswith(HEAD)})


def encoding_of(arrays: Arrays, name: str) -> Encoding:
    """The encoder that it stands on: the lower layers that every use shares, and above them its own if it has any.

    Args:
        name: of these weights, part of the name of the kept graph.

    Raises:
        ConfigError: the extra is not installed.
    """
    own = {one.removeprefix(LAYER): _whole(arrays, one) for one in arrays if one.startswith(LAYER)}
    return Encoding.of_layers(LAYERS, own, name) if own else Encoding.of_layers(FIXED)


def _whole(arrays: Arrays, name: str) -> Any:
    scale = arrays.get(SCALE + name.removeprefix(LAYER))
    return arrays[name].astype("float32") * (1 if scale is None else scale)
