"""When a new template is said, and when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from writethru.health.alarms import Alarm, Standing
from writethru.health.templates import TemplateShift, new_template

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("articles", "watched", "standing"),
    [
        (1, 1, Standing.RAISED),
        (1, 2, Standing.RAISED),
        (1, 3, Standing.NOT_TOLD),
        (2, 40, Standing.NOT_TOLD),
        (3, 40, Standing.RAISED),
        (1, 0, Standing.RAISED),
    ],
)
def test_several_articles_or_half_of_those_watched_are_a_new_template(
    articles: int, watched: int, standing: Standing
) -> None:
    verdict = new_template(TemplateShift(1, articles, watched, NOON, NOON + timedelta(hours=2)))
    assert (verdict.alarm, verdict.standing) == (Alarm.NEW_TEMPLATE, standing)
    assert ("2031-05-04 12:00" in verdict.why) is (standing is Standing.RAISED)


def test_it_is_over_when_no_article_is_found_so_any_more() -> None:
    assert new_template(None).standing is Standing.CLEAR
