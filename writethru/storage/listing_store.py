"""What storage promises about listings: all that a page of rows needs in one query. Rules as in ``store``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from writethru.model import Appearance, ArticleText, Capture, Version


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


@dataclass(frozen=True, slots=True)
class StoredForm:
    """The form of a change as it stands in the database: equal bytes are equal forms, read or not.

    Attributes:
        unpack: reads the bytes; raises StorageError where they are damaged.
    """

    packed: bytes
    unpack: Callable[[bytes], dict[str, Any]] = field(compare=False, repr=False)

    def read(self) -> dict[str, Any]:
        """The form. Raises StorageError."""
        return self.unpack(self.packed)


@dataclass(frozen=True, slots=True)
class PlannedLook:
    """When an article is looked at next, and why then."""

    article: ArticleLine
    at: datetime
    reason: str


class ListingStore(Protocol):
    """Rows of listings, many at once."""

    def standing(self) -> str:
        """A name for all that can be read now: another one after every commit, of other processes too.

        Where it is the same before and after some reads, all of them saw one state.
        """

    def article_lines(self, ids: Iterable[int]) -> Mapping[int, ArticleLine]:
        """Those of these articles that there are."""

    def next_looks(self, limit: int) -> Sequence[PlannedLook]:
        """The next looks at articles, the earliest first, overdue ones too."""

    def newest_articles(self, limit: int) -> Sequence[int]:
        """The highest numbers of articles that stand alone, highest first."""

    def hosts_of(self, outlet_id: int, most: int) -> Sequence[str]:
        """Hosts of an outlet's newest ``most`` articles, in order."""

    def change_forms(self, keys: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], StoredForm]:
        """``(article, number)`` of changes to their forms."""

    def versions_after(self, article_id: int, number: int, limit: int) -> Sequence[Version]:
        """By number, after one; as ``Store.versions``."""

    def appearances_of(self, article_id: int, first: int, last: int) -> Sequence[Appearance]:
        """By ordinal, those of the versions from one number to another."""

    def texts(self, article_id: int, first: int, last: int) -> Mapping[int, ArticleText]:
        """Number to text, from one version to another, in one query. Raises StorageError."""

    def captures_after(self, article_id: int, after: tuple[datetime, int] | None, limit: int) -> Sequence[Capture]:
        """By (captured_at, id), strictly after such a key."""
