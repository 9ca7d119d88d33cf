"""What articles are compared by: their words in arrays, by the archive's weights as they are now and then taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log2

import numpy as np

from writethru.analyse.story_counts import ARTICLES
from writethru.analyse.story_lately import Lately
from writethru.analyse.story_weights import Counted
from writethru.analyse.story_words import Asked, HeldWords
from writethru.events.features import Features, Sketch
from writethru.events.items import PRIOR
from writethru.events.vectors import Vector
from writethru.storage.story_store import StoryArticle

INDEXED = 24
"""The rarest words of an article that it is found by."""
FRESH = 50
"""Articles of an archive up to which weights are taken anew with each."""
AGES = 16
"""How often weights are taken anew while the archive doubles."""
ANEW = 1_000
"""More than the archive could grow older by."""
MOST_SKETCHES = 12_000
"""Articles whose words are kept in arrays, twice; 2 to 5 KB each. Each that arrives is compared with some two dozen of
the last ten days."""


@dataclass(slots=True)
class _Held:
    """What an article is compared by, in arrays: its words as they are, and by the archive's weights at some age.

    Attributes:
        age: of the weights; below zero before there were any.
        vector: by these weights, of length one.
        asked: its rarest words by them, None before they are asked for.
    """

    coded: Vector
    form: str
    age: int = -1
    vector: Vector = field(init=False)
    asked: Asked | None = None


class Sketches:
    """Articles as arrays of words; those used lately are kept, and weighed when they are asked for."""

    def __init__(self, words: HeldWords) -> None:
        self._words = words
        self._counts = words.counts
        self._anew = 0
        self.clear()

    def clear(self) -> None:
        """Forget everything that is kept in memory."""
        self._held: Lately[int, _Held] = Lately(MOST_SKETCHES)
        self._weights: tuple[int, Counted] | None = None
        self._age: int | None = None
        self._anew += ANEW  # words have other numbers: what was made of them is not to be taken for that of now

    def put(self, article_id: int, found: Features) -> Vector:
        """Keep what was read of an article; gives back its words with their own weights."""
        coded = self.weights().coded(found.bag)
        self._held.put(article_id, _Held(coded, found.form))
        return coded

    def drop(self, article_id: int) -> None:
        """An article says something else."""
        self._held.drop(article_id)

    def coded(self, article: StoryArticle) -> Vector:
        """Its words with their own weights."""
        return self._sketch(article).coded

    def form(self, article: StoryArticle) -> str:
        """``article``, ``list`` or ``live``."""
        return self._sketch(article).form

    def terms(self, article_id: int) -> int | None:
        """How many different words an article has that is held."""
        found = self._held.get(article_id)
        return None if found is None else len(found.coded.places)

    def vectors(self, articles: Iterable[StoryArticle]) -> list[Vector]:
        """Their words by weights as they are now, each of length one; those that are not held made together."""
        return self._weighed(list(map(self._sketch, articles)))

    def asked(self, articles: Iterable[StoryArticle]) -> list[Asked]:
        """The rarest words of each, and what each is worth to a pair that shares it."""
        some = list(map(self._sketch, articles))
        self._weighed(some)
        found = []
        for one in some:
            if one.asked is None:
                one.asked = self.rarest(one.coded)
            found.append(one.asked)
        return found

    def rarest(self, coded: Vector) -> Asked:
        """The words of an article that weigh most, equals in their own order, which is that of a bag."""
        weights = self.weights().worth(coded.places)
        order = np.argsort(-(coded.weights * weights**2), kind="stable")[:INDEXED]
        numbers = self._counts.numbers(coded.places[order])
        worth = dict(zip(numbers, ((coded.weights[order] * weights[order]) ** 2).tolist(), strict=True))
        ordered = sorted(worth)
        return self._words.asking(ordered, [worth[number] for number in ordered])

    # weights

    def weights(self) -> Counted:
        """How telling words are, by counts that may be some per cent old: weights move slowly as the archive grows."""
        age = self.age()
        if self._weights is None or self._weights[0] != age:
            self._weights = age, Counted(self._counts)
        return self._weights[1]

    def weigh_anew(self) -> None:
        """From here on words weigh what they weigh now, until the archive has grown by some per cent again."""
        self._weights = None
        self._anew += ANEW
        self._age = None

    def archived(self) -> int:
        """How many articles are known."""
        return self._counts.of(ARTICLES)

    def age(self) -> int:
        """A number that changes whenever the archive has grown by some per cent; in a small one with each article."""
        if self._age is None:
            articles = self.archived()
            grown = articles if articles <= FRESH else FRESH + int(AGES * log2(articles + PRIOR))
            self._age = grown + self._anew
        return self._age

    def grown(self) -> None:
        """The archive has more articles, or fewer."""
        self._age = None

    def _sketch(self, article: StoryArticle) -> _Held:
        found = self._held.get(article.article_id)
        if found is None:
            told = Sketch.unpacked(article.bag)
            found = _Held(self.weights().coded(dict(zip(told.words, told.weights, strict=True))), told.form)
            self._held.put(article.article_id, found)
        return found

    def _weighed(self, sketches: Sequence[_Held]) -> list[Vector]:
        age = self.age()
        missing = [one for one in sketches if one.age != age]
        made = self.weights().all_weighed([one.coded for one in missing]) if missing else ()
        for one, vector in zip(missing, made, strict=True):
            one.age, one.vector, one.asked = age, vector, None
        return [one.vector for one in sketches]
