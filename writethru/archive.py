"""The service layer: everything the CLI, the web pages and the API can do.

``writethru.open(db_url)`` gives an ``Archive``. Faces talk to it and to nothing below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from writethru import cursors
from writethru.article_views import article_view, compared_versions, stored_change
from writethru.config import Config
from writethru.errors import NotInArchive
from writethru.evidence import EvidenceFolder
from writethru.evidence.cold import store_at
from writethru.listing import change_rows, summary_of
from writethru.model import (
    ArticleText,
    Capture,
    Outlet,
    Reason,
    Source,
    SourceKind,
    Subscription,
    Version,
)
from writethru.services import Services
from writethru.storage import open_store
from writethru.storage.store import ArticleSummary, LogEntry, Store
from writethru.storage.tally_store import Status
from writethru.views import ArticleView, ChangeRow, ChangeView, Page
from writethru.watch.payload import PayloadReader

if TYPE_CHECKING:
    from writethru.analyse.follow import FollowReport
    from writethru.health.report import Health
    from writethru.lives import SentencesView
    from writethru.safety.service import Safety
    from writethru.watch.add import Added
    from writethru.watch.beside import Beside as Besides
    from writethru.watch.clock import Clock
    from writethru.watch.intake import ImportReport
    from writethru.watch.loop import Watcher
    from writethru.watch.profile_view import OutletProfileView
    from writethru.watch.rebuild import RebuildReport
    from writethru.watch.reextract import ReextractReport
    from writethru.watch.report import WatchReport
    from writethru.watch.verify import CaptureProof, VerifyReport

REMEMBERED = 8
"""How many articles' sentences, once followed, are kept until their texts change."""

Progress = Callable[[int, int | None, str], None]


def open_archive(db_url: str = "writethru.db", config: Config | None = None) -> Archive:
    """Open an archive, making it if it is new.

    Args:
        db_url: a path, ``sqlite:///path`` or ``postgresql://user:password@host/name``.
        config: other settings; its database is replaced by ``db_url``.

    Raises:
        StorageError: the database does not answer, refuses, or is of a newer schema.
    """
    settings = (config or Config()).with_database(db_url)
    return Archive(open_store(db_url), settings)


class Archive(Services):
    """An open archive: a store, its evidence folder and the settings.

    Usable as a context manager. Safe to share between threads for reading.
    """

    def __init__(self, store: Store, config: Config | None = None) -> None:
        self.store = store
        self.config = config or Config()
        self.evidence = EvidenceFolder(self.config.evidence_folder(), cold=store_at(self.config.archive.cold_url))
        self._followed: dict[int, tuple[object, SentencesView]] = {}

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def now(self) -> datetime:
        """The clock's moment; where a replay's clock was ahead of it, that of its newest look."""
        now = datetime.now(UTC)
        return self.store.look_ahead_of(now) or now

    # reading

    def status(self, *, exact: bool = False) -> Status:
        """Counts over the whole archive; of a large one as they were last taken, unless they must be exact."""
        return (self.store.tally.count if exact else self.store.status)(self.now())

    def health(self, *, incidents: int = 50) -> Health:
        """How outlets and sources are doing, with the latest alarms (at most so many, besides all that last)."""
        from writethru.watch.health import report

        return report(self.store, self.now(), incidents)

    def outlets(self) -> list[Outlet]:
        """All outlets by name."""
        return list(self.store.outlets())

    def sources(self) -> list[Source]:
        """All sources by id."""
        return list(self.store.sources())

    def opml(self) -> bytes:
        """The feeds as OPML 2.0, each under its outlet's name."""
        from writethru.sources.opml import Outline, write_opml

        names = {outlet.id: outlet.name for outlet in self.store.outlets()}
        feeds = [source for source in self.store.sources() if source.kind is SourceKind.FEED]
        outlines = (Outline(feed.url, names.get(feed.outlet_id or 0, "")) for feed in feeds)
        return write_opml("Feeds watched by Writethru", outlines)

    def articles(self, *, limit: int | None = None, cursor: str = "") -> Page[ArticleSummary]:
        """Articles by id, without those that turned out to be another. A malformed cursor raises InputError."""
        after = cursors.numbers(cursor, 1)[0] if cursor else 0
        rows = self.store.article_summaries(limit=None if limit is None else limit + 1, after_id=after)
        if limit is None or len(rows) <= limit:
            return Page(_alone(rows))
        return Page(_alone(rows[:limit]), str(rows[limit - 1].article.id))

    def article(self, article_id: int, *, listed: int | None = None) -> ArticleView:
        """One article with its history, and with so many of its newest changes. Raises NotInArchive."""
        return article_view(self.store, article_id, listed=listed)

    def version(self, article_id: int, number: int) -> tuple[Version, ArticleText]:
        """One version and its text. Raises NotInArchive."""
        return self.store.version(article_id, number), self.store.version_text(article_id, number)

    def changes(
        self, *, article_id: int | None = None, limit: int | None = 50, cursor: str = "", without: Sequence[Reason] = ()
    ) -> Page[ChangeRow]:
        """Changes, newest first, but for those with a reason in ``without``.

        A malformed cursor raises InputError, no such article NotInArchive.
        """
        if article_id is not None:
            self.store.article(article_id)
        before = cursors.change_key(cursor) if cursor else None
        most = None if limit is None else limit + 1
        records = self.store.changes(article_id=article_id, limit=most, before=before, without=without)
        more = limit is not None and len(records) > limit
        shown = records[:limit] if limit is not None else records
        rows = tuple(change_rows(self.store, shown))
        return Page(rows, cursors.of_change(shown[-1]) if more else "")

    def change(self, article_id: int, number: int) -> ChangeView:
        """One stored change. Raises NotInArchive."""
        return stored_change(self.store, article_id, number)

    def compare_versions(self, article_id: int, old: int, new: int) -> ChangeView:
        """Any two versions of one article (``record`` is None). Raises NotInArchive."""
        return compared_versions(self.store, article_id, old, new)

    def sentences(self, article_id: int) -> SentencesView:
        """Every sentence of an article through all its versions: what brought it, what it was, what was lost.

        Bounded as ``lives`` says; the last ones asked for are remembered. Raises NotInArchive.
        """
        from writethru.lives import sentences_of, within_bounds

        versions, appearances = self.store.versions(article_id), self.store.appearances(article_id)
        state = article_id, tuple(appearances), tuple(version.digest for version in versions)
        kept = self._followed.get(article_id)
        if kept is not None and kept[0] == state:
            return kept[1]
        summary = summary_of(self.store, article_id)
        followed = within_bounds(appearances, versions)
        numbers = [appearance.version_number for appearance in followed] or [0]
        texts = self.store.listing.texts(article_id, min(numbers), max(numbers))
        view = sentences_of(summary, followed, texts, len(appearances) - len(followed))
        for oldest in list(self._followed)[: -REMEMBERED + 1]:
            self._followed.pop(oldest, None)
        self._followed[article_id] = state, view
        return view

    def captures(self, article_id: int) -> list[Capture]:
        """All looks at an article, in time. Raises NotInArchive."""
        self.store.article(article_id)
        return list(self.store.captures(article_id))

    def raw_capture(self, capture_id: int) -> bytes:
        """The decoded body of a capture, from the evidence. Raises NotInArchive, EvidenceError."""
        body = PayloadReader(self.evidence, self.store).body_of(self.store.capture(capture_id))
        if body is None:
            raise NotInArchive("this look brought no body; see its outcome and reason", key=capture_id)
        return body

    def log_since(self, seq: int, limit: int) -> list[LogEntry]:
        """The change log after ``seq``."""
        return list(self.store.log_since(seq, limit))

    @cached_property
    def safety(self) -> Safety:
        """Signing in, writing through a face, withdrawing; all of it is journalled."""
        from writethru.safety.service import Safety

        return Safety(self.store, self.evidence, self.watcher)

    def subscriptions(self) -> list[Subscription]:
        """WebSub subscriptions of feeds, by source id."""
        return list(self.store.subscriptions())

    # doing

    def analyse(
        self, *, progress: Progress | None = None, stopped: Callable[[], bool] | None = None
    ) -> list[FollowReport]:
        """Bring every analysis up to the latest line of the change log, or until ``stopped``."""
        from writethru.analyse.running import run_all

        done = run_all(self.store, encoder=self.config.events.encoder, progress=progress, stopped=stopped)
        return [*done, self.search.follow(progress=progress)]

    def websub_confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """The answer to a hub that asks whether we meant to subscribe; None: we did not."""
        from writethru.watch.subscribing import confirm

        return confirm(self.store, token, query, datetime.now(UTC))

    def websub_deliver(self, token: str, signature: str, body: bytes) -> bool:
        """Take a hub's delivery: with the right signature its feed is read at once."""
        from writethru.watch.subscribing import deliver

        return deliver(self.store, token, signature, body, datetime.now(UTC))

    def import_paths(
        self, paths: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None
    ) -> ImportReport:
        """Bring files in; a bad one is reported and skipped, the rest goes in. See ``watch.intake``."""
        from writethru.watch.intake import Intake

        report = Intake(self.store, self.evidence).run(paths, dry_run=dry_run, progress=progress)
        self.search.follow()
        return report

    def watcher(self, clock: Clock | None = None) -> Watcher:
        """The loop over this archive, on the system's clock or another."""
        from writethru.analyse.running import Beside
        from writethru.notify.beside import Errands
        from writethru.notify.running import errand_of, is_wanted
        from writethru.watch.beside import Together
        from writethru.watch.loop import Watcher

        beside: list[Besides] = [Beside(self.store, self.config.archive.database, self.config.events.encoder)]
        if is_wanted(self.config):
            now = None if clock is None else clock.now
            beside.append(Errands(lambda: errand_of(self.store, self.config, None if now is None else now())))
        return Watcher(self.store, self.evidence, self.config, clock, Together(beside))

    def watch_once(self, *, progress: Progress | None = None) -> WatchReport:
        """Look at all that is due now."""
        with self.watcher() as watcher:
            return watcher.run_once(progress=progress)

    def add(self, urls: Sequence[str], clock: Clock | None = None) -> list[Added]:
        """Find out what each URL is and watch it. One that cannot be added says why."""
        from writethru.watch.add import add_urls
        from writethru.watch.settings import allow_hosts, private_hosts

        allow_hosts(self.store, private_hosts(urls))
        with self.watcher(clock) as watcher:
            return add_urls(watcher, urls)

    def verify(self, *, roots: Mapping[str, str] | None = None, progress: Progress | None = None) -> VerifyReport:
        """Re-read and re-hash all evidence, all version texts and what refers to what.

        Args:
            roots: day to root as known from elsewhere, to hold the ledger against.
        """
        from writethru.watch.verify import Anchors, verify

        authorities = Path(self.config.archive.timestamp_ca) if self.config.archive.timestamp_ca else None
        return verify(self.store, self.evidence, Anchors(roots or {}, authorities), progress=progress)

    def prove(self, capture_id: int) -> CaptureProof:
        """That the record of a capture was in the evidence of a sealed day. Raises NotInArchive, EvidenceError."""
        from writethru.watch.verify import prove

        return prove(self.store, self.evidence, capture_id)

    def stamp(self) -> list[str]:
        """Seal the last day if it is over and have sealed days time-stamped; the days that are stamped now.

        Raises:
            ConfigError: no authority is set.
            FetchError, EvidenceError: it does not answer as it should.
        """
        from writethru.watch.belonging import note_roots
        from writethru.watch.stamping import stamp_days

        self.evidence.seal()
        note_roots(self.store, self.evidence, datetime.now(UTC))
        return stamp_days(self.evidence, self.config.archive.timestamp_url)

    def rebuild(self, *, progress: Progress | None = None) -> RebuildReport:
        """Derive everything again from the evidence."""
        from writethru.watch.rebuild import rebuild

        report = rebuild(self.store, self.evidence, datetime.now(UTC), progress=progress)
        self.search.rebuild()
        return report

    def reextract(self, *, write: bool = False, progress: Progress | None = None) -> ReextractReport:
        """Read the whole history again with today's reader, rules and profiles; ``write``: and keep it."""
        from writethru.watch.payload import PayloadReader
        from writethru.watch.record import Recorder
        from writethru.watch.reextract import reextract
        from writethru.watch.rulebook import RuleBook

        body_of = PayloadReader(self.evidence, self.store).body_of
        recorder = Recorder(self.store, body_of, RuleBook.beside(self.evidence.path))
        report = reextract(self.store, recorder, datetime.now(UTC), write=write, progress=progress)
        self.search.follow()
        return report

    def outlet_profile(self, name: str) -> OutletProfileView:
        """What was learnt of an outlet's hosts. Raises NotInArchive."""
        from writethru.watch.profile_view import view_profile

        return view_profile(self.store, name)


def _alone(rows: Sequence[ArticleSummary]) -> tuple[ArticleSummary, ...]:
    return tuple(row for row in rows if row.article.same_as is None)
