"""A version as schema.org's NewsArticle: what it is based on, and no date that is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.publish.samples import view
from writethru.model import Appearance, TimeBasis
from writethru.publish.linked_article import before_of, news_article

BASE = "https://record.example"


def appearances(*numbers: int) -> list[Appearance]:
    """Versions that stood one after the other."""
    seen = view().new_version.first_seen
    return [Appearance(1, at, number, seen, seen, TimeBasis.OBSERVED, 1) for at, number in enumerate(numbers, 1)]


def form(basis: TimeBasis = TimeBasis.OBSERVED, *numbers: int) -> dict[str, Any]:
    """The later text of the sample."""
    shown = view()
    version = replace(shown.new_version, basis=basis)
    return news_article(shown.summary, version, shown.new, appearances(*(numbers or (1, 2, 3))), BASE)


def test_a_version_is_based_on_the_one_before() -> None:
    made, shown = form(), view()
    assert made["@type"] == "NewsArticle"
    assert made["@id"] == f"{BASE}/articles/1/versions/3"
    assert made["version"] == 3
    assert made["isBasedOn"]["@id"] == f"{BASE}/articles/1/versions/2"
    assert made["exampleOfWork"]["@id"] == shown.summary.article.url
    assert made["identifier"]["value"] == shown.new_version.digest
    assert made["articleBody"] == shown.new.text
    assert made["dateModified"] == "2031-03-02T18:05:00Z"
    assert made["creativeWorkStatus"] == "first seen 2031-03-02 18:05 UTC"
    assert json.loads(json.dumps(made)) == made
    assert all(value not in (None, "") for value in made.values())


@pytest.mark.parametrize("basis", [TimeBasis.RELATIVE, TimeBasis.IMPORTED])
def test_a_date_that_is_not_known_is_not_given(basis: TimeBasis) -> None:
    assert "dateModified" not in form(basis)
    assert "18:05 UTC" not in form(TimeBasis.RELATIVE)["creativeWorkStatus"]


def test_the_first_text_is_based_on_nothing_and_was_not_modified() -> None:
    made = form(TimeBasis.OBSERVED, 3, 2)
    assert "isBasedOn" not in made
    assert "dateModified" not in made


def test_before_is_what_stood_there_and_not_the_number_below() -> None:
    assert [before_of(number, appearances(1, 2, 1, 4)) for number in (1, 2, 4, 9)] == [None, 1, 1, None]
    assert before_of(1, ()) is None
