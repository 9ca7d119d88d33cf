"""CPU of one look at an unchanged article: 304, equal bytes, equal text in other furniture.

    python -m bench watch_cost [--looks N] [--page KB] [--hosts N] [--peers [FOLDER]] [--json]

The replay press runs in a process of its own and serves made-up articles of 650 words in
pages of 100 KB, one at each of ten hosts; a watcher follows them on a simulated clock, one
look at each every 20 virtual minutes. Counted is all CPU of the watcher's process: lease,
politeness, request, evidence, decision, record, next date. Not counted: telling the press the
time, which no real watch does. The simulated clock leaves out the fsync of the evidence: that
is waiting, not CPU. With ``--peers``, changedetection.io and urlwatch look at such pages in
the same session, so that the figures can be told as ratios whatever the machine is doing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from import_speed import sentence
from machine import heading, machine
from peers_cost import peers_cost

from writethru.config import Config, FetchConfig, ScheduleConfig
from writethru.evidence import EvidenceFolder
from writethru.extraction import extract
from writethru.storage import open_store
from writethru.watch.loop import Watcher
from writethru.watch.press_clock import PressClock

START = datetime(2031, 5, 4, 6, tzinfo=UTC)
EVERY = timedelta(minutes=20)
WARM_UP = 6
HOSTS = [f"courier{number}.example" for number in range(50)]
URL = f"http://{HOSTS[0]}/ferry"
PEERS = Path("/tmp/venv-peers")


def page(look: int, size: int) -> bytes:
    """The article in its page; what stands around it depends on ``look``."""
    chance = random.Random(7)
    body = "\n".join(f"<p>{' '.join(sentence(chance) for _ in range(3))}</p>" for _ in range(15))
    around = random.Random(look)
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry inquiry - The Fictional Courier</title>",
        '<meta property="og:title" content="Ferry inquiry"><meta property="og:type" content="article"></head><body>',
        f"<nav>{_links(around, 60)}</nav><main><article><h1>Ferry inquiry</h1><p class=byline>By Ada Quill</p>",
        f"<time>Updated {look % 60} minutes ago</time>{body}</article></main>",
        f"<aside><h2>Most read</h2>{_links(around, 40)}</aside><footer>{_links(around, 60)}</footer>",
    ]
    have = sum(map(len, parts))
    while have < size:  # scripts, styles and lists of links, as on real pages
        slot = f"<script>var slot{have}={{id:{around.random()},list:[{around.random()}]}};</script>"
        part = f"{slot}<div>{_links(around, 4)}</div>"
        parts.append(part)
        have += len(part)
    return ("".join(parts) + "</body></html>").encode()


def _links(chance: random.Random, count: int) -> str:
    return "".join(f'<li><a href="/{chance.randrange(10**6)}">{sentence(chance)[:40]}</a></li>' for _ in range(count))


def write_pages(folder: Path, pages: int, size: int, hosts: int) -> None:
    """At each host one file a state of its page, each 20 minutes after the one before."""
    for host in HOSTS[:hosts]:
        (folder / host / "ferry").mkdir(parents=True)
    for number in range(pages):
        stamp = (START + number * EVERY).strftime("%Y-%m-%dT%H-%M-%SZ")
        body = page(number, size)
        for host in HOSTS[:hosts]:
            (folder / host / "ferry" / f"{stamp}.html").write_bytes(body)


@contextmanager
def press(folder: Path, *rules: str) -> Iterator[int]:
    """A replay press in its own process; gives its port."""
    command = [sys.executable, "-u", "-m", "writethru", "replay", str(folder), "--port", "0", "--speed", "0"]
    for rule in rules:
        command += ["--misbehave", rule]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stdout or ())
            yield next(int(found[1]) for line in lines if (found := re.search(r"127\.0\.0\.1:(\d+)", line)))
        finally:
            process.kill()


class UncountedClock(PressClock):
    """Knows how much CPU went into telling the press the time."""

    cost = 0.0

    def advance(self, span: timedelta) -> None:
        """Jump, and note what that cost."""
        started = time.process_time()
        super().advance(span)
        self.cost += time.process_time() - started


def measure(name: str, pages: Path, rounds: int, *rules: str) -> dict[str, Any]:
    """Watch one article at each host; the mean CPU of a look after some rounds to warm up."""
    hosts = sorted(place.name for place in pages.iterdir())
    with tempfile.TemporaryDirectory() as made, press(pages, *rules) as port:
        clock = UncountedClock(START, f"http://127.0.0.1:{port}")
        connect = FetchConfig(connect_to=tuple(f"{host}=127.0.0.1:{port}" for host in hosts))
        config = Config(fetch=connect, schedule=ScheduleConfig(floor_minutes=20, looks=1e6))
        store = open_store(f"{made}/bench.db")
        for host in hosts:
            url = f"http://{host}/ferry"
            store.add_article(url, host=host, outlet_id=None, at=START, next_look_at=START, reason="bench")
        with Watcher(store, EvidenceFolder(Path(made) / "evidence"), config, clock) as watcher:
            watcher.run(START + WARM_UP * EVERY)
            clock.cost, started = 0.0, time.process_time()
            report = watcher.run(START + (WARM_UP + rounds) * EVERY)
            cpu = time.process_time() - started - clock.cost
        reasons = sorted({capture.look.reason.value for capture in store.captures(1)[WARM_UP:]})
        store.close()
    return {"look": name, "looks": report.looks, "reasons": reasons, "cpu_ms": round(cpu * 1000 / report.looks, 2)}


def reading(size: int) -> dict[str, Any]:
    """What reading the page costs by itself."""
    body = page(0, size)
    extract(body, URL)
    started = time.process_time()
    for _ in range(20):
        extract(body, URL)
    return {"look": "(of it: extraction)", "cpu_ms": round((time.process_time() - started) * 50, 2)}


def run(looks: int, size: int, hosts: int) -> list[dict[str, Any]]:
    """All kinds of unchanged looks."""
    rounds = max(looks // hosts, 1)
    with tempfile.TemporaryDirectory() as made:
        one, many = Path(made) / "one", Path(made) / "many"
        write_pages(one, 1, size, hosts)
        write_pages(many, WARM_UP + rounds + 2, size, hosts)
        return [
            measure("304", one, rounds),
            measure("equal bytes", one, rounds, "no-304@*/*"),
            measure("equal text", many, rounds, "no-304@*/*"),
            reading(size),
        ]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--looks", type=int, default=200)
    options.add_argument("--page", type=int, default=100, metavar="KB")
    options.add_argument("--hosts", type=int, default=10)
    options.add_argument("--peers", type=Path, nargs="?", const=PEERS, metavar="FOLDER")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, results = machine(), run(given.looks, given.page * 1000, min(given.hosts, len(HOSTS)))
    if given.peers:
        results += peers_cost(given.peers, page(0, given.page * 1000), page(1, given.page * 1000))
    if given.json:
        print(json.dumps({"machine": about, "page_kb": given.page, "results": results}, indent=2))
        return
    print(heading(about))
    for row in results:
        if "not_installed" in row:
            print(f"{row['look']:<32} {row['not_installed']}")
            continue
        said = f"  {row['looks']} looks, {', '.join(row['reasons'])}" if "looks" in row else ""
        print(f"{row['look']:<32} {row['cpu_ms']:>7.2f} ms CPU{said}")


if __name__ == "__main__":
    main()
