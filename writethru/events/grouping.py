"""From articles to events, in two levels; a pure function of the set of articles, whatever order they came in.

Level one joins articles that share rare words and names, within the time gate: whatever hangs together is one coarse
group. Level two weighs words anew by how common they are *inside* the group (all articles on one trial say "trial";
only those of one day of it say "verdict") and splits by average similarity. Time is a gate and an additive term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from writethru.events.items import Item, Ties, Weights
from writethru.events.splitting import Splitting
from writethru.events.vectors import Floats

Key = TypeVar("Key", int, str)

JOIN = 0.2
"""Similarity from which two articles are in one coarse group (0.14 to 0.25 were tried)."""
GATE = 5.0
"""Days: articles further apart are never neighbours, so that an article after an event's end opens a new one."""
NEARNESS = 0.04
"""Added to the similarity of two articles of one moment, falling to nothing at the gate."""
MOST = 120
"""Articles that a coarse group may have; a larger one is joined more strictly."""
STEP = 0.06
"""How much more strictly, and again until it is small enough."""
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a set of articles came to, by their keys: coarse groups, and the events they were split into."""

    coarse: tuple[tuple[str, ...], ...]
    events: tuple[tuple[str, ...], ...]


def heaviest(weights: Mapping[Key, float]) -> list[Key]:
    """The keys by weight, the heaviest first, equals in their own order.

    >>> heaviest({"b": 1.0, "a": 1.0, "c": 2.0})
    ['c', 'a', 'b']
    """
    return sorted(
        sorted(weights), key=weights.__getitem__, reverse=True
    )  # twice without tuples is faster than once with


def days_apart(one: Item, other: Item) -> float | None:
    """None where nothing says when one of them is."""
    return minutes_apart(one.minute, other.minute)


def minutes_apart(one: int | None, other: int | None) -> float | None:
    """Days between two minutes, None where one of them is not known."""
    return None if one is None or other is None else abs(one - other) / DAY


def nearness(days: float | None) -> float | None:
    """What time adds to a similarity; None beyond the gate."""
    if days is None:
        return 0.0
    return NEARNESS * (1 - days / GATE) if days <= GATE else None


def group(items: Iterable[Item], weights: Weights, ties: Ties | None = None, below: float = 0.0) -> Grouped:
    """Coarse groups and events of a set of articles.

    Args:
        below: cosine by an encoder below which articles of a small event are drawn together less; 0 for never.
    """
    ordered = sorted(items, key=lambda item: item.key)
    ties = ties or Ties()
    if len(ordered) == 1:
        alone = ((ordered[0].key,),)
        return Grouped(alone, alone)
    splitting = Splitting(ordered, weights, ties, below)
    joined = _neighbours(splitting.alike, splitting.days)
    coarse: list[tuple[str, ...]] = []
    events: list[tuple[str, ...]] = []
    for part in coarse_groups(range(len(ordered)), joined, _tied(ordered, ties)):
        coarse.append(tuple(ordered[at].key for at in part))
        events += [
            tuple(ordered[at].key for at in event)
            for event in (splitting.events(part) if len(part) <= MOST else [part])
        ]
    return Grouped(tuple(coarse), tuple(_bound(events, ties)))


Sims = dict[tuple[int, int], float]


def coarse_groups(members: Iterable[int], joined: Sims, tied: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """What hangs together by similarities of at least ``JOIN``, and by ties; each group in order and small enough."""
    return [part for whole in _components(members, joined, JOIN, tied) for part in _small_enough(whole, joined, JOIN)]


def _neighbours(alike: Floats, days: Floats) -> Sims:
    """Pairs that are alike enough with what time adds, none beyond the gate; the first number the lesser."""
    near = alike + np.where(np.isnan(days), 0.0, NEARNESS * (1 - days / GATE))
    ones, others = np.nonzero(np.triu((near >= JOIN) & ~(days > GATE), 1))
    return dict(zip(zip(ones.tolist(), others.tolist(), strict=True), near[ones, others].tolist(), strict=True))


def _tied(items: Sequence[Item], ties: Ties) -> list[tuple[int, int]]:
    places = {item.key: at for at, item in enumerate(items)}
    return [(places[one], places[other]) for one, other in sorted(ties.must) if one in places and other in places]


def _components(
    members: Iterable[int], joined: Sims, least: float, tied: Iterable[tuple[int, int]] = ()
) -> list[list[int]]:
    """What hangs together by similarities of at least so much, in order."""
    top = {at: at for at in members}

    def root(at: int) -> int:
        while top[at] != at:
            top[at] = top[top[at]]
            at = top[at]
        return at

    edges = [pair for pair, sim in joined.items() if sim >= least and pair[0] in top and pair[1] in top]
    for one, other in [*edges, *tied]:
        a, b = root(one), root(other)
        top[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = defaultdict(list)
    for at in top:
        found[root(at)].append(at)
    return [sorted(found[at]) for at in sorted(found)]


def _small_enough(members: Sequence[int], joined: Sims, least: float) -> list[list[int]]:
    """A group that is too large is joined more strictly, until its parts are not, or nothing parts them."""
    if len(members) <= MOST or least + STEP > 1:
        return [list(members)]
    inside = set(members)
    edges = {pair: sim for pair, sim in joined.items() if pair[0] in inside and pair[1] in inside}
    found = []
    for part in _components(members, edges, least + STEP):
        found += _small_enough(part, edges, least + STEP)
    return found


def _bound(events: Sequence[tuple[str, ...]], ties: Ties) -> list[tuple[str, ...]]:
    """Events that editors tied are one, unless others they keep apart stand in the way."""
    parts = [set(event) for event in events]
    for one, other in sorted(ties.must):
        a = next((part for part in parts if one in part), None)
        b = next((part for part in parts if other in part), None)
        if a is None or b is None or a is b:
            continue
        moved = {other} if any(ties.forbids(x, y) for x in a for y in b) else b
        if any(ties.forbids(x, y) for x in a for y in moved):
            continue
        a |= moved
        b -= moved
    return sorted(tuple(sorted(part)) for part in parts if part)
