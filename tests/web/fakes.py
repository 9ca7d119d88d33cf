"""An archive in memory, made of the real nouns and the real comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import TypeVar

from writethru.comparison import Change, compare
from writethru.errors import EvidenceError, InputError, NotInArchive
from writethru.health.alarms import Alarm
from writethru.health.hours import OutletHour
from writethru.health.incidents import Incident, Subject, SubjectKind
from writethru.health.report import Counted, Health, health_of
from writethru.histories import VersionsPage
from writethru.lives import SentencesView, sentences_of
from writethru.model import (
    Alias,
    Appearance,
    Article,
    ArticleText,
    Capture,
    ChangeRecord,
    Medium,
    NewCapture,
    Outcome,
    Outlet,
    Reason,
    Source,
    SourceKind,
    TimeBasis,
    Version,
)
from writethru.publish.feed import NOT_REPORTED
from writethru.river import Order, Stretch, Wanted
from writethru.storage.feed_store import FeedRow, Selection
from writethru.storage.listing_store import ArticleLine, PlannedLook
from writethru.storage.river_store import Matches
from writethru.storage.store import ArticleSummary
from writethru.storage.tally_store import Status
from writethru.storage.withheld_store import Withdrawal
from writethru.views import ArticleView, ChangeRow, ChangeView, Page

Row = TypeVar("Row")
START = datetime(2031, 3, 2, 14, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Look:
    """One look to play: minutes after the start, and a text or why there was none."""

    minutes: float
    text: ArticleText | None = None
    outcome: Outcome = Outcome.SAME
    reason: Reason = Reason.NOT_MODIFIED


@dataclass
class History:
    """Everything the fake knows of one article."""

    summary: ArticleSummary
    versions: list[Version] = field(default_factory=list)
    texts: list[ArticleText] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    records: list[ChangeRecord] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)


class FakeSafety:
    """Nothing is withdrawn, nobody is signed in."""

    def withdrawals(self) -> list[Withdrawal]:
        return []


@lru_cache(maxsize=512)
def _compared(old: ArticleText, new: ArticleText) -> Change:
    """``compare``, once for each pair of texts: a real archive keeps what was found, and does not compare anew."""
    return compare(old, new)


class FakeArchive:
    """What pages, feeds and API ask of ``Archive``, played from looks."""

    def __init__(self) -> None:
        self.played: dict[int, History] = {}
        self.bodies: dict[int, bytes] = {}
        self._next_capture = 1
        self.safety = FakeSafety()

    def play(
        self,
        looks: Sequence[Look],
        *,
        url: str = "",
        outlet: str = "The Harbour Courier",
        start: datetime = START,
        basis: TimeBasis = TimeBasis.OBSERVED,
    ) -> int:
        """Add an article with these looks; returns its id."""
        article_id = len(self.played) + 1
        address = url or f"https://courier.example/news/{article_id}"
        article = Article(
            article_id,
            address,
            "courier.example",
            1,
            start,
            start + timedelta(days=2),
            "0.35 × the time since the last change",
        )
        history = History(_summary(article, outlet))
        self.played[article_id] = history
        for look in looks:
            self._look(history, look, start + timedelta(minutes=look.minutes), basis)
        history.summary = _counted(history)
        return article_id

    def _look(self, history: History, look: Look, at: datetime, basis: TimeBasis) -> None:
        outcome, reason = look.outcome, look.reason
        if look.text is not None:
            outcome, reason = self._text(history, look.text, at, basis)
        seen = outcome in (Outcome.SAME, Outcome.EDITED) and history.appearances
        if seen and outcome is Outcome.SAME:
            last = history.appearances[-1]
            history.appearances[-1] = replace(last, last_seen=at, looks=last.looks + 1)
        body = look.text.to_bytes() if look.text is not None else b""
        new = NewCapture(
            url=history.summary.article.url,
            captured_at=at,
            basis=basis,
            medium=Medium.HTTP,
            outcome=outcome,
            reason=reason,
            status=200 if look.text else None,
            body_digest=look.text.digest() if look.text else "",
        )
        capture = Capture(self._next_capture, history.summary.article.id, new)
        self._next_capture += 1
        history.captures.append(capture)
        if body:
            self.bodies[capture.id] = body

    def _text(self, history: History, text: ArticleText, at: datetime, basis: TimeBasis) -> tuple[Outcome, Reason]:
        digest = text.digest()
        known = {version.digest: version.number for version in history.versions}
        current = history.appearances[-1] if history.appearances else None
        if current is not None and known.get(digest) == current.version_number:
            return Outcome.SAME, Reason.TEXT_EQUAL
        reason = Reason.RETURNED if digest in known else Reason.TEXT_CHANGED if current else Reason.FIRST_SEEN
        if digest not in known:
            known[digest] = len(history.versions) + 1
            history.texts.append(text)
            history.versions.append(_version(history, known[digest], text, at, basis))
        number = known[digest]
        ordinal = len(history.appearances) + 1
        history.appearances.append(Appearance(history.summary.article.id, ordinal, number, at, at, basis, 1))
        if current is not None:
            history.records.append(_record(history, current, number, at, reason))
        return Outcome.EDITED, reason

    # what the faces ask

    def status(self, *, exact: bool = False) -> Status:
        """Counts."""
        histories = self.played.values()
        outcomes: dict[str, int] = {}
        for history in histories:
            for capture in history.captures:
                outcomes[capture.look.outcome.value] = outcomes.get(capture.look.outcome.value, 0) + 1
        return Status(
            outlets=len(self.outlets()),
            sources=len(self.sources()),
            articles=len(self.played),
            versions=sum(len(h.versions) for h in histories),
            changes=sum(len(h.records) for h in histories),
            captures=sum(len(h.captures) for h in histories),
            edits=sum(r.edits for h in histories for r in h.records),
            due=0,
            retired=0,
            next_look_at=START,
            outcomes=outcomes,
        )

    def health(self, *, incidents: int = 50) -> Health:
        """One outlet with a week of figures; an alarm that lasts and one that is over."""
        now = START + timedelta(days=7)
        outlet = Outlet(1, "The <b>Harbour</b> Courier")
        hours = [
            OutletHour(1, START + timedelta(hours=n), n % 3, {Outcome.SAME: 3, Outcome.BLOCKED: n % 2}, {60 + n % 5: 3})
            for n in range(160)
        ]
        subject = Subject(SubjectKind.OUTLET, 1)
        lasting = Incident(2, subject, Alarm.OUTLET_BLOCKED, now, None, "40% of 20 looks, <i>0%</i> before")
        source = Subject(SubjectKind.SOURCE, 1)
        over = Incident(1, source, Alarm.SOURCE_SILENT, START, now, "nothing new since noon")
        one = replace(health_of(outlet, Counted(1, 3, START), hours, now), incidents=(lasting,))
        return Health(now, (one,), (lasting, over) if incidents else (lasting,))

    def outlets(self) -> list[Outlet]:
        """Outlets by name."""
        names = sorted({h.summary.outlet for h in self.played.values()})
        return [Outlet(number, name) for number, name in enumerate(names, start=1)]

    @property
    def store(self) -> SimpleNamespace:
        """Of what pages ask of it, the queue: the first two articles."""
        looks = [
            PlannedLook(
                ArticleLine(key, known.summary.article.url, known.summary.outlet, 1, known.summary.headline, None),
                START,
                "0.35 × the time since the last change",
            )
            for key, known in list(self.played.items())[:2]
        ]
        return SimpleNamespace(listing=SimpleNamespace(next_looks=lambda limit: looks[:limit]))

    def sources(self) -> list[Source]:
        """One source."""
        return [Source(1, SourceKind.FEED, "https://courier.example/feed.xml", 1, START, START, last_look_at=START)]

    def articles(self, *, limit: int | None = None, cursor: str = "") -> Page[ArticleSummary]:
        """Articles by id."""
        rows = [h.summary for h in self.played.values()]
        return _page(rows, limit, cursor)

    def article(self, article_id: int, *, listed: int | None = None) -> ArticleView:
        """One article."""
        history = self._history(article_id)
        return ArticleView(
            summary=history.summary,
            versions=tuple(history.versions),
            appearances=tuple(history.appearances),
            changes=self.changes(article_id=article_id, limit=None).rows[:listed],
            captures=tuple(history.captures),
            aliases=(Alias(history.summary.article.url, "canonical", START, START),),
            extraction=None,
            latest=history.texts[history.appearances[-1].version_number - 1] if history.appearances else None,
            records=tuple(reversed(history.records)),
        )

    def version(self, article_id: int, number: int) -> tuple[Version, ArticleText]:
        """One version."""
        history = self._history(article_id)
        if not 1 <= number <= len(history.versions):
            raise NotInArchive("no such version", key=f"{article_id}/{number}")
        return history.versions[number - 1], history.texts[number - 1]

    def changes(
        self, *, article_id: int | None = None, limit: int | None = 50, cursor: str = "", without: Sequence[Reason] = ()
    ) -> Page[ChangeRow]:
        """Changes, newest first."""
        histories = [h for h in self.played.values() if article_id in (None, h.summary.article.id)]
        rows = [_row(history, record) for history in histories for record in history.records]
        rows = [row for row in rows if row.record.reason not in without]
        rows.sort(key=lambda row: (row.record.before, row.record.article_id, row.record.number), reverse=True)
        return _page(rows, limit, cursor)

    @property
    def happenings(self) -> FakeArchive:
        """This."""
        return self

    def page(self, selection: Selection, limit: int, cursor: str = "") -> Page[FeedRow]:
        """Changes as feeds have them, newest first; kinds and outlets are the only scopes."""
        for article_id in selection.articles:
            self._history(article_id)
        rows = [row for row in map(_feed_row, self.changes(limit=None).rows) if _is_in(selection, row)]
        return _page(rows, limit, cursor)

    def difference(self, record: ChangeRecord) -> Change:
        """What differs."""
        return self.change(record.article_id, record.number).change

    def change(self, article_id: int, number: int) -> ChangeView:
        """One change."""
        history = self._history(article_id)
        if not 1 <= number <= len(history.records):
            raise NotInArchive("no such change", key=f"{article_id}/{number}")
        record = history.records[number - 1]
        view = self.compare_versions(article_id, record.from_version, record.to_version)
        following = number + 1 if number < len(history.records) else None
        return replace(view, record=record, previous=number - 1 or None, next=following)

    def compare_versions(self, article_id: int, old: int, new: int) -> ChangeView:
        """Any two versions."""
        (old_version, old_text), (new_version, new_text) = (self.version(article_id, n) for n in (old, new))
        return ChangeView(
            summary=self._history(article_id).summary,
            record=None,
            change=_compared(old_text, new_text),
            old=old_text,
            new=new_text,
            old_version=old_version,
            new_version=new_version,
            old_capture=None,
            new_capture=None,
            previous=None,
            next=None,
        )

    @property
    def river(self) -> FakeRiver:
        """Changes by what they are."""
        return FakeRiver(self)

    def sentences(self, article_id: int) -> SentencesView:
        """The lives of all sentences."""
        history = self._history(article_id)
        texts = dict(enumerate(history.texts, 1))
        return sentences_of(history.summary, history.appearances, texts, 0)

    def captures(self, article_id: int) -> list[Capture]:
        """Looks at an article."""
        return self._history(article_id).captures

    @property
    def histories(self) -> FakeHistories:
        """An article's versions and looks."""
        return FakeHistories(self)

    def raw_capture(self, capture_id: int) -> bytes:
        """The bytes of a look."""
        if capture_id >= self._next_capture:
            raise NotInArchive("no such capture", key=capture_id)
        if capture_id not in self.bodies:
            raise EvidenceError("this look brought no body", key=capture_id)
        return self.bodies[capture_id]

    def _history(self, article_id: int) -> History:
        if article_id not in self.played:
            raise NotInArchive("no such article", key=article_id)
        return self.played[article_id]


class FakeHistories:
    """``Histories`` by counting."""

    def __init__(self, archive: FakeArchive) -> None:
        self.archive = archive

    def versions(self, article_id: int, *, limit: int, cursor: str = "") -> VersionsPage:
        """Versions of an article, a page at a time."""
        view = self.archive.article(article_id)
        page = _page(view.versions, limit, cursor)
        numbers = {version.number for version in page.rows}
        seen = tuple(one for one in view.appearances if one.version_number in numbers)
        return VersionsPage(page.rows, seen, page.cursor)

    def summary(self, article_id: int) -> ArticleSummary:
        """The article in short."""
        return self.archive.article(article_id).summary

    def captures(self, article_id: int, *, limit: int, cursor: str = "") -> Page[Capture]:
        """Looks at an article, a page at a time."""
        return _page(self.archive.captures(article_id), limit, cursor)


class FakeRiver:
    """``River`` by looking at every change."""

    def __init__(self, archive: FakeArchive) -> None:
        self.archive = archive

    def outlets(self) -> list[Outlet]:
        """Outlets by name."""
        return self.archive.outlets()

    def standing(self) -> str:
        """Not known: the tests write as they like, and nothing is kept."""
        return ""

    def sections(self) -> list[str]:
        """Two, of which none has a change here."""
        return ["Business", "World & <b>Weather</b>"]

    def page(self, wanted: Wanted, *, limit: int, cursor: str = "") -> Stretch:
        """One page."""
        page = _page(self._fitting(wanted), limit, cursor)
        return Stretch(page.rows, page.cursor)

    def count(self, wanted: Wanted) -> Matches:
        """How many fit."""
        return Matches(len(self._fitting(wanted)), True)

    def _fitting(self, wanted: Wanted) -> list[ChangeRow]:
        names = {outlet.id: outlet.name for outlet in self.outlets()}
        rows = [
            row
            for row in self.archive.changes(limit=None, without=NOT_REPORTED).rows
            if wanted.outlet in (None, *(number for number, name in names.items() if name == row.outlet))
            and (not wanted.kind or wanted.kind in row.record.kinds)
            and not wanted.section
            and (wanted.since is None or row.record.before >= wanted.since)
            and (wanted.until is None or row.record.before < wanted.until + timedelta(days=1))
        ]
        return rows if wanted.order is Order.NEWEST else sorted(rows, key=lambda row: -row.record.significance)


def _feed_row(row: ChangeRow) -> FeedRow:
    record = row.record
    return FeedRow(record.before, record.article_id, record.number, row.url, row.outlet, row.headline, record)


def _is_in(selection: Selection, row: FeedRow) -> bool:
    record = row.record
    facets = {"", "outlet:1", *(f"kind:{kind}" for kind in record.kinds)} if record else set()
    return selection.facet in facets and (not selection.articles or row.article_id in selection.articles)


def _summary(article: Article, outlet: str) -> ArticleSummary:
    return ArticleSummary(
        article=article,
        outlet=outlet,
        headline="",
        byline="",
        published=None,
        modified=None,
        first_seen=None,
        last_seen=None,
        basis=None,
        versions=0,
        changes=0,
        captures=0,
        last_outcome=None,
        last_reason=None,
        last_look_at=None,
        notes=("no date on the page",),
    )


def _counted(history: History) -> ArticleSummary:
    last = history.captures[-1].look if history.captures else None
    latest = history.texts[history.appearances[-1].version_number - 1] if history.appearances else ArticleText()
    return replace(
        history.summary,
        headline=latest.headline,
        byline=latest.byline,
        first_seen=history.appearances[0].first_seen if history.appearances else None,
        last_seen=history.appearances[-1].last_seen if history.appearances else None,
        basis=history.appearances[-1].basis if history.appearances else None,
        versions=len(history.versions),
        changes=len(history.records),
        captures=len(history.captures),
        last_outcome=last.outcome if last else None,
        last_reason=last.reason if last else None,
        last_look_at=last.captured_at if last else None,
    )


def _version(history: History, number: int, text: ArticleText, at: datetime, basis: TimeBasis) -> Version:
    return Version(
        article_id=history.summary.article.id,
        number=number,
        digest=text.digest(),
        headline=text.headline,
        words=len(text.text.split()),
        label="",
        first_seen=at,
        last_seen=at,
        basis=basis,
        appearances=1,
        extractor="page/1",
    )


def _record(history: History, current: Appearance, number: int, at: datetime, reason: Reason) -> ChangeRecord:
    change = _compared(history.texts[current.version_number - 1], history.texts[number - 1])
    return ChangeRecord(
        article_id=history.summary.article.id,
        number=current.ordinal,
        from_version=current.version_number,
        to_version=number,
        after=current.last_seen,
        before=at,
        basis=current.basis,
        summary=change.summary,
        kinds=tuple(kind.value for kind in change.kinds),
        significance=change.significance,
        edits=len(change.edits),
        reason=reason,
    )


def _row(history: History, record: ChangeRecord) -> ChangeRow:
    change = _compared(history.texts[record.from_version - 1], history.texts[record.to_version - 1])
    first = next((edit for edit in change.edits if edit.old_text or edit.new_text), None)
    excerpt = (first.old_text[:160], first.new_text[:160]) if first else ("", "")
    summary = history.summary
    return ChangeRow(record, summary.article.url, summary.outlet, summary.headline, excerpt)


def _page(rows: Sequence[Row], limit: int | None, cursor: str) -> Page[Row]:
    if cursor and not cursor.isdigit():
        raise InputError("not a cursor of this listing", key=cursor)
    start = int(cursor or 0)
    end = len(rows) if limit is None else start + limit
    return Page(tuple(rows[start:end]), str(end) if end < len(rows) else "")
