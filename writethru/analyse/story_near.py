"""Whom articles are near to: who shares most of their rarest words, and how alike they are with what time adds.

What articles that arrive together ask is looked up at once: the lists of their words, the rows of those that are found
and their weights; what each comes to is the same as if it had asked alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from writethru.analyse.story_held import HeldStories
from writethru.analyse.story_sketches import Sketches
from writethru.analyse.story_words import Asked, HeldWords, Holders
from writethru.events.grouping import GATE, JOIN, minutes_apart, nearness
from writethru.events.moments import day_of
from writethru.events.vectors import Vector
from writethru.storage.story_store import StoryArticle

NEAREST = 30
"""Articles that are looked at closely, those that share most weight."""
ALWAYS = 8
LEAST_SHARED = 0.03
"""Of these the first ``ALWAYS``, and further ones that share so much of the worth of the article's rarest words: of
those below hardly one in a hundred was near enough for a group (one of 14,000 of made-up articles, 9 of 1,500 of
ECB+ dev, none of BASIL dev), and they were two thirds of the work."""
Near = dict[int, float]


class Neighbours:
    """Whom articles are near to; kept until one comes or goes, or words weigh otherwise (``forget``)."""

    def __init__(self, held: HeldStories, sketches: Sketches, words: HeldWords) -> None:
        self._held = held
        self._sketches = sketches
        self._words = words
        self.forget()

    def forget(self) -> None:
        """What was found is not so any more."""
        self._found: dict[tuple[int, int | None, bool], Near] = {}
        self._alike: dict[int, dict[int, float]] = {}

    def near(self, article: StoryArticle, *, any_day: bool = False) -> Near:
        """Articles that share words, and how alike they are with what time adds; bounded.

        Args:
            any_day: without the gate, and without what time adds.
        """
        return self.of([article], any_day=any_day)[0]

    def of(self, articles: Sequence[StoryArticle], *, any_day: bool = False) -> list[Near]:
        """The same of several."""
        asked = [(one.article_id, one.minute, any_day) for one in articles]
        missing = {key: one for key, one in zip(asked, articles, strict=True) if key not in self._found}
        if missing:
            self._look(list(missing.values()), any_day=any_day)
        return [self._found[key] for key in asked]

    def _look(self, articles: Sequence[StoryArticle], *, any_day: bool) -> None:
        asking = self._sketches.asked(articles)
        holders = self._words.holders(asking, [_days(one, any_day=any_day) for one in articles])
        looked_at = [_worth_a_look(*one) for one in zip(articles, asking, holders, strict=True)]
        known = self._held.articles({other for some in looked_at for other in some})
        vectors = dict(zip(known, self._sketches.vectors(known.values()), strict=True))
        own = self._sketches.vectors(articles)
        for article, vector, some in zip(articles, own, looked_at, strict=True):
            others = {one: known[one] for one in sorted(some) if one in known}
            found = self._scored(article, vector, others, vectors, any_day)
            self._found[article.article_id, article.minute, any_day] = found

    def _scored(
        self,
        article: StoryArticle,
        own: Vector,
        others: Mapping[int, StoryArticle],
        vectors: Mapping[int, Vector],
        any_day: bool,
    ) -> Near:
        near = {}
        for other_id, other in others.items():
            added = 0.0 if any_day else nearness(minutes_apart(article.minute, other.minute))
            if added is not None:
                near[other_id] = added
        alike = self._alike.setdefault(article.article_id, {})
        missing = [one for one in near if one not in alike]
        if missing:
            products = own.vocabulary.products(own, [vectors[one] for one in missing])
            alike.update(zip(missing, products.tolist(), strict=True))
        return {one: alike[one] + added for one, added in near.items()}


def is_near(score: float) -> bool:
    """Near enough for one coarse group."""
    return score >= JOIN


def _days(article: StoryArticle, *, any_day: bool) -> tuple[int, int] | None:
    day = day_of(article.minute)
    return None if any_day or day is None else (day - int(GATE), day + int(GATE))


def _worth_a_look(article: StoryArticle, asked: Asked, holders: Holders) -> list[int]:
    """The articles that share most of its rarest words."""
    order = np.argsort(-holders.shared, kind="stable")[: NEAREST + 1]
    found: list[int] = holders.articles[order].tolist()
    most: list[float] = holders.shared[order].tolist()
    if article.article_id in found:
        at = found.index(article.article_id)
        del found[at], most[at]
    elif len(found) > NEAREST:
        del found[-1], most[-1]
    if len(found) <= ALWAYS:
        return found
    least = max(most[-1], min(LEAST_SHARED * asked.whole, most[ALWAYS - 1]))
    return [other for other, worth in zip(found, most, strict=True) if worth >= least]
