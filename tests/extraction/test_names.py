"""Bylines, datelines, credits and agencies."""

from __future__ import annotations

import pytest

from writethru.extraction.names import (
    agency_named,
    dateline,
    is_by_alone,
    is_credit,
    looks_like_names,
    outlet_mentioned,
    without_by,
)


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("GENEVA (Reuters) - Ministers met.", "GENEVA", "Reuters"),
        ("PORT CALDER, Nov 2 (Reuters) - Ministers met.", "PORT CALDER", "Reuters"),
        ("HAYWARD, Calif. (AP) — A train stopped.", "HAYWARD, Calif.", "AP"),
        ("Geneva (AFP) - Ministers met.", "Geneva", "AFP"),
        ("NORHAVEN - The library stays open.", "NORHAVEN", ""),
        ("LINDOW — Fog closed the harbour.", "LINDOW", ""),
    ],
)
def test_datelines(line: str, place: str, agency: str) -> None:
    found = dateline(line)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize(
    "line",
    [
        "The council (which sat late) - and long - voted.",
        "Grange swimming pool (above) - see below.",
        "“NO - never,” he said.",
        "",
    ],
)
def test_no_dateline(line: str) -> None:
    assert dateline(line) is None


@pytest.mark.parametrize(
    "line", ["By Jo Biddle", "Jo Biddle, AFP", "Von Heike Möwe", "Jo Biddle and Tom Miles", "Maarten van der Berg"]
)
def test_names(line: str) -> None:
    assert looks_like_names(line)


@pytest.mark.parametrize(
    "line",
    [
        "By the sea",
        "News",
        "Reuters",
        "The council voted to keep the library open",
        "",
        "Share this",
        "Share Post",
        "Log In",
    ],
)
def test_no_names(line: str) -> None:
    assert not looks_like_names(line)


def test_by_goes_and_the_names_stay_as_printed() -> None:
    assert without_by("By Jo Biddle and Tom Miles") == "Jo Biddle and Tom Miles"
    assert without_by("Byron Bay") == "Byron Bay"
    assert is_by_alone("By")
    assert not is_by_alone("Byron")


@pytest.mark.parametrize(
    "line",
    [
        "Additional reporting by Tom Miles in Geneva; Editing by Sonya Hepinstall",
        "(Reporting by Petra Voss; Editing by Noor Haddad)",
        "Additional reporting by Associated Press",
        "With files from The Canadian Press",
    ],
)
def test_credits(line: str) -> None:
    assert is_credit(line)


def test_a_sentence_about_reporting_is_no_credit() -> None:
    assert not is_credit("Reporting restrictions were lifted by the judge on Monday.")


def test_agencies_are_recognised_by_their_exact_names() -> None:
    assert agency_named("Associated Press") == "AP"
    assert agency_named("Press") == ""


def test_an_outlet_is_taken_only_from_words_in_which_the_site_speaks_of_itself() -> None:
    assert outlet_mentioned(["Featured on Al Jazeera"]) == "Al Jazeera"
    assert outlet_mentioned(["He told Al Jazeera that talks would go on"]) == ""
