"""From what a user gives as ``--db`` to an engine with the right settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url

from writethru.errors import StorageError

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

CONNECT_SECONDS = 5
"""How long a database server may take to answer."""

ACCEPTED = "use a path (writethru.db), sqlite:///path or postgresql://user:password@host/name"

SQLITE_SETTINGS: tuple[str, ...] = (
    "foreign_keys=ON",
    "synchronous=NORMAL",  # decision 0021: evidence is fsynced, what is lost here is rebuilt
    "temp_store=MEMORY",
    "cache_size=-16384",  # 16 MiB
    "trusted_schema=OFF",
)


def parse(given: str) -> URL:
    """The database URL a user meant.

    Raises:
        StorageError: it is no URL or path that Writethru can use. The message never
            repeats a URL, because it may hold a password.
    """
    if not given.strip():
        raise StorageError(f"no database was named; {ACCEPTED}")
    if "://" not in given and not given.startswith("sqlite:"):
        return _sqlite(given)
    scheme = given.split(":", 1)[0].lower()
    try:
        url = make_url(given)
    except Exception:
        # the cause would show the URL, and with it the password
        raise StorageError(f"the database URL is malformed; {ACCEPTED}", key=f"{scheme}:…") from None
    if scheme.split("+")[0] == "sqlite":
        return _sqlite(url.database or "")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    raise StorageError(f"Writethru does not know databases of the kind {scheme!r}; {ACCEPTED}", key=f"{scheme}:…")


def _sqlite(path: str) -> URL:
    if path in ("", ":memory:"):
        raise StorageError("an archive cannot be kept in memory; name a file", key=path or "sqlite:")
    return URL.create("sqlite", database=path)


def shown(url: URL) -> str:
    """The URL without its password, as people may see it."""
    secret = [name for name in url.query if "password" in name.lower()]
    plain = url._replace(password=None, drivername=url.get_backend_name())
    return plain.difference_update_query(secret).render_as_string()


def check_file(path: Path) -> None:
    """See that a SQLite file can be opened or made here.

    Raises:
        StorageError: with what is in the way and what to do.
    """
    key = str(path)
    if path.is_dir():
        raise StorageError("this is a directory; name a file in it, such as writethru.db", key=key)
    if not path.parent.is_dir():
        raise StorageError(f"the folder {path.parent} does not exist; make it first", key=key)
    if not path.exists():
        return
    try:
        with path.open("r+b") as file:
            head = file.read(16)
    except OSError as error:
        raise StorageError(
            f"the file cannot be written ({error.strerror}); change its permissions or name another one", key=key
        ) from None
    if head and head != b"SQLite format 3\0":
        raise StorageError("this file is not a database; name another one (it was not touched)", key=key)


def engine(url: URL) -> Engine:
    """An engine for one archive; nothing is connected yet. SQLite's transactions are begun by ``connect``."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    arguments = {"connect_timeout": CONNECT_SECONDS, "application_name": "writethru"}
    options = f"-c timezone=UTC -c lock_timeout={BUSY_SECONDS}s"
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        connect_args={**arguments, "options": options},
    )


def _sqlite_engine(url: URL) -> Engine:
    made = create_engine(
        url,
        hide_parameters=True,
        pool_size=5,
        max_overflow=-1,
        # the driver's own transaction control would not let us say BEGIN IMMEDIATE
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )
    event.listen(made, "connect", _set_up)
    return made


def _set_up(connection: Any, _record: Any) -> None:
    for setting in SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {setting}")
