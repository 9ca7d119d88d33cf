"""Published times judged by the time of the capture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extraction.printed import PARAGRAPHS
from writethru.extraction import dated, extract
from writethru.extraction.dating import clock_doubt, instants

SEEN = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)


def page(line: str, head: str = "") -> bytes:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>Norhaven closes its east quay</title>{head}</head><body><main><article>"
        f"<h1>Norhaven closes its east quay</h1><div class=stamp>{line}</div><div class=story-body>{text}</div>"
        "</article></main></body></html>"
    ).encode()


def test_a_relative_time_becomes_a_day_where_no_other_day_is_possible_and_says_from_what() -> None:
    alone = extract(page("2 hours ago"))
    assert alone.published is None
    read = dated(alone, SEEN)
    assert read.published == "2031-05-08"
    assert read.provenance["published"] == (
        "page, relative: between 2031-05-08T09:00Z and 2031-05-08T10:30Z: "
        "“2 hours ago” counted back from the capture at 2031-05-08T12:00Z"
    )
    assert "no date on the page" not in read.notes


@pytest.mark.parametrize("line", ["Thursday", "7 years ago", "yesterday 18:40"])
def test_a_range_of_several_days_is_a_note_and_no_date(line: str) -> None:
    read = dated(extract(page(line)), SEEN)
    assert read.published is None
    assert any(note.startswith("published between ") and f"“{line}”" in note for note in read.notes)


def test_a_relative_change_is_the_modification_and_nothing_is_resolved_beside_a_stated_time() -> None:
    assert dated(extract(page("Updated 5 min ago")), SEEN).modified == "2031-05-08"
    stated = '<meta property="article:published_time" content="2031-05-01T09:00:00Z">'
    read = dated(extract(page("2 hours ago", stated)), SEEN)
    assert (read.published, read.modified) == ("2031-05-01T09:00:00Z", None)


def test_an_age_that_grows_is_no_edit() -> None:
    first, second = extract(page("2 hours ago")), extract(page("3 hours ago"))
    assert first.article_text == second.article_text
    later = datetime(2031, 5, 8, 13, 0, tzinfo=UTC)
    assert dated(first, SEEN).published == dated(second, later).published == "2031-05-08"


@pytest.mark.parametrize(
    ("stated", "doubt"),
    [
        ("1970-01-01T00:00:00Z", "the clock was not set"),
        ("0001-01-01T00:00:00Z", "the clock was not set"),
        ("2031-05-08T15:00:00Z", "it is later than the capture"),
        ("2031-05-10", "it is later than the capture"),
        ("2031-05-08T15:00", ""),  # no zone: in Norhaven it may be past
        ("2031-05-08", ""),
        ("2031-05-08T12:05:00Z", ""),
        ("2031-05-07T00:00:00+02:00", "midnight may stand for a day without a time"),
        ("2031-05-07T00:00", "midnight may stand for a day without a time"),
        ("2031-05-07T00:00:31Z", ""),
        ("2031-05-07T09:00:00+02:00", ""),
        ("soon", "it cannot be read as a time"),
    ],
)
def test_doubtful_clocks(stated: str, doubt: str) -> None:
    assert clock_doubt(stated, SEEN) == doubt


def test_a_doubtful_clock_is_a_note_and_stays_as_stated() -> None:
    stated = '<meta property="article:published_time" content="2031-05-09T10:00:00Z">'
    read = dated(extract(page("", stated)), SEEN)
    assert read.published == "2031-05-09T10:00:00Z"
    assert "published “2031-05-09T10:00:00Z” is doubtful: it is later than the capture" in read.notes


@pytest.mark.parametrize(
    ("stated", "earliest", "latest"),
    [
        ("2031-05-04T09:00+02:00", "2031-05-04T07:00", "2031-05-04T07:01"),
        ("2031-05-04T09:00:05Z", "2031-05-04T09:00", "2031-05-04T09:00"),
        ("2031-05-04T09:00", "2031-05-03T19:00", "2031-05-04T21:01"),
        ("2031-05-04", "2031-05-03T10:00", "2031-05-05T12:00"),
    ],
)
def test_a_stated_time_is_a_range_as_wide_as_its_zone_and_precision_leave_open(
    stated: str, earliest: str, latest: str
) -> None:
    meant = instants(stated)
    assert meant is not None
    assert (meant.earliest.isoformat()[:16], meant.latest.isoformat()[:16]) == (earliest, latest)
