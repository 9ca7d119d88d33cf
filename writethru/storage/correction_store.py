"""What storage promises about editors' corrections of what was read. Rules: ``store``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from writethru.rulings import KeptCorrection


class CorrectionStore(Protocol):
    """Corrections; none is ever changed or removed."""

    def add(self, correction: KeptCorrection) -> KeptCorrection:
        """Keep one; gives it back with its id."""

    def withdraw(self, correction_id: int, by: str, at: datetime) -> KeptCorrection:
        """It holds no longer. Raises NotInArchive: none of this number stands."""

    def of_article(self, article_id: int) -> Sequence[KeptCorrection]:
        """In the order in which they were made, withdrawn ones too."""
