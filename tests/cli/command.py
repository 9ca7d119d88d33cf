"""The real ``writethru`` command as a user runs it: a process with arguments, two streams and an exit code.

Processes are forked from a server that has the modules loaded, so that a hundred of them cost
little; ``interpreter=True`` starts Python afresh, for what depends on the start.
"""

from __future__ import annotations

import atexit
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
"""Seconds after which a process is taken to hang; generous, since machines are busy."""

_POLITE_ENOUGH = {"WRITETHRU_FETCH_DELAY_SECONDS": "0"}
_LOADED = (
    *("writethru.cli.lists", "writethru.cli.status", "writethru.cli.article", "writethru.lives"),
    *("writethru.cli.intake", "writethru.cli.watch", "writethru.cli.compare"),
    *("writethru.cli.evidence", "writethru.cli.extract", "writethru.cli.replay", "writethru.archive"),
    *("writethru.watch.loop", "writethru.watch.intake", "writethru.watch.rebuild", "writethru.watch.add"),
    *("writethru.storage.sqlstore", "writethru.web.serve", "alembic.command", "psycopg", "rich.console", "feedparser"),
)
_serial = count(1)


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def form(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass
class Running:
    """A command under way."""

    process: Any
    out: Path
    err: Path
    begun: float = field(default_factory=time.monotonic)

    @property
    def pid(self) -> int:
        return int(self.process.pid)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None if isinstance(self.process, subprocess.Popen) else self.process.is_alive()

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE) -> Done:
        """Wait for its end; one that hangs is killed and fails the test."""
        if isinstance(self.process, subprocess.Popen):
            try:
                code: int | None = self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                code = None
        else:
            self.process.join(seconds)
            code = self.process.exitcode
        if code is None:
            self.process.kill()
            raise AssertionError(f"hangs after {seconds} s: {self.err.read_text('utf-8', 'replace')[-2000:]}")
        return Done(code, self.out.read_text("utf-8", "replace"), self.err.read_text("utf-8", "replace"))


_started: list[Running] = []


@dataclass(frozen=True)
class Command:
    """``writethru`` in a folder of its own."""

    folder: Path

    def __call__(
        self,
        *args: object,
        env: Mapping[str, str] | None = None,
        stdin: bytes = b"",
        interpreter: bool = False,
        seconds: float = PATIENCE,
    ) -> Done:
        """Run to the end."""
        return self.start(*args, env=env, stdin=stdin, interpreter=interpreter).wait(seconds)

    def start(
        self, *args: object, env: Mapping[str, str] | None = None, stdin: bytes = b"", interpreter: bool = False
    ) -> Running:
        """Start and return at once."""
        number = next(_serial)
        streams = [self.folder / f".{name}-{number}" for name in ("stdin", "stdout", "stderr")]
        for stream, content in zip(streams, (stdin, b"", b""), strict=True):
            stream.write_bytes(content)
        call = [str(arg) for arg in args]
        more = {**_POLITE_ENOUGH, **(env or {})}
        process: Any
        if interpreter:
            with streams[0].open("rb") as given, streams[1].open("wb") as out, streams[2].open("wb") as err:
                process = subprocess.Popen(
                    [sys.executable, "-m", "writethru", *call],
                    cwd=self.folder,
                    env={**os.environ, "PYTHONPATH": str(ROOT), **more},
                    stdin=given,
                    stdout=out,
                    stderr=err,
                )
        else:
            process = _server().Process(target=_child, args=(call, str(self.folder), more, [str(s) for s in streams]))
            process.start()  # no daemon: a watch has processes of its own, which read its pages
        running = Running(process, streams[1], streams[2])
        _started.append(running)
        return running


def end_all() -> None:
    """Kill what a failed test left running."""
    for running in _started:
        if running.alive:
            running.process.kill()
            running.process.wait() if isinstance(running.process, subprocess.Popen) else running.process.join()
    _started.clear()


atexit.register(end_all)  # nobody waits at the end for a command that goes on for ever


def _server() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__, *_LOADED])
    return context


def _child(args: list[str], folder: str, env: dict[str, str], streams: list[str]) -> None:
    """In the forked process: become the command."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    os.chdir(folder)
    os.environ.update(env)
    if "TEST_MEMORY_MB" in env:
        resource.setrlimit(resource.RLIMIT_DATA, (int(env["TEST_MEMORY_MB"]) << 20,) * 2)
    if "TEST_FILE_KB" in env:  # like a full disk: a write past it fails with EFBIG
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(env["TEST_FILE_KB"]) << 10,) * 2)
    for descriptor, (path, mode) in enumerate(zip(streams, ("r", "w", "w"), strict=True)):
        opened = os.open(path, os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        open(descriptor, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for descriptor, mode in enumerate(("r", "w", "w"))
    )
    sys.argv = ["writethru", *args]
    from writethru.cli import main

    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)
