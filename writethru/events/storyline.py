"""Which happenings continue each other, over years; a pure function of a set of events.

Events are joined by the mean similarity of their articles, with names counting most. How much is asked depends on how
much they say: two notes of thirty words that share two names belong together, two long articles always share a few
words. Events with long texts must share a name besides. A long silence asks for more, but never forbids: a trial
resumes. What two neighbours are to each other is said by a typed link.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from writethru.events.features import Features
from writethru.events.grouping import DAY
from writethru.events.linkage import mean_links
from writethru.events.vectors import Vector, mean, similarities

ASKED_OF_NOTES = 0.015
ASKED_OF_ARTICLES = 0.12
"""Mean similarity from which events are one storyline, where articles have ``NOTE`` terms or fewer, and ``ARTICLE`` or
more; between the two it rises with the geometric mean of both events' terms, to the power ``BEND``. One threshold for
all served one kind only: 0.02 gave B³ 81.5 on background_dev (updates of thirty words) and a pair precision of 27 on
the sagas of ECB+ dev (articles of two hundred words); 0.06 gave 42.4 and 92. Of some sixty such curves this is among
the best on both."""
NOTE = 20.0
ARTICLE = 150.0
BEND = 1.5
TELLING = 60.0
"""Terms (geometric mean) from which two events must share two names, one of them said more than once in both, and other
words too: the city where both happen is not one story. Asked of notes too, it cost background_dev up to nine points."""
LEAST_NAMES = 2
LEAST_PLAIN = 0.015
"""Similarity of the words that are no names: a twentieth of the pairs of one ECB+ saga have less."""
PLACED = 40.0
"""Terms from which two events below ``TELLING`` that share but one name, or only places, must share other words too: a
strike and the letting of a building contract in one town had the town and three words in common. B³ is 82.2 on
background_dev for it (80.5 without), 90.2 on the sagas of ECB+ dev (89.5)."""
LEAST_PLAIN_OF_PLACED = 0.05
LEAST_PLAIN_OF_PLACES = 0.1
"""The same where all that leads both are places: seals and a ferry of the same islands are two stories (a strike and
its end in one city have three times this). From 0.08 to 0.1 it changes nothing in ECB+ dev and background_dev."""
MOST_TERMS = 60
"""The heaviest terms of an event that stand for it."""
DECAY = 0.001
"""Asked for besides for each doubling of the time between two events, from a month on (0.004 lost five points)."""
MONTH = 30.0
REACTION_DAYS = 5.0
ALIKE = 0.2
"""Similarity of the words that are not names from which two events of different storylines are the same kind. Of 24
links of BASIL and ECB+ dev that were read, 8 of the 10 from here on were right, and 3 of the 14 from 0.12 on."""
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


@dataclass(frozen=True)
class Happening:
    """One event as storylines see it.

    Attributes:
        key: what orders events.
        minute: its middle, None where nothing says.
        vector: mean of its articles' vectors.
        named: the terms of it that are parts of names.
        names: the last words of its people's and places' names.
        leading: those that an article of it has more than once, or in its headline.
        places: those that an article of it says as places are said.
        terms: how many different terms one of its articles has, on average.
        title: folded words of its headline.
    """

    key: int
    minute: int | None
    vector: Vector
    named: frozenset[str]
    names: frozenset[str]
    leading: frozenset[str]
    terms: float
    title: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @cached_property
    def plain(self) -> Vector:
        """The part of the vector that is not names, of length one."""
        kept = [word not in self.named for word in self.vector.words()]
        return self.vector.only(kept).unit()

    @cached_property
    def unit(self) -> Vector:
        """The vector brought to length one."""
        return self.vector.unit()


@dataclass(frozen=True, slots=True)
class Tie:
    """A typed link from a later event to an earlier one."""

    later: int
    earlier: int
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Cast:
    """What storylines see of an event's articles besides what they weigh; see ``Happening``."""

    words: frozenset[str]
    names: frozenset[str]
    leading: frozenset[str]
    places: frozenset[str]
    terms: float
    title: frozenset[str]


def cast(articles: Sequence[Features]) -> Cast:
    """Of an event by its articles."""
    return Cast(
        frozenset().union(*(one.name_words for one in articles)),
        frozenset().union(*(one.last_names for one in articles)),
        frozenset().union(*(one.leading_names for one in articles)),
        frozenset().union(*(one.places for one in articles)),
        sum(len(one.bag) for one in articles) / len(articles) if articles else 0.0,
        articles[0].title_stems if articles else frozenset(),
    )


def happening(key: int, minute: int | None, articles: Sequence[Features], vectors: Sequence[Vector]) -> Happening:
    """An event by its articles.

    Args:
        vectors: of these articles, in their order, each of length one.
    """
    return happened(key, minute, cast(articles), mean(vectors, MOST_TERMS))


def happened(key: int, minute: int | None, told: Cast, vector: Vector) -> Happening:
    """An event by whom it tells of and the mean of its articles' vectors, of its ``MOST_TERMS`` heaviest terms."""
    named = told.words.intersection(vector.words())
    return Happening(key, minute, vector, named, told.names, told.leading, told.terms, told.title, told.places)


def storylines(happenings: Iterable[Happening]) -> list[list[int]]:
    """Keys of the events of each storyline."""
    ordered = sorted(happenings, key=lambda one: one.key)
    sims = similarities([one.vector for one in ordered]).tolist()
    count = len(ordered)
    drawn = [[0.0] * count for _ in range(count)]
    for later, one in enumerate(ordered):
        for earlier in range(later):
            drawn[earlier][later] = drawn[later][earlier] = drawn_together(one, ordered[earlier], sims[earlier][later])
    return [[ordered[at].key for at in part] for part in mean_links(drawn, 0.0)]


def drawn_together(one: Happening, other: Happening, sim: float) -> float:
    """By how much two events are more alike than is asked of them; below 0 where they are less."""
    terms = math.sqrt(one.terms * other.terms)
    return (sim if _of_one_story(one, other, terms) else 0.0) - asked(terms) - _for_silence(one, other)


def _of_one_story(one: Happening, other: Happening, terms: float) -> bool:
    """What two events share says more than where they happen; nothing is asked of notes."""
    if terms >= TELLING:
        return _same_cast(one, other)
    shared = one.names & other.names
    if terms < PLACED or (len(shared) >= LEAST_NAMES and not shared <= one.places & other.places):
        return True
    return one.plain.cosine(other.plain) >= LEAST_PLAIN_OF_PLACED


def _same_cast(one: Happening, other: Happening) -> bool:
    """Two names, one that leads both, and something said of them; more where only places lead both."""
    leading = one.leading & other.leading
    if len(one.names & other.names) < LEAST_NAMES or not leading:
        return False
    asked_for = LEAST_PLAIN_OF_PLACES if leading <= one.places & other.places else LEAST_PLAIN
    return one.plain.cosine(other.plain) >= asked_for


def asked(terms: float) -> float:
    """The mean similarity that is asked of two events with so many terms an article (geometric mean).

    >>> asked(10), round(asked(85), 5), asked(400)
    (0.015, 0.05212, 0.12)
    """
    share = min(1.0, max(0.0, (terms - NOTE) / (ARTICLE - NOTE)))
    return ASKED_OF_NOTES + math.pow(share, BEND) * (ASKED_OF_ARTICLES - ASKED_OF_NOTES)


def _for_silence(one: Happening, other: Happening) -> float:
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
