"""The service layer: everything the CLI, the web pages and the API can do.

``writethru.open(db_url)`` gives an ``Archive``. Faces talk to it and to nothing below it.
"""

from __future__ import annotations

from writethru.model import Outlet
from writethru.storage.store import ArticleSummary, LogEntry, Status, Store
from writethru.views import ArticleView, ChangeRow, ChangeView, Page


class Archive:
    """An open archive: a store, its evidence folder and the settings.

    Usable as a context manager. Safe to share between threads for reading.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def status(self) -> Status:
        """Counts over the whole archive."""
        raise NotImplementedError

    def outlets(self) -> list[Outlet]:
        """All outlets by name."""
        raise NotImplementedError

    def articles(self, *, limit: int | None = None, cursor: str = "") -> Page[ArticleSummary]:
        """Articles by id."""
        raise NotImplementedError

    def article(self, article_id: int) -> ArticleView:
        """One article with its history. Raises NotInArchive."""
        raise NotImplementedError

    def changes(self, *, article_id: int | None = None, limit: int | None = 50, cursor: str = "") -> Page[ChangeRow]:
        """Changes, newest first. A malformed cursor raises InputError."""
        raise NotImplementedError

    def change(self, article_id: int, number: int) -> ChangeView:
        """One stored change. Raises NotInArchive."""
        raise NotImplementedError

    def compare_versions(self, article_id: int, old: int, new: int) -> ChangeView:
        """Any two versions of one article (``record`` is None). Raises NotInArchive."""
        raise NotImplementedError

    def raw_capture(self, capture_id: int) -> bytes:
        """The decoded body of a capture, from the evidence. Raises NotInArchive, EvidenceError."""
        raise NotImplementedError

    def log_since(self, seq: int, limit: int) -> list[LogEntry]:
        """The change log after ``seq``."""
        raise NotImplementedError
