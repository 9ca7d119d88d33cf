"""What the archive knows of events and storylines, as faces show it; and what editors rule on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from writethru.analyse.story_record import member_reason
from writethru.errors import InputError, NotInArchive
from writethru.events import reasons
from writethru.events.demonyms import one_name
from writethru.events.moments import moment_of
from writethru.storage.store import ArticleSummary, Store
from writethru.storage.story_store import Ruling, StoryEvent, StoryLink, StoryLogEntry, StoryMember

MOST_ROWS = 500
"""Events of a storyline that are shown; a longer one is cut to its latest, and says so."""
MOST_LISTED = 6
"""Events of a storyline that a list of storylines shows."""
MOST_REASONED = 40
"""Members of an event whose reasons are worked out anew; further ones have those that they were put there for."""
SEVERAL = 2
"""Articles from which a storyline is listed where nothing else is asked for: one article is no story yet."""
RULINGS = ("must-link", "cannot-link", "pin")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that an article might belong to, or nearly did."""

    event_id: int
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class MembershipView:
    """One article in an event, and why.

    Attributes:
        main: its one event, or one more that a live blog or round-up belongs to.
        shared: names and words that it shares with the event, the most telling first.
        at: when what it tells was published or seen, None where nothing says.
        basis: what ``at`` rests on: ``published``, ``dateline``, ``address``, ``seen``, ``inferred`` or ``none``.
        runner_up: the nearest other event.
        explanation: all this in a sentence.
    """

    summary: ArticleSummary
    event_id: int
    main: bool
    score: float
    shared: tuple[str, ...]
    at: datetime | None
    basis: str
    runner_up: Candidate | None
    explanation: str

    @property
    def inferred_date(self) -> date | None:
        """The day that was inferred from its siblings, None where the article has one of its own."""
        return self.at.date() if self.at is not None and self.basis == "inferred" else None


@dataclass(frozen=True, slots=True)
class UndecidedView:
    """An article that is in no event, why, and which events it might belong to."""

    summary: ArticleSummary
    explanation: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """How two events hang together.

    Attributes:
        kind: ``continues``, ``revives``, ``reaction``, ``recap`` or ``same-kind`` (alike, *not* one story).
    """

    later: int
    earlier: int
    kind: str
    score: float
    shared: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as lists show it."""

    id: int
    story_id: int
    title: str
    names: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    articles: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A storyline as lists show it: its latest events, the last to happen first, and how many there are.

    Attributes:
        title: of its first event, as its own page has it.
    """

    id: int
    title: str
    events: tuple[EventRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with its articles.

    Attributes:
        asked: the number that was asked for, where that event was merged into this one.
        members: by time; articles that also belong to other events last.
        links: to earlier and later events.
    """

    row: EventRow
    asked: int
    members: tuple[MembershipView, ...]
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A storyline: its events in time, and how each hangs together with earlier ones.

    Attributes:
        cut: there are more events than are shown.
    """

    id: int
    title: str
    names: tuple[str, ...]
    events: tuple[EventRow, ...]
    links: tuple[LinkView, ...]
    cut: bool


class Stories:
    """Reads what the analysis of events keeps; as of the last ``Archive.analyse``."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def events(self, *, limit: int = 50, cursor: str = "") -> tuple[list[EventRow], str]:
        """Events, the last to happen first, and the cursor of the next ones ("" after the last).

        Raises:
            InputError: the cursor is none of these.
        """
        rows = self.store.stories.latest_events(limit + 1, _key(cursor) if cursor else None)
        more = len(rows) > limit
        following = f"{rows[limit - 1].last_minute or 0}_{rows[limit - 1].id}" if more else ""
        return self._rows(rows[:limit]), following

    def storylines(self, *, least: int = SEVERAL, limit: int = 50, cursor: str = "") -> tuple[list[StoryRow], str]:
        """Storylines of at least so many articles, the last to happen first, and the cursor of the next ones.

        Raises:
            InputError: the cursor is none of these.
        """
        found = self.store.stories.latest_storylines(least, limit + 1, _key(cursor) if cursor else None)
        following = "{}_{}".format(*found[limit - 1]) if len(found) > limit else ""
        return [self._story_row(story_id) for _, story_id in found[:limit]], following

    def _story_row(self, story_id: int) -> StoryRow:
        events = self.store.stories.story_events(story_id)
        title = self._title(events[0])
        events.sort(key=lambda event: (event.last_minute or 0, event.id), reverse=True)
        return StoryRow(story_id, title, tuple(self._rows(events[:MOST_LISTED])), len(events))

    def event(self, event_id: int) -> EventView:
        """An event, or the one it was merged into. Raises NotInArchive."""
        event = self._standing(event_id)
        shown = [self._membership(member) for member in self._reasoned(event.id)]
        shown.sort(key=lambda view: (not view.main, view.at is None, view.at or _EPOCH, view.summary.article.id))
        links = tuple(link_view(link) for link in self.store.stories.links([event.id]))
        return EventView(self._rows([event])[0], event_id, tuple(shown), links)

    def story_number(self, story_id: int) -> int:
        """Of a storyline, or of the one it went into. Raises NotInArchive."""
        if self.store.stories.story_events(story_id):
            return story_id
        return self._standing(story_id).story_id  # a storyline bears the number of its first event

    def story(self, story_id: int) -> StoryView:
        """A storyline, or the one it went into. Raises NotInArchive."""
        events = self.store.stories.story_events(self.story_number(story_id))
        shown = events[-MOST_ROWS:]
        ids = {event.id for event in shown}
        links = tuple(
            link_view(link) for link in self.store.stories.links(ids) if link.later in ids and link.earlier in ids
        )
        names = _frequent(name for event in shown for name in event.form.get("names", ()))
        title = self._title(events[0])
        return StoryView(shown[0].story_id, title, names, tuple(self._rows(shown)), links, len(shown) < len(events))

    def of_article(self, article_id: int) -> tuple[MembershipView, ...]:
        """The events of an article, its main one first; none where it is undecided. Raises NotInArchive."""
        self.store.article(article_id)
        events = [member.event_id for member in self.store.stories.memberships([article_id]) if member.main]
        found = [one for event in events for one in self._reasoned(event, article_id) if one.article_id == article_id]
        also = [one for one in self.store.stories.memberships([article_id]) if not one.main]
        return tuple(self._membership(member) for member in [*found, *also])

    def undecided(self, article_id: int) -> UndecidedView | None:
        """Why an article is in no event, None where it is in one or was not looked at. Raises NotInArchive."""
        self.store.article(article_id)
        known = self.store.stories.articles([article_id])
        if not known or not known[0].undecided:
            return None
        form = known[0].undecided
        candidates = self._candidates(form["candidates"])
        words = reasons.undecided([(one.title, one.score) for one in candidates], form["siblings"])
        return UndecidedView(self._summary(article_id), words, candidates)

    def log(
        self, *, event_id: int | None = None, article_id: int | None = None, after: int = 0, limit: int = 1000
    ) -> list[StoryLogEntry]:
        """The journal of memberships: everything that ever happened, in order."""
        return self.store.stories.log(after, limit, event_id=event_id, article_id=article_id)

    # rulings

    def rulings(self) -> list[Ruling]:
        """What editors ruled and did not withdraw."""
        return self.store.stories.rulings()

    def rule(self, kind: str, article_id: int, other_id: int, *, by: str = "", reason: str = "") -> Ruling:
        """An editor's word; every later run honours it.

        Args:
            kind: ``must-link`` or ``cannot-link`` with another article, ``pin`` to an event.

        Raises:
            InputError: no such kind, or an article with itself.
            NotInArchive: no such article or event.
        """
        if kind not in RULINGS:
            raise InputError(f"not a kind of ruling; there are {', '.join(RULINGS)}", key=kind)
        self.store.article(article_id)
        if kind == "pin":
            other_id = self._standing(other_id).id
        else:
            self.store.article(other_id)
            if article_id == other_id:
                raise InputError("an article cannot be ruled on with itself; name two", key=article_id)
        with self.store.transaction():
            made = self.store.stories.add_ruling(
                Ruling(0, datetime.now(UTC), kind, article_id, other_id, by[:200], reason[:2000])
            )
            self._again(made)
        return made

    def withdraw(self, ruling_id: int) -> None:
        """A ruling holds no longer. Raises NotInArchive."""
        standing = {ruling.id: ruling for ruling in self.rulings()}
        with self.store.transaction():
            self.store.stories.withdraw_ruling(ruling_id, datetime.now(UTC))
            self._again(standing[ruling_id])

    def _again(self, ruling: Ruling) -> None:
        """The articles of a ruling are grouped anew."""
        from writethru.analyse.events import EventAnalysis

        EventAnalysis(self.store).regroup(
            [ruling.article_id] if ruling.kind == "pin" else [ruling.article_id, ruling.other_id]
        )

    # parts

    def _standing(self, event_id: int) -> StoryEvent:
        """Follows redirects. Raises NotInArchive."""
        asked = event_id
        while True:
            found = self.store.stories.events([event_id])
            if not found:
                raise NotInArchive("no such event; `writethru story` lists them", key=asked)
            if found[0].redirect is None:
                return found[0]
            event_id = found[0].redirect

    def _rows(self, events: Sequence[StoryEvent]) -> list[EventRow]:
        members: dict[int, list[int]] = {event.id: [] for event in events}
        for member in self.store.stories.members(members):
            members[member.event_id].append(member.article_id)
        return [self._row(event, members[event.id]) for event in events]

    def _row(self, event: StoryEvent, article_ids: Sequence[int]) -> EventRow:
        outlets = {self._summary(article_id).outlet for article_id in article_ids[:MOST_ROWS]}
        return EventRow(
            id=event.id,
            story_id=event.story_id,
            title=self._title(event),
            names=tuple(event.form.get("names", ())) if article_ids else (),
            first_at=moment_of(event.first_minute),
            last_at=moment_of(event.last_minute),
            articles=len(article_ids),
            outlets=tuple(sorted(outlets - {""})),
        )

    def _title(self, event: StoryEvent) -> str:
        """The headline of its most typical article as it is now; nothing is kept of one that was withdrawn."""
        rows = self.store.article_summaries(article_id=event.form.get("titled", 0))
        if not rows:
            members = self.store.stories.members([event.id])[:1]
            rows = [row for one in members for row in self.store.article_summaries(article_id=one.article_id)]
        return rows[0].headline if rows else ""

    def _reasoned(self, event_id: int, article_id: int | None = None) -> list[StoryMember]:
        """The members of an event with their reasons as they are now, of the first ``MOST_REASONED`` (or of this one).

        What an article shares with the others changes with every other that comes: it is worked out when one looks.
        """
        from writethru.analyse.story_reading import Known
        from writethru.analyse.story_reasons import Reasons

        members = self.store.stories.members([event_id])
        known = Known(self.store)
        articles = known.articles(member.article_id for member in members if member.main)
        asked = [article_id] if article_id is not None else list(articles)[:MOST_REASONED]
        now = {one: Reasons(known).main(one, event_id, articles) for one in asked if one in articles}
        return [now.get(member.article_id, member) if member.main else member for member in members]

    def _membership(self, member: StoryMember) -> MembershipView:
        form = member.form
        candidates = self._candidates(form["runner_up"])
        nearest = (candidates[0].title, candidates[0].score) if candidates else None
        return MembershipView(
            summary=self._summary(member.article_id),
            event_id=member.event_id,
            main=member.main,
            score=member.score,
            shared=tuple(form["shared"]),
            at=moment_of(form["minute"]),
            basis=form["basis"],
            runner_up=candidates[0] if candidates else None,
            explanation=reasons.explained(member_reason(member), nearest),
        )

    def _candidates(self, rows: Iterable[Sequence[Any]]) -> tuple[Candidate, ...]:
        """Rows of (event, score)."""
        found = []
        for event_id, score in rows:
            event = self._standing(int(event_id))
            found.append(Candidate(event.id, self._title(event), float(score)))
        return tuple(found)

    def _summary(self, article_id: int) -> ArticleSummary:
        rows = self.store.article_summaries(article_id=article_id)
        if not rows:
            raise NotInArchive("no such article", key=article_id)
        return rows[0]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def link_view(link: StoryLink) -> LinkView:
    """A stored link as faces show it."""
    shared = tuple(link.form["shared"])
    return LinkView(link.later, link.earlier, link.kind, link.score, shared, link.form["words"])


def _frequent(names: Iterable[str], most: int = 8) -> tuple[str, ...]:
    several = list(names)
    same = one_name(several)
    counts = Counter(same.get(name, name) for name in several)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:most])


def _key(cursor: str) -> tuple[int, int]:
    minute, _, event_id = cursor.partition("_")
    if not (minute.removeprefix("-").isdecimal() and event_id.isdecimal() and len(cursor) < 40):
        raise InputError("not a cursor of this listing", key=cursor)
    return int(minute), int(event_id)
