"""Dates as outlets write them: nothing added, nothing lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.extraction.stated_times import is_time_line, stated_time


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("September 12, 2013 / 8:51 PM / 7 years ago", "2013-09-12T20:51"),
        ("Last Modified: 14 Sep 2013 07:13", "2013-09-14T07:13"),
        ("Last updated: 13 September, 2013", "2013-09-13"),
        ("2016-09-09T20:01:33+01:00", "2016-09-09T20:01:33+01:00"),
        ("2024-03-05T06:02:11.000Z", "2024-03-05T06:02:11Z"),
        ("2024-03-05T06:02:11.250Z", "2024-03-05T06:02:11.250Z"),
        ("2009/04/05 19:26:01", "2009-04-05T19:26:01"),
        ("20240305T060211Z", "2024-03-05T06:02:11Z"),
        ("Thu, 12 Sep 2013 20:51:00 +0100", "2013-09-12T20:51:00+01:00"),
        ("Tue 5 Mar 2024 09.40 GMT", "2024-03-05T09:40Z"),
        ("March 5, 2024 at 9:40 a.m. EST", "2024-03-05T09:40-05:00"),
        ("Published 7:00 PM EDT, Mon March 4, 2024", "2024-03-04T19:00-04:00"),
        ("14. Februar 2023, 7:05 Uhr", "2023-02-14T07:05"),
        ("le 3 août 2021 à 18h30", "2021-08-03T18:30"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("2024年3月5日 6時02分", "2024-03-05"),
        ("05.10.2018", "2018-10-05"),
        ("13/09/2013", "2013-09-13"),
        ("12:00 am, 1 May 2020", "2020-05-01T00:00"),
    ],
)
def test_what_is_stated_is_kept(words: str, stated: str) -> None:
    assert stated_time(words) == stated


@pytest.mark.parametrize(
    "words",
    ["", "Thursday", "09/12/2013", "2013-13-40", "31 February 2020", "version 4.5.2019.1", "call 020 7946 0000"],
)
def test_what_needs_guessing_is_none(words: str) -> None:
    assert stated_time(words) is None


@given(st.datetimes(min_value=datetime(1600, 1, 1), timezones=st.timezones() | st.none()))  # noqa: DTZ001
def test_iso_times_keep_their_moment(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    if moment.utcoffset() is None or not moment.utcoffset().seconds % 60:  # type: ignore[union-attr]
        assert stated_time(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=80))
def test_any_words_give_a_real_date_or_none(words: str) -> None:
    time = stated_time(words)
    assert time is None or datetime.fromisoformat(time)


def test_only_a_date_is_a_time_line() -> None:
    assert is_time_line("Published: 14 May 2014 21:07")
    assert is_time_line("September 12, 2013 / 8:51 PM / 7 years ago")
    assert not is_time_line("On 14 May 2014 the council voted to keep the library open.")
