"""Versions of an article's text, their appearances, and the changes between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from writethru.model.looks import Reason, TimeBasis


@dataclass(frozen=True, slots=True)
class Version:
    """A distinct state of an article's text.

    Attributes:
        number: 1, 2, 3 … in order of first sighting.
        label: the source's own number (News Sniffer's "4"), or "".
        first_seen, last_seen: over all its appearances.
    """

    article_id: int
    number: int
    digest: str
    headline: str
    words: int
    label: str
    first_seen: datetime
    last_seen: datetime
    basis: TimeBasis
    appearances: int
    extractor: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """One unbroken run of sightings of a version."""

    article_id: int
    ordinal: int  # 1, 2, 3 … in time
    version_number: int
    first_seen: datetime
    last_seen: datetime
    basis: TimeBasis
    looks: int


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change between two consecutive appearances, as stored.

    It happened in the interval (``after``, ``before``]: the old text was last seen at
    ``after``, the new one first seen at ``before``.
    """

    article_id: int
    number: int  # 1 = between appearance 1 and 2
    from_version: int
    to_version: int
    after: datetime
    before: datetime
    basis: TimeBasis
    summary: str
    kinds: tuple[str, ...]
    significance: float
    edits: int
    reason: Reason  # text_changed | returned | confirmed | rewritten | alternating | alternated | stated_by_source
