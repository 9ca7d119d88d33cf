"""Just enough DER (X.690) to ask for a time stamp and to read one: definite lengths, low tag numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from writethru.errors import EvidenceError

BOOLEAN, INTEGER, OCTETS, OID, UTC_TIME, TIME, SEQUENCE = 0x01, 0x02, 0x04, 0x06, 0x17, 0x18, 0x30
CONTEXT_0 = 0xA0


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its tag and its content."""

    tag: int
    content: bytes

    def parts(self) -> list[Value]:
        """The values inside.

        Raises:
            EvidenceError: they are not whole.
        """
        return list(_values(self.content))


def read(raw: bytes) -> Value:
    """The one value that ``raw`` is.

    Raises:
        EvidenceError: it is none, or more than one.
    """
    values = list(_values(raw))
    if len(values) != 1:
        raise EvidenceError("not one DER value")
    return values[0]


def _values(raw: bytes) -> Iterator[Value]:
    at = 0
    while at < len(raw):
        if len(raw) - at < 2 or raw[at] & 0x1F == 0x1F:
            raise EvidenceError("not DER")
        tag, length, start = raw[at], raw[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            if not 1 <= size <= 4 or start + size > len(raw):
                raise EvidenceError("not DER: a length that cannot be")
            length, start = int.from_bytes(raw[start : start + size]), start + size
        if start + length > len(raw):
            raise EvidenceError("not DER: a value is cut short")
        yield Value(tag, raw[start : start + length])
        at = start + length


def write(tag: int, *contents: bytes) -> bytes:
    """One value."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def write_integer(number: int) -> bytes:
    """A number that is not negative."""
    return write(INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


def integer(value: Value) -> int:
    """The number that a value holds."""
    return int.from_bytes(value.content, signed=True)


def dotted(content: bytes) -> str:
    """An object identifier as text, ``1.2.840.113549.1.7.2``."""
    arcs, arc = [], 0
    for byte in content:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    if not arcs:
        return ""
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
