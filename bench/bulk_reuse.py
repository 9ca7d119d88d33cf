"""Shared text in bulk beside the rule that passim finds pairs by: the same articles, CPU and recall side by side.

    python -m bench bulk_reuse [--articles 5000] [--alone] [--peers FOLDER] [--json]

Made-up articles of about 450 words (``made_news``) in 400 outlets, three in ten of them copies of an earlier one's
passage: a tenth to half of the article, up to three tenths of its words edited. They go through a whole bulk job as
versions; ``ours`` is the CPU of the steps that shared text takes in it (reading the texts, without what events need of
them, joining grams, aligning and judging pairs), in one process; with ``--alone`` the job leaves events and statements
out, which are most of it. The peer's rule is written anew, since passim needs
Spark and what PyPI calls passim is another program: pairs of different outlets that share five runs of five words which
at most a hundred articles have. It names pairs only; what aligning them costs is measured apart where ``--peers`` names a
folder of packages with libraries that do it (``passim_rule``).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow.parquet

from bench.machine import heading, machine
from bench.made_news import VOCABULARY, Newsroom
from bench.passim_rule import alignments, named
from writethru.analyse.story_reading import Known, Read
from writethru.bulk import analysing
from writethru.bulk.engines import InTurn, Result, Task
from writethru.bulk.job import Job

COPIES = 0.3
START = datetime(2029, 1, 1, tzinfo=UTC)
STEPS = ("texts", "asks", "pairs")


@dataclass(frozen=True, slots=True)
class Told:
    """A made-up article; ``source`` is the number of the one that it copies, 0 for none."""

    number: int
    outlet: int
    text: str
    source: int


class Timed(InTurn):
    """One process that sums the CPU of each kind of task."""

    def __init__(self) -> None:
        super().__init__()
        self.spent: Counter[str] = Counter()

    def map_by_key(self, work: Callable[[Task], Result], tasks: Mapping[str, Task]) -> Iterator[tuple[str, Result]]:
        """See ``Engine``."""
        for key, task in tasks.items():
            began = time.process_time()
            result = work(task)
            self.spent[key.partition("-")[0]] += time.process_time() - began
            yield key, result


@contextmanager
def events_apart(spent: Counter[str]) -> Iterator[None]:
    """What events read of an article, in the same step, counts under their own name."""
    read = Known.read

    def timed(known: Known, article_id: int) -> Read | None:
        began = time.process_time()
        found = read(known, article_id)
        took = time.process_time() - began
        spent["events"] += took
        spent["texts"] -= took
        return found

    with patch.object(Known, "read", timed):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """A job of shared text and nothing else that is found across articles."""
    steps = tuple(step for step in analysing._STEPS if step[0] in STEPS)
    with patch.object(analysing, "_STEPS", steps), patch.object(Known, "read", lambda *_: ()):
        yield


def made(count: int) -> list[Told]:
    """So many articles, each copy after its source."""
    news, chance, told = Newsroom(), random.Random(count), []
    for number in range(1, count + 1):
        source = chance.randrange(1, number) if number > 1 and chance.random() < COPIES else 0
        share, edited = chance.uniform(0.1, 0.5), chance.uniform(0, 0.3)
        body = copied(news, (source, number), share, edited, chance) if source else news.text(number)
        told.append(Told(number, news.outlet(number), body, source))
    return told


def copied(news: Newsroom, ends: tuple[int, int], share: float, edited: float, chance: random.Random) -> str:
    """The second article with a stretch of the first one's very words in it, some of which are others."""
    words, own = news.text(ends[0]).split(), news.text(ends[1]).split("\n")
    length = round(len(words) * share)
    start, at = chance.randrange(len(words) - length), chance.randrange(len(own) + 1)
    stretch = (news.spelled(chance.randrange(VOCABULARY)) if chance.random() < edited else word for word in words)
    own.insert(at, " ".join(list(stretch)[start : start + length]))
    return "\n".join(own)


def ours(told: list[Told], folder: Path) -> dict[str, Any]:
    """A bulk job of them."""
    path = folder / "states.jsonl"
    with path.open("w") as file:
        for one in told:
            at, url = START + timedelta(minutes=one.number), f"https://o{one.outlet}.example/{one.number}"
            row = {"outlet": f"Outlet {one.outlet}", "url": url, "time": at.isoformat(), "text": one.text}
            file.write(json.dumps({**row, "title": one.text[:60]}) + "\n")
    engine = Timed()
    with events_apart(engine.spent):
        report = Job(folder / "out", engine).run([path])
    table = pyarrow.parquet.read_table(folder / "out" / "reuse", columns=["a_id", "b_id"])
    pairs = {tuple(sorted(row.values())) for row in table.to_pylist()}
    spent = {step: round(engine.spent[step], 1) for step in STEPS}
    whole = round(report.cpu_seconds, 1)
    return {**scored(told, pairs), "cpu_seconds": round(sum(spent.values()), 1), "steps": spent, "whole_job": whole}


def rule(told: list[Told], peers: str) -> dict[str, Any]:
    """Pairs that share enough runs of words which few have; and their alignment, where the peers are installed."""
    began = time.process_time()
    texts, outlets = {one.number: one.text for one in told}, {one.number: one.outlet for one in told}
    pairs, often = named(texts, outlets)
    spent = time.process_time() - began
    found = {**scored(told, pairs), "cpu_seconds": round(spent, 1)}
    return {**found, "aligned": alignments(texts, pairs, often, peers)} if peers else found


def scored(told: list[Told], pairs: set[Any]) -> dict[str, Any]:
    """How many copies were found with their source, and how many other pairs were named."""
    outlet = {one.number: one.outlet for one in told}
    true = {(one.source, one.number) for one in told if one.source and outlet[one.source] != one.outlet}
    return {"recall": round(len(true & pairs) / max(1, len(true)), 3), "copies": len(true), "others": len(pairs - true)}


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--articles", type=int, default=5_000)
    options.add_argument("--alone", action="store_true")
    options.add_argument("--peers", default="", metavar="FOLDER", help="of packages: parasail and biopython")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, told = machine(), made(given.articles)
    with tempfile.TemporaryDirectory() as folder, alone() if given.alone else nullcontext():
        found = {"ours": ours(told, Path(folder)), "passim's rule": rule(told, given.peers)}
    if given.json:
        print(json.dumps({"machine": about, "articles": given.articles, **found}, indent=2))
        return 0
    print(heading(about), f"{given.articles} articles", sep="\n")
    for name, figures in found.items():
        print(name, json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
