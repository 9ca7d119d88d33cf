"""Versions imported per second of CPU, comparison and evidence included, on SQLite and PostgreSQL.

    python -m bench import_speed [FILE…] [--made ARTICLES] [--db URL | --postgres] [--json]

Imports each file into a fresh archive. Default: the public history of digital.gov in
``$WRITETHRU_DATA/revisions`` (CC0), and always histories made up here (``--made``: so many
articles of ten versions, about 650 words, one to three sentences revised each time).
``--postgres`` starts a server of its own beside SQLite; ``--db`` takes yours (it must be
empty). Of PostgreSQL only our own process's CPU is counted; wall time has the server's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from machine import data_folder, heading, machine, yardstick_ms

from writethru.evidence import EvidenceFolder
from writethru.storage import open_store
from writethru.watch import record
from writethru.watch.intake import Intake

DEFAULT = data_folder() / "revisions" / "digitalgov_dev.jsonl.gz"
VERSIONS = 10
START = datetime(2031, 5, 4, 6, tzinfo=UTC)
SUBJECTS = ("The council", "A spokeswoman", "The harbour master", "The minister", "Fishermen", "The inquiry")
VERBS = ("said", "denied", "confirmed", "expected", "warned", "had not known", "would not say", "repeated")
OBJECTS = ("that the ferry would sail again", "that repairs cost {} million", "that {} people had been aboard")
PLACES = ("on Monday", "in the old port", "at a hearing in the town hall", "after a storm that lasted {} hours")


def sentence(chance: random.Random) -> str:
    """One sentence of a fictional report."""
    words = " ".join(chance.choice(part) for part in (SUBJECTS, VERBS, OBJECTS, PLACES))
    return words.replace("{}", str(chance.randrange(2, 900))) + "."


def history(number: int) -> Iterator[dict[str, str]]:
    """The versions of one fictional article as lines of versions JSONL."""
    chance = random.Random(number)
    paragraphs = [[sentence(chance) for _ in range(3)] for _ in range(15)]
    for version in range(VERSIONS):
        if version:
            for _ in range(chance.randint(1, 3)):
                paragraph = chance.choice(paragraphs)
                paragraph[chance.randrange(len(paragraph))] = sentence(chance)
        yield {
            "outlet": "The Fictional Courier",
            "url": f"https://courier.example/{number}",
            "time": (START + timedelta(hours=number, minutes=37 * version)).isoformat(),
            "title": f"Ferry inquiry, day {number}",
            "text": "\n\n".join(" ".join(paragraph) for paragraph in paragraphs),
        }


def make(path: Path, articles: int) -> Path:
    """Write made-up histories."""
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for number in range(articles):
            lines.writelines(json.dumps(line) + "\n" for line in history(number))
    return path


class Stopwatch:
    """CPU seconds spent in the comparison."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._compare = record.compare

    def __call__(self, *texts: Any) -> Any:
        started = time.process_time()
        try:
            return self._compare(*texts)
        finally:
            self.seconds += time.process_time() - started


def measure(path: Path, name: str, database: str, folder: Path) -> dict[str, Any]:
    """Import one file into a new archive."""
    watch = Stopwatch()
    record.compare = watch  # type: ignore[assignment]
    before = yardstick_ms()
    store = open_store(database)
    try:
        intake = Intake(store, EvidenceFolder(folder))
        wall, cpu = time.perf_counter(), time.process_time()
        report = intake.run([path])
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    finally:
        store.close()
        record.compare = watch._compare
    return {
        "data": name,
        "database": database.partition(":")[0] if "://" in database else "sqlite",
        "versions": report.captures,
        "changes": report.changes,
        "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(wall, 2),
        "versions_per_cpu_second": round(report.captures / cpu),
        "comparison_share": round(watch.seconds / cpu, 2),
        "yardstick_ms": round((before + yardstick_ms()) / 2, 1),
    }


def run(given: argparse.Namespace) -> list[dict[str, Any]]:
    """All files on all databases."""
    results = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = {path.name: path for path in given.files or [DEFAULT] if path.exists()}
        files["made up"] = make(folder / "made.jsonl.gz", given.made)
        server = None
        if given.postgres:
            sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
            from tests.postgres import running

            server = stack.enter_context(running())
        for number, (name, path) in enumerate(files.items()):
            at = folder / str(number)
            at.mkdir()
            results.append(measure(path, name, given.db or str(at / "bench.db"), at / "evidence"))
            if server is not None:
                results.append(measure(path, name, server.new_database(), at / "evidence-too"))
    return results


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--made", type=int, default=100, help="articles to make up")
    options.add_argument("--db", default="", help="an empty database of your own in place of SQLite")
    options.add_argument("--postgres", action="store_true", help="PostgreSQL too, on a server of its own")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, results = machine(), run(given)
    if given.json:
        print(json.dumps({"machine": about, "results": results}, indent=2))
        return
    print(heading(about))
    for row in results:
        print(
            f"{row['data']:<28} {row['database']:<10} {row['versions']:>6} versions, {row['changes']:>5} changes: "
            f"{row['versions_per_cpu_second']:>5} versions per CPU second ({row['cpu_seconds']} s CPU, "
            f"{row['wall_seconds']} s wall, {row['comparison_share']:.0%} comparison; "
            f"yardstick {row['yardstick_ms']} ms)"
        )


if __name__ == "__main__":
    main()
