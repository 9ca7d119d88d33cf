"""How long does a search take over 300,000 versions (SQLite) and 1,000,000 (PostgreSQL), and does that grow?

The corpus is made up: words by Zipf's law, 200 a text, three versions an article that share all but a sentence, and
rare words that grow with the archive. It is put into the tables in bulk, as the follower would leave them.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from bench.machine import heading, machine
from writethru.analyse.search import Search
from writethru.search.document import SearchDocument, Unit
from writethru.search.terms import entries_of, labels_of
from writethru.storage import codec, open_store, search_native
from writethru.storage.search_tables import INDEX, search_documents
from writethru.storage.sqlstore import SqlStore
from writethru.storage.tables import appearances, articles, outlets, versions

SIZES = {"sqlite": (10_000, 33_000, 100_000), "postgresql": (20_000, 100_000, 334_000)}
MADE = 20_000
"""Articles that are made one by one for PostgreSQL; more are copies of them with ids of their own, made by the server."""
VERSIONS = 3
WORDS = 200
VOCABULARY = 60_000
STREAM = 2_000_000
OUTLETS = 40
BATCH = 2_000
START = datetime(2029, 1, 1, tzinfo=UTC)
REPEATS = 15

QUERIES = {
    "the commonest word": "{0}",
    "a common word (rank 50)": "{50}",
    "a word of 1 text in 100": "{3000}",
    "a rare word": "{50000}",
    "a word of one article": "only{last}",
    "a word that is nowhere": "nowhereatall",
    "phrase of two common words": '"{0} {1}"',
    "phrase of common words in an order that hardly occurs": '"{0} {1} {2} {3}"',
    "phrase of a common and a rarer word": '"{0} {3000}"',
    "prefix of three letters": "tak*",
    "prefix of four letters": "taka*",
    "common AND rare": "{0} {50000}",
    "common AND common": "{0} {1} {2}",
    "common NOT commonest": "{50} NOT {0}",
    "OR of common words": "{0} OR {5} OR {9}",
    "removed, with a common word": "{0} removed:yes",
    "one outlet, common word": "{0} outlet:o7",
    "first month, common word": "{0} before:2029-02",
    "headline": "headline:{0}",
}
SYLLABLES = [a + b for a in "ktsnhmrwgzdbpfl" for b in "aeiou"]


class Corpus:
    """Documents by number, always the same."""

    def __init__(self) -> None:
        dice = random.Random(5)
        self.words = list(dict.fromkeys(_word(dice, n) for n in range(2 * VOCABULARY)))[:VOCABULARY]
        weights = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(self.words))))
        self.stream = dice.choices(self.words, cum_weights=weights, k=STREAM)

    def document(self, number: int) -> SearchDocument:
        """Eight paragraphs; the sixth is in version 1 only, the seventh in 1 and 2, the last two in 3 only or 2 and 3."""
        dice = random.Random(number)
        at = dice.randrange(STREAM - WORDS)
        own = self.stream[at : at + WORDS]
        own[7] = f"only{number}"
        own[120] = f"rare{number // 7}"
        bits = (7, 7, 7, 7, 7, 1, 3, 4, 6)
        units = [Unit("headline", (line := " ".join(own[:8])), f" {line} ", 7)]
        step = WORDS // len(bits)
        for part, versions_ in enumerate(bits):
            line = " ".join(own[part * step : (part + 1) * step])
            units.append(Unit("paragraph", line, f" {line} ", versions_))
        first = START + timedelta(minutes=number)
        labels = labels_of(1 + number % OUTLETS, first, ("figure",))
        return SearchDocument(number, ("a" * 16, "b" * 16, "c" * 16), VERSIONS, tuple(units), labels)


def _word(dice: random.Random, n: int) -> str:
    return "".join(dice.choices(SYLLABLES, k=1 + (n > 70) + (n > 900) + (n > 20_000)))


@contextmanager
def opened(kind: str) -> Iterator[SqlStore]:
    """An empty archive."""
    with ExitStack() as stack:
        if kind == "sqlite":
            url = str(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "scale.db")
        else:
            from tests import postgres

            server = stack.enter_context(postgres.running())
            server.execute("ALTER SYSTEM SET shared_buffers = '512MB'")
            server.crash()
            server.start()
            url = server.new_database()
        store = open_store(url)
        assert isinstance(store, SqlStore)
        stack.callback(store.close)
        yield store


def fill(store: SqlStore, corpus: Corpus, first: int, last: int) -> None:
    """Articles ``first`` … ``last`` with their documents; PostgreSQL builds its index afterwards."""
    database = store._database
    with database.write() as connection:
        if first == 1:
            rows = [{"id": n, "name": f"O{n}", "host": ""} for n in range(1, OUTLETS + 1)]
            connection.execute(insert(outlets), rows)
        if not database.sqlite:
            connection.execute(text(f"DROP INDEX ix_{INDEX}_words"))
    made = last if database.sqlite else min(last, MADE)
    for start in range(first, made + 1, BATCH):
        documents = [corpus.document(number) for number in range(start, min(start + BATCH, made + 1))]
        with database.write() as connection:
            _records(connection, documents)
            forms = [{"article_id": d.article_id, "form": codec.pack_form(d.to_form())} for d in documents]
            connection.execute(insert(search_documents), forms)
            if database.sqlite:
                for document in documents:
                    search_native.put(connection, document.article_id, entries_of(document))
            else:
                _copy(connection, documents)
    if not database.sqlite:
        for shift in range(max(0, first - 1) // MADE * MADE, last, MADE):
            with database.write() as connection:
                _copies(connection, shift, last)
        with database.write() as connection:
            connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            made = f"CREATE INDEX ix_{INDEX}_words ON {INDEX} USING gin (words) WITH (fastupdate = off)"
            connection.execute(text(made))
            connection.execute(text("ANALYZE"))


def _records(connection: Any, documents: list[SearchDocument]) -> None:
    at = [(d.article_id, START + timedelta(minutes=d.article_id)) for d in documents]
    rows = [
        {"id": n, "url": f"https://o.example/{n}", "host": "o.example", "outlet_id": 1 + n % OUTLETS, "added_at": when,
         "next_look_reason": "", "etag": "", "last_modified": "", "payload": "", "pace": 0}
        for n, when in at
    ]  # fmt: skip
    connection.execute(insert(articles), rows)
    texts = [
        {"article_id": n, "number": v, "digest": f"{n}-{v}", "headline": "Made up", "words": WORDS, "label": "",
         "seen_at": when, "basis": "observed", "extractor": "made/1", "keyframe": v, "size": 0, "packed": b"", "dictionary": ""}
        for n, when in at for v in range(1, VERSIONS + 1)
    ]  # fmt: skip
    connection.execute(insert(versions), texts)
    seen = [
        {"article_id": n, "ordinal": v, "version_number": v, "first_seen_at": when + timedelta(hours=v),
         "last_seen_at": when + timedelta(hours=v), "basis": "observed", "looks": 1}
        for n, when in at for v in range(1, VERSIONS + 1)
    ]  # fmt: skip
    connection.execute(insert(appearances), seen)


def _copy(connection: Any, documents: list[SearchDocument]) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {INDEX} (article_id, words) FROM STDIN") as copy:
        for document in documents:
            copy.write_row((document.article_id, search_native.tsvector(document.article_id, entries_of(document))))


def _copies(connection: Any, shift: int, last: int) -> None:
    """The first articles again under higher ids; the labels of blocks of ids are put right."""
    if shift == 0:
        return
    bounds = {"shift": shift, "most": min(MADE, last - shift)}
    old = ", ".join(f"'~{name}' || (article_id >> {bits})" for name, bits in search_native.LEVELS)
    new = ", ".join(f"'~{name}' || ((article_id + :shift) >> {bits})" for name, bits in search_native.LEVELS)
    words = f"ts_delete(words, ARRAY[{old}]) || array_to_tsvector(ARRAY[{new}])"
    copied = {
        "articles": "url, host, outlet_id, added_at, next_look_reason, etag, last_modified, payload, pace",
        "versions": "number, digest, headline, words, label, seen_at, basis, extractor, keyframe, size, packed, dictionary",
        "appearances": "ordinal, version_number, first_seen_at, last_seen_at, basis, looks",
        "search_documents": "form",
    }
    for table, columns in copied.items():
        key = "id" if table == "articles" else "article_id"
        select = f"SELECT {key} + :shift, {columns} FROM {table} WHERE {key} <= :most"
        connection.execute(text(f"INSERT INTO {table} ({key}, {columns}) {select}"), bounds)
    rows = f"SELECT article_id + :shift, {words} FROM {INDEX} WHERE article_id <= :most"
    connection.execute(text(f"INSERT INTO {INDEX} (article_id, words) {rows}"), bounds)


def measured(store: SqlStore, corpus: Corpus, last: int) -> dict[str, dict[str, Any]]:
    """Of each query milliseconds by the clock, and of CPU in this process and in the database's own."""
    search = Search(store)
    found = {}
    for name, pattern in QUERIES.items():
        query = pattern.format(*corpus.words, last=last // 2)
        times = []
        search.find(query)
        spent, served = time.process_time(), backend_seconds(store)
        for _ in range(REPEATS):
            started = time.perf_counter()
            page = search.find(query)
            times.append((time.perf_counter() - started) * 1000)
        cpu = time.process_time() - spent + backend_seconds(store) - served
        times.sort()
        found[name] = {
            "cpu_ms": round(1000 * cpu / REPEATS, 1),
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
            "hits": len(page.hits),
            "more": bool(page.cursor),
        }
    return found


def backend_seconds(store: SqlStore) -> float:
    """CPU that PostgreSQL's processes for us have used so far; 0 for SQLite, which is in this one."""
    if store._database.sqlite:
        return 0.0
    with store._database.read() as connection:
        query = (
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        pids = connection.execute(text(query)).scalars().all()
    stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / 100


def disk(store: SqlStore) -> float:
    """Megabytes of the database."""
    with store._database.read() as connection:
        if store._database.sqlite:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            return float(pages) * connection.execute(text("PRAGMA page_size")).scalar_one() / 1e6
        return float(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()) / 1e6


def main(arguments: list[str]) -> int:
    """Build up, measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=sorted(SIZES), default="sqlite")
    parser.add_argument("--articles", type=int, nargs="*", help="sizes, ascending; three versions each")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    about = machine()
    print(heading(about), file=sys.stderr)
    corpus = Corpus()
    rows = []
    with opened(options.database) as store:
        done = 0
        for size in options.articles or SIZES[options.database]:
            started = time.perf_counter()
            fill(store, corpus, done + 1, size)
            filled = time.perf_counter() - started
            done = size
            queries = measured(store, corpus, size)
            row = {"versions": size * VERSIONS, "filled_s": round(filled), "mb": round(disk(store)), "queries": queries}
            rows.append(row)
            print(
                f"{options.database}: {size * VERSIONS:,} versions, {row['mb']} MB, filled in {filled:.0f} s",
                flush=True,
            )
            for name, got in queries.items():
                more = "+" if got["more"] else ""
                print(
                    f"  {got['cpu_ms']:8.1f} cpu {got['median_ms']:8.1f} {got['p95_ms']:8.1f} ms  {got['hits']:3}{more:1}  {name}",
                    flush=True,
                )
    if options.json:
        print(json.dumps({"machine": about, "database": options.database, "sizes": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
