"""What databases refuse, in words that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, exc
from sqlalchemy.engine import ExceptionContext

from writethru.errors import DatabaseUnreachable, NotInArchive, StorageError
from writethru.storage.address import BUSY_SECONDS, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

SQLITE_CODES: Mapping[str, str] = {
    "SQLITE_BUSY": f"another process has been writing for {BUSY_SECONDS} s; try again when it is done",
    "SQLITE_LOCKED": "another connection holds this table; try again",
    "SQLITE_FULL": "the disk or the database is full; make room and try again (nothing was half-written)",
    "SQLITE_READONLY": "the database cannot be written; check the permissions of the file and of its folder",
    "SQLITE_CANTOPEN": "the file cannot be opened; check the permissions of the file and of its folder",
    "SQLITE_NOTADB": "this file is not a database, or it is damaged; restore it or rebuild it from the evidence",
    "SQLITE_CORRUPT": "the database is damaged; restore it or rebuild it from the evidence",
    "SQLITE_IOERR": "the disk reports an error; check it, then try again",
    "SQLITE_CONSTRAINT": "this contradicts what is stored already; nothing was written",
    "SQLITE_TOOBIG": "a value is larger than the database can hold; nothing was written",
}

POSTGRES_STATES: Mapping[str, str] = {
    "23": "this contradicts what is stored already; nothing was written",
    "3D000": "there is no such database; create it first (createdb NAME)",
    "28": "the server refuses this user or password",
    "40": "another process changed the same rows; try again",
    "42501": "the user may not do this; grant it the rights on this database",
    "53100": "the server's disk is full; make room and try again (nothing was half-written)",
    "53300": "the server has no connection left; try again or raise its max_connections",
    "55P03": f"another process has been writing for {BUSY_SECONDS} s; try again when it is done",
    "57014": "the server cancelled this request",
    "57": "the server is shutting down or starting up; try again",
    "XX": "the server reports damage; look at its log",
}


def translator(key: str) -> Callable[[ExceptionContext], BaseException | None]:
    """For SQLAlchemy's ``handle_error`` event: driver errors become ``StorageError``.

    Args:
        key: the database's URL without its password.
    """

    def translate(context: ExceptionContext) -> BaseException | None:
        original = context.original_exception
        if context.is_pre_ping:
            return None  # the pool replaces a lost connection by itself
        if not isinstance(context.sqlalchemy_exception, exc.DBAPIError):
            return original  # a value we could not bind: ValueError stays ValueError
        return refusal(original, key)

    return translate


def refusal(original: BaseException, key: str) -> StorageError:
    """The error of ours for one of a driver's."""
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", "") or ""
        base = next((code for code in SQLITE_CODES if name.startswith(code)), "")
        return StorageError(SQLITE_CODES.get(base, "the database refuses"), key=key)
    state: str = getattr(original, "sqlstate", None) or ""
    said = next((words for code, words in POSTGRES_STATES.items() if state.startswith(code)), "")
    if not state or state[:2] in ("08", "3D", "28") or state.startswith(("57P", "53300")):
        lost = "the database does not answer; check that the server runs and that host, port, user and name are right"
        return DatabaseUnreachable(said or lost, key=key)
    return StorageError(said or f"the database refuses ({state})", key=key)


def damaged(what: str, key: object, connection: Connection) -> StorageError:
    """Stored bytes that do not give back what was stored; ``what`` ends where ``key`` goes on."""
    return StorageError(
        f"the stored {what} {key} is damaged; restore the database, "
        "or run `writethru rebuild` to derive it again from the evidence",
        key=shown(connection.engine.url),
    )


def missing(what: str, key: object) -> NotInArchive:
    """There is no such row."""
    return NotInArchive(f"there is no such {what} in this archive", key=key)
