"""Figures in sentences: value, unit, hedge, movement, what is counted; and what is no figure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.statements.figures import MOST_FIGURES, Figure, figures_in, read_figures
from writethru.statements.hedges import Hedge
from writethru.statements.measures import Measure


def only(text: str) -> Figure:
    """The one figure of a text."""
    (figure,) = figures_in(text, "en")
    return figure


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "measure"),
    [
        ("1,429 people were killed", 1429, 1429, "", Measure.COUNT),
        ("twenty-eight thousand six hundred and forty-two students", 28642, 28642, "", Measure.COUNT),
        ("half a million homes", 500_000, 500_000, "", Measure.COUNT),
        ("tens of thousands of homes", 10_000, 100_000, "", Measure.COUNT),
        ("two dozen homes", 24, 24, "", Measure.COUNT),
        ("15 to 22 ships", 15, 22, "", Measure.COUNT),
        ("15–22 ships", 15, 22, "", Measure.COUNT),
        ("1 to 2 thousand ships", 1000, 2000, "", Measure.COUNT),
        ("a third of the ships", 1 / 3, 1 / 3, "", Measure.SHARE),
        ("one in five ships", 0.2, 0.2, "", Measure.SHARE),
        ("12.5 per cent of ships", 12.5, 12.5, "%", Measure.SHARE),
        ("two percentage points", 2, 2, "pp", Measure.POINTS),
        ("$1.356 billion", 1.356e9, 1.356e9, "$", Measure.MONEY),
        ("US$89 to $93 billion", 89e9, 93e9, "USD", Measure.MONEY),
        ("£40m", 40e6, 40e6, "GBP", Measure.MONEY),
        ("3 million Australian dollars", 3e6, 3e6, "AUD", Measure.MONEY),
        ("50p", 50, 50, "pence", Measure.MONEY),
        ("a 30-day deadline", 30, 30, "day", Measure.TIME),
        ("an 18-month-old girl", 18, 18, "month", Measure.AGE),
        ("1,000 metric tons of it", 1000, 1000, "tonne", Measure.PHYSICAL),
        ("32m2 of floor", 32, 32, "square_meter", Measure.PHYSICAL),
        ("37m (121ft) long", 37, 37, "meter", Measure.PHYSICAL),
        ("113 km/h", 113, 113, "kilometer_per_hour", Measure.PHYSICAL),
        ("It was 104F on the pier.", 104, 104, "degree_Fahrenheit", Measure.PHYSICAL),
        ("It was 104F Friday.", 104, 104, "degree_Fahrenheit", Measure.PHYSICAL),
        ("2000-2100 homes", 2000, 2100, "", Measure.COUNT),
        ("-5C", -5, -5, "degree_Celsius", Measure.PHYSICAL),
        ("2½ hours", 2.5, 2.5, "hour", Measure.TIME),
    ],
)  # fmt: skip
def test_values_and_units(text: str, low: float, high: float, unit: str, measure: Measure) -> None:
    figure = figures_in(text, "en")[0]
    assert (figure.low, figure.high) == pytest.approx((low, high))
    assert (figure.unit, figure.measure) == (unit, measure)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 1,400 people", Hedge.ABOUT), ("some 1,400 people", Hedge.ABOUT), ("~1,400 people", Hedge.ABOUT),
        ("1,400 or so people", Hedge.ABOUT), ("40-odd people", Hedge.ABOUT), ("nearly 40 people", Hedge.NEARLY),
        ("more than 1,400 people", Hedge.MORE_THAN), ("40-plus people", Hedge.MORE_THAN),
        ("at least $3m", Hedge.AT_LEAST), ("40 or more people", Hedge.AT_LEAST), ("under $10", Hedge.LESS_THAN),
        ("just under 40 people", Hedge.LESS_THAN), ("up to $8 million", Hedge.UP_TO),
        ("as many as 40 people", Hedge.UP_TO), ("40 people", Hedge.NONE),
        ("between about 20 and 30 people", Hedge.ABOUT),
        ("We have come to talk about seven people", Hedge.NONE), ("They found about seven people", Hedge.ABOUT),
    ],
)  # fmt: skip
def test_hedges(text: str, hedge: Hedge) -> None:
    figure = figures_in(text, "en")[0]
    assert figure.hedge is hedge
    assert (figure.hedge_span.end > 0) == (hedge is not Hedge.NONE)


@pytest.mark.parametrize(
    ("text", "movement"),
    [
        ("Shares rose 3%", 1), ("Shares were up about 19 per cent", 1), ("an increase of 60 jobs", 1),
        ("The index fell by another 190 points", -1), ("expected to grow sales by 35 per cent", 1),
        ("Dow -1.3%", -1), ("Dow +0.2%", 1), ("It is up to 30 days", 0), ("It cost 30 crowns", 0),
        ("shares finished higher at 3.23 crowns", 0), ("the rate climbed to 6.7%", 1), ("a low of -5C", 0),
    ],
)  # fmt: skip
def test_movement(text: str, movement: int) -> None:
    assert only(text).movement == movement


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("more than 700 heart transplants since then", "heart transplants"),
        ("Four of the children were hurt", "children"),
        ("Police arrested 12 protesters on Friday", "protesters"),
        ("a 30-day deadline", "deadline"),
        ("10 per cent of voters stayed away", "voters"),
        ("They paid $3 million", ""),
        ("The number is 12.", ""),
        ("She was two miles inside its waters", ""),
        ("The hull is 91 metres long", ""),
        ("At twelve degrees cannot lower boats", ""),
    ],
)
def test_what_is_counted_is_a_slice_of_the_text(text: str, counted: str) -> None:
    figure = only(text)
    assert figure.counted == counted == text[slice(*figure.counted_span)]


@pytest.mark.parametrize(
    "text",
    [
        "It opened in 2018.", "It will be gone by 2120.", "on 21 August", "at 10:45", "the 10th time", "a 737-800 jet",
        "Section 427", "Model 3 is here", "the iPhone 14 Pro", "the S&P 500", "COVID-19", "They won 2-0", "2014-15",
        "each one they lose", "one another", "2019-09-01T10:38", "the second half", "a third-party review",
        "It stands at 49 Harbour Row", "the runner (4) fell", "",
        "Kest College 2022-2023 Harbour Goals", "Report (DOC, Kest, 2014-2016)",
        "The 18F Harbour Guide was written by 18F.",
    ],
)  # fmt: skip
def test_what_is_no_figure(text: str) -> None:
    assert figures_in(text, "en") == []


def test_what_a_figure_takes_over_from_the_one_it_repeats() -> None:
    _, miles = figures_in("It flew more than 100 kilometres (62 miles).", "en")
    assert miles.hedge is Hedge.MORE_THAN
    _, share = figures_in("The index lost 190 points, or 0.6%.", "en")
    assert share.movement == -1


def test_a_rate_is_told_apart_from_a_sum() -> None:
    assert only("$48,000 a year").rate == "year"
    assert only("$2.11 per gallon").rate == "gallon"
    assert only("$48,000 for a year").rate == ""


@pytest.mark.parametrize(
    ("text", "low"), [("1.429 Menschen", 1429), ("1,5 Millionen Euro", 1.5e6), ("drei Schiffe", 3)]
)
def test_other_languages_by_their_own_marks(text: str, low: float) -> None:
    (figure,) = figures_in(text, "de")
    assert figure.low == low


def test_a_long_table_is_read_up_to_a_bound_that_is_told() -> None:
    table = "12 ships, " * (MOST_FIGURES + 50)
    read = read_figures(table, "en")
    assert len(read.figures) == MOST_FIGURES
    assert read.figures[-1].span.end <= read.until < len(table)
    assert read_figures("12 ships", "en").until == len("12 ships")


def test_a_sign_belongs_to_one_figure() -> None:
    ends = [(one.span.start, one.span.end) for one in figures_in("1$1, 5 USD 6 and 3-4", "en")]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))


@given(st.text(st.sampled_from("19.,-–$£% ofmillion$aahalftothrdzk½°\n()/"), max_size=60))
def test_any_text_is_read_and_spans_are_slices_in_order(text: str) -> None:
    figures = figures_in(text, "en")
    for figure in figures:
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.low <= figure.high
        assert figure.counted == text[slice(*figure.counted_span)]
    assert all(a.span.end <= b.span.start for a, b in pairwise(figures))


@pytest.mark.parametrize(
    "text", ["no trace at six o’clock", "It closed at 6 o'clock.", "at half past three", "a quarter past two"]
)
def test_a_time_of_day_in_words_is_no_figure(text: str) -> None:
    assert figures_in(text, "en") == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A girl was born at ten past five, another at ten to four.", []),
        ("At 3.15 this morning the bank broke.", []),
        ("The board voted by seven to four to shut it.", ["seven", "four"]),
        ("The third one lifted his feet.", []),
    ],
)
def test_times_of_day_votes_and_one_of_several(text: str, written: list[str]) -> None:
    assert [text[slice(*one.span)] for one in figures_in(text, "en")] == written


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("At the hall 310 people spent Wednesday night.", "people"),
        ("Some 12 ministers met again.", "ministers"),
        ("Take the seven polling districts along the Tarne.", "polling districts"),
        ("Two developed raised enzymes.", ""),
        ("Thousands told to leave.", ""),
        ("Ninety of 121 seats are in.", "121 seats"),
        ("Some 12 armed men came.", "armed men"),
    ],
)
def test_what_is_counted_ends_before_its_verb(text: str, counted: str) -> None:
    assert figures_in(text, "en")[0].counted == counted


def test_whom_somebody_served_under_is_no_hedge() -> None:
    (found,) = figures_in("I have cleaned under four ministers.", "en")
    assert found.hedge is Hedge.NONE


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It rolled out the first 787 Dreamliner on Monday.", []),
        ("They took in the 300 Syrian refugees.", ["300"]),
        ("It was one of the 12 Labour members.", ["12"]),
    ],
)
def test_a_model_is_no_figure(text: str, written: list[str]) -> None:
    assert [text[slice(*one.span)] for one in figures_in(text, "en") if one.low > 1] == written


@pytest.mark.parametrize(
    "text",
    [
        "The shop stands in the 12500 block of East Road.",
        "He carried a .38 caliber revolver.",
        "It began on 10 Nov at the quay.",
        "It was filed at 9: 53 AM by the desk.",
        "They came shortly after 3 p. m. to the quay.",
        "They came down at about 9.40 on Wednesday evening.",
    ],
)
def test_labels_days_and_times_of_day_are_no_figures(text: str) -> None:
    assert figures_in(text, "en") == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Six AK-47 rifles were found.", "AK-47 rifles"),
        ("39% of respondents use it more.", "respondents"),
        ("449 of the party insiders back her.", "party insiders"),
        ("Seventy-four percent of registered voters say so.", "registered voters"),
        ("13 fully loaded magazines lay there.", "fully loaded magazines"),
        ("A magnitude 6 quake can do harm.", ""),
        ("It struck 35 miles southwest of the port.", ""),
    ],
)
def test_what_is_counted_is_read_to_its_noun(text: str, counted: str) -> None:
    assert figures_in(text, "en")[0].counted == counted


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Ada Holm, 34, was killed in the fire.", Measure.AGE),
        ("Her brothers, 17 and 22, were arrested.", Measure.AGE),
        ("In Homs, 14, and in Hama nobody died.", Measure.COUNT),
        ("On Monday, 34, among them two guards, were freed.", Measure.COUNT),
    ],
)
def test_a_bare_number_behind_a_name_is_an_age(text: str, measure: Measure) -> None:
    assert figures_in(text, "en")[0].measure is measure
