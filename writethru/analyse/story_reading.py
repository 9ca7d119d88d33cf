"""What events are made of, kept in step with the record: each article's words, its day, its place in the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log, log2

import numpy as np

from writethru.analyse.story_counts import ARTICLES, HeldCounts, number_of
from writethru.analyse.story_held import MOST_ARTICLES, HeldStories
from writethru.analyse.story_lately import Lately
from writethru.analyse.story_words import ASKED, Asked, HeldWords
from writethru.events.features import Features, features_of
from writethru.events.grouping import (
    GATE,
    JOIN,
    PRIOR,
    Item,
    Weights,
    minutes_apart,
    nearness,
)
from writethru.events.moments import Basis, Stated, When, day_of, when
from writethru.events.vectors import Floats, Places, Vector
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
MOST_READ = 4_000
"""Articles whose names and words as printed are kept, twice; some 20 KB each."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an article."""

    features: Features
    when: When


class Known:
    """Reads and writes what is known of articles; what was read lately is kept (``held``)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.held = HeldStories(store.stories)
        self._words = HeldWords(store.stories)
        self._counts = self._words.counts
        self.clear()

    def begin(self) -> None:
        """Before a piece of work, inside its transaction: what is kept may not be so any more."""
        if not self.held.begin() or self._counts.is_full():
            self.clear()

    def write(self) -> None:
        """Write what changed since ``begin``."""
        self._words.write()
        self.held.write()

    def clear(self) -> None:
        """Forget everything that is kept in memory."""
        self.held.clear()
        self._words.clear()
        self._features: Lately[int, Features] = Lately(MOST_READ)
        self._coded: Lately[int, Vector] = Lately(MOST_ARTICLES)
        self._vectors: Lately[int, tuple[int, Vector]] = Lately(MOST_ARTICLES)
        self._asking: Lately[int, tuple[int, Asked]] = Lately(MOST_READ)
        self._neighbours: dict[tuple[int, int | None, bool], dict[int, float]] = {}
        self._weights: tuple[int, Counted] | None = None
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
        found = self._coded.get(article.article_id)
        if found is None:
            found = self.weights().coded(self.features(article).bag)
            self._coded.put(article.article_id, found)
        return found

    def archived(self) -> int:
        """How many articles are known."""
        return self._counts.of(ARTICLES)

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
        return Item(key, article.minute, self.features(article), self.vector(article), self.coded(article))

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
        self._vectors.clear()
        self._asking.clear()
        self._neighbours.clear()

    def near(self, article: StoryArticle, *, any_day: bool = False) -> dict[int, float]:
        """Articles that share words, and how alike they are with what time adds; bounded.

        Args:
            any_day: without the gate, and without what time adds.
        """
        asked = article.article_id, article.minute, any_day
        if asked not in self._neighbours:
            self._neighbours[asked] = self._scored(article, self._worth_a_look(article, any_day=any_day), any_day)
        return self._neighbours[asked]

    def _worth_a_look(self, article: StoryArticle, *, any_day: bool) -> Iterable[int]:
        """The articles that share most of its rarest words."""
        asked, day = self._asked(article), day_of(article.minute)
        days = None if any_day or day is None else (day - int(GATE), day + int(GATE))
        articles, shared = self._words.holders(asked, days)
        others = articles != article.article_id
        articles, shared = articles[others], shared[others]
        order = np.argsort(-shared, kind="stable")[:NEAREST]
        if not order.size:
            return ()
        most = shared[order]
        enough = LEAST_SHARED * sum(asked.worth.tolist())
        least = max(most[-1], min(enough, most[min(ALWAYS, len(most)) - 1]))
        found: list[int] = articles[order[most >= least]].tolist()
        return found

    def alike(self, article: StoryArticle, others: Iterable[StoryArticle]) -> list[float]:
        """The cosine of an article with each of others."""
        vectors = self.vectors(others)
        found: list[float] = self._counts.vocabulary.products(self.vector(article), vectors).tolist()
        return found

    def _scored(self, article: StoryArticle, others: Iterable[int], any_day: bool) -> dict[int, float]:
        near = {}
        known = self.articles(others)
        for other_id, other in known.items():
            added = 0.0 if any_day else nearness(minutes_apart(article.minute, other.minute))
            if added is not None:
                near[other_id] = added
        alike = self.alike(article, [known[other_id] for other_id in near])
        return {one: sim + added for (one, added), sim in zip(near.items(), alike, strict=True)}

    def vector(self, article: StoryArticle) -> Vector:
        """Its words by these weights, of length one."""
        age = self.age()
        kept = self._vectors.get(article.article_id)
        return kept[1] if kept is not None and kept[0] == age else self.vectors((article,))[0]

    def vectors(self, articles: Iterable[StoryArticle]) -> list[Vector]:
        """The same of several, those that are not held made together."""
        age, get = self.age(), self._vectors.get
        asked = list(articles)
        found = [get(one.article_id) for one in asked]
        missing = [at for at, kept in enumerate(found) if kept is None or kept[0] != age]
        made = self.weights().all_weighed([self.coded(asked[at]) for at in missing])
        for at, vector in zip(missing, made, strict=True):
            found[at] = age, vector
            self._vectors.put(asked[at].article_id, (age, vector))
        return [kept[1] for kept in found if kept is not None]

    def age(self) -> int:
        """A number that changes whenever the archive has grown by some per cent; in a small one with each article."""
        if self._age is None:
            articles = self.archived()
            self._age = articles if articles <= FRESH else FRESH + int(AGES * log2(articles + PRIOR))
        return self._age

    def _asked(self, article: StoryArticle) -> Asked:
        """Its rarest words, and what each is worth to a pair that shares it."""
        age = self.age()
        kept = self._asking.get(article.article_id)
        if kept is None or kept[0] != age:
            kept = age, self._rarest(self.coded(article))
            self._asking.put(article.article_id, kept)
        return kept[1]

    def _rarest(self, coded: Vector) -> Asked:
        """The words of an article that weigh most, equals in their own order, which is that of a bag."""
        weights = self.weights().worth(coded.places)
        order = np.argsort(-(coded.weights * weights**2), kind="stable")[:INDEXED]
        words = self._counts.vocabulary.words
        worth = {number_of(words[coded.places[at]]): (coded.weights[at] * weights[at]) ** 2 for at in order.tolist()}
        numbers = sorted(worth)
        return Asked(numbers, np.array([worth[number] for number in numbers]))

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
        self._count(self.coded(article), 1)
        self._words.begin_lists(self._counts.singles(self.coded(article).places))
        if not twins:
            self._words.enter(article_id, day_of(moment.minute), self._asked(article).numbers)

    def _take_out(self, article: StoryArticle) -> None:
        """Out of the index; one of equal words, which was not in it, takes its place."""
        found, coded = self.features(article), self.coded(article)
        for held in (self._features, self._coded, self._vectors, self._asking):
            held.drop(article.article_id)
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
        self._neighbours.clear()
        self._age = None
        self._counts.add_article(coded.places, by)


class Counted(Weights):
    """Weights that ask for counts as they are needed, each once."""

    def __init__(self, counts: HeldCounts) -> None:
        super().__init__(counts.of(ARTICLES), {})
        self.vocabulary = counts.vocabulary
        self._counted = counts
        self._worth: Floats = np.full(1024, np.nan)

    def of(self, term: str) -> float:
        """The logarithm of one over the share of articles that have it."""
        place = self.vocabulary[term]
        found = float(self._worth[place]) if place < len(self._worth) else np.nan
        return float(self.worth(np.array([place], np.int32))[0]) if found != found else found  # noqa: PLR0124 not a number

    def worth(self, places: Places) -> Floats:
        """The same of words of the vocabulary."""
        if len(self._worth) < len(self.vocabulary.words):
            more = np.full(2 * len(self.vocabulary.words) - len(self._worth), np.nan)
            self._worth = np.concatenate([self._worth, more])
        found: Floats = self._worth[places]
        new = np.isnan(found)
        if new.any():
            counts = self._counted.at(places[new]).tolist()
            self._worth[places[new]] = found[new] = [log(self._whole / (count + 0.5)) for count in counts]
        return found


def _own_minute(article: StoryArticle) -> int | None:
    """The time that the article itself states; an inferred one is not its own."""
    return None if article.basis == Basis.INFERRED else article.minute


def is_near(score: float) -> bool:
    """Near enough for one coarse group."""
    return score >= JOIN
