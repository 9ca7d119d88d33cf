"""Pages are read in processes beside ours: both cores work, and a page that hangs or kills its reader ends alone.

One reader has one page at a time. If it does not answer in time, or dies, it is replaced by a
new one and its page is reported as not readable; no other page notices. What a reader gives
is what ``read_known`` gives here.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from writethru.errors import ReadingFailed, WritethruError
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known

SECONDS: Final = 20.0
"""A page of 20 MB takes 5 s on a slow machine; what takes longer is made to."""

START_SECONDS: Final = 60.0
MEMORY_BYTES: Final = 4 << 30
"""Address space of a reader; far above what any page within the fetcher's limits needs."""

MOST: Final = 4


@dataclass(frozen=True, slots=True)
class PageToRead:
    """What ``read_known`` takes."""

    body: bytes
    url: str | None
    knowledge: Knowledge
    content_type: str = ""


Read = Callable[[PageToRead], Known]


def read_here(page: PageToRead) -> Known:
    """Read a page in this process.

    Raises:
        InputError: it is none.
    """
    return read_known(page.body, page.url, page.knowledge, content_type=page.content_type)


class Readers:
    """So many processes that read pages; they are started when they are first needed.

    Args:
        processes: how many; 0 = one for each core, at most ``MOST``.
        seconds: how long one page may take.
        read: what they do with a page; a function that a new process can import.
    """

    def __init__(self, processes: int = 0, seconds: float = SECONDS, read: Read = read_here) -> None:
        count = processes or min(os.cpu_count() or 1, MOST)
        self._readers = [_Reader(seconds, read) for _ in range(count)]
        self._idle: queue.LifoQueue[_Reader] = queue.LifoQueue()
        for reader in reversed(self._readers):
            self._idle.put(reader)

    def read(self, page: PageToRead) -> Known:
        """Read a page, waiting for a reader that is free. Threads may share this.

        Raises:
            InputError: it is none.
            ReadingFailed: it took too long, or its reader died.
        """
        reader = self._idle.get()
        try:
            return reader.read(page)
        finally:
            self._idle.put(reader)

    def close(self) -> None:
        """End the processes; a page that is being read is given up."""
        for reader in self._readers:
            reader.end()


class _Reader:
    """One process, or none until it is needed and after it failed."""

    def __init__(self, seconds: float, read: Read) -> None:
        self._seconds = seconds
        self._read = read
        self._process: Any = None
        self._line: Connection | None = None

    def read(self, page: PageToRead) -> Known:
        line = self._line or self._start()
        try:
            line.send(page)
            if not line.poll(self._seconds):
                self.end()
                raise ReadingFailed(f"reading the page took longer than {self._seconds:g} s", key=page.url or "")
            answer = line.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise ReadingFailed("the reader of the page died", key=page.url or "") from error
        if isinstance(answer, WritethruError):
            raise answer
        if not isinstance(answer, Known):
            raise ReadingFailed(str(answer), key=page.url or "")
        return answer

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._read), name="reader", daemon=True)
        process.start()
        self._process = process
        theirs.close()
        self._line = ours
        if not ours.poll(START_SECONDS) or ours.recv() != "ready":
            self.end()
            raise ReadingFailed("no reader could be started")
        return ours

    def end(self) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if line is not None:
            line.close()
        if process is not None:
            process.kill()
            process.join()


def _serve(line: Connection, read: Read) -> None:
    """The life of a reader."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who watches
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    line.send("ready")
    with suppress(EOFError, OSError):
        while True:
            line.send(_answer(line.recv(), read))


def _answer(page: PageToRead, read: Read) -> Known | WritethruError | str:
    try:
        return read(page)
    except WritethruError as error:
        return error
    except (MemoryError, Exception) as error:
        return f"reading the page failed: {type(error).__name__}: {error}"
