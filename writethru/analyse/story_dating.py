"""The day of articles that state none: inferred where their siblings agree, else undecided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from writethru.analyse.story_near import is_near
from writethru.analyse.story_reading import Known
from writethru.analyse.story_record import Recorded
from writethru.events.grouping import DAY, GATE
from writethru.events.moments import Basis, inferred_minute
from writethru.storage.story_store import StoryArticle

LIKE_THE_BEST = 0.75
"""A candidate that is less like an undated article than this share of the best is no rival of it."""
AGREEING = 2
"""Articles of one time that must be like an undated one, unless one shares a quotation with it."""


class Dating:
    """Looks for the siblings of undated articles."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def near(self, articles: Iterable[StoryArticle]) -> set[int]:
        """Articles without a date of their own that one of these, which has one, may date."""
        found: set[int] = set()
        for article in articles:
            if article.minute is not None and not is_undated(article):
                near = self._known.near(article)
                found |= {
                    other
                    for other, one in self._known.articles(near).items()
                    if is_undated(one) and is_near(near[other])
                }
        return found

    def date(self, article_ids: Iterable[int]) -> set[int]:
        """Infer the day of articles that have none where their siblings agree; which were looked at."""
        done = set()
        for article_id in sorted(article_ids):
            article = self._known.article(article_id)
            near = self._known.near(replace(article, minute=None), any_day=True)
            siblings = self._siblings(near)
            minute = inferred_minute([one.minute or 0 for one in siblings]) if self._agree(article, siblings) else None
            basis = Basis.NONE if minute is None else Basis.INFERRED
            if minute is None:
                Recorded(self._known).undecided(article, siblings, near)
            else:
                self._known.keep(replace(article, minute=minute, basis=basis.value, undecided={}))
            done.add(article_id)
        return done

    def is_dated(self, article_id: int) -> bool:
        """Has it a day, its own or an inferred one?"""
        return self._known.article(article_id).minute is not None

    def _siblings(self, near: Mapping[int, float]) -> list[StoryArticle]:
        """Articles with a date of their own that are like one without, and as good as the best of them."""
        own = {
            number: one
            for number, one in self._known.articles(near).items()
            if not is_undated(one) and is_near(near[number])
        }
        best = max((near[number] for number in own), default=0.0)
        return [one for number, one in own.items() if near[number] >= LIKE_THE_BEST * best]

    def _agree(self, article: StoryArticle, siblings: Sequence[StoryArticle]) -> bool:
        minutes = [one.minute for one in siblings if one.minute is not None]
        if not minutes or max(minutes) - min(minutes) > GATE * DAY:
            return False
        said = self._known.features(article).quotations
        return len(minutes) >= AGREEING or any(said & self._known.features(one).quotations for one in siblings)


def is_undated(article: StoryArticle) -> bool:
    """Without a date of its own."""
    return article.basis in (Basis.NONE, Basis.INFERRED)
