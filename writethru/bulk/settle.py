"""Fifth step of a job: which shares did not know that another one had the same text first, and so are done again.

A text that stands at another article too is weighed differently (``watch.decide``, ``elsewhere``). Shares are recorded
apart from each other, so each says what it asked; what it was not told is looked up here among all texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from writethru.bulk.share import share_path
from writethru.bulk.whole import lines_of

Told = Mapping[str, tuple[int, int]]

_WANTED = """SELECT asked.share, asked.digest, texts.at, texts.look FROM asked JOIN texts USING (digest)
    WHERE texts.share <> asked.share AND (texts.at, texts.look) < (asked.at, asked.look)
    ORDER BY texts.at DESC, texts.look DESC"""


def to_be_told(folder: Path, count: int) -> dict[int, dict[str, tuple[int, int]]]:
    """Share to what it should have been told: digest to the first moment at another share's article."""
    told: dict[int, dict[str, tuple[int, int]]] = {}
    path = folder / "texts.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE asked (share INTEGER, digest TEXT, at INTEGER, look INTEGER);"
            "CREATE TABLE texts (share INTEGER, digest TEXT, article INTEGER, at INTEGER, look INTEGER); BEGIN"
        )
        for share in range(count):
            asked = ((share, *row) for row in lines_of(share_path(folder, share, "asked")))
            connection.executemany("INSERT INTO asked VALUES (?, ?, ?, ?)", asked)
            texts = ((share, *row) for row in lines_of(share_path(folder, share, "texts")))
            connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", texts)
        connection.execute("CREATE INDEX texts_by_digest ON texts (digest)")
        for share, digest, at, look in connection.execute(_WANTED):
            told.setdefault(share, {})[digest] = (at, look)  # the last one is the earliest
    return told
