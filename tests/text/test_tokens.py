"""Tokens tile the text, and words and numbers stay whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.text import tokenise, word_list
from writethru.text.tokens import vocabulary

anything = st.text(alphabet=st.characters(codec=None, categories=None), max_size=80)


@given(anything)
def test_tokens_tile_any_text(text: str) -> None:
    tokens = tokenise(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)


@given(anything)
def test_no_token_begins_with_a_combining_mark_after_a_letter_or_sign(text: str) -> None:
    for before, token in zip(tokenise(text), tokenise(text)[1:], strict=False):
        if not before.is_space:
            assert unicodedata.category(token.text[0])[0] != "M"


@pytest.mark.parametrize(
    "number",
    [
        "1,429",
        "1.5",
        "12%",
        "£3.2m",
        "200 000",
        "-4",
        "3.15",
        "8:51",
        "12/09/2013",
        "12 %",
        "1\u202f400",
        "٣٫٥",
        "$1,000.50",
    ],
)
def test_a_number_is_one_token(number: str) -> None:
    tokens = tokenise(f"of {number}, it")
    assert number in [token.text for token in tokens]
    assert next(token for token in tokens if token.text == number).is_number


@pytest.mark.parametrize(
    "word",
    ["don’t", "l'homme", "well-known", "12-year-old", "U.S.", "e\u0301te\u0301", "co\u00adop", "F-16", "नमस्ते",
     "کتاب\u200cها", "digital.gov", "-elect", "pre-", "https://a.example/b?c=1",
     "👩\u200d👩\u200d👧", "👍🏽", "🇫🇮", "COVID-19", "..."],
)  # fmt: skip
def test_a_word_is_one_token(word: str) -> None:
    assert word in [token.text for token in tokenise(f"so {word} is")]


def test_scripts_without_spaces_give_one_token_a_character_and_whole_loan_words() -> None:
    assert [token.text for token in tokenise("東京のニュース")] == ["東", "京", "の", "ニュース"]


def test_full_stops_and_quotation_marks_stand_alone() -> None:
    assert [t.text for t in tokenise("“No,” he said.") if not t.is_space] == ["“", "No", ",", "”", "he", "said", "."]


def test_the_words_of_a_text_leave_signs_out() -> None:
    assert word_list("He paid £3.2m (12%) — so?") == ["He", "paid", "3.2m", "12", "so"]
    assert word_list("東京 é") == ["東", "京", "é"]


def test_a_long_run_takes_linear_time() -> None:
    assert len(tokenise("https://" + "." * 200_000)) > 0
    assert len(tokenise("1 " * 100_000)) > 0


@given(anything)
def test_a_vocabulary_is_the_words_in_small_letters_each_once(text: str) -> None:
    assert vocabulary(word_list(text)) == {word.lower() for word in word_list(text)}
