"""What storage promises about withdrawn articles. The rules are those of ``store``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writethru.model import EvidenceRef

KEPT, DESTROYED = "kept", "destroyed"
"""What became of the evidence."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One withdrawn article, as everybody may know it.

    Attributes:
        reason: shown to everybody.
        evidence: ``KEPT`` or ``DESTROYED``.
        changes: how many changes it had, numbered from 1.
    """

    article_id: int
    at: datetime
    who: str
    reason: str
    evidence: str
    changes: int


class WithheldStore(Protocol):
    """Withdrawn articles: their rows stand apart, so that no other query can find them."""

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Take all rows of an article out of the tables and keep them apart; its analyses are forgotten.

        Raises NotInArchive, Withdrawn.
        """

    def restore(self, article_id: int) -> None:
        """Put the rows back where they stood. Raises NotInArchive where none are kept."""

    def order_destruction(self, article_id: int) -> None:
        """The withdrawal says from now on that the evidence is destroyed: nothing can be restored."""

    def destroy(self, article_id: int) -> None:
        """Forget the rows that were kept apart."""

    def withdrawal(self, article_id: int) -> Withdrawal | None:
        """Of this article, None where it is not withdrawn."""

    def withdrawals(self) -> Sequence[Withdrawal]:
        """Those that stand, newest first."""

    def at(self, url: str) -> Withdrawal | None:
        """The withdrawal of the article whose address this is."""

    def holds(self, url: str) -> bool:
        """Is this the address of a withdrawn article?"""

    def urls_of(self, article_id: int) -> Sequence[str]:
        """Its addresses; none once its rows are destroyed."""

    def used_elsewhere(self, record_ids: Sequence[str]) -> Sequence[str]:
        """Those of these records that looks at articles which are not withdrawn rest on too."""

    def evidence_of(self, article_id: int) -> Sequence[EvidenceRef]:
        """Where the evidence of a withdrawn article's looks stands; none once its rows are destroyed."""
