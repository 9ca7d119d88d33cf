"""Calendars that others can read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.statements.calendar import Days
from writethru.statements.icalendar import Due, icalendar

CHANGED = datetime(2024, 3, 15, 8, 0, tzinfo=UTC)
DAYS = Days(date(2024, 5, 3), date(2024, 5, 4))


def test_one_entry() -> None:
    made = icalendar(
        [Due("c1@example", DAYS, "Holm: publish, the report", "a\nb", "https://x.example/c/1", CHANGED)], "Due"
    )
    assert made.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Writethru//Commitments//EN",
        "X-WR-CALNAME:Due",
        "BEGIN:VEVENT",
        "UID:c1@example",
        "DTSTAMP:20240315T080000Z",
        "DTSTART;VALUE=DATE:20240503",
        "DTEND;VALUE=DATE:20240505",
        "SUMMARY:Holm: publish\\, the report",
        "TRANSP:TRANSPARENT",
        "DESCRIPTION:a\\nb",
        "URL:https://x.example/c/1",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        icalendar([Due("c1", DAYS, "x", "", "", datetime(2024, 3, 15))], "Due")  # noqa: DTZ001


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_lines_are_short_and_nothing_breaks_out(summary: str, description: str) -> None:
    made = icalendar([Due("c1", DAYS, summary, description, "", CHANGED)], "Due")
    lines = made.split("\r\n")
    assert all(len(line.encode("utf-8", "surrogatepass")) <= 75 for line in lines)
    unfolded = made.replace("\r\n ", "").split("\r\n")
    assert [line.partition(":")[0] for line in unfolded].count("BEGIN") == 2
    assert len(unfolded) == 14 + bool(description)
