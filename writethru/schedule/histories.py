"""Files of published articles and their updates, for replaying a schedule: parsing.

The format: CSV with a header; ``published_utc`` (ISO 8601, UTC) and ``update_minutes_after_publication``
(minutes, ascending, separated by spaces; empty = never updated).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from writethru.errors import MalformedInput

COLUMNS: Final = ("published_utc", "update_minutes_after_publication")

LONGEST: Final = 100_000
"""Characters of one line: 20,000 updates of one article; longer is no such file."""


@dataclass(frozen=True, slots=True)
class Published:
    """One article of such a file.

    Attributes:
        stated: time of publication as the file has it.
        minute: the same in minutes since 1970, UTC.
        updates: minutes after publication, ascending.
    """

    stated: str
    minute: float
    updates: tuple[float, ...]


def parse_histories(lines: Iterable[str], name: str) -> Iterator[Published]:
    """The articles of a file, in its order.

    Args:
        lines: the decoded file, line by line.
        name: for messages.

    Raises:
        MalformedInput: a column is missing, or a line holds no time or no ascending minutes.
    """
    rows = csv.reader(_bounded(lines, name))
    try:
        header = next(rows, [])
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise MalformedInput(f"needs the columns {', '.join(COLUMNS)}; {', '.join(missing)} is missing", key=name)
        at, minutes = (header.index(column) for column in COLUMNS)
        for row in rows:
            if row:
                yield _published(row, at, minutes, f"{name}:{rows.line_num}")
    except csv.Error as error:
        raise MalformedInput(f"is not CSV: {error}", key=f"{name}:{rows.line_num}") from error


def _bounded(lines: Iterable[str], name: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST:
            raise MalformedInput(f"a line of more than {LONGEST} characters", key=f"{name}:{number}")
        yield line


def _published(row: list[str], at: int, minutes: int, where: str) -> Published:
    if len(row) <= max(at, minutes):
        raise MalformedInput("the line has too few columns", key=where)
    stated = row[at].strip()
    return Published(stated, _minute(stated, where), _updates(row[minutes], where))


def _minute(stated: str, where: str) -> float:
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        raise MalformedInput(f"{stated[:40]!r} is no time; needed is 2031-03-01T06:00Z", key=where) from None
    if moment.tzinfo is None:
        raise MalformedInput(f"{stated!r} has no time zone; write 2031-03-01T06:00Z", key=where)
    return moment.astimezone(UTC).timestamp() / 60


def _updates(cell: str, where: str) -> tuple[float, ...]:
    try:
        updates = tuple(float(text) for text in cell.split())
    except ValueError:
        raise MalformedInput(f"{cell[:40]!r} are not minutes", key=where) from None
    if not all(0 <= minute < float("inf") for minute in updates):
        raise MalformedInput("minutes after publication must be finite and not negative", key=where)
    if any(later <= earlier for earlier, later in pairwise(updates)):
        raise MalformedInput("minutes after publication must ascend", key=where)
    return updates
