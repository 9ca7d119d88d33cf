"""Keeps storylines: the events near to those that changed are chained anew, and typed links written."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from writethru.analyse.story_lately import Lately
from writethru.analyse.story_reading import Known
from writethru.events import reasons
from writethru.events.membership import number
from writethru.events.storyline import ALIKE, ASKED_OF_NOTES, Happening, Kind, Tie, asked, happening, link, storylines
from writethru.events.vectors import Vector
from writethru.storage.story_store import StoryArticle, StoryEvent, StoryLink, StoryLogEntry

MOST_EVENTS = 150
"""Events that are chained at once: those of the storylines most like the changed ones."""
NEAREST_ARTICLES = 12
"""Articles of other events by whose storylines one is chained."""
ASKING = 2
"""Articles of an event whose neighbours are asked for."""
MOST_SEEN = 5_000
"""Events that are kept as storylines see them."""
MOST_VECTORS = 8
"""Articles of an event whose mean stands for it."""
MOST_LOOKED_AT = 40
"""Articles of an event of which these are chosen."""


class Storylines:
    """Chains events, and keeps those that it saw lately."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._held = known.held
        self._seen: Lately[int, tuple[object, Happening]] = Lately(MOST_SEEN)

    def regroup(self, event_ids: Iterable[int]) -> None:
        """Chain the neighbourhoods of these events, which changed, anew."""
        changed = [event for event in self._held.events(event_ids) if event.redirect is None]
        touched = {event.id: self._near(event) for event in changed}
        for stories in _together(touched):
            self._chain(stories, {event.id for event in changed})

    def settle(self, event_ids: Iterable[int]) -> None:
        """Chain these events, which are all that stand, anew, whatever was chained before."""
        self._seen.clear()
        events = {event.id: event for event in self._held.events(event_ids)}
        whole: list[list[int]] = []
        parts = []
        for near in _together(
            {event.id: {event.id} | self._near_events(event) & events.keys() for event in events.values()}
        ):
            ordered = sorted((events[one] for one in near), key=lambda event: (event.first_minute or 0, event.id))
            for start in range(0, len(ordered), MOST_EVENTS):
                happenings = self._happenings(ordered[start : start + MOST_EVENTS])
                chains = storylines(happenings.values())
                parts.append((happenings, chains))
                whole += chains
        self._tell(list(events.values()), whole)
        for happenings, chains in parts:
            self._links(happenings, chains, happenings.keys())

    def _near(self, event: StoryEvent) -> set[int]:
        """The storylines of events that share telling words, whenever they were; its own first."""
        near = self._held.events(self._near_events(event))
        return {event.story_id} | {one.story_id for one in near if one.redirect is None}

    def _near_events(self, event: StoryEvent) -> set[int]:
        best: dict[int, float] = {}
        for article in self._first(event.id, ASKING):
            terms = len(self._known.coded(article).places)
            for other, score in self._known.near(article, any_day=True).items():
                if score >= ASKED_OF_NOTES and score >= asked(math.sqrt(terms * self._terms(other))):
                    best[other] = max(score, best.get(other, 0.0))
        nearest = sorted(best, key=lambda other: (-best[other], other))[:NEAREST_ARTICLES]
        return {one.event_id for one in self._held.memberships(nearest) if one.main}

    def _first(self, event_id: int, most: int) -> list[StoryArticle]:
        """Some articles of an event, the earliest by what they tell, whichever came first."""
        members = [one.article_id for one in self._held.first_members(event_id, MOST_LOOKED_AT) if one.main]
        articles = self._known.articles(members).values()
        return sorted(articles, key=lambda article: (article.minute or 0, article.digest))[:most]

    def _terms(self, article_id: int) -> int:
        """How many different terms an article has that is known."""
        return len(self._known.coded(self._known.article(article_id)).places)

    def _chain(self, stories: Sequence[int], changed: Collection[int]) -> None:
        events = [event for story in stories for event in self._held.story_events(story)][:MOST_EVENTS]
        if len(events) <= 1:
            self._alone(events)
            return
        happenings = self._happenings(events)
        chains = storylines(happenings.values())
        self._tell(events, chains)
        self._links(happenings, chains, _with_next(changed, happenings, chains))

    def _alone(self, events: Sequence[StoryEvent]) -> None:
        """A storyline of one event, that nothing is near to."""
        self._tell(events, [[event.id] for event in events])
        for event in events:
            self._held.set_links(event.id, [])

    def _tell(self, events: Sequence[StoryEvent], chains: Sequence[Sequence[int]]) -> None:
        """Which storyline each event is in, with a line in the journal where that is news."""
        entries = []
        known = {event.id: event for event in events}
        for chain, story in zip(chains, _numbers(chains, {event.id: event.story_id for event in events}), strict=True):
            for event in map(known.__getitem__, chain):
                if event.story_id != story or "told" not in event.form:
                    told = {**event.form, "told": True}  # the journal says which storyline it is in
                    self._held.keep_event(replace(event, story_id=story, form=told))
                    form = {"story": story, "from": event.story_id}
                    entries.append(StoryLogEntry(datetime.now(UTC), "story", None, event.id, form))
        self._held.write_log(entries)

    def _happenings(self, events: Sequence[StoryEvent]) -> dict[int, Happening]:
        return {event.id: self._happening(event, self._first(event.id, MOST_VECTORS)) for event in events}

    def _happening(self, event: StoryEvent, articles: Sequence[StoryArticle]) -> Happening:
        members = tuple(article.article_id for article in articles)
        state = (event.first_minute, event.last_minute, members, self._known.age())
        seen = self._seen.get(event.id)
        if seen is None or seen[0] != state:
            features = [self._known.features(article) for article in articles]
            vectors = self._known.vectors(articles)
            seen = state, happening(event.id, _middle(event), features, vectors)
            self._seen.put(event.id, seen)
        return seen[1]

    def _links(
        self, happenings: Mapping[int, Happening], chains: Sequence[Sequence[int]], changed: Collection[int]
    ) -> None:
        """Each event to the earlier one of its storyline that it is most like; and what is only of the same kind."""
        place = {key: at for at, chain in enumerate(chains) for key in chain}
        for later in (one for one in happenings.values() if one.key in changed):
            earlier = [one for one in happenings.values() if (_at(one), one.key) < (_at(later), later.key)]
            ties = list(_ties(later, earlier, place))
            self._held.set_links(later.key, [self._link(tie, happenings) for tie in ties])

    def _link(self, tie: Tie, happenings: Mapping[int, Happening]) -> StoryLink:
        later, earlier = happenings[tie.later], happenings[tie.earlier]
        mine, theirs = (
            [self._known.features(article) for article in self._first(event, MOST_VECTORS)]
            for event in (tie.later, tie.earlier)
        )
        shared = reasons.shared_terms(later, earlier, mine, theirs)
        words = reasons.linked(tie.kind.value, shared)
        return StoryLink(tie.later, tie.earlier, tie.kind.value, tie.score, {"shared": shared, "words": words})


def _with_next(
    changed: Collection[int], happenings: Mapping[int, Happening], chains: Sequence[Sequence[int]]
) -> set[int]:
    """Events that changed, and the one that follows each in its storyline: that may continue it now."""
    found = set(changed) & set(happenings)
    for chain in chains:
        ordered = sorted(chain, key=lambda key: (_at(happenings[key]), key))
        found |= {after for before, after in pairwise(ordered) if before in changed}
    return found


def _ties(later: Happening, earlier: Sequence[Happening], place: Mapping[int, int]) -> Iterable[Tie]:
    own = [one for one in earlier if place[one.key] == place[later.key]]
    if own:
        alike = _alike(later.unit, [one.unit for one in own])
        score, _, _, best = max(zip(alike, map(_at, own), (one.key for one in own), own, strict=True))
        yield link(later, best, score)
    others = [one for one in earlier if place[one.key] != place[later.key]]
    scores = _alike(later.plain, [one.plain for one in others]) if others else []
    score, kind = max(zip(scores, (one.key for one in others), strict=True), default=(0.0, 0))
    if score >= ALIKE:
        yield Tie(later.key, kind, Kind.SAME_KIND, round(score, 4))


def _alike(one: Vector, others: Sequence[Vector]) -> list[float]:
    found: list[float] = one.vocabulary.products(one, others).tolist()
    return found


def _at(one: Happening) -> int:
    return one.minute or 0


def _middle(event: StoryEvent) -> int | None:
    if event.first_minute is None or event.last_minute is None:
        return None
    return (event.first_minute + event.last_minute) // 2


def _numbers(chains: Sequence[Sequence[int]], before: Mapping[int, int]) -> list[int]:
    """The number of each storyline: the one that most of its events had; a new one bears its first event's."""
    free = {event for chain in chains for event in chain}
    given = number(chains, before, {}, 0)
    taken: set[int] = set()
    found = []
    for chain, story in zip(chains, given.events, strict=True):
        kept = story if story in before.values() and story not in taken else min(chain)
        while kept in taken:
            kept = min(free - taken)
        taken.add(kept)
        found.append(kept)
    return found


def _together(touched: Mapping[int, set[int]]) -> list[list[int]]:
    """Storylines that some event is near to, together."""
    groups: list[set[int]] = []
    for stories in touched.values():
        joined = set(stories)
        for one in [one for one in groups if one & joined]:
            joined |= one
            groups.remove(one)
        groups.append(joined)
    return [sorted(one) for one in groups]
