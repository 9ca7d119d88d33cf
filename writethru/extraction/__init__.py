"""One page (HTML, or a page saved as plain text) read into an Extraction: fields and typed blocks.

Only bytes or text that someone else has read may enter; nothing here does I/O.
May import ``model``, ``errors``, ``text`` and lxml.
"""

from __future__ import annotations

from writethru.extraction.reader import extract, extract_plain

__all__ = ["extract", "extract_plain"]
