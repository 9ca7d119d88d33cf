"""What an analysis of events has read lately, and what it has still to write: in memory, written in bulk.

An article touches a few dozen rows of a few tables, most of them more than once. They are read once, changed here, and
what really changed is written together when the article is done. Another process may write meanwhile (an editor's
ruling): the journal's last line tells, and everything held is forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from writethru.analyse.story_lately import Lately
from writethru.storage.story_store import (
    Ruling,
    StoryArticle,
    StoryEvent,
    StoryLink,
    StoryLogEntry,
    StoryMember,
    StoryStore,
)

MOST_ARTICLES = 6_000
"""Articles with their words that are kept, twice; 4 to 8 KB each."""
MOST_ROWS = 40_000
"""Memberships and events that are kept before they are all forgotten; some 1.5 KB each."""
MOST_CHANGED = 64
"""Articles that wait to be written, so many of which may be copies of one text without asking for its copies again."""
WAITING = 0
"""The coarse group of articles that are still to be grouped."""
MANY = 64
"""Members of an event from which the first of them are remembered."""
MOST_ID = 2**62
"""No article has so great an id."""


class HeldStories:
    """The tables of events, with what was read kept and what changed waiting for ``write``. Used by one thread."""

    def __init__(self, tables: StoryStore) -> None:
        self.tables = tables
        self._line = -1
        self.clear()

    def begin(self) -> bool:
        """Before a piece of work, inside its transaction: is what is held still so? If not, it is forgotten."""
        line = self.tables.last_line()
        fresh = line == self._line
        if not fresh:
            self.clear()
        elif len(self._of) + len(self._events) + len(self._clusters) >= MOST_ROWS:
            self._forget_rows()
        self._line = line
        self._newest = self.tables.last_article()
        return fresh

    def clear(self) -> None:
        """Forget everything, what was not written too."""
        self._articles: Lately[int, StoryArticle] = Lately(MOST_ARTICLES)
        self._next_event = 0
        self._rulings: list[Ruling] | None = None
        self._newest = MOST_ID
        self._forget_rows()
        self._forget_changes()

    def _forget_rows(self) -> None:
        self._clusters: dict[int, set[int]] = {}
        self._events: dict[int, StoryEvent] = {}
        self._stories: dict[int, set[int]] = {}
        self._members: dict[int, dict[int, StoryMember]] = {}
        self._first: dict[int, tuple[int, list[int]]] = {}
        self._of: dict[int, tuple[StoryMember, ...]] = {}
        self._linked: dict[int, tuple[StoryLink, ...]] = {}

    def _forget_changes(self) -> None:
        self._new_articles: dict[int, StoryArticle] = {}
        self._new_clusters: dict[int, int] = {}
        self._new_events: set[int] = set()
        self._new_members: set[int] = set()
        self._new_links: set[int] = set()
        self._log: list[StoryLogEntry] = []
        self._twins: dict[str, list[int]] = {}

    def write(self) -> None:
        """Write what changed since ``begin``."""
        if self._new_articles:
            self.tables.keep_articles(self._new_articles.values())
            self._newest = max(self._newest, *self._new_articles)
        moved = {one: cluster for one, cluster in self._new_clusters.items() if one not in self._new_articles}
        if moved:
            self.tables.set_clusters(moved)
        if self._new_events:
            self.tables.keep_events([self._events[event] for event in sorted(self._new_events)])
        if self._new_members:
            self.tables.keep_memberships({article: self._of[article] for article in sorted(self._new_members)})
        if self._new_links:
            self.tables.keep_links({later: self._linked[later] for later in sorted(self._new_links)})
        if self._log:
            self._line = self.tables.write_log(self._log)
        self._rulings = None
        self._forget_changes()

    # articles

    def article(self, article_id: int) -> StoryArticle | None:
        """One of those that are held."""
        return self._articles.get(article_id)

    def articles(self, article_ids: Iterable[int]) -> dict[int, StoryArticle]:
        """Those of these that are known, by id."""
        get, found, missing = self._articles.get, {}, []
        for one in sorted(set(article_ids)):
            kept = get(one)
            if kept is not None:
                found[one] = kept
            elif one <= self._newest or one in self._new_articles:
                missing.append(one)
        if not missing:
            return found
        for article in self._read(missing):
            self._articles.put(article.article_id, article)
            found[article.article_id] = article
        return {one: found[one] for one in sorted(found)}

    def _read(self, missing: Sequence[int]) -> Iterator[StoryArticle]:
        """Those that are held no longer: from what waits to be written, else as they are stored."""
        for article in self.tables.articles(one for one in missing if one not in self._new_articles):
            yield replace(article, cluster=self._new_clusters.get(article.article_id, article.cluster))
        yield from (self._new_articles[one] for one in missing if one in self._new_articles)

    def twins(self, digest: str, limit: int) -> list[int]:
        """Articles with these very words, by id."""
        stored = self._twins.get(digest)
        if stored is None or len(self._new_articles) > MOST_CHANGED:
            stored = self._twins[digest] = self.tables.twins(digest, limit + max(MOST_CHANGED, len(self._new_articles)))
        new = [number for number, article in self._new_articles.items() if article.digest == digest]
        return sorted([one for one in stored if one not in self._new_articles] + new)[:limit]

    def keep_article(self, article: StoryArticle) -> None:
        """Write an article in place of what was known of it."""
        number = article.article_id
        before = self._articles.get(number)
        self._articles.put(number, article)
        if before is not None and before.cluster != article.cluster and before.cluster in self._clusters:
            self._clusters[before.cluster].discard(number)
        fresh = before is None or before.cluster == WAITING
        if article.cluster in self._clusters or (article.cluster == number and fresh):
            self._clusters.setdefault(article.cluster, set()).add(number)
        if before is not None and number not in self._new_articles and _same_but_cluster(before, article):
            self._new_clusters[number] = article.cluster
        else:
            self._new_articles[number] = article

    def cluster(self, clusters: Iterable[int], limit: int) -> list[int]:
        """The articles of these coarse groups, by id, at most so many."""
        asked = sorted(set(clusters))
        missing = [one for one in asked if one not in self._clusters]
        if missing:
            for one in missing:
                self._clusters[one] = set()
            for article_id, cluster in self.tables.in_clusters(missing):
                if self._cluster_of(article_id, cluster) == cluster:
                    self._clusters[cluster].add(article_id)
            changed = {**{one: article.cluster for one, article in self._new_articles.items()}, **self._new_clusters}
            for article_id, cluster in changed.items():
                if cluster in missing:
                    self._clusters[cluster].add(article_id)
        return sorted(article for one in asked for article in self._clusters[one])[:limit]

    def _cluster_of(self, article_id: int, stored: int) -> int:
        if article_id in self._new_articles:
            return self._new_articles[article_id].cluster
        return self._new_clusters.get(article_id, stored)

    def forget(self, article_id: int) -> None:
        """Take an article out of the events; the journal keeps what was."""
        self.write()
        self.tables.forget(article_id)
        self.clear()

    # events

    def events(self, event_ids: Iterable[int]) -> list[StoryEvent]:
        """Those of these that there are, by id, merged ones too."""
        asked = sorted(set(event_ids))
        missing = [one for one in asked if one not in self._events]
        for event in self.tables.events(missing) if missing else ():
            self._events[event.id] = event
        return [self._events[one] for one in asked if one in self._events]

    def keep_event(self, event: StoryEvent) -> None:
        """Write an event in place of what was known of it."""
        before = next(iter(self.events([event.id])), None) if event.id < self.next_event_id() else None
        if before == event:
            return
        self._events[event.id] = event
        self._new_events.add(event.id)
        self._next_event = max(self.next_event_id(), event.id + 1)
        if before is not None and before.story_id in self._stories:
            self._stories[before.story_id].discard(event.id)
        if before is None:  # nothing is stored of it
            self._members[event.id], self._linked[event.id] = {}, ()
            if event.story_id == event.id:
                self._stories.setdefault(event.id, set())
        if event.redirect is None and event.story_id in self._stories:
            self._stories[event.story_id].add(event.id)

    def next_event_id(self) -> int:
        """One that no event has had."""
        self._next_event = self._next_event or self.tables.next_event_id()
        return self._next_event

    def story_events(self, story_id: int) -> list[StoryEvent]:
        """The standing events of a storyline, in time."""
        if story_id not in self._stories:
            stored = {event.id: event for event in self.tables.story_events(story_id)}
            self._events = {**stored, **self._events}
            every = [*stored, *self._new_events]
            here = {one for one in every if self._events[one].story_id == story_id}
            self._stories[story_id] = {one for one in here if self._events[one].redirect is None}
        found = self.events(self._stories[story_id])
        return sorted(found, key=lambda event: (event.first_minute or 0, event.id))

    # memberships

    def members(self, event_ids: Iterable[int]) -> list[StoryMember]:
        """Of these events, by event and article."""
        asked = self._loaded(event_ids)
        return [rows[article] for one in asked for rows in (self._members[one],) for article in sorted(rows)]

    def first_members(self, event_id: int, most: int) -> list[StoryMember]:
        """Of an event that may have thousands, the first by article."""
        self._loaded([event_id])
        rows = self._members[event_id]
        if len(rows) < MANY:
            return [rows[article] for article in sorted(rows)[:most]]
        known, first = self._first.get(event_id, (0, []))
        if known != most:
            first = sorted(rows)[:most]
            self._first[event_id] = most, first
        return [rows[article] for article in first]

    def load_members(self, event_ids: Iterable[int]) -> None:
        """Those of several events are read at once."""
        self._loaded(event_ids)

    def _loaded(self, event_ids: Iterable[int]) -> list[int]:
        """These events in order, their members read."""
        asked = sorted(set(event_ids))
        missing = [one for one in asked if one not in self._members]
        if missing:
            self._load_members(missing)
        return asked

    def _load_members(self, missing: Sequence[int]) -> None:
        rows: dict[int, dict[int, StoryMember]] = {one: {} for one in missing}
        for member in self.tables.members(missing):
            if member.article_id not in self._new_members:
                rows[member.event_id][member.article_id] = member
        for article_id in self._new_members:
            for member in self._of[article_id]:
                if member.event_id in rows:
                    rows[member.event_id][article_id] = member
        self._members |= rows

    def memberships(self, article_ids: Iterable[int]) -> list[StoryMember]:
        """Of these articles, by article, the main one first."""
        asked = sorted(set(article_ids))
        missing = [one for one in asked if one not in self._of]
        if missing and missing[0] > self._newest:  # as articles arrive: nothing is stored of them yet
            self._of |= dict.fromkeys(missing, ())
        elif missing:
            found: dict[int, list[StoryMember]] = defaultdict(list)
            for member in self.tables.memberships(missing):
                found[member.article_id].append(member)
            self._of |= {one: tuple(found[one]) for one in missing}
        return [member for one in asked for member in self._of[one]]

    def set_memberships(self, article_id: int, members: Sequence[StoryMember]) -> None:
        """In place of all that the article has."""
        before = tuple(self.memberships([article_id]))
        after = tuple(sorted(members, key=lambda member: (not member.main, member.event_id)))
        if before == after:
            return
        for member in before:
            self._members.get(member.event_id, {}).pop(article_id, None)
            self._forget_first(member.event_id, article_id)
        self._of[article_id] = after
        self._new_members.add(article_id)
        for member in after:
            if member.event_id in self._members:
                self._members[member.event_id][article_id] = member
                self._forget_first(member.event_id, article_id)

    def _forget_first(self, event_id: int, article_id: int) -> None:
        """The first of an event's members may be others now."""
        if event_id in self._first and article_id <= self._first[event_id][1][-1]:
            del self._first[event_id]

    # links, the journal, rulings

    def set_links(self, later: int, links: Sequence[StoryLink]) -> None:
        """In place of all from this event to earlier ones."""
        if later not in self._linked:
            self._linked[later] = tuple(link for link in self.tables.links([later]) if link.later == later)
        if self._linked[later] != tuple(links):
            self._linked[later] = tuple(links)
            self._new_links.add(later)

    def write_log(self, entries: Iterable[StoryLogEntry]) -> None:
        """Add lines to the journal."""
        self._log += entries

    def rulings(self, article_ids: Iterable[int] | None = None) -> list[Ruling]:
        """Standing ones on these articles (or all), by id."""
        if self._rulings is None:
            self._rulings = self.tables.rulings()
        if article_ids is None or not self._rulings:
            return self._rulings
        asked = set(article_ids)
        return [
            one for one in self._rulings if one.article_id in asked or (one.kind != "pin" and one.other_id in asked)
        ]


def _same_but_cluster(one: StoryArticle, other: StoryArticle) -> bool:
    return replace(one, cluster=other.cluster) == other
