"""Keeps events and storylines up to date with the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from writethru.analyse.follow import Keep
from writethru.storage.store import Store


class EventAnalysis:
    """Groups articles that tell of one happening, and happenings that continue each other."""

    name: ClassVar[str] = "events"

    def __init__(self, store: Store) -> None:
        self.store = store

    def article_changed(self, article_id: int) -> Keep:
        """New versions: the article is read, and its neighbourhood grouped anew."""
        return lambda: self.regroup([article_id])

    def article_rebuilt(self, article_id: int) -> Keep:
        """Its text may be another now."""
        return self.article_changed(article_id)

    def regroup(self, article_ids: Sequence[int]) -> None:
        """Group the neighbourhoods of these articles anew."""
