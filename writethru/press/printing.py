"""Prints pages and feeds for one look: template, furniture, links of the right style, validators; and a cache.

A page without furniture depends only on the version and the style of its links, so it is printed once and kept.
"""

from __future__ import annotations

import hashlib
import random
import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from writethru.press.feeds import Listing
from writethru.press.furniture import Furniture, Link, Style, lively
from writethru.press.plays import Article, Plays, Sheet, Site, Version

_KEPT_BYTES = 64_000_000
"""How many bytes of printed pages are kept; over it the page not used for longest goes."""

_ROOTED = re.compile(rb"""(\s(?:href|src|action|data-href)\s*=\s*["'])/(?!/)""")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed page with its strong validator."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> Printed:
        """With the digest of the bytes as its tag."""
        return cls(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed.

    Attributes:
        number: of the version, from 1.
        base: what stands before paths in links: ``http://host``, or ``http://127.0.0.1:8901/host`` by hand.
        edition: see ``Furniture``.
        is_teaser: only the first paragraph.
    """

    article: Article
    number: int
    now: datetime
    base: str
    style: Style = Style.NONE
    edition: str = ""
    is_teaser: bool = False

    @property
    def version(self) -> Version:
        """The version that is to be printed."""
        return self.article.versions[self.number - 1]


class PrintShop:
    """Prints what is ordered from one set of plays. Safe to use from several threads."""

    def __init__(self, plays: Plays, *, seed: int = 0, feed_items: int = 20) -> None:
        self.plays = plays
        self.seed = seed
        self.feed_items = feed_items
        hosts = b"|".join(re.escape(host.encode()) for host in plays.sites)
        self._absolute = re.compile(rb"""(["'])https?://(%s)(?=[/"'])""" % hosts)
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Printed] = OrderedDict()
        self._kept_bytes = 0
        self._looks: Counter[str] = Counter()

    def page(self, order: Order) -> Printed:
        """An article page."""
        if order.style is not Style.NONE:
            return Printed.of(self._print(order, self._furniture(order)))
        if not order.version.kept:
            return Printed.of(self._print(order, Furniture()))
        key = (order.article.host, order.article.path, order.number, order.base, order.edition, order.is_teaser)
        still = Furniture(edition=order.edition)
        return self._keep(key, lambda: self._print(replace(order, now=order.version.time), still))

    def listing(self, site: Site, moment: datetime, gone: Callable[[str], bool]) -> Listing:
        """What the feeds list at ``moment``; ``gone`` says of a path that it was taken down."""
        return list(islice(((a, v) for a, v in site.newest(moment) if not gone(a.path)), self.feed_items))

    def feed(self, make: Callable[[Site, Listing, str], bytes], site: Site, listing: Listing, base: str) -> Printed:
        """A feed or front page over ``listing``."""
        key = (make.__name__, site.host, base, tuple((a.path, v.time, v.headline) for a, v in listing))
        return self._keep(key, lambda: Printed.of(make(site, listing, base)).body)

    def _keep(self, key: Hashable, make: Callable[[], bytes]) -> Printed:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = Printed.of(make())
        with self._lock:
            if self._kept.setdefault(key, made) is made:
                self._kept_bytes += len(made.body)
            while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
                self._kept_bytes -= len(self._kept.popitem(last=False)[1].body)
        return made

    def _print(self, order: Order, furniture: Furniture) -> bytes:
        site, version = self.plays.sites[order.article.host], order.version
        copy = version.copy.teaser() if order.is_teaser else version.copy
        page = copy.print(Sheet(site, order.article, version, order.now, furniture))
        return self._relink(page, order, is_own=version.templated)

    def _furniture(self, order: Order) -> Furniture:
        """Drawn from the seed, the address and the number of the look, so that a run can be repeated."""
        article = order.article
        with self._lock:
            self._looks[article.url] += 1
            look = self._looks[article.url]
        site = self.plays.sites[article.host]
        links = [Link(v.headline, a.url) for a, v in islice(site.newest(order.now), 40) if a.path != article.path]
        chance = random.Random(f"{self.seed}\n{article.url}\n{look}")  # noqa: S311 - scenery, not a secret
        minutes = int((order.now - order.version.time).total_seconds() // 60)
        return replace(lively(chance, minutes, links), edition=order.edition, look=look)

    def _relink(self, page: bytes, order: Order, *, is_own: bool) -> bytes:
        """Put links on this press. A page given as HTML is served as it is, unless it is looked at by hand."""
        host, base = order.article.host.encode(), order.base.encode()
        by_hand = base.endswith(b"/" + host) and base != b"http://" + host
        if not by_hand and not is_own:
            return page
        if not by_hand:
            return self._absolute.sub(lambda m: m[1] + (base if m[2] == host else b"http://" + m[2]), page)
        root = base.removesuffix(host)
        return self._absolute.sub(lambda m: m[1] + root + m[2], _ROOTED.sub(rb"\1/" + host + b"/", page))
