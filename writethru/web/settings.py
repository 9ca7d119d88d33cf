"""What can be set about the pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from writethru.errors import ConfigError


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Settings of the pages and feeds.

    Attributes:
        base_url: how others reach the pages, for permalinks and feeds; "" = as each request asked.
        title: the name of this record, on every page and feed.
        page_size: entries of one page of a list.
        feed_size: least number of entries of a feed document before an archive document is cut off.
        tag_authority: domain name in the ids of feed entries; "" = the host of ``base_url``.
            Once feeds are read it must never change, whatever becomes of ``base_url``.
        allow_origins: sites whose scripts may read the API and the feeds; ``*`` = all, () = none.
        hub_url: WebSub hub that is told of news of the feed of everything; "" = none.
        requests_per_second, requests_at_once: what one client may ask of the API in the long run, and at
            once; 0 a second = no bound.
        private: nobody reads who is not signed in.
        tag_since: a date on which that domain was ours (RFC 4151), ``YYYY[-MM[-DD]]``.

    Raises:
        ConfigError: a base URL that is not http(s), or a size out of range.
    """

    base_url: str = ""
    title: str = "Writethru"
    page_size: int = 30
    feed_size: int = 50
    tag_authority: str = ""
    tag_since: str = "2026"
    private: bool = False
    allow_origins: tuple[str, ...] = ("*",)
    hub_url: str = ""
    requests_per_second: float = 0.0
    requests_at_once: int = 100

    def __post_init__(self) -> None:
        if self.base_url and urlsplit(self.base_url).scheme not in ("http", "https"):
            raise ConfigError("the base URL must start with http:// or https://", key="web.base_url")
        if self.requests_per_second < 0 or self.requests_at_once < 1:
            raise ConfigError("must not be below 0, and at least 1 at once", key="web.requests_per_second")
        for name in ("page_size", "feed_size"):
            if not 1 <= getattr(self, name) <= 500:
                raise ConfigError("must be from 1 to 500", key=f"web.{name}")

    @property
    def root(self) -> str:
        """The path under which the pages stand, without a slash at its end: "" or ``/news``."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def authority(self) -> str:
        """The domain name in entry ids."""
        return self.tag_authority or urlsplit(self.base_url).hostname or "localhost"
