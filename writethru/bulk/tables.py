"""The tables of what a job finds across articles: the archive's own, and what is packed there in rows of its own."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from writethru.bulk.model import Analysed, WrittenFile
from writethru.bulk.partitions import Partitions
from writethru.errors import StorageError
from writethru.export.dictionary import described
from writethru.export.formats import Parquet
from writethru.storage.columns import from_micros
from writethru.storage.exchange import Exchanged, Field, fields_in
from writethru.storage.reuse_tables import reuse_pairs
from writethru.storage.statement_tables import statement_units, statement_versions
from writethru.storage.story_tables import story_articles, story_events, story_links, story_members

_ENDS: Final = ("a_id", "a_version", "b_id", "b_version")
_PLACES: Final = "what of it is covered: [block, first character, one past the last], block by block"
_PASSAGE: Final = (
    Field("position", "int", "of the passage among those of the pair"),
    Field("words", "int", "matched words"),
    Field("score", "float", "of the alignment"),
    Field("quoted", "float", "share of its words in quotation marks in both"),
    Field("quoted_in", "text", 'which articles have most of it in quotation marks: ab, a, b or ""'),
    Field("a", "json", f"a: {_PLACES}"),
    Field("b", "json", f"b: {_PLACES}"),
)
_STATEMENT: Final = (
    Field("version", "int", "the first version that has this paragraph"),
    Field("position", "int", "of the statement among those of its paragraph"),
    Field("kind", "text", "figure, time, said or bound"),
    Field("words", "json", "the words of its places, in order"),
    Field("form", "json", "what was read, its places counted from the paragraph's first block"),
)
_UNITS: Final = Field("units", "json", "its paragraphs in order: digest, and number of the first block")

ANALYSED: Final[Mapping[str, Exchanged]] = {
    "reuse": Exchanged(reuse_pairs, ("a_id", "b_id")),
    "passages": Exchanged(
        reuse_pairs,
        ("a_id", "b_id", "position"),
        tuple(column.name for column in reuse_pairs.columns if column.name not in _ENDS),
        _PASSAGE,
    ),
    "events": Exchanged(story_events, ("id",)),
    "event_links": Exchanged(story_links, ("later", "earlier")),
    "event_members": Exchanged(story_members, ("article_id", "event_id")),
    "event_articles": Exchanged(story_articles, ("article_id",), ("bag",)),
    "readings": Exchanged(statement_versions, ("article_id", "number"), ("form",), (_UNITS,)),
    "statements": Exchanged(statement_units, ("article_id", "digest", "position"), ("form",), _STATEMENT),
}
"""Every such table; ``events`` and ``event_links`` are of no outlet and stand whole."""


class PartedTables:
    """Some of these tables, of one share, by outlet and month of an article.

    Args:
        where: the outlet of each article, and microseconds of its first capture.
    """

    def __init__(
        self, out: Path, number: int, names: Iterable[str], where: Mapping[int, tuple[str | None, int]]
    ) -> None:
        self._where = where
        self._tables = {
            name: Partitions(out, name, f"{number:06d}", Parquet(), fields_in(ANALYSED[name])) for name in names
        }

    def add(self, table: str, row: Mapping[str, Any], article_id: int) -> None:
        """A row that is of this article."""
        outlet, at = self._where[article_id]
        self._tables[table].add(row, outlet, from_micros(at))

    def done(self, failed: Iterable[tuple[str, str]], began: float) -> Analysed:
        """All rows are there; ``began``: CPU seconds of this process when it began with them."""
        files = tuple(file for table in self._tables.values() for file in table.close())
        return analysed(files, failed, began)


def analysed(files: Iterable[WrittenFile], failed: Iterable[tuple[str, str]], began: float) -> Analysed:
    """What became of a piece of work that began when this process had spent so many seconds."""
    return Analysed(tuple(files), tuple(failed), time.process_time() - began, most_held())


@contextmanager
def naming(failed: list[tuple[str, str]], article_id: int, what: str) -> Iterator[None]:
    """One article never ends a job: what goes wrong with it is named. Raises StorageError, which is of the machine."""
    try:
        yield
    except StorageError:
        raise
    except Exception as error:
        failed.append((f"article {article_id}", f"{what}: {type(error).__name__}: {error}"))


def most_held() -> int:
    """The most bytes that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def analysed_dictionary() -> dict[str, Any]:
    """These tables with their columns, as JSON values."""
    return {name: described(table) for name, table in ANALYSED.items()}
