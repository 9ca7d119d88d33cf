"""100,000 watched articles: choosing the next 500 looks, and memory over 100,000 looks.

    python -m bench watch_scale [--articles N] [--hosts N] [--postgres] [--looks N] [--watched N] [--cache KIB] [--json]

**Choosing**: all articles are watched, a tenth of them due, spread over hosts as unevenly as
outlets are (the first hosts have most). Timed is one ``claim_due`` of 25 hosts with 20 looks
each, and the release after it; median of 20 on SQLite and, with ``--postgres``, on a server
of its own. **Memory**: the real watcher on a simulated clock with a fetcher that makes its
answers up (304s, and an edit every 25th look at an article), everything behind it as always:
evidence, decisions, versions, comparison, schedule. At intervals resident memory is taken, how
many blocks Python has in use, and the size of the database: SQLite's page cache grows with that
up to its bound, which ``--cache`` makes smaller to tell the two apart.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from bench.machine import heading, machine
from bench.made_exchanges import MadeFetcher
from writethru.config import Config, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.storage import address, open_store, queue_tables, tables
from writethru.storage.connect import Database
from writethru.watch.clock import SimulatedClock
from writethru.watch.loop import Watcher

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
CHOSEN_HOSTS = 25
PER_HOST = 20
TIMES = 20


def fill(url: str, articles: int, hosts: int) -> None:
    """Articles at hosts; one in ten is due at noon, the others in the days after."""
    rows: list[dict[str, Any]] = []
    for number in range(articles):
        host = f"h{int((number / articles) ** 2 * hosts):04d}.example"
        due = NOON - timedelta(seconds=number % 3600) if number % 10 == 0 else NOON + timedelta(minutes=number % 40_000)
        rows.append({"url": f"http://{host}/story-{number}", "host": host, "added_at": NOON, "next_look_at": due})
    database = Database(url)
    with database.write() as connection:
        connection.execute(
            queue_tables.hosts.insert(), [{"host": host} for host in sorted({row["host"] for row in rows})]
        )
        connection.execute(tables.articles.insert(), rows)
        if not database.sqlite:
            connection.execute(text("ANALYZE"))  # as the server itself would after a while
    database.close()


def choosing(name: str, url: str, articles: int, hosts: int) -> dict[str, Any]:
    """How long the choice of the next looks takes."""
    store = open_store(url)
    fill(url, articles, hosts)
    wall, cpu, chosen = [], [], 0
    held: set[str] = set()
    for number in range(TIMES):
        started, used = time.perf_counter(), time.process_time()
        with store.transaction():
            due = store.claim_due(
                "bench", NOON, until=NOON + timedelta(minutes=15), hosts=CHOSEN_HOSTS, per_host=PER_HOST
            )
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - used) * 1000)
        chosen = max(chosen, len(due))
        held |= {look.host for look in due}
        if number % 2:  # half of the choices are made beside the leases of the one before
            with store.transaction():
                store.release_hosts("bench", list(held))
            held = set()
    store.close()
    return {
        "database": name,
        "articles": articles,
        "hosts": hosts,
        "chosen": chosen,
        "median_ms": round(statistics.median(wall), 1),
        "worst_ms": round(max(wall), 1),
        "median_cpu_ms": round(statistics.median(cpu), 1),
    }


def choices(articles: int, hosts: list[int], *, postgres: bool) -> Iterator[dict[str, Any]]:
    """On each database, with each number of hosts."""
    for count in hosts:
        with tempfile.TemporaryDirectory() as made:
            yield choosing("SQLite", f"{made}/scale.db", articles, count)
    if postgres:
        from tests.postgres import running

        with running() as server:
            for count in hosts:
                yield choosing("PostgreSQL", server.new_database(), articles, count)


def resident_mb() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def without_network() -> Iterator[None]:
    """Watchers made here ask nobody."""
    with patch("writethru.watch.loop.Fetcher", MadeFetcher):
        yield


def limit_page_cache(kib: int) -> None:
    """SQLite's page cache of each connection made from here on."""
    kept = tuple(setting for setting in address.SQLITE_SETTINGS if not setting.startswith("cache_size="))
    address.SQLITE_SETTINGS = (*kept, f"cache_size=-{kib}")


def memory(looks: int, articles: int, steps: int) -> Iterator[dict[str, Any]]:
    """Resident memory after each part of the looks."""
    clock = SimulatedClock(NOON)
    config = Config(schedule=ScheduleConfig(floor_minutes=20, looks=1e6))
    with tempfile.TemporaryDirectory() as made, without_network():
        store = open_store(f"{made}/memory.db")
        with store.transaction():
            for number in range(articles):
                host = f"h{number % 50}.example"
                url = f"http://{host}/story-{number}"
                store.add_article(url, host=host, outlet_id=None, at=NOON, next_look_at=NOON, reason="bench")
        with Watcher(store, EvidenceFolder(Path(made) / "evidence"), config, clock) as watcher:
            done, used = 0, time.process_time()
            while done < looks:
                report = watcher.run(clock.now() + timedelta(minutes=20 * looks / articles / steps))
                done += report.looks
                cpu = (time.process_time() - used) * 1000 / max(done, 1)
                gc.collect()
                yield {
                    "looks": done,
                    "resident_mb": round(resident_mb(), 1),
                    "python_blocks": sys.getallocatedblocks(),
                    "database_mb": round(Path(made, "memory.db").stat().st_size / 1e6, 1),
                    "cpu_ms_per_look": round(cpu, 2),
                }
        store.close()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--hosts", type=int, nargs="+", default=[200, 3000])
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--looks", type=int, default=100_000, help="of the memory run; 0 leaves it out")
    options.add_argument("--watched", type=int, default=2000, help="articles of the memory run")
    options.add_argument("--steps", type=int, default=10, help="at how many intervals memory is taken")
    options.add_argument("--cache", type=int, default=0, help="KiB of SQLite's page cache; 0 = as always")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about = machine()
    if not given.json:
        print(heading(about), flush=True)
    chosen = []
    for row in choices(given.articles, given.hosts, postgres=given.postgres) if given.articles else ():
        chosen.append(row)
        if not given.json:
            print(", ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    if given.cache:
        limit_page_cache(given.cache)
    rows = []
    for row in memory(given.looks, given.watched, given.steps) if given.looks else ():
        rows.append(row)
        if not given.json:
            print(", ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    if given.json:
        print(json.dumps({"machine": about, "choosing": chosen, "memory": rows}, indent=2))


if __name__ == "__main__":
    main()
