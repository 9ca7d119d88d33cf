"""What an arriving article costs events as the archive grows, by layers, in CPU time and memory; made-up articles.

Reading (text to words, names and date), deciding (groups, numbers, storylines, reasons; in memory) and storage (all that
is asked of the database and written to it, with its commits) are measured apart, in one run.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from bench.compare_plot import svg
from bench.machine import machine, yardstick_ms
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import TOGETHER
from writethru.analyse.story_reading import Read
from writethru.events.features import features_of
from writethru.events.grouping import GATE
from writethru.events.moments import MINUTES, Basis, When
from writethru.model import ArticleText
from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.text.tokens import word_list

WORDS = 8_000
"""Words of the made-up language that are as frequent as Zipf says; of the rarer ones, which never end, as many are new as
in news: twice as many printed words with four times as much text (``--words``; ECB+ dev and BASIL dev: 33 times the root
of the words, of which some half are function words that the made-up text has not)."""
A_DAY = 2_500
"""Articles of one day: some 27,000 lie within the gate of each."""
LENGTH = (60, 160)
"""Words of an article."""
_SYLLABLES = [
    first + second for first in "bdfgklmnprstv" for second in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol")
]


@dataclass(frozen=True)
class Made:
    """One article, and the minute it was published."""

    text: ArticleText
    minute: int
    happening: int


@dataclass(frozen=True)
class Cost:
    """What articles cost when the archive had so many; ``yardstick_ms`` is that of the time they were measured."""

    articles: int
    open_events: int
    reading_ms: float
    deciding_ms: float
    storage_ms: float
    per_cpu_second: float
    yardstick_ms: float
    memory_mb: float
    database_mb: float


class Spent:
    """CPU seconds inside what it wraps: the tables of events and the transactions of a store."""

    def __init__(self, store: Store) -> None:
        self.seconds = 0.0
        self._tables, self._transaction = store.stories, store.transaction
        vars(store).update(stories=self, transaction=self.transaction)

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._tables, name)
        if not callable(asked):
            return asked  # what an encoder read: nothing here

        def timed(*given: Any, **named: Any) -> Any:
            with self._counting():
                return asked(*given, **named)

        vars(self)[name] = timed
        return timed

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction whose beginning and end are counted."""
        whole = self._transaction()
        with self._counting():
            whole.__enter__()
        yield
        with self._counting():
            whole.__exit__(None, None, None)

    @contextmanager
    def _counting(self) -> Iterator[None]:
        begun = time.process_time()
        yield
        self.seconds += time.process_time() - begun


class Press:
    """Makes articles: happenings of one to a dozen accounts, some of which continue earlier ones."""

    def __init__(self, seed: int, a_day: int = A_DAY) -> None:
        self._a_day = a_day
        self._random = random.Random(seed)
        self._ranks = range(WORDS + 1)  # the last stands for all that are rarer
        self._odds = list(accumulate([*(1 / (rank + 3) for rank in range(WORDS)), 1.0]))
        self._casts: list[tuple[str, ...]] = []

    def _some(self, count: int, beyond: int = 0) -> list[str]:
        """So many words past the most frequent ones; the rarer ones are rarer by the square of their rank."""
        ranks = self._random.choices(self._ranks, cum_weights=self._odds, k=count)
        rare = self._random.random
        return [self._word(beyond + (rank if rank < WORDS else int(WORDS / (1 - rare())))) for rank in ranks]

    @staticmethod
    @lru_cache(maxsize=100_000)
    def _word(number: int) -> str:
        found = ""
        for _ in range(2 + (number > 500) + (number > 8000)):
            number, at = divmod(number * 7 + 3, len(_SYLLABLES))
            found += _SYLLABLES[at]
        return found + "bcdfglmnpr"[number % 10]

    def articles(self, count: int) -> Iterator[Made]:
        """So many, by day."""
        for cast, told, minute, happening in self._accounts(count):
            yield Made(self._article(cast, told), minute, happening)

    def _accounts(self, count: int) -> Iterator[tuple[tuple[str, ...], list[str], int, int]]:
        """Of so many articles: whom and what it is about, its minute and its happening."""
        made, happening = 0, 0
        while made < count:
            happening += 1
            accounts = min(12, 1 + int(self._random.expovariate(0.7)))
            cast, told = self._cast(), self._some(25)
            for _ in range(min(accounts, count - made)):
                yield cast, told, made * MINUTES // self._a_day + self._random.randrange(MINUTES), happening
                made += 1

    def _cast(self) -> tuple[str, ...]:
        """Two to five names; a fifth of the happenings have those of an earlier one."""
        if self._casts and self._random.random() < 0.2:
            return self._random.choice(self._casts[-2000:])
        names = [name.capitalize() for name in self._some(self._random.randint(4, 10), 200)]
        cast = tuple(" ".join(names[at : at + 2]) for at in range(0, len(names), 2))
        self._casts.append(cast)
        return cast

    def _article(self, cast: Sequence[str], told: Sequence[str]) -> ArticleText:
        draw = self._random
        parts = []
        for word in self._some(draw.randint(*LENGTH)):
            chance = draw.random()
            parts.append(draw.choice(cast) if chance < 0.06 else draw.choice(told) if chance < 0.4 else word)
            if chance > 0.93:
                parts[-1] += ". The"
        headline = f"{draw.choice(cast)} {' '.join(draw.sample(list(told), 4))}"
        return ArticleText.from_plain("The " + " ".join(parts) + ".", headline=headline)


def grown(sizes: Sequence[int], sample: int, seed: int, together: int) -> Iterator[Cost]:
    """The cost of the last ``sample`` articles before each size, so many of them in one transaction."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/a.db")
        spent = Spent(store)
        analysis = EventAnalysis(store)
        press = Press(seed).articles(max(sizes))
        number, costs = 0, [(0.0, 0.0, 0.0, 0.0)]
        while some := list(islice(press, together)):
            number += len(some)
            near = any(size - sample < number <= size for size in sizes)
            yard = yardstick_ms() if near else 0.0
            costs.append((*_entered(analysis, some, number - len(some), spent), yard))
            for size in (size for size in sizes if number - len(some) < size <= number):
                last = costs[-(sample // together) :]
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                kept = sum(part.stat().st_size for part in Path(folder).iterdir()) / 1e6
                each = [1000 * sum(one[at] for one in last) / (len(last) * together) for at in range(3)]
                yard = sum(one[3] for one in last) / len(last)
                yield Cost(size, open_events(store, some[-1].minute), *each, 1000 / sum(each), yard, memory, kept)
        store.close()


def printed_words(sizes: Sequence[int], seed: int = 1) -> list[int]:
    """How many different words as printed so many articles have."""
    found: set[str] = set()
    counts = []
    for number, made in enumerate(Press(seed).articles(max(sizes)), 1):
        found.update(word_list("\n".join([made.text.headline, *(block.text for block in made.text.body_blocks())])))
        if number in sizes:
            counts.append(len(found))
    return counts


def open_events(store: Store, minute: int) -> int:
    """Events that an article of this minute might still enter."""
    since = minute - int(GATE * MINUTES)
    rows = store.stories.latest_events(10**9)
    return sum(row.last_minute is not None and row.last_minute >= since for row in rows)


def _entered(analysis: EventAnalysis, some: Sequence[Made], before: int, spent: Spent) -> tuple[float, float, float]:
    """Seconds of CPU that reading these, deciding on them and the database took."""
    begun, stored = time.process_time(), spent.seconds
    read = [Read(features_of(made.text), When(made.minute, Basis.PUBLISHED)) for made in some]
    between = time.process_time()
    with analysis.several():
        for number, one in enumerate(read, before + 1):
            analysis.entered(number, one)
    storage = spent.seconds - stored
    return between - begun, time.process_time() - between - storage, storage


def draw(costs: Iterable[Cost], stem: Path) -> None:
    """Two plots beside each other in a folder: CPU and memory by the size of the archive."""
    some = list(costs)
    series = {
        "reading": [(one.articles, one.reading_ms) for one in some],
        "deciding": [(one.articles, one.deciding_ms) for one in some],
        "storage": [(one.articles, one.storage_ms) for one in some],
    }
    along = "articles of the archive"
    cost = svg(series, title="What an arriving article costs events", along=along)
    stem.with_name(f"{stem.name}-cost.svg").write_text(cost, encoding="utf-8")
    memory = {"memory": [(one.articles, one.memory_mb) for one in some]}
    held = svg(memory, title="Memory of the process that groups", along=along, unit="MB of memory")
    stem.with_name(f"{stem.name}-memory.svg").write_text(held, encoding="utf-8")


def main() -> None:
    """Print the costs, a line for each size as it is reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--sample", type=int, default=500, help="articles measured before each size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--together", type=int, default=TOGETHER, help="articles in one transaction")
    parser.add_argument("--plot", type=Path, help="draw FILE-cost.svg and FILE-memory.svg")
    parser.add_argument("--words", action="store_true", help="only say how many different words the articles have")
    options = parser.parse_args()
    if options.words:
        print(json.dumps(dict(zip(options.sizes, printed_words(options.sizes, options.seed), strict=True))))
        return
    about = machine()
    costs = []
    for cost in grown(options.sizes, options.sample, options.seed, options.together):
        costs.append(cost)
        print(json.dumps({name: round(value, 2) for name, value in asdict(cost).items()}), flush=True)
    if options.plot:
        draw(costs, options.plot)
    print(json.dumps(about))


if __name__ == "__main__":
    main()
