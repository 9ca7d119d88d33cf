"""Text of strangers, made fit to stand in ours."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.publish.safe_text import clip, mark_controls, one_line

ANYTHING = st.text(st.characters(codec=None), max_size=300)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\x00", "⟨U+0000⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\u200f\u200d שלום", "\u200f\u200d שלום"),  # right-to-left text and joiners need these
    ],
)
def test_controls_that_reach_past_their_text_are_shown_by_name(text: str, shown: str) -> None:
    assert mark_controls(text) == shown


@given(ANYTHING)
def test_marked_text_is_legal_xml(text: str) -> None:
    element = ET.Element("t")
    element.text = mark_controls(text)
    assert ET.fromstring(ET.tostring(element, encoding="utf-8")) is not None


@given(ANYTHING)
def test_one_line_is_one_line_and_short(text: str) -> None:
    line = one_line(text, 20)
    assert "\n" not in line
    assert len(line) < 120


@pytest.mark.parametrize(
    ("length", "end"),
    [(10, "aaaaa"), (12, "aaa…"), (30, "aaa… (30 characters in all)"), (9_999, "aaa… (9,999 characters in all)")],
)
def test_clipping_says_how_much_is_missing(length: int, end: str) -> None:
    assert clip("a" * length, 10).endswith(end)


def test_a_headline_of_ten_million_characters_costs_little() -> None:
    line = one_line("A " * 5_000_000, 100)
    assert line.endswith("(10,000,000 characters in all)")
    assert len(line) < 200
