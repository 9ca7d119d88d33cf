"""What is no ordinary article, as events meet it: copies by the thousand, a list, a megabyte, two languages in one."""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from bench.events_scale import Press
from bench.machine import machine
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import TOGETHER
from writethru.analyse.story_reading import Read
from writethru.analyse.story_record import member_reason
from writethru.events.features import features_of
from writethru.events.moments import MINUTES, Basis, When
from writethru.events.reasons import explained
from writethru.model import ArticleText, Block, BlockKind
from writethru.storage import open_store
from writethru.storage.store import Store

FRENCH = "Le conseil municipal a adopté mardi soir un budget en hausse, selon le maire et plusieurs élus. "


def odd(seed: int) -> Iterator[tuple[str, ArticleText]]:
    """Each with its name."""
    plain = [one.text for one in Press(seed).articles(40)]
    body = "\n".join(block.text for block in plain[3].body_blocks())
    yield "an article of 1 MB", ArticleText.from_plain((body + "\n") * (1_000_000 // len(body)), headline="All of it")
    items = tuple(Block(BlockKind.LIST_ITEM, text) for one in plain for text in [_first(one)] * 250)
    yield "only a list, 10,000 items", ArticleText(headline="The week in lines", blocks=items)
    yield "two languages in one", ArticleText.from_plain(f"{body}\n{FRENCH * 12}", headline=plain[3].headline)
    yield "no words at all", ArticleText.from_plain("* * *\n" * 500)


def _first(text: ArticleText) -> str:
    return next(iter(text.body_blocks())).text[:400]


def copies(store: Store, analysis: EventAnalysis, count: int, steps: int) -> Iterator[dict[str, Any]]:
    """One text again and again within a day, what each step of them cost, and where the last one is."""
    read = features_of(next(Press(2).articles(1)).text)
    begun, before = time.process_time(), 0
    for start in range(1, count + 1, TOGETHER):
        with analysis.several():
            for number in range(start, min(start + TOGETHER, count + 1)):
                analysis.entered(10_000 + number, Read(read, When(number * MINUTES // (count + 1), Basis.PUBLISHED)))
        if (number // steps) > (before // steps):
            now = time.process_time()
            yield {
                "copies": number,
                "ms each": round(1000 * (now - begun) / (number - before), 3),
                **last(store, number),
            }
            begun, before = time.process_time(), number


def last(store: Store, number: int) -> dict[str, Any]:
    """Where an article is, and why."""
    (member, *more) = store.stories.memberships([10_000 + number])
    size = len(store.stories.members([member.event_id]))
    return {"articles of its event": size, "also in": len(more), "why": explained(member_reason(member))}


def met(seed: int) -> Iterator[dict[str, Any]]:
    """The others, each after forty ordinary articles."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/a.db")
        analysis = EventAnalysis(store)
        for number, made in enumerate(Press(seed).articles(40), 1):
            analysis.entered(number, Read(features_of(made.text), When(made.minute, Basis.PUBLISHED)))
        for number, (name, text) in enumerate(odd(seed), 1):
            begun = time.process_time()
            analysis.entered(10_000 + number, Read(features_of(text), When(NOON, Basis.PUBLISHED)))
            yield {"what": name, "ms": round(1000 * (time.process_time() - begun), 1), **last(store, number)}
        store.close()


NOON = MINUTES // 2


def main() -> None:
    """Print what each came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=2_000, help="copies between two lines")
    options = parser.parse_args()
    for line in met(5):
        print(json.dumps(line), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/a.db")
        for line in copies(store, EventAnalysis(store), options.copies, options.steps):
            print(json.dumps(line), flush=True)
        store.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"memory_mb": round(memory), **machine()}))


if __name__ == "__main__":
    main()
