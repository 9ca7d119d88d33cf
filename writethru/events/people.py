"""Names of people, places and organisations: runs of words with capitals, surnames joined to the full name.

An article says "Sergei Lavrov" once and "Mr Lavrov" after that; both are one person. Which of the three a name is, is
told only by what stands beside or inside it ("Mr", "Ministry"), and left open otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from writethru.events.common import is_common
from writethru.reuse.words import folded

_LISTED = """
of for the de del la der van von den bin ibn al el da di du des y
--
mr mrs ms dr sir lord lady dame sen senator rep representative gov governor president prime minister secretary
judge justice gen general col colonel capt captain lt sgt king queen prince princess pope chancellor herr frau
monsieur madame senor senora mayor
--
ministry department party university court agency bank company corp inc ltd group council commission committee
association organisation organization institute union police army force forces service office bureau congress
senate parliament house nations network times post news club federation church hospital school
--
city county river lake island islands bay sea ocean gulf mountain mountains valley street square province region
republic kingdom states town village airport north south east west
--
in at near off on outside across around into inside throughout toward towards beyond to from through over
--
the northern southern eastern western central upper lower downtown nearby
"""
_PARTICLES, _TITLES, _BODIES, _LANDS, _WHERE, _BETWEEN = (frozenset(part.split()) for part in _LISTED.split("--"))
_MONTHS_AND_DAYS = """
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
"""
_CALENDAR = frozenset(_MONTHS_AND_DAYS.split())
"""They have capitals, and name nobody."""
LONGEST = 6
"""Words of one name; a longer run is a headline in capitals."""


PLACED = 0.4
"""Share of a name's mentions behind a word of place ("in", "off the") from which it is a place; people mostly act."""


class Run(NamedTuple):
    """Neighbouring words with capitals; does the first begin a sentence, does a word of place stand before?"""

    words: tuple[str, ...]
    begins: bool
    placed: bool = False


def is_particle(word: str) -> bool:
    """Does this word stand inside names without a capital?"""
    return word in _PARTICLES


def full_names(runs: Iterable[Run], names: Collection[str]) -> list[str]:
    """The names of an article as printed, a surname counted for the full name, the most frequent first.

    Args:
        names: folded words of the article that are names.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], str] = {}
    for run, times in Counter(runs).items():
        words = _trimmed(run, names)
        if words and len(words) <= LONGEST:
            key = tuple(map(folded, words))
            counts[key] += times
            shown.setdefault(key, " ".join(words))
    whole = _joined(counts)
    merged: Counter[tuple[str, ...]] = Counter()
    for key, count in counts.items():
        merged[whole.get(key, key)] += count
    return [shown[key] for key, _ in sorted(merged.items(), key=lambda item: (-item[1], item[0]))]


def is_placed(before: Sequence[str]) -> bool:
    """Does a name behind these words stand where places do?

    >>> is_placed(("sank", "off", "the")), is_placed(("said",)), is_placed(("in", "northern"))
    (True, False, True)
    """
    for word in map(str.lower, reversed(before)):
        if word not in _BETWEEN:
            return word in _WHERE
    return False


def places(runs: Iterable[Run], names: Collection[str]) -> frozenset[str]:
    """The folded last words of the names that are mostly said as places are."""
    said: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    for run, times in Counter(runs).items():
        words = _trimmed(run, names)
        if words:
            last = folded(words[-1])
            said[last] += times
            placed[last] += times * run.placed
    return frozenset(name for name, count in placed.items() if count and count >= PLACED * said[name])


def kind_of(name: str) -> str:
    """``organisation`` or ``place`` where a word of the name says so, else "".

    >>> kind_of("Ministry of Defence"), kind_of("Hudson River"), kind_of("John Kerry")
    ('organisation', 'place', '')
    """
    words = {folded(word) for word in name.split()}
    if words & _BODIES:
        return "organisation"
    return "place" if words & _LANDS else ""


def _trimmed(run: Run, names: Collection[str]) -> list[str]:
    """Without titles, and without particles and common words at the ends."""
    words = list(run.words)
    while words and _stands_before(words[0]):
        del words[0]
    while words and _stands_behind(words[-1]):
        del words[-1]
    if len(words) == 1 and ((key := folded(words[0])) not in names or key in _CALENDAR):
        return []
    return [word.removesuffix("’s").removesuffix("'s") for word in words]


@lru_cache(maxsize=16_384)
def _stands_before(word: str) -> bool:
    """Is this word with a capital no part of the name that follows it?"""
    key = folded(word)
    return key.rstrip(".") in _TITLES or is_common(key) or word in _PARTICLES


@lru_cache(maxsize=16_384)
def _stands_behind(word: str) -> bool:
    """Is it no part of the name that it follows?"""
    return word in _PARTICLES or is_common(folded(word))


def _joined(counts: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each last word to the one longer name that ends with it, where there is exactly one; no body or place."""
    longer: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for key in counts:
        if len(key) > 1 and not kind_of(" ".join(key)):
            longer.setdefault(key[-1:], set()).add(key)
    return {short: next(iter(found)) for short, found in longer.items() if len(found) == 1}
