"""Rows of listings of changes, as every face shows them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from writethru.comparison.edits import Sentence
from writethru.comparison.form import read_edit
from writethru.comparison.significance import most_telling
from writethru.model import ChangeRecord
from writethru.storage.listing_store import ArticleLine, StoredForm
from writethru.storage.store import ArticleSummary, Store
from writethru.views import ChangeRow

EXCERPT: Final = 160
"""How many characters of changed text a listing shows on each side."""

KEPT_EXCERPTS: Final = 2_000
LARGEST_KEPT: Final = 8_192
"""How many excerpts are kept in memory, and the largest form, in bytes, whose excerpt is: 16 MB at the very most."""

MOST_WEIGHED: Final = 40
"""Edits among which the one that is shown is chosen."""


def summary_of(store: Store, article_id: int) -> ArticleSummary:
    """One article as lists show it. Raises NotInArchive."""
    rows = store.article_summaries(article_id=article_id)
    if not rows:
        store.article(article_id)  # says whether it never was here, or was withdrawn
    return rows[0]


def change_rows(store: Store, records: Sequence[ChangeRecord]) -> list[ChangeRow]:
    """Changes with the words that changed: two queries, however many there are."""
    lines = store.listing.article_lines(record.article_id for record in records)
    forms = store.listing.change_forms((record.article_id, record.number) for record in records)
    return [_row(record, lines[record.article_id], forms[record.article_id, record.number]) for record in records]


def _row(record: ChangeRecord, line: ArticleLine, form: StoredForm) -> ChangeRow:
    excerpt = _excerpt(form) if len(form.packed) <= LARGEST_KEPT else _read_excerpt(form)
    return ChangeRow(record, line.url, line.outlet, line.headline, excerpt)


def _read_excerpt(stored: StoredForm) -> tuple[str, str]:
    """The most telling edit's sentences, old and new, each cut to a listing's length around what changed."""
    edits = [read_edit(edit) for edit in stored.read().get("edits", ())[:MOST_WEIGHED]]
    if not edits:
        return "", ""
    edit = edits[most_telling(edit.kinds for edit in edits)]
    (old, old_mark), (new, new_mark) = _marked_text(edit.old), _marked_text(edit.new)
    before = min(old_mark, new_mark)
    return _window(old, before), _window(new, before)


_excerpt = lru_cache(KEPT_EXCERPTS)(_read_excerpt)
"""Excerpts of forms, told apart by all their bytes: the same change is listed again and again."""


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
