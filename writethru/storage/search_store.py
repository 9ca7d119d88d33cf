"""What storage promises about search: documents, the index that finds them, saved searches. Rules as in ``store``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writethru.model import Appearance
from writethru.search.document import SearchDocument
from writethru.search.terms import Wanted


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates of a search, newest article first.

    Attributes:
        reached: all articles from this id on were looked at; 0 when there are no more below.
    """

    ids: tuple[int, ...]
    reached: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept under a name."""

    id: int
    name: str
    query: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewMatch:
    """Words came into an article, or left it.

    Attributes:
        ordinal: number of the appearance with which that happened.
        version: its version.
        event: ``began`` or ``ended``.
        at: when that appearance was first seen.
    """

    article_id: int
    ordinal: int
    version: int
    event: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A match as it was noted; ``seq`` only grows."""

    seq: int
    search_id: int
    match: NewMatch


class SearchStore(Protocol):
    """Documents, candidates, saved searches and what they found."""

    def follow_alone(self) -> None:
        """In a transaction: no other process follows the change log for search until it ends."""

    def documents(self, ids: Iterable[int]) -> Mapping[int, SearchDocument]:
        """Those that there are."""

    def keep(self, document: SearchDocument) -> None:
        """Write a document and its entries in place of those of the article."""

    def forget(self, article_id: int) -> None:
        """Take an article out."""

    def clear(self) -> None:
        """Take every article out."""

    def candidates(self, wanted: Wanted, below: int | None, most: int) -> Found:
        """At most so many articles with ids below this one whose entries fit, newest first."""

    def size(self) -> int:
        """How many documents there are."""

    def newest_line(self) -> int:
        """The last number of the change log."""

    def appearances(self, ids: Iterable[int]) -> Mapping[int, Sequence[Appearance]]:
        """Of each of these articles, by ordinal."""

    def kinds(self, ids: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
        """Of each of these articles: kind of change to the versions such changes brought or took away, as bits."""

    def save_search(self, name: str, query: str, at: datetime) -> tuple[SavedSearch, bool]:
        """The search of this name with this query, and whether it is new."""

    def saved_searches(self) -> Sequence[SavedSearch]:
        """By id."""

    def forget_search(self, search_id: int) -> None:
        """It and what it found. Raises NotInArchive."""

    def note_matches(self, search_id: int, found: Sequence[NewMatch]) -> None:
        """Those not known yet, in this order."""

    def matches(self, search_id: int, after: int, limit: int) -> Sequence[SearchMatch]:
        """By seq, strictly after."""

    def newest_matches(self, search_id: int, before: int | None, limit: int) -> Sequence[SearchMatch]:
        """By seq, newest first, strictly before."""
