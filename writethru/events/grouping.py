"""From articles to events, in two levels; a pure function of the set of articles, whatever order they came in.

Level one joins articles that share rare words and names, within the time gate: whatever hangs together is one coarse
group. Level two weighs words anew by how common they are *inside* the group (all articles on one trial say "trial";
only those of one day of it say "verdict") and splits by average similarity. Time is a gate and an additive term.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from writethru.events.features import Features
from writethru.events.linkage import APART, mean_links
from writethru.events.meanings import FEW as FEW_BY_MEANING
from writethru.events.meanings import Grains, lacking
from writethru.events.vectors import Floats, Places, Vector, Vocabulary, similarities, table, units

Bag = Mapping[str, float]
Key = TypeVar("Key", int, str)

PRIOR = 500
"""So many articles without any of our words are added to the archive's, so that a small one has sensible weights, and
a growing one steady ones (0, 500 and 2,000 were tried on ECB+ and BASIL dev)."""
JOIN = 0.2
"""Similarity from which two articles are in one coarse group (0.14 to 0.25 were tried)."""
SPLIT = 0.15
"""Mean similarity, by the group's own weights, below which parts of a group are different events. Of 0.12 to 0.16 the
first three have B³ half a point better on ECB+ dev and twice as many pairs of sibling events put together."""
ASKED_OF_FEW = 1.2
MOST_ASKED = 0.26
"""Asked of the parts of an event found so, divided by how many articles it has, and at most so much: words that few
articles share make any two of them alike. 1.5 gained a point more on BASIL squeezed and lost one on ECB+ dev."""
FEW = 4
"""Articles from which an event is looked at again."""
SMALL = 7
ASKED_OF_TWO = 0.24
ASKED_OF_SMALL = 0.18
"""Mean similarity by the archive's weights that is asked of the parts of an event of two, and of one of up to SMALL
articles: more than that keeps the third account of one shooting of BASIL dev apart."""
TAME = 0.7
"""Power of a word's weight at the second level: what one article dwells on says little of what others tell. 0.6 to 0.8
are nearly as good; the words of headlines or of the first lines weighing more brought nothing."""
FIGURE = 3.0
"""How much more a figure counts there: dates, hours, magnitudes and amounts part happenings of one kind, which share
their other words. Of 1 to 4, on even and odd topics of ECB+ dev alike."""
GLOBAL = 0.2
"""Share of the archive's weights in the group's; with 0.1 and 0.12 for SPLIT about as good."""
GATE = 5.0
"""Days: articles further apart are never neighbours, so that an article after an event's end opens a new one."""
SPAN = 10.0
"""Days: no event is longer; what goes on is a storyline."""
NEARNESS = 0.04
"""Added to the similarity of two articles of one moment, falling to nothing at the gate."""
SLOWNESS = 0.08
"""Taken from the similarity at the second level for each day between two articles."""
MOST = 120
"""Articles that a coarse group may have; a larger one is joined more strictly."""
STEP = 0.06
"""How much more strictly, and again until it is small enough."""
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Item:
    """One article, or several with equal words, to be grouped.

    Attributes:
        key: what orders items, the same on every run; nothing is read from it.
        minute: of what it tells, minutes since 1970; None where nothing says.
        vector: its words weighted by the archive's counts, None where that is still to be done.
        coded: its words with their own weights, None where that is still to be done.
        meaning: by an encoder, None where it was not read by one.
    """

    key: str
    minute: int | None
    features: Features
    vector: Vector | None = None
    coded: Vector | None = None
    meaning: Grains | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What editors ruled: pairs of keys that belong together, and that do not."""

    must: frozenset[tuple[str, str]] = frozenset()
    cannot: frozenset[tuple[str, str]] = frozenset()

    def forbids(self, one: str, other: str) -> bool:
        """Are these two kept apart?"""
        return (one, other) in self.cannot or (other, one) in self.cannot


class Weights:
    """How telling each word is, by how many of the archive's articles have it."""

    def __init__(self, articles: int, counts: Mapping[str, int]) -> None:
        self._whole = articles + PRIOR + 1
        self._counts = counts
        self.vocabulary = Vocabulary()

    def of(self, term: str) -> float:
        """The logarithm of one over the share of articles that have it."""
        return math.log(self._whole / (self._counts.get(term, 0) + 0.5))

    def worth(self, places: Places) -> Floats:
        """How telling words of the vocabulary are."""
        words = self.vocabulary.words
        return np.array([self.of(words[place]) for place in places.tolist()])

    def figures(self, places: Places) -> Floats:
        """How much more each of these words counts at the second level: figures do."""
        return np.where(self.vocabulary.figures(places), FIGURE, 1.0)

    def coded(self, bag: Bag) -> Vector:
        """A bag as it is."""
        weights = np.fromiter(bag.values(), np.float64, len(bag))
        return Vector(self.vocabulary, self.vocabulary.places(bag), weights)

    def weighed(self, coded: Vector) -> Vector:
        """A bag weighted and brought to length one."""
        return self.all_weighed((coded,))[0]

    def all_weighed(self, coded: Sequence[Vector]) -> list[Vector]:
        """The same of several."""
        if not coded:
            return []
        worth = self.worth(np.concatenate([one.places for one in coded]))
        return units(coded, worth * np.concatenate([one.weights for one in coded]))

    def vector(self, bag: Bag) -> Vector:
        """The same of a bag that is not coded yet."""
        return self.weighed(self.coded(bag))


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
    vectors = [weights.vector(item.features.bag) if item.vector is None else item.vector for item in ordered]
    joined = _neighbours(ordered, similarities(vectors))
    coarse: list[tuple[str, ...]] = []
    events: list[tuple[str, ...]] = []
    for part in coarse_groups(range(len(ordered)), joined, _tied(ordered, ties)):
        chosen = [ordered[at] for at in part]
        coarse.append(tuple(item.key for item in chosen))
        events += [tuple(item.key for item in event) for event in split(chosen, weights, ties, below)]
    return Grouped(tuple(coarse), tuple(_bound(events, ties)))


Sims = dict[tuple[int, int], float]


def coarse_groups(members: Iterable[int], joined: Sims, tied: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """What hangs together by similarities of at least ``JOIN``, and by ties; each group in order and small enough."""
    return [part for whole in _components(members, joined, JOIN, tied) for part in _small_enough(whole, joined, JOIN)]


def _days(items: Sequence[Item]) -> Floats:
    """Days between each two items; not a number where nothing says when one of them is."""
    minutes = np.array([math.nan if item.minute is None else item.minute for item in items])
    found: Floats = np.abs(minutes[:, None] - minutes) / DAY
    return found


def _neighbours(items: Sequence[Item], sims: Floats) -> Sims:
    """Pairs that are alike enough with what time adds, none beyond the gate; the first number the lesser."""
    days = _days(items)
    near = sims + np.where(np.isnan(days), 0.0, NEARNESS * (1 - days / GATE))
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


def split(items: Sequence[Item], weights: Weights, ties: Ties, below: float = 0.0) -> list[list[Item]]:
    """The events of one coarse group, by weights of its own; each is looked at again, by its own."""
    if len(items) <= 1 or len(items) > MOST:
        return [list(items)]
    found = [event for part in _parted(items, weights, ties, SPLIT) for event in _again(part, weights, ties)]
    if below:
        found = [one for event in found for one in _by_meaning(event, weights, ties, below)]
    return [part for event in found for part in _alike(event, weights)]


def _alike(items: list[Item], weights: Weights) -> list[list[Item]]:
    """In a small event nearly every word is shared, and its own weights tell nothing: the archive's are asked."""
    if not 1 < len(items) <= SMALL:
        return [items]
    vectors = [weights.vector(item.features.bag) if item.vector is None else item.vector for item in items]
    asked = ASKED_OF_TWO if len(items) == 2 else ASKED_OF_SMALL
    return [[items[at] for at in part] for part in mean_links(similarities(vectors).tolist(), asked)]


def _again(items: Sequence[Item], weights: Weights, ties: Ties) -> list[list[Item]]:
    """Words that tell this event from others of its group tell nothing inside it: is it one by those that are left?"""
    if len(items) < FEW:
        return [list(items)]
    parts = _parted(items, weights, ties, _asked_of(items))
    return parts if len(parts) == 1 else [event for part in parts for event in _again(part, weights, ties)]


def _by_meaning(items: Sequence[Item], weights: Weights, ties: Ties, below: float) -> list[list[Item]]:
    """A second look at an event of few articles, in which an encoder can part them and never join."""
    if not FEW <= len(items) <= FEW_BY_MEANING:
        return [list(items)]
    parts = _parted(items, weights, ties, _asked_of(items), below)
    if len(parts) == 1:
        return parts
    return [
        one
        for part in parts
        for event in _again(part, weights, ties)
        for one in _by_meaning(event, weights, ties, below)
    ]


def _asked_of(items: Sequence[Item]) -> float:
    """The mean similarity that is asked of the parts of an event, the more the fewer its articles."""
    return min(MOST_ASKED, ASKED_OF_FEW / len(items))


def _parted(items: Sequence[Item], weights: Weights, ties: Ties, least: float, below: float = 0.0) -> list[list[Item]]:
    """Parts less alike than is asked, by how common words are among these articles.

    Words of one article only are left out: they tell nothing of what belongs together.
    """
    coded = [weights.coded(item.features.bag) if item.coded is None else item.coded for item in items]
    words = table(coded)
    inside = len(items) + 1
    worth = np.array([max(0.0, math.log(inside / (count + 0.5))) for count in range(inside)])
    own = (worth[words.stand] + GLOBAL * weights.worth(words.places)) * weights.figures(words.places)
    sims = words._replace(weights=words.weights**TAME * own[words.columns]).units().products()
    if below:
        sims = sims + lacking([item.meaning for item in items], below)
    return [[items[at] for at in part] for part in mean_links(_drawn(items, sims, ties), least)]


def _drawn(items: Sequence[Item], sims: Floats, ties: Ties) -> list[list[float]]:
    """How much each two articles belong together."""
    days = _days(items)
    days[np.isnan(days)] = 0.0
    drawn = np.where(days <= SPAN, sims - SLOWNESS * days, APART)
    places = {item.key: at for at, item in enumerate(items)}
    for one, other in ties.cannot:
        if one in places and other in places:
            drawn[places[one], places[other]] = drawn[places[other], places[one]] = APART
    np.fill_diagonal(drawn, 0.0)
    found: list[list[float]] = drawn.tolist()
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
