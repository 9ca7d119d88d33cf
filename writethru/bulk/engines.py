"""Engines: who runs the pieces of a job. An engine maps a function over tasks by key, and knows nothing of news."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import Final, Protocol, TypeVar

from writethru.errors import BulkFailed

Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES: Final = 4
"""Times that workers may die before the tasks that they had in hand are given up."""


GARBAGE: Final = (20_000, 20, 20)
"""When a worker looks for objects that hold each other. A page that was read leaves none, and looking is a fifteenth
of the work at Python's own thresholds."""


class Engine(Protocol):
    """Runs pieces of work.

    Attributes:
        lost: how many workers died and had their work done again.
        apart: the work is done in other processes than this one.
    """

    lost: int
    apart: bool

    def map_by_key(self, work: Callable[[Task], Result], tasks: Mapping[str, Task]) -> Iterator[tuple[str, Result]]:
        """The result of every task with its key, in any order; each once, whatever happened to its worker.

        Raises:
            BulkFailed: a task cannot be finished.
        """


class InTurn:
    """One task after the other in this process; for tests and for one core."""

    apart = False

    def __init__(self) -> None:
        self.lost = 0

    def map_by_key(self, work: Callable[[Task], Result], tasks: Mapping[str, Task]) -> Iterator[tuple[str, Result]]:
        """See ``Engine``."""
        for key, task in tasks.items():
            yield key, work(task)


class Processes:
    """So many processes of this machine; one that dies is replaced, and its task is done again.

    Args:
        workers: how many; 0 = one for each core.
    """

    apart = True

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.lost = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what they have in hand is finished first."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def map_by_key(self, work: Callable[[Task], Result], tasks: Mapping[str, Task]) -> Iterator[tuple[str, Result]]:
        """See ``Engine``."""
        left = dict(tasks)
        while left:
            try:
                yield from self._round(work, left)
            except BrokenProcessPool as error:
                self.lost += 1
                self.close()
                if self.lost >= TRIES:
                    named = ", ".join(sorted(left)[: self.workers])
                    raise BulkFailed(
                        f"workers died {self.lost} times; the last ones had one of these in hand. Give them more "
                        "memory, or fewer workers, and start the job again: what is finished is kept",
                        key=named,
                    ) from error

    def _round(self, work: Callable[[Task], Result], left: dict[str, Task]) -> Iterator[tuple[str, Result]]:
        """Results until all are there or a worker dies; what is done leaves ``left``."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, context, initializer=_begin)
        futures: dict[Future[Result], str] = {self._pool.submit(work, task): key for key, task in left.items()}
        try:
            for future in as_completed(futures):
                key, result = futures[future], future.result()
                del left[key]
                yield key, result
        finally:
            for future in futures:
                future.cancel()


def _begin() -> None:
    """Ctrl-C is for the driver; a worker whose driver was killed ends; garbage is rarely looked for."""
    gc.set_threshold(*GARBAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    driver = multiprocessing.parent_process()
    if driver is not None:
        threading.Thread(target=_end_after, args=(driver,), name="driver watched", daemon=True).start()


def _end_after(driver: BaseProcess) -> None:
    """Nobody takes what this worker makes; it would wait for its next task for ever."""
    driver.join()
    os._exit(1)
