"""A PostgreSQL server of our own for the tests: Debian's binaries, a temporary folder, a free port.

It dies with the test run, even with one that is killed, and never touches a server that
runs already. With ``WRITETHRU_REQUIRE_POSTGRES=1`` its absence is a failure, else a skip.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

USER = "writethru"
PASSWORD = "press-run"
START_SECONDS = 60
FAST_AND_UNSAFE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


class MissingError(Exception):
    """PostgreSQL's server programs are not installed, or cannot be run here."""


def binaries() -> Path:
    """The newest installed version's folder of programs. Raises MissingError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).parent
    raise MissingError("PostgreSQL is not installed (Debian: apt-get install postgresql)")


def unprivileged() -> tuple[list[str], int, int]:
    """How to run the server, which refuses root: a command prefix, the user's and group's ids."""
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig=QUIT"] if shutil.which("setpriv") else [], os.geteuid(), os.getegid()
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        return ["setpriv", *ids, "--pdeathsig=QUIT"], user.pw_uid, user.pw_gid
    raise MissingError("there is no unprivileged user to run PostgreSQL as")


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        port: on 127.0.0.1.
        names: numbers of its databases.
        command: how it was started.
        folder: where its data and its log are.
        processes: the newest is the one that runs.
    """

    port: int
    names: Iterator[int]
    command: tuple[str, ...]
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def url(self, database: str) -> str:
        """As a user would give it to ``--db``."""
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """The URL of a new database, a copy of ``template``."""
        name = f"test_{next(self.names)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {url.rsplit('/', 1)[1]} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """One statement in the server's own database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def start(self) -> None:
        """Start it, and wait until it answers. Raises MissingError."""
        with (self.folder / "server.log").open("ab") as log:
            self.processes.append(subprocess.Popen(self.command, stdout=log, stderr=log, cwd=self.folder))
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.processes[-1].poll() is not None:
                raise MissingError(f"PostgreSQL did not start: {(self.folder / 'server.log').read_text()}")
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)  # a server that starts has no other way to tell
            else:
                return
        raise MissingError(f"PostgreSQL did not answer within {START_SECONDS} s")

    def crash(self) -> None:
        """Stop it at once (SIGQUIT): connections are cut, transactions that are open are lost."""
        self.processes[-1].send_signal(signal.SIGQUIT)
        self.processes[-1].wait(30)


@contextmanager
def running() -> Iterator[Server]:
    """A fresh server. Raises MissingError."""
    programs = binaries()
    prefix, uid, gid = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="writethru-pg-"))
    try:
        os.chown(folder, uid, gid)
        _initialise(programs, prefix, folder, (uid, gid))
        port = _free_port()
        settings = [f"-c{name}={value}" for name, value in FAST_AND_UNSAFE.items()]
        command = [*prefix, str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), *settings]
        command += ["-k", str(folder), "-clisten_addresses=127.0.0.1", "-cmax_connections=60"]
        server = Server(port, count(), tuple(command), folder)
        try:
            server.start()
            yield server
        finally:
            server.crash()  # nothing here is kept
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, prefix: list[str], folder: Path, owner: tuple[int, int]) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD)
    os.chown(secret, *owner)
    command = [*prefix, str(programs / "initdb"), "-D", str(folder / "data"), "-U", USER, f"--pwfile={secret}"]
    command += ["--auth=password", "--no-sync", "-E", "UTF8", "--locale=C"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    if done.returncode != 0:
        raise MissingError(f"initdb failed: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
