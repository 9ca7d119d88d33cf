"""Seventh and eighth step of a job: join the grams of all shares, and judge the pairs of articles that come of it.

A gram's holders are the first ``MOST_HOLDERS`` articles that have it, by number, and each article asks those before
it: so it is when an archive of the same record is analysed, whose articles come in that order.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from writethru.analyse.partners import partners
from writethru.analyse.reuse import MOST_PARTNERS, ReuseAnalysis
from writethru.bulk.gathered import gathered, outlets_path, placed
from writethru.bulk.model import Analysed, AnalysisTask
from writethru.bulk.read_texts import GRAM, NUMBERS, ReadArticle, Reads, read_part, write_parts
from writethru.bulk.share import share_path
from writethru.bulk.tables import PartedTables, analysed, naming
from writethru.bulk.whole import read_json
from writethru.reuse.grams import MOST_HOLDERS
from writethru.storage.postings import of_rows
from writethru.storage.reuse import pair_row
from writethru.storage.reuse_store import ReusePair

_FIRST: Final = itemgetter(0)
_ASKED: Final = 5
"""Numbers in a row: the article that asks, a gram, who has it, of which outlet, at which place."""


def join_grams(task: AnalysisTask) -> Analysed:
    """One part of all grams: for each article, who before it has its grams."""
    began, folder = time.process_time(), Path(task.folder)
    rows: list[tuple[int, ...]] = []
    for share in range(task.shares):
        part = read_part(share_path(folder, share, "grams"), task.number)
        rows += zip(*(part[at::GRAM] for at in range(GRAM)), [share] * (len(part) // GRAM), strict=True)
    asked: list[list[tuple[int, ...]]] = [[] for _ in range(task.shares)]
    for gram, found in groupby(sorted(rows), _FIRST):
        holders: list[tuple[int, ...]] = []
        for _, article_id, *holder, share in found:
            asked[share] += [(article_id, gram, *one) for one in holders]
            if len(holders) < MOST_HOLDERS:
                holders.append((article_id, *holder))
    flat = [array(NUMBERS, (number for row in sorted(some) for number in row)) for some in asked]
    write_parts(share_path(folder, task.number, "joined"), flat)
    return analysed((), (), began)


def judge_pairs(task: AnalysisTask) -> Analysed:
    """The pairs of one share's articles with those before them."""
    began, folder = time.process_time(), Path(task.folder)
    where, outlets = placed(folder, task.number), read_json(outlets_path(folder))
    tables = PartedTables(Path(task.out), task.number, ("reuse", "passages"), where)
    failed: list[tuple[str, str]] = []
    with gathered(folder) as store:
        analysis = ReuseAnalysis(store)
        for read, rows in _asking(folder, task):
            own = outlets.get(where[read.article_id][0])
            with naming(failed, read.article_id, "not compared"):
                holders = of_rows((row[1], row[2], row[3], row[4]) for row in rows)
                close = partners(read.grams, holders, outlet_id=own, most=MOST_PARTNERS)
                for pair in analysis.pairs_with(read.article_id, close):
                    tables.add("reuse", pair_row(pair), read.article_id)
                    for row in passage_rows(pair):
                        tables.add("passages", row, read.article_id)
    return tables.done(failed, began)


def passage_rows(pair: ReusePair) -> Iterator[dict[str, Any]]:
    """The passages of a pair, each a row."""
    ends = {name: getattr(pair, name) for name in ("a_id", "a_version", "b_id", "b_version")}
    for position, passage in enumerate(pair.form["passages"]):
        yield {**ends, "position": position, **passage}


def _asking(folder: Path, task: AnalysisTask) -> Iterator[tuple[ReadArticle, list[tuple[int, ...]]]]:
    """The articles of a share to which others before have grams in common, and who has which."""
    rows = merge(*(_rows(share_path(folder, part, "joined"), task.number) for part in range(task.shares)))
    reads = Reads(folder).of([task.number])
    for article_id, found in groupby(rows, _FIRST):
        yield next(read for read in reads if read.article_id == article_id), list(found)


def _rows(path: Path, part: int) -> Iterator[tuple[int, ...]]:
    found = read_part(path, part)
    return zip(*(found[start::_ASKED] for start in range(_ASKED)), strict=True)
