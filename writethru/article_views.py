"""One article, and one change of it, put together from what the store has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from writethru.alerts import absences, alternations
from writethru.comparison import Change, compare
from writethru.listing import change_rows, summary_of
from writethru.model import Capture, ChangeRecord, Outcome
from writethru.storage.store import Store
from writethru.views import ArticleView, ChangeView


def article_view(store: Store, article_id: int, *, listed: int | None = None) -> ArticleView:
    """One article with its history, and with so many of its newest changes. Raises NotInArchive."""
    summary = summary_of(store, article_id)
    captures = tuple(store.captures(article_id))
    appearances = tuple(store.appearances(article_id))
    latest = appearances[-1].version_number if appearances else None
    records = store.changes(article_id=article_id)
    return ArticleView(
        summary=summary,
        versions=tuple(store.versions(article_id)),
        appearances=appearances,
        changes=tuple(change_rows(store, records[:listed])),
        captures=captures,
        aliases=tuple(store.aliases(article_id)),
        extraction=_latest_extraction(store, captures),
        latest=None if latest is None else store.version_text(article_id, latest),
        absences=tuple(absence for absence in absences(captures) if absence.is_reported),
        alternations=alternations(reversed(records)),
        records=tuple(records),
        joined=tuple(store.joined_to(article_id)),
    )


def stored_change(store: Store, article_id: int, number: int) -> ChangeView:
    """One stored change with its neighbours. Raises NotInArchive."""
    record, form = store.change(article_id, number)
    count = len(store.appearances(article_id)) - 1
    return _change_view(
        store,
        article_id,
        (record.from_version, record.to_version),
        record=record,
        change=Change.from_dict(form),
        neighbours=(number - 1 if number > 1 else None, number + 1 if number < count else None),
    )


def compared_versions(store: Store, article_id: int, old: int, new: int) -> ChangeView:
    """Any two versions of one article, compared now (``record`` is None). Raises NotInArchive."""
    return _change_view(store, article_id, (old, new))


def _latest_extraction(store: Store, captures: Sequence[Capture]) -> dict[str, Any] | None:
    for capture in reversed(captures):
        if capture.look.outcome in (Outcome.SAME, Outcome.EDITED):
            form = store.extraction_of(capture.id)
            if form is not None:
                return form
    return None


def _change_view(
    store: Store,
    article_id: int,
    pair: tuple[int, int],
    *,
    record: ChangeRecord | None = None,
    change: Change | None = None,
    neighbours: tuple[int | None, int | None] = (None, None),
) -> ChangeView:
    (old_version, old), (new_version, new) = (
        (store.version(article_id, number), store.version_text(article_id, number)) for number in pair
    )
    captures = store.captures(article_id)
    return ChangeView(
        summary=summary_of(store, article_id),
        record=record,
        change=compare(old, new) if change is None else change,
        old=old,
        new=new,
        old_version=old_version,
        new_version=new_version,
        old_capture=_capture_at(captures, record.after if record else old_version.first_seen),
        new_capture=_capture_at(captures, record.before if record else new_version.first_seen),
        previous=neighbours[0],
        next=neighbours[1],
    )


def _capture_at(captures: Sequence[Capture], moment: datetime) -> Capture | None:
    """The look made at this moment."""
    return next((capture for capture in captures if capture.look.captured_at == moment), None)
