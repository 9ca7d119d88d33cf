"""How fast is the shared record at 1,000,000 versions and 20,000,000 edits (PostgreSQL), by the clock and in CPU?

A few articles, three versions each and thirty edits a change, are imported as any others; the rest are copies of their rows
made by the database (``bench.grown``). One server process answers one client. CPU is that of the server and of PostgreSQL's
processes for it. ``--at URL`` uses a database that is there, filled before or empty.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.grown import count, grow
from bench.machine import heading, machine, yardstick_ms
from bench.search_scale import backend_seconds, disk
from bench.serve_scale import Server
from writethru.archive import Archive, open_archive
from writethru.storage.search_tables import INDEX
from writethru.storage.sqlstore import SqlStore

ARTICLES = 334_000
SEEDS = 200
OUTLETS = 40
SENTENCES = 30
SECTIONS = ("Business", "World", "Sport", "Politics", "Culture")
REQUESTS = 40
SETTINGS = {
    "shared_buffers": "512MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
TURNS = (
    ("about {n} boats", "about {m} boats"),
    ("the office said", "the office may have said"),
    ("did sail", "did not sail"),
    ("in the harbour of {w}", "in the harbour of {v}"),
    ("said {w} was closed", "denied {w} was closed"),
)
"""What a sentence says before and after an edit, by kinds."""


def texts(number: int) -> list[str]:
    """Three states of one article; every sentence differs from the one before by one thing."""
    dice = random.Random(number)
    words = [f"{dice.choice('bdfgklmnprst')}{dice.choice('aeiou')}{dice.choice('bdfgklmnprst')}en" for _ in range(60)]
    stems = [" ".join(dice.choices(words, k=6)).capitalize() for _ in range(SENTENCES)]
    states = []
    for state in range(3):
        sentences = [f"{stem}, {_turn(dice, number + place, state)}." for place, stem in enumerate(stems)]
        states.append("\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, SENTENCES, 5)))
    return states


def _turn(dice: random.Random, place: int, state: int) -> str:
    before, after = TURNS[place % len(TURNS)]
    fill = {"n": dice.randrange(900), "m": dice.randrange(1000, 2000), "w": f"Old{place}port", "v": f"New{place}port"}
    return (after if state == 1 else before).format(**fill)


def seeded(url: str, folder: Path) -> Archive:
    """An archive with the articles that are copied."""
    lines = [
        {"outlet": f"Outlet {n % OUTLETS}", "url": f"https://o{n % OUTLETS}.example/{n}",
         "time": f"2031-01-{1 + v:02d}T{n % 24:02d}:{n % 60:02d}:00Z", "title": f"Made up headline {n}", "text": body}
        for n in range(SEEDS) for v, body in enumerate(texts(n))
    ]  # fmt: skip
    path = folder / "seeds.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    archive = open_archive(url)
    archive.import_paths([path])
    assert isinstance(archive.store, SqlStore)
    with archive.store._database.write() as connection:
        for at, section in enumerate(SECTIONS):
            facets = "INSERT INTO change_facets SELECT :facet, before_at, article_id, number FROM changes WHERE article_id % 5 = :at"
            connection.execute(text(facets), {"facet": f"section:{section}", "at": at})
    return archive


def fill(url: str, size: int) -> None:
    """Make the record, unless it is there; then see to statistics as the database's own housekeeping would."""
    with tempfile.TemporaryDirectory() as folder, open_archive(url) as archive:
        store = archive.store
        assert isinstance(store, SqlStore)
        now = datetime.now(UTC)
        if store.listing.newest_articles(1) == []:
            seeded(url, Path(folder)).close()
        if count(store) < size:
            with store._database.write() as connection:
                connection.execute(text(f"DROP INDEX IF EXISTS ix_{INDEX}_words"))
            grow(store, size, "search_documents", INDEX)
            with store._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                made = f"CREATE INDEX ix_{INDEX}_words ON {INDEX} USING gin (words) WITH (fastupdate = off)"
                connection.execute(text(made))
                connection.execute(text("VACUUM (ANALYZE)"))
        store.tally.keep(now)


@contextmanager
def database(given: str) -> Iterator[str]:
    """The URL of a database: the one that is named, or one in a server of our own."""
    if given:
        yield given
        return
    from tests import postgres

    with ExitStack() as stack:
        server = stack.enter_context(postgres.running())
        for name, value in SETTINGS.items():
            server.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        server.crash()
        server.start()
        yield server.new_database()


def asked(size: int) -> dict[str, list[str]]:
    """Addresses of each kind, spread over the archive."""
    dice = random.Random(1)
    ids = [dice.randrange(1, size + 1) for _ in range(REQUESTS)]
    some = ids[:20]
    word = [texts(n % SEEDS)[0].split()[3] for n in ids]
    return {
        "river": ["/"] * REQUESTS,
        "river, one outlet": [f"/?outlet={1 + n % OUTLETS}" for n in ids],
        "river, section": [f"/?section={SECTIONS[n % 5]}" for n in ids],
        "river, kind and days": [f"/?kind=figure&since=2031-0{1 + n % 7}-01&until=2031-0{1 + n % 7}-20" for n in ids],
        "river, outlet, kind, section": [f"/?outlet={1 + n % OUTLETS}&kind=hedge&section={SECTIONS[n % 5]}" for n in ids],
        "river, most significant": ["/?order=significant"] * 20,
        "river, most significant, outlet": [f"/?order=significant&outlet={1 + n % OUTLETS}" for n in some],
        "river, most significant, kind, week": [f"/?order=significant&kind=figure&since=2031-0{1 + n % 7}-01&until=2031-0{1 + n % 7}-07" for n in some],
        "articles": ["/articles"] * REQUESTS,
        "article": [f"/articles/{n}" for n in ids],
        "change": [f"/articles/{n}/changes/1" for n in ids],
        "outlet": [f"/outlets/{1 + n % OUTLETS}" for n in some],
        "search, a word": [f"/search?q={one}" for one in word],
        "search, two words": [f"/search?q={one}+boats" for one in word],
        "search, phrase": [f"/search?q=%22about+{n % 900}%22" for n in ids],
        "search, removed": [f"/search?q={one}+removed:yes" for one in word],
        "feed": ["/feed.atom"] * 20,
        "API: changes": ["/api/v1/changes?limit=50"] * REQUESTS,
        "API: change": [f"/api/v1/articles/{n}/changes/1" for n in ids],
        "API: status": ["/api/v1/status"] * 10,
        "API: status, exact": ["/api/v1/status?exact=true"] * 2,
    }  # fmt: skip


def measure(url: str, size: int, only: str) -> dict[str, Any]:
    """Milliseconds of each kind of request, nothing kept."""
    import re

    rows = {}
    server = Server(url, keeping=False)
    with open_archive(url) as archive:
        store = archive.store
        assert isinstance(store, SqlStore)
        try:
            for name, paths in asked(size).items():
                if not re.search(only, name):
                    continue
                server.get(paths[0])
                spent, served = server.cpu(), backend_seconds(store)
                times = sorted(server.get(path)[0] for path in paths)
                cpu = (server.cpu() - spent + backend_seconds(store) - served) / len(paths) * 1000
                p95 = times[int(0.95 * (len(times) - 1))]
                rows[name] = {
                    "cpu_ms": round(cpu, 1),
                    "median_ms": round(times[len(times) // 2], 1),
                    "p95_ms": round(p95, 1),
                }
                print(f"  {name:36} {rows[name]}", flush=True)
        finally:
            server.stop()
        with store._database.read() as connection:
            tables = "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) / 1000000 FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 3 DESC LIMIT 10"
            found = connection.execute(text(tables)).all()
        sizes = {name: {"rows": rows_, "mb": int(mb)} for name, rows_, mb in found}
        return {"articles": count(store), "mb": round(disk(store)), "tables": sizes, "rows": rows}


def main(arguments: list[str]) -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES, help="of three versions and two changes each")
    parser.add_argument("--at", default="", metavar="URL", help="a PostgreSQL database, empty or filled by this")
    parser.add_argument("--only", default="", metavar="PATTERN", help="kinds of request whose name has this")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    about = machine()
    print(heading(about), file=sys.stderr)
    with database(options.at) as url:
        started = time.perf_counter()
        fill(url, options.articles)
        print(
            f"{options.articles:,} articles, {3 * options.articles:,} versions (ready after {time.perf_counter() - started:.0f} s)",
            flush=True,
        )
        result = measure(url, options.articles, options.only)
    print(f"{result['mb']} MB; {result['tables']}")
    print(f"yardstick afterwards {yardstick_ms():.1f} ms", file=sys.stderr)
    if options.json:
        print(json.dumps({"machine": about, **result}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
