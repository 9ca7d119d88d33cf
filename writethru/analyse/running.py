"""All analyses of an archive: brought up to date here, or by a process of their own beside a watch."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final

import structlog

from writethru.analyse.encoder_setting import use_encoder
from writethru.analyse.encoding import level_of, prove
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import Analysis, FollowReport, Progress, Stopped, follow
from writethru.analyse.reuse import ReuseAnalysis
from writethru.analyse.statements import StatementAnalysis
from writethru.errors import ConfigError, StorageError
from writethru.storage import open_store
from writethru.storage.store import Store

EVERY: Final = 2.0
"""Seconds between two looks at the change log; one question of the database each."""
TROUBLE: Final = 30.0
"""Seconds after which a process that died, or found no database, is tried again."""
PATIENCE: Final = 5.0
"""Seconds that its article in hand may take when the watch ends; then it is killed, and does it again next time."""

log = structlog.get_logger("writethru.analyse")


ANALYSES: Final[tuple[type[Analysis], ...]] = (ReuseAnalysis, EventAnalysis, StatementAnalysis)
"""Every analysis there is, in the order in which they run; each is made with the store alone."""


def run_all(
    store: Store, *, encoder: str = "", progress: Progress | None = None, stopped: Stopped | None = None
) -> list[FollowReport]:
    """Bring every analysis up to the latest line of the change log.

    Args:
        encoder: what the settings say of it (``EventsConfig.encoder``).

    Raises:
        ConfigError: the encoder is asked for and not there.
    """
    use_encoder(store, encoder, progress=progress, stopped=stopped)
    return [
        follow(store, analysis, progress=progress, stopped=stopped) for analysis in (made(store) for made in ANALYSES)
    ]


class Beside:
    """Keeps the analyses up to date while a watch looks at pages.

    They run in a process of their own: what they work out takes nothing from the threads that
    look. Used from one thread.

    Args:
        store: the watch's own.
        database: the URL that the process opens, with its password.
        encoder: see ``run_all``.

    Raises:
        ConfigError: the encoder is asked for and not there.
    """

    def __init__(self, store: Store, database: str, encoder: str = "") -> None:
        prove(level_of(encoder, store.stories.meanings.level()))
        self._store = store
        self._database = database
        self._encoder = encoder
        self._process: Any = None
        self._line: Connection | None = None
        self._busy = False
        self._next = 0.0

    def keep_up(self) -> None:
        """See that what is new is being analysed; returns at once. At most every ``EVERY`` seconds it does anything."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        if multiprocessing.current_process().daemon:
            return  # may have no process of its own; what is new waits for the end, or for `analyse`
        try:
            self._hear()
            if not self._busy and self._is_behind():
                (self._line or self._start()).send("go")
                self._busy = True
        except (EOFError, OSError):
            log.warning("the analyses ended; they are started again", seconds=TROUBLE)
            self.end()
            self._next = now + TROUBLE

    def catch_up(self, stop: threading.Event) -> None:
        """Bring them up to date here and now, until stopped."""
        run_all(self._store, encoder=self._encoder, stopped=stop.is_set)

    def end(self) -> None:
        """Let the process finish its article and end."""
        process, line = self._process, self._line
        self._process, self._line, self._busy = None, None, False
        if line is not None:
            line.close()
        if process is not None:
            process.join(PATIENCE)
            process.kill()
            process.join()

    def _is_behind(self) -> bool:
        positions = [self._store.followers.state(analysis.name).seq for analysis in ANALYSES]
        return bool(self._store.log_since(min(positions), 1))

    def _hear(self) -> None:
        """What the process says when it is done."""
        if self._line is None or not self._line.poll(0):
            return
        said = self._line.recv()
        self._busy = False
        if said:
            log.warning("the analyses wait", error=said, seconds=TROUBLE)
            self._next += TROUBLE

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._database, self._encoder), name="analyses", daemon=True
        )
        process.start()
        self._process = process
        theirs.close()
        return self._line


def _serve(line: Connection, database: str, encoder: str) -> None:
    """The life of the process: told to go, it does all there is and says how it went ("" = well)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who watches
    os.nice(5)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with suppress(EOFError, OSError):
        while line.recv():
            line.send(_done(line, database, encoder))


def _done(line: Connection, database: str, encoder: str) -> str:
    try:
        store = open_store(database)
        try:
            run_all(
                store, encoder=encoder, stopped=lambda: line.poll(0)
            )  # nothing is sent meanwhile: it means that the watch is gone
        finally:
            store.close()
    except (StorageError, ConfigError) as error:
        return str(error)
    return ""
