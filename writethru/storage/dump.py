"""A database as one file and back: SQLite's backup API, PostgreSQL's ``pg_dump`` and ``pg_restore``.

Both copy one moment while others go on writing.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from writethru.errors import StorageError
from writethru.storage import address
from writethru.storage.refusals import refusal

DEBIAN = Path("/usr/lib/postgresql")
"""Debian keeps the programs of each release of PostgreSQL here, not all of them on the path."""

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def kind_of(url: str) -> str:
    """``SQLITE`` or ``POSTGRESQL``. Raises StorageError."""
    return SQLITE if address.parse(url).get_backend_name() == SQLITE else POSTGRESQL


def dump(url: str, path: Path) -> None:
    """Write the database as it is at one moment.

    Raises:
        StorageError: it does not answer, the disk is full, or ``pg_dump`` is missing or refuses.
    """
    parsed = address.parse(url)
    if parsed.get_backend_name() == SQLITE:
        _copy(Path(parsed.database or ""), path)
    else:
        _run(parsed, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def load(path: Path, url: str) -> None:
    """Make a database from what ``dump`` wrote; a SQLite file must not exist, a PostgreSQL database must be empty.

    Raises:
        StorageError: as ``dump``; or something is there.
    """
    parsed = address.parse(url)
    if parsed.get_backend_name() == SQLITE:
        target = Path(parsed.database or "")
        if target.exists():
            raise StorageError("is there already; name a new one, nothing was overwritten", key=target)
        _copy(path, target)
    else:
        _run(parsed, "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(path))


def tools_fault(url: str) -> str:
    """What keeps this database from being backed up, "" where nothing does: PostgreSQL needs programs of its own.

    Raises:
        StorageError: the database does not answer.
    """
    parsed = address.parse(url)
    if parsed.get_backend_name() == SQLITE:
        return ""
    server = _server_major(url)
    for program in ("pg_dump", "pg_restore"):
        found = _program(program)
        major = _major_of(found) if found else None
        if found is None:
            return f"{program} is not installed; {_advice(server)}"
        if major is not None and major < server:
            return f"{program} is of PostgreSQL {major}, the server of {server}: it would refuse; {_advice(server)}"
    return ""


def _server_major(url: str) -> int:
    from sqlalchemy import text

    from writethru.storage.connect import Database

    database = Database(url)
    try:
        with database.read() as connection:
            return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    finally:
        database.close()


def _major_of(program: str) -> int | None:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 (a program of PostgreSQL's)
    found = re.search(r"\b(\d+)(?:\.\d+|\w)", done.stdout)
    return int(found[1]) if found else None


def _program(name: str) -> str | None:
    """Where a program of PostgreSQL's is: on the path, else where Debian keeps those of each release, the newest."""
    of_each = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4), reverse=True)
    return shutil.which(name) or next(map(str, of_each), None)


def _advice(server: int | None = None) -> str:
    package = "postgresql-client" if server is None else f"postgresql-client-{server}"
    return f"install the client programs of the server's release (Debian: apt install {package})"


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise StorageError("there is no such database", key=source)
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
            other.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise refusal(error, str(target)) from error


def _run(url: URL, program: str, *options: str) -> None:
    """The password goes by the environment: everybody on the machine can read a command line."""
    found = _program(program)
    if found is None:
        raise StorageError(f"is not installed, and PostgreSQL is backed up by it alone; {_advice()}", key=program)
    plain = url._replace(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(  # noqa: S603 (a fixed program, no shell)
        [found, *options, f"--dbname={plain}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it says nothing"]
        hint = f"; {_advice()}" if "version mismatch" in done.stderr else ""
        raise StorageError(f"{program} refuses: {said[-1][:300]}{hint}", key=address.shown(url))
