"""Does a filtered river, or an outlet's page, cost more in a larger archive? (SQLite)

Made-up changes are put into the tables in bulk: forty outlets, two changes an article, kinds by frequency, a section.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.machine import heading, machine
from writethru.outlet_figures import figures_of
from writethru.publish.words import KINDS
from writethru.storage import codec, open_store
from writethru.storage.facet_tables import change_facets
from writethru.storage.facets import facets_of, rows_of
from writethru.storage.river_store import MOST_SCANNED, Sought
from writethru.storage.sqlstore import SqlStore
from writethru.storage.tables import articles, changes, outlets, versions

OUTLETS = 40
SECTIONS = ("Business", "World", "Sport", "Politics", "Culture")
START = datetime(2029, 1, 1, tzinfo=UTC)
REPEATS = 25
FORM = codec.pack_form({"edits": []})


def fill(store: SqlStore, count: int) -> None:
    """So many articles with three versions and two changes each."""
    chosen = random.Random(7)
    kinds = list(KINDS)
    names = [{"id": number, "name": f"Outlet {number}", "host": ""} for number in range(1, OUTLETS + 1)]
    with store._database.write() as connection:
        connection.execute(insert(outlets), names)
    for first in range(1, count + 1, 2_000):
        rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in (articles, versions, changes, change_facets)}
        for number in range(first, min(first + 2_000, count + 1)):
            _article(rows, number, chosen, kinds)
        with store._database.write() as connection:
            for table, some in rows.items():
                connection.execute(insert(table), some)


def _article(rows: dict[Any, list[dict[str, Any]]], number: int, chosen: random.Random, kinds: list[str]) -> None:
    outlet, section = chosen.randint(1, OUTLETS), chosen.choice(SECTIONS)
    url, at = f"https://o{outlet}.example/{number}", START + timedelta(minutes=7 * number)
    rows[articles].append({"id": number, "url": url, "host": "", "outlet_id": outlet, "added_at": at})
    for version in (1, 2, 3):
        rows[versions].append(
            {
                "article_id": number, "number": version, "digest": "", "headline": "", "words": 0, "seen_at": at,
                "basis": "observed", "extractor": "", "keyframe": version, "size": 0, "packed": b"",
            }
        )  # fmt: skip
    for change in (1, 2):
        before = at + timedelta(minutes=chosen.randint(5, 3_000))
        some = [kinds[min(int(chosen.expovariate(0.2)), len(kinds) - 1)] for _ in range(2)]
        rows[changes].append(
            {
                "article_id": number, "number": change, "from_version": change, "to_version": change + 1,
                "after_at": before - timedelta(minutes=20), "before_at": before, "basis": "observed", "summary": "",
                "kinds": f" {' '.join(some)} ", "significance": chosen.random(), "edits": 1, "reason": "text_changed",
                "form": FORM,
            }
        )  # fmt: skip
        rows[change_facets] += rows_of((before, number, change), facets_of(some, outlet, section))


def questions(store: SqlStore) -> dict[str, Callable[[], object]]:
    """What pages ask."""
    rare = list(KINDS)[-1]
    ask = store.river.newest
    return {
        "river, newest": lambda: ask(Sought(), 31),
        "one outlet": lambda: ask(Sought(("outlet:7",)), 31),
        "outlet, kind and section": lambda: ask(Sought(("section:Sport", "outlet:7", "kind:headline")), 31),
        "a pair that hardly occurs": lambda: ask(Sought(("outlet:7", f"kind:{rare}")), 31),
        "most significant": lambda: store.river.foremost(Sought(("outlet:7",)), 0, 31),
        "count": lambda: store.river.count(Sought(("section:Sport", "kind:headline"))),
        "sections": store.river.sections,
        "outlet's page": lambda: (
            figures_of(ask(Sought(("outlet:7",)), MOST_SCANNED).records, whole=False),
            store.river.share_changed(7, 2_000),
        ),
    }


def measure(count: int, folder: Path) -> dict[str, float]:
    """Median CPU milliseconds of each question."""
    store = open_store(str(folder / f"{count}.db"))
    assert isinstance(store, SqlStore)
    fill(store, count)
    found = {}
    for name, ask in questions(store).items():
        times = []
        for _ in range(REPEATS):
            begun = time.process_time()
            ask()
            times.append(1_000 * (time.process_time() - begun))
        found[name] = statistics.median(times)
    store.close()
    return found


def main(arguments: list[str]) -> int:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    sizes = parser.parse_args(arguments).articles
    print(heading(machine()))
    with tempfile.TemporaryDirectory() as folder:
        columns = [measure(count, Path(folder)) for count in sizes]
    print("| question, CPU ms |", " | ".join(f"{count:,} articles" for count in sizes), "|")
    for name in columns[0]:
        print(f"| {name} |", " | ".join(f"{column[name]:.1f}" for column in columns), "|")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
