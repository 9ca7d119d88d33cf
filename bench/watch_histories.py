"""Real histories watched over HTTP on a virtual clock: are the versions found the versions served?

    python -m bench.watch_histories [FILE.jsonl.gz] [--articles N] [--json]

Every article of a versions file is served by the replay press in this process and watched from the
moment it appears, by the ordinary schedule, except that no article is retired (these histories run
over years). A version that the press replaced before any look could not be found; how many there
were is counted from the press's own log. Default: the public history of digital.gov in
``$WRITETHRU_DATA/revisions`` (CC0).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from tests.acceptance.watching import Watched, compare_with_served
from writethru.archive import open_archive
from writethru.config import ArchiveConfig, Config, FetchConfig, ScheduleConfig
from writethru.press import Manner, Press, load_plays
from writethru.text.urls import canonical, host_of
from writethru.watch.clock import SimulatedClock

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data"))
DEFAULT = DATA / "revisions" / "digitalgov_dev.jsonl.gz"
FOR_EVER_DAYS = 20_000.0


def main() -> None:
    """Run it and print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--articles", type=int, default=0, help="only the first N articles; 0 = all")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.file.exists():
        parser.exit(3, f"{options.file}: not there; set WRITETHRU_DATA or name a versions file\n")
    with tempfile.TemporaryDirectory() as folder:
        result = run(options.file, options.articles, Path(folder))
    print(json.dumps(result, indent=2) if options.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


def run(path: Path, articles: int, folder: Path) -> dict[str, Any]:
    """Watch the histories of a file from its first version to the last."""
    played = folder / "played.jsonl"
    played.write_text("".join(_lines(path, articles)), encoding="utf-8")
    plays = load_plays(played)
    clock = SimulatedClock(plays.first)
    started, cpu = time.perf_counter(), time.process_time()
    with Press(plays, clock, manner=Manner(conditional=True)) as press:
        connect = tuple(f"{host}=127.0.0.1:{press.port}" for host in plays.sites)
        config = Config(
            archive=ArchiveConfig(database=str(folder / "watched.db")),
            fetch=FetchConfig(connect_to=connect, delay_seconds=1.0),
            schedule=ScheduleConfig(retire_days=FOR_EVER_DAYS),
        )
        with open_archive(config.archive.database, config) as archive:
            for article in plays.articles():
                url, at = canonical(article.url), article.appeared
                archive.store.add_article(
                    url, host=host_of(url), outlet_id=None, at=at, next_look_at=at, reason="named by hand"
                )
            with archive.watcher(clock) as watcher:
                report = watcher.run(plays.last + timedelta(days=1))
            found = compare_with_served(Watched(archive, press, clock))
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "articles": sum(1 for _ in plays.articles()),
        "versions served": found.served,
        "found": found.found,
        "replaced before any look": found.unseen,
        "suspect and replaced before the second look": found.unconfirmed,
        "articles with a state too few or too many": _miscounted(found.wrong),
        "articles read otherwise than printed": len(found.wrong),
        "lines the reading left out": _left_out(found.wrong),
        "looks": report.looks,
        "outcomes": dict(report.outcomes),
        "virtual days": (plays.last - plays.first).days,
        "seconds": round(time.perf_counter() - started, 1),
        "cpu ms per look, press included": round((time.process_time() - cpu) * 1000 / max(report.looks, 1), 2),
    }


def _miscounted(wrong: dict[str, Any]) -> dict[str, str]:
    """Articles whose number of states differs from what could be seen: what no reading may cause."""
    return {
        url: f"{len(kept)} seen, {len(got)} found" for url, (kept, got, _) in wrong.items() if len(kept) != len(got)
    }


def _left_out(wrong: dict[str, Any]) -> dict[str, int]:
    """Printed lines that the extractor took for furniture, with how many articles each stood in."""
    lines: Counter[str] = Counter()
    for kept, got, _ in wrong.values():
        read = {line for _, text in got for line in text.split("\n\n")}
        lines.update({line[:100] for _, text in kept for line in text.split("\n\n")} - {line[:100] for line in read})
    return dict(lines.most_common(12))


def _lines(path: Path, articles: int) -> Iterator[str]:
    """The lines of the first articles of a file."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        if not articles:
            yield from lines
            return
        rows = [(json.loads(line)["url"], line) for line in lines]
    wanted = set(islice(dict.fromkeys(url for url, _ in rows), articles))
    yield from (line for url, line in rows if url in wanted)


if __name__ == "__main__":
    main()
