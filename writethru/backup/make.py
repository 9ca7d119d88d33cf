"""``writethru backup``: the database at one moment, then all evidence that it can refer to.

Evidence is on disk before the database records it, so evidence that is copied after the database holds
all that the copy refers to. Looks that came meanwhile are marked, and taken in when the copy is opened.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from writethru.backup.manifest import MANIFEST, Copied, Manifest, digest_of, read_manifest, replace_file
from writethru.errors import StorageError, UnreadableInput
from writethru.evidence.destroyed import JOURNAL
from writethru.evidence.marks import MARK_SUFFIX
from writethru.evidence.openfile import OPEN_SUFFIX, sync_folder
from writethru.storage import dump

EVIDENCE: Final = "evidence"
LEFT_OUT: Final = ("index", "index.cdxj")
"""Of the evidence folder: made again by ``writethru index``."""

FIRST: Final = ("archive.json", "ledger.jsonl")
"""Copied before the files: the ledger may lack a file that is there, never have one that is not."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup came to.

    Attributes:
        files: evidence files in it.
        copied: of these, how many had to be copied now.
        size: of all of it, in bytes.
    """

    files: int
    copied: int
    size: int
    made_at: str

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"files": self.files, "copied": self.copied, "size": self.size, "made_at": self.made_at}


def back_up(url: str, evidence: Path, folder: Path) -> BackupReport:
    """Bring the backup in ``folder`` up to date; one that fails leaves the last whole one as it was.

    Raises:
        StorageError: the database does not answer, the disk is full, or another backup is under way.
        UnreadableInput: a file of the evidence cannot be read, or the folder holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            return _Backup(evidence, folder).make(url)
    except OSError as error:
        raise StorageError("the backup could not be written; the last whole one is as it was", key=folder) from error


class _Backup:
    def __init__(self, evidence: Path, folder: Path) -> None:
        self._evidence = evidence
        self._folder = folder
        self._known = read_manifest(folder)
        self._copied = 0
        if self._known is None and _holds_something_else(folder):
            raise UnreadableInput("there are files here that are no backup; name an empty or a new folder", key=folder)

    def make(self, url: str) -> BackupReport:
        moment = datetime.now(UTC)
        stamp = f"{moment:%Y%m%dT%H%M%S%fZ}"
        unsettled = {path.name for path in _files(self._evidence) if path.name.endswith((OPEN_SUFFIX, MARK_SUFFIX))}
        database = self._database(url, f"database-{stamp}")
        files = self._copy_all(stamp)
        files |= self._marks(unsettled, files, moment)
        made_at = moment.isoformat().replace("+00:00", "Z")
        manifest = Manifest(made_at, dump.kind_of(url), database, files)
        sync_folder(self._folder)
        replace_file(self._folder / MANIFEST, manifest.to_json())
        sync_folder(self._folder)
        self._drop_others(manifest)
        size = database.size + sum(one.size for one in files.values())
        return BackupReport(len(files), self._copied, size, made_at)

    def _database(self, url: str, name: str) -> Copied:
        path = self._folder / name
        dump.dump(url, path)
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
        return Copied(name, path.stat().st_size, digest_of(path), 0)

    def _copy_all(self, stamp: str) -> dict[str, Copied]:
        """The ledger first, the journal of destroyed records last: it is written before anything is destroyed."""
        copies: dict[str, Copied] = {}
        names = [path.relative_to(self._evidence).as_posix() for path in _files(self._evidence)]
        rest = [name for name in names if name not in FIRST and name != JOURNAL and not name.endswith(MARK_SUFFIX)]
        for name in (*FIRST, *rest, JOURNAL):
            for candidate in (name, name.removesuffix(OPEN_SUFFIX)):  # it may be finished meanwhile
                with suppress(FileNotFoundError):
                    copies[candidate] = self._copy(candidate, stamp)
                    break
        return copies

    def _copy(self, name: str, stamp: str) -> Copied:
        """A finished file once; one that grows anew each time, under another name: the last backup keeps its own."""
        path = self._evidence / name
        status = path.stat()
        before = self._known.evidence.get(name) if self._known else None
        if before is not None and (before.size, before.mtime) == (status.st_size, status.st_mtime_ns):
            return before
        grows = not name.endswith(".warc.gz")
        place = f"{EVIDENCE}/{stamp}/{name}" if grows else f"{EVIDENCE}/{name}"
        target = self._folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{target.name}.new")
        with path.open("rb") as one, fresh.open("wb") as other:
            shutil.copyfileobj(one, other, 1 << 20)
            other.flush()
            os.fsync(other.fileno())
        fresh.replace(target)
        self._copied += 1
        return Copied(place, target.stat().st_size, digest_of(target), status.st_mtime_ns)

    def _marks(self, unsettled: set[str], files: dict[str, Copied], moment: datetime) -> dict[str, Copied]:
        """A mark for each file that may hold looks which this copy of the database does not know."""
        empty = self._folder / EVIDENCE / "empty"
        empty.parent.mkdir(parents=True, exist_ok=True)
        replace_file(empty, b"")
        mark = Copied(f"{EVIDENCE}/empty", 0, digest_of(empty), 0)
        since = int(moment.timestamp() * 1e9) - 1_000_000_000
        marked = {}
        for name, copied in files.items():
            final = name.removesuffix(OPEN_SUFFIX)
            young = copied.mtime >= since or {f"{final}{OPEN_SUFFIX}", f"{final}{MARK_SUFFIX}"} & unsettled
            if final.endswith(".warc.gz") and young:
                marked[f"{final}{MARK_SUFFIX}"] = mark
        return marked

    def _drop_others(self, manifest: Manifest) -> None:
        """What only older backups and interrupted ones had."""
        kept = {manifest.database.place, MANIFEST, LOCK, *(one.place for one in manifest.evidence.values())}
        for path in _files(self._folder):
            if path.relative_to(self._folder).as_posix() not in kept:
                path.unlink()
        for path in sorted((self._folder / EVIDENCE).glob("*/**/"), reverse=True):
            with suppress(OSError):
                path.rmdir()


LOCK: Final = "lock"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    fd = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StorageError("another backup into this folder is under way", key=folder) from error
    finally:
        os.close(fd)


def _holds_something_else(folder: Path) -> bool:
    """An interrupted first backup leaves nothing else than these."""
    ours = (LOCK, EVIDENCE, f"{MANIFEST}.new")
    return any(path.name not in ours and not path.name.startswith("database-") for path in folder.iterdir())


def _files(folder: Path) -> list[Path]:
    """All files by name, but for what is made again."""
    found = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
    return sorted(path for path in found if path.relative_to(folder).parts[0] not in LEFT_OUT)
