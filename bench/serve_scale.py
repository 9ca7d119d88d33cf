"""How fast are pages and API over 100,000 articles and 300,000 versions, how much memory do they take, and does that grow?

A few articles with three versions each are imported as any others; the rest are copies of their rows with ids, addresses and
times of their own, made by the database. One server process answers; one client asks, one request after the other.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.machine import heading, machine
from writethru.archive import Archive, open_archive
from writethru.storage.columns import Moment
from writethru.storage.sqlstore import SqlStore
from writethru.storage.tables import metadata

SEEDS = 200
SIZES = (2_000, 20_000, 100_000)
COPIED = (
    "articles", "aliases", "captures", "extractions", "versions", "appearances", "changes", "edits", "change_facets",
)  # fmt: skip
REQUESTS = 300
BURST = 1_000
MINUTE = 60_000_000


def texts(number: int) -> list[str]:
    """Three states of one article."""
    dice = random.Random(number)
    words = [f"{dice.choice('bdfgklmnprst')}{dice.choice('aeiou')}{dice.choice('bdfgklmnprst')}en" for _ in range(90)]
    paragraphs = [
        " ".join(dice.choices(words, k=40)).capitalize() + f", about {dice.randrange(900)} of them." for _ in range(9)
    ]
    one = "\n\n".join(paragraphs)
    paragraphs[3] = paragraphs[3].replace("about", "more than")
    two = "\n\n".join(paragraphs)
    return [one, two, "\n\n".join([*paragraphs[:5], "A new paragraph of some words.", *paragraphs[6:]])]


def seeded(folder: Path) -> Archive:
    """An archive with the articles that are copied."""
    lines = [
        {"outlet": f"Outlet {n % 40}", "url": f"https://o{n % 40}.example/{n}", "time": f"2031-01-{1 + v:02d}T{n % 24:02d}:00:00Z",
         "title": f"Made up headline {n}", "text": body}
        for n in range(SEEDS) for v, body in enumerate(texts(n))
    ]  # fmt: skip
    path = folder / "seeds.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    archive = open_archive(str(folder / "scale.db"))
    archive.import_paths([path])
    return archive


def grow(archive: Archive, size: int) -> None:
    """Double the articles until there are so many."""
    store = archive.store
    assert isinstance(store, SqlStore)
    while (have := count(store)) < size:
        with store._database.write() as connection:
            captures = int(connection.execute(text("SELECT max(id) FROM captures")).scalar_one())
            bounds = {"s": have, "c": captures, "t": have * MINUTE, "most": min(have, size - have)}
            for name in COPIED:
                copy(connection, name, bounds)


def count(store: SqlStore) -> int:
    """Articles, whose ids are without gaps."""
    with store._database.read() as connection:
        return int(connection.execute(text("SELECT max(id) FROM articles")).scalar_one())


def copy(connection: Any, name: str, bounds: dict[str, int]) -> None:
    """The rows of the first articles again, for as many new ones."""
    table = metadata.tables[name]
    values = []
    for column in table.columns:
        if column.name == "article_id" or (name == "articles" and column.name == "id"):
            values.append(f"{column.name} + :s")
        elif column.name == "capture_id" or (name == "captures" and column.name == "id"):
            values.append(f"{column.name} + :c")
        elif isinstance(column.type, Moment):
            values.append(f"{column.name} + :t")
        elif column.name in ("key", "url"):
            values.append(f"{column.name} || '/' || :s")
        else:
            values.append(column.name)
    owner = {"articles": "id", "extractions": "(SELECT article_id FROM captures WHERE captures.id = capture_id)"}
    where = f"{owner.get(name, 'article_id')} <= :most"
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    spelled = ", ".join(value.replace("offset", '"offset"') for value in values)
    connection.execute(text(f"INSERT INTO {name} ({names}) SELECT {spelled} FROM {name} WHERE {where}"), bounds)


def asked(size: int) -> dict[str, list[str]]:
    """Addresses of each kind, spread over the archive."""
    dice = random.Random(1)
    ids = [dice.randrange(1, size + 1) for _ in range(REQUESTS)]
    return {
        "river": ["/"] * REQUESTS,
        "river of an outlet": [f"/?outlet={1 + n % 40}" for n in ids],
        "article": [f"/articles/{n}" for n in ids],
        "change": [f"/articles/{n}/changes/1" for n in ids],
        "sentences": [f"/articles/{n}/sentences" for n in ids[:60]],
        "API: changes": ["/api/v1/changes?limit=50"] * REQUESTS,
        "API: articles": [f"/api/v1/articles?limit=50&cursor={n}" for n in ids],
        "API: article": [f"/api/v1/articles/{n}" for n in ids],
        "API: captures": [f"/api/v1/captures?article={n}" for n in ids],
        "API: outlets": ["/api/v1/outlets"] * REQUESTS,
        "API: status": ["/api/v1/status"] * 20,
    }


class Server:
    """One worker over a database."""

    def __init__(self, database: Path) -> None:
        command = [sys.executable, __file__, "--serve", str(database)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> float:
        """Seconds for one answer."""
        started = time.perf_counter()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        return time.perf_counter() - started

    def cpu(self) -> float:
        """CPU seconds so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(stat[11]) + int(stat[12])) / 100

    def memory(self) -> float:
        """Megabytes at the most so far."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))

    def stop(self) -> None:
        """End it."""
        self.connection.close()
        self.process.terminate()
        self.process.wait()


def measure(database: Path, size: int) -> dict[str, Any]:
    """Milliseconds by the clock and of the server's CPU, for each kind of request."""
    server = Server(database)
    rows: dict[str, Any] = {}
    try:
        for name, paths in asked(size).items():
            server.get(paths[0])
            spent = server.cpu()
            times = sorted(server.get(path) * 1000 for path in paths)
            cpu = (server.cpu() - spent) / len(paths) * 1000
            rows[name] = {
                "cpu_ms": round(cpu, 1),
                "median_ms": round(times[len(times) // 2], 1),
                "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
            }
        spent, started = server.cpu(), time.perf_counter()
        for _ in range(BURST):
            server.get("/")
        seconds = time.perf_counter() - started
        rate = {"per_second": round(BURST / seconds), "per_cpu_second": round(BURST / (server.cpu() - spent))}
        return {"articles": size, "rows": rows, "river": rate, "memory_mb": round(server.memory())}
    finally:
        server.stop()


def serve(database: str) -> None:
    """Serve until ended, saying the port first."""
    import socket

    import uvicorn

    from writethru.web import create_app

    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listening.getsockname()[1], flush=True)
    with open_archive(database) as archive:
        uvicorn.Server(uvicorn.Config(create_app(archive), log_level="warning", lifespan="off")).run(
            sockets=[listening]
        )


def main(arguments: list[str]) -> int:
    """Grow an archive and measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=SIZES)
    parser.add_argument("--serve", metavar="DB", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.serve:
        serve(options.serve)
        return 0
    about = machine()
    print(heading(about), file=sys.stderr)
    sizes = []
    with tempfile.TemporaryDirectory() as folder:
        archive = seeded(Path(folder))
        for size in options.articles:
            started = time.perf_counter()
            grow(archive, size)
            print(
                f"{size:,} articles, {3 * size:,} versions (made in {time.perf_counter() - started:.0f} s)", flush=True
            )
            sizes.append(measure(Path(folder) / "scale.db", size))
            for name, got in sizes[-1]["rows"].items():
                print(
                    f"  {got['cpu_ms']:7.1f} cpu  {got['median_ms']:7.1f} {got['p95_ms']:7.1f} ms  {name}", flush=True
                )
            print(f"  river: {sizes[-1]['river']}, memory {sizes[-1]['memory_mb']} MB", flush=True)
        archive.close()
    if options.json:
        print(json.dumps({"machine": about, "sizes": sizes}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
