"""Folding sets print conventions aside and nothing else; languages are told by script and function words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.text import fold_invisible, fold_typography
from writethru.text.languages import language_of


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("caf\u00e9", "cafe\u0301"),
        ("co\u00adop", "coop"),
        ("40\u00a0crowns", "40 crowns"),
        ("a\u200bb", "ab"),
        ("a  b\n", "a b"),
    ],
)
def test_what_no_reader_sees_is_folded(a: str, b: str) -> None:
    assert fold_invisible(a) == fold_invisible(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("“No”", '"No"'),
        ("it’s", "it's"),
        ("a — b", "a - b"),
        ("wait…", "wait..."),
        ("ﬁre", "fire"),
        ("2–1", "2-1"),
        ("«да»", '"да"'),
    ],
)
def test_print_conventions_are_folded_only_by_typography(a: str, b: str) -> None:
    assert fold_typography(a) == fold_typography(b)
    assert fold_invisible(a) != fold_invisible(b)


@pytest.mark.parametrize(("a", "b"), [("not", "now"), ("1.5", "15"), ("May", "may"), ("a, b", "a b"), ("2.0", "20")])
def test_meaning_is_never_folded(a: str, b: str) -> None:
    assert fold_typography(a) != fold_typography(b)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_typography(fold_typography(text)) == fold_typography(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mayor said that it was not the fault of the town."),
        ("de", "Der Minister sagte, dass es nicht die Schuld der Stadt ist."),
        ("fr", "Le maire a dit que les habitants ne sont pas dans la ville."),
        ("fi", "Poliisi kertoo, että hän ei ole ja se oli noin kello kolme."),
        ("ru", "Мэр сказал, что это не так и что он был за городом после этого."),
        ("bg", "Кметът каза, че не е така и че ще се върне от града на село."),
        ("ja", "首相は記者会見で述べた。"),
        ("zh", "总理在记者会上发表讲话。"),
        ("ar", "قال الرئيس إن المدينة آمنة."),
        ("he", "ראש העיר אמר שהעיר בטוחה."),
        ("", "12345 67890"),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert language_of(text) == language
