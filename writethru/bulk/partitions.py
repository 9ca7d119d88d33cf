"""Rows of a share into Parquet files by outlet and month, some rows of many files held at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from writethru.bulk.model import WrittenFile
from writethru.bulk.planning import partition
from writethru.export.formats import Parquet, Row, Writer
from writethru.export.service import digest_of
from writethru.storage.exchange import Field, fields_of

HELD: Final = 4_000
"""Rows held for all files of a table; what is more goes to their files, so that a long history takes no memory."""


class Partitions:
    """The files of one table of one share.

    Args:
        out: the job's folder.
        table: as ``export`` calls it.
        name: of the files, one in each partition.
        fields: the table's columns, where ``export`` has none of this name.
    """

    def __init__(
        self, out: Path, table: str, name: str, format_: Parquet, fields: Sequence[Field] | None = None
    ) -> None:
        self._top = out / table
        self._out = out
        self._table = table
        self._name = name
        self._format = format_
        self._fields = fields or fields_of(table)
        self._schema = format_.schema(self._fields)
        self._places: dict[tuple[str | None, int, int], str] = {}
        self._waiting: dict[str, list[Mapping[str, Any]]] = {}
        self._held = 0
        self._writers: dict[str, Writer] = {}
        self._rows: dict[str, int] = {}

    def add(self, row: Mapping[str, Any], outlet: str | None, at: datetime) -> None:
        """A row of an outlet and a moment."""
        key = (outlet, at.year, at.month)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = partition(outlet, at)
        self._waiting.setdefault(place, []).append(row)
        self._held += 1
        if self._held >= HELD:
            self._write(max(self._waiting, key=lambda one: (len(self._waiting[one]), one)))

    def close(self) -> list[WrittenFile]:
        """All rows are there: the files, each under its name."""
        return [
            self._closed(place) if place in self._writers else self._whole(place)
            for place in sorted({*self._waiting, *self._writers})
        ]

    def _whole(self, place: str) -> WrittenFile:
        """A partition whose rows are all still held: most are small."""
        rows = self._waiting.pop(place)
        content = self._format.packed(rows, self._schema, self._fields)
        path = self._path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)  # torn, it is written again: its share is not in the ledger yet
        return WrittenFile(self._table, self._name_of(path), len(rows), sha256(content).hexdigest())

    def _closed(self, place: str) -> WrittenFile:
        if place in self._waiting:
            self._write(place)
        self._writers.pop(place).close()
        path = self._path(place)
        path.with_suffix(".part").replace(path)
        return WrittenFile(self._table, self._name_of(path), self._rows[place], digest_of(path))

    def _name_of(self, path: Path) -> str:
        return str(path.relative_to(self._out))

    def _write(self, place: str) -> None:
        rows = self._waiting.pop(place)
        self._held -= len(rows)
        self._writer(place).write(rows)
        self._rows[place] = self._rows.get(place, 0) + len(rows)

    def _writer(self, place: str) -> Writer:
        if place not in self._writers:
            path = self._path(place)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[place] = self._format.writer(path.with_suffix(".part"), self._fields)
        return self._writers[place]

    def _path(self, place: str) -> Path:
        return self._top / place / f"{self._name}.parquet"


def one_file(
    out: Path, table: str, rows: Sequence[Row], format_: Parquet, fields: Sequence[Field] | None = None
) -> WrittenFile:
    """A table that is of no outlet, as one file."""
    path = out / f"{table}.parquet"
    writer = format_.writer(path, fields or fields_of(table))
    writer.write(rows)
    writer.close()
    return WrittenFile(table, path.name, len(rows), digest_of(path))
