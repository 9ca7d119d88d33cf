"""Whether two addresses are one article: what a page names, weighed against what is known. Pure.

Two spellings may stay apart; two articles are never merged. So a statement alone gives an
article at most one more address, and only equal texts make two articles one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from writethru.sources.page_head import same_site
from writethru.text.urls import same_page_variants
from writethru.watch.identity import is_front_door

LEAST_WORDS: Final = 40
"""Equal texts with fewer different words prove nothing: walls and stubs are alike."""

CLOSE: Final = 0.9
"""Share of common words of two texts with one headline that are the same article in two layouts."""

LEAST_LOOKS: Final = 2
"""An address must have shown the text so often: at its first look it may have shown it by mistake."""


class Verdict(StrEnum):
    """What follows from a page's statement about its address."""

    ALIAS = "alias"  # one more address of this article
    JOIN = "join"  # the article at that address is this one
    NOTHING = "nothing"


class Ground(StrEnum):
    """Why."""

    FREE = "free"  # nobody else has the address
    OWN = "own"  # it is this article's already
    EQUAL_TEXT = "equal_text"  # both have had the same text
    CLOSE_TEXT = "close_text"  # one headline, and nearly all words in common
    HOME_PAGE = "home_page"  # named on every page of some sites
    OTHER_SITE = "other_site"  # where a reprint comes from
    SECTION_PAGE = "section_page"  # a folder that the address itself lies in
    DROPS_AN_ID = "drops_an_id"  # the same path without the number that tells articles apart
    DIFFERENT_TEXT = "different_text"  # two articles claim it
    TOO_SOON = "too_soon"  # not seen often enough
    LITTLE_TEXT = "little_text"  # walls and stubs are alike


@dataclass(frozen=True, slots=True)
class Pair:
    """How two articles compare.

    Attributes:
        shared: they have had a text in common.
        overlap: share of common words of their current texts, 0..1 (of all words of both).
        words: distinct words of the shorter text.
        one_headline: their current headlines are equal.
        looks: accepted looks at the article that is to be judged.
    """

    shared: bool
    overlap: float
    words: int
    one_headline: bool
    looks: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict and its ground."""

    verdict: Verdict
    ground: Ground


def judge_address(url: str, named: str) -> Ground | None:
    """Why a stated address says nothing about identity, None if it may.

    Args:
        url: of the article, canonical.
        named: what its page calls itself, canonical.
    """
    if is_front_door(named):
        return Ground.HOME_PAGE
    if not same_site(url, named):
        return Ground.OTHER_SITE
    if _drops_an_id(url, named):
        return Ground.DROPS_AN_ID
    if named not in same_page_variants(url) and _is_folder_of(named, url):
        return Ground.SECTION_PAGE
    return None


def judge(url: str, named: str, pair: Pair | None) -> Ruling:
    """What follows from a page at ``url`` that names another address.

    Args:
        pair: how this article compares with the one at that address; None where there is none.
    """
    refused = judge_address(url, named)
    if refused is not None:
        return Ruling(Verdict.NOTHING, refused)
    return Ruling(Verdict.ALIAS, Ground.FREE) if pair is None else judge_pair(pair)


def judge_pair(pair: Pair) -> Ruling:
    """Whether two articles that claim one address are one."""
    equal = pair.shared or (pair.one_headline and pair.overlap >= CLOSE)
    if not equal:
        return Ruling(Verdict.NOTHING, Ground.DIFFERENT_TEXT)
    if pair.words < LEAST_WORDS:
        return Ruling(Verdict.NOTHING, Ground.LITTLE_TEXT)
    if pair.looks < LEAST_LOOKS:
        return Ruling(Verdict.NOTHING, Ground.TOO_SOON)
    return Ruling(Verdict.JOIN, Ground.EQUAL_TEXT if pair.shared else Ground.CLOSE_TEXT)


def _drops_an_id(url: str, named: str) -> bool:
    one, other = urlsplit(url), urlsplit(named)
    if one.path.rstrip("/") != other.path.rstrip("/"):
        return False
    kept = set(parse_qsl(other.query, keep_blank_values=True))
    lost = [(name, value) for name, value in parse_qsl(one.query, keep_blank_values=True) if (name, value) not in kept]
    return any(any(char.isdigit() for char in name + value) or len(value) > 20 for name, value in lost)


def _is_folder_of(named: str, url: str) -> bool:
    folder, path = urlsplit(named).path.rstrip("/"), urlsplit(url).path.rstrip("/")
    return path.startswith(f"{folder}/")
