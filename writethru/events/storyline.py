"""Which happenings continue each other, over years; a pure function of a set of events.

Events are joined by the mean similarity of their articles, with names counting most; a long silence asks for more,
but never forbids: a trial resumes. What two neighbours are to each other is said by a typed link.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from writethru.events.grouping import DAY, Bag, similarities
from writethru.events.linkage import mean_links

CONTINUES = 0.02
"""Mean similarity from which events are one storyline (0.01 to 0.03 were tried on background_dev)."""
DECAY = 0.001
"""Asked for besides for each doubling of the time between two events, from a month on (0.004 lost five points)."""
MONTH = 30.0
REACTION_DAYS = 5.0
ALIKE = 0.12
"""Similarity of the words that are not names from which two events of different storylines are the same kind."""
_LISTED = """
condemn react response respond welcom criticis criticiz slam hail urg outrag prais
--
timeline recap explain explained explainer moment review
"""
_REACTIONS, _RECAPS = (frozenset(part.split()) for part in _LISTED.split("--"))


class Kind(StrEnum):
    """How a later event hangs together with an earlier one."""

    CONTINUES = "continues"
    REVIVES = "revives"  # after a silence of a month or more
    REACTION = "reaction"  # within days, and its headline reacts
    RECAP = "recap"  # tells it again
    SAME_KIND = "same-kind"  # alike, and not the same story


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as storylines see it.

    Attributes:
        key: what orders events.
        minute: its middle, None where nothing says.
        vector: mean of its articles' vectors.
        plain: the part of it that is not names.
        title: folded words of its headline.
    """

    key: int
    minute: int | None
    vector: Bag
    plain: Bag
    title: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tie:
    """A typed link from a later event to an earlier one."""

    later: int
    earlier: int
    kind: Kind
    score: float


def mean_vector(vectors: Sequence[Bag], most: int = 60) -> dict[str, float]:
    """The mean of vectors, its heaviest words only."""
    found: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            found[term] = found.get(term, 0.0) + weight / len(vectors)
    heavy = sorted(found, key=lambda term: (-found[term], term))[:most] if len(found) > most else found
    return {term: found[term] for term in heavy}


def storylines(happenings: Iterable[Happening]) -> list[list[int]]:
    """Keys of the events of each storyline."""
    ordered = sorted(happenings, key=lambda one: one.key)
    sims = similarities([one.vector for one in ordered])
    count = len(ordered)
    drawn = [[0.0] * count for _ in range(count)]
    for (one, other), sim in sims.items():
        drawn[one][other] = drawn[other][one] = sim - asked(ordered[one], ordered[other])
    return [[ordered[at].key for at in part] for part in mean_links(drawn, CONTINUES)]


def asked(one: Happening, other: Happening) -> float:
    """What a silence between two events asks for besides."""
    if one.minute is None or other.minute is None:
        return 0.0
    return DECAY * math.log2(max(1.0, abs(one.minute - other.minute) / DAY / MONTH))


def link(later: Happening, earlier: Happening, score: float) -> Tie:
    """What a later event of a storyline is to an earlier one."""
    days = 0.0 if later.minute is None or earlier.minute is None else (later.minute - earlier.minute) / DAY
    if later.title & _RECAPS:
        kind = Kind.RECAP
    elif days > MONTH:
        kind = Kind.REVIVES
    elif later.title & _REACTIONS and days <= REACTION_DAYS:
        kind = Kind.REACTION
    else:
        kind = Kind.CONTINUES
    return Tie(later.key, earlier.key, kind, round(score, 4))
