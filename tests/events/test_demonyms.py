"""Russia and Russian are one name of an event; Niger and Nigeria are two."""

from __future__ import annotations

import pytest

from writethru.events.demonyms import one_name
from writethru.events.features import Features
from writethru.events.items import Weights
from writethru.events.reasons import typical


@pytest.mark.parametrize(
    ("country", "adjective"),
    [
        ("Russia", "Russian"),
        ("Israel", "Israeli"),
        ("China", "Chinese"),
        ("Italy", "Italian"),
        ("Britain", "British"),
        ("Sweden", "Swedish"),
        ("Chile", "Chilean"),
        ("France", "French"),
    ],
)
def test_an_adjective_is_the_name_it_is_made_of(country: str, adjective: str) -> None:
    assert one_name([adjective, country]) == {adjective: country}


@pytest.mark.parametrize(
    "names", [("Austria", "Australia"), ("Iran", "Iraq"), ("Niger", "Nigeria"), ("Mark", "Marks"), ("Ali", "Alice")]
)
def test_names_that_begin_alike_are_two(names: tuple[str, str]) -> None:
    assert one_name(names) == {}


def test_an_adjective_of_two_countries_is_neither() -> None:
    assert one_name(["Niger", "Nigeria", "Nigerian"]) == {}


def test_an_event_names_a_country_once_with_the_articles_of_both() -> None:
    said = [Features({}, names) for names in (("Russia", "Geneva"), ("Russian",), ("Russian", "Geneva"))]
    assert typical(said, Weights(3, {})) == ("Russia", "Geneva")
