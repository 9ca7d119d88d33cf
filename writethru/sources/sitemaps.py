"""Sitemaps (sitemaps.org 0.9) with Google's news extension, and sitemap indexes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from writethru.errors import MalformedInput, UnreadableInput
from writethru.sources.limits import MAX_SITEMAP_BYTES, MAX_SITEMAP_URLS, megabytes
from writethru.sources.xml_text import parsed_xml
from writethru.text.urls import canonical


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One URL of a sitemap.

    Attributes:
        modified: ``lastmod`` as written, or "".
        published, title, outlet, language: of the news extension, as written, or "".
    """

    url: str
    modified: str = ""
    published: str = ""
    title: str = ""
    outlet: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's entries, or those of an index of sitemaps; ``skipped`` had no usable URL."""

    entries: tuple[SitemapEntry, ...] = ()
    index: tuple[SitemapEntry, ...] = ()
    skipped: int = 0

    @property
    def children(self) -> tuple[str, ...]:
        """The sitemaps of an index, each once."""
        return tuple(dict.fromkeys(entry.url for entry in self.index))


class _Element(Protocol):
    tag: str
    text: str | None

    def __iter__(self) -> Iterator[_Element]: ...


def read_sitemap(body: bytes, url: str = "") -> Sitemap:
    """Read a sitemap or a sitemap index; at most ``MAX_SITEMAP_URLS`` of it.

    Raises:
        UnreadableInput: larger than ``MAX_SITEMAP_BYTES``.
        MalformedInput: not a sitemap.
    """
    if len(body) > MAX_SITEMAP_BYTES:
        raise UnreadableInput(f"the sitemap is over the limit of {megabytes(MAX_SITEMAP_BYTES)}", key=url)
    root = parsed_xml(body)
    if root.tag not in ("urlset", "sitemapindex"):
        raise MalformedInput(f"not a sitemap: its root is <{root.tag}>", key=url)
    fields = [_fields(element) for element, _ in zip(root, range(MAX_SITEMAP_URLS), strict=False)]
    usable = [(address, form) for form in fields if (address := _canonical(form.get("loc", "")))]
    skipped = len(fields) - len(usable)
    if root.tag == "sitemapindex":
        return Sitemap(index=tuple(_entry(address, form) for address, form in usable), skipped=skipped)
    return Sitemap(tuple(_entry(address, form) for address, form in usable), skipped=skipped)


def _entry(url: str, form: dict[str, str]) -> SitemapEntry:
    return SitemapEntry(
        url=url,
        modified=form.get("lastmod", ""),
        published=form.get("news.publication_date", ""),
        title=form.get("news.title", ""),
        outlet=form.get("news.publication.name", ""),
        language=form.get("news.publication.language", ""),
    )


def _fields(element: _Element, prefix: str = "") -> dict[str, str]:
    """Texts of an element's children by dotted name, three levels deep, the first of each."""
    found: dict[str, str] = {}
    for child in element:
        name = f"{prefix}{child.tag}"
        found.setdefault(name, " ".join((child.text or "").split())[:2_000])
        if prefix.count(".") < 2:
            for key, value in _fields(child, f"{name}.").items():
                found.setdefault(key, value)
    return found


def _canonical(stated: str) -> str:
    try:
        return canonical(stated)
    except MalformedInput:
        return ""
