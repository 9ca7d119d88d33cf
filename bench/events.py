"""Events and storylines: how well, beside a single pass of TF-IDF; how steady over orders of arrival; how fast."""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import re
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.machine import machine
from writethru.analyse.events import EventAnalysis
from writethru.analyse.story_reading import Read
from writethru.events.features import Features, features_of
from writethru.events.grouping import group
from writethru.events.items import Item, Weights
from writethru.events.meanings import Grains
from writethru.events.moments import MINUTES, Basis, When
from writethru.events.storyline import happening, storylines
from writethru.model import ArticleText
from writethru.storage import open_store
from writethru.storage.store import Store

DATA = Path(os.environ.get("WRITETHRU_DATA", Path(__file__).parents[2] / "shared" / "data")) / "stories"
SQUEEZED = 14
"""Days into which the nine years of BASIL are squeezed."""


@dataclass(frozen=True)
class Labelled:
    """Articles with what they belong to."""

    name: str
    keys: tuple[str, ...]
    features: tuple[Features, ...]
    minutes: tuple[int, ...]
    gold: tuple[str, ...]
    groups: tuple[str, ...]  # what siblings share


def read(name: str, minute: Callable[[Mapping[str, Any]], int], label: str = "") -> Labelled:
    """One of the sets of labelled articles."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [ArticleText.from_plain(row["body"], headline=row["title"]) for row in rows]
    return Labelled(
        label or name,
        tuple(row["id"] for row in rows),
        tuple(map(features_of, texts)),
        tuple(map(minute, rows)),
        tuple(row["event"] for row in rows),
        tuple(row["saga"] for row in rows),
    )


def sets() -> list[Labelled]:
    """Those for events; ECB+ states no dates: all its articles are given one day."""
    dated = read("basil_dev", lambda row: row["date"] * MINUTES)
    low, high = min(dated.minutes), max(dated.minutes)

    def squeezed(row: Mapping[str, Any]) -> int:
        return int((row["date"] * MINUTES - low) / (high - low) * SQUEEZED * MINUTES)

    return [read("ecbplus_dev", lambda _: 0), dated, read("basil_dev", squeezed, "basil_dev squeezed"), meantime()]


def meantime() -> Labelled:
    """English Wikinews of MEANTIME (sixty have texts), each on the day it states and an event of its own: no two tell one thing."""
    with gzip.open(DATA / "meantime.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["body"] and row["lang"] == "en"]
    texts = [ArticleText.from_plain(row["body"], headline=row["title"]) for row in rows]
    stated = [match for row in rows if (match := _DAY.search(row["body"][:400])) is not None]
    days = [datetime.strptime(f"{day[1]} {day[2]} {day[3]} +0000", "%B %d %Y %z").toordinal() for day in stated]
    return Labelled(
        "meantime",
        tuple(row["id"] for row in rows),
        tuple(map(features_of, texts)),
        tuple(day * MINUTES for day in days),
        tuple(row["align"] for row in rows),
        tuple(row["topic"] for row in rows),
    )


_DAY = re.compile(r"\b([A-Z][a-z]{2,8}) (\d{1,2}) ?, ?(20\d\d)")


def scores(gold: Sequence[object], found: Sequence[object]) -> dict[str, float]:
    """B³ and pairs, in per cent."""
    by_gold, by_found, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    precision = sum(n * n / by_found[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / by_gold[g] for (g, _), n in both.items()) / len(gold)
    right, said, true = (sum(math.comb(n, 2) for n in counts.values()) for counts in (both, by_found, by_gold))
    pairs = right / max(1, said), right / max(1, true)
    return {
        "B3": round(200 * precision * recall / (precision + recall), 1),
        "pair F1": round(200 * pairs[0] * pairs[1] / max(1e-9, sum(pairs)), 1),
        "pair P": round(100 * pairs[0], 1),
        "pair R": round(100 * pairs[1], 1),
    }


def sibling_merges(some: Labelled, found: Sequence[object]) -> int:
    """Pairs of articles of different events of one topic that are put together."""
    members: dict[object, list[int]] = defaultdict(list)
    for at, event in enumerate(found):
        members[event].append(at)
    return sum(
        some.gold[a] != some.gold[b] and some.groups[a] == some.groups[b]
        for one in members.values()
        for place, a in enumerate(one)
        for b in one[place + 1 :]
    )


def batch(some: Labelled, meanings: Sequence[Grains] = (), below: float = 0.0) -> list[int]:
    """The events of the whole set at once.

    Args:
        meanings: by an encoder, one for each article or none; of events of few those below this likeness are parted.
    """
    places = [f"{at:06}" for at in range(len(some.keys))]  # an id of BASIL stands for two articles
    meant = meanings or [None] * len(places)
    told = zip(places, some.minutes, some.features, meant, strict=True)
    items = [Item(key, minute, one, meaning=meaning) for key, minute, one, meaning in told]
    counts = Counter(term for one in some.features for term in one.bag)
    found = group(items, Weights(len(items), counts), below=below)
    event = {key: number for number, keys in enumerate(found.events) for key in keys}
    return [event[key] for key in places]


def single_pass(some: Labelled, order: Sequence[int], least: float) -> list[int]:
    """The baseline: each article joins the nearest centroid, or begins one; weights of TF-IDF over all."""
    counts = Counter(term for one in some.features for term in one.bag)
    idf = {term: math.log((len(some.keys) + 1) / (count + 0.5)) for term, count in counts.items()}
    centres: list[dict[str, float]] = []
    found = [0] * len(some.keys)
    for at in order:
        vector = unit({term: weight * max(0.0, idf[term]) for term, weight in some.features[at].bag.items()})
        near = [cosine(vector, unit(centre)) for centre in centres]
        best = max(range(len(near)), key=near.__getitem__, default=-1)
        if best < 0 or near[best] < least:
            best = len(centres)
            centres.append({})
        for term, weight in vector.items():
            centres[best][term] = centres[best].get(term, 0.0) + weight
        found[at] = best
    return found


def unit(vector: Mapping[str, float]) -> dict[str, float]:
    """A vector of length one in the same direction."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Of two vectors of length one."""
    return math.fsum(one[term] * other[term] for term in one.keys() & other.keys())


@dataclass(frozen=True)
class Streamed:
    """What one order of arrival came to.

    Attributes:
        moved: per cent of the articles whose event bears another number at the end than at their arrival.
        late: than it did 24 hours after their arrival; None where the set has no dates.
    """

    events: tuple[int, ...]
    stories: tuple[int, ...]
    moved: float
    late: float | None
    seconds: float


def stream(some: Labelled, order: Sequence[int]) -> Streamed:
    """One article after the other into a store, each grouped before the next comes.

    They come at the pace of their dates: the first of the order at the earliest date, the second at the second. What is
    done when everything was read is done at the end.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/a.db")
        analysis = EventAnalysis(store)
        begun = time.process_time()
        first: dict[int, int] = {}
        settled: dict[int, int] = {}
        fresh: deque[tuple[int, int]] = deque()
        for now, at in zip(sorted(some.minutes), order, strict=True):
            while fresh and fresh[0][0] < now - MINUTES:
                old = fresh.popleft()[1]
                settled |= numbers(store, [old])
            with store.transaction():
                moment = When(some.minutes[at], Basis.PUBLISHED)
                analysis.entered(at + 1, Read(some.features[at], moment))
            first |= numbers(store, [at])
            fresh.append((now, at))
        analysis.caught_up()
        seconds = time.process_time() - begun
        last = numbers(store, order)
        story = {event.id: event.story_id for event in store.stories.events(last.values())}
        store.close()
    events = tuple(last[at] for at in range(len(some.keys)))
    stories = tuple(story[event] for event in events)
    late = changed({**last, **settled}, last) if len(set(some.minutes)) > 1 else None
    return Streamed(events, stories, changed(first, last), late, seconds)


def numbers(store: Store, places: Iterable[int]) -> dict[int, int]:
    """Of articles by their place in the set, the numbers of their events now."""
    found = store.stories.memberships([at + 1 for at in places])
    return {one.article_id - 1: one.event_id for one in found if one.main}


def changed(before: Mapping[int, int], now: Mapping[int, int]) -> float:
    """Per cent whose number is another."""
    return 100 * sum(before[at] != now[at] for at in now) / len(now)


def chained(some: Labelled) -> list[int]:
    """Storylines of a set in which each article is an event of its own."""
    counts = Counter(term for one in some.features for term in one.bag)
    weights = Weights(len(some.keys), counts)
    vectors = [weights.vector(one.bag) for one in some.features]
    happenings = [
        happening(at, minute, [one], [vector])
        for at, (minute, one, vector) in enumerate(zip(some.minutes, some.features, vectors, strict=True))
    ]
    chain = {at: number for number, keys in enumerate(storylines(happenings)) for at in keys}
    return [chain[at] for at in range(len(some.keys))]


def small_archives(some: Labelled, draws: int = 10) -> list[Labelled]:
    """Archives of up to a hundred articles: one to three of each event, of at most fifty events, drawn by chance."""
    found = []
    for seed in range(draws):
        chance = random.Random(seed)
        events = sorted(set(some.gold))
        members = {event: [at for at, one in enumerate(some.gold) if one == event] for event in events}
        kept = [at for event in chance.sample(events, min(50, len(events)))
                for at in chance.sample(members[event], min(len(members[event]), chance.randint(1, 3)))]  # fmt: skip
        parts = (
            [column[at] for at in kept] for column in (some.keys, some.features, some.minutes, some.gold, some.groups)
        )
        found.append(Labelled(f"{some.name} small", *map(tuple, parts)))  # type: ignore[arg-type]
    return found


def at_once_in_small(some: Labelled) -> dict[str, float]:
    """Means over small archives."""
    told = [scores(one.gold, batch(one)) for one in small_archives(some)]
    return {name: round(sum(one[name] for one in told) / len(told), 1) for name in told[0]}


def orders(some: Labelled, count: int) -> list[list[int]]:
    """Orders of arrival: by date, then shuffled."""
    by_date = sorted(range(len(some.keys)), key=lambda at: (some.minutes[at], some.keys[at]))
    return [by_date, *(random.Random(seed).sample(by_date, len(by_date)) for seed in range(count - 1))][:count]


def at_once(some: Labelled) -> dict[str, Any]:
    """Of the whole set, and of the baseline."""
    whole = batch(some)
    base = max(
        (single_pass(some, orders(some, 1)[0], least / 100) for least in (16, 22, 28, 34)),
        key=lambda labels: scores(some.gold, labels)["B3"],
    )
    return {
        "the set at once": {**scores(some.gold, whole), "sibling merges": sibling_merges(some, whole)},
        "small archives drawn from it": at_once_in_small(some),
        "single pass, its best threshold": {**scores(some.gold, base), "sibling merges": sibling_merges(some, base)},
    }


def streamed(some: Labelled, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of each order of arrival."""
    for number, order in enumerate(orders(some, count)):
        run = stream(some, order)
        yield (
            f"order {number}",
            {
                **scores(some.gold, run.events),
                "sibling merges": sibling_merges(some, run.events),
                "id changed %": round(run.moved, 1),
                "id changed after 24 h %": run.late if run.late is None else round(run.late, 1),
                "articles a CPU second": round(len(some.keys) / run.seconds, 1),
            },
        )


def chains() -> dict[str, Any]:
    """Storylines of sets in which each article is an event of its own."""
    told = read("background_dev", lambda row: row["date"] * MINUTES)
    sagas = read("ecbplus_dev", lambda _: 0)
    return {
        "background_dev": {"storylines of the set at once": scores(told.gold, chained(told))},
        "ecbplus_dev sagas": {"storylines of the set at once": scores(sagas.groups, chained(sagas))},
    }


def main() -> None:
    """Print them as JSON, each as it is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10, help="orders of arrival, the first by date (0: only at once)")
    parser.add_argument("--set", action="append", default=[], help="only this set")
    parser.add_argument("--streamed", action="store_true", help="the orders of arrival alone")
    options = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit(f"labelled articles absent: {DATA} (set WRITETHRU_DATA)")
    print(json.dumps({"machine": machine()}))
    for some in sets():
        if options.set and some.name not in options.set:
            continue
        if not options.streamed:
            print(json.dumps({some.name: at_once(some)}, indent=1), flush=True)
        for name, found in streamed(some, options.orders):
            print(json.dumps({f"{some.name}, {name}": found}), flush=True)
    if not options.set and not options.streamed:
        print(json.dumps(chains(), indent=1))


if __name__ == "__main__":
    main()
