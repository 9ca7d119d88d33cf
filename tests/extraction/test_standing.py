"""Alternates, paywall mark, and what two sources on one page say differently."""

from __future__ import annotations

import pytest

from writethru.extraction import extract
from writethru.extraction.standing import differs
from writethru.model import Alternate, Statement

TEXT = "<p>Ferry fares between Norhaven and the islands will rise by a tenth in May, the operator said.</p>" * 3


@pytest.mark.parametrize(
    ("field", "one", "other", "expected"),
    [
        ("published", "2024-03-05T06:02:11+00:00", "2024-03-05", False),
        ("published", "2024-03-05T06:02+00:00", "2024-03-05T07:02:00+01:00", False),
        ("published", "2024-03-05T06:02+00:00", "2024-03-05T06:02", False),
        ("published", "2024-03-05T06:02+00:00", "2024-03-05T06:04+00:00", True),
        ("published", "2024-03-05", "2024-03-06", True),
        ("language", "en-GB", "en_US", False),
        ("language", "en", "fr", True),
        ("byline", "Jo Lind, Tom Rook", "Tom Rook and Jo Lind", False),
        ("byline", "Jo Lind", "Courier staff", True),
        ("canonical_url", "https://a.test/x/", "https://a.test/x#top", False),
        ("headline", "Ferry fares: up", "FERRY FARES UP", False),
        ("headline", "Ferry fares up", "Ferry fares down", True),
    ],
)
def test_what_counts_as_a_disagreement(field: str, one: str, other: str, expected: bool) -> None:
    assert differs(field, one, other) is expected


def test_disagreeing_sources_are_recorded_beside_what_was_read() -> None:
    read = extract(
        '<meta property="article:published_time" content="2024-03-04T09:00:00Z">'
        '<meta property="og:title" content="Islanders to pay more for the ferry">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry fares to rise",'
        f'"datePublished":"2024-03-05T06:02:00Z"}}</script><h1>Ferry fares to rise</h1>{TEXT}'
    )
    assert read.published == "2024-03-05T06:02:00Z"
    assert set(read.otherwise) == {
        Statement("published", "2024-03-04T09:00:00Z", "meta"),
        Statement("headline", "Islanders to pay more for the ferry", "meta"),
    }


def test_alternates_are_absolute_and_named_by_relation() -> None:
    read = extract(
        '<link rel="amphtml" href="/amp/a"><link rel="next" href="?page=2">'
        '<link rel="alternate" hreflang="fr" href="https://courier.test/fr/a">'
        f'<link rel="alternate" type="application/rss+xml" href="/feed"><h1>Ferry fares to rise</h1>{TEXT}',
        "https://courier.test/a",
    )
    assert read.alternates == (
        Alternate("amp", "https://courier.test/amp/a"),
        Alternate("next", "https://courier.test/a?page=2"),
        Alternate("language", "https://courier.test/fr/a", "fr"),
    )


@pytest.mark.parametrize(
    ("head", "free"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>', False),
        ('<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script>', True),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="metered">', None),
        ("", None),
    ],
)
def test_paywall_mark(head: str, free: bool | None) -> None:
    assert extract(f"{head}<h1>Ferry fares to rise</h1>{TEXT}").free is free
