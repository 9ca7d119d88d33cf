"""Pages per CPU second of a first reading, ours or trafilatura's text alone, on annotated pages.

    python bench/extract_speed.py [--every N] [--rounds N] [--peer]

``--peer`` needs an environment with trafilatura. Pages are those of the sets aeb and fundus
(``$WRITETHRU_DATA/extraction``); the best round counts. Run both in turn: figures of one minute compare.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable

from machine import data_folder, heading, machine

SETS = ("aeb", "fundus")
Read = Callable[[bytes, str], object]


def pages(every: int) -> list[tuple[bytes, str]]:
    """Every Nth page with its address."""
    folder = data_folder() / "extraction"
    with gzip.open(folder / "truth_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["set"] in SETS]
    return [(gzip.decompress((folder / row["file"]).read_bytes()), row["url"]) for row in rows[::every]]


def reader(peer: bool) -> Read:
    """What reads one page."""
    if peer:
        import trafilatura

        return lambda page, url: trafilatura.extract(page, url=url, include_comments=False)
    from writethru.extraction import extract

    return extract


def one_round(read: Read, given: list[tuple[bytes, str]]) -> list[float]:
    """CPU seconds of each page."""
    spent = []
    for page, url in given:
        started = time.process_time()
        read(page, url)
        spent.append(time.process_time() - started)
    return sorted(spent)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=4, help="only every Nth page")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--peer", action="store_true", help="trafilatura instead of ours")
    options = parser.parse_args()
    if not (data_folder() / "extraction").exists():
        print("no annotated pages: set WRITETHRU_DATA", file=sys.stderr)
        return 3
    given, read = pages(options.every), reader(options.peer)
    best = min((one_round(read, given) for _ in range(options.rounds)), key=sum)
    print(heading(machine()))
    print(
        f"{len(given)} pages of {sum(len(page) for page, _ in given) / len(given) / 1000:.0f} KB: "
        f"{len(given) / sum(best):.1f} a CPU second, median {best[len(best) // 2] * 1000:.0f} ms, "
        f"p99 {best[int(len(best) * 0.99)] * 1000:.0f} ms"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
