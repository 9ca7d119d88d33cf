"""Sixth step of a job: read the texts of each share for shared text and for events, and put that aside.

What is put aside are the grams of an article, parted by gram for the next step, and what events need of it.
"""

from __future__ import annotations

import json
import pickle
import time
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

import numpy as np

from writethru.analyse.partners import NOBODY
from writethru.analyse.reuse import ReuseAnalysis
from writethru.analyse.story_reading import Known, Read
from writethru.bulk.gathered import gathered, outlets_path, placed
from writethru.bulk.model import Analysed, AnalysisTask
from writethru.bulk.share import share_path
from writethru.bulk.tables import analysed, naming
from writethru.bulk.whole import read_json, whole_file
from writethru.storage.postings import Holding, of_article, of_rows, together

_NUMBERS: Final = "q"
"""Places of articles are numbers of 64 bits, one after the other."""
MOST_OPEN: Final = 64


class ReadArticle(NamedTuple):
    """What was read of an article for events."""

    article_id: int
    told: Read


def read_share(task: AnalysisTask) -> Analysed:
    """Read the articles of one share."""
    began, folder = time.process_time(), Path(task.folder)
    found: list[Holding] = []
    failed: list[tuple[str, str]] = []
    places = array(_NUMBERS)
    with gathered(folder) as store, whole_file(share_path(folder, task.number, "reads")) as stream:
        shared, stories, outlets = ReuseAnalysis(store), Known(store), read_json(outlets_path(folder))
        for article_id, (name, _) in placed(folder, task.number).items():
            with naming(failed, article_id, "not analysed"):
                grams = shared.grams_of(article_id)
                told = stories.read(article_id)
                if told is None:
                    continue
                places.extend((article_id, stream.tell()))
                pickle.dump((article_id, told), stream, pickle.HIGHEST_PROTOCOL)
                found.append(of_article(article_id, outlets.get(name, NOBODY), grams))
    write_parts(share_path(folder, task.number, "grams"), _parted(found, task.shares))
    write_parts(share_path(folder, task.number, "places"), [places.tobytes()])
    return analysed((), failed, began)


def _parted(found: Sequence[Holding], shares: int) -> list[bytes]:
    """Postings in so many parts: a gram's part is its remainder."""
    rows = together([of_rows(()), *found])
    part = rows["gram"] % shares
    order = np.argsort(part, kind="stable")
    return [rows.tobytes() for rows in np.split(rows[order], np.searchsorted(part[order], range(1, shares)))]


class Reads:
    """What was put aside, by article; keeps the files open that it was asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[int, IO[bytes]] = {}

    def of(self, shares: Sequence[int]) -> Iterator[ReadArticle]:
        """The articles of these shares by number."""
        places = []
        for share in shares:
            row = array(_NUMBERS, read_part(share_path(self._folder, share, "places"), 0))
            places += list(zip(row[::2], [share] * (len(row) // 2), row[1::2], strict=True))
        try:
            for _, share, offset in sorted(places):
                stream = self._stream(share)
                stream.seek(offset)
                yield ReadArticle(*pickle.load(stream))  # noqa: S301 (written by the step before)
        finally:
            for stream in self._open.values():
                stream.close()
            self._open.clear()

    def _stream(self, share: int) -> IO[bytes]:
        if share not in self._open:
            if len(self._open) >= MOST_OPEN:
                self._open.pop(next(iter(self._open))).close()
            self._open[share] = share_path(self._folder, share, "reads").open("rb")
        return self._open[share]


def write_parts(path: Path, parts: Sequence[bytes]) -> None:
    """Parts that can be read alone: a line that says how long each is, then the parts."""
    with whole_file(path) as file:
        file.write(json.dumps([len(part) for part in parts]).encode() + b"\n")
        for part in parts:
            file.write(part)


def read_part(path: Path, number: int) -> bytes:
    """One of them."""
    with path.open("rb") as file:
        lengths = json.loads(file.readline())
        file.seek(sum(lengths[:number]), 1)
        return file.read(lengths[number])
