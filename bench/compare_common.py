"""What the comparison benchmarks share: where the data is, and what they ran on."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

from machine import heading
from machine import machine as machine_now

PEERS = ("rapidfuzz", "diff-match-patch")


def data_root() -> Path:
    """``$WRITETHRU_DATA``, else ``../shared/data`` beside the project."""
    default = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    return Path(os.environ.get("WRITETHRU_DATA", default))


def require_data() -> None:
    """Stop with a clear message where the data is absent."""
    if not (data_root() / "revisions").is_dir():
        sys.exit(f"no revision data in {data_root()}: set WRITETHRU_DATA to the folder that holds revisions/")


@cache
def rows(name: str) -> list[dict]:
    """The lines of a gzip'd JSON Lines file under ``revisions``."""
    with gzip.open(data_root() / "revisions" / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def histories(name: str) -> dict[str, list[dict]]:
    """Versions of each URL, in order."""
    found: dict[str, list[dict]] = {}
    for row in rows(name):
        found.setdefault(row.get("url") or row["id"], []).append(row)
    return found


def digitalgov(*, newest: bool = False) -> list[str]:
    """One text of every digital.gov post: the first version, or the last."""
    return [versions[-1 if newest else 0]["text"] for versions in histories("digitalgov_dev.jsonl.gz").values()]


def pairs(name: str) -> list[tuple[str, str]]:
    """Neighbouring versions whose texts differ."""
    return [
        (a["text"], b["text"])
        for versions in histories(name).values()
        for a, b in pairwise(versions)
        if a["text"] != b["text"]
    ]


def machine() -> str:
    """Processor, Python and versions of the peers, in one line."""
    peers = []
    for name in PEERS:
        try:
            peers.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            peers.append(f"{name} absent")
    return f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; {', '.join(peers)}"


def report(description: str, measure: Callable[[], Mapping[str, Mapping[str, object]]]) -> None:
    """A benchmark whose findings are rows with names: a line for each, or JSON with ``--json``; it needs the data."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    found = measure()
    if options.json:
        print(json.dumps({"machine": machine_now(), "rows": found}, indent=1))
        return
    print(heading(machine_now()))
    for name, row in found.items():
        print(f"{name:<32} " + "  ".join(f"{key} {value}" for key, value in row.items()))
