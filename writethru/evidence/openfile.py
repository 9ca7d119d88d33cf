"""One evidence file while it is being written: locked, appended to, synced, renamed."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from writethru.evidence.merkle import Tree, leaf_hash

OPEN_SUFFIX = ".open"


class OpenFile:
    """``final`` with ``.open`` behind it, locked for as long as its writer lives.

    Attributes:
        final: the name it will have.
        size: where the last whole append ends.
        tree: over the records as they stand in the file, for the ledger.
        broken: a failed append could not be taken back.
    """

    def __init__(self, final: Path, fd: int) -> None:
        self.final = final
        self.path = open_path(final)
        self.size = 0
        self.tree = Tree()
        self.broken = False
        self._fd = fd
        self._synced = 0
        self._sync_lock = threading.Lock()

    @classmethod
    def create(cls, final: Path, first: bytes) -> OpenFile | None:
        """A new, locked file that begins with ``first``; None: the name is taken.

        Raises:
            OSError: it cannot be made; no file is left behind.
        """
        path = open_path(final)
        try:
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
        except FileExistsError:
            return None
        if not (take_lock(fd) and is_still(path, fd)):
            os.close(fd)  # a recovering process was quicker and took the empty file away
            return None
        file = cls(final, fd)
        if final.exists():  # asked now that nobody else can come to this name any more
            file._drop()
            return None
        try:
            file.append([first])
        except OSError:
            file._drop()
            raise
        return file

    def _drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.abandon()

    def append(self, members: Sequence[bytes]) -> int:
        """Write these records, all or none; returns where they end.

        Raises:
            OSError: (disk full …) and the file is again what it was before, unless ``broken``.
        """
        view = memoryview(b"".join(members))
        length = len(view)
        try:
            while view:
                view = view[os.write(self._fd, view) :]
        except OSError:
            self._take_back()
            raise
        for member in members:
            self.tree.add(leaf_hash(member))
        self.size += length
        return self.size

    def _take_back(self) -> None:
        try:
            os.ftruncate(self._fd, self.size)
        except OSError:
            self.broken = True

    def sync(self) -> None:
        """Everything appended so far is on disk; waits for another thread's sync rather than repeat it.

        Raises:
            OSError: it is not.
        """
        wanted = self.size
        with self._sync_lock:
            if self._synced >= wanted:
                return  # by another thread, or by ``finish``
            if self._fd < 0:
                raise OSError(errno.EIO, "the file was given up before this was synced")
            reached = self.size
            if self._synced == 0:
                sync_folder(self.path.parent)  # so that the new name survives too
            os.fsync(self._fd)
            self._synced = reached

    def finish(self) -> None:
        """Sync, take the final name, let go of the lock.

        Raises:
            OSError: the file keeps its ``.open`` name.
        """
        with self._sync_lock:
            try:
                os.fsync(self._fd)
                self._synced = self.size
                self.path.rename(self.final)
                sync_folder(self.path.parent)
            finally:
                os.close(self._fd)
                self._fd = -1

    def abandon(self) -> None:
        """Let go of the file as it is; ``recover`` will settle it."""
        with self._sync_lock:
            if self._fd >= 0:
                os.close(self._fd)
                self._fd = -1


def open_path(final: Path) -> Path:
    """The name of a file while it is written."""
    return final.with_name(final.name + OPEN_SUFFIX)


def take_lock(fd: int) -> bool:
    """Lock an open file against other processes; False: one has it."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_still(path: Path, fd: int) -> bool:
    """Is the open file the one that has this name now?"""
    try:
        return os.path.samestat(path.stat(), os.fstat(fd))
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """New and changed names in a folder are on disk.

    Raises:
        OSError: they are not.
    """
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
