"""Captures a CPU second from page to change in bulk; one process beside two; does the cost stay flat?

    python -m bench bulk [--captures 1000] [--curve 5000,10000,20000,50000] [--plot FILE.svg] [--engines processes,spark] [--json]

Makes WARC files of the real pages in ``$WRITETHRU_DATA/extraction/pages`` (nothing of them is kept): each page is an
article at an address of its own, captured ``--looks`` times, with another number in its furniture every time and another
figure in its text every third time. Pages taken once more stand at other outlets. Then runs the whole job: files in,
Parquet out. ``--curve`` repeats it over the first files of one crawl and draws the cost of one capture. ``--faults``
makes a record of 2 GB (sparse) and kills a worker on the way. Shared text, events and statements are not looked for unless
``--analyses`` says so: pages that are taken twice are copies of each other. Where trafilatura is installed it reads some of the same
pages in the same minute: ``peer_ratio`` is captures of ours to pages of its, for each second of CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count, islice, product
from pathlib import Path
from typing import Any

from machine import data_folder, heading, machine, yardstick_ms

from writethru.bulk import job, planning
from writethru.bulk.engines import Engine, Processes
from writethru.bulk.job import Job
from writethru.evidence.records import build_record, gzip_member, new_record_id, warc_date

START = datetime(2031, 3, 1, tzinfo=UTC)
FIGURE = re.compile(rb"(>[^<>]{80,}?\b)(\d{2,3})(\b[^<>]{20,}<)")
PER_FILE = 1_000
"""Captures of a file; sizes of a curve are multiples of it."""


def pages(given: argparse.Namespace, salt: int) -> Iterator[tuple[str, bytes]]:
    """Every page that is not too large at a made-up address, at so many outlets of this round."""
    number = 0
    for path in sorted(given.pages.iterdir()):
        raw = path.read_bytes()
        body = zlib.decompress(raw, 47) if raw[:2] == b"\x1f\x8b" else raw
        if len(body) < given.most_bytes:
            yield f"https://outlet{salt * given.outlets + number % given.outlets}.example/{salt}/{number}", body
            number += 1


def state(page: bytes, look: int) -> bytes:
    """The page at one look: furniture always differs, the text every third time."""
    if look % 3 == 2:
        page = FIGURE.sub(lambda match: match[1] + str(int(match[2]) + look).encode() + match[3], page, count=1)
    return page.replace(b"</body>", b"<aside>Most read: story %d</aside></body>" % look, 1)


def record(url: str, at: datetime, page: bytes) -> bytes:
    """A WARC member."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
    fields = [("WARC-Record-ID", new_record_id()), ("WARC-Target-URI", url), ("WARC-Date", warc_date(at))]
    fields.append(("Content-Type", "application/http; msgtype=response"))
    return gzip_member(build_record("response", fields, head + page), level=1)


def articles(given: argparse.Namespace) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages without end."""
    for salt in count():
        number = -1
        for number, one in enumerate(pages(given, salt)):  # noqa: B007 (asked after the loop)
            yield one
        if number < 0:
            raise SystemExit("no pages there")


def crawl(folder: Path, given: argparse.Namespace, captures: int) -> list[Path]:
    """The files of a crawl: each has all looks of its articles, so that the first files are a smaller crawl."""
    folder.mkdir()
    chosen, made = articles(given), []
    for first in range(0, captures, PER_FILE):
        some = list(islice(chosen, min(PER_FILE, captures - first) // given.looks))
        made.append(folder / f"crawl-{first // PER_FILE:05d}.warc.gz")
        with made[-1].open("wb") as file:
            for look in range(given.looks):
                for number, (url, page) in enumerate(some, first):
                    file.write(record(url, START + timedelta(days=look, seconds=number), state(page, look)))
    return made


def peer(given: argparse.Namespace) -> float | None:
    """Pages that trafilatura reads in a CPU second, of some in the crawl; None where it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return None
    some = list(islice(articles(given), 0, min(given.captures // given.looks, 1000), 1 + given.captures // 300))
    began = time.process_time()
    for url, page in some:
        trafilatura.extract(page, url=url, include_comments=False)
    return len(some) / (time.process_time() - began)


def engine_of(name: str, workers: int) -> Engine:
    """An engine; entered by the caller."""
    if name == "spark":
        from writethru.bulk.spark import Spark

        return Spark(f"local[{workers}]")
    return Processes(workers)


def measure(given: argparse.Namespace, files: list[Path], out: Path, which: tuple[str, int]) -> dict[str, Any]:
    """One job."""
    (name, workers), before, reads = which, yardstick_ms(), peer(given)
    with ExitStack() as stack:
        engine = stack.enter_context(engine_of(name, workers))  # type: ignore[arg-type]
        began = time.perf_counter()
        report = Job(out, engine).run(files)
        seconds = time.perf_counter() - began
    shutil.rmtree(out)
    rate = report.captures / report.cpu_seconds
    return {
        "engine": name,
        "workers": workers,
        "captures": report.captures,
        "articles": report.articles,
        "versions": report.versions,
        "changes": report.changes,
        "pairs": report.pairs,
        "events": report.events,
        "statements": report.statements,
        "skipped": len(report.skipped),
        "cpu_seconds": round(report.cpu_seconds, 1),
        "wall_seconds": round(seconds, 1),
        "captures_per_cpu_second": round(rate, 1),
        "trafilatura_pages_per_cpu_second": reads and round(reads, 1),
        "peer_ratio": reads and round(rate / reads, 2),
        "load": os.getloadavg()[0],
        "peak_mb": round(report.peak_bytes / 2**20),
        "lost": report.lost,
        "yardstick_ms": round((before + yardstick_ms()) / 2, 1),
    }


def with_faults(folder: Path, files: list[Path]) -> dict[str, Any]:
    """The same files with a record of 2 GB among them and a worker killed on the way: the same versions?"""
    planning.LEAST = 40  # several shares of however few captures: one is killed, others go on
    plain = Job(folder / "plain", Processes(2)).run(files)
    huge = folder / "zz-huge.warc"
    with huge.open("wb") as file:
        size = 2 << 30
        file.write(b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet0.example/huge\r\n"
                   b"WARC-Date: 2031-04-01T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
                   b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" % size)  # fmt: skip
        file.seek(size, 1)
        file.write(b"\r\n\r\n")
    with Processes(2) as engine:
        killed = threading.Event()

        def kill(done: int, _total: int | None, what: str) -> None:
            pool = engine._pool
            if what == "recording" and done and pool is not None and not killed.is_set():
                killed.set()
                os.kill(next(iter(pool._processes)), signal.SIGKILL)

        harmed = Job(folder / "harmed", engine, kill).run([*files, huge])
    same = all(
        path.read_bytes() == (folder / "harmed" / path.relative_to(folder / "plain")).read_bytes()
        for path in (folder / "plain").rglob("*.parquet")
    )
    return {"faults": "a record of 2 GB, a killed worker", "same_bytes": same, "lost": harmed.lost, "skipped": harmed.skipped, "peak_mb": harmed.peak_bytes >> 20,
            "versions": [plain.versions, harmed.versions]}  # fmt: skip


def plot(path: Path, results: list[dict[str, Any]]) -> None:
    """CPU milliseconds of a capture by the number of captures, measured against the yardstick, as SVG."""
    points = [(r["captures"], 1000 * r["cpu_seconds"] / r["captures"] / r["yardstick_ms"]) for r in results]
    most, high = max(x for x, _ in points), max(y for _, y in points) * 1.2
    placed = [(60 + 520 * x / most, 260 - 220 * y / high) for x, y in points]
    dots = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/><text x="{x:.0f}" y="{y - 10:.0f}" text-anchor="middle">'
        f"{captures:,}: {cost:.2f}</text>"
        for (x, y), (captures, cost) in zip(placed, points, strict=True)
    )
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in placed)
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" font-family="sans-serif" font-size="12">'
        "<title>Cost of a capture in bulk by the size of the archive</title>"
        '<path d="M60 20V260H600" fill="none" stroke="currentColor"/>'
        '<text x="60" y="285">captures</text><text x="8" y="14">CPU of a capture / yardstick</text>'
        f'<polyline points="{line}" fill="none" stroke="currentColor"/>{dots}</svg>\n',
        encoding="utf-8",
    )


def run(given: argparse.Namespace) -> list[dict[str, Any]]:
    """All that was asked for."""
    results = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sizes = [int(size) for size in given.curve.split(",") if size] or [given.captures]
        files = crawl(folder / "crawl", given, max(sizes))
        for size in sizes:
            some = files[: -(-size // PER_FILE)]
            for which in product(given.engines.split(","), given.workers):
                results.append(measure(given, some, folder / "out", which))
                print(json.dumps(results[-1]), file=sys.stderr)
        if given.faults:
            results.append(with_faults(folder, files[: -(-min(sizes) // PER_FILE)]))
    return results


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path, default=data_folder() / "extraction" / "pages")
    options.add_argument("--captures", type=int, default=1000)
    options.add_argument("--looks", type=int, default=5, help="captures of each article")
    options.add_argument("--outlets", type=int, default=40)
    options.add_argument("--most-bytes", type=int, default=1 << 30, help="leave larger pages out")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--engines", default="processes")
    options.add_argument("--curve", default="")
    options.add_argument("--plot", type=Path)
    options.add_argument("--analyses", action="store_true", help="to the end: shared text, events, statements too")
    options.add_argument("--faults", action="store_true")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    if not given.analyses:
        job.steps = lambda *_: iter(())  # type: ignore[assignment]
    about, results = machine(), run(given)
    if given.plot:
        plot(given.plot, results)
    if given.json:
        print(json.dumps({"machine": about, "results": results}, indent=2))
        return
    print(heading(about))
    for result in results:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
