"""Looks per second over 200 hosts on loopback, and the proof that no host had two requests at once.

    python -m bench watch_throughput [--hosts N] [--articles N] [--rounds N] [--threads N] [--json]

The hosts are one server in a process of its own, each answer 20 ms away. The watcher runs on
the system's clock with evidence synced to disk as always, without a delay between requests to
one host (with the ordinary five seconds, 200 hosts give at most 40 looks a second). The first
round reads every page, the others find nothing new (304). The server's log says from when to
when each connection was open.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.machine import heading, machine
from bench.many_hosts import Hosts, many_hosts, most_at_once
from writethru.config import Config, FetchConfig, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.watch.loop import Watcher

AT_ONCE = 64


def names(hosts: int) -> list[str]:
    """Host names."""
    return [f"h{number:03d}.example" for number in range(hosts)]


def fill(store: Store, hosts: int, articles: int) -> None:
    """So many articles at each host, all due."""
    now = datetime.now(UTC)
    with store.transaction():
        for host in names(hosts):
            for number in range(articles):
                url = f"http://{host}/story-{number}"
                store.add_article(url, host=host, outlet_id=None, at=now, next_look_at=now, reason="bench")


def make_due(store: Store) -> None:
    """Every article is due again."""
    now = datetime.now(UTC)
    with store.transaction():
        for summary in store.article_summaries():
            article = store.article(summary.article.id)
            store.update_article(replace(article, next_look_at=now, retired_at=None))


def one_round(watcher: Watcher, looks: int) -> dict[str, Any]:
    """Look at all that is due; how long that took."""
    stop = threading.Event()

    def count(done: int, _total: int | None, _what: str) -> None:
        if done >= looks:
            stop.set()

    began, cpu = time.perf_counter(), time.process_time()
    report = watcher.run(None, stop, progress=count)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {
        "looks": report.looks,
        "seconds": round(seconds, 2),
        "looks_per_second": round(report.looks / seconds, 1),
        "cpu_ms_per_look": round(cpu * 1000 / max(report.looks, 1), 2),
        "outcomes": dict(report.outcomes),
        "failed": report.failed,
    }


def run(hosts: int, articles: int, rounds: int, threads: int) -> dict[str, Any]:
    """All rounds, and what the server's log says."""
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as made:
        with many_hosts(Path(made)) as server:
            store = open_store(f"{made}/bench.db")
            fill(store, hosts, articles)
            config = _config(server, hosts, threads)
            for _ in range(rounds):
                with Watcher(store, EvidenceFolder(Path(made) / "evidence"), config) as watcher:
                    results.append(one_round(watcher, hosts * articles))
                make_due(store)
            store.close()
        return {"rounds": results, "requests": len(server.log), "most_at_once_at_a_host": most_at_once(server.log)}


def _config(server: Hosts, hosts: int, threads: int) -> Config:
    connect = tuple(f"{host}=127.0.0.1:{server.port}" for host in names(hosts))
    return Config(
        fetch=FetchConfig(connect_to=connect, delay_seconds=0.0, threads=threads),
        schedule=ScheduleConfig(floor_minutes=600.0),
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", type=int, default=200)
    options.add_argument("--articles", type=int, default=15, help="at each host")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=AT_ONCE)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, found = machine(), run(given.hosts, given.articles, given.rounds, given.threads)
    if given.json:
        print(json.dumps({"machine": about, **found}, indent=2))
        return
    print(heading(about))
    for row in found["rounds"]:
        print(
            f"{row['looks']:>6} looks in {row['seconds']:>6.2f} s: {row['looks_per_second']:>6.1f} a second, "
            f"{row['cpu_ms_per_look']} ms CPU a look, {row['outcomes']}"
        )
    print(
        f"{found['requests']} requests in the server's log; most at one host at once: {found['most_at_once_at_a_host']}"
    )


if __name__ == "__main__":
    main()
