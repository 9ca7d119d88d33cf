"""What a new article costs where 2,000 to 200,000 are indexed already: shared text in SQLite, CPU time and bytes.

    python -m bench reuse_scale [--sizes 2000,20000,100000,200000] [--measured 100] [--plot FILE.svg]

Made-up articles of about 450 words (``made_news``) in 400 outlets. Those that are there already are put into the index in
bulk, which is the index that one after the other would have made; each measured article is new, three in ten of them
copies of another's passage (a tenth to half of the article, up to three tenths of its words edited). The time is that of
all that following the change log does for one: its text is read from the store, the index asked, partners read and
compared, pairs and grams kept in a transaction. What partners need to be there is put there before the clock starts.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path
from struct import pack

from sqlalchemy import insert, text

from bench.compare_plot import svg
from bench.machine import heading, machine
from bench.made_news import OUTLETS, Newsroom, copied
from writethru.analyse.partners import partners
from writethru.analyse.reuse import MOST_PARTNERS, ReuseAnalysis
from writethru.model import ArticleText, Extraction, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.reuse.grams import MOST_HOLDERS, grams
from writethru.reuse.words import read_words
from writethru.storage import open_store
from writethru.storage.gram_index import KEY, POSTING, change, merged, places, split
from writethru.storage.gram_tables import gram_articles
from writethru.storage.sqlstore import SqlStore
from writethru.storage.tables import articles, outlets

SIZES = (2_000, 20_000, 100_000, 200_000)
COPIES = 0.3
"""Share of the measured articles that copy another."""
AT_ONCE = 20_000
START = datetime(2029, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one size came to: milliseconds of CPU of an article, the median and the mean, and of its parts."""

    articles: int
    median_ms: float
    mean_ms: float
    worked_out_ms: float
    kept_ms: float
    rows_an_article: float
    bytes_an_article: float
    partners_read: float
    sources_found: float


class Archive:
    """An archive of made-up news that grows."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "scale.db"
        store = open_store(f"sqlite:///{self.path}")
        assert isinstance(store, SqlStore)
        self.store, self.news, self.filled = store, Newsroom(), 0
        self.there: set[int] = set()
        with store._database.write() as connection:
            names = [{"id": n, "name": f"Outlet {n}", "host": f"o{n}.example"} for n in range(1, OUTLETS + 1)]
            connection.execute(insert(outlets), names)
        self.empty = self.bytes()

    def bytes(self) -> int:
        """Size of the database, its log written back."""
        with self.store._database.read() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return self.path.stat().st_size

    def fill(self, size: int) -> None:
        """Index articles up to this number."""
        while self.filled < size:
            last = min(self.filled + AT_ONCE, size)
            self._fill(range(self.filled + 1, last + 1))
            self.filled = last

    def _fill(self, numbers: Sequence[int]) -> None:
        coming: dict[int, list[bytes]] = defaultdict(list)
        packed = []
        for number in numbers:
            found, outlet = self.news.grams(number), self.news.outlet(number)
            for gram, at in found.items():
                coming[_far(gram)].append(POSTING.pack(gram, number, outlet, 4 * at))
            ordered = sorted(found)
            packed.append({"article_id": number, "grams": pack(f"<{len(ordered)}I", *ordered)})
        with self.store._database.write() as connection:
            connection.execute(insert(gram_articles), packed)
            change(connection, coming, lambda bucket, old: _entering(old, coming[bucket]))

    def store_article(self, number: int, body: str) -> None:
        """One article with its only version, under this number."""
        if number in self.there:
            return
        self.there.add(number)
        outlet, at = self.news.outlet(number), START + timedelta(minutes=number)
        url = f"https://o{outlet}.example/{number}"
        row = {"id": number, "url": url, "host": f"o{outlet}.example", "outlet_id": outlet, "added_at": at}
        with self.store.transaction():
            with self.store._database.write() as connection:
                connection.execute(insert(articles), [row])
            text_of = ArticleText.from_plain(body)
            read = Extraction("page/1", headline=body[:60], blocks=text_of.blocks, tail=text_of.tail)
            seen = NewCapture(url, at, TimeBasis.OBSERVED, Medium.HTTP, Outcome.EDITED, Reason.FIRST_SEEN, status=200)
            capture = self.store.add_capture(number, seen)
            self.store.add_extraction(capture.id, read)
            version = self.store.add_version(number, read.article_text, capture, extractor=read.extractor)
            self.store.add_appearance(number, version, capture)


def _far(gram: int) -> int:
    return places(gram)[1]


def _entering(old: bytes, coming: list[bytes]) -> bytes:
    """A bucket with what enters it: no gram has more holders than one article after the other would give it."""
    by_gram = groupby(split(merged(old, coming)), lambda posting: posting[:KEY])
    return b"".join(posting for _, postings in by_gram for posting in islice(postings, MOST_HOLDERS))


def measured(archive: Archive, count: int) -> Figures:
    """So many new articles, one after the other, in the archive as it is."""
    chance = random.Random(archive.filled)
    times, found, read, copies = [], 0, 0, 0
    for number in range(10_000_000 + archive.filled, 10_000_000 + archive.filled + count):
        source = chance.randrange(1, archive.filled + 1) if chance.random() < COPIES else 0
        share, edited = chance.uniform(0.1, 0.5), chance.uniform(0, 0.3)
        body = copied(archive.news, source, number, share, edited) if source else archive.news.text(number)
        archive.store_article(number, body)
        close = _close(archive, number, body)
        for partner in close:
            archive.store_article(partner, archive.news.text(partner))
        analysis = ReuseAnalysis(archive.store)
        times.append(timed(archive.store, analysis, number))
        copies += bool(source)
        found += any(pair.other(number) == source for pair in archive.store.reuse.pairs(number))
        read += len(close)
    rows = archive.store.reuse.size()[1] / (archive.filled + count)
    whole = [sum(one) for one in times]
    return Figures(
        articles=archive.filled,
        median_ms=round(statistics.median(whole), 2),
        mean_ms=round(statistics.mean(whole), 2),
        worked_out_ms=round(statistics.mean(one for one, _ in times), 2),
        kept_ms=round(statistics.mean(other for _, other in times), 2),
        rows_an_article=round(rows, 1),
        bytes_an_article=round((archive.bytes() - archive.empty) / archive.filled),
        partners_read=round(read / count, 2),
        sources_found=round(found / max(copies, 1), 3),
    )


def _close(archive: Archive, number: int, body: str) -> list[int]:
    own = grams(read_words(ArticleText.from_plain(body)))
    holders = archive.store.reuse.holding(gram.hash for gram in own)
    return partners(own, holders, article_id=number, outlet_id=archive.news.outlet(number), most=MOST_PARTNERS)


def timed(store: SqlStore, analysis: ReuseAnalysis, number: int) -> tuple[float, float]:
    """CPU milliseconds of working one article out and of keeping it."""
    started = time.process_time()
    keep = analysis.article_changed(number)
    worked_out = time.process_time()
    with store.transaction():
        keep()
    return (worked_out - started) * 1000, (time.process_time() - worked_out) * 1000


def main() -> int:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--sizes", default=",".join(map(str, SIZES)))
    options.add_argument("--measured", type=int, default=100)
    options.add_argument("--plot", type=Path, metavar="FILE.svg")
    given = options.parse_args()
    print(heading(machine()), flush=True)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        for size in map(int, given.sizes.split(",")):
            archive.fill(size)
            measured(archive, 3)  # what is loaded on first use
            gc.collect()
            gc.freeze()  # what the newsroom and the filling hold is not the archive's to go through
            found.append(measured(archive, given.measured))
            print(json.dumps(asdict(found[-1])), flush=True)
        archive.store.close()
    if given.plot:
        given.plot.write_text(_plot(found), encoding="utf-8")
    return 0


def _plot(found: Sequence[Figures]) -> str:
    series = {
        "in all, the mean": [(float(f.articles), f.mean_ms) for f in found],
        "asked and compared": [(float(f.articles), f.worked_out_ms) for f in found],
        "kept": [(float(f.articles), f.kept_ms) for f in found],
    }
    return svg(series, title="CPU time of a new article's shared text by articles in the index", along="articles")


if __name__ == "__main__":
    sys.exit(main())
