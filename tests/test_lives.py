"""Sentences through all appearances, dated; how much of a history is followed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

from writethru.lives import MOST_APPEARANCES, MOST_WORDS, sentences_of, within_bounds
from writethru.model import Appearance, ArticleText, TimeBasis, Version
from writethru.storage.store import ArticleSummary

START = datetime(2031, 3, 2, 14, tzinfo=UTC)
SUMMARY = cast(ArticleSummary, None)
TEXTS = {
    1: ArticleText.from_plain("A fire killed 12 people. The mayor wept."),
    2: ArticleText.from_plain("A fire killed 21 people. The mayor wept. Rain is expected."),
    3: ArticleText.from_plain("A fire killed 21 people. Rain is expected."),
}


def appearance(ordinal: int, version: int) -> Appearance:
    """An hour each, an hour apart."""
    begun = START + timedelta(hours=2 * ordinal)
    return Appearance(1, ordinal, version, begun, begun + timedelta(hours=1), TimeBasis.OBSERVED, 2)


def test_each_wording_has_its_versions_its_sightings_and_its_change() -> None:
    view = sentences_of(SUMMARY, [appearance(n, v) for n, v in enumerate((1, 2, 3), 1)], TEXTS, 0)
    fire, rain = view.standing
    assert [(w.text, w.from_version, w.to_version, w.how, w.change) for w in fire.wordings] == [
        ("A fire killed 12 people.", 1, 1, "first", None),
        ("A fire killed 21 people.", 2, 3, "rewritten", 1),
    ]
    assert (fire.wordings[1].first_seen, fire.wordings[1].last_seen) == (
        START + timedelta(hours=4),
        START + timedelta(hours=7),
    )
    assert (rain.wordings[0].how, rain.wordings[0].change, rain.gone_with) == ("added", 1, None)
    (lost,) = view.lost
    assert (lost.text, lost.wordings[0].to_version, lost.gone_with) == ("The mayor wept.", 2, 2)
    assert view.about("12 PEOPLE") == (fire,)
    assert view.about("wept") == (lost,)


def test_a_return_to_an_earlier_text_brings_its_sentences_back() -> None:
    view = sentences_of(SUMMARY, [appearance(n, v) for n, v in enumerate((2, 3, 2), 1)], TEXTS, 0)
    wept = view.standing[1]
    assert [(w.how, w.from_version, w.change) for w in wept.wordings] == [("first", 2, None), ("restored", 2, 2)]
    assert view.lost == ()


def test_a_split_sentence_tells_what_it_was_part_of() -> None:
    whole = "The river had fallen by nightfall, and the road to the coast was open again."
    parted = "The river had fallen by nightfall. The road to the coast was open again."
    texts = {1: ArticleText.from_plain(whole), 2: ArticleText.from_plain(parted)}
    assert [
        life.split_from for life in sentences_of(SUMMARY, [appearance(1, 1), appearance(2, 2)], texts, 0).standing
    ] == [
        "",
        whole,
    ]


def test_numbers_of_changes_are_right_where_the_beginning_is_left_out() -> None:
    view = sentences_of(SUMMARY, [appearance(8, 1), appearance(9, 2), appearance(10, 3)], TEXTS, 7)
    assert (view.followed, view.left_out) == (3, 7)
    assert view.standing[0].wordings[1].change == 8
    assert view.lost[0].gone_with == 9


def version(number: int, words: int) -> Version:
    return Version(1, number, "", "", words, "", START, START, TimeBasis.OBSERVED, 1, "page/1")


def test_only_the_newest_part_of_a_very_long_history_is_followed() -> None:
    long = [appearance(n, 1) for n in range(1, 2 * MOST_APPEARANCES)]
    assert within_bounds(long, [version(1, 100)]) == long[-MOST_APPEARANCES:]
    assert within_bounds(long, [version(1, MOST_WORDS // 10)]) == long[-10:]
    assert within_bounds(long, [version(1, 2 * MOST_WORDS)]) == long[-1:]
    assert within_bounds([], []) == []
