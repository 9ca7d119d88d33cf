"""The extractor reads the same text from a page however its furniture stands: no noise class may look like an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

import writethru
from writethru.press import Article, Site, Version
from writethru.press.furniture import Link, lively
from writethru.press.plays import Sheet
from writethru.press.script import demo_plays

PLAYS = demo_plays()
LOOKS = ((1, ""), (2, ""), (3, "spring"))
"""Seed of the furniture and layout of each look."""


def states() -> Iterator[Any]:
    for site in PLAYS.sites.values():
        for article in site.by_appearance:
            for number, version in enumerate(article.versions, start=1):
                if not version.in_feed:
                    continue  # a slip of two paragraphs that nobody can see
                yield pytest.param(site, article, version, id=f"{site.host}{article.path}#{number}")


def look(site: Site, article: Article, version: Version, seed: int, edition: str) -> bytes:
    links = [Link(f"Elsewhere {n * seed} & more", f"http://{site.host}/elsewhere/{n}") for n in range(8)]
    around = replace(lively(Random(seed), 11 * seed, links), edition=edition)
    return version.copy.print(Sheet(site, article, version, version.time + timedelta(minutes=77 * seed), around))


@pytest.mark.parametrize(("site", "article", "version"), list(states()))
def test_furniture_and_layout_are_not_read_as_text(site: Site, article: Article, version: Version) -> None:
    texts = {
        writethru.extract(look(site, article, version, seed, edition), url=article.url).article_text
        for seed, edition in LOOKS
    }
    assert len(texts) == 1
