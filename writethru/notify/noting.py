"""From the change log to the journal: which rule wants which new change told to whom, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from writethru.alerts import DATED
from writethru.comparison import Change
from writethru.errors import NotInArchive
from writethru.model import Reason
from writethru.notify.happened import stories_of
from writethru.notify.rules import Rule, Subject, Verdict, judge
from writethru.notify.stated import note_stated
from writethru.storage.feed_store import FeedRow, Place, Selection
from writethru.storage.notice_store import NewNotice

if TYPE_CHECKING:
    from writethru.storage.store import LogEntry, Store

OLDEST: Final = timedelta(days=3)
"""What was first seen longer ago is history (an import, a rebuild), and nobody is notified of it."""

STEP: Final = 200
"""Lines of the change log done in one transaction."""

POSITION: Final = "*notify*"
"""Where the store keeps how far the log was followed (no host has this name)."""

RECENT: Final = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What rules are asked about a happening."""

    row: FeedRow
    change: Change | None
    subject: Subject


def note_news(store: Store, rules: Iterable[Rule], now: datetime) -> int:
    """Follow the change log to its end; how many notices are new. The first time only its end is noted.

    Each step is one transaction with its place in the log: a kill repeats a step, and a notice that is there stays one.
    """
    seq = store.host_state(POSITION).get("seq")
    if seq is None:
        store.set_host_state(POSITION, {"seq": _end(store)})
        return note_stated(store, tuple(rules), now, now - OLDEST)
    listed = tuple(rules)
    new = note_stated(store, listed, now, now - OLDEST)
    while entries := store.log_since(int(seq), STEP):
        with store.transaction():
            wanted = [notice for known in _known(store, entries, now) for notice in _wanted(listed, known, now)]
            new += store.notices.note(wanted, now)
            seq = entries[-1].seq
            store.set_host_state(POSITION, {"seq": seq})
    return new


def known_of(store: Store, rows: Iterable[FeedRow]) -> Iterator[Known]:
    """What rules need to know of these; one that is gone meanwhile is left out."""
    for row in rows:
        try:
            change = Change.from_dict(store.change(row.article_id, row.ordinal)[1]) if row.record else None
        except NotInArchive:
            continue
        kinds = row.record.kinds if row.record else (row.step.value if row.step else "",)
        significance = row.record.significance if row.record else 1.0
        texts = tuple(text for edit in change.edits for text in (edit.old_text, edit.new_text)) if change else ()
        subject = Subject(
            article_id=row.article_id,
            urls=(row.url,),
            outlet=row.outlet,
            kinds=kinds,
            significance=significance,
            texts=texts,
            stories=stories_of(store, row.article_id),
            speakers=speakers_in(texts),
        )
        yield Known(row, change, subject)


def speakers_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Who says what these sentences report, as they name them; English only, like all that reads attributions."""
    from writethru.statements.attribution import attributions_in

    found = (text[slice(*one.source)] for text in texts for one in attributions_in(text) if one.source is not None)
    return tuple(dict.fromkeys(found))


def _end(store: Store) -> int:
    seq = 0
    while entries := store.log_since(seq, 10_000):
        seq = entries[-1].seq
    return seq


def _known(store: Store, entries: Iterable[LogEntry], now: datetime) -> list[Known]:
    places = [place for place in _places(store, entries) if place[0] >= now - OLDEST]
    rows = store.feeds.rows(list(dict.fromkeys(places)))
    return list(known_of(store, (row for row in rows if is_dated(row))))


def is_dated(row: FeedRow) -> bool:
    """A change whose time nobody knows is not news; further turns of an alternation are no report."""
    return row.record is None or (row.record.basis in DATED and row.record.reason is not Reason.ALTERNATED)


def _places(store: Store, entries: Iterable[LogEntry]) -> Iterator[Place]:
    for entry in entries:
        if entry.kind == "change":
            yield entry.at, entry.article_id, entry.number
        elif entry.kind == "absence":
            yield entry.at, entry.article_id, 0
        elif entry.kind == "rebuilt":
            yield from store.feeds.places(Selection((entry.article_id,)), RECENT)


def _wanted(rules: Iterable[Rule], known: Known, now: datetime) -> Iterator[NewNotice]:
    row = known.row
    for rule in rules:
        if judge(rule, known.subject) is Verdict.MATCH:
            due = rule.timing.due(now)
            for target in rule.to:
                yield NewNotice(rule.name, target, row.article_id, row.at, row.ordinal, due)
