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

from writethru.analyse.partners import NOBODY
from writethru.analyse.reuse import ReuseAnalysis
from writethru.analyse.story_reading import Known, Read
from writethru.bulk.gathered import gathered, outlets_path, placed
from writethru.bulk.model import Analysed, AnalysisTask
from writethru.bulk.share import share_path
from writethru.bulk.tables import analysed, naming
from writethru.bulk.whole import read_json, whole_file
from writethru.reuse.grams import Gram

NUMBERS: Final = "q"
"""Rows are numbers of 64 bits, one after the other."""
GRAM: Final = 4
"""Numbers in a row: a gram, who has it, of which outlet, at which place and whether quoted."""
MOST_OPEN: Final = 64


class ReadArticle(NamedTuple):
    """What was read of an article: its grams, and what events need."""

    article_id: int
    grams: tuple[Gram, ...]
    told: Read


def read_share(task: AnalysisTask) -> Analysed:
    """Read the articles of one share."""
    began, folder = time.process_time(), Path(task.folder)
    parts = [array(NUMBERS) for _ in range(task.shares)]
    failed: list[tuple[str, str]] = []
    places = array(NUMBERS)
    with gathered(folder) as store, whole_file(share_path(folder, task.number, "reads")) as stream:
        shared, stories, outlets = ReuseAnalysis(store), Known(store), read_json(outlets_path(folder))
        for article_id, (name, _) in placed(folder, task.number).items():
            with naming(failed, article_id, "not analysed"):
                grams = tuple(shared.grams_of(article_id).values())
                told = stories.read(article_id)
                if told is None:
                    continue
                places.extend((article_id, stream.tell()))
                pickle.dump((article_id, grams, told), stream, pickle.HIGHEST_PROTOCOL)
                outlet = outlets.get(name, NOBODY)
                for gram in grams:
                    parts[gram.hash % task.shares].extend((gram.hash, article_id, outlet, gram.at << 1 | gram.quoted))
    write_parts(share_path(folder, task.number, "grams"), parts)
    write_parts(share_path(folder, task.number, "places"), [places])
    return analysed((), failed, began)


class Reads:
    """What was put aside, by article; keeps the files open that it was asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[int, IO[bytes]] = {}

    def of(self, shares: Sequence[int]) -> Iterator[ReadArticle]:
        """The articles of these shares by number."""
        places = []
        for share in shares:
            row = read_part(share_path(self._folder, share, "places"), 0)
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


def write_parts(path: Path, parts: Sequence[array[int]]) -> None:
    """Rows of numbers in parts that can be read alone: a line that says how long each is, then the parts."""
    with whole_file(path) as file:
        file.write(json.dumps([len(part) for part in parts]).encode() + b"\n")
        for part in parts:
            part.tofile(file)


def read_part(path: Path, number: int) -> array[int]:
    """One of them."""
    found = array(NUMBERS)
    with path.open("rb") as file:
        lengths = json.loads(file.readline())
        file.seek(sum(lengths[:number]) * found.itemsize, 1)
        found.fromfile(file, lengths[number])
    return found
