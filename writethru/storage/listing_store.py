"""What storage promises about listings: all that a page of rows needs in one query. Rules as in ``store``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from writethru.model import Capture


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in one line of a list.

    Attributes:
        outlet: its name, "" if not known.
        headline: of the version seen last.
    """

    id: int
    url: str
    outlet: str
    outlet_id: int | None
    headline: str
    same_as: int | None


class ListingStore(Protocol):
    """Rows of listings, many at once."""

    def article_lines(self, ids: Iterable[int]) -> Mapping[int, ArticleLine]:
        """Those of these articles that there are."""

    def newest_articles(self, limit: int) -> Sequence[int]:
        """The highest numbers of articles that stand alone, highest first."""

    def change_forms(self, keys: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], dict[str, Any]]:
        """``(article, number)`` of changes to their forms as stored."""

    def captures_after(self, article_id: int, after: tuple[datetime, int] | None, limit: int) -> Sequence[Capture]:
        """By (captured_at, id), strictly after such a key."""
