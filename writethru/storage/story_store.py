"""What storage promises about events and storylines. The rules are those of ``store``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from writethru.storage.meaning_store import MeaningStore


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """What events are made of: one article by its latest text.

    Attributes:
        digest: of its words.
        minute: of what it tells, minutes since 1970, None where nothing says when.
        basis: value of ``events.moments.Basis``.
        cluster: the coarse group it is in.
        bag: ``events.features.Features.packed()``.
        undecided: why it is in no event and its candidates; empty where it is in one.
    """

    article_id: int
    digest: str
    minute: int | None
    basis: str
    cluster: int
    bag: bytes
    undecided: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """A happening. ``redirect`` names the event it was merged into."""

    id: int
    story_id: int
    redirect: int | None
    first_minute: int | None
    last_minute: int | None
    form: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article in an event; ``form`` holds what it shares, the runner-up, an inferred day."""

    article_id: int
    event_id: int
    main: bool
    score: float
    form: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoryLink:
    """How a later event hangs together with an earlier one."""

    later: int
    earlier: int
    kind: str
    score: float
    form: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoryLogEntry:
    """One line of the journal of memberships; ``seq`` 0 before it is written."""

    at: datetime
    action: str
    article_id: int | None
    event_id: int | None
    form: dict[str, Any]
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """An editor's word.

    Attributes:
        kind: ``must-link`` or ``cannot-link`` (of two articles), ``pin`` (of an article to an event).
        other_id: the other article; of a pin the event.
    """

    id: int
    at: datetime
    kind: str
    article_id: int
    other_id: int
    by: str
    reason: str
    withdrawn_at: datetime | None = None


class Posting(NamedTuple):
    """An article that has a term."""

    term: int
    day: int | None
    article_id: int


class StoryStore(Protocol):
    """What events are made of, the events, and the journal of memberships."""

    @property
    def meanings(self) -> MeaningStore:
        """What an encoder made of articles."""

    def articles(self, article_ids: Iterable[int]) -> list[StoryArticle]:
        """Those of these that are known, by id."""

    def in_clusters(self, clusters: Iterable[int]) -> list[tuple[int, int]]:
        """The articles of these coarse groups, each with its group."""

    def twins(self, digest: str, limit: int) -> list[int]:
        """Articles with these very words, by id."""

    def keep_articles(self, articles: Iterable[StoryArticle]) -> None:
        """Write articles in place of what was known of them."""

    def last_article(self) -> int:
        """The greatest id of an article that is known, 0 where none is."""

    def set_clusters(self, clusters: Mapping[int, int]) -> None:
        """Article to coarse group."""

    def every_article(self, after: int, limit: int) -> list[StoryArticle]:
        """By id."""

    def index(self, entries: Iterable[Posting]) -> None:
        """Enter articles under terms under which they are not yet."""

    def unindex(self, article_id: int, day: int | None, terms: Iterable[int]) -> None:
        """Take an article out from under these terms."""

    def neighbours(self, terms: Iterable[int], days: tuple[int, int] | None, limit: int) -> list[Posting]:
        """Who has these terms on these days (ends included; None: any), and those without a day; so many a term."""

    def count(self, changes: Mapping[int, int]) -> None:
        """So many articles more (or fewer) have each term; term 0 counts the articles themselves."""

    def counts(self, terms: Iterable[int]) -> dict[int, int]:
        """In how many articles each stands."""

    def events(self, event_ids: Iterable[int]) -> list[StoryEvent]:
        """Those of these that there are, by id, merged ones too."""

    def latest_events(self, limit: int, before: tuple[int, int] | None = None) -> list[StoryEvent]:
        """Standing events, the last to happen first; ``before``: (last minute, id) to continue from."""

    def story_events(self, story_id: int) -> list[StoryEvent]:
        """The standing events of a storyline, in time."""

    def latest_storylines(self, least: int, limit: int, before: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """Storylines of at least so many articles by (last minute, number), the last to happen first.

        Args:
            before: (last minute, number) to continue from.
        """

    def keep_events(self, events: Iterable[StoryEvent]) -> None:
        """Write events in place of what was known of them."""

    def next_event_id(self) -> int:
        """One that no event has had."""

    def members(self, event_ids: Iterable[int]) -> list[StoryMember]:
        """Of these events, by event and article."""

    def memberships(self, article_ids: Iterable[int]) -> list[StoryMember]:
        """Of these articles, by article, the main one first."""

    def keep_memberships(self, members: Mapping[int, Sequence[StoryMember]]) -> None:
        """By article, in place of all that each has."""

    def keep_links(self, links: Mapping[int, Sequence[StoryLink]]) -> None:
        """By later event, in place of all from it to earlier ones."""

    def links(self, event_ids: Iterable[int]) -> list[StoryLink]:
        """From or to these events, by later and earlier."""

    def write_log(self, entries: Sequence[StoryLogEntry]) -> int:
        """Add lines to the journal; the number of the last one there is."""

    def last_line(self) -> int:
        """The number of the journal's last line."""

    def log(
        self, after: int, limit: int, *, event_id: int | None = None, article_id: int | None = None
    ) -> list[StoryLogEntry]:
        """The journal in order, of all or of an event or an article."""

    def add_ruling(self, ruling: Ruling) -> Ruling:
        """Note an editor's word; gives it back with its id."""

    def withdraw_ruling(self, ruling_id: int, at: datetime) -> None:
        """It holds no longer. Raises NotInArchive."""

    def rulings(self, article_ids: Iterable[int] | None = None) -> list[Ruling]:
        """Standing ones on these articles (or all), by id."""

    def forget(self, article_id: int) -> None:
        """Take an article out of the events; the journal keeps what was."""
