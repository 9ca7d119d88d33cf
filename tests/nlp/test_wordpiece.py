"""WordPiece: the pieces of words, and where they stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.nlp.wordpiece import WordPiece, words_and_signs

VOCABULARY = {
    piece: at
    for at, piece in enumerate(
        ("[UNK]", "har", "##bour", "##s", "the", "un", "##seen", "cafe", ",", ".", "会", "st", "##raße", "a", "b")
    )
}


def cut(text: str) -> list[tuple[str, str]]:
    """Each piece with the characters it stands for."""
    names = {number: piece for piece, number in VOCABULARY.items()}
    numbers, spans = WordPiece(VOCABULARY).pieces(text)
    return [(names[number], text[slice(*span)]) for number, span in zip(numbers, spans, strict=True)]


def test_the_longest_piece_first() -> None:
    pieces = cut("The harbours, unseen.")
    assert [piece for piece, _ in pieces] == ["the", "har", "##bour", "##s", ",", "un", "##seen", "."]
    assert [words for _, words in pieces] == ["The", "har", "bour", "s", ",", "un", "seen", "."]


def test_accents_go_and_places_stay() -> None:
    assert cut("Café cafe\u0301 Straße") == [
        ("cafe", "Café"), ("cafe", "cafe\u0301"), ("st", "St"), ("##raße", "raße")
    ]  # fmt: skip


def test_what_cannot_be_cut_is_one_unknown_piece() -> None:
    assert cut("the xyz " + "a" * 101) == [("the", "the"), ("[UNK]", "xyz"), ("[UNK]", "a" * 101)]


def test_chinese_characters_stand_alone_and_marks_of_other_kinds_do_not() -> None:
    assert list(words_and_signs("a会b ©c—d")) == [(0, 1), (1, 2), (2, 3), (4, 6), (6, 7), (7, 8)]


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_every_piece_is_a_slice_in_order(text: str) -> None:
    before = 0
    for start, end in WordPiece(VOCABULARY).pieces(text).spans:
        assert before <= start < end <= len(text)
        before = end
