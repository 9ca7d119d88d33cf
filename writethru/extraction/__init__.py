"""One page (HTML, or a page saved as plain text) read into an Extraction: fields and typed blocks.

Only bytes or text that someone else has read may enter; nothing here does I/O.
May import ``model``, ``errors``, ``text`` and lxml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from writethru.extraction.reader import extract, extract_plain

if TYPE_CHECKING:
    from datetime import datetime

    from writethru.model import Extraction

__all__ = ["dated", "explain", "extract", "extract_plain", "to_markdown"]


def dated(read: Extraction, seen: datetime) -> Extraction:
    """The reading with relative times ("2 hours ago") resolved by the capture's time, doubtful clocks noted."""
    from writethru.extraction.dating import dated as resolved

    return resolved(read, seen)


def explain(page: bytes | str, url: str | None = None, *, content_type: str = "") -> str:
    """A copy of ``page`` as HTML with the verdict and reason of every block; nothing of it can run or load."""
    from writethru.extraction.explanation import explain as explained

    return explained(page, url, content_type=content_type).document


def to_markdown(read: Extraction) -> str:
    """An Extraction as CommonMark; what the page says is escaped."""
    from writethru.extraction.markdown import to_markdown as written

    return written(read)
