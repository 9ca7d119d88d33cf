"""What is read at once."""

from __future__ import annotations

from writethru.nlp.passages import MOST_PIECES, passages_of
from writethru.nlp.wordpiece import WordPiece

CUTTER = WordPiece({piece: at for at, piece in enumerate(("[UNK]", "a", ".", "“", "”"))})


def test_a_paragraph_with_its_sentences_and_quotation_marks() -> None:
    one, other = passages_of("A a. “A a.”\n\nA", CUTTER)
    assert other.spans == ((13, 14),)
    assert one.quoted == (False, False, False, True, True, True, True, True)
    assert one.sentences == (0, 0, 0, 1, 1, 1, 1, 1)


def test_a_long_paragraph_is_cut_where_sentences_begin() -> None:
    found = passages_of("A a a a a a a a a. " * 60, CUTTER)
    assert sum(len(one.numbers) for one in found) == 600
    assert all(len(one.numbers) <= MOST_PIECES and one.numbers[-1] == 2 for one in found)


def test_without_sentences_it_is_cut_all_the_same() -> None:
    assert [len(one.numbers) for one in passages_of("a " * 600, CUTTER)] == [MOST_PIECES, MOST_PIECES, 92]
