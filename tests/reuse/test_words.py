"""Words with their places; quoted speech is marked whatever a page did to its signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reuse.material import paragraphs
from writethru.model import ArticleText, Block, BlockKind
from writethru.reuse import words as words_module
from writethru.reuse.quoting import quoted_stretches
from writethru.reuse.words import Mark, folded, read_words

SIGNS = st.text(alphabet="ab A.\"'“”„«»‘’—", max_size=60)


def quoted(text: str, *, taken_up: bool = False) -> list[str]:
    return [text[s.start : s.end] for s in quoted_stretches(text, taken_up=taken_up)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "It burns." Then he left.', ['"It burns."']),
        ("He said “it burns” and “it hurts”.", ["“it burns”", "“it hurts”"]),
        ("‘It’s the workers’ fault,’ she said.", ["‘It’s the workers’ fault,’"]),
        ("Der Minister sagte: „Es brennt“ und ging.", ["„Es brennt“"]),
        ("Le maire a dit « ça brûle » hier.", ["« ça brûle »"]),
        ('" It was quick, " she said. " Nobody fell. " He left.', ['" It was quick, "', '" Nobody fell. "']),
        ("The dogs' bowls and the cats' beds.", []),
        ("It isn't 'fine', he said.", ["'fine'"]),
        ('A 6" pipe burst and a 4" one held.', []),
        ("He said “it burns. The road is closed today.", ["“it burns."]),
        ("“She said ‘no’ to me,” he wrote.", ["“She said ‘no’ to me,”"]),
        ("She said “one thing. And “another thing” too.", ["“one thing.", "“another thing”"]),
    ],
)
def test_quoted_stretches(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_that_the_next_paragraph_takes_up_runs_to_the_end() -> None:
    text = "“It burns. It burns well, he said."
    assert quoted(text, taken_up=True) == [text]
    assert quoted(text) == ["“It burns."]


@given(SIGNS)
def test_stretches_are_in_order_and_apart(text: str) -> None:
    end = 0
    for stretch in quoted_stretches(text):
        assert end <= stretch.start < stretch.end <= len(text)
        end = stretch.end


@given(st.lists(SIGNS.map(str.strip).filter(bool), max_size=5))
def test_places_give_the_words_back(texts: list[str]) -> None:
    text = paragraphs(*texts)
    words = read_words(text)
    assert len(words.keys) == len(words.marks) == len(words.places)
    for key, place in zip(words.keys, words.places, strict=True):
        assert folded(text.blocks[place.block].text[place.start : place.end]) == key


@given(st.lists(SIGNS.map(str.strip).filter(bool), max_size=4), st.integers(0, 12), st.integers(0, 12))
def test_stretches_and_first_words_are_those_of_the_places(texts: list[str], start: int, end: int) -> None:
    words = read_words(paragraphs(*texts))
    blocks: dict[int, list[tuple[int, int]]] = {}
    for place in words.places[start:end]:
        blocks.setdefault(place.block, []).append((place.start, place.end))
    assert words.stretches(start, end) == [(block, some[0][0], some[-1][1]) for block, some in blocks.items()]
    first = words.first(end)
    assert (first.keys, first.marks, first.places) == (words.keys[:end], words.marks[:end], words.places[:end])


def test_words_are_folded_alike_when_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "MOST_KNOWN", 2)
    text = "Ilse met Otto; Otto saw Ilse on the 9th of May, and the mayor saw Otto."
    full = read_words(paragraphs(text))
    monkeypatch.undo()
    assert full == read_words(paragraphs(text))


def test_a_lost_sign_does_not_turn_the_article_inside_out() -> None:
    words = read_words(paragraphs("“The roof fell in. Nobody was hurt in the street.", "Crews stayed until noon."))
    crews = words.keys.index("crews")
    assert not any(mark & Mark.QUOTED for mark in words.marks[crews:])


def test_captions_tables_notes_credits_and_furniture_do_not_count() -> None:
    kinds = [BlockKind.CAPTION, BlockKind.TABLE, BlockKind.NOTE, BlockKind.CREDIT, BlockKind.PARAGRAPH]
    text = ArticleText(blocks=tuple(Block(kind, f"Word of {kind}") for kind in kinds))
    assert {place.block for place in read_words(text).places} == {4}
    assert not read_words(text, frozenset({"Word of paragraph"})).keys


def test_names_and_function_words_are_told_from_the_writers_own() -> None:
    words = read_words(paragraphs("Yesterday the mayor met Ilse Marden at 9."))
    marks = dict(zip(words.keys, words.marks, strict=True))
    assert marks["yesterday"] == Mark.NONE  # it begins the sentence: its capital says nothing
    assert marks["the"] == Mark.COMMON
    assert marks["ilse"] == marks["9"] == Mark.NAME
    assert marks["mayor"] == Mark.NONE


@pytest.mark.parametrize(
    ("word", "key"), [("Kerry’s", "kerry"), ("1,429", "1429"), ("Café", "cafe"), ("’s", "'s"), ("Straße", "strasse")]
)
def test_folding(word: str, key: str) -> None:
    assert folded(word) == key
