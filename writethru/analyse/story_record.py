"""Writes what grouping found: events with their numbers, memberships with their reasons, and the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from writethru.analyse.story_reading import Known
from writethru.events import reasons
from writethru.events.features import Features
from writethru.events.grouping import DAY, Weights, cosine
from writethru.events.membership import Step, number
from writethru.events.moments import Basis
from writethru.storage.store import Store
from writethru.storage.story_store import StoryArticle, StoryEvent, StoryLogEntry, StoryMember

MOST_COMPARED = 12
"""Articles of an event that another is compared with."""
MOST_CANDIDATES = 3
UNDATED = "it has no date of its own, and its siblings give it none any more"
MORE_THAN_ONE = 0.3
"""Similarity of a part of a live blog or list with an event from which it belongs there too."""


class Recorded:
    """One pass of writing."""

    def __init__(self, store: Store, known: Known) -> None:
        self._store = store
        self._known = known

    def events(self, groups: Sequence[Sequence[int]], pins: Mapping[int, int]) -> set[int]:
        """Write these groups as events; gives back the events that were touched.

        Args:
            pins: article, which is in none of the groups, to the event that an editor put it in.
        """
        everyone = [*(article for group in groups for article in group), *pins]
        before = {one.article_id: one.event_id for one in self._store.stories.memberships(everyone) if one.main}
        free = {article: event for article, event in before.items() if article not in pins}
        sizes = Counter(one.event_id for one in self._store.stories.members(free.values()) if one.main)
        found = number(groups, free, sizes, self._store.stories.next_event_id())
        self._open(found.steps, before.values())
        self._merge(found.steps)
        members = {event: list(group) for group, event in zip(groups, found.events, strict=True)}
        steps = [*found.steps, *self._pinned(members, before, pins)]
        for event, group in members.items():
            self._members(sorted(group), event)
        steps += self._emptied(set(before.values()) - set(members), members)
        self._log(steps)
        return set(members)

    def left(self, article_id: int) -> None:
        """An article is in no event any more."""
        before = [one.event_id for one in self._store.stories.memberships([article_id]) if one.main]
        self._store.stories.set_memberships(article_id, [])
        self._write([Step("leave", article_id, event, {"cause": "it has no text any more"}) for event in before])

    def undecided(self, article: StoryArticle, siblings: Sequence[StoryArticle], near: Mapping[int, float]) -> None:
        """An article without a date that nothing gives one: in no event, with what it might belong to."""
        events = {one.article_id: one.event_id for one in self._store.stories.memberships(near) if one.main}
        scores: dict[int, float] = {}
        for other, score in near.items():
            if other in events and score >= reasons.LEAST_LIKE:
                scores[events[other]] = max(score, scores.get(events[other], 0.0))
        best = sorted(scores, key=lambda event: (-scores[event], event))[:MOST_CANDIDATES]
        form = {"siblings": len(siblings), "candidates": [[event, round(scores[event], 4)] for event in best]}
        was = [one.event_id for one in self._store.stories.memberships([article.article_id]) if one.main]
        if was:
            self._store.stories.set_memberships(article.article_id, [])
            self._write(
                [
                    Step(
                        "leave",
                        article.article_id,
                        event,
                        {"cause": UNDATED},
                    )
                    for event in was
                ]
            )
        kept = replace(article, minute=None, basis=Basis.NONE.value, undecided=form)
        if kept != article:
            self._known.keep(kept)

    # events

    def _pinned(
        self, members: dict[int, list[int]], before: Mapping[int, int], pins: Mapping[int, int]
    ) -> Iterable[Step]:
        """Articles go where an editor put them; what that event has besides stays in it."""
        for article, pinned in sorted(pins.items()):
            event = self._standing(pinned)
            if event not in members:
                others = [one.article_id for one in self._store.stories.members([event]) if one.main]
                members[event] = [one for one in others if one not in pins]
            members[event].append(article)
            was = before.get(article)
            if was is None:
                yield Step("assign", article, event)
            elif was != event:
                yield Step("move", article, event, {"from": was})

    def _emptied(self, events: Iterable[int], members: Mapping[int, Sequence[int]]) -> list[Step]:
        """Events whose last article an editor took away go where it went."""
        steps = []
        for event in self._store.stories.events(events):
            if event.redirect is None and not any(one.main for one in self._store.stories.members([event.id])):
                steps.append(Step("merge", None, event.id, {"into": min(members), "articles": 0}))
        self._merge(steps)
        return steps

    def _standing(self, event_id: int) -> int:
        """Where an event went."""
        (event,) = self._store.stories.events([event_id])
        return event.id if event.redirect is None else self._standing(event.redirect)

    def _open(self, steps: Iterable[Step], known: Iterable[int]) -> None:
        """A new event begins in the storyline of the one it was split from, or in one of its own."""
        stories = {event.id: event.story_id for event in self._store.stories.events(known)}
        for step in steps:
            if step.action in ("open", "split") and step.event_id is not None:
                story = stories.get(int(step.form.get("from", 0)), step.event_id)
                form: dict[str, Any] = {"names": []}
                self._store.stories.keep_event(StoryEvent(step.event_id, story, None, None, None, form))

    def _merge(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if step.action != "merge" or step.event_id is None:
                continue
            (event,) = self._store.stories.events([step.event_id])
            into = int(step.form["into"])
            self._store.stories.keep_event(replace(event, redirect=into))
            self._store.stories.set_links(event.id, [])
            for member in self._store.stories.members([event.id]):
                rest = [one for one in self._store.stories.memberships([member.article_id]) if one.event_id != event.id]
                if not any(one.event_id == into for one in rest):
                    rest.append(replace(member, event_id=into))
                self._store.stories.set_memberships(member.article_id, rest)

    def _members(self, group: Sequence[int], event_id: int) -> None:
        """Write an event and why each of its articles is in it."""
        articles = self._known.articles(group)
        features = {number: self._known.features(article) for number, article in articles.items()}
        weights = self._known.weights(features.values())
        (event,) = self._store.stories.events([event_id])
        minutes = sorted(article.minute for article in articles.values() if article.minute is not None)
        keyed = {f"{articles[number].digest}:{number:020d}": one for number, one in features.items()}
        form = {
            **event.form,
            "titled": int(reasons.most_typical(keyed, weights).rpartition(":")[2]),
            "names": list(reasons.typical(list(features.values()), weights)),
        }
        span = (minutes[0], minutes[-1]) if minutes else (None, None)
        self._store.stories.keep_event(
            replace(event, redirect=None, first_minute=span[0], last_minute=span[1], form=form)
        )
        for article_id in group if len(group) <= MOST_COMPARED else self._strangers(group, event_id):
            self._store.stories.set_memberships(article_id, self._reasons(article_id, event_id, articles, weights))

    def _strangers(self, group: Sequence[int], event_id: int) -> list[int]:
        """Articles that were not in this event: in a large one the others keep the reasons they were put there for."""
        members = self._store.stories.memberships(group)
        there = {one.article_id for one in members if one.main and one.event_id == event_id}
        return [article_id for article_id in group if article_id not in there]

    def _reasons(
        self, article_id: int, event_id: int, articles: Mapping[int, StoryArticle], weights: Weights
    ) -> list[StoryMember]:
        """The memberships of one article: its event, and of a live blog or list those of its neighbours too."""
        article = articles[article_id]
        mine = self._known.features(article)
        others = [one for number, one in articles.items() if number != article_id][:MOST_COMPARED]
        theirs = [self._known.features(one) for one in others]
        shared = reasons.shared_words(mine, theirs, weights)
        score = _mean_cosine(mine, theirs, weights)
        rivals = self._rivals(article, event_id)
        days = _from_middle(article, others)
        form = {
            "shared": shared,
            "runner_up": [list(rival) for rival in rivals[:1]],
            "minute": article.minute,
            "basis": article.basis,
            "days": None if days is None else round(days, 4),
            "alone": not others,
        }
        return [
            StoryMember(article_id, event_id, True, round(score, 4), form),
            *self._also(article, mine, rivals, form),
        ]

    def _also(
        self, article: StoryArticle, mine: Features, rivals: Sequence[tuple[int, float]], form: dict[str, Any]
    ) -> Iterable[StoryMember]:
        """More events of a live blog or a round-up: those that one of its parts is like."""
        if mine.form == "article":
            return
        for event, _ in rivals:
            theirs = self._known.articles(
                one.article_id for one in self._store.stories.members([event])[:MOST_COMPARED]
            )
            features = [self._known.features(one) for one in theirs.values()]
            weights = self._known.weights([mine, *features])
            parts = [Features(bag) for bag in mine.parts] or [mine]
            best = max((_mean_cosine(part, features, weights) for part in parts), default=0.0)
            if best >= MORE_THAN_ONE:
                shared = reasons.shared_words(mine, features, weights)
                yield StoryMember(
                    article.article_id, event, False, round(best, 4),
                    {**form, "shared": shared, "days": 0, "runner_up": []},
                )  # fmt: skip

    def _rivals(self, article: StoryArticle, event_id: int) -> list[tuple[int, float]]:
        """Other events by their nearest article, the nearest first."""
        near = self._known.near(article)
        events = {one.article_id: one.event_id for one in self._store.stories.memberships(near) if one.main}
        best: dict[int, float] = {}
        for other, score in near.items():
            if other in events and events[other] != event_id and score >= reasons.LEAST_LIKE:
                best[events[other]] = max(score, best.get(events[other], 0.0))
        return [(event, round(best[event], 4)) for event in sorted(best, key=lambda one: (-best[one], one))[:8]]

    # the journal

    def _log(self, steps: Sequence[Step]) -> None:
        touched = [step.article_id for step in steps if step.article_id is not None]
        reasons_of = {one.article_id: one for one in self._store.stories.memberships(touched) if one.main}
        now, entries = datetime.now(UTC), []
        for step in steps:
            form = dict(step.form)
            member = reasons_of.get(step.article_id or 0)
            if member is not None:
                why = reasons.explained(member_reason(member))
                form |= {"cause": why, "score": member.score, "runner_up": member.form["runner_up"]}
            entries.append(StoryLogEntry(now, step.action, step.article_id, step.event_id, form))
        self._store.stories.write_log(entries)

    def _write(self, steps: Iterable[Step]) -> None:
        now = datetime.now(UTC)
        self._store.stories.write_log(
            [StoryLogEntry(now, step.action, step.article_id, step.event_id, dict(step.form)) for step in steps]
        )


def _mean_cosine(mine: Features, theirs: Sequence[Features], weights: Weights) -> float:
    own = weights.vector(mine.bag)
    return sum(cosine(own, weights.vector(one.bag)) for one in theirs) / len(theirs) if theirs else 0.0


def _from_middle(article: StoryArticle, others: Sequence[StoryArticle]) -> float | None:
    """Days between an article and the middle one of the others."""
    minutes = sorted(one.minute for one in others if one.minute is not None)
    if article.minute is None or not minutes:
        return None
    return abs(article.minute - minutes[len(minutes) // 2]) / DAY


def member_reason(member: StoryMember) -> reasons.Reason:
    """What is kept of why an article is in an event; without headlines, which may be withdrawn."""
    form = member.form
    inferred = form["basis"] == Basis.INFERRED and form["minute"] is not None
    return reasons.Reason(
        shared=tuple(form["shared"]),
        days=form["days"],
        inferred=datetime.fromtimestamp(form["minute"] * 60, UTC).date().isoformat() if inferred else "",
        alone=form["alone"],
        part=not member.main,
    )
