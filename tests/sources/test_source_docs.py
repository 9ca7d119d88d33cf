"""The reference names every kind, ground, parameter and limit that the code knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from writethru.model import TimeBasis
from writethru.sources import limits
from writethru.sources.discover import Ground, Page
from writethru.sources.sniff import InputKind
from writethru.sources.versions_jsonl import VersionLine
from writethru.text.urls import TRACKING_BY_HOST, TRACKING_NAMES, TRACKING_PREFIXES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
SOURCES = (REFERENCE / "sources.md").read_text(encoding="utf-8")
VERSIONS = (REFERENCE / "versions-jsonl.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("codes", [InputKind, Page, Ground, TimeBasis])
def test_every_code_is_explained(codes: type[InputKind]) -> None:
    assert [code.value for code in codes if f"`{code.value}`" not in SOURCES] == []


def test_every_tracking_parameter_is_listed_and_no_other() -> None:
    listed = SOURCES[SOURCES.index("Tracking parameters go") : SOURCES.index("AMP and mobile")]
    known = {*TRACKING_NAMES, *TRACKING_PREFIXES, *(name for names in TRACKING_BY_HOST.values() for name in names)}
    assert set(re.findall(r"`([^`]+)`", listed)) == known
    assert all(host in listed for host in TRACKING_BY_HOST)


def test_every_key_of_a_line_is_explained() -> None:
    keys = {*VersionLine.__dataclass_fields__, "version"}
    assert {key for key in keys if f"`{key}`" not in VERSIONS} == set()


def test_limits_are_the_documented_ones() -> None:
    assert f"| {limits.megabytes(limits.MAX_PAGE_BYTES)} |" in SOURCES
    assert f"| {limits.megabytes(limits.MAX_LINE_BYTES)} |" in SOURCES
    feed = (
        f"{limits.megabytes(limits.MAX_FEED_BYTES)}, {limits.MAX_FEED_ENTRIES:,} entries, {limits.MAX_FEED_TAGS:,} tags"
    )
    assert feed in SOURCES
    assert f"{limits.megabytes(limits.MAX_SITEMAP_BYTES)}, {limits.MAX_SITEMAP_URLS:,} URLs" in SOURCES
    assert f"{limits.MAX_RATIO} times the packed size, beyond {limits.megabytes(limits.FREE_BYTES)}" in SOURCES
    assert f"| {limits.MAX_REPORTS:,} |" in SOURCES
