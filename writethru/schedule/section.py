"""The section of an outlet that an article is in, as far as its address tells."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_SECTION: Final = re.compile(r"[a-z][a-z0-9_-]{1,29}")
_NONE: Final = frozenset({"a", "article", "articles", "en", "news", "p", "post", "posts", "stories", "story"})
"""First parts of addresses that name no section."""


def section_of(url: str) -> str:
    """The first part of the path that can be a section's name, "" if there is none.

    >>> section_of("https://news.example/news/politics/2031/bridge")
    'politics'
    >>> section_of("https://news.example/2031/bridge")
    ''
    """
    parts = urlsplit(url).path.lower().strip("/").split("/")[:-1]
    named = next((part for part in parts[:3] if part not in _NONE), "")
    return named if _SECTION.fullmatch(named) else ""
