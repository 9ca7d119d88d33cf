"""What events are made of, kept in step with the record: each article's words, its day, its place in the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from zlib import crc32

from writethru.events.features import Features, features_of
from writethru.events.grouping import GATE, JOIN, PRIOR, Item, Weights, cosine, days_apart, nearness
from writethru.events.moments import Basis, Stated, When, day_of, when
from writethru.storage.store import Store
from writethru.storage.story_store import StoryArticle

INDEXED = 24
"""The rarest words of an article that it is found by."""
ASKED = 60
"""Articles that the index gives for one word, the latest first."""
NEAREST = 60
"""Articles that are looked at closely, those that share most weight."""
MOST_KEPT = 20_000
"""Counts and articles kept in memory between two steps."""
AGES = 16
"""How often weights are taken anew while the archive doubles."""
ARTICLES = 0
"""The term that counts the articles themselves."""


@lru_cache(maxsize=262_144)
def number_of(term: str) -> int:
    """The number that a word has in the index; 0 is kept for the articles themselves."""
    return crc32(term.encode("utf-8", "replace")) or 1


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an article."""

    features: Features
    when: When


class Known:
    """Reads and writes what is known of articles, keeping the latest in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._counts: dict[int, int] = {}
        self._articles: dict[int, StoryArticle] = {}
        self._features: dict[int, Features] = {}
        self._vectors: dict[int, tuple[int, dict[str, float]]] = {}
        self._neighbours: dict[tuple[int, int | None, bool], dict[int, float]] = {}

    # articles

    def read(self, article_id: int) -> Read | None:
        """An article's latest text; None where it has none."""
        appearances = self._store.appearances(article_id)
        if not appearances:
            return None
        text = self._store.version_text(article_id, appearances[-1].version_number)
        return Read(features_of(text), self._when(article_id))

    def enter(self, article_id: int, read: Read) -> bool:
        """Keep what was read of an article; was anything new that groups rest on?"""
        before = self.articles([article_id]).get(article_id)
        if before is not None and before.digest == read.features.digest and _own_minute(before) == read.when.minute:
            return False
        if before is not None:
            self._take_out(before)
        self._enter(article_id, read.features, read.when, before)
        return True

    def articles(self, article_ids: Iterable[int]) -> dict[int, StoryArticle]:
        """Those of these that are known."""
        asked = set(article_ids)
        missing = asked - self._articles.keys()
        if missing:
            self._room()
            self._articles |= {article.article_id: article for article in self._store.stories.articles(missing)}
        return {article_id: self._articles[article_id] for article_id in sorted(asked) if article_id in self._articles}

    def features(self, article: StoryArticle) -> Features:
        """Its words and names."""
        found = self._features.get(article.article_id)
        if found is None:
            found = self._features[article.article_id] = Features.from_dict(article.bag)
        return found

    def keep(self, article: StoryArticle) -> None:
        """Write an article that was read, with another day, group or reason."""
        before = self._articles.get(article.article_id)
        if before is None or before.minute != article.minute:
            self._neighbours.clear()
        self._articles[article.article_id] = article
        self._store.stories.keep_article(article)

    def forget(self, article_id: int) -> None:
        """An article that has no text any more."""
        before = self.articles([article_id]).get(article_id)
        if before is not None:
            self._take_out(before)
            self._store.stories.forget(article_id)
            del self._articles[article_id]

    def item(self, article: StoryArticle, *, apart: bool = False) -> Item:
        """As it is grouped: articles with equal words of one day are one item, unless an editor spoke of one."""
        own = f":{article.article_id}" if apart else ""
        return Item(f"{article.digest}:{day_of(article.minute)}{own}", article.minute, self.features(article))

    # weights and neighbours

    def weights(self, features: Iterable[Features]) -> Weights:
        """How telling the words of these are, by the counts of now."""
        terms = {term: number_of(term) for one in features for term in one.bag}
        counts = self._counted({ARTICLES, *terms.values()})
        return Weights(counts[ARTICLES], {term: counts[number] for term, number in terms.items()})

    def near(self, article: StoryArticle, *, any_day: bool = False) -> dict[int, float]:
        """Articles that share words, and how alike they are with what time adds; bounded.

        Args:
            any_day: without the gate, and without what time adds.
        """
        asked = article.article_id, article.minute, any_day
        if asked not in self._neighbours:
            weights = self.weights([self.features(article)])
            shared = self._holders(article, weights, any_day=any_day)
            chosen = sorted(shared, key=lambda other: (-shared[other], other))[:NEAREST]
            self._neighbours[asked] = self._scored(article, chosen, any_day=any_day)
        return self._neighbours[asked]

    def _scored(self, article: StoryArticle, others: Iterable[int], *, any_day: bool) -> dict[int, float]:
        own, me = self.vector(article), self.item(article)
        found = {}
        for other_id, other in self.articles(others).items():
            near = 0.0 if any_day else nearness(days_apart(me, self.item(other)))
            if near is not None:
                found[other_id] = cosine(own, self.vector(other)) + near
        return found

    def vector(self, article: StoryArticle) -> dict[str, float]:
        """Its weighted words, by counts that may be some per cent old: weights move slowly as the archive grows."""
        age = self._age()
        kept = self._vectors.get(article.article_id)
        if kept is None or kept[0] != age:
            mine = self.features(article)
            kept = self._vectors[article.article_id] = age, self.weights([mine]).vector(mine.bag)
        return kept[1]

    def _age(self) -> int:
        """A number that changes whenever the archive has grown by some per cent."""
        return int(AGES * log2(self._counted({ARTICLES})[ARTICLES] + PRIOR))

    def _holders(self, article: StoryArticle, weights: Weights, *, any_day: bool) -> Mapping[int, float]:
        mine = self.features(article)
        worth = {number_of(term): mine.bag[term] * weights.of(term) for term in _indexed(mine, weights)}
        day = day_of(article.minute)
        days = None if any_day or day is None else (day - int(GATE), day + int(GATE))
        shared: dict[int, float] = defaultdict(float)
        for term, _, other in self._store.stories.neighbours(sorted(worth), days, ASKED):
            if other != article.article_id:
                shared[other] += worth[term] ** 2
        return shared

    # parts

    def _when(self, article_id: int) -> When:
        summary = self._store.article_summaries(article_id=article_id)[0]
        stated = Stated(summary.published or summary.modified, summary.article.url, summary.first_seen, summary.basis)
        return when(stated)

    def _enter(self, article_id: int, found: Features, moment: When, before: StoryArticle | None) -> None:
        cluster = before.cluster if before is not None else article_id
        article = StoryArticle(article_id, found.digest, moment.minute, moment.basis.value, cluster, found.to_dict())
        self._room()
        self._features[article_id] = found
        twins = self._twins(article)
        self.keep(article)
        self._count(found, 1)
        if not twins:
            self._store.stories.index(article_id, day_of(moment.minute), _numbers(found, self.weights([found])))

    def _take_out(self, article: StoryArticle) -> None:
        """Out of the index; one of equal words, which was not in it, takes its place."""
        found = self.features(article)
        self._features.pop(article.article_id, None)
        self._vectors.pop(article.article_id, None)
        self._count(found, -1)
        day = day_of(_own_minute(article))
        terms = [number_of(term) for term in found.bag]
        self._store.stories.unindex(article.article_id, day, terms)
        twins = [other for other in self._twins(article) if other != article.article_id]
        if twins:
            self._store.stories.unindex(twins[0], day, terms)
            self._store.stories.index(twins[0], day, _numbers(found, self.weights([found])))

    def _twins(self, article: StoryArticle) -> list[int]:
        """Articles with these very words on this day."""
        some = self.articles(self._store.stories.twins(article.digest, ASKED))
        day = day_of(_own_minute(article))
        return [
            other for other, known in some.items() if day_of(_own_minute(known)) == day and other != article.article_id
        ]

    def _count(self, found: Features, by: int) -> None:
        self._neighbours.clear()
        numbers = {ARTICLES, *map(number_of, found.bag)}
        self._store.stories.count(numbers, by)
        for number in numbers & self._counts.keys():
            self._counts[number] += by

    def _counted(self, numbers: set[int]) -> dict[int, int]:
        missing = numbers - self._counts.keys()
        if missing:
            self._counts |= self._store.stories.counts(missing)
        return self._counts

    def _room(self) -> None:
        if len(self._articles) > MOST_KEPT or len(self._counts) > MOST_KEPT * 20:
            self._articles.clear()
            self._features.clear()
            self._vectors.clear()
            self._counts.clear()


def _own_minute(article: StoryArticle) -> int | None:
    """The time that the article itself states; an inferred one is not its own."""
    return None if article.basis == Basis.INFERRED else article.minute


def _indexed(features: Features, weights: Weights) -> list[str]:
    worth = {term: weight * weights.of(term) ** 2 for term, weight in features.bag.items()}
    return sorted(worth, key=lambda term: (-worth[term], term))[:INDEXED]


def _numbers(features: Features, weights: Weights) -> set[int]:
    return {number_of(term) for term in _indexed(features, weights)}


def is_near(score: float) -> bool:
    """Near enough for one coarse group."""
    return score >= JOIN
