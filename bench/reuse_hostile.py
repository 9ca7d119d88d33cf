"""Shared text on hostile input: thousands of copies of one text, texts of a megabyte, lists, two languages in one.

    python -m bench reuse_hostile [--copies 2000]

Every copy is followed as an archive follows it (SQLite). CPU milliseconds an article, by quarters: the last must not
cost more than the second. Then a text of each odd kind is compared with itself.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.machine import heading, machine
from bench.made_news import Newsroom
from bench.reuse_scale import Archive, timed
from writethru.analyse.reuse import ReuseAnalysis
from writethru.model import ArticleText
from writethru.reuse.grams import grams
from writethru.reuse.passages import shared_passages
from writethru.reuse.words import read_words

MEGABYTE = 1_000_000


def texts() -> dict[str, str]:
    """One text of each kind."""
    chance = random.Random(1)
    news = Newsroom()
    few = "ash bark cord dust edge fern".split()
    german = "Der Damm an der alten Mühle hielt bis zum Morgen, dann brach er auf neun Metern."
    return {
        "a megabyte of news": "\n".join(news.text(n) for n in range(MEGABYTE // 3_000)),
        "a megabyte of one sentence": "The fire in the old harbour house burned all night. " * (MEGABYTE // 52),
        "a megabyte of six words": " ".join(chance.choice(few) for _ in range(MEGABYTE // 5)),
        "a list of 20,000 results": "\n".join(f"Harbour {n % 9} Town {n % 7}" for n in range(20_000)),
        "two languages in turn": "\n".join(f"{news.text(n)}\n{german}" for n in range(20)),
    }


def copies(count: int) -> dict[str, Any]:
    """So many articles of one text, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        body = archive.news.text(1)
        analysis = ReuseAnalysis(archive.store)
        times = []
        for number in range(1, count + 1):
            archive.store_article(number, body)
            times.append(sum(timed(archive.store, analysis, number)))
        pairs, rows = archive.store.reuse.size()
        archive.store.close()
    quarter = count // 4
    by_quarter = [round(statistics.mean(times[at * quarter : (at + 1) * quarter]), 1) for at in range(4)]
    return {"copies": count, "ms an article, by quarters": by_quarter, "pairs": pairs, "rows of index": rows}


def alone(text: str) -> dict[str, Any]:
    """One text compared with itself."""
    took, words = _took(lambda: read_words(ArticleText.from_plain(text)))
    compared, passages = _took(lambda: shared_passages(words, words))
    found = {"words": len(words), "grams": len(grams(words)), "passages": len(passages)}
    return {**found, "read_ms": took, "compared_ms": compared}


def _took(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = work()
    return round((time.process_time() - started) * 1000, 1), found


def main() -> int:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--copies", type=int, default=2_000)
    given = options.parse_args()
    print(heading(machine()))
    for name, text in texts().items():
        print(f"{name:<28} {alone(text)}", flush=True)
    print(copies(given.copies), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
