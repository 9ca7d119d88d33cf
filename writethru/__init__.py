"""Writethru follows the news as it changes.

It keeps every version of every article with its evidence, and shows what changed and of
what kind. Everything public is named here and loaded when it is first used::

    import writethru

    writethru.compare("12 killed", "21 killed").summary
    writethru.extract(html, url="https://news.example/a").headline
    writethru.statements_of("“We won’t,” she said.").quotations
    with writethru.open("writethru.db") as archive:
        print(archive.status())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from writethru.analyse.alone import statements_of
    from writethru.archive import Archive
    from writethru.archive import open_archive as open
    from writethru.comparison import Change, compare
    from writethru.extraction import extract
    from writethru.model import ArticleText, Extraction

__version__ = "0.1.0"

__all__ = ["Archive", "ArticleText", "Change", "Extraction", "compare", "extract", "open", "statements_of"]

_HOMES = {
    "Archive": ("writethru.archive", "Archive"),
    "ArticleText": ("writethru.model", "ArticleText"),
    "Change": ("writethru.comparison", "Change"),
    "Extraction": ("writethru.model", "Extraction"),
    "compare": ("writethru.comparison", "compare"),
    "extract": ("writethru.extraction", "extract"),
    "open": ("writethru.archive", "open_archive"),
    "statements_of": ("writethru.analyse.alone", "statements_of"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'writethru' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
