"""What may have been meant: names near a wrong one, articles near a wrong number or address."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from writethru.archive import Archive
    from writethru.errors import NotInArchive

MOST_ADDRESSES = 5_000
"""Of one host that a wrong address is held against."""


def near(wrong: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Names near this one, the nearest first; letter case is set aside."""
    names = {name.casefold(): name for name in known}
    return [names[name] for name in difflib.get_close_matches(wrong.casefold(), names, n=most)]


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """`` Did you mean figure?``, or nothing.

    >>> did_you_mean("figur", ["figure", "headline"])
    ' Did you mean figure?'
    """
    found = near(wrong, known)
    return f" Did you mean {' or '.join(found)}?" if found else ""


def number_at(archive: Archive, address: str) -> int:
    """The number of the article at an address. Raises NotInArchive, naming the addresses that are nearest."""
    from writethru.errors import NotInArchive
    from writethru.storage.withdrawn import said
    from writethru.text.urls import canonical

    store = archive.store
    found = store.find_article(address) or store.find_article(canonical(address))
    if found is not None:
        return found.id
    withdrawal = store.withheld.at(canonical(address))
    if withdrawal is not None:
        raise said(withdrawal)
    known = {_after_host(url): url for url in store.article_urls(urlsplit(address).hostname or "", MOST_ADDRESSES)}
    close = [known[path] for path in difflib.get_close_matches(_after_host(address), known, n=3, cutoff=0.75)]
    hint = f" Did you mean {' or '.join(close)}?" if close else " `writethru articles` lists them."
    raise NotInArchive(f"no article is followed at this address.{hint}", key=address)


def hinted(archive: Archive, wrong: int, error: NotInArchive) -> NotInArchive:
    """The error with the numbers around one that no article has; as it is where the article is there."""
    from writethru.errors import NotInArchive

    try:
        archive.store.article(wrong)
    except NotInArchive:
        numbers = near_numbers(archive, wrong)
        hint = f"; the nearest are {', '.join(map(str, numbers))}" if numbers else "; there is none yet"
        return NotInArchive(f"{error.message}{hint}", key=error.key)
    return error


def _after_host(address: str) -> str:
    """What tells the addresses of one host apart."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def near_numbers(archive: Archive, wrong: int, most: int = 3) -> list[int]:
    """Numbers of articles that there are, the nearest to this one."""
    before = archive.articles(limit=most, cursor=str(max(0, wrong - most - 1))).rows
    after = archive.articles(limit=most, cursor=str(wrong)).rows
    last = () if after or before else archive.store.listing.newest_articles(most)
    numbers = {row.article.id for row in (*before, *after)} | set(last)
    return sorted(sorted(numbers, key=lambda number: abs(number - wrong))[:most])
