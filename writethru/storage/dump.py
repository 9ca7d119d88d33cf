"""A database as one file and back: SQLite's backup API, PostgreSQL's ``pg_dump`` and ``pg_restore``.

Both copy one moment while others go on writing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from writethru.errors import StorageError
from writethru.storage import address
from writethru.storage.refusals import refusal

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
    found = shutil.which(program)
    if found is None:
        raise StorageError(f"needs the program {program}; install the client of your PostgreSQL", key=program)
    plain = url._replace(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(  # noqa: S603 (a fixed program, no shell)
        [found, *options, f"--dbname={plain}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it says nothing"]
        raise StorageError(f"{program} refuses: {said[-1][:300]}", key=address.shown(url))
