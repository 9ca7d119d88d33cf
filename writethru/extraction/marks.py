"""What an element's own tag, class, id, role and itemprop say about it.

Marks are read from one element alone, so a change elsewhere on the page cannot alter them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from writethru.extraction.class_words import PARTS, WHOLE, Mark

__all__ = ["HEADINGS", "Mark", "class_marks", "marks_of"]

_BY_ROLE = {
    **dict.fromkeys(("navigation", "complementary", "banner", "contentinfo", "search", "dialog"), Mark.FURNITURE),
    **dict.fromkeys(("alertdialog", "menu", "menubar", "toolbar", "tablist"), Mark.FURNITURE),
    **dict.fromkeys(("article", "main"), Mark.ARTICLE),
}
_BY_ITEMPROP = {
    "articlebody": Mark.BODY,
    "headline": Mark.HEADLINE,
    "alternativeheadline": Mark.STANDFIRST,
    "description": Mark.STANDFIRST,
    "author": Mark.BYLINE,
    "creator": Mark.BYLINE,
    "datepublished": Mark.TIME,
    "datemodified": Mark.TIME,
    "caption": Mark.CAPTION,
    "copyrightholder": Mark.CREDIT,
    "comment": Mark.FURNITURE,
    "liveblogupdate": Mark.ENTRY,
    "correction": Mark.NOTE,
}
_BY_TAG = {
    **dict.fromkeys(("nav", "footer", "aside", "dialog", "menu"), Mark.FURNITURE),
    **dict.fromkeys(("amp-ad", "amp-auto-ads", "amp-embed", "amp-sticky-ad", "amp-sidebar"), Mark.FURNITURE),
    **dict.fromkeys(("amp-consent", "amp-social-share", "amp-user-notification"), Mark.FURNITURE),
    **dict.fromkeys(("form", "fieldset"), Mark.WEAK),
    **dict.fromkeys(("figcaption", "caption"), Mark.CAPTION),
    **dict.fromkeys(("article", "main"), Mark.ARTICLE),
    "time": Mark.TIME,
}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GENERATED = re.compile(r"(?:css|sc|jsx|svelte|emotion|jss|tw)-[A-Za-z0-9]{4,}\Z")  # hashes, not names
_UTILITY = re.compile(r"[\[\]:]")  # "lg:hidden", "[&_aside]:mt-2" say how a box looks, not what it is
_ANCHOR = re.compile(r"toc_[a-z0-9]+(?:-[a-z0-9]+)+\Z")  # a section that a table of contents leads to
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile(r"[-_./]+")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NAMES_LIMIT = 240
_PARTS_TOGETHER = 3


def marks_of(tag: str, attributes: Mapping[str, str]) -> int:
    """The marks of one element, from its own tag and attributes alone."""
    if not attributes:
        return _BY_TAG.get(tag, 0)
    get = attributes.get
    if len(attributes) == 1:  # next to always the class; else something that has no name
        classes = get("class")
        if classes is not None:
            return _named_marks(tag, classes[:_NAMES_LIMIT], "", None, None)
    mark = _named_marks(
        tag, get("class", "")[:_NAMES_LIMIT], get("id", "")[:_NAMES_LIMIT], get("role"), get("itemprop")
    )
    return mark | Mark.FOLDED if _is_folded(attributes) else mark


@lru_cache(maxsize=20_000)
def _named_marks(tag: str, classes: str, own: str, role: str | None, prop: str | None) -> int:
    mark = _BY_TAG.get(tag, 0)
    for name in _names(tag, classes, own):
        mark |= class_marks(name)
    if role:
        mark |= _BY_ROLE.get(role.lower(), 0)
    if prop:
        for word in prop[:_NAMES_LIMIT].lower().split():
            mark |= _BY_ITEMPROP.get(word, 0)
    return mark


@lru_cache(maxsize=50_000)
def class_marks(name: str) -> int:
    """The marks in one class or id name (camelCase, snake_case and kebab-case alike)."""
    if _GENERATED.match(name):
        return 0
    parts = [part for part in _JOINTS.split(_CAMEL.sub("-", name).lower()) if part]
    mark = WHOLE.get("".join(parts), 0)
    for start in range(len(parts)):
        joined = ""
        for part in parts[start : start + _PARTS_TOGETHER]:
            joined += part
            mark |= PARTS.get(joined, 0)
    return mark


def _names(tag: str, classes: str, own: str) -> list[str]:
    """The class names and the id, unless the id is an anchor made from a heading's words."""
    names = [name for name in classes.split() if not _UTILITY.search(name)]
    if own and tag not in HEADINGS and own.count("-") + own.count("_") <= 3 and not _ANCHOR.match(own):
        names.append(own)
    return names


def _is_folded(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and _UNSEEN.search(style[:_NAMES_LIMIT]))
