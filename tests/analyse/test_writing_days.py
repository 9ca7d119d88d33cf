"""The day from which a version's weekdays are meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from writethru.analyse.writing_days import WritingDays
from writethru.model import ArticleText, TimeBasis, Version
from writethru.statements.reading import Unit

MONDAY = datetime(2031, 3, 24, 17, tzinfo=UTC)
OLD = "The ministers met in Lindhaven on Monday to talk about a cable on the bed of the sound."
NEW = "Veldria will hand over the log, the two of them said on Tuesday."


def version(number: int, hours: float, last: float, basis: TimeBasis = TimeBasis.OBSERVED) -> Version:
    first, last_at = (MONDAY + timedelta(hours=at) for at in (hours, last))
    return Version(1, number, str(number), "", 9, "", first, last_at, basis, 1, "")


def day(text: str, later: Version, before: Version | None) -> date | None:
    """The day of the one time expression of a paragraph that is in the later version."""
    days = WritingDays(MONDAY, later, before, lambda: ArticleText.from_plain(OLD))
    (found,) = days.read(Unit(0, (text,)), "en").times
    return found.time.days.first if found.time.days else None


@pytest.mark.parametrize(
    ("text", "hours", "before", "expected"),
    [
        (NEW, 20, 19, date(2031, 3, 25)),  # both looks were on Tuesday
        (NEW, 20, 1, None),  # a look on Monday, the next on Tuesday: either may be meant
        (NEW, 3, 1, date(2031, 3, 18)),  # still Monday
        (OLD.replace("bed", "floor"), 20, 19, date(2031, 3, 24)),  # an edited paragraph, read alike from both days
        (OLD.replace("Monday", "Tuesday"), 20, 19, None),  # an edited paragraph may keep its day, or have a new one
        (NEW, 60, 59, None),  # too late
    ],
)
def test_new_words_are_of_the_day_on_which_they_were_first_seen(
    text: str, hours: float, before: float, expected: date | None
) -> None:
    assert day(text, version(2, hours, hours), version(1, 0, before)) == expected


def test_the_first_version_is_of_the_articles_day_and_a_stated_one_of_its_own() -> None:
    assert day(NEW, version(1, 0, 0), None) == date(2031, 3, 18)
    stated = version(2, 20, 20, TimeBasis.STATED)
    assert day(NEW, stated, version(1, 0, 0, TimeBasis.STATED)) == date(2031, 3, 25)
    assert day(NEW, version(2, 20, 20, TimeBasis.IMPORTED), version(1, 0, 0)) is None
