"""What the press plays: sites, their articles, and the versions of each with the time it appears.

::

    Plays ── Site (one host) ── Article (one path) ── Version (from a time on) ── Copy (what is printed)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol
from urllib.parse import quote, urlsplit

from writethru.press.furniture import Furniture
from writethru.press.rules import Rule

_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


class Copy(Protocol):
    """Newspaper copy: what a version says, and how it becomes a page."""

    def print(self, sheet: Sheet) -> bytes:
        """The page, with links of the form ``http://host/path``."""
        ...

    def teaser(self) -> Copy:
        """The same with only the first paragraph."""
        ...


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an article.

    Attributes:
        time: from when the press shows it.
        headline, summary: as the feeds give them.
        published: as stated by the data, or None.
        in_feed: whether the feeds may list the article while this is its state.
        content_type: of the page.
        templated: the page is made by a template, so its links may be put on this press.
        kept: a printed page may be kept; not so of a file that may be edited meanwhile.
        lesson: what this edit is there to show (demo), or "".
    """

    time: datetime
    headline: str
    copy: Copy
    summary: str = ""
    published: datetime | None = None
    in_feed: bool = True
    content_type: str = "text/html; charset=utf-8"
    templated: bool = True
    kept: bool = True
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """All versions at one path, by time; of two with the same time only the later given is ever shown."""

    host: str
    path: str
    versions: tuple[Version, ...]
    times: tuple[datetime, ...]

    @classmethod
    def of(cls, host: str, path: str, versions: Iterable[Version]) -> Article:
        """Sort ``versions`` by time, keeping the given order among equals."""
        ordered = tuple(sorted(versions, key=lambda v: v.time))
        return cls(host, path, ordered, tuple(v.time for v in ordered))

    @property
    def url(self) -> str:
        """``http://host/path``."""
        return f"http://{self.host}{self.path}"

    @property
    def appeared(self) -> datetime:
        """When its first version stood on the press."""
        return self.times[0]

    def number_at(self, moment: datetime) -> int:
        """The number (1, 2, 3 …) of the version shown at ``moment``; 0 before the first."""
        return bisect_right(self.times, moment)

    def at(self, moment: datetime) -> Version | None:
        """The version shown at ``moment``, or None before the first."""
        number = self.number_at(moment)
        return self.versions[number - 1] if number else None


@dataclass(frozen=True)
class Site:
    """One virtual host."""

    host: str
    name: str
    articles: Mapping[str, Article]
    feed_title: str = ""
    language: str = "en"
    robots: str = "User-agent: *\nAllow: /\n"

    @cached_property
    def by_appearance(self) -> tuple[Article, ...]:
        """Articles in the order in which they appear, then by path."""
        return tuple(sorted(self.articles.values(), key=lambda a: (a.appeared, a.path)))

    @cached_property
    def _appearances(self) -> tuple[datetime, ...]:
        return tuple(a.appeared for a in self.by_appearance)

    def newest(self, moment: datetime) -> Iterator[tuple[Article, Version]]:
        """Articles that stand at ``moment`` and may be in the feed, the newest first."""
        for article in reversed(self.by_appearance[: bisect_right(self._appearances, moment)]):
            version = article.versions[article.number_at(moment) - 1]
            if version.in_feed:
                yield article, version


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page needs to know besides its copy."""

    site: Site
    article: Article
    version: Version
    now: datetime
    furniture: Furniture


@dataclass(frozen=True)
class Plays:
    """Everything one press serves.

    Attributes:
        sites: by host, in the order first named.
        rules: misbehaviour written into the material itself (a press script's events).
        warnings: what was skipped while reading, each ``name:line: why``.
        lively: the material asks for furniture that changes from look to look.
    """

    sites: Mapping[str, Site]
    rules: tuple[Rule, ...] = ()
    warnings: tuple[str, ...] = ()
    lively: bool = False

    def articles(self) -> Iterator[Article]:
        """Every article of every site."""
        return (a for site in self.sites.values() for a in site.by_appearance)

    @cached_property
    def count(self) -> int:
        """How many versions there are."""
        return sum(len(a.versions) for a in self.articles())

    @cached_property
    def first(self) -> datetime:
        """Time of the first version."""
        return min(a.times[0] for a in self.articles())

    @cached_property
    def last(self) -> datetime:
        """Time of the last version."""
        return max(a.times[-1] for a in self.articles())


def split_url(url: str) -> tuple[str, str]:
    """Host and request target of an http or https URL: ``("digital.gov", "/a?b=1")``.

    The scheme, the port and the fragment are dropped: the press serves all of them over http.

    Raises:
        ValueError: it is no http(s) URL with a host.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http or https URL: {url!r}")
    target = parts.path or "/"
    return plain_host(parts.hostname), plain_path(f"{target}?{parts.query}" if parts.query else target)


def plain_host(host: str) -> str:
    """Lower case, ASCII, without a port.

    Raises:
        ValueError: it cannot be a host name.
    """
    name = host.strip().lower().rstrip(".")
    if ":" in name and not name.startswith("["):
        name = name.partition(":")[0]
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError(f"not a host name: {host!r}") from None
    if not name or any(c in name for c in "/\\ ?#@\t\r\n"):
        raise ValueError(f"not a host name: {host!r}")
    return name


def plain_path(target: str) -> str:
    """The path and query as they go over the wire: one leading slash, other than ASCII percent-encoded."""
    path, mark, query = target.partition("?")
    return (
        "/" + quote(path.lstrip("/"), safe=_PATH_SAFE) + (mark + quote(query, safe=_PATH_SAFE + "?") if query else "")
    )
