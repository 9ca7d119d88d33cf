"""The records of a WARC file that may hold pages, with their places, past damaged ones.

The scanning itself is the evidence package's: one scanner for our files and anybody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from writethru.errors import EvidenceError, MalformedInput, UnreadableInput
from writethru.evidence.records import content_length, parse_headers
from writethru.evidence.scan import Piece, piece_at, scan
from writethru.sources.files import Opened
from writethru.sources.found import Skipped
from writethru.sources.limits import FREE_BYTES, MAX_PAGE_BYTES, MAX_RATIO

_KINDS = frozenset({"response", "resource", "revisit"})
_OURS = "writethru-on-behalf"
_KEEP = MAX_PAGE_BYTES + 64 * 2**10  # a page and its headers


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        offset: of its first byte (of its gzip member) in the file.
        type: ``response``, ``resource`` or ``revisit``; ``metadata`` if it is all that came of a look of ours.
        headers: names in lower case; of repeated ones the first.
        length: of the block, as stated.
        block: its bytes; only the first ones if ``cut``.
        cut: the block is over ``MAX_PAGE_BYTES``.
        stored: bytes that it takes in the file.
    """

    offset: int
    type: str
    headers: dict[str, str]
    length: int
    block: bytes
    cut: bool = False
    stored: int = 0

    @property
    def id(self) -> str:
        """WARC-Record-ID."""
        return self.get("record-id")

    def get(self, name: str) -> str:
        """The value of ``WARC-<name>``, "" where absent."""
        return self.headers.get(f"warc-{name}", "")


def records_of(file: Opened, span: tuple[int, int] | None = None) -> Iterator[Record | Skipped]:
    """Responses, resources and revisits in file order; after damage, from the next whole record on.

    Args:
        span: first byte and end of the WARC, where it is a part of the file.

    Raises:
        MalformedInput: the file unpacks to a flood.
        UnreadableInput: it can no longer be read.
    """
    unpacked, start = 0, span[0] if span else 0
    is_packed = span is not None or not file.head.startswith(b"WARC/")
    try:
        for piece in scan(file.path, _KEEP, span):
            found = _record(piece, file.path)
            if found is not None:
                yield found
            unpacked += piece.size
            if is_packed and unpacked > FREE_BYTES and unpacked > MAX_RATIO * (piece.end - start):
                raise MalformedInput(f"the file unpacks to more than {MAX_RATIO} times its size", key=file.path)
    except EvidenceError as error:
        raise UnreadableInput(error.message, key=file.path) from None


def record_at(path: Path, offset: int) -> Record:
    """The record at an offset.

    Raises:
        MalformedInput: there is none that may hold a page, or it is damaged.
        UnreadableInput: the file cannot be read.
    """
    try:
        found = _record(piece_at(path, offset, _KEEP), path)
    except EvidenceError as error:
        raise UnreadableInput(error.message, key=path) from None
    if isinstance(found, Skipped):
        raise found.error
    if found is None:
        raise MalformedInput("no response stands there", key=f"{path}@{offset}")
    return found


def _record(piece: Piece, path: Path) -> Record | Skipped | None:
    """What a piece of the file holds; None where that is no concern of ours (requests, padding)."""
    parsed = parse_headers(piece.raw)
    length = content_length(parsed[0]) if parsed else None
    if parsed is None or length is None:
        return _damaged(piece, path) if piece.fault else None
    headers: dict[str, str] = {}
    for name, value in parsed[0]:
        headers.setdefault(name.lower(), value)
    kind = headers.get("warc-type", "").lower()
    block = piece.raw[parsed[1] : parsed[1] + length]
    is_whole = len(block) == length or len(piece.raw) == _KEEP
    if piece.fault and (not is_whole or "more than one record" in piece.fault):
        return _damaged(piece, path)
    if kind not in _KINDS and not (kind == "metadata" and _OURS in headers):
        return None
    return Record(piece.offset, kind, headers, length, block, length > MAX_PAGE_BYTES, piece.length)


def _damaged(piece: Piece, path: Path) -> Skipped:
    origin = f"{path}@{piece.offset}"
    return Skipped(origin, MalformedInput(f"a damaged WARC record: {piece.fault}", key=origin))
