"""The contract between Writethru and its database.

Rules that every implementation keeps:

* **Threads**: a ``Store`` may be shared by threads; each transaction belongs to the
  thread that opened it. Read methods work inside and outside a transaction.
* **Writes** happen inside ``with store.transaction():`` and are all or nothing;
  transactions of one thread nest: an inner one that is left by an exception is undone
  alone, and the outermost commits. Outside one, each write method is its own
  transaction. After a failed write, the innermost transaction around it can only be
  left: it refuses further writes and never commits.
* **Times** go in and come out UTC-aware; a naive one raises ``ValueError``.
* **Errors** are ``StorageError`` or a subclass; a missing row raises ``NotInArchive``
  where the method says so and is ``None`` only where the type says so.
* **Order** of every listing is stated and total, so that paging is stable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from writethru.health.templates import TemplateShift
from writethru.model import (
    Alias,
    Appearance,
    Article,
    ArticleText,
    Capture,
    ChangeRecord,
    EvidenceRef,
    Extraction,
    NewCapture,
    Outcome,
    Outlet,
    Reason,
    Source,
    SourceKind,
    Subscription,
    Version,
)
from writethru.storage.accounts_store import AccountStore
from writethru.storage.correction_store import CorrectionStore
from writethru.storage.exchange_store import ExchangeStore
from writethru.storage.feed_store import FeedStore
from writethru.storage.fleet_store import FleetStore
from writethru.storage.learnt import FormerVersion, ProfileState, TemplateChange
from writethru.storage.listing_store import ListingStore
from writethru.storage.memento_store import MementoStore
from writethru.storage.notice_store import NoticeStore
from writethru.storage.reuse_store import FollowerStore, ReuseStore
from writethru.storage.river_store import RiverStore
from writethru.storage.rows import ArticleState, ArticleSummary, Budgeted, Claim, DueLook, LogEntry
from writethru.storage.search_store import SearchStore
from writethru.storage.statement_store import StatementStore
from writethru.storage.story_store import StoryStore
from writethru.storage.tally_store import Status, TallyStore
from writethru.storage.watching_store import Watching
from writethru.storage.withheld_store import WithheldStore

__all__ = [
    "ArticleState",
    "ArticleSummary",
    "Budgeted",
    "Claim",
    "DueLook",
    "Learnt",
    "LogEntry",
    "Store",
]


class Learnt(Protocol):
    """What was learnt from readings: article memories, profiles by host, rules in use, replaced readings."""

    def memory(self, article_id: int) -> dict[str, Any] | None:
        """``ArticleMemory.to_dict()`` of the last accepted reading, without the fingerprint."""

    def fingerprint(self, article_id: int) -> str:
        """Its fingerprint alone (see ``extraction.unchanged``), "" where there is none."""

    def keep_memory(self, article_id: int, digest: str, form: dict[str, Any]) -> None:
        """Replace an article's memory; ``clear_derived`` forgets it."""

    def working_profile(self, host: str) -> ProfileState | None:
        """The profile of a host that is still being learnt (serial 0)."""

    def profile_at(self, host: str, at: datetime) -> ProfileState | None:
        """The newest finished state that rests on captures before ``at`` only."""

    def profiles(self, host: str) -> Sequence[ProfileState]:
        """By serial, the working one first."""

    def keep_profile(self, state: ProfileState) -> None:
        """Write a state; serial 0 replaces the one before, a finished one must be new."""

    def forget_profiles(self) -> None:
        """All of all hosts, before history is read again."""

    def note_template(self, change: TemplateChange) -> None:
        """An article's text stood in another template; kept once for each capture."""

    def templates(self, host: str) -> Sequence[TemplateChange]:
        """By time, then capture."""

    def template_shifts(self, since: datetime) -> Sequence[TemplateShift]:
        """Of each outlet whose articles were found in another template since then."""

    def keep_rules(self, digest: str, name: str, text: str, at: datetime) -> None:
        """A site rule file that a page was read with; known ones stay as they are."""

    def rules(self, digest: str) -> str | None:
        """The text of a rule file that was used."""

    def keep_former(self, former: FormerVersion) -> None:
        """A version that is about to be replaced by another reading of the same evidence."""

    def former_versions(self, article_id: int) -> Sequence[FormerVersion]:
        """In the order in which they were replaced."""


class Store(Learnt, Watching, Protocol):
    """See the module docstring for the rules."""

    url: str  # without password

    @property
    def reuse(self) -> ReuseStore:
        """Shared text: its index, and the pairs found."""

    @property
    def river(self) -> RiverStore:
        """Changes by outlet, kind, section and time."""

    @property
    def stories(self) -> StoryStore:
        """Events and storylines, and the journal of memberships."""

    @property
    def accounts(self) -> AccountStore:
        """Who may write, what was written by whom, and what is paused."""

    @property
    def withheld(self) -> WithheldStore:
        """Withdrawn articles, which no other query finds."""

    @property
    def search(self) -> SearchStore:
        """Words of all versions, saved searches."""

    @property
    def exchange(self) -> ExchangeStore:
        """The whole record, table by table."""

    @property
    def listing(self) -> ListingStore:
        """What a page of a listing needs, in one query."""

    @property
    def corrections(self) -> CorrectionStore:
        """What editors say of what versions state."""

    @property
    def statements(self) -> StatementStore:
        """What versions state."""

    @property
    def fleet(self) -> FleetStore:
        """Who watches."""

    @property
    def tally(self) -> TallyStore:
        """Counts over the whole archive."""

    @property
    def notices(self) -> NoticeStore:
        """The journal of notifications."""

    @property
    def mementos(self) -> MementoStore:
        """Looks by time, as mementos."""

    @property
    def feeds(self) -> FeedStore:
        """Entries of feeds, and when articles were away."""

    @property
    def followers(self) -> FollowerStore:
        """How far each analysis has followed the change log."""

    def close(self) -> None: ...
    def transaction(self) -> AbstractContextManager[None]: ...

    # outlets and sources
    def outlet(self, name: str, host: str = "") -> Outlet:
        """The outlet of this name, made if new."""

    def outlets(self) -> Sequence[Outlet]:
        """By name."""

    def add_source(
        self, kind: SourceKind, url: str, *, outlet_id: int | None, at: datetime, next_look_at: datetime | None
    ) -> tuple[Source, bool]:
        """The source at this URL and whether it is new."""

    def sources(self) -> Sequence[Source]:
        """By id."""

    def update_source(self, source: Source) -> None:
        """Write all fields of a source back (by id)."""

    def add_source_look(
        self,
        source_id: int,
        at: datetime,
        *,
        status: int | None,
        evidence: EvidenceRef | None,
        detail: str = "",
        found: int = 0,
    ) -> None:
        """Keep one look at a source, with where its evidence stands (for ``known_record_ids``)."""

    def subscription(self, source_id: int) -> Subscription | None:
        """The WebSub subscription of a source."""

    def subscription_by_token(self, token: str) -> Subscription | None:
        """The one whose callback has this token."""

    def subscriptions(self) -> Sequence[Subscription]:
        """By source id."""

    def save_subscription(self, known: Subscription) -> None:
        """In place of the one that its source has."""

    def hasten_source(self, source_id: int, at: datetime) -> None:
        """A source is due at this time, if it was not before."""

    # articles
    def find_article(self, url: str) -> Article | None:
        """By canonical URL or any alias (exact string; callers canonicalise)."""

    def article(self, article_id: int) -> Article:
        """Raises NotInArchive."""

    def add_article(
        self, url: str, *, host: str, outlet_id: int | None, at: datetime, next_look_at: datetime | None, reason: str
    ) -> Article:
        """A new article at this canonical URL (its own first alias).

        Where an article has this URL already, that one is given back unchanged."""

    def update_article(self, article: Article) -> None:
        """Write all fields of an article back (by id): schedule, validators, outlet."""

    def add_alias(self, article_id: int, url: str, kind: str, at: datetime) -> int:
        """Note a URL of the article; seen again, its last_seen (or first_seen) widens.

        A URL belongs to one article at most, to the first that had it: its id is given
        back, and where it is another one nothing is written."""

    def give_alias(self, url: str, article_id: int, kind: str) -> None:
        """A URL that some article has is this one's from now on, as this kind; its dates stay."""

    def release_alias(self, url: str) -> None:
        """Forget a URL that rested on a page's word alone; never an article's canonical one."""

    def article_urls(self, host: str, limit: int) -> Sequence[str]:
        """Canonical URLs of the newest articles at a host, newest first."""

    def joined_to(self, article_id: int) -> Sequence[Article]:
        """The articles that turned out to be this one (``same_as``), by id."""

    def aliases(self, article_id: int) -> Sequence[Alias]:
        """By first_seen, url."""

    # captures: immutable observations, except that a rebuild may decide them anew
    def has_capture(self, article_id: int, look: NewCapture) -> bool:
        """Is one with the same (captured_at or basis imported/relative, body_digest, part) there?"""

    def add_capture(self, article_id: int, look: NewCapture) -> Capture: ...
    def set_decision(self, capture_id: int, outcome: Outcome, reason: Reason, detail: str) -> None: ...
    def capture(self, capture_id: int) -> Capture:
        """Raises NotInArchive."""

    def captures(self, article_id: int) -> Sequence[Capture]:
        """In the order they are to be read: captured_at, then id."""

    def newest_look_at(self) -> datetime | None:
        """The time of the newest look of our own, None before the first."""

    def look_ahead_of(self, now: datetime) -> datetime | None:
        """The time of the newest look of our own if it is later than ``now`` and among the latest few of all looks."""

    def all_captures(self) -> Iterator[Capture]:
        """By id, streamed."""

    def known_record_ids(self, record_ids: Sequence[str]) -> set[str]:
        """Which of these WARC-Record-IDs some capture or source look refers to."""

    # derived
    def state(self, article_id: int, *, before: Capture | None = None) -> ArticleState:
        """Raises NotInArchive. In a transaction, no other writer changes the article until it ends.

        ``before``: as if only the captures read before this one were there (captured_at, then
        id); for a rebuild, which decides a capture by what was known when it was made."""

    def add_extraction(self, capture_id: int, extraction: Extraction) -> None: ...
    def extraction_of(self, capture_id: int) -> dict[str, Any] | None:
        """``Extraction.to_dict()`` without text and blocks (those are the version's)."""

    def text_digest_of(self, capture_id: int) -> str:
        """Digest of the text that was read from a capture, "" where none was."""

    def articles_with_text(self, digest: str) -> Sequence[int]:
        """Ids of the articles that have this text as a version, by id."""

    def add_version(self, article_id: int, text: ArticleText, look: Capture, *, extractor: str) -> int:
        """A new version (next number), and its text; returns the number."""

    def add_appearance(self, article_id: int, version_number: int, look: Capture) -> int:
        """A new appearance starting at this look; returns its ordinal."""

    def extend_appearance(self, article_id: int, look: Capture) -> None:
        """The current appearance was sighted once more."""

    def add_change(self, record: ChangeRecord, form: dict[str, Any]) -> None:
        """A change and its edits. ``form`` is ``compare.Change.to_dict()``."""

    def clear_derived(self, article_id: int) -> None:
        """Forget extractions, versions, appearances, changes and edits of an article."""

    # reading
    def version(self, article_id: int, number: int) -> Version:
        """Raises NotInArchive."""

    def version_text(self, article_id: int, number: int) -> ArticleText:
        """At most 10 decodes; the digest is checked. Raises NotInArchive."""

    def versions(self, article_id: int) -> Sequence[Version]:
        """By number."""

    def appearances(self, article_id: int) -> Sequence[Appearance]:
        """By ordinal."""

    def change(self, article_id: int, number: int) -> tuple[ChangeRecord, dict[str, Any]]:
        """The change and ``Change.to_dict()`` as stored. Raises NotInArchive."""

    def changes(
        self,
        *,
        article_id: int | None = None,
        limit: int | None = None,
        before: tuple[datetime, int, int] | None = None,
        without: Sequence[Reason] = (),
    ) -> Sequence[ChangeRecord]:
        """Newest first by (before, article_id, number); ``before`` is such a key to continue from.

        Changes for one of the reasons ``without`` are left out."""

    def article_summaries(
        self, *, limit: int | None = None, after_id: int = 0, article_id: int | None = None
    ) -> Sequence[ArticleSummary]:
        """By article id."""

    def status(self, now: datetime) -> Status: ...

    # the change log
    def log(self, kind: str, article_id: int, number: int, at: datetime) -> None:
        """Add a line; it is numbered and can be read when the outermost transaction commits."""

    def log_since(self, seq: int, limit: int) -> Sequence[LogEntry]:
        """By seq, strictly after."""

    # what this archive is
    def identity(self) -> str:
        """The name that its evidence folder bears too, "" before it has one."""

    def name_archive(self, name: str) -> str:
        """Give it a name unless it has one; the one it has."""

    def noted_seals(self) -> Mapping[str, str]:
        """Day to root of the sealed days that were noted, in order."""

    def note_seals(self, roots: Mapping[str, str], at: datetime) -> None:
        """Note roots; one that is noted stays as it is."""
