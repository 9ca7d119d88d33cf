"""Ninth step of a job: events and storylines, by the live engine over what was read of all articles.

One piece of work for the whole job: which numbers events get depends on those before. What costs most, reading the
texts, was done share by share.
"""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import Final

from writethru.analyse.events import EventAnalysis
from writethru.bulk.gathered import GatheredStore
from writethru.bulk.model import Analysed, AnalysisTask, WrittenFile
from writethru.bulk.numbering import opened_index
from writethru.bulk.partitions import one_file
from writethru.bulk.read_texts import Reads
from writethru.bulk.share_store import new_database
from writethru.bulk.tables import ANALYSED, analysed, naming
from writethru.errors import StorageError
from writethru.export.formats import Parquet
from writethru.storage.exchange import fields_in

BATCH: Final = 200
"""Articles whose groups are written together."""


def stories_path(folder: Path) -> Path:
    """The database of events and storylines."""
    return folder / "stories" / "stories.db"


def tell_stories(task: AnalysisTask) -> Analysed:
    """Group all articles, in the order in which they came."""
    began, folder, out = time.process_time(), Path(task.folder), Path(task.out)
    with opened_index(folder) as index, new_database(folder, stories_path(folder)) as database:
        store = GatheredStore(database, folder, index)
        failed = _group(store, Reads(folder), task.shares)
        files = [_whole(store, out, name) for name in ("events", "event_links")]
    return analysed(files, failed, began)


def _group(store: GatheredStore, reads: Reads, shares: int) -> list[tuple[str, str]]:
    analysis, left = EventAnalysis(store), reads.of(range(shares))
    failed: list[tuple[str, str]] = []
    while batch := list(islice(left, BATCH)):
        try:
            with analysis.several():
                for read in batch:
                    analysis.entered(read.article_id, read.told)
        except StorageError:
            raise
        except Exception:  # of one of them: it is found and named
            for read in batch:
                with naming(failed, read.article_id, "in no event"), analysis.several():
                    analysis.entered(read.article_id, read.told)
    analysis.caught_up()
    return failed


def _whole(store: GatheredStore, out: Path, name: str) -> WrittenFile:
    table = ANALYSED[name]
    rows = store.table(table.table, table.table.primary_key.columns[0])
    return one_file(out, name, list(rows), Parquet(), fields_in(table))
