"""Cursors of listings: the key of a page's last row, so that rows which arrive meanwhile move nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from writethru.errors import InputError
from writethru.model import Capture, ChangeRecord

_NUMBERS: Final = re.compile(r"-?[0-9]{1,18}(?:-[0-9]{1,18})*")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def of_change(record: ChangeRecord) -> str:
    """Changes, newest first, go on before this one."""
    return of_key((record.before, record.article_id, record.number))


def of_key(key: tuple[datetime, int, int]) -> str:
    """The same of a change's (before, article id, number)."""
    before, article_id, number = key
    return f"{_micros(before)}-{article_id}-{number}"


def change_key(cursor: str) -> tuple[datetime, int, int]:
    """Inverse of ``of_key``. Raises InputError."""
    micros, article_id, number = numbers(cursor, 3)
    return _moment(micros, cursor), article_id, number


def of_capture(capture: Capture) -> str:
    """Looks, oldest first, go on after this one."""
    return f"{_micros(capture.look.captured_at)}-{capture.id}"


def moment_and_id(cursor: str) -> tuple[datetime, int]:
    """Inverse of ``of_capture``. Raises InputError."""
    micros, number = numbers(cursor, 2)
    return _moment(micros, cursor), number


def numbers(cursor: str, count: int) -> list[int]:
    """The numbers of a cursor; a time before 1970 is below 0. Raises InputError."""
    match = _NUMBERS.fullmatch(cursor)
    found = cursor.removeprefix("-").split("-") if match else []
    if len(found) != count:
        raise InputError("not a cursor of this listing", key=cursor)
    first, *rest = map(int, found)
    return [-first if cursor.startswith("-") else first, *rest]


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def _moment(micros: int, cursor: str) -> datetime:
    try:
        return EPOCH + timedelta(microseconds=micros)
    except OverflowError as error:
        raise InputError("not a cursor of this listing", key=cursor) from error
