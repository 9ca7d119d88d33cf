"""How the records of a WARC file are packed: each a gzip member, or each a zstd frame.

A ``.warc.zst`` file may begin with a skippable frame that holds the dictionary of all others, itself packed or not
(https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from writethru.errors import EvidenceError

if TYPE_CHECKING:
    import zstandard

GZIP_MAGIC: Final = b"\x1f\x8b\x08"
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_SKIPPED: Final = b"\x2a\x4d\x18"
"""The last three bytes of the magic of a skippable frame; the first is 0x50 to 0x5F."""
_WITH_DICTIONARY: Final = b"\x5d" + _SKIPPED
_MAGIC: Final = len(ZSTD_MAGIC)
_SKIPPED_HEAD: Final = 8
MAX_DICTIONARY: Final = 16 << 20
"""Bytes of a dictionary; those in use have some hundred thousand."""
_MAX_WINDOW: Final = 128 << 20
"""Bytes that a frame may ask to be kept in memory, as many as the tools ask at most by default."""
_STEP: Final = 64 * 1024
_FED: Final = 1024
"""Bytes given to zstd at once: four of them can make 128 KB."""
_MAX_RATIO: Final = 1_000
"""A frame that unpacks to more than so many times its size, as no gzip member can, is a flood."""


class DamagedError(Exception):
    """What is packed cannot be unpacked; says why."""


class Unpacker(Protocol):
    """Unpacks one record.

    Attributes:
        eof: its end was met.
        unused_data: what was fed after it.
    """

    eof: bool
    unused_data: bytes

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        """What these bytes come to, piece by piece. Raises DamagedError."""


class Packing(Protocol):
    """A way of packing.

    Attributes:
        magic: what each record begins with.
        name: of what a record is packed into.
        block: bytes that are enough to unpack the first of a record.
    """

    magic: bytes
    name: str
    block: int

    def unpacker(self) -> Unpacker:
        """For one record."""


@dataclass(frozen=True)
class Gzip:
    """Each record a gzip member."""

    magic = GZIP_MAGIC
    name = "gzip member"
    block = 1024

    def unpacker(self) -> Unpacker:
        """See ``Packing``."""
        return _Member()


class _Member:
    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(31)
        self.eof = False
        self.unused_data = b""

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        part = b"?"
        try:
            while not self._zlib.eof and (part or data):
                part = self._zlib.decompress(data, _STEP)
                data = self._zlib.unconsumed_tail
                yield part
        except zlib.error as error:
            raise DamagedError(str(error)) from None
        self.eof, self.unused_data = self._zlib.eof, self._zlib.unused_data


@dataclass(frozen=True)
class Zstd:
    """Each record a zstd frame.

    Attributes:
        dictionary: of all of them, as it stands in the file; b"" where there is none.
    """

    dictionary: bytes = b""
    magic = ZSTD_MAGIC
    name = "zstd frame"
    block = 192 * 1024

    @cached_property
    def _shared(self) -> zstandard.ZstdCompressionDict | None:
        import zstandard

        packed = self.dictionary
        if packed.startswith(ZSTD_MAGIC):
            with zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(packed) as stream:
                packed = stream.read(MAX_DICTIONARY)
        return zstandard.ZstdCompressionDict(packed) if packed else None

    def unpacker(self) -> Unpacker:
        """See ``Packing``."""
        import zstandard

        return _Frame(zstandard.ZstdDecompressor(dict_data=self._shared, max_window_size=_MAX_WINDOW))


class _Frame:
    def __init__(self, unpacker: zstandard.ZstdDecompressor) -> None:
        self._zstd = unpacker.decompressobj()
        self._fed = self._made = 0
        self.eof = False
        self.unused_data = b""

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        import zstandard

        for start in range(0, len(data), _FED):
            try:
                part = self._zstd.decompress(data[start : start + _FED])
            except zstandard.ZstdError as error:
                raise DamagedError(str(error)) from None
            self._fed, self._made = self._fed + _FED, self._made + len(part)
            if self._made > _MAX_RATIO * max(self._fed, _STEP):
                raise DamagedError(f"it unpacks to more than {_MAX_RATIO} times its size")
            yield part
            if self._zstd.eof:
                self.eof, self.unused_data = True, self._zstd.unused_data + data[start + _FED :]
                return


def packing_at(stream: BinaryIO, at: int) -> Packing | None:
    """How the WARC that begins at ``at`` is packed; None: it is not.

    Raises:
        EvidenceError: its dictionary cannot be read.
        OSError: it cannot be read.
    """
    stream.seek(at)
    magic = stream.read(_SKIPPED_HEAD)
    if magic.startswith(GZIP_MAGIC[:2]):
        return Gzip()
    if not magic.startswith(ZSTD_MAGIC) and not is_skipped(magic):
        return None
    found = Zstd(stream.read(_length(magic)) if magic.startswith(_WITH_DICTIONARY) else b"")
    try:
        found.unpacker()
    except Exception as error:  # zstandard's, which is not loaded where nothing is packed so
        raise EvidenceError(f"the dictionary of this .warc.zst file cannot be read ({error})") from None
    return found


def is_skipped(head: bytes) -> bool:
    """Whether a frame that begins so holds no record."""
    return len(head) >= _MAGIC and head[0] >> 4 == 5 and head[1:_MAGIC] == _SKIPPED


def skipped_length(stream: BinaryIO, at: int) -> int:
    """Bytes of the skippable frame at ``at``, 0 where there is none."""
    stream.seek(at)
    head = stream.read(_SKIPPED_HEAD)
    return _SKIPPED_HEAD + _stated(head) if is_skipped(head) and len(head) == _SKIPPED_HEAD else 0


def _stated(head: bytes) -> int:
    return int.from_bytes(head[_MAGIC:_SKIPPED_HEAD], "little")


def _length(head: bytes) -> int:
    if _stated(head) > MAX_DICTIONARY:
        raise EvidenceError(f"the dictionary of this .warc.zst file has over {MAX_DICTIONARY} bytes")
    return _stated(head)


def head_of(head: bytes, limit: int) -> bytes:
    """The first bytes inside what begins so, b"" where they cannot be told: a dictionary may be longer than that."""
    import io

    stream = io.BytesIO(head)
    try:
        packing, at = packing_at(stream, 0), skipped_length(stream, 0)
        if packing is None or at >= len(head):
            return b""
        return b"".join(packing.unpacker().unpacked(head[at : at + limit]))[:limit]
    except (DamagedError, EvidenceError):
        return b""
