"""What a look costs us: CPU of fetching and recording, on loopback. ``python -m tests.evidence.cost``.

The server runs in threads of the same process and is not counted: only the CPU of the
measuring thread is. Prints one JSON object, with the time of a fixed loop beside it, so
that figures from a loaded machine can be told from those of an idle one.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import random
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.fetch.servers import HOST, ok, serving
from writethru.evidence import EvidenceFolder, revisit_hint
from writethru.fetch import Fetcher, FetchSettings

DICE = random.Random(20260911)
WORDS = ["".join(DICE.choices("etaoinshrdlucmfwyp", k=DICE.randrange(2, 11))) for _ in range(3000)]
PAGE = "".join(f"<p>{' '.join(DICE.choices(WORDS, k=60))}</p>\n" for _ in range(250)).encode()
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\nDate: Fri, 11 Sep 2026 12:00:00 GMT\r\n\r\n'
URL = f"http://{HOST}/news/ferry"
ROUNDS = 400


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU of this thread for one round, the best of five tries."""
    tries = []
    for _ in range(5):
        before = time.thread_time()
        for _ in range(rounds // 5):
            work()
        tries.append((time.thread_time() - before) / (rounds // 5) * 1000)
    return round(min(tries), 3)


def fixed_loop() -> int:
    """Pure Python, always the same."""
    return sum(number * number % 7 for number in range(100_000))


def look_costs(answer: bytes, folder: Path) -> dict[str, float]:
    """Of one look that is answered so: fetching, recording, recording as a revisit."""
    with serving(answer) as server, EvidenceFolder(folder).writer() as writer:
        fetcher = Fetcher(FetchSettings(contact="https://tracker.example/", connect_to={HOST: server.address}))
        exchange = fetcher.get(URL)
        first = writer.add_exchange(exchange)
        hint = revisit_hint(first, URL, exchange.captured_at, exchange.payload_digest)

        def whole_look() -> None:
            writer.add_exchange(fetcher.get(URL, etag='"a1"'), capture_hint=hint)
            writer.sync()

        return {
            "fetch": milliseconds(lambda: fetcher.get(URL, etag='"a1"')),
            "record": milliseconds(lambda: writer.add_exchange(exchange)),
            "record_as_revisit": milliseconds(lambda: writer.add_exchange(exchange, capture_hint=hint)),
            "fetch_revisit_and_sync": milliseconds(whole_look),
        }


def resource_cost(folder: Path, size: int) -> float:
    """Of one imported payload."""
    fields = {"Writethru-Medium": "jsonl", "Writethru-Outlet": "The Harbour Courier", "Writethru-Label": "4"}
    now = datetime.now(UTC)
    with EvidenceFolder(folder).writer() as writer:
        return milliseconds(lambda: writer.add_resource(URL, PAGE[:size], "application/json", now, fields=fields))


def level_sweep(pages: list[bytes]) -> dict[int, dict[str, float]]:
    """CPU and size of each gzip level over real pages."""
    total = sum(map(len, pages))
    found = {}
    for level in (1, 2, 3, 4, 5, 6, 9):
        packed = sum(len(zlib.compress(page, level, 31)) for page in pages)
        cpu = milliseconds(lambda level=level: [zlib.compress(page, level, 31) for page in pages], 5)  # type: ignore[misc]
        found[level] = {"ms_per_page": round(cpu / len(pages), 3), "share": round(packed / total, 4)}
    return found


def real_pages() -> list[bytes]:
    """Sixty saved pages of the data folder, if it is there."""
    folder = Path(os.environ.get("WRITETHRU_DATA", "../shared/data")) / "extraction" / "pages"
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()][::17][:60]
    contents = (path.read_bytes() for path in paths)
    return [gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content for content in contents]


def main() -> None:
    """Measure and print."""
    packed = ok(gzip.compress(PAGE), "Content-Encoding: gzip")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report: dict[str, object] = {
            "python": platform.python_version(),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
            "fixed_loop_ms": milliseconds(fixed_loop, 50),
            "304": look_costs(NOT_MODIFIED, folder / "304"),
            f"200, {len(PAGE)} bytes in {len(packed)}": look_costs(packed, folder / "200"),
            "add_resource of 6500 bytes": resource_cost(folder / "resource", 6500),
        }
        if pages := real_pages():
            mean = sum(map(len, pages)) // len(pages)
            report[f"gzip levels over {len(pages)} pages of {mean} bytes"] = level_sweep(pages)
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
