"""What must hold of every comparison, whatever the texts."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.comparison.strategies import articles, prose, relaxed, texts
from writethru.comparison import Change, Edit, Sentence, compare, side_by_side
from writethru.errors import InputError
from writethru.model import ArticleText
from writethru.text import tokenise

either = st.one_of(st.tuples(texts, texts), st.tuples(articles, articles), st.tuples(texts, articles))


@relaxed
@given(either)
@example(("\ud83d\ude00", "\ud83d \ude00"))
@example(("a\r\nb", "a\nb"))
@example(("", " "))
def test_apply_and_revert_are_exact(pair: tuple[str | ArticleText, str | ArticleText]) -> None:
    old, new = pair
    change = compare(old, new)
    if type(old) is type(new):
        assert change.apply(old) == new
        assert change.revert(new) == old
    else:
        assert change.apply(old) == ArticleText.from_plain(new) if isinstance(new, str) else new


@relaxed
@given(either)
@example(("x", "\ud83d\ude00 x"))
def test_the_json_form_gives_an_equal_change_that_still_applies(pair: tuple[str, str]) -> None:
    old, new = pair
    change = compare(old, new)
    back = Change.from_dict(json.loads(json.dumps(change.to_dict())))
    assert back == change
    assert back.to_dict() == change.to_dict()
    assert back.apply(old) == change.apply(old)
    assert back.revert(new) == change.revert(new)


@relaxed
@given(st.one_of(texts, articles))
def test_a_text_compared_with_itself_is_empty(text: str | ArticleText) -> None:
    change = compare(text, text)
    assert change.is_empty
    assert not change.edits
    assert not change.visible
    assert change.apply(text) == text


@relaxed
@given(texts, texts)
@example("A dog.\n\nA cat.", "A cat.\n\nA dog.")
def test_only_equal_texts_give_an_empty_change(old: str, new: str) -> None:
    assert compare(old, new).is_empty == (old == new)


@given(either)
@settings(relaxed, max_examples=300)
def test_the_other_way_round_is_the_inverse(pair: tuple[str, str]) -> None:
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    assert sorted(map(_shape, there.edits)) == sorted(_shape(e, turned=True) for e in back.edits)


def _shape(edit: Edit, *, turned: bool = False) -> str:
    """What an edit does to which characters, without its number and its kinds."""
    ops = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    old, new = (edit.new, edit.old) if turned else (edit.old, edit.new)
    return repr((ops.get(edit.op, edit.op.value) if turned else edit.op.value, edit.move is None, old, new))


@relaxed
@given(either)
def test_comparing_twice_gives_the_same(pair: tuple[str, str]) -> None:
    assert compare(*pair).to_dict() == compare(*pair).to_dict()


@given(st.one_of(st.tuples(prose, prose), st.tuples(texts, texts)))
@settings(relaxed, max_examples=300)
def test_marks_never_cut_a_word_and_leave_equal_rests(pair: tuple[str, str]) -> None:
    for edit in compare(*pair).edits:
        for sentence in (*edit.old, *edit.new):
            spans = sorted((*sentence.marks, *sentence.shifted, *sentence.recased))
            words = [token for token in tokenise(sentence.text) if not token.is_space]
            inside = {at for token in words for at in range(token.start + 1, token.end)}
            assert inside.isdisjoint(at for span in spans for at in span)
            assert all(a.end <= b.start for a, b in pairwise(spans))
        if len(edit.old) == len(edit.new) == 1:
            assert _rest(edit.old[0]) == _rest(edit.new[0])


def _rest(sentence: Sentence) -> str:
    """What no mark covers; recased words in lower case."""
    text = sentence.text
    for start, end in sentence.recased:
        text = text[:start] + text[start:end].lower() + text[end:]
    for start, end in reversed(sentence.differing):
        text = text[:start] + text[end:]
    return text


@relaxed
@given(texts, texts)
def test_rows_show_every_character_that_is_not_white_space(old: str, new: str) -> None:
    rows = side_by_side(compare(old, new), old, new).rows
    for side, text in (("left", old), ("right", new)):
        shown = "".join(cell.text for row in rows if (cell := getattr(row, side)) is not None)
        assert sorted("".join(shown.split())) == sorted("".join(text.split()))


def test_a_change_is_refused_by_a_text_it_was_not_made_from() -> None:
    change = compare("One.", "Two.")
    for stored in (change, Change.from_dict(change.to_dict())):
        with pytest.raises(InputError, match="another old text"):
            stored.apply("Three.")
        with pytest.raises(InputError, match="another new text"):
            stored.revert("One.")
