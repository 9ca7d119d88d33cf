"""Days of the timeline say how they are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.statements.ferry import account
from writethru.dossier.timeline import timeline
from writethru.dossier.wording import day
from writethru.statements.reading import read_text

FRIDAY = date(2031, 5, 9)


def test_a_time_of_day_names_no_day() -> None:
    made = account(1, "Courier", "About 80 people had been brought ashore by 7.30 a.m., the coastguard said.")
    dated = replace(made, versions=tuple(replace(one, reading=read_text(one.text, FRIDAY)) for one in made.versions))
    assert timeline([dated]) == ((), 0)


@pytest.mark.parametrize(
    ("text", "named", "unsure"),
    [
        ("The talks over the ferry are likely to stretch into Saturday.", date(2031, 5, 10), False),
        ("The harbour was shut on Thursday.", date(2031, 5, 8), False),
        ("The hearing on the ferry: Thursday, in the old town hall of Aldersund.", date(2031, 5, 8), True),
        ("The Solveig sank on 4 May 2031.", date(2031, 5, 4), False),
    ],
)
def test_a_weekday_that_fits_two_weeks_is_said_to_be_uncertain(text: str, named: date, unsure: bool) -> None:
    made = account(1, "Courier", text)
    dated = replace(made, versions=tuple(replace(one, reading=read_text(one.text, FRIDAY)) for one in made.versions))
    ((entry,), left) = timeline([dated])
    assert (entry.day, entry.unsure, left) == (named, unsure, 0)
    assert ("uncertain" in day(resolved=entry.resolved, unsure=entry.unsure)) is unsure


def test_the_day_of_a_dateline_is_no_day_on_which_anything_happened() -> None:
    made = account(1, "Courier", "LORN, 7 May (Nordwire) — About 80 people were moved on Tuesday.")
    dated = replace(made, versions=tuple(replace(one, reading=read_text(one.text, FRIDAY)) for one in made.versions))
    assert [one.day for one in timeline([dated])[0]] == [date(2031, 5, 6)]
