"""Last step of an analysis in bulk: what the versions of a share state, and which events its articles are in.

Statements come after events, which may know the day of an article that states none.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from writethru.analyse.statements import StatementAnalysis
from writethru.bulk.gathered import GatheredStore, gathered, placed
from writethru.bulk.model import Analysed, AnalysisTask
from writethru.bulk.stories import stories_path
from writethru.bulk.tables import ANALYSED, PartedTables, naming
from writethru.statements.forms import reading_of
from writethru.storage.statement_store import ReadVersion

Units = Mapping[str, Mapping[str, Any]]


def read_statements(task: AnalysisTask) -> Analysed:
    """The articles of one share."""
    began, folder = time.process_time(), Path(task.folder)
    where = placed(folder, task.number)
    tables = PartedTables(
        Path(task.out), task.number, ("event_members", "event_articles", "readings", "statements"), where
    )
    failed: list[tuple[str, str]] = []
    with gathered(folder, stories_path(folder)) as store:
        _add_members(store, tables, list(where))
        analysis = StatementAnalysis(store)
        for article_id in where:
            with naming(failed, article_id, "no statements read"):
                read, units = analysis.read(article_id, {})
                for version in read:
                    tables.add("readings", reading_row(version), article_id)
                for row in statement_rows(read, units):
                    tables.add("statements", row, article_id)
    return tables.done(failed, began)


def _add_members(store: GatheredStore, tables: PartedTables, article_ids: Sequence[int]) -> None:
    for name in ("event_members", "event_articles"):
        table = ANALYSED[name].table
        for row in store.table(table, table.c.article_id, article_ids):
            tables.add(name, row, row["article_id"])


def reading_row(read: ReadVersion) -> dict[str, Any]:
    """How a version was read, as a row."""
    plain = {name: getattr(read, name) for name in ReadVersion.__slots__}
    return {**plain, "units": [list(unit) for unit in read.units]}


def statement_rows(read: Sequence[ReadVersion], units: Units) -> Iterator[dict[str, Any]]:
    """A row for each statement of an article's paragraphs, each paragraph once, at its first version."""
    first: dict[str, ReadVersion] = {}
    for version in read:
        for digest, _ in version.units:
            first.setdefault(digest, version)
    for digest, form in units.items():
        known = first[digest]
        for position, (kind, words, row) in enumerate(_statements(form)):
            yield {
                "article_id": known.article_id,
                "digest": digest,
                "version": known.number,
                "position": position,
                "kind": kind,
                "words": words,
                "form": row,
            }


def _statements(form: Mapping[str, Any]) -> Iterator[tuple[str, list[str], Any]]:
    """Kind, words and form of each statement of a paragraph."""
    reading, words = reading_of(form), iter(form["words"])
    for row in form["figures"]:
        yield "figure", [next(words)], row
    for row in form["times"]:
        yield "time", [next(words)], row
    for said, row in zip(reading.said, form["said"], strict=True):
        yield "said", [next(words) for _ in said.places], row
    for bound, row in zip(reading.bound, form["bound"], strict=True):
        yield "bound", [next(words) for _ in bound.places], row
