"""Names that share their line with dates, topics and reading times."""

from __future__ import annotations

import pytest

from writethru.extraction.mixed_bylines import name_after_by, name_beside_date


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Jo Lind • March 12, 2025", "Jo Lind"),
        ("By Jo Lind December 2, 2025", "Jo Lind"),
        ("by: Jo Lind, Dec 17, 2025", "Jo Lind"),
        ("by quaynotes | Apr 21, 2025", "quaynotes"),
        ("Published August 7, 2023 by Nicole Burke", "Nicole Burke"),
        ("By Dr. Ada Quill - Mar 27, 2024", "Dr. Ada Quill"),
        ("By the Harbour Team 4 min read", "the Harbour Team"),
        ("The fares were set by the harbour board", ""),
        ("By the sea and by the river the fog lay for days.", ""),
    ],
)
def test_name_after_by(line: str, name: str) -> None:
    assert name_after_by(line) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Dec 17, 2025Julian Arni", "Julian Arni"),
        ("Jo Lind Published: January 3, 2024", "Jo Lind"),
        ("Jo Lind 4 August 2010", "Jo Lind"),
        ("Dec 26, 2025 • Jo Lind in Harbours", "Jo Lind"),
        ("March 15, 2022 · 3 min read", ""),
        ("Fares rise on 4 August 2010", ""),
        ("Jo Lind", ""),
    ],
)
def test_name_beside_date(line: str, name: str) -> None:
    assert name_beside_date(line) == name
