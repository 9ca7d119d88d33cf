"""Small pieces of HTML: escaped, cut, counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from writethru.web.markup import block_text, origin_name, plural, shown_text, told_element


@pytest.mark.parametrize(("count", "words"), [(0, "0 looks"), (1, "1 look"), (2, "2 looks"), (12_345, "12,345 looks")])
def test_counts(count: int, words: str) -> None:
    assert plural(count, "look") == words


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]), min_size=1, max_size=80))
def test_ordinary_text_comes_back_from_its_html(text: str) -> None:
    assert html.fragment_fromstring(f"<p>{shown_text(text)}</p>").text_content() == text


def test_cut_text_says_how_much_is_missing() -> None:
    assert "(5 more characters are not shown here)" in block_text("a" * 15, 10)
    assert block_text("a" * 10, 10) == "a" * 10


@pytest.mark.parametrize(
    ("detail", "shown"),
    [("/home/me/seeds/004.txt", "004.txt"), ("status 503", "status 503"), ("a/b", "a/b"), ("/", "/")],
)
def test_folders_of_the_keeper_are_not_published(detail: str, shown: str) -> None:
    assert origin_name(detail) == shown


def test_a_day_without_an_hour_is_not_told_as_noon() -> None:
    assert told_element(datetime(2031, 3, 2, 12, tzinfo=UTC)) == '<time datetime="2031-03-02">2031-03-02</time>'
    assert "12:05" in told_element(datetime(2031, 3, 2, 12, 5, tzinfo=UTC))
