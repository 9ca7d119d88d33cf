"""Notifications of one archive: note what is new, send what is due, and show what would have been sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

import structlog

from writethru.errors import ConfigError, DeliveryFailed
from writethru.notify.happened import STATED
from writethru.notify.message import Message, Told, message_of, trial_message
from writethru.notify.noting import RECENT, Known, is_dated, known_of, note_news
from writethru.notify.rulebook import RuleBook
from writethru.notify.rules import Rule, Subject, Verdict, judge
from writethru.notify.stated import happened
from writethru.notify.stated import told as told_stated
from writethru.notify.target import AppriseTarget, Reach
from writethru.publish.feed import Minter, entry_of
from writethru.storage.feed_store import FeedRow, Place, Selection
from writethru.storage.notice_store import Batch, NewNotice, NoticeState

if TYPE_CHECKING:
    from writethru.storage.store import Store

SENDING: Final = timedelta(minutes=10)
"""After this a process that began to send and said no more is taken to have died."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
"""How long a target rests after a failure: twice as long after each further one."""

GIVE_UP: Final = timedelta(days=7)
"""What could not be sent for so long is dropped; the journal says so."""

PAGE: Final = 200
MOST_PREVIEWED: Final = 20_000
_TARGET: Final = "*notify:{}*"

log = structlog.get_logger("writethru.notify")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to, in notices."""

    noted: int = 0
    sent: int = 0
    failed: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """A message that a rule would have sent."""

    at: datetime
    rule: str
    to: tuple[str, ...]
    changes: int
    message: Message


class Notifier:
    """Follows the record and tells of it.

    Args:
        store: the record, and the journal.
        book: rules and targets.
        base_url: of the pages, for links; "" = links lead to the articles themselves.
        reach: from a target's name and address to the target.
    """

    def __init__(self, store: Store, book: RuleBook, base_url: str = "", reach: Reach = AppriseTarget) -> None:
        self._store = store
        self._book = book
        self._base = base_url.rstrip("/")
        self._reach = reach
        self._rules = {rule.name: rule for rule in book.rules}

    def run(self, now: datetime) -> Run:
        """Note what is new, then send all that is due. Whatever a target does, it stops nothing else."""
        noted = note_news(self._store, self._book.rules, now)
        dropped = self._store.notices.drop_strays(self._book.pairs(), now)
        sent = failed = 0
        while (batch := self._take(now)) is not None:
            arrived, given_up = self._send(batch, now)
            sent += len(batch.notices) if arrived else 0
            failed += 0 if arrived else len(batch.notices) - given_up
            dropped += given_up
        return Run(noted, sent, failed, dropped)

    def test(self, target: str) -> None:
        """Send a test message to a target. Raises ConfigError, DeliveryFailed."""
        if target not in (self._book.targets or {}):
            raise ConfigError("the rules file has no such target", key=target)
        self._reach(target, self._book.address(target)).send(trial_message(target))

    def preview(self, since: datetime, until: datetime) -> list[Preview]:
        """What the rules would have sent of what was first seen in a span, had they stood then; in time."""
        known = [(one.row.at, one.subject, self._told(one)) for one in known_of(self._store, self._rows(since, until))]
        stated = happened(self._store, self._book.rules, since, until)
        known += ((one.at, one.subject, one.told(self._base)) for one in stated)
        known.sort(key=lambda row: row[0])
        found = [preview for rule in self._book.rules for preview in _previewed(rule, known)]
        return sorted(found, key=lambda preview: (preview.at, preview.rule))

    def _rows(self, since: datetime, until: datetime) -> Iterator[FeedRow]:
        before: Place | None = (until, 0, 0)
        for _ in range(MOST_PREVIEWED // PAGE):
            places = self._store.feeds.places(Selection(), PAGE, before)
            wanted = [place for place in places if place[0] >= since]
            yield from (row for row in self._store.feeds.rows(wanted) if is_dated(row))
            if len(wanted) < PAGE:
                return
            before = places[-1]

    # sending

    def _take(self, now: datetime) -> Batch | None:
        awake = [name for name, rule in self._rules.items() if not _sleeps(rule, now)]
        resting = [name for name in self._book.targets or {} if self._rests(name, now)]
        return self._store.notices.take(now, now + SENDING, awake, resting)

    def _send(self, batch: Batch, now: datetime) -> tuple[bool, int]:
        """Whether it arrived, and how many were given up.

        What is being sent is marked so, and that is committed, before it goes out. A process that dies before it
        could note the success leaves the mark: after ``SENDING`` it is sent once more, and says so.
        """
        ids = [notice.id for notice in batch.notices]
        try:
            told = list(self._all_told(batch, now))
            if told:
                target = self._reach(batch.target, self._book.address(batch.target))
                target.send(message_of(batch.rule, told, unsure=batch.unsure))
        except (DeliveryFailed, ConfigError) as error:
            return False, self._failed(batch, error.message, now)
        except Exception as error:  # a target's own fault; what it says may hold an address
            return False, self._failed(batch, f"the target failed ({type(error).__name__})", now)
        if not told:
            self._store.notices.settle(ids, NoticeState.DROPPED, now, "no longer in the record")
            return True, 0
        self._store.notices.settle(ids, NoticeState.SENT, now)
        self._store.set_host_state(_TARGET.format(batch.target), {})
        log.info("notified", rule=batch.rule, target=batch.target, changes=len(ids))
        return True, 0

    def _all_told(self, batch: Batch, now: datetime) -> Iterator[Told]:
        seen = [one.new for one in batch.notices if one.new.number >= 0]
        places = [place for new in seen if (place := self._place(new)) is not None]
        yield from map(self._told, known_of(self._store, self._store.feeds.rows(places)))
        yield from told_stated(self._store, [one.new for one in batch.notices if one.new.number < 0], self._base, now)

    def _place(self, new: NewNotice) -> Place | None:
        """Where it stands now: a rebuild may have numbered the article's changes anew, their times stay."""
        stands = (new.at, new.article_id, new.number)
        if self._store.feeds.rows([stands]):
            return stands
        now = self._store.feeds.places(Selection((new.article_id,)), RECENT)
        return next((place for place in now if place[0] == new.at and bool(place[2]) == bool(new.number)), None)

    def _told(self, known: Known) -> Told:
        return Told(entry_of(known.row, Minter("localhost", "2026"), self._base), known.change)

    def _failed(self, batch: Batch, why: str, now: datetime) -> int:
        """Put it back, give up what is too old, and let the target rest; how many were given up."""
        old = [notice.id for notice in batch.notices if now - notice.noted_at >= GIVE_UP]
        kept = [notice.id for notice in batch.notices if notice.id not in old]
        with self._store.transaction():
            self._store.notices.settle(old, NoticeState.DROPPED, now, f"given up: {why}")
            self._store.notices.put_back(kept, why)
            self._rest(batch.target, now)
        log.warning("not notified", rule=batch.rule, target=batch.target, changes=len(kept), dropped=len(old), why=why)
        return len(old)

    def _rest(self, target: str, now: datetime) -> None:
        name = _TARGET.format(target)
        failures = int(self._store.host_state(name).get("failures", 0)) + 1
        pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
        self._store.set_host_state(name, {"failures": failures, "not_before": (now + pause).isoformat()})

    def _rests(self, target: str, now: datetime) -> bool:
        until = self._store.host_state(_TARGET.format(target)).get("not_before")
        return until is not None and now < datetime.fromisoformat(str(until))


def _previewed(rule: Rule, known: Sequence[tuple[datetime, Subject, Told]]) -> Iterator[Preview]:
    """What one rule would have sent of these, which are in time."""
    about = [(rule.timing.due(at), told) for at, subject, told in known if _is_about(rule, subject)]
    for due, group in groupby(sorted(about, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        told = [one for _, one in group]
        yield Preview(due, rule.name, rule.to, len(told), message_of(rule.name, told))


def _is_about(rule: Rule, subject: Subject) -> bool:
    """What texts state is told only to rules that name it."""
    return STATED & set(subject.kinds) <= set(rule.kinds) and judge(rule, subject) is Verdict.MATCH


def _sleeps(rule: Rule, now: datetime) -> bool:
    """A message that waited for its target into quiet hours waits them out too."""
    quiet = rule.timing.quiet
    return quiet is not None and quiet.holds(now.astimezone(rule.timing.zone).time())
