"""Writes what grouping found: events with their numbers, memberships with their reasons, and the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from writethru.analyse.story_reading import Known
from writethru.analyse.story_reasons import MOST_COMPARED, Reasons
from writethru.events import reasons
from writethru.events.day_words import names_of
from writethru.events.membership import Step, number
from writethru.events.moments import Basis
from writethru.events.vectors import most_typical
from writethru.storage.story_store import StoryArticle, StoryEvent, StoryLogEntry, StoryMember

MOST_CANDIDATES = 3
UNDATED = "it has no date of its own, and its siblings give it none any more"


class Recorded:
    """One pass of writing."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._held = known.held
        self._reasons = Reasons(known)

    def events(self, groups: Sequence[Sequence[int]], pins: Mapping[int, int]) -> set[int]:
        """Write these groups as events; gives back the events that changed.

        Args:
            pins: article, which is in none of the groups, to the event that an editor put it in.
        """
        everyone = [*(article for group in groups for article in group), *pins]
        before = {one.article_id: one.event_id for one in self._held.memberships(everyone) if one.main}
        free = {article: event for article, event in before.items() if article not in pins}
        were = self._grouped(before.values())
        sizes = {event: len(articles) for event, articles in were.items()}
        found = number(groups, free, sizes, self._held.next_event_id())
        self._open(found.steps, before.values())
        self._merge(found.steps)
        members = {event: list(group) for group, event in zip(groups, found.events, strict=True)}
        steps = [*found.steps, *self._pinned(members, before, pins)]
        changed = {event for event, group in members.items() if self._is_changed(were.get(event), group)}
        for event in sorted(members):
            self._members(sorted(members[event]), event, is_changed=event in changed)
        steps += self._emptied(set(before.values()) - set(members), members)
        self._log(steps)
        return changed

    def _is_changed(self, before: Collection[int] | None, group: Collection[int]) -> bool:
        """Has an event other articles than before, or do they say something else?"""
        return before != set(group) or not self._known.reworded.isdisjoint(group)

    def _grouped(self, events: Iterable[int]) -> dict[int, set[int]]:
        """The articles of these events."""
        found: dict[int, set[int]] = {event: set() for event in events}
        for one in self._held.members(found):
            if one.main:
                found[one.event_id].add(one.article_id)
        return found

    def joined(self, article_id: int, event_id: int) -> None:
        """A new article goes into an event that there is; nothing else changes but its span."""
        (event,) = self._held.events([event_id])
        some = [one.article_id for one in self._held.first_members(event_id, MOST_COMPARED) if one.main]
        articles = self._known.articles([*some, article_id])
        minute = articles[article_id].minute or 0
        first, last = (minute if known is None else known for known in (event.first_minute, event.last_minute))
        self._held.keep_event(replace(event, first_minute=min(first, minute), last_minute=max(last, minute)))
        self._held.set_memberships(article_id, self._reasons.memberships(article_id, event_id, articles))
        self._log([Step("assign", article_id, event_id)])

    def left(self, article_id: int) -> None:
        """An article is in no event any more."""
        before = [one.event_id for one in self._held.memberships([article_id]) if one.main]
        self._held.set_memberships(article_id, [])
        self._write([Step("leave", article_id, event, {"cause": "it has no text any more"}) for event in before])

    def undecided(self, article: StoryArticle, siblings: Sequence[StoryArticle], near: Mapping[int, float]) -> None:
        """An article without a date that nothing gives one: in no event, with what it might belong to."""
        events = {one.article_id: one.event_id for one in self._held.memberships(near) if one.main}
        scores: dict[int, float] = {}
        for other, score in near.items():
            if other in events and score >= reasons.LEAST_LIKE:
                scores[events[other]] = max(score, scores.get(events[other], 0.0))
        best = sorted(scores, key=lambda event: (-scores[event], event))[:MOST_CANDIDATES]
        form = {"siblings": len(siblings), "candidates": [[event, round(scores[event], 4)] for event in best]}
        was = [one.event_id for one in self._held.memberships([article.article_id]) if one.main]
        if was:
            self._held.set_memberships(article.article_id, [])
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
                others = [one.article_id for one in self._held.members([event]) if one.main]
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
        for event in self._held.events(events):
            if event.redirect is None and not any(one.main for one in self._held.members([event.id])):
                steps.append(Step("merge", None, event.id, {"into": min(members), "articles": 0}))
        self._merge(steps)
        return steps

    def _standing(self, event_id: int) -> int:
        """Where an event went."""
        (event,) = self._held.events([event_id])
        return event.id if event.redirect is None else self._standing(event.redirect)

    def _open(self, steps: Iterable[Step], known: Iterable[int]) -> None:
        """A new event begins in the storyline of the one it was split from, or in one of its own."""
        stories = {event.id: event.story_id for event in self._held.events(known)}
        for step in steps:
            if step.action in ("open", "split") and step.event_id is not None:
                story = stories.get(int(step.form.get("from", 0)), step.event_id)
                form: dict[str, Any] = {"names": []}
                self._held.keep_event(StoryEvent(step.event_id, story, None, None, None, form))

    def _merge(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if step.action != "merge" or step.event_id is None:
                continue
            (event,) = self._held.events([step.event_id])
            into = int(step.form["into"])
            self._held.keep_event(replace(event, redirect=into))
            self._held.set_links(event.id, [])
            for member in self._held.members([event.id]):
                rest = [one for one in self._held.memberships([member.article_id]) if one.event_id != event.id]
                if not any(one.event_id == into for one in rest):
                    rest.append(replace(member, event_id=into))
                self._held.set_memberships(member.article_id, rest)

    def _members(self, group: Sequence[int], event_id: int, *, is_changed: bool) -> None:
        """Write an event, and why those of its articles are in it that were not, or whose day is another now."""
        articles = self._known.articles(group)
        if is_changed:
            self._describe(event_id, articles)
        there = {one.article_id: one for one in self._held.memberships(group) if one.main and one.event_id == event_id}
        for article_id, article in articles.items():
            was = there.get(article_id)
            moved = was is None or (was.form["minute"], was.form["basis"]) != (article.minute, article.basis)
            if moved or self._known.form(article) != "article":
                members = self._reasons.memberships(article_id, event_id, articles)
                self._held.set_memberships(article_id, members)

    def _describe(self, event_id: int, articles: Mapping[int, StoryArticle]) -> None:
        """Its span, its names and which of its articles stands for it."""
        (event,) = self._held.events([event_id])
        features = {number: self._known.features(article) for number, article in articles.items()}
        vectors = dict(zip(articles, self._known.vectors(articles.values()), strict=True))
        keys = {f"{articles[number].digest}:{number:020d}": number for number, one in features.items() if one.title}
        minutes = sorted(article.minute for article in articles.values() if article.minute is not None)
        form = {
            **event.form,
            "titled": most_typical(vectors, keys or {"": min(vectors)}),
            "names": list(reasons.typical(list(features.values()), self._known.weights())),
        }
        first, last = (minutes[0], minutes[-1]) if minutes else (None, None)
        self._held.keep_event(replace(event, redirect=None, first_minute=first, last_minute=last, form=form))

    # the journal

    def _log(self, steps: Sequence[Step]) -> None:
        touched = [step.article_id for step in steps if step.article_id is not None]
        reasons_of = {one.article_id: one for one in self._held.memberships(touched) if one.main}
        now, entries = datetime.now(UTC), []
        for step in steps:
            form = dict(step.form)
            member = reasons_of.get(step.article_id or 0)
            if member is not None:
                why = reasons.explained(member_reason(member))
                form |= {"cause": why, "score": member.score, "runner_up": member.form["runner_up"]}
            entries.append(StoryLogEntry(now, step.action, step.article_id, step.event_id, form))
        self._held.write_log(entries)

    def _write(self, steps: Iterable[Step]) -> None:
        now = datetime.now(UTC)
        self._held.write_log(
            [StoryLogEntry(now, step.action, step.article_id, step.event_id, dict(step.form)) for step in steps]
        )


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
        quotes=form.get("quotes", False),
        weekdays=names_of(form.get("weekdays", 0)),
    )
