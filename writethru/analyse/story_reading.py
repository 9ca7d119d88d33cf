"""What events are made of, kept in step with the record: each article's words, its day, its place in the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log, log2
from zlib import crc32

from writethru.analyse.story_held import MOST_ARTICLES, HeldStories
from writethru.analyse.story_lately import Lately
from writethru.analyse.story_words import ARTICLES, ASKED, HeldWords
from writethru.events.features import Features, features_of
from writethru.events.grouping import (
    GATE,
    JOIN,
    PRIOR,
    Bag,
    Item,
    Weights,
    cosine,
    heaviest,
    minutes_apart,
    nearness,
    unit,
)
from writethru.events.moments import Basis, Stated, When, day_of, when
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
    """Reads and writes what is known of articles; what was read lately is kept (``held``).

    ``count`` says in how many articles a word stands, by its number in the index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.held = HeldStories(store.stories)
        self._words = HeldWords(store.stories)
        self.count = self._words.count
        self.clear()

    def begin(self) -> None:
        """Before a piece of work, inside its transaction: what is kept may not be so any more."""
        if not self.held.begin():
            self.clear()
        self._words.begin()

    def write(self) -> None:
        """Write what changed since ``begin``."""
        self._words.write()
        self.held.write()

    def clear(self) -> None:
        """Forget everything that is kept in memory."""
        self.held.clear()
        self._words.clear()
        self._features: Lately[int, Features] = Lately(MOST_ARTICLES)
        self._vectors: Lately[int, tuple[int, dict[str, float]]] = Lately(MOST_ARTICLES)
        self._asking: Lately[int, tuple[int, dict[int, float]]] = Lately(MOST_ARTICLES)
        self._neighbours: dict[tuple[int, int | None, bool], dict[int, float]] = {}
        self._alike: dict[tuple[int, int], float] = {}
        self._weights: tuple[int, Weights] | None = None
        self._age: int | None = None

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
        return self.held.articles(article_ids)

    def features(self, article: StoryArticle) -> Features:
        """Its words and names."""
        found = self._features.get(article.article_id)
        if found is None:
            found = Features.from_dict(article.bag)
            self._features.put(article.article_id, found)
        return found

    def keep(self, article: StoryArticle) -> None:
        """Write an article that was read, with another day, group or reason."""
        before = self.held.articles([article.article_id]).get(article.article_id)
        if before is None or before.minute != article.minute:
            self._neighbours.clear()
        self.held.keep_article(article)

    def forget(self, article_id: int) -> None:
        """An article that has no text any more."""
        before = self.articles([article_id]).get(article_id)
        if before is not None:
            self._take_out(before)
            self.held.forget(article_id)

    def item(self, article: StoryArticle, *, apart: bool = False) -> Item:
        """As it is grouped: articles with equal words of one day are one item, unless an editor spoke of one."""
        own = f":{article.article_id}" if apart else ""
        key = f"{article.digest}:{day_of(article.minute)}{own}"
        return Item(key, article.minute, self.features(article), self.vector(article))

    # weights and neighbours

    def weights(self) -> Weights:
        """How telling words are, by counts that may be some per cent old: weights move slowly as the archive grows."""
        age = self.age()
        if self._weights is None or self._weights[0] != age:
            self._weights = age, _Counted(self)
        return self._weights[1]

    def near(self, article: StoryArticle, *, any_day: bool = False) -> dict[int, float]:
        """Articles that share words, and how alike they are with what time adds; bounded.

        Args:
            any_day: without the gate, and without what time adds.
        """
        asked = article.article_id, article.minute, any_day
        if asked not in self._neighbours:
            chosen = self._worth_a_look(article, any_day=any_day)
            self._neighbours[asked] = self._scored(article, chosen, any_day=any_day)
        return self._neighbours[asked]

    def _worth_a_look(self, article: StoryArticle, *, any_day: bool) -> Iterable[int]:
        """The articles that share most of its rarest words."""
        shared = self._holders(article, any_day=any_day)
        most = sorted(shared.values(), reverse=True)[:NEAREST]
        if not most:
            return ()
        enough = LEAST_SHARED * sum(self._asked(article).values())
        least = max(most[-1], min(enough, most[min(ALWAYS, len(most)) - 1]))
        return heaviest({other: worth for other, worth in shared.items() if worth >= least})[:NEAREST]

    def alike(self, one: StoryArticle, other: StoryArticle) -> float:
        """The cosine of two articles."""
        pair = (min(one.article_id, other.article_id), max(one.article_id, other.article_id))
        found = self._alike.get(pair)
        if found is None:
            found = self._alike[pair] = cosine(self.vector(one), self.vector(other))
        return found

    def _scored(self, article: StoryArticle, others: Iterable[int], *, any_day: bool) -> dict[int, float]:
        found = {}
        for other_id, other in self.articles(others).items():
            near = 0.0 if any_day else nearness(minutes_apart(article.minute, other.minute))
            if near is not None:
                found[other_id] = self.alike(article, other) + near
        return found

    def vector(self, article: StoryArticle) -> dict[str, float]:
        """Its words by these weights, of length one."""
        age = self.age()
        kept = self._vectors.get(article.article_id)
        if kept is None or kept[0] != age:
            kept = age, self.weights().vector(self.features(article).bag)
            self._vectors.put(article.article_id, kept)
        return kept[1]

    def age(self) -> int:
        """A number that changes whenever the archive has grown by some per cent; in a small one with each article."""
        if self._age is None:
            articles = self.count(ARTICLES)
            self._age = articles if articles <= FRESH else FRESH + int(AGES * log2(articles + PRIOR))
        return self._age

    def _holders(self, article: StoryArticle, *, any_day: bool) -> Mapping[int, float]:
        worth = self._asked(article)
        day = day_of(article.minute)
        days = None if any_day or day is None else (day - int(GATE), day + int(GATE))
        shared = self._words.holders(worth, days)
        shared.pop(article.article_id, None)
        return shared

    def _asked(self, article: StoryArticle) -> dict[int, float]:
        """The numbers of its rarest words, in order, and what each is worth to a pair that shares it."""
        age = self.age()
        kept = self._asking.get(article.article_id)
        if kept is None or kept[0] != age:
            mine, weights = self.features(article), self.weights()
            worth = {number_of(term): (mine.bag[term] * weights.of(term)) ** 2 for term in _indexed(mine, weights)}
            kept = age, dict(sorted(worth.items()))
            self._asking.put(article.article_id, kept)
        return kept[1]

    # parts

    def _when(self, article_id: int) -> When:
        summary = self._store.article_summaries(article_id=article_id)[0]
        stated = Stated(summary.published or summary.modified, summary.article.url, summary.first_seen, summary.basis)
        return when(stated)

    def _enter(self, article_id: int, found: Features, moment: When, before: StoryArticle | None) -> None:
        cluster = before.cluster if before is not None else article_id
        article = StoryArticle(article_id, found.digest, moment.minute, moment.basis.value, cluster, found.to_dict())
        self._features.put(article_id, found)
        twins = self.twins(article)
        self.keep(article)
        self._count(found, 1)
        if not twins:
            self._words.enter(article_id, day_of(moment.minute), self._asked(article))

    def _take_out(self, article: StoryArticle) -> None:
        """Out of the index; one of equal words, which was not in it, takes its place."""
        found = self.features(article)
        self._features.drop(article.article_id)
        self._vectors.drop(article.article_id)
        self._asking.drop(article.article_id)
        self._count(found, -1)
        day = day_of(_own_minute(article))
        terms = [number_of(term) for term in found.bag]
        self._words.take_out(article.article_id, day, terms)
        twins = [other for other in self.twins(article) if other != article.article_id]
        if twins:
            self._words.take_out(twins[0], day, terms)
            self._words.enter(twins[0], day, _numbers(found, self.weights()))

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

    def _count(self, found: Features, by: int) -> None:
        self._neighbours.clear()
        self._alike.clear()
        self._age = None
        self._words.add({ARTICLES, *map(number_of, found.bag)}, by)


class _Counted(Weights):
    """Weights that ask for counts as they are needed, each once."""

    def __init__(self, known: Known) -> None:
        super().__init__(known.count(ARTICLES), {})
        self._worth = _Worth(known.count, self._whole)

    def of(self, term: str) -> float:
        """The logarithm of one over the share of articles that have it."""
        return self._worth[term]

    def vector(self, bag: Bag) -> dict[str, float]:
        """A bag weighted and brought to length one."""
        worth = self._worth
        return unit({term: weight * worth[term] for term, weight in bag.items()})


class _Worth(dict[str, float]):
    """Words with their weights; one that is not there is worked out."""

    def __init__(self, count: Callable[[int], int], whole: int) -> None:
        super().__init__()
        self._count = count
        self._whole = whole

    def __missing__(self, term: str) -> float:
        found = self[term] = log(self._whole / (self._count(number_of(term)) + 0.5))
        return found


def _own_minute(article: StoryArticle) -> int | None:
    """The time that the article itself states; an inferred one is not its own."""
    return None if article.basis == Basis.INFERRED else article.minute


def _indexed(features: Features, weights: Weights) -> list[str]:
    worth = {term: weight * weights.of(term) ** 2 for term, weight in features.bag.items()}
    return heaviest(worth)[:INDEXED]


def _numbers(features: Features, weights: Weights) -> set[int]:
    return {number_of(term) for term in _indexed(features, weights)}


def is_near(score: float) -> bool:
    """Near enough for one coarse group."""
    return score >= JOIN
