"""How an article stands among its addresses and readers: alternates, free or not, and whether two sources agree."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin, urlsplit

from writethru.extraction import structured
from writethru.extraction.headlines import folded
from writethru.extraction.names import split_names
from writethru.extraction.structured import Stated
from writethru.model import Alternate

_TIERS = {"free": True, "metered": None, "locked": False, "paid": False, "premium": False}


def read_alternates(stated: Stated, url: str | None) -> tuple[Alternate, ...]:
    """The page's other addresses: AMP, the pages before and after it, print, other languages."""
    found = [Alternate(name, absolute(target, url), language) for name, target, language in stated.relations]
    return tuple(dict.fromkeys(each for each in found if each.url))


def is_free(stated: Stated) -> bool | None:
    """``isAccessibleForFree`` (or the content tier) as the outlet states it; None where it says nothing."""
    said = structured.text(str(stated.article.get("isAccessibleForFree", ""))).lower()
    if said in ("false", "0", "no"):
        return False
    if said in ("true", "1", "yes"):
        return True
    return _TIERS.get(stated.first_meta("article:content_tier").lower())


def absolute(value: str, url: str | None) -> str:
    """``value`` as an http address, made absolute with ``url``; "" where it is none."""
    try:
        joined = urljoin(url or "", value) if value else ""
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).netloc else ""
    except ValueError:
        return ""


def differs(field: str, one: str, other: str) -> bool:
    """Whether two statements about a field say different things (not only in other words or more exactly)."""
    if field in ("published", "modified"):
        return not _same_time(one, other)
    if field == "language":
        return one.replace("_", "-").lower().split("-")[0] != other.replace("_", "-").lower().split("-")[0]
    if field == "byline":
        return sorted(map(folded, split_names(one))) != sorted(map(folded, split_names(other)))
    if field == "canonical_url":
        return one.split("#", maxsplit=1)[0].rstrip("/") != other.split("#", maxsplit=1)[0].rstrip("/")
    return folded(one) != folded(other)


def _same_time(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return True  # one is stated more exactly
    try:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return False
    if (first.tzinfo is None) is not (second.tzinfo is None):
        return first.replace(tzinfo=None, second=0, microsecond=0) == second.replace(
            tzinfo=None, second=0, microsecond=0
        )
    return abs((first - second).total_seconds()) < 60
