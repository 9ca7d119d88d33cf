"""Do four workers look four times as fast as one, where looks wait for the network?

    python -m bench watch_rate [--workers 1 4] [--hosts N] [--articles N] [--threads N] [--answer-ms N] [--json]

One PostgreSQL, one server that is many hosts and answers each request after so long; every worker is a process of its own
with few threads, as on a machine of its own, and an evidence folder that all share. All articles are read once before; then
all are due again, nothing has changed (304), and the time from the first look to the last is taken. CPU is that of the workers
and of PostgreSQL's processes, a share of the machine's cores; where that nears 1 the machine is measured and not the design.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.machine import heading, machine, yardstick_ms
from bench.many_hosts import many_hosts, most_at_once
from bench.watch_throughput import fill, make_due, names
from tests.postgres import Server, running
from writethru.config import Config, FetchConfig, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.storage import open_store
from writethru.watch.loop import Watcher


def work(url: str, folder: str, config: Config, total: int, shared: tuple[Any, Any, Any]) -> None:
    """One worker, until all workers together have made so many looks."""
    ready, done, said = shared
    store, stop = open_store(url), threading.Event()

    def count(_looks: int, _total: int | None, _what: str) -> None:
        with done.get_lock():
            done.value += 1

    def end() -> None:
        while done.value < total:
            time.sleep(0.02)
        stop.set()

    with Watcher(store, EvidenceFolder(folder), config) as watcher:
        ready.wait()
        began, cpu = time.perf_counter(), time.process_time()
        threading.Thread(target=end, daemon=True).start()
        report = watcher.run(None, stop, progress=count)
        said.put((report.looks, time.perf_counter() - began, time.process_time() - cpu, dict(report.outcomes)))
    store.close()


def together(url: str, folder: str, config: Config, workers: int, total: int, server: Server) -> dict[str, Any]:
    """So many workers look at all that is due."""
    context = multiprocessing.get_context("spawn")
    ready, done, said = context.Barrier(workers), context.Value("i", 0), context.Queue()
    processes = [
        context.Process(target=work, args=(url, folder, config, total, (ready, done, said))) for _ in range(workers)
    ]
    spent = server_seconds(server)
    for process in processes:
        process.start()
    found = [said.get(timeout=1800) for _ in processes]
    for process in processes:
        process.join()
    seconds = max(row[1] for row in found)
    cpu, served = sum(row[2] for row in found), server_seconds(server) - spent
    return {
        "workers": workers,
        "looks": sum(row[0] for row in found),
        "shares": [row[0] for row in found],
        "outcomes": dict(sum((Counter(row[3]) for row in found), Counter())),
        "seconds": round(seconds, 1),
        "looks_per_second": round(total / seconds, 1),
        "worker_cpu_ms_a_look": round(1000 * cpu / total, 2),
        "postgresql_cpu_ms_a_look": round(1000 * served / total, 2),
        "share_of_cores": round((cpu + served) / seconds / (os.cpu_count() or 1), 2),
    }


def server_seconds(server: Server) -> float:
    """CPU of PostgreSQL's processes so far, of those that have ended too."""
    root = server.processes[-1].pid
    seconds = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(path.parent.name) == root:
            seconds += sum(map(int, fields[11:15])) / 100
        elif int(fields[1]) == root:
            seconds += (int(fields[11]) + int(fields[12])) / 100
    return seconds


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Each number of workers, on the same archive."""
    total, rows = given.hosts * given.articles, []
    with running() as server, tempfile.TemporaryDirectory() as made:
        url, folder = server.new_database(), f"{made}/evidence"
        with many_hosts(Path(made), given.answer_ms / 1000) as hosts:
            connect = tuple(f"{host}=127.0.0.1:{hosts.port}" for host in names(given.hosts))
            config = Config(
                fetch=FetchConfig(connect_to=connect, delay_seconds=0.0, threads=given.threads),
                schedule=ScheduleConfig(floor_minutes=600.0),
            )
            store = open_store(url)
            fill(store, given.hosts, given.articles)
            together(url, folder, config, 2, total, server)
            for workers in given.workers:
                make_due(store)
                rows.append(together(url, folder, config, workers, total, server))
            store.close()
        return {"rows": rows, "most_at_once_at_a_host": most_at_once(hosts.log)}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 4])
    options.add_argument("--hosts", type=int, default=40)
    options.add_argument("--articles", type=int, default=20, help="at each host")
    options.add_argument("--threads", type=int, default=2, help="of each worker")
    options.add_argument("--answer-ms", type=int, default=50)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, found = machine(), run(given)
    if given.json:
        print(json.dumps({"machine": about, **found}, indent=2))
        return
    print(heading(about))
    for row in found["rows"]:
        print(", ".join(f"{name} {value}" for name, value in row.items()))
    print(f"most at one host at once: {found['most_at_once_at_a_host']}; yardstick afterwards {yardstick_ms():.1f} ms")


if __name__ == "__main__":
    main()
