"""An article as a whole: its state for the next decision, its summary, and forgetting what was derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select

from writethru.model import Article, Capture, Outcome, Reason, TimeBasis
from writethru.storage import facets, feeds, learnt
from writethru.storage.articles import COLUMNS
from writethru.storage.captures import read_form
from writethru.storage.columns import AnyRow
from writethru.storage.prepared import Prepared
from writethru.storage.store import ArticleState, ArticleSummary
from writethru.storage.tables import appearances, articles, captures, changes, edits, extractions, outlets, versions
from writethru.storage.withdrawn import absent

ACCEPTED = (Outcome.SAME, Outcome.EDITED)
"""Outcomes of looks whose text was believed."""

_a = len(COLUMNS)
_article = bindparam("article", type_=articles.c.id.type)
_last_ordinal = (
    select(func.max(appearances.c.ordinal))
    .where(appearances.c.article_id == articles.c.id)
    .correlate(articles)
    .scalar_subquery()
)
_accepted = or_(*(captures.c.outcome == outcome for outcome in ACCEPTED))
_of_article = captures.c.article_id == articles.c.id
_latest_first = (captures.c.captured_at.desc(), captures.c.id.desc())
_read_before = or_(
    captures.c.captured_at < bindparam("at", type_=captures.c.captured_at.type),
    and_(
        captures.c.captured_at == bindparam("at", type_=captures.c.captured_at.type),
        captures.c.id < bindparam("capture"),
    ),
)


def _state_query(*only: Any) -> Any:
    """One row: the article, its current appearance, and what the latest looks came to."""
    latest = select(captures.c.id).where(_of_article, *only).order_by(*_latest_first).limit(1).correlate(articles)
    accepted = (
        select(captures.c.body_digest)
        .where(_of_article, _accepted, captures.c.body_digest != "", *only)
        .order_by(*_latest_first)
        .limit(1)
        .correlate(articles)
    )
    return (
        select(
            *COLUMNS,
            appearances.c.version_number,
            appearances.c.ordinal,
            appearances.c.first_seen_at,
            appearances.c.last_seen_at,
            captures.c.captured_at,
            captures.c.outcome,
            extractions.c.text_digest,
            accepted.scalar_subquery(),
        )
        .select_from(articles)
        .outerjoin(appearances, and_(appearances.c.article_id == articles.c.id, appearances.c.ordinal == _last_ordinal))
        .outerjoin(captures, captures.c.id == latest.scalar_subquery())
        .outerjoin(extractions, extractions.c.capture_id == captures.c.id)
        .where(articles.c.id == _article)
    )


_STATE = Prepared(_state_query())
_STATE_BEFORE = Prepared(_state_query(_read_before))
_NUMBERS = Prepared(
    select(versions.c.digest, versions.c.number, versions.c.seen_at)
    .where(versions.c.article_id == _article)
    .order_by(versions.c.number)
)

_FORGET = tuple(
    Prepared(statement)
    for statement in (
        delete(edits).where(edits.c.article_id == _article),
        delete(changes).where(changes.c.article_id == _article),
        delete(appearances).where(appearances.c.article_id == _article),
        delete(versions).where(versions.c.article_id == _article),
        delete(extractions).where(
            extractions.c.capture_id.in_(select(captures.c.id).where(captures.c.article_id == _article))
        ),
    )
)


def state(connection: Connection, article_id: int, before: Capture | None = None) -> ArticleState:
    """What deciding on a look needs to know. Raises NotInArchive."""
    if before is None:
        row = _STATE.first(connection, {"article": article_id})
    else:
        read = {"article": article_id, "at": before.look.captured_at, "capture": before.id}
        row = _STATE_BEFORE.first(connection, read)
    if row is None:
        raise absent(connection, article_id)
    known = _NUMBERS.rows(connection, {"article": article_id})
    numbers = tuple((digest, number) for digest, number, _ in known)
    return replace(_state(row, numbers), newest_text_at=max((seen_at for *_, seen_at in known), default=None))


def _state(row: Sequence[Any], numbers: tuple[tuple[str, int], ...]) -> ArticleState:
    current, ordinal, first, last, captured_at, outcome, text_digest, body_digest = row[_a:]
    return ArticleState(
        article=Article(*row[:_a]),
        current=current,
        current_appearance=ordinal or 0,
        numbers=numbers,
        last_body_digest=body_digest or "",
        pending_digest=(text_digest or "") if outcome == Outcome.SUSPECT else "",
        last_seen=last,
        last_change=first,
        latest_capture_at=captured_at,
        last_outcome=Outcome(outcome) if outcome else None,
        next_version=numbers[-1][1] + 1 if numbers else 1,
    )


def clear(connection: Connection, article_id: int) -> None:
    """Forget extractions, versions, appearances, changes, edits, absences and the memory."""
    learnt.forget_article(connection, article_id)
    facets.forget(connection, article_id)
    feeds.forget(connection, article_id)
    for statement in _FORGET:
        statement.run(connection, {"article": article_id})


def _count(table: Any) -> Any:
    return select(func.count()).where(table.c.article_id == articles.c.id).correlate(articles).scalar_subquery()


_first_seen = (
    select(func.min(appearances.c.first_seen_at, type_=appearances.c.first_seen_at.type))
    .where(appearances.c.article_id == articles.c.id)
    .correlate(articles)
    .scalar_subquery()
)
latest_reading = (
    select(extractions.c.capture_id)
    .join_from(captures, extractions)
    .where(_of_article, _accepted)
    .order_by(*_latest_first)
    .limit(1)
    .correlate(articles)
    .scalar_subquery()
)
"""In a query of articles: the capture whose reading is an article's latest."""
_latest = select(captures.c.id).where(_of_article).order_by(*_latest_first).limit(1).correlate(articles)
_SUMMARIES = (
    select(
        *COLUMNS,
        outlets.c.name,
        versions.c.headline,
        _first_seen,
        appearances.c.last_seen_at,
        appearances.c.basis,
        _count(versions),
        _count(changes),
        _count(captures),
        captures.c.outcome,
        captures.c.reason,
        captures.c.captured_at,
        extractions.c.capture_id,
        extractions.c.form,
    )
    .select_from(articles)
    .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    .outerjoin(appearances, and_(appearances.c.article_id == articles.c.id, appearances.c.ordinal == _last_ordinal))
    .outerjoin(
        versions, and_(versions.c.article_id == articles.c.id, versions.c.number == appearances.c.version_number)
    )
    .outerjoin(captures, captures.c.id == _latest.scalar_subquery())
    .outerjoin(extractions, extractions.c.capture_id == latest_reading)
    .order_by(articles.c.id)
)


def summaries(connection: Connection, limit: int | None, after_id: int, article_id: int | None) -> list[ArticleSummary]:
    """By article id, after ``after_id``; or the one of ``article_id``."""
    query = _SUMMARIES
    if article_id is not None:
        query = query.where(articles.c.id == article_id)
    elif after_id:
        query = query.where(articles.c.id > after_id)
    if limit is not None:
        query = query.limit(limit)
    return [_summary(connection, row) for row in connection.execute(query)]


def _summary(connection: Connection, row: AnyRow) -> ArticleSummary:
    name, headline, first, last, basis, versions_, changes_, captures_, outcome, reason, at, read, form = row[_a:]
    reading = read_form(connection, form, read) if form is not None else {}
    return ArticleSummary(
        article=Article(*row[:_a]),
        outlet=name or "",
        headline=headline or "",
        byline=reading.get("byline", ""),
        published=reading.get("published"),
        modified=reading.get("modified"),
        first_seen=first,
        last_seen=last,
        basis=TimeBasis(basis) if basis else None,
        versions=versions_,
        changes=changes_,
        captures=captures_,
        last_outcome=Outcome(outcome) if outcome else None,
        last_reason=Reason(reason) if reason else None,
        last_look_at=at,
        notes=tuple(reading.get("notes", ())),
    )
