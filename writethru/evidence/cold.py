"""Cold storage: finished evidence files kept on a slower disk or in an object store, and read from there.

A file is sent whole, read back and compared before ``cold.jsonl`` in the evidence folder says that it is
there; only then may its local copy be freed. Files keep their names, so a reference is good wherever its file
is, and several hosts with a folder each may share one cold storage: what one has sent all can read.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, Protocol, cast

from writethru.errors import ConfigError, EvidenceError
from writethru.evidence.marks import mark_of
from writethru.evidence.openfile import sync_folder

JOURNAL: Final = "cold.jsonl"
_LOCK: Final = "cold.lock"
_STEP: Final = 1 << 20
_PART: Final = ".part"


class ColdStore(Protocol):
    """Where files are kept under their names.

    All methods raise OSError where the place cannot be reached or says no.
    """

    def put(self, path: Path) -> None:
        """Keep a file under its name; one that is there already is replaced, whole or not at all."""

    def open(self, name: str) -> BinaryIO:
        """A kept file, from its beginning; it can be sought in."""

    def size(self, name: str) -> int | None:
        """In bytes; None: there is no such file."""


class FolderStore:
    """A folder: another disk, a mounted share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, path: Path) -> None:
        """See ``ColdStore``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{path.name}.{os.getpid()}{_PART}"
        try:
            with path.open("rb") as source, part.open("wb") as target:
                while data := source.read(_STEP):
                    target.write(data)
                target.flush()
                os.fsync(target.fileno())
            part.replace(self.folder / path.name)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(self.folder)

    def open(self, name: str) -> BinaryIO:
        """See ``ColdStore``."""
        return (self.folder / name).open("rb")

    def size(self, name: str) -> int | None:
        """See ``ColdStore``."""
        try:
            return (self.folder / name).stat().st_size
        except FileNotFoundError:
            return None


class RemoteStore:
    """Anything that fsspec knows: ``s3://bucket/prefix``, ``gs://``, ``sftp://``; credentials as that wants them."""

    def __init__(self, url: str) -> None:
        try:
            import fsspec
        except ImportError:
            message = "needs fsspec and its driver: pip install 'writethru[cold]'"
            raise ConfigError(message, key="archive.cold_url") from None
        try:
            self._fs, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise ConfigError(f"no such place: {error}", key="archive.cold_url") from error

    def put(self, path: Path) -> None:
        """See ``ColdStore``. Object stores show an object when it is whole."""
        self._fs.put_file(str(path), self._at(path.name))

    def open(self, name: str) -> BinaryIO:
        """See ``ColdStore``."""
        return cast("BinaryIO", self._fs.open(self._at(name), "rb"))

    def size(self, name: str) -> int | None:
        """See ``ColdStore``."""
        self._fs.invalidate_cache()
        try:
            return int(self._fs.info(self._at(name))["size"])
        except FileNotFoundError:
            return None

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


def store_at(url: str) -> ColdStore | None:
    """The cold storage that a setting names; None for "".

    Raises:
        ConfigError: it is no place known here, or needs a package that is not installed.
    """
    if not url:
        return None
    if "://" not in url or url.startswith("file://"):
        folder = Path(url.removeprefix("file://"))
        if not folder.is_absolute():
            raise ConfigError(f"needs a whole path or a URL, not {url!r}", key="archive.cold_url")
        return FolderStore(folder)
    return RemoteStore(url)


@dataclass(frozen=True, slots=True)
class Sent:
    """One file in cold storage.

    Attributes:
        sha256: of the file, hex digits.
        at: when it had been read back, ISO 8601, UTC.
    """

    file: str
    size: int
    sha256: str
    at: str


@dataclass(frozen=True, slots=True)
class Sending:
    """What ``send`` did; names of files.

    Attributes:
        sent: sent and read back now.
        freed: whose local copy was removed now.
        left: finished files that may hold looks which the record does not know, left alone.
        size: bytes sent.
    """

    sent: tuple[str, ...]
    freed: tuple[str, ...]
    left: tuple[str, ...]
    size: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


def read_journal(folder: Path) -> dict[str, Sent]:
    """What is in cold storage, by name; a line cut short by a crash is left out.

    Raises:
        EvidenceError: it cannot be read, or a line is none.
    """
    path = folder / JOURNAL
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        lines = text.split("\n")[:-1]
        return {entry.file: entry for entry in (Sent(**json.loads(line)) for line in lines)}
    except (OSError, ValueError, TypeError) as error:
        raise EvidenceError(f"the journal of cold storage cannot be read: {error}", key=path) from error


class ColdFiles:
    """What stands in cold storage only, for ``verify``."""

    def __init__(self, folder: Path, store: ColdStore | None) -> None:
        self._sent = read_journal(folder)
        self._store = store

    def fault_of(self, name: str, size: int) -> str | None:
        """Of a file that the ledger has and the folder has not: what is wrong; "" if it stands in cold storage.

        None: it was never sent there.
        """
        if name not in self._sent:
            return None
        if self._store is None:
            return "stands in cold storage, and archive.cold_url names none"
        try:
            found = self._store.size(name)
        except OSError as error:
            return f"stands in cold storage, which cannot be reached: {error}"
        if found is None:
            return "was sent to cold storage and is not there"
        return "" if found == size == self._sent[name].size else f"has {found} bytes in cold storage, not {size}"


def send(folder: Path, store: ColdStore, names: Collection[str], now: datetime, *, free: bool) -> Sending:
    """Send those finished files that were not sent before, read each back, note it; then free, if asked to.

    Args:
        names: finished files of the folder.
        free: remove the local copies of those that are safely there.

    Raises:
        EvidenceError: the storage cannot be reached, or gave back other bytes; what was noted before stays good.
    """
    done: list[str] = []
    freed: list[str] = []
    size = 0
    left = sorted(name for name in names if mark_of(folder / name).exists())
    with _alone(folder):
        known = read_journal(folder)
        for name in sorted(set(names) - set(left)):
            path = folder / name
            if name not in known:
                known[name] = _send_new(path, store, now)
                _note(folder, known[name])
                done.append(name)
                size += known[name].size
            if free and _is_there(path, store, known[name]):
                path.unlink()
                freed.append(name)
        if freed:
            sync_folder(folder)
    return Sending(tuple(done), tuple(freed), tuple(left), size)


def send_again(folder: Path, store: ColdStore, names: Collection[str], now: datetime) -> None:
    """Replace what was sent by what stands here now: records in it were destroyed on purpose.

    Raises:
        EvidenceError: the storage cannot be reached, or gave back other bytes.
    """
    with _alone(folder):
        for name in sorted(names):
            _note(folder, _send_one(folder / name, store, now))


def recall(folder: Path, store: ColdStore, names: Collection[str]) -> list[str]:
    """Bring files back whole; those that are here already are left alone.

    Raises:
        EvidenceError: one is not in cold storage, or not what was sent.
    """
    back = []
    with _alone(folder):
        known = read_journal(folder)
        for name in sorted(names):
            if (folder / name).exists():
                continue
            if name not in known:
                raise EvidenceError("this folder has sent no such file to cold storage", key=name)
            _recall_one(folder / name, store, known[name])
            back.append(name)
    return back


def _send_new(path: Path, store: ColdStore, now: datetime) -> Sent:
    """Never over a file of the same name that is another's: two hosts that bear one name may choose one for a file.

    What is there from a sending that was cut short is equal to what is here, and only noted.
    """
    try:
        if store.size(path.name) is None:
            return _send_one(path, store, now)
        with path.open("rb") as stream, store.open(path.name) as there:
            here, back = _digest(stream), _digest(there)
    except OSError as error:
        raise EvidenceError(f"cannot be sent to cold storage: {error}", key=path.name) from error
    if here != back:
        message = "another file of this name is in cold storage and was not overwritten: let hosts bear different names"
        raise EvidenceError(message, key=path.name)
    return Sent(path.name, *here, _stamp(now))


def _send_one(path: Path, store: ColdStore, now: datetime) -> Sent:
    try:
        with path.open("rb") as stream:
            size, digest = _digest(stream)
        store.put(path)
        with store.open(path.name) as stream:
            back = _digest(stream)
    except OSError as error:
        raise EvidenceError(f"cannot be sent to cold storage: {error}", key=path.name) from error
    if back != (size, digest):
        raise EvidenceError("cold storage gave other bytes back than it was sent; the copy here is kept", key=path.name)
    return Sent(path.name, size, digest, _stamp(now))


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _recall_one(path: Path, store: ColdStore, sent: Sent) -> None:
    part = path.with_name(f"{path.name}{_PART}")
    try:
        with store.open(sent.file) as source, part.open("wb") as target:
            size, digest = _digest(source, target)
            target.flush()
            os.fsync(target.fileno())
        if (size, digest) != (sent.size, sent.sha256):
            raise EvidenceError("what stands in cold storage is not what was sent there", key=sent.file)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise EvidenceError(f"cannot be brought back from cold storage: {error}", key=sent.file) from error
    finally:
        part.unlink(missing_ok=True)


def _is_there(path: Path, store: ColdStore, sent: Sent) -> bool:
    """Safely: what is freed has the size that was sent, here and there."""
    try:
        return path.stat().st_size == sent.size == store.size(sent.file)
    except OSError as error:
        raise EvidenceError(f"cold storage cannot be reached: {error}", key=sent.file) from error


def _digest(stream: IO[bytes], copy: IO[bytes] | None = None) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while data := stream.read(_STEP):
        size += len(data)
        digest.update(data)
        if copy is not None:
            copy.write(data)
    return size, digest.hexdigest()


def _note(folder: Path, sent: Sent) -> None:
    try:
        with (folder / JOURNAL).open("ab") as stream:
            stream.write(json.dumps(asdict(sent), sort_keys=True).encode("ascii") + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(folder)
    except OSError as error:
        raise EvidenceError(f"the journal of cold storage cannot be written: {error}", key=folder / JOURNAL) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time sends, frees or recalls. Raises EvidenceError: another does."""
    with (folder / _LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise EvidenceError("another process is sending or recalling files", key=folder / _LOCK) from None
        yield
