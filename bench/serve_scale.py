"""How fast are pages and API over 100,000 articles and 300,000 versions, how much memory do they take, and does that grow?

A few articles with three versions each are imported as any others; the rest are copies of their rows with ids, addresses and
times of their own, made by the database; the last article has 500 versions and is imported. One server process answers one
client, then four at once. "anew": no answer is kept (decision 0108); "kept": nothing is written meanwhile, and the addresses come
again; "304": asked with the tag of the answer before, over again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.grown import grow
from bench.machine import heading, machine, yardstick_ms
from writethru.archive import Archive, open_archive

SEEDS = 200
SIZES = (10_000, 100_000)
REQUESTS = 40
BURST = 400
CLIENTS = 4
LONG = 500
"""Versions of the article with the longest history."""


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


def lengthen(archive: Archive, folder: Path) -> None:
    """Import the article with the longest history."""
    body = texts(0)[0].split("\n\n")
    lines = []
    for n in range(LONG):
        body[n % 9] = f"By hour {n} there were {n * 37 % 1000} votes. " + body[n % 9].rpartition(". ")[2]
        time_ = f"2030-{1 + n // 600:02d}-{1 + n // 24 % 28:02d}T{n % 24:02d}:00:00Z"
        lines.append(
            {
                "outlet": "Live",
                "url": "https://l.example/live",
                "time": time_,
                "title": "Live",
                "text": "\n\n".join(body),
            }
        )
    path = folder / "long.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    archive.import_paths([path])


def made(folder: Path, size: int) -> Path:
    """A database with so many articles of three versions each, and the long one after them."""
    folder.mkdir(parents=True, exist_ok=True)
    with seeded(folder) as archive:
        grow(archive.store, size)
        lengthen(archive, folder)
    return folder / "scale.db"


def asked(size: int) -> dict[str, list[str]]:
    """Addresses of each kind, spread over the archive; the long article's number is the one after ``size``."""
    dice = random.Random(1)
    ids = [dice.randrange(1, size + 1) for _ in range(REQUESTS)]
    some = ids[:20]
    return {
        "river": ["/"] * REQUESTS,
        "river, one outlet": [f"/?outlet={1 + n % 40}" for n in ids],
        "river, kind and days": [f"/?kind=figure&since=2031-0{1 + n % 9}-01" for n in ids],
        "river, most significant": ["/?order=significant"] * 20,
        "articles": ["/articles"] * REQUESTS,
        "article": [f"/articles/{n}" for n in ids],
        "article, 500 versions": [f"/articles/{size + 1}"] * 10,
        "change": [f"/articles/{n}/changes/1" for n in ids],
        "change of 500": [f"/articles/{size + 1}/changes/{1 + n % 400}" for n in some],
        "outlet": [f"/outlets/{1 + n % 40}" for n in some],
        "sentences": [f"/articles/{n}/sentences" for n in some],
        "search": [f"/search?q={texts(n % SEEDS)[0].split()[3]}" for n in some],
        "feed": ["/feed.atom"] * REQUESTS,
        "feed of an article": [f"/articles/{n}/feed.json" for n in ids],
        "API: articles": [f"/api/v1/articles?limit=50&cursor={n}" for n in ids],
        "API: article": [f"/api/v1/articles/{n}" for n in ids],
        "API: versions": [f"/api/v1/articles/{n}/versions" for n in ids],
        "API: versions of 500": [f"/api/v1/articles/{size + 1}/versions"] * 20,
        "API: changes": ["/api/v1/changes?limit=50"] * REQUESTS,
        "API: changes of 500": [f"/api/v1/articles/{size + 1}/changes"] * 20,
        "API: change": [f"/api/v1/articles/{n}/changes/1" for n in ids],
        "API: captures": [f"/api/v1/captures?article={n}" for n in ids],
        "API: status": ["/api/v1/status"] * 10,
    }


class Server:
    """One worker over a database.

    Args:
        keeping: whether whole answers are kept.
    """

    def __init__(self, database: Path | str, *, keeping: bool) -> None:
        command = [sys.executable, __file__, "--serve", str(database), *([] if keeping else ["--anew"])]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self.connection = self.connected()

    def connected(self) -> http.client.HTTPConnection:
        """A connection of one client."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str, tag: str = "", connection: http.client.HTTPConnection | None = None) -> tuple[float, str]:
        """Milliseconds of one answer as a browser would ask for it, and its tag."""
        asking = connection or self.connection
        started = time.perf_counter()
        asking.request("GET", path, headers={"accept-encoding": "gzip", **({"if-none-match": tag} if tag else {})})
        answer = asking.getresponse()
        answer.read()
        assert answer.status == (304 if tag else 200), (path, answer.status)
        return 1000 * (time.perf_counter() - started), answer.headers.get("etag", "")

    def rate(self, path: str) -> dict[str, float]:
        """Answers a second to several clients at once, and a second of the server's CPU."""

        def client(_: int) -> list[float]:
            connection = self.connected()
            times = [self.get(path, connection=connection)[0] for _ in range(BURST // CLIENTS)]
            connection.close()
            return times

        spent, started = self.cpu(), time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            times = sorted(time_ for some in pool.map(client, range(CLIENTS)) for time_ in some)
        seconds = time.perf_counter() - started
        return {
            "per_second": round(BURST / seconds),
            "per_cpu_second": round(BURST / (self.cpu() - spent)),
            "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
        }

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


def timed(server: Server, paths: list[str], tags: list[str]) -> tuple[dict[str, float], list[str]]:
    """Milliseconds by the clock and of the server's CPU; and the tags of the answers."""
    spent = server.cpu()
    answers = [server.get(path, tag) for path, tag in zip(paths, tags, strict=True)]
    cpu = (server.cpu() - spent) / len(paths) * 1000
    times = sorted(time_ for time_, _ in answers)
    row = {
        "cpu_ms": round(cpu, 1),
        "median_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
    }
    return row, [tag for _, tag in answers]


def measure(database: Path, size: int, only: str) -> dict[str, Any]:
    """Each kind of request made anew, then with answers kept, then where the client has it already."""
    rows: dict[str, Any] = {}
    memory = {}
    chosen = {name: paths for name, paths in asked(size).items() if re.search(only, name)}
    for keeping in (False, True):
        server = Server(database, keeping=keeping)
        try:
            for name, paths in chosen.items():
                none = [""] * len(paths)
                server.get(paths[0])
                if not keeping:
                    rows[name] = {"anew": timed(server, paths, none)[0]}
                else:
                    _, tags = timed(server, paths, none)
                    rows[name]["kept"] = timed(server, paths, none)[0]
                    if all(tags):
                        rows[name]["304"] = timed(server, paths, tags)[0]
            rate = {"anew" if not keeping else "kept": server.rate("/")}
            memory["kept" if keeping else "anew"] = round(server.memory())
            rows.setdefault("river, four clients", {}).update(rate)
        finally:
            server.stop()
    return {"articles": size, "rows": rows, "memory_mb": memory}


def serve(database: str, *, keeping: bool) -> None:
    """Serve until ended, saying the port first."""
    import uvicorn

    from writethru.web import create_app, kept_pages
    from writethru.web.serve import listen

    if not keeping:
        kept_pages.KEPT_PATHS = re.compile("(?!)")  # type: ignore[misc]
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    with open_archive(database) as archive:
        uvicorn.Server(uvicorn.Config(create_app(archive), log_level="warning", lifespan="off")).run(
            sockets=[listening]
        )


def show(size: dict[str, Any]) -> None:
    """For people."""
    for name, row in size["rows"].items():
        cells = "   ".join(
            f"{how}: " + " ".join(f"{key} {value}" for key, value in got.items()) for how, got in row.items()
        )
        print(f"  {name:26} {cells}", flush=True)
    print(f"  memory at the most, MB: {size['memory_mb']}", flush=True)


def main(arguments: list[str]) -> int:
    """Make an archive of each size and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=SIZES)
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="where archives are made and found again")
    parser.add_argument("--only", default="", metavar="PATTERN", help="kinds of request whose name has this")
    parser.add_argument("--serve", metavar="DB", help=argparse.SUPPRESS)
    parser.add_argument("--anew", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.serve:
        serve(options.serve, keeping=not options.anew)
        return 0
    about = machine()
    print(heading(about), file=sys.stderr)
    sizes = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.articles:
            folder = (options.keep or Path(temporary)) / str(size)
            started = time.perf_counter()
            known = folder / "scale.db"
            database = known if known.exists() else made(folder, size)
            seconds = time.perf_counter() - started
            print(f"{size:,} articles, {3 * size + LONG:,} versions (made in {seconds:.0f} s)", flush=True)
            sizes.append(measure(database, size, options.only))
            show(sizes[-1])
    print(f"yardstick afterwards {yardstick_ms():.1f} ms", file=sys.stderr)
    if options.json:
        print(json.dumps({"machine": about, "sizes": sizes}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
