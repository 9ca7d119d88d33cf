"""What storage promises about editors' corrections of what was read. Rules: ``store``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """An editor's word on something that was read of an article.

    Attributes:
        kind: figure, time or said.
        words, before, after: by which it is found again.
        field: what is set, "" where it is rejected.
        withdrawn_at, withdrawn_by: since when it holds no longer.
    """

    id: int
    article_id: int
    kind: str
    words: str
    before: str
    after: str
    field: str
    value: str
    by: str
    at: datetime
    reason: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""


class CorrectionStore(Protocol):
    """Corrections; none is ever changed or removed."""

    def add(self, correction: KeptCorrection) -> KeptCorrection:
        """Keep one; gives it back with its id."""

    def withdraw(self, correction_id: int, by: str, at: datetime) -> KeptCorrection:
        """It holds no longer. Raises NotInArchive: none of this number stands."""

    def of_article(self, article_id: int) -> Sequence[KeptCorrection]:
        """In the order in which they were made, withdrawn ones too."""
