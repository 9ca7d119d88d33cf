"""Every code a reader can meet is explained."""

from __future__ import annotations

import pytest

from writethru.comparison import Kind, Op, compare
from writethru.model import ArticleText, Block, BlockKind, Medium, Outcome, Reason, TimeBasis
from writethru.publish import words


@pytest.mark.parametrize(
    ("codes", "explained"),
    [
        (Outcome, words.OUTCOMES),
        (Reason, words.REASONS),
        (Medium, words.MEDIA),
        (TimeBasis, words.BASES),
        ([kind.value for kind in Kind], words.KINDS),
        ([op.value for op in Op], words.OPERATIONS),
    ],
)
def test_every_code_is_explained_and_nothing_else(codes: list[str], explained: dict[str, str]) -> None:
    assert set(codes) == set(explained)
    assert all(text.strip() for text in explained.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A dog ran.\n\nA cat sat.", "A dog ran. A cat sat.", "Same words: paragraph break before them removed"),
        ("A dog ran. A cat sat.", "A dog ran.\n\nA cat sat.", "Same words: paragraph break before them added"),
        ("A dog ran. A cat sat.", "A dog ran.  A cat sat.", "Same words: other white space before them"),
        ("A dog ran.", "A dog sat.", "Rewritten"),
    ],
)
def test_an_edit_without_other_words_says_what_differs(old: str, new: str, said: str) -> None:
    (edit,) = compare(old, new).edits
    assert words.operation_of(edit) == said


def test_a_paragraph_that_became_a_subhead() -> None:
    old, new = (ArticleText(blocks=(Block(kind, "A b"),)) for kind in (BlockKind.PARAGRAPH, BlockKind.SUBHEAD))
    (edit,) = compare(old, new).edits
    assert words.operation_of(edit) == "Same words: a paragraph became a subhead"
