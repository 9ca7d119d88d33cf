"""What a new article costs where 5,000 to 200,000 are indexed already: shared text in SQLite, CPU time and bytes.

    python -m bench reuse_scale [--sizes 5000,20000,100000,200000] [--measured 100] [--plot FILE.svg] [--keep FOLDER]

Made-up articles of about 450 words (``made_news``) in 400 outlets. Those that are there already are put into the index in
bulk, which is the index that one after the other would have made; each measured article is new, three in ten of them
copies of another's passage (a tenth to half of the article, up to three tenths of its words edited). The time is that of
all that following the change log does for one: its text is read from the store, the index asked, partners read and
compared, pairs and grams kept in a transaction. What partners need to be there is put there before the clock starts,
for all of them, and asked for elsewhere, so that nothing of the index is in memory that would not be: the follower has
asked for 512 other articles before. The last 4,096 of each size come in one after the other, so that all tiers of the
index are filled; what that costs, moving postings on included, has a line of its own.

Filling takes 2 CPU ms an article: ``--keep`` leaves a copy of the archive of each size in a folder, as it was before
anything was measured, and begins with one that is there.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from struct import pack

import numpy as np
from sqlalchemy import func, insert, select, text, update

from bench.compare_plot import svg
from bench.machine import heading, machine
from bench.made_news import OUTLETS, Newsroom, copied
from writethru.analyse.partners import partners
from writethru.analyse.reuse import MOST_PARTNERS, ReuseAnalysis
from writethru.model import ArticleText, Extraction, Medium, NewCapture, Outcome, Reason, TimeBasis
from writethru.reuse.grams import MOST_HOLDERS, gram_rows
from writethru.reuse.words import read_words
from writethru.storage import open_store
from writethru.storage.dialect import insert_if_new
from writethru.storage.gram_buckets import FAR, FAR_BITS, NEAR_BITS, State, state_of
from writethru.storage.gram_index import change, sketch
from writethru.storage.gram_sketches import forget
from writethru.storage.gram_tables import gram_articles, gram_state
from writethru.storage.postings import by_bucket, held_by, of_rows, ordered, unpacked
from writethru.storage.reuse_store import Holder
from writethru.storage.sqlstore import SqlStore
from writethru.storage.store import Store
from writethru.storage.tables import articles, outlets

MEASURED = 10_000_000
"""Above the numbers of those that are there already."""
SIZES = (5_000, 20_000, 100_000, 200_000)
COPIES = 0.3
"""Share of the measured articles that copy another."""
AT_ONCE = 20_000
LATEST = 4_096
"""Articles that come in one after the other."""
AT_WORK = 20_000_000
"""Above all other numbers."""
BEFORE = 512
"""Articles that a follower has asked for before the clock starts: it keeps what they left."""
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
    pairs_kept: float
    sources_found: float


@dataclass(frozen=True, slots=True)
class Entered:
    """What putting grams into the index came to: milliseconds of CPU of an article, and the longest that one waited."""

    median_ms: float
    mean_ms: float
    longest_ms: int


class Archive:
    """An archive of made-up news that grows."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "scale.db"
        store = open_store(f"sqlite:///{self.path}")
        assert isinstance(store, SqlStore)
        self.store, self.news, self.filled = store, Newsroom(), _filled(store)
        self.there: set[int] = set()
        if not self.filled:
            with store._database.write() as connection:
                names = [{"id": n, "name": f"Outlet {n}", "host": f"o{n}.example"} for n in range(1, OUTLETS + 1)]
                connection.execute(insert(outlets), names)
        self.empty = 0 if self.filled else self.bytes()

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

    def latest(self, count: int) -> Entered:
        """So many more come in one after the other, as a follower of the log puts their grams there."""
        times = []
        for number in range(self.filled + 1, self.filled + count + 1):
            found, outlet = self.news.grams(number), self.news.outlet(number)
            full = set(held_by(self.store.reuse.holding(found), MOST_HOLDERS).tolist())
            entering = [Holder(gram, number, 2 * at, False, outlet) for gram, at in found.items() if gram not in full]
            started = time.process_time()
            self.store.reuse.add_grams(entering)
            times.append((time.process_time() - started) * 1000)
        self.filled += count
        return Entered(round(statistics.median(times), 2), round(statistics.mean(times), 2), round(max(times)))

    def _fill(self, numbers: Sequence[int]) -> None:
        told, packed = [], []
        for number in numbers:
            found, outlet = self.news.grams(number), self.news.outlet(number)
            told.append(of_rows((gram, number, outlet, 4 * at) for gram, at in found.items()))
            packed.append({"article_id": number, "grams": pack(f"<{len(found)}I", *sorted(found))})
        coming = by_bucket(ordered(told), FAR_BITS)
        with self.store._database.write() as connection:
            connection.execute(insert(gram_articles), packed)
            change(
                connection,
                [FAR + bucket for bucket in coming],
                lambda bucket, old: _entering(old, coming[bucket - FAR]),
            )

    def sketch(self) -> None:
        """Sketches of what was filled in bulk, as articles that come one after the other leave them."""
        with self.store._database.write() as connection:
            insert_if_new(connection, gram_state, {"id": 1, **State()._asdict()})
            forget(connection)
            state = state_of(connection)
            sketch(connection, range(1 << NEAR_BITS), np.array([], np.uint32), state.moved)
            connection.execute(update(gram_state).values(sketched=state.moved, taken=state.taken + 1))

    def at_work(self) -> None:
        """The index is asked as by a follower that has been at work for a while: its memory holds what theirs does."""
        for number in range(AT_WORK, AT_WORK + BEFORE):
            self.store.reuse.holding(self.news.grams(number))

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


def _filled(store: SqlStore) -> int:
    """Articles that are in its index already."""
    with store._database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(gram_articles)).scalar_one())


def _entering(old: bytes, coming: bytes) -> bytes:
    """A bucket with what enters it: no gram has more holders than one article after the other would give it."""
    rows = ordered([unpacked(old), unpacked(coming)])
    _, first, which = np.unique(rows["gram"], return_index=True, return_inverse=True)
    return rows[np.arange(len(rows)) - first[which] < MOST_HOLDERS].tobytes()


@contextmanager
def filled(size: int, kept: Path | None) -> Iterator[Archive]:
    """An archive of so many articles in a folder of its own; from what is kept where there is one, and kept."""
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        smaller = [path for path in (kept.glob("*.db") if kept else ()) if int(path.stem) <= size]
        if smaller:
            shutil.copy(max(smaller, key=lambda path: int(path.stem)), Path(folder, "scale.db"))
        archive = Archive(Path(folder))
        archive.fill(size - LATEST)
        archive.sketch()
        if archive.filled < size:
            print(json.dumps(asdict(archive.latest(size - archive.filled))), flush=True)
        if kept:
            archive.bytes()
            shutil.copy(archive.path, kept / f"{size}.db")
        yield archive
        archive.store.close()


def measured(archive: Archive, count: int) -> Figures:
    """So many new articles, one after the other, in the archive as it is."""
    sources = stored(archive, count)
    analysis, times = ReuseAnalysis(archive.store), []
    for number in sources:
        times.append(timed(archive.store, analysis, number))
    pairs = {number: archive.store.reuse.pairs(number) for number in sources}
    copies = [(number, source) for number, source in sources.items() if source]
    found = sum(any(pair.other(number) == source for pair in pairs[number]) for number, source in copies)
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
        pairs_kept=round(sum(map(len, pairs.values())) / count, 2),
        sources_found=round(found / max(len(copies), 1), 3),
    )


def stored(archive: Archive, count: int) -> dict[int, int]:
    """New articles and all that they will be compared with, and whom each copies (0: nobody); none is indexed yet."""
    chance, first = random.Random(archive.filled), MEASURED + len(archive.there) + archive.filled
    sources = {}
    asked = open_store(
        f"sqlite:///{archive.path}"
    )  # the archive's own store is to remember nothing of what is measured
    for number in range(first, first + count):
        source = chance.randrange(1, archive.filled + 1) if chance.random() < COPIES else 0
        share, edited = chance.uniform(0.1, 0.5), chance.uniform(0, 0.3)
        body = copied(archive.news, source, number, share, edited) if source else archive.news.text(number)
        archive.store_article(number, body)
        for partner in _close(archive, asked, number, body):
            archive.store_article(partner, archive.news.text(partner))
        sources[number] = source
    asked.close()
    return sources


def _close(archive: Archive, asked: Store, number: int, body: str) -> list[int]:
    own = gram_rows(read_words(ArticleText.from_plain(body)))
    holders = asked.reuse.holding(own["gram"])
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
    options.add_argument("--keep", type=Path, metavar="FOLDER")
    given = options.parse_args()
    print(heading(machine()), flush=True)
    found = []
    for size in map(int, given.sizes.split(",")):
        with filled(size, given.keep) as archive:
            measured(archive, 3)  # what is loaded on first use
            archive.at_work()
            gc.collect()
            gc.freeze()  # what the newsroom and the filling hold is not the archive's to go through
            found.append(measured(archive, given.measured))
            print(json.dumps(asdict(found[-1])), flush=True)
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
