"""An ONNX model as bytes, without a library: the few messages of its protocol buffers that a graph of ours needs.

Numbers of fields are those of ``onnx.proto`` (ONNX 1.16); integers are varints, the rest has a length in front.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

IR_VERSION: Final = 9
OPSET: Final = 20
_TYPES: Final = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_FLOAT, _INT, _INTS = 1, 2, 7


@dataclass
class Graph:
    """A graph that grows node by node.

    Attributes:
        inputs: name to type and dimensions; a dimension by name is free.
        outputs: likewise.
    """

    inputs: dict[str, tuple[str, Sequence[int | str]]] = field(default_factory=dict)
    outputs: dict[str, tuple[str, Sequence[int | str]]] = field(default_factory=dict)
    nodes: list[bytes] = field(default_factory=list)
    constants: list[bytes] = field(default_factory=list)

    def constant(self, name: str, array: Array) -> str:
        """Numbers that are part of the model."""
        shape = b"".join(_number(1, size) for size in array.shape)
        head = shape + _number(2, _TYPES[str(array.dtype)]) + _bytes(8, name.encode())
        self.constants.append(head + _bytes(9, array.tobytes()))
        return name

    def node(
        self, operator: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: int | float | list[int]
    ) -> str:
        """One step; what it gives is known by its outputs' names, the first of which is returned."""
        parts = [_bytes(1, name.encode()) for name in inputs] + [_bytes(2, name.encode()) for name in outputs]
        parts += [_bytes(3, outputs[0].encode()), _bytes(4, operator.encode())]
        parts += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
        self.nodes.append(b"".join(parts))
        return outputs[0]

    def model(self) -> bytes:
        """The whole model."""
        graph = [_bytes(1, node) for node in self.nodes] + [_bytes(2, b"encoder")]
        graph += [_bytes(5, constant) for constant in self.constants]
        graph += [_bytes(11, _value(name, *one)) for name, one in self.inputs.items()]
        graph += [_bytes(12, _value(name, *one)) for name, one in self.outputs.items()]
        opset = _bytes(1, b"") + _number(2, OPSET)
        head = _number(1, IR_VERSION) + _bytes(2, b"writethru")
        return head + _bytes(7, b"".join(graph)) + _bytes(8, opset)


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _number(at: int, value: int) -> bytes:
    return _varint(at << 3) + _varint(value)


def _bytes(at: int, value: bytes) -> bytes:
    return _varint(at << 3 | 2) + _varint(len(value)) + value


def _attribute(name: str, value: float | list[int]) -> bytes:
    head = _bytes(1, name.encode())
    if isinstance(value, list):
        return head + b"".join(_number(8, one) for one in value) + _number(20, _INTS)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, _INT)
    return head + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, _FLOAT)


def _value(name: str, kind: str, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(
        _bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size.encode())) for size in shape
    )
    tensor = _number(1, _TYPES[kind]) + _bytes(2, sizes)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))
