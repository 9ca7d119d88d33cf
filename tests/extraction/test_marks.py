"""What names of classes and ids say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.extraction.marks import Mark, class_marks, marks_of


@pytest.mark.parametrize(
    "name", ["read-more", "readMore", "read_more", "c-readmore", "article__read-more--wide", "ReadMore_box__x9"]
)
def test_all_ways_of_writing_a_name_say_the_same(name: str) -> None:
    assert class_marks(name) & Mark.FURNITURE


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("article-body", Mark.BODY),
        ("StoryBodyCompanionColumn", Mark.BODY),
        ("entry-content", Mark.BODY),
        ("wp-caption-text", Mark.CAPTION),
        ("byline", Mark.BYLINE),
        ("related-stories", Mark.FURNITURE),
        ("sidebar", Mark.WEAK),
        ("comments", Mark.HARD),
        ("sr-only", Mark.HIDDEN),
        ("standfirst", Mark.STANDFIRST),
    ],
)
def test_names_and_their_marks(name: str, mark: int) -> None:
    assert class_marks(name) & mark


@pytest.mark.parametrize(
    "name", ["css-a2a9gf8", "sc-nav3x", "address", "shadow", "commentary", "md:hidden", "download", "correctional"]
)
def test_names_that_only_look_like_furniture(name: str) -> None:
    assert class_marks(name) & (Mark.FURNITURE | Mark.WEAK | Mark.HARD | Mark.HIDDEN | Mark.NOTE) == 0


def test_an_anchor_made_of_a_headings_words_says_nothing() -> None:
    assert marks_of("h2", {"id": "share"}) == 0
    assert marks_of("div", {"id": "share"}) & Mark.WEAK


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_attributes_give_marks(names: str, own: str) -> None:
    assert marks_of("div", {"class": names, "id": own, "style": names, "role": own, "itemprop": names}) >= 0
