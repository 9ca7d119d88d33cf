"""What an arriving article costs events in an archive that is there already, by layers: made-up words, put in by bulk.

python -m bench events_filled --sizes 500 5000 20000

The archive is filled by a process of its own as grouping would have left it: each happening an event and a storyline, the
rarest words of each article indexed. Then articles arrive: some to warm up, some that are measured.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench.events_scale import A_DAY, LENGTH, Press, Spent, open_events
from bench.machine import machine, yardstick_ms
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import TOGETHER
from writethru.analyse.story_counts import number_of
from writethru.analyse.story_reading import Read
from writethru.analyse.story_sketches import INDEXED
from writethru.events.features import NAME, TITLE, Features
from writethru.events.items import PRIOR
from writethru.events.moments import MINUTES, Basis, When
from writethru.storage import open_store
from writethru.storage.store import Store
from writethru.storage.story_store import Posting, StoryArticle, StoryEvent, StoryLogEntry, StoryMember

AT_ONCE = 1_000
"""Articles that are put in together."""


@dataclass(frozen=True)
class Told:
    """One article as it is read, its minute and its happening."""

    features: Features
    minute: int
    happening: int


class Readings(Press):
    """The articles of ``Press`` as they would be read, without being written out."""

    def told(self, count: int) -> Iterator[Told]:
        """So many, by day."""
        for cast, about, minute, happening in self._accounts(count):
            yield Told(self._read(cast, about), minute, happening)

    def _read(self, cast: Sequence[str], told: Sequence[str]) -> Features:
        draw = self._random
        words: Counter[str] = Counter()
        named = {part.casefold() for name in cast for part in name.split()}
        for word in self._some(draw.randint(*LENGTH)):
            chance = draw.random()
            words.update(
                draw.choice(cast).casefold().split() if chance < 0.06 else [draw.choice(told) if chance < 0.4 else word]
            )
        for word in [*draw.choice(cast).casefold().split(), *draw.sample(list(told), 4)]:
            words[word] += int(TITLE)
        bag = {word: round((1 + math.log(words[word])) * (NAME if word in named else 1), 4) for word in sorted(words)}
        return Features(
            bag, tuple(cast), {part.casefold(): part for name in cast for part in name.split()}, title="made up"
        )


def fill(url: str, size: int, more: int, press: Readings, path: Path) -> None:
    """An archive of so many articles; what comes after them is written to a file."""
    store = open_store(url)
    stream = press.told(size + more)
    some = list(islice(stream, size))
    counts = Counter(term for one in some for term in one.features.bag)
    first = _firsts(some)
    for start in range(0, size, AT_ONCE):
        with store.transaction():
            _enter(
                store,
                [(number, some[number - 1]) for number in range(start + 1, min(start + AT_ONCE, size) + 1)],
                counts,
                first,
            )
    with store.transaction():
        numbers: Counter[int] = Counter({0: size})
        for term, count in counts.items():
            numbers[number_of(term)] += count
        store.stories.count(numbers)
        store.stories.keep_events(_events(some, first))
        store.stories.write_log([StoryLogEntry(datetime.now(UTC), "open", None, 1, {})])
    path.write_bytes(pickle.dumps(list(stream)))
    store.close()


def _firsts(some: Sequence[Told]) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, one in enumerate(some, 1):
        found.setdefault(one.happening, number)
    return found


def _events(some: Sequence[Told], first: dict[int, int]) -> Iterable[StoryEvent]:
    minutes: dict[int, list[int]] = {}
    for one in some:
        minutes.setdefault(one.happening, []).append(one.minute)
    for happening, told in minutes.items():
        form = {"names": [], "titled": first[happening], "told": True}
        yield StoryEvent(happening, happening, None, min(told), max(told), form)


def _enter(store: Store, some: Sequence[tuple[int, Told]], counts: Counter[str], first: dict[int, int]) -> None:
    whole = counts.total() + PRIOR
    rows, entries, members = [], [], {}
    for number, one in some:
        found = one.features
        rows.append(StoryArticle(number, found.digest, one.minute, "published", first[one.happening], found.packed()))
        worth = {term: weight * math.log(whole / counts[term]) ** 2 for term, weight in found.bag.items()}
        for term in sorted(worth, key=worth.__getitem__, reverse=True)[:INDEXED]:
            entries.append((number_of(term), one.minute // MINUTES, number))
        form = {"shared": [], "runner_up": [], "minute": one.minute, "basis": "published", "days": 0.0, "alone": False}
        members[number] = [StoryMember(number, one.happening, True, 0.5, form)]
    store.stories.keep_articles(rows)
    store.stories.index(Posting(*entry) for entry in sorted(set(entries)))
    store.stories.keep_memberships(members)


def arrived(size: int, warm: int, sample: int, press: Readings) -> dict[str, float]:
    """What the last of some articles cost that arrive in an archive of so many."""
    with tempfile.TemporaryDirectory() as folder:
        url, path = f"sqlite:///{folder}/a.db", Path(folder) / "coming"
        filling = get_context("spawn").Process(target=fill, args=(url, size, warm + sample, press, path))
        filling.start()
        filling.join()
        store = open_store(url)
        spent = Spent(store)
        analysis = EventAnalysis(store)
        coming: list[Told] = pickle.loads(path.read_bytes())
        _arrive(analysis, coming[:warm], size)
        spent.seconds, yards, begun = 0.0, yardstick_ms(), time.process_time()
        _arrive(analysis, coming[warm:], size + warm)
        whole = time.process_time() - begun
        found = {
            "articles": size,
            "open events": open_events(store, coming[-1].minute),
            "deciding ms": 1000 * (whole - spent.seconds) / sample,
            "storage ms": 1000 * spent.seconds / sample,
            "yardstick ms": (yards + yardstick_ms()) / 2,
            "memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "database MB": sum(part.stat().st_size for part in Path(folder).iterdir()) / 1e6,
        }
        store.close()
    return found


def _arrive(analysis: EventAnalysis, some: Sequence[Told], before: int) -> None:
    for start in range(0, len(some), TOGETHER):
        with analysis.several():
            for number, one in enumerate(some[start : start + TOGETHER], before + start + 1):
                analysis.entered(number, Read(one.features, When(one.minute, Basis.PUBLISHED)))


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5_000, 20_000])
    parser.add_argument("--warm", type=int, default=300, help="articles that arrive before those measured")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--a-day", type=int, default=A_DAY, help="articles of one day; five days are open")
    options = parser.parse_args()
    for size in options.sizes:
        press = Readings(options.seed, options.a_day)
        found = arrived(size, options.warm, options.sample, press)
        print(json.dumps({name: round(value, 2) for name, value in found.items()}), flush=True)
    print(json.dumps(machine()))


if __name__ == "__main__":
    main()
