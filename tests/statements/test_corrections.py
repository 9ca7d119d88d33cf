"""Corrections are found again by words and context, hold for what they were made on, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from writethru.errors import InputError
from writethru.model import ArticleText
from writethru.statements.calendar import Days
from writethru.statements.corrections import Correction, Kind, Mark, applied, checked, mark_at, place_of
from writethru.statements.evidence import source_words
from writethru.statements.reading import read_text

TEXT = ArticleText.from_plain(
    'The fire on Sunday killed 12 people.\n\n"It was dark," he said.\n\nThe 12 people had names.'
)
READ = read_text(TEXT, date(2031, 5, 6))


def ruling(kind: Kind, at: int, field: str = "", value: str = "") -> Correction:
    """A correction of the at-th thing of a kind."""
    things = {Kind.FIGURE: READ.figures, Kind.TIME: READ.times, Kind.SAID: READ.said}[kind]
    place = place_of(things[at])
    return checked(Correction(kind, mark_at(TEXT.blocks[place.block].text, place), field, value))


def words(block: int) -> str:
    return TEXT.blocks[block].text


def test_a_rejected_figure_is_gone_and_its_twin_stays() -> None:
    ruled, used = applied(READ, words, [ruling(Kind.FIGURE, 0)])
    assert ([one.block for one in ruled.figures], used) == ([2], {0})


def test_each_kind_can_be_set() -> None:
    known = [
        ruling(Kind.FIGURE, 0, "value", "12..15"),
        ruling(Kind.FIGURE, 1, "counted", "sailors"),
        ruling(Kind.TIME, 0, "day", "2031-05-11"),
        ruling(Kind.SAID, 0, "speaker", "Anna  Holm"),
    ]
    ruled, used = applied(READ, words, known)
    assert used == {0, 1, 2, 3}
    assert (ruled.figures[0].figure.low, ruled.figures[0].figure.high) == (12, 15)
    assert ruled.figures[1].figure.counted == "sailors"
    assert ruled.times[0].time.days == (date(2031, 5, 11), date(2031, 5, 11))
    assert source_words(TEXT, ruled.said[0]) == "Anna Holm"
    assert ruled.said[0].certain


def test_a_commitment_gets_another_day_or_is_rejected() -> None:
    text = ArticleText.from_plain("The company will submit the inspection reports within 15 days, the minister said.")
    read = read_text(text, date(2031, 5, 6))
    (bound,) = read.bound
    mark = mark_at(text.blocks[0].text, place_of(bound))

    def ruled_by(field: str, value: str) -> list[Days | None]:
        known = [checked(Correction(Kind.COMMITMENT, mark, field, value))]
        return [one.due for one in applied(read, lambda block: text.blocks[block].text, known)[0].bound]

    day = date(2031, 6, 1)
    assert bound.due != Days(day, day)
    assert ruled_by("due", "2031-06-01") == [Days(day, day)]
    assert ruled_by("", "") == []
    with pytest.raises(InputError, match="a day is written"):
        ruled_by("due", "soon")


def test_the_latest_of_two_holds() -> None:
    ruled, used = applied(READ, words, [ruling(Kind.FIGURE, 0), ruling(Kind.FIGURE, 0, "value", "13")])
    assert (ruled.figures[0].figure.low, used) == (13, {1})


@pytest.mark.parametrize(
    ("mark", "fits"),
    [
        (Mark("12", "a line of words before ", " other"), True),
        (Mark("12", "other ", " people and more of them"), True),
        (Mark("13", "a line of words before ", " people and more of them"), False),
        (Mark("12", "other ", " other"), False),
    ],
    ids=["edited behind", "edited before", "another figure", "elsewhere"],
)
def test_an_edit_on_one_side_keeps_it_on_both_loses_it(mark: Mark, fits: bool) -> None:
    assert Mark("12", "a line of words before ", " people and more of them").fits(mark) is fits


def test_a_short_context_must_fit_on_both_sides() -> None:
    assert not Mark("12", "", " people").fits(Mark("12", "", " boats"))


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (Kind.FIGURE, "speaker", "Anna"),
        (Kind.FIGURE, "value", "many"),
        (Kind.FIGURE, "value", "9..3"),
        (Kind.FIGURE, "value", "inf"),
        (Kind.TIME, "day", "Sunday"),
        (Kind.SAID, "speaker", ""),
        (Kind.SAID, "", "Anna"),
        (Kind.SAID, "speaker", "A" * 201),
    ],
)
def test_what_cannot_be_set_is_refused(kind: Kind, field: str, value: str) -> None:
    with pytest.raises(InputError):
        checked(Correction(kind, Mark("12", "", ""), field, value))
