"""The record of what was asked and answered, so that a test can prove politeness and count what could be seen."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from writethru.press.moments import iso

MAX_RECORDS = 500_000
"""Older records are forgotten beyond this many."""


@dataclass(frozen=True, slots=True)
class Record:
    """One request served.

    Attributes:
        number: 1, 2, 3 … since the press started or the log was cleared.
        time: real time of arrival; virtual: the press's clock then.
        status: as answered; 0 where the answer had none (stall, reset before the status line, garbage).
        article, version: path of the article and number of the version that was shown whole, or spared by a 304;
            "" and 0 where none was.
        concurrent: requests for this host under way at arrival, this one included.
        connection: number of the client's connection.
        rules: kinds of misbehaviour in force.
    """

    number: int
    time: datetime
    virtual: datetime
    method: str
    host: str
    path: str
    status: int
    article: str
    version: int
    concurrent: int
    connection: int
    agent: str
    conditional: bool
    rules: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {**asdict(self), "time": iso(self.time), "virtual": iso(self.virtual), "rules": list(self.rules)}


def sights(records: Iterable[Record]) -> dict[tuple[str, str], tuple[int, ...]]:
    """The appearances that could be seen: host and path of an article to the numbers of its versions, in order.

    Looks in a row at one version are taken together; a 304 counts as a sight of the version it spared. A version
    that was replaced before any look does not occur.
    """
    seen: dict[tuple[str, str], list[int]] = {}
    for record in records:
        if record.version:
            numbers = seen.setdefault((record.host, record.article), [])
            if numbers[-1:] != [record.version]:
                numbers.append(record.version)
    return {place: tuple(numbers) for place, numbers in seen.items()}


class RequestLog:
    """Records and counts; threads write to it at the same time."""

    def __init__(self, limit: int = MAX_RECORDS) -> None:
        self._lock = threading.Lock()
        self._records: deque[Record] = deque(maxlen=limit)
        self._number = 0
        self._under_way: Counter[str] = Counter()

    def arrive(self, host: str) -> int:
        """A request for ``host`` came in; returns how many are now under way for it."""
        with self._lock:
            self._under_way[host] += 1
            return self._under_way[host]

    def leave(self, host: str) -> None:
        """It is answered, but for the very last bytes: the client cannot know before we do."""
        with self._lock:
            self._under_way[host] -= 1
            if not self._under_way[host]:
                del self._under_way[host]

    def write(self, fields: Mapping[str, Any]) -> Record:
        """Add a record (``fields`` are those of ``Record`` without its number)."""
        with self._lock:
            self._number += 1
            record = Record(number=self._number, **fields)
            self._records.append(record)
            return record

    def records(self, since: int = 0) -> tuple[Record, ...]:
        """Those with a number above ``since``, in order."""
        with self._lock:
            return tuple(record for record in self._records if record.number > since)

    def clear(self) -> None:
        """Forget all; numbers start again at 1."""
        with self._lock:
            self._records.clear()
            self._number = 0
