"""Keeps storylines: the events near to those that changed are chained anew, and typed links written."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice, pairwise

from writethru.analyse.story_lately import Lately
from writethru.analyse.story_reading import Known
from writethru.events import reasons
from writethru.events.membership import number
from writethru.events.storyline import (
    ALIKE,
    ASKED_OF_NOTES,
    MOST_TERMS,
    Cast,
    Happening,
    Kind,
    Tie,
    asked,
    cast,
    drawn_together,
    happened,
    link,
    storylines,
)
from writethru.events.vectors import Vector, means
from writethru.storage.story_store import StoryArticle, StoryEvent, StoryLink, StoryLogEntry

MOST_EVENTS = 150
"""Events that are chained at once: those of the storylines most like the changed ones."""
NEARLY = 0.02
"""How much less than is asked two events may be alike whose storylines are chained together: means are over several
pairs. With 0 the storylines of background_dev, streamed, had B³ 79.7, with this 80.4; before there was a bound 80.2."""
NEAREST_ARTICLES = 12
"""Articles of other events by whose storylines one is chained."""
ASKING = 2
"""Articles of an event whose neighbours are asked for."""
MOST_SEEN = 5_000
"""Events that are kept as storylines see them, and whose neighbours are."""
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
        self._casts: Lately[int, tuple[object, Cast]] = Lately(MOST_SEEN)
        self._firsts: dict[int, list[StoryArticle]] = {}
        self._nearest: Lately[int, tuple[object, list[tuple[int, float]]]] = Lately(MOST_SEEN)

    def regroup(self, event_ids: Iterable[int]) -> None:
        """Chain the neighbourhoods of these events, which changed, anew."""
        changed = {event.id: event for event in self._held.events(event_ids) if event.redirect is None}
        self._firsts = {}
        self._ask_near(changed)
        beside = {one: self._standing_near(event) for one, event in changed.items()}
        seen = self._happenings([*changed.values(), *(event for some in beside.values() for event in some)])
        near = {one: {event.id: seen[event.id] for event in some} for one, some in beside.items()}
        touched = {one: self._drawn_stories(event, seen[one], near[one]) for one, event in changed.items()}
        for stories in _together(touched):
            self._chain(stories, near)

    def _ask_near(self, event_ids: Collection[int]) -> None:
        """What the first articles of these events are near to, asked for all of them at once."""
        self._read_first(event_ids)
        first = (article for event in event_ids for article in self._firsts[event][:ASKING])
        self._known.all_near([one for one in first if self._kept_nearest(one) is None], any_day=True)

    def settle(self, event_ids: Iterable[int]) -> None:
        """Chain these events, which are all that stand, anew, whatever was chained before."""
        self._seen.clear()
        self._nearest.clear()
        self._firsts = {}
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
            self._links(happenings, chains, {one: {} for one in happenings})

    def _standing_near(self, event: StoryEvent) -> list[StoryEvent]:
        """Other events that share telling words, whenever they were."""
        near = self._held.events(self._near_events(event) - {event.id})
        return [one for one in near if one.redirect is None]

    def _drawn_stories(self, event: StoryEvent, own: Happening, near: Mapping[int, Happening]) -> set[int]:
        """Its own storyline, and those of near events that it is nearly as much like as is asked.

        The others need not be chained anew: a mean over pairs that are all less alike would not join them to it.
        """
        if not near:
            return {event.story_id}
        alike = _alike(own.vector, [one.vector for one in near.values()])
        drawn = {one.key: drawn_together(own, one, sim) for one, sim in zip(near.values(), alike, strict=True)}
        close = [key for key, much in drawn.items() if much >= -NEARLY]
        return {event.story_id} | {one.story_id for one in self._held.events(close)}

    def _near_events(self, event: StoryEvent) -> set[int]:
        """Events of which an article is near to the first of this one."""
        best: dict[int, float] = {}
        for article in self._first(event.id, ASKING):
            for other, score in self._near_article(article):
                best[other] = max(score, best.get(other, 0.0))
        nearest = sorted(best, key=lambda other: (-best[other], other))[:NEAREST_ARTICLES]
        return {one.event_id for one in self._held.memberships(nearest) if one.main}

    def _near_article(self, article: StoryArticle) -> list[tuple[int, float]]:
        """Articles that are near enough to this one, whenever they were; asked once while words weigh the same.

        Of articles that came meanwhile nothing is missed: they asked themselves when they came.
        """
        kept = self._kept_nearest(article)
        if kept is None:
            terms = self._known.terms(article.article_id)
            near = self._known.near(article, any_day=True).items()
            found = [(other, score) for other, score in near if score >= ASKED_OF_NOTES]
            kept = [one for one in found if one[1] >= asked(math.sqrt(terms * self._known.terms(one[0])))]
            self._nearest.put(article.article_id, ((article.digest, self._known.age()), kept))
        return kept

    def _kept_nearest(self, article: StoryArticle) -> list[tuple[int, float]] | None:
        state, found = self._nearest.get(article.article_id) or (None, [])
        return found if state == (article.digest, self._known.age()) else None

    def _first(self, event_id: int, most: int) -> list[StoryArticle]:
        """Some articles of an event, the earliest by what they tell, whichever came first."""
        self._read_first([event_id])
        return self._firsts[event_id][:most]

    def _read_first(self, event_ids: Iterable[int]) -> None:
        """The same of several, looked up at once and kept until other events changed."""
        missing = [event for event in event_ids if event not in self._firsts]
        if not missing:
            return
        self._held.load_members(missing)
        members = {
            event: [one.article_id for one in self._held.first_members(event, MOST_LOOKED_AT) if one.main]
            for event in missing
        }
        articles = self._known.articles(article for some in members.values() for article in some)
        for event, some in members.items():
            known = [articles[one] for one in some if one in articles]
            self._firsts[event] = sorted(known, key=lambda one: (one.minute or 0, one.digest))[:MOST_VECTORS]

    def _chain(self, stories: Sequence[int], near: Mapping[int, Mapping[int, Happening]]) -> None:
        """Chain all events of these storylines.

        Args:
            near: events that changed, and what is near to each of them.
        """
        events = [event for story in stories for event in self._held.story_events(story)][:MOST_EVENTS]
        happenings = self._happenings(events)
        chains = storylines(happenings.values()) if len(events) > 1 else [[event.id] for event in events]
        self._tell(events, chains)
        changed = _with_next(near, happenings, chains)
        self._links(happenings, chains, {one: near.get(one, {}) for one in changed})

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

    def _happenings(self, events: Collection[StoryEvent]) -> dict[int, Happening]:
        """Events as storylines see them, those that are not kept made at once."""
        self._read_first(event.id for event in events)
        age = self._known.age()
        found: dict[int, Happening] = {}
        missing: list[tuple[StoryEvent, object]] = []
        for event in events:
            state: object = (event.first_minute, event.last_minute, _who(self._firsts[event.id]), age)
            kept, seen = self._seen.get(event.id) or (None, None)
            if seen is not None and kept == state:
                found[event.id] = seen
            else:
                missing.append((event, state))
        articles = [self._firsts[event.id] for event, _ in missing]
        vectors = iter(self._known.vectors(article for some in articles for article in some))
        middles = means([list(islice(vectors, len(some))) for some in articles], MOST_TERMS)
        for (event, state), some, vector in zip(missing, articles, middles, strict=True):
            made = happened(event.id, _middle(event), self._cast(event.id, some), vector)
            self._seen.put(event.id, (state, made))
            found[event.id] = made
        return {event.id: found[event.id] for event in events}

    def _cast(self, event_id: int, articles: Sequence[StoryArticle]) -> Cast:
        who = _who(articles)
        state, found = self._casts.get(event_id) or (None, None)
        if found is None or state != who:
            found = cast([self._known.features(article) for article in articles])
            self._casts.put(event_id, (who, found))
        return found

    def _links(
        self,
        happenings: Mapping[int, Happening],
        chains: Sequence[Sequence[int]],
        changed: Mapping[int, Mapping[int, Happening]],
    ) -> None:
        """Each event to the earlier one of its storyline that it is most like; and what is only of the same kind.

        Args:
            happenings: those that were chained.
            changed: of these, with others that each is near to.
        """
        place = {key: at for at, chain in enumerate(chains) for key in chain}
        for key, near in changed.items():
            if key in happenings:
                later, known = happenings[key], {**near, **happenings}
                earlier = [one for one in known.values() if (_at(one), one.key) < (_at(later), later.key)]
                ties = list(_ties(later, earlier, place))
                self._held.set_links(later.key, [self._link(tie, known) for tie in ties])

    def _link(self, tie: Tie, happenings: Mapping[int, Happening]) -> StoryLink:
        later, earlier = happenings[tie.later], happenings[tie.earlier]
        mine, theirs = (
            [self._known.features(article) for article in self._first(event, MOST_VECTORS)]
            for event in (tie.later, tie.earlier)
        )
        shared = reasons.shared_terms(later, earlier, mine, theirs)
        words = reasons.linked(tie.kind.value, shared)
        return StoryLink(tie.later, tie.earlier, tie.kind.value, tie.score, {"shared": shared, "words": words})


def _who(articles: Iterable[StoryArticle]) -> tuple[tuple[int, str], ...]:
    """These articles as they read now."""
    return tuple((article.article_id, article.digest) for article in articles)


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
    own = [one for one in earlier if place.get(one.key) == place[later.key]]
    if own:
        alike = _alike(later.unit, [one.unit for one in own])
        score, _, _, best = max(zip(alike, map(_at, own), (one.key for one in own), own, strict=True))
        yield link(later, best, score)
    others = [one for one in earlier if place.get(one.key) != place[later.key]]
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
