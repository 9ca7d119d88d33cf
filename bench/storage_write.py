"""CPU time of storing one imported version, method by method.

    python -m bench storage_write [--db URL] [--versions N] [--json]

Versions are made up here: six-kilobyte articles of ten states each, eight words revised
between two states. Times are CPU milliseconds per version inside transactions of
100 articles, comparison not included.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from machine import machine

from writethru.comparison import compare
from writethru.model import (
    Article,
    ArticleText,
    ChangeRecord,
    EvidenceRef,
    Extraction,
    Medium,
    NewCapture,
    Outcome,
    Reason,
    TimeBasis,
)
from writethru.storage import open_store
from writethru.storage.store import Store

STATES = 10
BATCH = 100
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
WORDS = re.findall(
    r"\w+",
    "harbour council ferry minister said on that it would not reopen until the inquiry had heard "
    "from officials about repairs after storm damage which cost and delayed by weeks while crews waited",
)


@dataclass(frozen=True)
class State:
    """One state of one article, ready to be stored."""

    extraction: Extraction
    form: dict[str, Any] | None


class Stopwatch:
    """CPU seconds by method."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def __call__(self, call: Callable[..., Any], *args: Any, **named: Any) -> Any:
        started = time.process_time_ns()
        try:
            return call(*args, **named)
        finally:
            self.seconds[call.__name__] += (time.process_time_ns() - started) / 1e9


def states(seed: int) -> list[State]:
    """Ten states of one article."""
    chance = random.Random(seed)
    paragraphs = [_paragraph(chance) for _ in range(18)]
    made: list[State] = []
    before: ArticleText | None = None
    for _ in range(STATES):
        for _ in range(8):
            place = chance.randrange(len(paragraphs))
            paragraphs[place] = _revised(paragraphs[place], chance)
        text = ArticleText.from_plain("\n\n".join(paragraphs), headline="Ferry to stay in harbour")
        extraction = Extraction("jsonl/1", headline=text.headline, blocks=text.blocks, tail=text.tail)
        form = None if before is None else compare(before, text).to_dict()
        made.append(State(extraction, form))
        before = text
    return made


def _paragraph(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(55)] + [str(chance.randrange(1000))]
    return " ".join(words).capitalize() + "."


def _revised(paragraph: str, chance: random.Random) -> str:
    words = paragraph.split()
    words[chance.randrange(len(words))] = str(chance.randrange(1000))
    return " ".join(words)


def write(store: Store, articles: list[list[State]], watch: Stopwatch) -> None:
    """Store all states as an import would."""
    for number in range(0, len(articles), BATCH):
        with store.transaction():
            for offset, history in enumerate(articles[number : number + BATCH]):
                _write_article(store, number + offset, history, watch)


def _write_article(store: Store, number: int, history: list[State], watch: Stopwatch) -> None:
    url = f"https://ledger.example/{number}"
    article = store.add_article(url, host="ledger.example", outlet_id=None, at=NOON, next_look_at=None, reason="")
    for ordinal, state in enumerate(history):
        _write_state(store, article, ordinal, state, watch)


def _write_state(store: Store, article: Article, ordinal: int, state: State, watch: Stopwatch) -> None:
    at = NOON + timedelta(hours=ordinal)
    known = watch(store.state, article.id)
    look = NewCapture(
        article.url, at, TimeBasis.STATED, Medium.JSONL, Outcome.EDITED, Reason.TEXT_CHANGED, 200,
        body_digest=f"{article.id:032x}{ordinal:032x}", payload_digest="sha1:" + "A" * 32,
        evidence=EvidenceRef("2031/05/04-000001.warc.gz", ordinal * 4096, 4000, f"<urn:uuid:{article.id}-{ordinal}>"),
    )  # fmt: skip
    watch(store.has_capture, article.id, look)
    capture = watch(store.add_capture, article.id, look)
    watch(store.add_extraction, capture.id, state.extraction)
    text = state.extraction.article_text
    version = watch(store.add_version, article.id, text, capture, extractor="jsonl/1")
    watch(store.log, "version", article.id, version, at)
    watch(store.add_appearance, article.id, version, capture)
    if state.form is not None:
        record = ChangeRecord(
            article.id, ordinal, version - 1, version, known.last_seen or at, at, TimeBasis.STATED,
            state.form["summary"], tuple(state.form["kinds"]), state.form["significance"], len(state.form["edits"]),
            Reason.TEXT_CHANGED,
        )  # fmt: skip
        watch(store.add_change, record, state.form)
        watch(store.log, "change", article.id, ordinal, at)
    watch(store.update_article, replace(article, next_look_at=at))


def measure(url: str, versions: int) -> dict[str, Any]:
    """CPU milliseconds per version, in total and by method."""
    articles = [states(seed) for seed in range(versions // STATES)]
    stored = sum(map(len, articles))
    size = sum(len(s.extraction.article_text.to_bytes()) for a in articles for s in a) / stored
    edits = sum(len(s.form["edits"]) for a in articles for s in a if s.form) / stored
    gc.collect()
    gc.freeze()  # an import does not hold all versions in memory, so the collector would not walk over them
    store = open_store(url)
    watch = Stopwatch()
    started, wall = time.process_time(), time.perf_counter()
    write(store, articles, watch)
    cpu, wall = time.process_time() - started, time.perf_counter() - wall
    store.close()
    per = {name: round(seconds * 1000 / stored, 4) for name, seconds in sorted(watch.seconds.items())}
    return {
        "database": store.url.split(":")[0],
        "versions": stored,
        "bytes_per_text": round(size),
        "edits_per_version": round(edits, 1),
        "cpu_ms_per_version": round(cpu * 1000 / stored, 4),
        "wall_ms_per_version": round(wall * 1000 / stored, 4),
        "by_method": per,
        "machine": machine(),
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", help="an empty database; default: a new SQLite file")
    options.add_argument("--versions", type=int, default=3000)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(given.db or f"{folder}/bench.db", given.versions)
    if given.json:
        print(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
