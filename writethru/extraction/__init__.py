"""One page (HTML, or a page saved as plain text) read into an Extraction: fields and typed blocks.

Only bytes or text that someone else has read may enter; nothing here does I/O.
May import ``model``, ``errors``, ``text`` and lxml.
"""

from __future__ import annotations

from writethru.extraction.reader import extract, extract_plain

__all__ = ["explain", "extract", "extract_plain"]


def explain(page: bytes | str, url: str | None = None, *, content_type: str = "") -> str:
    """An HTML page that shows every block of ``page`` with verdict and reason (all text escaped)."""
    from writethru.extraction.explanation import explain as explained

    return explained(page, url, content_type=content_type)
