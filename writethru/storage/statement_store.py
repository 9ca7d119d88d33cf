"""What storage promises about statements: readings of paragraphs, and which of them a version has. Rules: ``store``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from writethru.storage.dossier_store import DossierStore


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """How one version was read.

    Attributes:
        digest: of the version's text when it was read.
        reader: name and version of what it was read by.
        written: the day that relative times are meant from, ISO 8601, or "".
        basis: what that day rests on.
        left_out: units that are more than are read.
        units: digest and number of the first block of each.
    """

    article_id: int
    number: int
    digest: str
    reader: str
    language: str
    written: str
    basis: str
    left_out: int
    units: tuple[tuple[str, int], ...]


class StatementStore(Protocol):
    """Readings of paragraphs and of versions."""

    @property
    def dossiers(self) -> DossierStore:
        """What was made of them."""

    def versions(self, article_id: int) -> Sequence[ReadVersion]:
        """By number."""

    def version(self, article_id: int, number: int) -> ReadVersion | None:
        """One of them, None where it was not read."""

    def units(self, article_id: int, digests: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        """The kept forms of those of these that there are. Raises StorageError where one is damaged."""

    def keep(self, read: Sequence[ReadVersion], units: Mapping[str, Mapping[str, Any]]) -> None:
        """Write versions of one article, and units (those it has already stay as they are)."""

    def forget(self, article_id: int) -> None:
        """Take an article's out."""

    def size(self) -> tuple[int, int]:
        """How many versions and how many units there are."""
