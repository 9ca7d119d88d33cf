"""Replay published updates against a schedule: how many looks, what they see, and how late.

The first look at an article is at its publication. A version (the first text, and each update) is *caught* if
some look sees it before the next update replaces it; its *delay* is the time from the update to the first look
that saw it. Delays are of updates only: the first text is always seen at once here.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from writethru.schedule.grid import MINUTES_A_DAY, cell_of
from writethru.schedule.histories import Published
from writethru.schedule.outlook import Standing, outlook_of, prior
from writethru.schedule.policy import MINUTE, SchedulePolicy, jitter
from writethru.schedule.rules import Looked, Rule
from writethru.schedule.tally import Tally, Watched

LEAST_NEWS: Final = 500
"""Looks after which a replayed outlet's outlook is made anew; or a twentieth of all, if that is more."""


@dataclass
class Score:
    """What a replay came to."""

    articles: int = 0
    updates: int = 0
    looks: int = 0
    caught: int = 0
    delays: list[float] = field(default_factory=list)
    hours: Counter[int] = field(default_factory=Counter)
    """Looks in each hour since 1970, UTC; of our policy only."""

    @property
    def versions(self) -> int:
        """First texts and updates."""
        return self.articles + self.updates

    def delay(self, share: float) -> float:
        """The delay that this share of caught updates does not exceed, minutes; 0 without any."""
        ordered = sorted(self.delays)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; shares are of 1."""
        return {
            "articles": self.articles,
            "versions": self.versions,
            "updates": self.updates,
            "looks": self.looks,
            "looks_per_article": round(self.looks / max(self.articles, 1), 3),
            "versions_caught": round((self.articles + self.caught) / max(self.versions, 1), 5),
            "updates_caught": round(self.caught / max(self.updates, 1), 5),
            "median_delay_min": round(self.delay(0.5), 1),
            "p90_delay_min": round(self.delay(0.9), 1),
            "mean_delay_min": round(sum(self.delays) / max(len(self.delays), 1), 1),
        }


@dataclass(slots=True)
class _Copy:
    """One article under replay: minutes since publication."""

    history: Published
    article: int
    updates: Sequence[float]
    seen: int = 0  # updates that happened up to the last look
    changes: int = 0
    last_change: float = 0.0
    last_look: float = 0.0

    def look(self, at: float, score: Score) -> bool:
        """Look; did it show a change?"""
        score.looks += 1
        number = self.seen
        while number < len(self.updates) and self.updates[number] <= at:
            number += 1
        changed = number > self.seen
        if changed:
            score.caught += 1
            score.delays.append(at - self.updates[number - 1])
            self.seen, self.last_change = number, at
            self.changes += 1
        self.last_look = at
        return changed


def replay_rule(histories: Sequence[Published], rule: Rule, days: float) -> Score:
    """Replay a peer's rule."""
    end = days * MINUTES_A_DAY
    score = Score()
    for article, history in enumerate(histories):
        copy = _begun(history, article, end, score)
        at: float = 0.0
        wait: float | None = 0.0
        first = True
        while wait is not None and at <= end:
            changed = copy.look(at, score)
            wait = rule(Looked(at - copy.last_change, wait, changed or first))
            at, first = at + (wait or 0.0), False
    return score


def replay_ours(histories: Sequence[Published], policy: SchedulePolicy, days: float, *, learning: bool) -> Score:
    """Replay our policy, all articles side by side in the order of time, as those of one outlet.

    Args:
        histories: the articles.
        policy: its settings.
        days: how long each is followed.
        learning: count what is seen, and expect what was seen; else the shipped prior stands.
    """
    return _Replay(policy, days * MINUTES_A_DAY, learning=learning).run(histories)


class _Replay:
    """One replay of our policy under way."""

    def __init__(self, policy: SchedulePolicy, end: float, *, learning: bool) -> None:
        self._policy, self._end = policy, end
        self._outlook = prior()
        self._price = policy.price(self._outlook)
        self._floor = policy.floor / MINUTE
        self._retire = policy.retire_after / MINUTE
        self._tally = Tally() if learning else None
        self._score = Score()
        self._learn_at = LEAST_NEWS

    def run(self, histories: Sequence[Published]) -> Score:
        copies = [_begun(history, article, self._end, self._score) for article, history in enumerate(histories)]
        queue = [(copy.history.minute, copy.article) for copy in copies]
        heapq.heapify(queue)
        while queue:
            clock, article = queue[0]
            following = self._look(copies[article], clock)
            if following is None:
                heapq.heappop(queue)
            else:
                heapq.heapreplace(queue, (following, article))
        return self._score

    def _look(self, copy: _Copy, clock: float) -> float | None:
        """One look; the minute of the next."""
        at, before, since = clock - copy.history.minute, copy.last_look, copy.last_change
        changes = copy.changes
        changed = copy.look(at, self._score)
        self._score.hours[int(clock // 60)] += 1
        if self._tally is not None and at > before:
            start = copy.history.minute + before
            self._learn(Watched(changes, since, before - since, at - since, start, changed))
        quiet = at - copy.last_change
        if quiet >= self._retire:
            return None
        standing = Standing(cell_of(copy.changes, copy.last_change), quiet, clock)
        wait = max(self._outlook.wait(standing, self._price) * jitter(copy.article), self._floor)
        wait = max(min(wait, self._retire - quiet), self._floor)
        return clock + wait if at + wait <= self._end else None

    def _learn(self, watched: Watched) -> None:
        if self._tally is None:
            return
        self._tally.add(watched)
        if self._score.looks >= self._learn_at:
            self._learn_at = self._score.looks + max(LEAST_NEWS, self._score.looks // 20)
            self._outlook = outlook_of(self._tally)
            self._price = self._policy.price(self._outlook)


def _begun(history: Published, article: int, end: float, score: Score) -> _Copy:
    updates = history.updates
    if updates and updates[-1] > end:
        updates = tuple(minute for minute in updates if minute <= end)
    score.articles += 1
    score.updates += len(updates)
    return _Copy(history, article, updates)


def sample(histories: Sequence[Published], size: int) -> list[Published]:
    """``size`` of them, spread evenly over the file; the same ones every time."""
    if size >= len(histories):
        return list(histories)
    return [histories[number * len(histories) // size] for number in range(size)]
