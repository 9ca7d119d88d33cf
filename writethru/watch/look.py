"""One look at one due article or source, from the visit to the next date."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from writethru.errors import InputError, Withdrawn
from writethru.model import Article, Medium, NewCapture, Outcome, Reason, Source, TimeBasis
from writethru.schedule import next_source_look
from writethru.schedule.choice import pace_of
from writethru.storage.store import DueLook, Store
from writethru.storage.withheld_store import KEPT
from writethru.text.urls import canonical
from writethru.watch.clock import Clock
from writethru.watch.finding import Finder
from writethru.watch.joining import PERHAPS, Joiner
from writethru.watch.pacing import Pacing
from writethru.watch.record import UNDECIDED, Recorded, Recorder, Sighting
from writethru.watch.revisits import hint_of, payload_after
from writethru.watch.subscribing import Subscriber
from writethru.watch.visit import Before, Visit, Visitor

LEAST_PAUSE: Final = timedelta(minutes=1)
"""A host that asked for time is never asked again sooner than this."""


OWN_FAILURE_PAUSE: Final = timedelta(hours=1)
"""How long an article rests after a look on which we failed ourselves."""


@dataclass(frozen=True, slots=True)
class LookDone:
    """What one look came to, for the loop's report.

    Attributes:
        outcome: of an article look; None for a source.
        found: new articles that a source brought.
        postponed: the host asked for time, nothing was fetched.
    """

    what: str
    outcome: Outcome | None = None
    made_version: bool = False
    made_change: bool = False
    found: int = 0
    postponed: bool = False


class Looker:
    """Makes looks and stores what they come to.

    Args:
        store, recorder, visitor, clock, pacing: the parts it drives.
        stop: when set, what was not begun is left due.
    """

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        visitor: Visitor,
        clock: Clock,
        pacing: Pacing,
        stop: threading.Event,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._visitor = visitor
        self._clock = clock
        self._pacing = pacing
        self._stop = stop
        self._joiner = Joiner(store)
        self._finder = Finder(store, self._joiner)
        self._subscriber = Subscriber(store, visitor, "")

    def use(self, stop: threading.Event) -> None:
        """Stop when this is set."""
        self._stop = stop

    def deliver_to(self, base_url: str) -> None:
        """Hubs may deliver at this public address of our pages; "" = no hub is asked."""
        self._subscriber = Subscriber(self._store, self._visitor, base_url)

    def put_off(self, due: DueLook) -> None:
        """After a failure of our own: try again later, so that one bad article never blocks its host."""
        at = self._clock.now() + OWN_FAILURE_PAUSE
        if due.article is not None:
            reason = "our own failure on the last look; tried again later"
            with suppress(Withdrawn):
                article = self._store.article(due.article.id)
                self._store.update_article(replace(article, next_look_at=at, next_look_reason=reason))
        elif due.source is not None:
            self._store.update_source(replace(due.source, next_look_at=at, last_error="our own failure"))

    # articles

    def look_at_article(self, article: Article) -> LookDone:
        """Visit an article, record what came and set its next date."""
        before = Before(article.etag, article.last_modified, hint_of(article))
        visit = self._visitor.visit(article.url, before)
        if visit.not_before is not None:
            return self._postpone_article(article, visit)
        return self.record_visit(article, visit)

    def record_visit(self, article: Article, visit: Visit) -> LookDone:
        """Record a visit that was made and set the article's next date."""
        sighting = self._recorder.prepare(article, sighting_of(article.url, visit))
        try:
            with self._visitor.hosts.written(visit.host):
                recorded = self._recorder.record(article, sighting)
                self._after_look(recorded, visit)
        except Withdrawn as error:
            self._withdraw_too(article.id, int(error.key))
            return LookDone(what=article.url)
        finally:
            self._recorder.forget(article, sighting)
        return LookDone(
            what=article.url,
            outcome=recorded.decision.outcome,
            made_version=recorded.decision.makes_version,
            made_change=recorded.change is not None,
        )

    def _withdraw_too(self, article_id: int, other: int) -> None:
        """Its page says that it is a withdrawn article under another address; or it was withdrawn during the look."""
        known = self._store.withheld.withdrawal(other)
        if known is None or article_id == other:
            return
        with self._store.transaction():
            self._store.withheld.withdraw(replace(known, article_id=article_id, evidence=KEPT))
            self._store.log("withdrawn", article_id, 0, known.at)

    def _after_look(self, recorded: Recorded, visit: Visit) -> None:
        article, outcome = recorded.article, recorded.decision.outcome
        now = self._clock.now()
        doubts = self._doubts(article.id) if outcome is Outcome.SUSPECT else 1
        following = self._pacing.after(recorded, now, doubts)
        accepted = outcome in (Outcome.SAME, Outcome.EDITED) and recorded.decision.reason is not Reason.NOT_MODIFIED
        exchange = visit.exchange
        if accepted and exchange is not None:
            etag, modified = exchange.header("etag"), exchange.header("last-modified")
            payload = payload_after(article, exchange, visit.evidence)
            article = replace(article, etag=etag, last_modified=modified, payload=payload)
            self._note_redirect(article, exchange.final_url, visit.at)
        if outcome in (Outcome.SAME, Outcome.EDITED):
            article = self._joiner.after_look(article, recorded.capture.look, recorded.named)
        if article.same_as is not None:
            self._store.update_article(article)
            return
        is_open = article.next_look_reason == PERHAPS and following.at is not None
        self._store.update_article(
            replace(
                article,
                next_look_at=following.at,
                next_look_reason=PERHAPS if is_open else following.reason,
                retired_at=now if following.at is None else None,
                pace=0 if following.at is None else pace_of(following.at - now),
            )
        )

    def _doubts(self, article_id: int) -> int:
        """Suspect looks in a row, up to the newest."""
        outcomes = (capture.look.outcome for capture in reversed(self._store.captures(article_id)))
        return sum(1 for _ in takewhile(lambda outcome: outcome is Outcome.SUSPECT, outcomes))

    def _note_redirect(self, article: Article, final_url: str, at: datetime) -> None:
        """Another address that led to this article's own text; never one that belongs to another."""
        final = canonical(final_url)
        if final != article.url and (self._store.find_article(final) or article).id == article.id:
            self._store.add_alias(article.id, final, "redirect", at)

    def _postpone_article(self, article: Article, visit: Visit) -> LookDone:
        if not self._stop.is_set():
            at = _later(visit, self._clock.now())
            reason = f"the host asked for time ({visit.detail})"
            now_known = self._store.article(article.id)
            if now_known.same_as is None:
                self._store.update_article(replace(now_known, next_look_at=at, next_look_reason=reason))
        return LookDone(article.url, postponed=True)

    # sources

    def look_at_source(self, source: Source) -> LookDone:
        """Read a feed and add the articles it brings."""
        visit = self._visitor.visit(source.url, Before(source.etag, source.last_modified), on_behalf="source")
        if visit.not_before is not None:
            if not self._stop.is_set():
                self._store.update_source(replace(source, next_look_at=_later(visit, self._clock.now())))
            return LookDone(source.url, postponed=True)
        return self.read_source(source, visit)

    def read_source(self, source: Source, visit: Visit) -> LookDone:
        """Take in what a visit to a source brought and set its next date."""
        with self._visitor.hosts.written(visit.host):
            found, error = self._take_feed(source, visit)
            self._keep_look(source, visit, found)
            self._reschedule_source(source, visit, found=found, error=error)
        self._subscriber.keep(source, visit.at)
        return LookDone(source.url, found=found)

    def _keep_look(self, source: Source, visit: Visit, found: int) -> None:
        status = visit.exchange.status if visit.exchange is not None and visit.exchange.hops else None
        self._store.add_source_look(
            source.id, visit.at, status=status, evidence=visit.evidence, detail=visit.detail, found=found
        )

    def _take_feed(self, source: Source, visit: Visit) -> tuple[int, str]:
        """New articles, and what went wrong ("" = nothing)."""
        exchange = visit.exchange
        if visit.failure is not None or exchange is None:
            return 0, visit.detail or "no answer"
        if exchange.status == 304 or (exchange.body_digest and exchange.body_digest == source.body_digest):
            return 0, ""
        if exchange.status != 200:
            return 0, f"status {exchange.status}"
        try:
            listing = self._finder.listing(source, exchange, visit.at)
        except InputError as error:
            return 0, error.message
        self._subscriber.note(source, listing, visit.at)
        return self._finder.take(source, listing, visit.at), ""

    def _reschedule_source(self, source: Source, visit: Visit, *, found: int, error: str) -> None:
        now = self._clock.now()
        failures = source.failures + 1 if error else 0
        changed = replace(source, failures=failures, last_error=error, last_look_at=now)
        exchange = visit.exchange
        if not error and exchange is not None and exchange.status == 200:
            changed = replace(
                changed,
                etag=exchange.header("etag"),
                last_modified=exchange.header("last-modified"),
                body_digest=exchange.body_digest,
            )
        if found:
            changed = replace(changed, last_news_at=now)
        last_news = changed.last_news_at or source.added_at
        self._store.update_source(
            replace(changed, next_look_at=next_source_look(self._pacing.policy, now, last_news, failures))
        )


def sighting_of(url: str, visit: Visit) -> Sighting:
    """A visit to an article as a sighting to decide on."""
    outcome, reason = UNDECIDED
    exchange, failure = visit.exchange, visit.failure
    if exchange is None or not exchange.hops:
        look = NewCapture(
            url=url,
            captured_at=visit.at,
            basis=TimeBasis.OBSERVED,
            medium=Medium.HTTP,
            outcome=outcome,
            reason=reason,
            evidence=visit.evidence,
            detail=visit.detail,
        )
        return Sighting(look, None, failure or Reason.CONNECTION)
    final = canonical(exchange.final_url)
    look = NewCapture(
        url=url,
        captured_at=exchange.captured_at,
        basis=TimeBasis.OBSERVED,
        medium=Medium.HTTP,
        outcome=outcome,
        reason=reason,
        status=exchange.status,
        final_url="" if final == url else final,
        peer=exchange.last.peer,
        content_type=exchange.header("content-type"),
        body_digest=exchange.body_digest,
        payload_digest=exchange.payload_digest,
        evidence=visit.evidence,
        detail=visit.detail,
        etag=exchange.header("etag"),
        last_modified=exchange.header("last-modified"),
    )
    return Sighting(look, exchange.body if exchange.body_digest else None, failure)


def _later(visit: Visit, now: datetime) -> datetime:
    return max(visit.not_before or now, now + LEAST_PAUSE)
