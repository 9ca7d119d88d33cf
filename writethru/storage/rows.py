"""What the store gives and takes that is no noun of its own: claims, summaries, the state of an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from writethru.model import Article, Outcome, Reason, Source, TimeBasis


@dataclass(frozen=True, slots=True)
class DueLook:
    """One look that a worker has leased: an article's or a source's."""

    host: str
    due_at: datetime
    article: Article | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one worker asks for: so many hosts until then, so many looks of each."""

    worker: str
    now: datetime
    until: datetime
    hosts: int
    per_host: int


@dataclass(frozen=True, slots=True)
class Budgeted:
    """What a budget leaves.

    Attributes:
        looks: at articles, in all.
        per_host: looks at the articles of one host that are allowed up to now on this day.
        day: days since 1970, UTC.
        paces: how many classes of articles there are.
        worth: of a look, by the article's class and when it was due.
    """

    looks: int
    per_host: int
    day: int
    paces: int
    worth: Callable[[int, datetime], float]


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article as lists show it: with its latest reading and its counts."""

    article: Article
    outlet: str
    headline: str
    byline: str
    published: str | None
    modified: str | None
    first_seen: datetime | None
    last_seen: datetime | None
    basis: TimeBasis | None
    versions: int
    changes: int
    captures: int
    last_outcome: Outcome | None
    last_reason: Reason | None
    last_look_at: datetime | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the change log that later analyses follow."""

    seq: int
    at: datetime
    kind: str  # "article" | "version" | "change" | "outcome" | "absence" | "rebuilt" | "joined"
    article_id: int
    number: int  # version or change number; of "joined" the article it is joined to; or 0


@dataclass(frozen=True, slots=True)
class ArticleState:
    """All that deciding on a new look needs to know of an article.

    Attributes:
        current: number of the version last seen, None before the first.
        numbers: digest -> version number, of all versions.
        last_body_digest: of the last capture whose text was accepted (same or edited).
        pending_digest: text digest of an unconfirmed suspect look just before, or "".
        last_seen: when the current version was last sighted.
        last_change: when the current appearance was first seen.
        latest_capture_at: time of the newest capture of any outcome.
        newest_text_at: when the newest of its texts was first seen; one that came back is not new.
        last_outcome: of the newest capture.
    """

    article: Article
    current: int | None = None
    current_appearance: int = 0
    numbers: tuple[tuple[str, int], ...] = ()
    last_body_digest: str = ""
    pending_digest: str = ""
    last_seen: datetime | None = None
    last_change: datetime | None = None
    latest_capture_at: datetime | None = None
    next_version: int = 1
    newest_text_at: datetime | None = None
    last_outcome: Outcome | None = None
