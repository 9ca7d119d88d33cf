"""Seventh and eighth step of a job: join the grams of all shares, and judge the pairs of articles that come of it.

A gram's holders are the first ``MOST_HOLDERS`` articles that have it, by number, and each article asks those before
it: so it is when an archive of the same record is analysed, whose articles come in that order.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from writethru.analyse.partners import partners, worth_asking
from writethru.analyse.reuse import MOST_PARTNERS, ReuseAnalysis
from writethru.bulk.gathered import gathered, outlets_path, placed
from writethru.bulk.model import Analysed, AnalysisTask
from writethru.bulk.read_texts import read_part, write_parts
from writethru.bulk.share import share_path
from writethru.bulk.tables import PartedTables, analysed, naming
from writethru.bulk.whole import read_json
from writethru.reuse.grams import GRAM, MOST_HOLDERS, Grams
from writethru.storage.postings import POSTING, Holding, in_order, together, unpacked
from writethru.storage.reuse import pair_row
from writethru.storage.reuse_store import ReusePair

_ASK: Final = np.dtype([("asker", ">u4"), ("at", ">u2"), *POSTING.descr])
"""A posting, and the article that asks for its gram, with twice the gram's place there (one more: quoted)."""
Asks = NDArray[Any]
WEIGHED: Final = 64
"""Articles of which it is told at once whether they may have a partner: most have none."""


def join_grams(task: AnalysisTask) -> Analysed:
    """One part of all grams: for each article, who before it has its grams."""
    began, folder = time.process_time(), Path(task.folder)
    parts = [unpacked(read_part(share_path(folder, share, "grams"), task.number)) for share in range(task.shares)]
    rows = together(parts)
    order = in_order(rows)
    share = np.repeat(np.arange(task.shares), [len(part) for part in parts])[order]
    asks, asker = asking(rows[order])
    asks = asks[np.lexsort((asks["asker"], share[asker]))]
    bounds = np.searchsorted(np.sort(share[asker]), range(1, task.shares))
    write_parts(share_path(folder, task.number, "asks"), [some.tobytes() for some in np.split(asks, bounds)])
    return analysed((), (), began)


def asking(rows: Holding) -> tuple[Asks, NDArray[np.intp]]:
    """What each of these articles, by gram and number, is answered by those before it, and whose row each answer is."""
    numbers = np.arange(len(rows))
    begins = np.diff(rows["gram"].astype(np.int64), prepend=-1) != 0
    first = np.maximum.accumulate(np.where(begins, numbers, 0))
    answers = np.minimum(numbers - first, MOST_HOLDERS)
    asker = np.repeat(numbers, answers)
    holder = np.repeat(first - np.cumsum(answers) + answers, answers) + np.arange(asker.size)
    asks = np.empty(asker.size, _ASK)
    asks["asker"], asks["at"] = rows["article"][asker], rows["place"][asker]
    for name in POSTING.names or ():
        asks[name] = rows[name][holder]
    return asks, asker


def judge_pairs(task: AnalysisTask) -> Analysed:
    """The pairs of one share's articles with those before them."""
    began, folder = time.process_time(), Path(task.folder)
    where, outlets = placed(folder, task.number), read_json(outlets_path(folder))
    tables = PartedTables(Path(task.out), task.number, ("reuse", "passages"), where)
    failed: list[tuple[str, str]] = []
    with gathered(folder) as store:
        analysis = ReuseAnalysis(store)
        for article_id, asks in _asking(folder, task):
            own = outlets.get(where[article_id][0])
            with naming(failed, article_id, "not compared"):
                close = partners(_shared(asks), asks, outlet_id=own, most=MOST_PARTNERS)
                for pair in analysis.pairs_with(article_id, close):
                    tables.add("reuse", pair_row(pair), article_id)
                    for row in passage_rows(pair):
                        tables.add("passages", row, article_id)
    return tables.done(failed, began)


def passage_rows(pair: ReusePair) -> Iterator[dict[str, Any]]:
    """The passages of a pair, each a row."""
    ends = {name: getattr(pair, name) for name in ("a_id", "a_version", "b_id", "b_version")}
    for position, passage in enumerate(pair.form["passages"]):
        yield {**ends, "position": position, **passage}


def _asking(folder: Path, task: AnalysisTask) -> Iterator[tuple[int, Asks]]:
    """The articles of a share that may have a partner among those before them, and who has which of their grams."""
    found = [read_part(share_path(folder, part, "asks"), task.number) for part in range(task.shares)]
    asks = np.frombuffer(b"".join(found), _ASK)
    asks = asks[np.lexsort((asks["article"], asks["gram"], asks["asker"]))]
    begins = np.flatnonzero(np.diff(asks["asker"].astype(np.int64), prepend=-1)).tolist()
    bounds = [*begins, len(asks)]
    for at in range(0, len(begins), WEIGHED):
        some = asks[bounds[at] : bounds[min(at + WEIGHED, len(begins))]]
        worth = worth_asking(*(some[name].astype(np.uint64) for name in ("asker", "gram", "article")))
        for start, end in pairwise(bounds[at : at + WEIGHED + 1]):
            if (asker := int(asks["asker"][start])) in worth:
                yield asker, asks[start:end]


def _shared(asks: Asks) -> Grams:
    """The grams of the asking article that others have."""
    grams, first = np.unique(asks["gram"], return_index=True)
    rows = np.empty(len(first), GRAM)
    rows["gram"], rows["at"], rows["quoted"] = grams, asks["at"][first] >> 1, asks["at"][first] & 1 > 0
    return rows
