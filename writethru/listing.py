"""Rows and cursors of listings of changes, as every face shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from writethru.comparison.edits import Sentence
from writethru.comparison.form import read_edit
from writethru.errors import InputError
from writethru.model import ChangeRecord
from writethru.storage.store import ArticleSummary, Store
from writethru.views import ChangeRow

EXCERPT: Final = 160
"""How many characters of changed text a listing shows on each side."""


def summary_of(store: Store, article_id: int) -> ArticleSummary:
    """One article as lists show it. Raises NotInArchive."""
    rows = store.article_summaries(article_id=article_id)
    if not rows:
        store.article(article_id)  # says whether it never was here, or was withdrawn
    return rows[0]


def change_rows(store: Store, records: Sequence[ChangeRecord]) -> list[ChangeRow]:
    """Changes with the words that changed."""
    summaries = {number: summary_of(store, number) for number in {record.article_id for record in records}}
    rows = []
    for record in records:
        summary = summaries[record.article_id]
        _, form = store.change(record.article_id, record.number)
        rows.append(ChangeRow(record, summary.article.url, summary.outlet, summary.headline, _excerpt(form)))
    return rows


def _excerpt(form: dict[str, Any]) -> tuple[str, str]:
    """The first edit's sentences, old and new, each cut to a listing's length around what changed."""
    for stored in form.get("edits", ())[:1]:
        edit = read_edit(stored)
        (old, old_mark), (new, new_mark) = _marked_text(edit.old), _marked_text(edit.new)
        before = min(old_mark, new_mark)
        return _window(old, before), _window(new, before)
    return "", ""


def _marked_text(sentences: Sequence[Sentence]) -> tuple[str, int]:
    """The sentences as one text, and where its first changed word stands."""
    text, first = "", None
    for sentence in sentences:
        text = f"{text} {sentence.text}" if text else sentence.text
        if first is None and sentence.marks:
            first = len(text) - len(sentence.text) + sentence.marks[0][0]
    return text, len(text) if first is None else first


def _window(text: str, mark: int) -> str:
    """At most ``EXCERPT`` characters that show what stands at ``mark``, begun and ended between words."""
    start = 0 if mark < EXCERPT // 2 else text.rfind(" ", 0, mark - EXCERPT // 4) + 1
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text) and " " in cut[EXCERPT // 2 :]:
        cut = cut[: cut.rfind(" ")] + " …"
    return f"… {cut}" if start else cut


def change_cursor(record: ChangeRecord) -> str:
    """Where a listing goes on after this change."""
    return key_cursor((record.before, record.article_id, record.number))


def key_cursor(key: tuple[datetime, int, int]) -> str:
    """A key (before, article id, number) as a cursor."""
    before, article_id, number = key
    return f"{int(before.timestamp() * 1_000_000)}-{article_id}-{number}"


def change_key(cursor: str) -> tuple[datetime, int, int]:
    """Inverse of ``change_cursor``. Raises InputError."""
    micros, article_id, number = cursor_numbers(cursor, 3)
    try:
        seconds, rest = divmod(micros, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), article_id, number
    except (ValueError, OverflowError, OSError) as error:
        raise InputError("not a cursor of this listing", key=cursor) from error


def cursor_numbers(cursor: str, count: int) -> list[int]:
    """The numbers of which a cursor is made. Raises InputError."""
    parts = cursor.split("-")
    if len(parts) != count or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise InputError("not a cursor of this listing", key=cursor)
    return [int(part) for part in parts]
