"""Files and folders of the user: found, opened and read within limits."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from writethru.errors import InputError, MalformedInput, UnreadableInput
from writethru.evidence.cdxj import INDEX, PARTS
from writethru.evidence.ledger import LEDGER
from writethru.evidence.marks import MARK_SUFFIX
from writethru.evidence.naming import NAME_FILE
from writethru.evidence.recover import TORN_SUFFIX
from writethru.evidence.stamps import STAMPS
from writethru.sources.found import Skipped
from writethru.sources.limits import FREE_BYTES, HEAD_BYTES, MAX_PAGE_BYTES, MAX_RATIO, megabytes
from writethru.sources.sniff import inflated_head

GZIP_MAGIC = b"\x1f\x8b"

_COMPANION = re.compile(r"(?P<page>.+)(?:_files|\.files|-Dateien|_fichiers|_archivos)$")
_CHUNK = 2**20


_BOOKS = frozenset({LEDGER, INDEX, PARTS, NAME_FILE, STAMPS})


def walk(top: Path) -> Iterator[Path | Skipped]:
    """The files under ``top`` (or ``top`` itself), in sorted order, each folder once.

    Hidden files and the folders browsers put beside a saved page (``page_files``) are
    passed over, and so is what stands beside the files of an evidence folder; links are followed,
    but never into a folder already read.
    """
    if not top.is_dir():
        yield top
        return
    yield from _walk_folder(top, set())


def _walk_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    pending = [folder]
    while pending:
        path = pending.pop()
        try:
            entries = _entries(path, seen)
        except InputError as error:
            yield Skipped(str(path), error)
            continue
        files = [entry for entry in entries if not entry.is_dir()]
        folders = [entry for entry in entries if entry.is_dir()]
        yield from files
        pending.extend(reversed(folders))


def _entries(folder: Path, seen: set[tuple[int, int]]) -> list[Path]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            raise UnreadableInput("this folder was read already: a link leads back to it", key=folder)
        seen.add((status.st_dev, status.st_ino))
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise unreadable(folder, error) from None
    names = {entry.name for entry in entries}
    return [entry for entry in entries if not _is_companion(entry, names) and not _is_bookkeeping(entry, names)]


def _is_bookkeeping(entry: Path, names: set[str]) -> bool:
    """What stands beside evidence files of our own and is no evidence itself."""
    known = entry.name in _BOOKS or entry.name.endswith((MARK_SUFFIX, TORN_SUFFIX))
    return known and any(name.endswith(".warc.gz") for name in names)


def _is_companion(entry: Path, names: set[str]) -> bool:
    match = _COMPANION.fullmatch(entry.name)
    return (
        match is not None and any(f"{match['page']}{end}" in names for end in ("", ".html", ".htm")) and entry.is_dir()
    )


def unreadable(path: Path, error: OSError) -> UnreadableInput:
    """What the operating system said, as our error."""
    if isinstance(error, FileNotFoundError):
        dangling = path.is_symlink()
        return UnreadableInput("a link that leads nowhere" if dangling else "there is no such file or folder", key=path)
    if isinstance(error, PermissionError):
        return UnreadableInput("not permitted to read it: change its permissions", key=path)
    return UnreadableInput(f"cannot be read: {error.strerror or error}", key=path)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open regular file: ``head`` are its first bytes, still to be read from ``stream`` too."""

    path: Path
    head: bytes
    stream: io.BufferedReader

    @property
    def inflated(self) -> bytes:
        """The first bytes inside, through gzip."""
        return inflated_head(self.head) if self.head.startswith(GZIP_MAGIC) else self.head

    def content(self) -> io.BufferedReader:
        """The bytes inside: through gzip where the file is gzip'd, guarded against bombs."""
        if not self.head.startswith(GZIP_MAGIC):
            return self.stream
        return io.BufferedReader(_GuardedGzip(self.stream, self.path), _CHUNK)


def opened(path: Path) -> Opened:
    """Open a regular file for reading; the caller closes ``.stream``.

    Raises:
        UnreadableInput: missing, not a file (a device, a pipe), or not permitted.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableInput("not a regular file", key=path)
        stream = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
    except OSError as error:
        stream.close()
        raise unreadable(path, error) from None
    return Opened(path, head, stream)


def read_page_bytes(file: Opened) -> bytes:
    """The whole content of a file that is one page.

    Raises:
        UnreadableInput: larger than ``MAX_PAGE_BYTES``; it is not read into memory then.
        MalformedInput: damaged gzip.
    """
    size = os.fstat(file.stream.fileno()).st_size
    if size > MAX_PAGE_BYTES:
        raise too_large("page", size, key=file.path)
    with damage_named(file.path):
        page = file.content().read(MAX_PAGE_BYTES + 1)
    if len(page) > MAX_PAGE_BYTES:
        raise too_large("page", len(page), key=file.path)
    return page


def too_large(what: str, size: int, *, key: object, limit: int = MAX_PAGE_BYTES) -> UnreadableInput:
    """The refusal of one page, line or record over its limit."""
    return UnreadableInput(
        f"one {what} of {megabytes(size)} or more is over the limit of {megabytes(limit)}: no article is that long; "
        "split it or leave it out",
        key=key,
    )


class damage_named:  # noqa: N801 (reads as a verb phrase: with damage_named(path))
    """Turn errors of a damaged or vanishing file into input errors that name it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, EOFError):
            raise MalformedInput("the gzip file ends early: it was cut off", key=self.path) from None
        if isinstance(error, zlib.error | gzip.BadGzipFile):
            raise MalformedInput(f"the gzip file is damaged ({error})", key=self.path) from None
        if isinstance(error, UnicodeDecodeError):
            raise MalformedInput(f"broken {error.encoding} text: {error.reason}", key=self.path) from None
        if isinstance(error, OSError):
            raise unreadable(self.path, error) from None


class _GuardedGzip(io.RawIOBase):
    """A gzip stream that refuses to grow a small file into a flood."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._raw = stream
        self._path = path
        self._gzip = gzip.GzipFile(fileobj=stream, mode="rb")
        self._produced = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        # read1 hands over what was unpacked before a damaged place; readinto would drop it
        piece = self._gzip.read1(len(buffer))
        buffer[: len(piece)] = piece
        self._produced += len(piece)
        if self._produced > FREE_BYTES and self._produced > MAX_RATIO * max(self._raw.tell(), 1):
            raise MalformedInput(
                f"the gzip file unpacks to more than {MAX_RATIO} times its size: no text does that", key=self._path
            )
        return len(piece)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, without its line end; ``oversize`` lines carry no bytes."""

    number: int
    content: bytes
    oversize: bool = False


def lines_of(stream: io.BufferedReader, limit: int) -> Iterator[Line]:
    """The lines of a stream that are not blank; one longer than ``limit`` bytes is passed over, never held."""
    number = 0
    while True:
        content = stream.readline(limit + 1)
        if not content:
            return
        number += 1
        if content.isspace():
            number += _skip_line_ends(stream)
            continue
        if len(content) > limit and not content.endswith(b"\n"):
            while content and not content.endswith(b"\n"):
                content = stream.readline(_CHUNK)
            yield Line(number, b"", oversize=True)
        else:
            yield Line(number, content.rstrip(b"\r\n"))


def _skip_line_ends(stream: io.BufferedReader) -> int:
    """Pass over empty lines in one step, so that a flood of them costs nothing; returns how many."""
    ahead = stream.peek()
    rest = ahead.lstrip(b"\n")
    stream.read(len(ahead) - len(rest))
    return len(ahead) - len(rest)


def as_utf8(file: Opened) -> io.BufferedReader:
    """The file's content with a byte order mark removed and UTF-16 turned into UTF-8."""
    stream = file.content()
    mark = file.inflated[:3]
    if mark == codecs.BOM_UTF8:
        stream.read(3)
    elif mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return io.BufferedReader(_Utf16AsUtf8(stream), _CHUNK)
    return stream


class _Utf16AsUtf8(io.RawIOBase):
    """A UTF-16 stream, read as UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")()
        self._pending = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        while not self._pending:
            piece = self._stream.read(_CHUNK)
            self._pending = self._decoder.decode(piece, final=not piece).encode("utf-8", "surrogatepass")
            if not piece:
                break
        count = min(len(buffer), len(self._pending))
        buffer[:count], self._pending = self._pending[:count], self._pending[count:]
        return count
