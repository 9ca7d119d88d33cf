"""The difference in a feed entry reads well even where all tags are stripped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import html

from tests.publish.samples import hostile_view, html_of, view
from writethru.comparison import compare
from writethru.publish.difference import LARGEST_CONTENT
from writethru.views import ChangeView


def stripped(fragment: str) -> list[str]:
    tree: Any = html.fromstring(fragment)
    return [" ".join(e.text_content().split()) for e in tree.iter("p", "h4")]


def of_texts(old: str, new: str) -> ChangeView:
    return replace(view(), record=None, change=compare(old, new))


def test_each_edit_says_before_and_after() -> None:
    lines = stripped(html_of(of_texts("The pier cost 1.5 million.", "The pier cost 15 million.")))
    assert lines[-2:] == ["Before: The pier cost 1.5 million.", "After: The pier cost 15 million."]


def test_only_the_changed_words_are_marked() -> None:
    fragment = html_of(of_texts("At least 12 died.", "At least 21 died."))
    assert "<del>12</del>" in fragment
    assert "<ins>21</ins>" in fragment


def test_it_says_where_and_of_what_kind() -> None:
    assert any(line.startswith("Rewritten in the headline (headline") for line in stripped(html_of(view())))


def test_moved_text_is_called_moved_and_not_marked_as_new() -> None:
    fragment = html_of(view())
    assert "Moved" in fragment
    assert "<ins>Traders" not in fragment


def test_the_observed_interval_leads() -> None:
    first = stripped(html_of(view()))[0]
    assert first.endswith("Observed after 2031-03-02 15:25 UTC and not later than 2031-03-02 18:05 UTC.")


def test_no_visible_difference_is_said_plainly() -> None:
    assert "No visible difference" in html_of(of_texts("One two.", "One  two."))


def test_hostile_text_is_text() -> None:
    fragment = html_of(hostile_view())
    assert "<script" not in fragment
    assert "&lt;script&gt;" in fragment
    assert "\u202e" not in fragment


def test_an_enormous_change_is_cut_and_says_so() -> None:
    old = "\n".join(f"Sentence {number} of the first text stands here." for number in range(6_000))
    fragment = html_of(of_texts(old, old.replace("first", "second")))
    assert len(fragment) < 5 * LARGEST_CONTENT
    assert "more edits are on the page" in fragment
