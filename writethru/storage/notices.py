"""The journal of notifications, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, or_, select, tuple_, update

from writethru.storage.connect import Database
from writethru.storage.dialect import insert_if_new
from writethru.storage.notice_store import Batch, NewNotice, Notice, NoticeState
from writethru.storage.notice_tables import notices

MOST: Final = 200
"""Notices of one message; more wait for the next."""

WAITING: Final = (NoticeState.PENDING, NoticeState.SENDING)


class NoticeJournal:
    """See ``NoticeStore`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, new: Sequence[NewNotice], at: datetime) -> int:
        """Add what is not there yet."""
        with self._database.write() as connection:
            return sum(insert_if_new(connection, notices, _row(one, at)) for one in new)

    def take(self, now: datetime, until: datetime, rules: Collection[str], resting: Collection[str]) -> Batch | None:
        """Mark as being sent what is due of one rule and target."""
        with self._database.write() as connection:
            found = _due(connection, now, rules, resting)
            if not found:
                return None
            ids = [notice.id for notice in found]
            broken_off = notices.c.tries + 1
            marked = update(notices).where(notices.c.id.in_(ids))
            died = [notice.id for notice in found if notice.state is NoticeState.SENDING]
            connection.execute(marked.values(state=NoticeState.SENDING, until_at=until))
            connection.execute(update(notices).where(notices.c.id.in_(died)).values(tries=broken_off))
            return Batch(found[0].new.rule, found[0].new.target, tuple(found), bool(died))

    def settle(self, ids: Sequence[int], state: NoticeState, at: datetime, detail: str = "") -> None:
        """They were sent, or dropped for good."""
        self._change(ids, state=state, settled_at=at, until_at=None, detail=detail)

    def put_back(self, ids: Sequence[int], detail: str) -> None:
        """They are pending again."""
        self._change(ids, state=NoticeState.PENDING, until_at=None, detail=detail, tries=notices.c.tries + 1)

    def drop_strays(self, known: Collection[tuple[str, str]], at: datetime) -> int:
        """Drop what waits for nobody."""
        query = select(notices.c.rule, notices.c.target).where(notices.c.state.in_(WAITING)).distinct()
        with self._database.read() as connection:
            strays = [pair for rule, target in connection.execute(query) if (pair := (rule, target)) not in known]
        if not strays:
            return 0
        gone = and_(notices.c.state.in_(WAITING), tuple_(notices.c.rule, notices.c.target).in_(strays))
        settled = {"state": NoticeState.DROPPED, "settled_at": at, "detail": "the rule or the target is no more"}
        with self._database.write() as connection:
            return connection.execute(update(notices).where(gone).values(**settled)).rowcount

    def journal(self, limit: int) -> Sequence[Notice]:
        """The latest, newest first."""
        query = select(notices).order_by(notices.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [_notice(row) for row in connection.execute(query)]

    def _change(self, ids: Sequence[int], **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(update(notices).where(notices.c.id.in_(ids)).values(**values))


def _due(connection: Connection, now: datetime, rules: Collection[str], resting: Collection[str]) -> list[Notice]:
    """What is due of the rule and target that has waited longest; other processes' rows are passed over."""
    is_due = and_(
        notices.c.due_at <= now,
        or_(
            notices.c.state == NoticeState.PENDING,
            and_(notices.c.state == NoticeState.SENDING, notices.c.until_at <= now),
        ),
        notices.c.rule.in_(list(rules)),
        notices.c.target.not_in(list(resting)),
    )
    first = select(notices.c.rule, notices.c.target).where(is_due).order_by(notices.c.due_at, notices.c.id).limit(1)
    chosen = connection.execute(first).first()
    if chosen is None:
        return []
    same = and_(notices.c.rule == chosen[0], notices.c.target == chosen[1])
    query = select(notices).where(is_due, same).order_by(notices.c.at, notices.c.id).limit(MOST)
    return [_notice(row) for row in connection.execute(query.with_for_update(skip_locked=True))]


def _what(number: int) -> str:
    """What tells things first seen at one moment apart; a change's number does not, because a rebuild may change it."""
    return f"stated {-number}" if number < 0 else "change" if number else "absence"


def _row(new: NewNotice, at: datetime) -> dict[str, Any]:
    return {
        "rule": new.rule,
        "target": new.target,
        "article_id": new.article_id,
        "what": _what(new.number),
        "at": new.at,
        "number": new.number,
        "noted_at": at,
        "due_at": new.due,
        "state": NoticeState.PENDING,
        "until_at": None,
        "tries": 0,
        "settled_at": None,
        "detail": "",
    }


def _notice(row: Any) -> Notice:
    new = NewNotice(row.rule, row.target, row.article_id, row.at, row.number, row.due_at)
    return Notice(row.id, new, row.noted_at, NoticeState(row.state), row.tries, row.settled_at, row.detail)
