"""How a manuscript is read, and how text is typeset."""

from __future__ import annotations

import pytest

from writethru.errors import MalformedInput
from writethru.press.demo.manuscript import Piece, parse
from writethru.press.demo.typeset import typeset

HEAD = "outlet: a.example\npath: /p\nsection: News\ntopic: test\n\n=== 2031-03-01T06:00:00Z\nheadline: One\n\n"


def texts(source: str) -> list[list[str]]:
    return [[piece.text for piece in state.pieces] for state in parse(source).states]


def second(marks: str) -> list[str]:
    return texts(f"{HEAD}Anna came.\nBruno went.\nCarla slept.\n\n=== 2031-03-01T07:00:00Z\n\n{marks}\n")[1]


def test_blocks_of_every_kind() -> None:
    source = HEAD + "Text.\n## Sub\n> Said\n* Item\n[caption] Cap\n[credit] By us\n[note] Sorry\n[entry e1 10:00] Live"
    assert parse(source).states[0].pieces == (
        Piece("paragraph", "Text."),
        Piece("subhead", "Sub"),
        Piece("quote", "Said"),
        Piece("list-item", "Item"),
        Piece("caption", "Cap"),
        Piece("credit", "By us"),
        Piece("note", "Sorry"),
        Piece("entry", "Live", "e1", "10:00"),
    )


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        ("@replace went -> stayed", ["Anna came.", "Bruno stayed.", "Carla slept."]),
        ("@delete Bruno", ["Anna came.", "Carla slept."]),
        ("@after Anna\nNew.\nToo.", ["Anna came.", "New.", "Too.", "Bruno went.", "Carla slept."]),
        ("@before Anna\nNew.", ["New.", "Anna came.", "Bruno went.", "Carla slept."]),
        ("@top\nNew.", ["New.", "Anna came.", "Bruno went.", "Carla slept."]),
        ("@end\nNew.", ["Anna came.", "Bruno went.", "Carla slept.", "New."]),
        ("@move Carla -> before Anna", ["Carla slept.", "Anna came.", "Bruno went."]),
        ("@move Anna -> after Bruno", ["Bruno went.", "Anna came.", "Carla slept."]),
        ("@delete Anna\n@delete Bruno\n@from 1", ["Anna came.", "Bruno went.", "Carla slept."]),
        ("", ["Anna came.", "Bruno went.", "Carla slept."]),
    ],
)
def test_marks(marks: str, wanted: list[str]) -> None:
    assert second(marks) == wanted


@pytest.mark.parametrize(
    ("marks", "complaint"),
    [
        ("@replace nowhere -> x", "stands in 0 blocks"),
        ("@replace . -> !", "stands in 3 blocks"),
        ("@delete Nobody", "0 blocks start"),
        ("@move Anna -> before Nobody", "0 blocks start"),
        ("@shuffle all", "no mark @shuffle"),
    ],
)
def test_marks_that_do_not_fit(marks: str, complaint: str) -> None:
    with pytest.raises(MalformedInput, match=complaint):
        second(marks)


def test_a_head_without_its_fields() -> None:
    with pytest.raises(MalformedInput, match="lacks path, section, topic"):
        parse("outlet: a.example\n\n=== 2031-03-01T06:00:00Z\n\nText.")


def test_an_unknown_field() -> None:
    with pytest.raises(MalformedInput, match="unknown field 'headlime'"):
        parse(HEAD.replace("headline", "headlime") + "Text.")


def test_fields_are_kept_and_notes_are_not() -> None:
    source = (
        HEAD.replace("headline", "lesson: one\nflags: unlisted\nheadline") + "Text.\n\n=== 2031-03-01T07:00:00Z\n\n"
    )
    later = parse(source).states[1]
    assert (later.fields["headline"], later.lesson, later.flags) == ("One", "", frozenset())


@pytest.mark.parametrize(
    ("plain", "curly"),
    [
        ('"No," she said.', "“No,” she said."),
        ("the club's kit", "the club’s kit"),
        ("\"'Yes' is a word,\" he said", "“‘Yes’ is a word,” he said"),
        ('(“so”) and ("so")', "(“so”) and (“so”)"),
    ],
)
def test_curly(plain: str, curly: str) -> None:
    assert typeset(plain, {"curly"}) == curly


def test_no_break_spaces_tie_numbers_to_units() -> None:
    assert typeset("5 million crowns in 5 days", {"nbsp"}) == "5\u00a0million crowns in 5 days"
    assert typeset("5 million", ()) == "5 million"
