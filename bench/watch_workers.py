"""Several workers on one PostgreSQL: is any look made twice, is any left out?

    python -m bench watch_workers [--looks N] [--workers 2 4] [--watch N] [--json]

A server of its own. **Choosing**: so many processes share 100,000 articles at 400 hosts, all
due; each claims hosts, notes every look that it was given, puts the article's next look far
off and gives the hosts back, as ``watch`` does. **Watching**: the same with whole watchers
(a fetcher that makes its answers up, evidence in a folder each) on fewer articles; what the
database then holds says how often each article was looked at.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.machine import heading, machine
from bench.made_exchanges import MadeFetcher
from writethru.config import Config, FetchConfig
from writethru.evidence import EvidenceFolder
from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.watch.clock import SystemClock
from writethru.watch.loop import Watcher

HOSTS = 400
AT_ONCE = 8
PER_HOST = 20
LONG = timedelta(days=30)
Notes = Queue  # of the ids a worker looked at


def fill(store: Store, articles: int) -> None:
    """All due at once."""
    now = datetime.now(UTC)
    with store.transaction():
        for number in range(articles):
            host = f"h{number % HOSTS:03d}.example"
            url = f"http://{host}/story-{number}"
            store.add_article(url, host=host, outlet_id=None, at=now, next_look_at=now, reason="bench")


def choose(url: str, name: str, _folder: str, notes: Notes[list[int]]) -> None:
    """One worker that only chooses."""
    store = open_store(url)
    seen: list[int] = []
    idle = 0
    while idle < 20:
        now = datetime.now(UTC)
        with store.transaction():
            due = store.claim_due(name, now, until=now + timedelta(minutes=15), hosts=AT_ONCE, per_host=PER_HOST)
        if not due:
            idle += 1
            time.sleep(0.05)
            continue
        idle = 0
        with store.transaction():
            for look in due:
                if look.article is not None:
                    seen.append(look.article.id)
                    store.update_article(replace(look.article, next_look_at=now + LONG))
            store.release_hosts(name, sorted({look.host for look in due}))
    notes.put(seen)
    store.close()


def watch(url: str, name: str, folder: str, notes: Notes[list[int]]) -> None:
    """One whole watcher, without a network and without delays, until nothing is due for a second."""
    store = open_store(url)
    config = Config(fetch=FetchConfig(delay_seconds=0.0))
    with patch("writethru.watch.loop.Fetcher", MadeFetcher):
        evidence = EvidenceFolder(Path(folder) / "evidence")
        with Watcher(store, evidence, config, SystemClock()) as watcher:
            while True:
                report = watcher.run(datetime.now(UTC) + timedelta(seconds=2))
                if report.looks == 0:
                    break
    store.close()
    notes.put([])


def share(url: str, workers: int, work: Callable[..., None], folder: str) -> list[list[int]]:
    """Run so many workers at once; what each noted."""
    context = multiprocessing.get_context("spawn")
    notes: Notes[list[int]] = context.Queue()
    processes = [context.Process(target=work, args=(url, f"worker-{n}", folder, notes)) for n in range(workers)]
    for process in processes:
        process.start()
    noted = [notes.get(timeout=1800) for _ in processes]
    for process in processes:
        process.join()
    return noted


def choosing(url: str, articles: int, workers: int) -> dict[str, Any]:
    """100,000 looks handed out; how often each."""
    store = open_store(url)
    fill(store, articles)
    began = time.perf_counter()
    noted = share(url, workers, choose, "")
    seconds = time.perf_counter() - began
    store.close()
    counted = Counter(article for seen in noted for article in seen)
    return {
        "what": "choosing",
        "workers": workers,
        "articles": articles,
        "given": counted.total(),
        "twice": sum(count > 1 for count in counted.values()),
        "left_out": articles - len(counted),
        "shares": [len(seen) for seen in noted],
        "seconds": round(seconds, 1),
    }


def watching(url: str, articles: int, workers: int) -> dict[str, Any]:
    """Whole watchers; how often each article was looked at."""
    store = open_store(url)
    fill(store, articles)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        share(url, workers, watch, folder)
    seconds = time.perf_counter() - began
    counted = [summary.captures for summary in store.article_summaries()]
    store.close()
    return {
        "what": "watching",
        "workers": workers,
        "articles": articles,
        "given": sum(counted),
        "twice": sum(count > 1 for count in counted),
        "left_out": sum(count == 0 for count in counted),
        "seconds": round(seconds, 1),
    }


def run(looks: int, watched: int, workers: list[int]) -> list[dict[str, Any]]:
    """Each number of workers on a new database."""
    from tests.postgres import running

    rows = []
    with running() as server:
        for count in workers:
            if looks:
                rows.append(choosing(server.new_database(), looks, count))
            if watched:
                rows.append(watching(server.new_database(), watched, count))
    return rows


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--looks", type=int, default=100_000)
    options.add_argument("--watch", type=int, default=2000)
    options.add_argument("--workers", type=int, nargs="+", default=[2, 4])
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, rows = machine(), run(given.looks, given.watch, given.workers)
    if given.json:
        print(json.dumps({"machine": about, "workers": rows}, indent=2))
        return
    print(heading(about))
    for row in rows:
        print(", ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
