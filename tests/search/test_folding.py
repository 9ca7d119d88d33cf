"""Words as search folds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.search.folding import LONGEST_WORD, fold, folded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Élysée ÉLYSÉE", "elysee elysee"),
        ("1,429 1\u00a0429 1.429.000,5 1,42 1.5m £3.2bn 12%", "1429 1429 1429000,5 1,42 1.5 m 3.2 bn 12"),
        ("1,429.5 10.1.2 9/11 14:05 11,222,3333", "1429.5 10.1.2 9 11 14 05 11,222,3333"),
        ("U.S. U.S e.g. I. A. B.", "us us eg i a b"),
        ("Kerry’s don't co-operate", "kerry s don t co operate"),
        ("H5N1 covid19 20th", "h5n1 covid19 20 th"),
        ("йод и ёлка", "йод и елка"),
        ("Straße ﬁne Øre İstanbul", "strasse fine ore istanbul"),
        ("東京タワー 서울", "東 京 タ ワ ー 서 울"),
        ("مُحَمَّد ١٬٤٢٩ ١٫٥", "محمد 1429 1.5"),
        ("soft\u00adhyphen zero\u200bwidth \u202eright", "softhyphen zerowidth right"),
        ("…—!?", ""),
    ],
)
def test_folded(text: str, words: str) -> None:
    assert " ".join(folded_words(text)) == words


@given(st.text(max_size=80))
def test_words_are_safe_for_every_index_and_stand_in_their_order(text: str) -> None:
    end = 0
    for word in fold(text):
        assert end <= word.start < word.end <= len(text)
        end = word.end
        assert word.text
        assert len(word.text) <= LONGEST_WORD
        assert not set(word.text) & set("\"'\\:~&|!()<>* \x00")
        word.text.encode()


@given(st.text(max_size=60))
def test_folding_what_was_folded_changes_nothing(text: str) -> None:
    once = " ".join(folded_words(text))
    again = " ".join(folded_words(once))
    assert " ".join(folded_words(again)) == again
