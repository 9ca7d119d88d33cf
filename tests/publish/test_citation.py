"""Citations: what was observed, of which texts, never "at"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.publish.samples import hostile_view, view
from writethru.model import TimeBasis
from writethru.publish.citation import cite

LINK = "https://record.example/articles/1/changes/2"


def test_plain_text() -> None:
    found = view()
    assert cite(found, LINK).plain() == (
        "The Harbour Courier, “North pier shut ‘for a season at least’ as board admits it knew of cracks” "
        "<https://courier.example/news/1>. "
        f"From version 2 (SHA-256 {found.old_version.digest[:12]}) to version 3 "
        f"(SHA-256 {found.new_version.digest[:12]}). "
        "Observed: after 2031-03-02 15:25 UTC and not later than 2031-03-02 18:05 UTC. "
        "https://record.example/articles/1/changes/2"
    )


def test_markdown_links_both() -> None:
    text = cite(view(), LINK).markdown()
    assert "](https://courier.example/news/1)" in text
    assert text.endswith(f"[Writethru]({LINK})")


def test_versions_picked_by_hand_give_both_sightings() -> None:
    text = cite(replace(view(), record=None), LINK).plain()
    assert "version 2 first seen 2031-03-02 15:05 UTC and version 3 first seen 2031-03-02 18:05 UTC" in text


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (TimeBasis.STATED, "version 2 first seen 2031-03-02 15:05 UTC and"),
        (TimeBasis.RELATIVE, "version 2 first seen on a date not known and"),
        (TimeBasis.IMPORTED, "version 2 first seen not later than 2031-03-02 15:05 UTC (imported) and"),
    ],
)
def test_a_date_that_is_not_known_is_not_cited(basis: TimeBasis, words: str) -> None:
    found = view()
    assert words in cite(replace(found, record=None, old_version=replace(found.old_version, basis=basis)), LINK).plain()


def test_a_hostile_headline_cannot_break_out() -> None:
    text = cite(hostile_view(), LINK).markdown()
    assert "\u202e" not in text
    assert "](javascript" not in text
    assert "<script>" not in text.replace("\\<script\\>", "")
