"""``Store`` on SQLite and PostgreSQL: each method opens the connection, its noun's module does the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

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
from writethru.storage import (
    articles,
    captures,
    changes,
    derived,
    log,
    outlets,
    sources,
    subscriptions,
    tally,
    versions,
)
from writethru.storage.accounts import Accounts
from writethru.storage.belonging_store import BelongingStore
from writethru.storage.connect import Database
from writethru.storage.corrections import Corrections
from writethru.storage.exchange import ExchangeTables
from writethru.storage.feeds import FeedIndex
from writethru.storage.fleet import Workers
from writethru.storage.followers import Followers
from writethru.storage.learnt_store import LearntStore
from writethru.storage.listing import Listing
from writethru.storage.mementos import MementoIndex
from writethru.storage.notices import NoticeJournal
from writethru.storage.reuse import ReuseIndex
from writethru.storage.river import River
from writethru.storage.search import SearchIndex
from writethru.storage.statements import StatementTables
from writethru.storage.store import ArticleState, ArticleSummary, LogEntry
from writethru.storage.stories import StoryTables
from writethru.storage.tally_store import Status
from writethru.storage.watching import WatchingStore
from writethru.storage.withheld import Withholding


class SqlStore(BelongingStore, LearntStore, WatchingStore):
    """See ``Store`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts = versions.Texts()
        self.url = database.url
        self.reuse = ReuseIndex(database)
        self.river = River(database)
        self.stories = StoryTables(database)
        self.withheld = Withholding(database)
        self.accounts = Accounts(database)
        self.search = SearchIndex(database)
        self.exchange = ExchangeTables(database, self._texts)
        self.listing = Listing(database, self._texts)
        self.feeds = FeedIndex(database)
        self.followers = Followers(database)
        self.mementos = MementoIndex(database)
        self.notices = NoticeJournal(database)
        self.statements = StatementTables(database)
        self.corrections = Corrections(database)
        self.tally = tally.Tally(database)
        self.fleet = Workers(database)

    def close(self) -> None:
        """Give up all connections."""
        self._database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; see the rules in ``store``."""
        return self._database.transaction()

    # outlets and sources

    def outlet(self, name: str, host: str = "") -> Outlet:
        """The outlet of this name, made if new."""
        with self._database.read() as connection:
            found = outlets.find(connection, name)
        if found is not None and (found.host or not host):
            return found
        with self._database.write() as connection:
            return outlets.make(connection, name, host)

    def outlets(self) -> Sequence[Outlet]:
        """By name."""
        with self._database.read() as connection:
            return outlets.every(connection)

    def add_source(
        self, kind: SourceKind, url: str, *, outlet_id: int | None, at: datetime, next_look_at: datetime | None
    ) -> tuple[Source, bool]:
        """The source at this URL and whether it is new."""
        with self._database.write() as connection:
            return sources.add(connection, Source(0, kind, url, outlet_id, at, next_look_at))

    def sources(self) -> Sequence[Source]:
        """By id."""
        with self._database.read() as connection:
            return sources.every(connection)

    def update_source(self, source: Source) -> None:
        """Write all fields back. Raises NotInArchive."""
        with self._database.write() as connection:
            sources.write(connection, source)

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
        """One look at a source, with where its evidence stands."""
        look = {"source_id": source_id, "looked_at": at, "status": status, "body_digest": "", "detail": detail}
        look["found"] = found
        with self._database.write() as connection:
            sources.add_look(connection, look, evidence)

    def subscription(self, source_id: int) -> Subscription | None:
        """The WebSub subscription of a source."""
        with self._database.read() as connection:
            return subscriptions.of_source(connection, source_id)

    def subscription_by_token(self, token: str) -> Subscription | None:
        """The one whose callback has this token."""
        with self._database.read() as connection:
            return subscriptions.by_token(connection, token)

    def subscriptions(self) -> Sequence[Subscription]:
        """By source id."""
        with self._database.read() as connection:
            return subscriptions.every(connection)

    def save_subscription(self, known: Subscription) -> None:
        """In place of the one that its source has."""
        with self._database.write() as connection:
            subscriptions.save(connection, known)

    def hasten_source(self, source_id: int, at: datetime) -> None:
        """A source is due at this time, if it was not before."""
        with self._database.write() as connection:
            subscriptions.hasten(connection, source_id, at)

    # articles

    def find_article(self, url: str) -> Article | None:
        """By canonical URL or any alias."""
        with self._database.read() as connection:
            return articles.find(connection, url)

    def article(self, article_id: int) -> Article:
        """Raises NotInArchive."""
        with self._database.read() as connection:
            return articles.get(connection, article_id)

    def add_article(
        self, url: str, *, host: str, outlet_id: int | None, at: datetime, next_look_at: datetime | None, reason: str
    ) -> Article:
        """A new article at this canonical URL; the one there, if another writer was faster."""
        with self._database.write() as connection:
            return articles.add(connection, Article(0, url, host, outlet_id, at, next_look_at, reason))

    def update_article(self, article: Article) -> None:
        """Write all fields back. Raises NotInArchive."""
        with self._database.write() as connection:
            articles.write(connection, article)

    def add_alias(self, article_id: int, url: str, kind: str, at: datetime) -> int:
        """Note a URL; gives the article it belongs to."""
        with self._database.write() as connection:
            return articles.add_alias(connection, articles.NewAlias(article_id, url, kind, at))

    def give_alias(self, url: str, article_id: int, kind: str) -> None:
        """A URL is this article's from now on."""
        with self._database.write() as connection:
            articles.give_alias(connection, url, article_id, kind)

    def release_alias(self, url: str) -> None:
        """Forget a URL that is no article's canonical one."""
        with self._database.write() as connection:
            articles.release_alias(connection, url)

    def article_urls(self, host: str, limit: int) -> Sequence[str]:
        """Canonical URLs of the newest articles at a host, newest first."""
        with self._database.read() as connection:
            return articles.urls_at(connection, host, limit)

    def joined_to(self, article_id: int) -> Sequence[Article]:
        """The articles that turned out to be this one, by id."""
        with self._database.read() as connection:
            return articles.joined_to(connection, article_id)

    def aliases(self, article_id: int) -> Sequence[Alias]:
        """By first_seen, url."""
        with self._database.read() as connection:
            return articles.aliases_of(connection, article_id)

    # captures

    def has_capture(self, article_id: int, look: NewCapture) -> bool:
        """Is the same look there already?"""
        with self._database.read(of_article=article_id) as connection:
            return captures.has(connection, article_id, look)

    def add_capture(self, article_id: int, look: NewCapture) -> Capture:
        """A new capture."""
        with self._database.write(of_article=article_id) as connection:
            return captures.add(connection, article_id, look)

    def set_decision(self, capture_id: int, outcome: Outcome, reason: Reason, detail: str) -> None:
        """Decide a capture anew. Raises NotInArchive."""
        decision = {"outcome": outcome, "reason": reason, "detail": detail}
        with self._database.write() as connection:
            captures.decide(connection, capture_id, decision)

    def capture(self, capture_id: int) -> Capture:
        """Raises NotInArchive."""
        with self._database.read() as connection:
            return captures.get(connection, capture_id)

    def captures(self, article_id: int) -> Sequence[Capture]:
        """By captured_at, id."""
        with self._database.read() as connection:
            return captures.of_article(connection, article_id)

    def newest_look_at(self) -> datetime | None:
        """The time of the newest look of our own."""
        with self._database.read() as connection:
            return captures.newest_look_at(connection)

    def look_ahead_of(self, now: datetime) -> datetime | None:
        """A look of our own later than that."""
        with self._database.read() as connection:
            return captures.look_ahead_of(connection, now)

    def all_captures(self) -> Iterator[Capture]:
        """By id, a page at a time; nothing is kept open between pages."""
        last = 0
        while True:
            with self._database.read() as connection:
                page = captures.page_after(connection, last)
            yield from page
            if len(page) < captures.PAGE:
                return
            last = page[-1].id

    def known_record_ids(self, record_ids: Sequence[str]) -> set[str]:
        """Which of these some capture or source look refers to."""
        with self._database.read() as connection:
            return captures.known_record_ids(connection, record_ids)

    # derived

    def state(self, article_id: int, *, before: Capture | None = None) -> ArticleState:
        """What deciding needs to know. Raises NotInArchive."""
        with self._database.read(of_article=article_id) as connection:
            return derived.state(connection, article_id, before)

    def add_extraction(self, capture_id: int, extraction: Extraction) -> None:
        """What was read from a capture."""
        with self._database.write() as connection:
            captures.add_extraction(connection, capture_id, extraction)

    def extraction_of(self, capture_id: int) -> dict[str, Any] | None:
        """The stored form, without text and blocks."""
        with self._database.read() as connection:
            return captures.extraction_of(connection, capture_id)

    def text_digest_of(self, capture_id: int) -> str:
        """Digest of the text that was read from a capture, "" where none was."""
        with self._database.read() as connection:
            return captures.text_digest_of(connection, capture_id)

    def articles_with_text(self, digest: str) -> Sequence[int]:
        """Ids of the articles that have this text as a version, by id."""
        with self._database.read() as connection:
            return versions.articles_with(connection, digest)

    def add_version(self, article_id: int, text: ArticleText, look: Capture, *, extractor: str) -> int:
        """A new version; returns its number."""
        with self._database.write(of_article=article_id) as connection:
            return versions.add(connection, versions.NewVersion(article_id, text, look, extractor), self._texts)

    def add_appearance(self, article_id: int, version_number: int, look: Capture) -> int:
        """A new appearance; returns its ordinal."""
        with self._database.write(of_article=article_id) as connection:
            return versions.add_appearance(connection, article_id, version_number, look)

    def extend_appearance(self, article_id: int, look: Capture) -> None:
        """The current appearance was sighted once more. Raises NotInArchive."""
        with self._database.write() as connection:
            versions.extend_appearance(connection, article_id, look.look.captured_at)

    def add_change(self, record: ChangeRecord, form: dict[str, Any]) -> None:
        """A change and its edits."""
        with self._database.write() as connection:
            changes.add(connection, record, form)

    def clear_derived(self, article_id: int) -> None:
        """Forget all that was derived for an article."""
        with self._database.write(of_article=article_id) as connection:
            derived.clear(connection, article_id)

    # reading

    def version(self, article_id: int, number: int) -> Version:
        """Raises NotInArchive."""
        with self._database.read() as connection:
            return versions.get(connection, article_id, number)

    def version_text(self, article_id: int, number: int) -> ArticleText:
        """Raises NotInArchive, StorageError."""
        with self._database.read() as connection:
            return versions.text(connection, article_id, number, self._texts)

    def versions(self, article_id: int) -> Sequence[Version]:
        """By number."""
        with self._database.read() as connection:
            return versions.every(connection, article_id)

    def appearances(self, article_id: int) -> Sequence[Appearance]:
        """By ordinal."""
        with self._database.read() as connection:
            return versions.appearances_of(connection, article_id)

    def change(self, article_id: int, number: int) -> tuple[ChangeRecord, dict[str, Any]]:
        """Raises NotInArchive, StorageError."""
        with self._database.read() as connection:
            return changes.get(connection, article_id, number)

    def changes(
        self,
        *,
        article_id: int | None = None,
        limit: int | None = None,
        before: tuple[datetime, int, int] | None = None,
        without: Sequence[Reason] = (),
    ) -> Sequence[ChangeRecord]:
        """Newest first."""
        with self._database.read() as connection:
            return changes.newest(connection, article_id, limit, before, without)

    def article_summaries(
        self, *, limit: int | None = None, after_id: int = 0, article_id: int | None = None
    ) -> Sequence[ArticleSummary]:
        """By article id."""
        with self._database.read() as connection:
            return derived.summaries(connection, limit, after_id, article_id)

    def status(self, now: datetime) -> Status:
        """Counts over the whole archive."""
        with self._database.read() as connection:
            return tally.status(connection, now)

    # the change log

    def log(self, kind: str, article_id: int, number: int, at: datetime) -> None:
        """A line of the change log, there for others when the transaction commits."""
        self._database.note(LogEntry(0, at, kind, article_id, number))

    def log_since(self, seq: int, limit: int) -> Sequence[LogEntry]:
        """By seq, strictly after."""
        with self._database.read() as connection:
            return log.since(connection, seq, limit)
