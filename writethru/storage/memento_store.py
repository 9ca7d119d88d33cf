"""What storage promises about mementos: looks that brought an article's page, by time. Rules as in ``store``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from writethru.model import Capture


class MementoStore(Protocol):
    """Only looks that showed the article and kept its bytes, at times of their own (observed or stated)."""

    def in_force(self, article_id: int, at: datetime) -> Capture | None:
        """The latest at or before a moment; before the first, the first; None where there is none."""

    def around(self, capture: Capture) -> tuple[Capture | None, Capture | None]:
        """The one before and the one after."""

    def ends(self, article_id: int) -> tuple[Capture, Capture] | None:
        """The first and the last."""

    def since(self, article_id: int, at: datetime, limit: int) -> Sequence[Capture]:
        """From a moment on, by captured_at, id."""

    def at(self, article_id: int, begin: datetime, end: datetime) -> Capture | None:
        """The first look in [begin, end) that kept its bytes, whatever it came to."""

    def version_at(self, article_id: int, at: datetime) -> int | None:
        """The number of the version that stood there at a sighting; None where no text of ours did."""
