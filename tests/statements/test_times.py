"""Time expressions against the day a text was written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.statements.calendar import days_of
from writethru.statements.times import MOST_TIMES, TimeExpression, TimeKind, times_in

FRIDAY = date(2013, 9, 13)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The line is sold until Sept. 30. Until then, it stays.", ["2013-09-30", "2013-09-30"]),
        ("It would fly from Sept. 30, and to the islands from August 6.", ["2013-09-30", "2014-08-06"]),
        ("Paid on Jan. 2 to holders of Nov. 15, it will be cut.", ["2014-01-02", "2013-11-15"]),
        ("He wound it every Monday, Wednesday and Friday.", ["XXXX-WXX-1", "XXXX-WXX-3", "XXXX-WXX-5"]),
        ("Ferries leave on Monday and Friday nights.", ["XXXX-WXX-1TNI", "XXXX-WXX-5TNI"]),
        ("Trade fell in the second quarter. It rose from a year ago, and from 4 pence a year earlier.",
         ["2013-Q2", "2012-Q2", "2012-Q2"]),
        ("He was seen at 6 a.m. ten days before the storm.", ["XXXX-XX-XXT06:00", "P10D"]),
        ("It fell on Friday to November’s low.", ["2013-09-13", "2012-11"]),
    ],
)  # fmt: skip
def test_times_told_by_one_before(text: str, values: list[str]) -> None:
    """What a day, a night or a quarter means can hang on the time that was named before it."""
    assert [one.value for one in times_in(text, FRIDAY)] == values


@pytest.mark.parametrize(
    "text", ["It ended at high noon.", "He has a six-month-old son.", "Bring the 4 in the box.", "The March on Rome"]
)
def test_no_time(text: str) -> None:
    """Sayings, ages, counts and names."""
    assert times_in(text, FRIDAY) == []


def only(text: str, written: date | None = FRIDAY) -> TimeExpression:
    """The one time expression of a text."""
    (found,) = times_in(text, written)
    assert text[slice(*found.span)].strip()
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was signed on Thursday.", "2013-09-12"),
        ("The talks were looking likely to stretch into Saturday.", "2013-09-14"),
        ("The pier is shut until Tuesday.", "2013-09-17"),
        ("They demanded an answer by Monday.", "2013-09-16"),
        ("Until Tuesday, they had not called him a suspect.", "2013-09-10"),
        ("Two of 159 ports had filed reports by Wednesday.", "2013-09-11"),
        ("The march planned for Monday was called off.", "2013-09-09"),
        ("It had been due to expire Tuesday.", "2013-09-10"),
        ("By Tuesday afternoon, that had still not happened.", "2013-09-10TAF"),
        ("The two leaders meet separately Monday.", "2013-09-16"),
        ("A forecaster said a front would cross the hills on Monday.", "2013-09-16"),
        ("Three ministers say that they knew by Monday.", "2013-09-09"),
        ("The theatre has been damaged, and the flood has closed it until June.", "2014-06"),
        ("The flower show is on 6 June.", "2014-06-06"),
        ("“We were there in the morning,” said Hald.", "XXXX-XX-XXTMO"),
        ("The road was shut last winter.", "2012-WI"),
        ("They plan it for next winter.", "2013-WI"),
        ("On Tuesday, the port will shut.", "2013-09-17"),
        ("On Tuesday, the port shut.", "2013-09-10"),
        ("It is shut until 5 p.m. Sept. 20.", "2013-09-20T17:00"),
        ("The bell rang at 4 o'clock in the afternoon.", "2013-09-13T16:00"),
        ("It was lost last August.", "2012-08"),
        ("It fell 2 % since year-end.", "2012-12-31"),
        ("It is shut on Tuesday nights.", "XXXX-WXX-2TNI"),
        ("They march each July.", "XXXX-07"),
        ("They meet on the third Thursday of each month.", "P1M"),
        ("They meet on the first Monday in October.", "2013-10-07"),
        ("It was built in the 19th century.", "18"),
        ("The court sits the week of Sept. 23.", "2013-W39"),
        ("It was found in the week of 2 September.", "2013-W36"),
        ("They met the day before last Tuesday.", "2013-09-09"),
        ("It shut the day after Sept. 3.", "2013-09-04"),
        ("He left at 4 in the morning.", "2013-09-13T04:00"),
        ("The offer ended at midnight Thursday.", "2013-09-12T24:00"),
        ("By mid-afternoon yesterday it was over.", "2013-09-12TAF"),
        ("He was found in the small hours of Thursday.", "2013-09-12TMO"),
        ("It rained later in the day.", "2013-09-13"),
        ("It rose in the past year.", "2012"),
        ("It was sold a month or so ago.", "2013-08"),
        ("The May elections were lost.", "2013-05"),
        ("It was shown in January nineteen ninety-seven.", "1997-01"),
        ("It was lost in the first half of the 1980s.", "198X"),
        ("It rose for the first two quarters of 1990.", "1990-H1"),
        ("It rose by 2 % in the year-earlier third quarter.", "2012-Q3"),
        ("The year-earlier nine months were worse.", "P9M"),
        ("It fell in the latest fiscal year.", "2012"),
        ("It fell for ten trading days.", "P10D"),
        ("They had a day-long meeting.", "P1D"),
        ("They broke a six-month-old truce.", "P6M"),
        ("They waited another two weeks.", "P2W"),
        ("It ended in the half year ended Sept. 20.", "2012-09-20"),
        ("Banks were likely to sell as soon as trading opened Monday.", "2013-09-16"),
        ("The old bridge will be named on Monday.", "2013-09-16"),
        ("He must be heard, she ruled, and set Tuesday as the deadline.", "2013-09-10"),
        ("It is to be judged when the case is heard in May.", "2014-05"),
        ("They are supposed to conclude by October.", "2013-10"),
        ("The bank has extended the loan through January.", "2014-01"),
        ("It has been shut for the last week.", "P1W"),
        ("It will one day be the longest pier.", "FUTURE_REF"),
        ("The yard changed hands in November.", "2012-11"),
        ("They decided to shut it in February.", "2014-02"),
        ("The yard will be sold in June.", "2014-06"),
        ("Rules to be published in July are awaited.", "2014-07"),
        ("Costs may rise in the near term.", "FUTURE_REF"),
        ("It was built in the nineties.", "199X"),
        ("It lasted for a minute and a half.", "PT1M30S"),
        ("It is due in next year's first quarter.", "2014-Q1"),
        ("It is expected in the current fiscal year.", "2013"),
        ("The strike lasted until last Tuesday.", "2013-09-10"),
        ("He said Friday that it was over.", "2013-09-13"),
        ("They will meet on Monday.", "2013-09-16"),
        ("It is expected to report next Tuesday.", "2013-09-17"),
        ("It opened last Friday.", "2013-09-06"),
        ("It began yesterday.", "2013-09-12"),
        ("It ends tomorrow.", "2013-09-14"),
        ("It closed Thursday night.", "2013-09-12TNI"),
        ("It was sunk on Aug. 21.", "2013-08-21"),
        ("It was sunk on 21 August 2013.", "2013-08-21"),
        ("It was sunk on August 21, 2013.", "2013-08-21"),
        ("The talks are on Oct. 4.", "2013-10-04"),
        ("The dividend is payable Jan. 15.", "2014-01-15"),
        ("It was paid in December.", "2012-12"),
        ("It will be paid in December.", "2013-12"),
        ("It was paid last December.", "2012-12"),
        ("It rose in July last year.", "2012-07"),
        ("Later this month it will sail.", "2013-09"),
        ("It sailed last year.", "2012"),
        ("It sails next week.", "2013-W38"),
        ("It sailed two weeks ago.", "2013-W35"),
        ("It sailed 11 days ago.", "2013-09-02"),
        ("It sailed five years ago.", "2008"),
        ("It sailed two months ago.", "2013-07"),
        ("They meet in two weeks time.", "2013-W39"),
        ("They meet in two weeks' time.", "2013-W39"),
        ("It sailed in 1999.", "1999"),
        ("It was built in the 1990s.", "199X"),
        ("It was lost in the spring of nineteen ninety-four.", "1994-SP"),
        ("Profit fell in the second quarter.", "2013-Q2"),
        ("Profit fell in the first half of 1989.", "1989-H1"),
        ("Over the weekend it rained.", "2013-W36-WE"),
        ("It sank at 10:35 a.m. Thursday.", "2013-09-12T10:35"),
        ("It sank at 23:15.", "2013-09-13T23:15"),
        ("It was written on 2013-09-01.", "2013-09-01"),
        ("It was Christmas Day.", "2013-12-25"),
        ("It is due by the end of the year.", "2013"),
        ("It is now afloat.", "PRESENT_REF"),
    ],
)
def test_values(text: str, value: str) -> None:
    assert only(text).value == value


def test_a_day_that_no_calendar_has_is_not_made_one() -> None:
    assert only("Feb. 31 was named").value == "2013-02"


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("a fight of two weeks", "P2W", TimeKind.DURATION),
        ("a 30-day truce", "P30D", TimeKind.DURATION),
        ("It took 5 1/2 hours.", "PT5H30M", TimeKind.DURATION),
        ("It took several months.", "PXM", TimeKind.DURATION),
        ("the past two decades", "P20Y", TimeKind.DURATION),
        ("It has been so for years.", "PXY", TimeKind.DURATION),
        ("It is sold daily.", "P1D", TimeKind.SET),
        ("It sails every Monday.", "XXXX-WXX-1", TimeKind.SET),
        ("It is paid each year.", "P1Y", TimeKind.SET),
    ],
)
def test_lengths_and_repeated_times(text: str, value: str, kind: TimeKind) -> None:
    found = only(text)
    assert (found.value, found.kind, found.days) == (value, kind, None)


def test_noon_of_a_date_is_not_of_the_day_of_writing() -> None:
    found = times_in("Bids closed at noon on 3 September.", FRIDAY)
    assert [one.value[5:] for one in found] == ["09-03"]
    assert [one.value for one in times_in("Bids closed at noon.", FRIDAY)] == [f"{FRIDAY.isoformat()}T12:00"]


def test_what_hangs_on_an_event_stays_open_and_names_it() -> None:
    found = only("It must hand over the data a month after signing the convention.")
    assert (found.value, found.days) == ("P1M", None)
    assert found.anchor == "after signing the convention"


def test_that_day_is_the_last_one_that_was_named() -> None:
    text = "It sank on Aug. 21. Later that day divers went down. The next day they stopped."
    assert [one.value for one in times_in(text, FRIDAY)] == ["2013-08-21", "2013-08-21", "2013-08-22"]


@pytest.mark.parametrize(
    "text",
    [
        "They may sail.",
        "a 6-year-old boy",
        "The march was long.",
        "about 1900 ships",
        "",
        "the 737-800",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times_in(text, FRIDAY) == []


def test_without_a_day_of_writing_nothing_is_made_up() -> None:
    assert only("It was signed on Thursday.", None).value == "XXXX-WXX-4"
    assert only("It was signed on Aug. 21.", None).value == "XXXX-08-21"
    assert only("It ends tomorrow.", None).value == "XXXX-XX-XX", "it is not the day it was written"
    assert only("It was signed on Aug. 21, 2013.", None).days == (date(2013, 8, 21), date(2013, 8, 21))
    assert times_in("It was signed last year.", None) == []


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2013-09-12", date(2013, 9, 12), date(2013, 9, 12)),
        ("2013-09-12T10:35", date(2013, 9, 12), date(2013, 9, 12)),
        ("2013-W37", date(2013, 9, 9), date(2013, 9, 15)),
        ("2013-W37-WE", date(2013, 9, 14), date(2013, 9, 15)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2013-Q3", date(2013, 7, 1), date(2013, 9, 30)),
        ("2013-H2", date(2013, 7, 1), date(2013, 12, 31)),
        ("2013-WI", date(2013, 12, 1), date(2014, 2, 28)),
        ("2013", date(2013, 1, 1), date(2013, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
    ],
)
def test_days_of_a_value(value: str, first: date, last: date) -> None:
    assert days_of(value) == (first, last)


@pytest.mark.parametrize("value", ["P2W", "PAST_REF", "XXXX-09-12", "2013-02-30", "2013-W60", ""])
def test_a_value_that_names_no_day(value: str) -> None:
    assert days_of(value) is None


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.sampled_from(["Monday", "Wednesday", "Sunday"]))
def test_a_bare_weekday_is_that_weekday_within_a_week(written: date, name: str) -> None:
    day = date.fromisoformat(only(f"It was signed on {name}.", written).value)
    assert day.strftime("%A") == name
    assert timedelta(0) <= written - day < timedelta(7)


def test_a_calendar_of_dates_is_read_up_to_a_bound() -> None:
    assert len(times_in("1 May 2031, " * (MOST_TIMES + 10), FRIDAY)) == MOST_TIMES


@given(st.text(st.sampled_from("Mayon 12,.:/-thursdyweklastnMc'20a\n"), max_size=80), st.dates())
def test_any_text_on_any_day_gives_slices_in_order(text: str, written: date) -> None:
    end = 0
    for found in times_in(text, written):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Profit rose in the second quarter from 4 million a year earlier.", ["2013-Q2", "2012-Q2"]),
        (
            "Sales in the second quarter fell and in the third quarter will rise; a year ago",
            ["2013-Q2", "2013-Q3", "2012-Q2"],
        ),
        ("It earned 2 million in the second quarter and 1 million in the 2012 period.", ["2013-Q2", "2012-Q2"]),
        (
            "It earned 2 million in the second quarter, after 1 million in the same period last year.",
            ["2013-Q2", "2012-Q2"],
        ),
        ("Sales rose in the quarter ended July 31.", ["2013-Q2", "2013-07-31"]),
        ("They meet on Oct. 24 and 25.", ["2013-10-24", "2013-10-25"]),
        ("It sank on 21 August 2013. Three days later it was found.", ["2013-08-21", "2013-08-24"]),
        ("It sank. Three days later it was found.", ["P3D"]),
        ("It rose in May 2012 and fell the following month.", ["2012-05", "2012-06"]),
        ("It shut on 21 August 2013, 5 % below the previous Friday.", ["2013-08-21", "2013-08-16"]),
        ("Three-quarters of them left; a second man stayed for a quarter of it.", []),
        ("The index closed at 2082.1 and Jan stayed.", []),
        ("It soon became clear.", []),
        ("It took an average of 2:25 to read.", []),
        ("It was shut from February through April.", ["2013-02", "2013-04"]),
        ("It sank on 21 August 2013. At 7 a.m. it was found.", ["2013-08-21", "2013-08-21T07:00"]),
    ],
)
def test_times_that_lean_on_other_words(text: str, values: list[str]) -> None:
    assert [one.value for one in times_in(text, FRIDAY)] == values


def test_how_far_off_something_was_hangs_on_no_event() -> None:
    assert only("We were eleven weeks from the repair.").anchor == ""
    assert only("It is due eleven weeks from the signing.").anchor == "from the signing"
    assert only("It came three days after Sen. Holm spoke.").anchor == ""


@pytest.mark.parametrize(("today", "winter"), [((2031, 1, 9), 2029), ((2031, 3, 9), 2030), ((2031, 12, 9), 2030)])
def test_last_winter_is_over(today: tuple[int, int, int], winter: int) -> None:
    assert only("It snowed last winter.", date(*today)).value == f"{winter}-WI"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Ahead of Saturday’s caucus, the two must vie for votes.", ["2013-09-14"]),
        ("She changed her plans for the state, which also holds its primary Tuesday.", ["2013-09-17"]),
        ("“By the time our campaign is over on Monday, we will have spoken to all.”", ["2013-09-16"]),
        ("She was planning to marry on Valentine’s Day in 2012.", ["2012-02-14"]),
        ("The summit is to be held June 7-8, 2022.", ["2022-06-07"]),
        ("Minority voters were 30 % then, a number that could be higher on Saturday.", ["2013-09-14"]),
        ("Under the rule that was to be issued by the office on Thursday, most must pay.", ["2013-09-12"]),
        ("In Psychology Today, Dr. Archer outlined it.", []),
        ("He was seen on “Saturday Night Live” again.", []),
        ("He looks to the Super Tuesday contests.", []),
        ("The shop opened at dawn for Black Friday.", []),
    ],
)
def test_what_is_ahead_and_days_with_names_of_their_own(text: str, values: list[str]) -> None:
    assert [one.value for one in times_in(text, FRIDAY)][: len(values) or None] == values
