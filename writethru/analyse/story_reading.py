"""What events are made of, kept in step with the record: each article's words, its day, its place in the index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

import numpy as np

from writethru.analyse.encoding import ReadMeanings
from writethru.analyse.story_counts import ARTICLES, number_of
from writethru.analyse.story_held import HeldStories
from writethru.analyse.story_lately import Lately
from writethru.analyse.story_weights import Counted
from writethru.analyse.story_words import ASKED, Asked, HeldWords
from writethru.events.features import Features, Sketch, features_of
from writethru.events.grouping import GATE, JOIN, minutes_apart, nearness
from writethru.events.items import PRIOR, Item
from writethru.events.meanings import unpacked
from writethru.events.moments import Basis, Stated, When, day_of, when
from writethru.events.vectors import Vector
from writethru.storage.meaning_store import Meaning
from writethru.storage.store import Store
from writethru.storage.story_store import StoryArticle

INDEXED = 24
"""The rarest words of an article that it is found by."""
NEAREST = 30
"""Articles that are looked at closely, those that share most weight."""
ALWAYS = 8
LEAST_SHARED = 0.03
"""Of these the first ``ALWAYS``, and further ones that share so much of the worth of the article's rarest words: of
those below hardly one in a hundred was near enough for a group (one of 14,000 of made-up articles, 9 of 1,500 of
ECB+ dev, none of BASIL dev), and they were two thirds of the work."""
FRESH = 50
"""Articles of an archive up to which weights are taken anew with each."""
AGES = 16
"""How often weights are taken anew while the archive doubles."""
ANEW = 1_000
"""More than the archive could grow older by."""
MOST_SKETCHES = 12_000
"""Articles whose words are kept in arrays, twice; 2 to 5 KB each. Each that arrives is compared with some two dozen of
the last ten days."""
MOST_READ = 4_000
"""Articles whose names and words as printed are kept, twice; some 20 KB each."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an article; ``meaning`` where the archive asks for it."""

    features: Features
    when: When
    meaning: Meaning | None = None


@dataclass(slots=True)
class _Sketch:
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


class Known:
    """Reads and writes what is known of articles; what was read lately is kept (``held``)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.held = HeldStories(store.stories)
        self.meanings = ReadMeanings(store)
        self._words = HeldWords(store.stories)
        self._counts = self._words.counts
        self.reworded: set[int] = set()
        """Articles that were known and say something else since ``begin``."""
        self.clear()

    def begin(self) -> None:
        """Before a piece of work, inside its transaction: what is kept may not be so any more."""
        if not self.held.begin() or self._counts.is_full():
            self.clear()
        self.reworded.clear()

    def write(self) -> None:
        """Write what changed since ``begin``."""
        self._words.write()
        self.meanings.write()
        self.held.write()

    def clear(self) -> None:
        """Forget everything that is kept in memory."""
        self.held.clear()
        self.meanings.clear()
        self._words.clear()
        self._features: Lately[int, Features] = Lately(MOST_READ)
        self._sketches: Lately[int, _Sketch] = Lately(MOST_SKETCHES)
        self._forget_neighbours()
        self._weights: tuple[int, Counted] | None = None
        self._age: int | None = None
        self._anew = 0

    # articles

    def read(self, article_id: int) -> Read | None:
        """An article's latest text; None where it has none."""
        appearances = self._store.appearances(article_id)
        if not appearances:
            return None
        text = self._store.version_text(article_id, appearances[-1].version_number)
        return Read(features_of(text), self._when(article_id), self.meanings.read(article_id, text))

    def enter(self, article_id: int, read: Read) -> bool:
        """Keep what was read of an article; was anything new that groups rest on?"""
        if read.meaning is not None:
            self.meanings.keep(article_id, read.meaning)
        before = self.articles([article_id]).get(article_id)
        if before is not None and before.digest == read.features.digest and _own_minute(before) == read.when.minute:
            return False
        if before is not None:
            self._take_out(before)
            self.reworded.add(article_id)
        self._enter(article_id, read.features, read.when, before)
        return True

    def article(self, article_id: int) -> StoryArticle:
        """One that is known."""
        return self.held.article(article_id) or self.articles([article_id])[article_id]

    def articles(self, article_ids: Iterable[int]) -> dict[int, StoryArticle]:
        """Those of these that are known."""
        return self.held.articles(article_ids)

    def features(self, article: StoryArticle) -> Features:
        """Its words and names."""
        found = self._features.get(article.article_id)
        if found is None:
            found = Features.unpacked(article.bag)
            self._features.put(article.article_id, found)
        return found

    def coded(self, article: StoryArticle) -> Vector:
        """Its words with their own weights."""
        return self._sketch(article).coded

    def terms(self, article_id: int) -> int:
        """How many different words an article has that is known."""
        found = self._sketches.get(article_id) or self._sketch(self.article(article_id))
        return len(found.coded.places)

    def _sketch(self, article: StoryArticle) -> _Sketch:
        found = self._sketches.get(article.article_id)
        if found is None:
            told = Sketch.unpacked(article.bag)
            found = _Sketch(self.weights().coded(dict(zip(told.words, told.weights, strict=True))), told.form)
            self._sketches.put(article.article_id, found)
        return found

    def form(self, article: StoryArticle) -> str:
        """``article``, ``list`` or ``live``."""
        return self._sketch(article).form

    def archived(self) -> int:
        """How many articles are known."""
        return self._counts.of(ARTICLES)

    def keep(self, article: StoryArticle) -> None:
        """Write an article that was read, with another day, group or reason."""
        before = self.held.articles([article.article_id]).get(article.article_id)
        if before is None or before.minute != article.minute:
            self._forget_neighbours()
        self.held.keep_article(article)

    def forget(self, article_id: int) -> None:
        """An article that has no text any more."""
        before = self.articles([article_id]).get(article_id)
        if before is not None:
            self._take_out(before)
            self.held.forget(article_id)

    def items(self, articles: Sequence[StoryArticle], apart: Collection[int]) -> dict[int, Item]:
        """As they are grouped: those with equal words of one day are one item, unless they are to be apart."""
        found: dict[int, Item] = {}
        meant = self.meanings.of(one.article_id for one in articles) if self.meanings.level() else {}
        for article in articles:
            own = f":{article.article_id}" if article.article_id in apart else ""
            key = f"{article.digest}:{day_of(article.minute)}{own}"
            meaning = meant.get(article.article_id)
            grains = None if meaning is None else unpacked(meaning.grains)
            found[article.article_id] = Item(
                key, article.minute, _UNREAD, self.vector(article), self.coded(article), grains
            )
        return found

    # weights and neighbours

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
        self._forget_neighbours()

    def _forget_neighbours(self) -> None:
        self._neighbours: dict[tuple[int, int | None, bool], dict[int, float]] = {}
        self._compared: tuple[int, dict[int, float]] = 0, {}

    def near(self, article: StoryArticle, *, any_day: bool = False) -> dict[int, float]:
        """Articles that share words, and how alike they are with what time adds; bounded.

        Args:
            any_day: without the gate, and without what time adds.
        """
        asked = article.article_id, article.minute, any_day
        found = self._neighbours.get(asked)
        if found is None:
            found = self._scored(article, self._worth_a_look(article, any_day=any_day), any_day)
            self._neighbours[asked] = found
        return found

    def _worth_a_look(self, article: StoryArticle, *, any_day: bool) -> Iterable[int]:
        """The articles that share most of its rarest words."""
        asked, day = self._asked(article), day_of(article.minute)
        days = None if any_day or day is None else (day - int(GATE), day + int(GATE))
        articles, shared = self._words.holders(asked, days)
        order = np.argsort(-shared, kind="stable")[: NEAREST + 1]
        found: list[int] = articles[order].tolist()
        most: list[float] = shared[order].tolist()
        if article.article_id in found:
            at = found.index(article.article_id)
            del found[at], most[at]
        elif len(found) > NEAREST:
            del found[-1], most[-1]
        if len(found) <= ALWAYS:
            return found
        least = max(most[-1], min(LEAST_SHARED * asked.whole, most[ALWAYS - 1]))
        return [other for other, worth in zip(found, most, strict=True) if worth >= least]

    def alike(self, article: StoryArticle, others: Iterable[StoryArticle]) -> list[float]:
        """The cosine of an article with each of others."""
        vectors = self.vectors(others)
        found: list[float] = self._counts.vocabulary.products(self.vector(article), vectors).tolist()
        return found

    def _scored(self, article: StoryArticle, others: Iterable[int], any_day: bool) -> dict[int, float]:
        near = {}
        known = self.held.articles(others)
        for other_id, other in known.items():
            added = 0.0 if any_day else nearness(minutes_apart(article.minute, other.minute))
            if added is not None:
                near[other_id] = added
        alike = self._cosines(article, known, near)
        return {one: alike[one] + added for one, added in near.items()}

    def _cosines(
        self, article: StoryArticle, known: Mapping[int, StoryArticle], asked: Iterable[int]
    ) -> dict[int, float]:
        """With each of those that are asked for; those of the article that was looked at last are kept."""
        if self._compared[0] != article.article_id:
            self._compared = article.article_id, {}
        found = self._compared[1]
        missing = [one for one in asked if one not in found]
        if missing:
            alike = self.alike(article, [known[one] for one in missing])
            found.update(zip(missing, alike, strict=True))
        return found

    def vector(self, article: StoryArticle) -> Vector:
        """Its words by these weights, of length one."""
        return self.vectors((article,))[0]

    def vectors(self, articles: Iterable[StoryArticle]) -> list[Vector]:
        """The same of several, those that are not held made together."""
        return self._weighed(list(map(self._sketch, articles)))

    def _weighed(self, sketches: Sequence[_Sketch]) -> list[Vector]:
        age = self.age()
        missing = [one for one in sketches if one.age != age]
        made = self.weights().all_weighed([one.coded for one in missing]) if missing else ()
        for one, vector in zip(missing, made, strict=True):
            one.age, one.vector, one.asked = age, vector, None
        return [one.vector for one in sketches]

    def age(self) -> int:
        """A number that changes whenever the archive has grown by some per cent; in a small one with each article."""
        if self._age is None:
            articles = self.archived()
            grown = articles if articles <= FRESH else FRESH + int(AGES * log2(articles + PRIOR))
            self._age = grown + self._anew
        return self._age

    def _asked(self, article: StoryArticle) -> Asked:
        """Its rarest words, and what each is worth to a pair that shares it."""
        sketch = self._sketch(article)
        if sketch.age != self.age():
            self._weighed((sketch,))
        if sketch.asked is None:
            sketch.asked = self._rarest(sketch.coded)
        return sketch.asked

    def _rarest(self, coded: Vector) -> Asked:
        """The words of an article that weigh most, equals in their own order, which is that of a bag."""
        weights = self.weights().worth(coded.places)
        order = np.argsort(-(coded.weights * weights**2), kind="stable")[:INDEXED]
        numbers = self._counts.numbers(coded.places[order])
        worth = dict(zip(numbers, ((coded.weights[order] * weights[order]) ** 2).tolist(), strict=True))
        ordered = sorted(worth)
        return self._words.asking(ordered, [worth[number] for number in ordered])

    # parts

    def _when(self, article_id: int) -> When:
        summary = self._store.article_summaries(article_id=article_id)[0]
        stated = Stated(summary.published or summary.modified, summary.article.url, summary.first_seen, summary.basis)
        return when(stated)

    def _enter(self, article_id: int, found: Features, moment: When, before: StoryArticle | None) -> None:
        cluster = before.cluster if before is not None else article_id
        article = StoryArticle(article_id, found.digest, moment.minute, moment.basis.value, cluster, found.packed())
        self._features.put(article_id, found)
        twins = self.twins(article)
        self.keep(article)
        coded = self.weights().coded(found.bag)
        self._sketches.put(article_id, _Sketch(coded, found.form))
        self._count(coded, 1)
        self._words.begin_lists(self._counts.singles(coded.places))
        if not twins:
            self._words.enter(article_id, day_of(moment.minute), self._asked(article).numbers)

    def _take_out(self, article: StoryArticle) -> None:
        """Out of the index; one of equal words, which was not in it, takes its place."""
        found, coded = self.features(article), self.coded(article)
        self._features.drop(article.article_id)
        self._sketches.drop(article.article_id)
        self._count(coded, -1)
        day = day_of(_own_minute(article))
        terms = [number_of(term) for term in found.bag]
        self._words.take_out(article.article_id, day, terms)
        twins = [other for other in self.twins(article) if other != article.article_id]
        if twins:
            self._words.take_out(twins[0], day, terms)
            self._words.enter(twins[0], day, self._rarest(coded).numbers)

    def twins(self, article: StoryArticle) -> list[int]:
        """Articles with these very words on this day."""
        twins = self.held.twins(article.digest, ASKED)
        if not twins:
            return []
        some = self.articles(twins)
        day = day_of(_own_minute(article))
        return [
            other for other, known in some.items() if day_of(_own_minute(known)) == day and other != article.article_id
        ]

    def _count(self, coded: Vector, by: int) -> None:
        self._forget_neighbours()
        self._age = None
        self._counts.add_article(coded.places, by)


_UNREAD = Features({})  # of an item that has its words as arrays


def _own_minute(article: StoryArticle) -> int | None:
    """The time that the article itself states; an inferred one is not its own."""
    return None if article.basis == Basis.INFERRED else article.minute


def is_near(score: float) -> bool:
    """Near enough for one coarse group."""
    return score >= JOIN
