"""Why an article is in its event, by what is known now: what it shares, how far apart it is, which event is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from writethru.analyse.story_reading import Known
from writethru.events import reasons
from writethru.events.features import Features
from writethru.events.grouping import DAY
from writethru.storage.story_store import StoryArticle, StoryMember

MOST_COMPARED = 12
"""Articles of an event that another is compared with."""
MORE_THAN_ONE = 0.3
"""Similarity of a part of a live blog or list with an event from which it belongs there too."""


_NOTHING_BESIDE = {"quotes": False, "weekdays": 0}


class Reasons:
    """Works out memberships with their reasons; a function of what is stored, so that nobody need keep them."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def memberships(self, article_id: int, event_id: int, articles: Mapping[int, StoryArticle]) -> list[StoryMember]:
        """Of one article: its event, and of a live blog or list those of its neighbours too.

        Args:
            articles: all of the event's.
        """
        mine = self._known.features(articles[article_id])
        main = self.main(article_id, event_id, articles)
        return [main] if mine.form == "article" else [main, *self._also(articles[article_id], main)]

    def main(self, article_id: int, event_id: int, articles: Mapping[int, StoryArticle]) -> StoryMember:
        """Its membership in its event."""
        article = articles[article_id]
        mine = self._known.features(article)
        others = [one for number, one in articles.items() if number != article_id][:MOST_COMPARED]
        theirs = [self._known.features(one) for one in others]
        shared = reasons.shared_words(mine, theirs, self._known.weights())
        score = sum(self._known.alike(article, others)) / len(others) if others else 0.0
        days = _from_middle(article, others)
        form = {
            "shared": shared,
            "runner_up": [list(rival) for rival in self.rivals(article, event_id)[:1]],
            "minute": article.minute,
            "basis": article.basis,
            "days": None if days is None else round(days, 4),
            "alone": not others,
            **_beside_words(mine, theirs),
        }
        return StoryMember(article_id, event_id, True, round(score, 4), form)

    def rivals(self, article: StoryArticle, event_id: int) -> list[tuple[int, float]]:
        """Other events by their nearest article, the nearest first."""
        near = self._known.near(article)
        members = self._known.held.memberships(other for other, score in near.items() if score >= reasons.LEAST_LIKE)
        best: dict[int, float] = {}
        for one in members:
            if one.main and one.event_id != event_id:
                best[one.event_id] = max(near[one.article_id], best.get(one.event_id, 0.0))
        return [(event, round(best[event], 4)) for event in sorted(best, key=lambda one: (-best[one], one))[:8]]

    def _also(self, article: StoryArticle, main: StoryMember) -> Iterable[StoryMember]:
        """More events of a live blog or a round-up: those that one of its parts is like."""
        mine = self._known.features(article)
        for event, _ in self.rivals(article, main.event_id):
            members = self._known.held.members([event])[:MOST_COMPARED]
            theirs = self._known.articles(one.article_id for one in members).values()
            best = self._best_part(mine, list(theirs))
            if best >= MORE_THAN_ONE:
                shared = reasons.shared_words(mine, map(self._known.features, theirs), self._known.weights())
                form: dict[str, Any] = {
                    **main.form,
                    "shared": shared,
                    "days": 0,
                    "runner_up": [],
                    "alone": False,
                    **_NOTHING_BESIDE,
                }
                yield StoryMember(article.article_id, event, False, round(best, 4), form)

    def _best_part(self, mine: Features, theirs: Sequence[StoryArticle]) -> float:
        """The mean similarity of the part that is most like these articles."""
        weights = self._known.weights()
        vectors = self._known.vectors(theirs)
        best = 0.0
        for part in mine.parts or (mine.bag,):
            own = weights.vector(part)
            best = max(best, sum(own.vocabulary.products(own, vectors).tolist()) / max(1, len(vectors)))
        return best


def _beside_words(mine: Features, theirs: Sequence[Features]) -> dict[str, Any]:
    """What it has in common with one of the others beside words, where there is anything."""
    days = 0
    for one in theirs:
        days |= one.days & mine.days
    quoted = any(not mine.quotations.isdisjoint(one.quotations) for one in theirs)
    return ({"quotes": True} if quoted else {}) | ({"weekdays": days} if days else {})


def _from_middle(article: StoryArticle, others: Sequence[StoryArticle]) -> float | None:
    """Days between an article and the middle one of the others."""
    minutes = sorted(one.minute for one in others if one.minute is not None)
    if article.minute is None or not minutes:
        return None
    return abs(article.minute - minutes[len(minutes) // 2]) / DAY
