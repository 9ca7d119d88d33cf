"""What the press answers to a request for one place at one time, misbehaviour included; no sockets in here."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from writethru.press.feeds import Listing, atom, front_page, rss
from writethru.press.furniture import Style
from writethru.press.obstacles import challenge, consent, plain_status, soft_404, subscribe_box
from writethru.press.plays import Article, Plays, Site, plain_host, plain_path, split_url
from writethru.press.printing import Order, PrintShop
from writethru.press.rules import LOOP_MARK, Conduct, Kind, Rule, RuleBook
from writethru.press.wire import Ask, Reply, still_fresh

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Host names under which the press shows itself instead of a site."""

PRIVATE_ADDRESS = "http://169.254.169.254/latest/meta-data/"
"""Where ``redirect-private`` leads: link-local, what a cloud machine tells about itself."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the press serves when nothing misbehaves.

    Attributes:
        furniture: byte-stable pages, or other furniture at every look.
        conditional: send ETag and Last-Modified and answer 304.
        gzip: compress for clients that accept it.
        chunked: chunked transfer coding in place of Content-Length.
        feed_items: length of feeds.
        seed: of everything drawn by chance.
    """

    furniture: Style = Style.NONE
    conditional: bool = True
    gzip: bool = False
    chunked: bool = False
    feed_items: int = 20
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request leads.

    Attributes:
        host: of a site, or "" for the press itself.
        path: with the query, as it goes over the wire.
        base: see ``Order``.
    """

    host: str
    path: str
    base: str

    @property
    def is_page(self) -> bool:
        """Whether it may be an article page (not robots.txt or a feed)."""
        return self.path not in ("/robots.txt", "/feed.xml", "/atom.xml")

    @property
    def is_by_hand(self) -> bool:
        """Whether it was reached by path prefix, so that links must have one too."""
        return self.base.endswith(f"/{self.host}") and self.base != f"http://{self.host}"

    def link(self, target: str, plays: Plays) -> str:
        """``target`` (a URL, or a path of this site) in the style of links in force."""
        if target.startswith("/"):
            return self.base + target
        try:
            host, path = split_url(target)
        except ValueError:
            return target
        is_played = host in plays.sites and self.is_by_hand
        return f"{self.base.removesuffix(self.host)}{host}{path}" if is_played else target


def locate(ask: Ask, plays: Plays) -> Place:
    """The place a request is about: by absolute target, by Host header, or by path prefix on the loopback name."""
    target, named = ask.target, ask.headers.get("host", "127.0.0.1")
    if not target.startswith("/"):
        named, _, target = target.partition("://")[2].partition("/")
    host, port = _host_and_port(named)
    path = plain_path(target.partition("#")[0])
    if host not in LOOPBACK:
        return Place(host, path, f"http://{host}{port}")
    first, slash, rest = path[1:].partition("/")
    if first in plays.sites and slash:
        return Place(first, "/" + rest, f"http://{host}{port}/{first}")
    return Place("", path, f"http://{host}{port}")


def _host_and_port(named: str) -> tuple[str, str]:
    bare, colon, port = named.rpartition(":")
    if not colon or not port.isdigit():
        bare, port = named, ""
    try:
        return plain_host(bare), f":{port}" if port else ""
    except ValueError:
        return "invalid", ""


class Desk:
    """Answers for the sites of one set of plays. Safe to use from several threads."""

    def __init__(self, plays: Plays, book: RuleBook, manner: Manner) -> None:
        self.plays = plays
        self.book = book
        self.manner = manner
        self.shop = PrintShop(plays, seed=manner.seed, feed_items=manner.feed_items)

    def answer(self, ask: Ask, place: Place, now: datetime, conduct: Conduct) -> Reply:
        """The reply under ``conduct``, 304 already decided."""
        site = self.plays.sites.get(place.host)
        if site is None:
            return _status(404, place.host, f"No site {place.host} on this press")
        look = _Look(self, site, place, now, conduct)
        reply = look.misbehaved() if conduct.answer else look.regular()
        return self._validated(ask, look, reply)

    def _validated(self, ask: Ask, look: _Look, reply: Reply) -> Reply:
        kinds = {rule.kind for rule in look.conduct.manners}
        bare = replace(reply, etag="", modified=None)
        if reply.status != HTTPStatus.OK:
            return bare
        if Kind.STALE_304 in kinds and ask.is_conditional:
            return replace(reply, status=304, body=b"", etag=ask.headers.get("if-none-match", ""), version=0)
        if Kind.NO_304 in kinds or not (self.manner.conditional or Kind.HONOUR_304 in kinds):
            return bare
        if still_fresh(ask, reply):
            return replace(reply, status=304, body=b"")
        return reply


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one place: everything a reply depends on."""

    desk: Desk
    site: Site
    place: Place
    now: datetime
    conduct: Conduct

    def regular(self) -> Reply:
        """What is there."""
        path = self.place.path
        if path == "/robots.txt":
            return self._robots(self.site.robots)
        if path == "/feed.xml":
            return self._feed(rss, "application/rss+xml; charset=utf-8")
        if path == "/atom.xml":
            return self._feed(atom, "application/atom+xml; charset=utf-8")
        article = self._article()
        if article is not None and article.number_at(self.now):
            return self.page(article, article.number_at(self.now))
        if path == "/" and article is None:
            return self._feed(front_page, "text/html; charset=utf-8")
        return _status(404, self.site.host)

    def page(self, article: Article, number: int, *, is_teaser: bool = False) -> Reply:
        """A version's page."""
        style, edition = self._furniture()
        order = Order(article, number, self.now, self.place.base, style, edition, is_teaser)
        printed = self.desk.shop.page(order)
        version = order.version
        by_version = any(rule.kind is Kind.HONOUR_304 for rule in self.conduct.manners)
        still = style is Style.NONE or by_version
        return Reply(
            200,
            printed.body,
            version.content_type,
            etag=f'"v{number}"' if by_version else printed.etag,
            modified=(version.time if version.kept else None) if still else self.now,
            version=number,
            article=article.path,
        )

    def misbehaved(self) -> Reply:
        """What the answer rule makes of it."""
        rule = self.conduct.answer
        if rule is None:
            return self.regular()
        if rule.kind.value.isdigit():
            return _status(int(rule.kind.value), self.site.host, headers=_retry_after(rule))
        return _ANSWERS[rule.kind](self, rule)

    def _furniture(self) -> tuple[Style, str]:
        rule = next((r for r in self.conduct.manners if r.kind is Kind.FURNITURE), None)
        if rule is None or not rule.arg:
            return self.desk.manner.furniture, ""
        if rule.arg in (Style.NONE, Style.LIVELY):
            return Style(rule.arg), ""
        return self.desk.manner.furniture, rule.arg

    def _article(self) -> Article | None:
        articles, path = self.site.articles, self.place.path
        return articles.get(path) or articles.get(path.partition("?")[0])

    def _robots(self, text: str) -> Reply:
        if not text:
            return _status(404, self.site.host)
        return Reply(200, text.encode(), "text/plain; charset=utf-8", etag=f'"r{zlib.crc32(text.encode()):08x}"')

    def _feed(self, make: Callable[[Site, Listing, str], bytes], content_type: str) -> Reply:
        book, host = self.desk.book, self.site.host
        listing = self.desk.shop.listing(self.site, self.now, lambda path: book.is_deleted(host, path, self.now))
        printed = self.desk.shop.feed(make, self.site, listing, self.place.base)
        newest = max((version.time for _, version in listing), default=None)
        return Reply(200, printed.body, content_type, etag=printed.etag, modified=newest)

    def standing(self) -> tuple[Article, int] | None:
        """The article at this place and the number of the version that stands, if one does."""
        article = self._article()
        number = article.number_at(self.now) if article else 0
        return (article, number) if article and number else None

    def teaser(self, _: Rule) -> Reply:
        """The first paragraph and a subscription box."""
        standing = self.standing()
        if standing is None:
            return self.regular()
        reply = self.page(*standing, is_teaser=True)
        return _unstamped(reply, subscribe_box(reply.body, self.site))

    def flip_flop(self, rule: Rule) -> Reply:
        """Every second look gets an older version, as from a cache that was not told."""
        standing = self.standing()
        if standing is None or self.conduct.turn % 2:
            return self.regular()
        article, number = standing
        older = int(rule.arg) if rule.arg else number - 1
        return self.page(article, older) if 0 < older < number else self.regular()

    def other_article(self, _: Rule) -> Reply:
        """The newest other article of the site, under this URL."""
        for article, _version in self.site.newest(self.now):
            if article.path != self.place.path:
                return replace(self.page(article, article.number_at(self.now)), version=0)
        return self.regular()

    def challenge(self, rule: Rule) -> Reply:
        """A bot check."""
        page = challenge(self.site, self.place.path, self.conduct.turn)
        return Reply(int(rule.arg or 200), page, headers=(("Cache-Control", "no-store"),))

    def redirect(self, rule: Rule) -> Reply:
        """301 or 302; the target's path counts from the root of the site."""
        status = 301 if rule.kind is Kind.MOVED else 302
        return self.towards(status, rule.arg)

    def loop(self, _: Rule) -> Reply:
        """Two addresses that lead to each other."""
        path = self.place.path
        bare = path.removesuffix(LOOP_MARK)
        return self.towards(302, bare if bare != path else path + LOOP_MARK)

    def towards(self, status: int, target: str) -> Reply:
        """A redirect to ``target``, a URL or a path of this site."""
        return _status(status, self.site.host, headers=(("Location", self.place.link(target, self.desk.plays)),))

    def home(self, _: Rule) -> Reply:
        """A redirect to the front page, from everywhere but there."""
        return self.regular() if self.place.path == "/" else self.towards(302, "/")

    def private(self, rule: Rule) -> Reply:
        """A redirect to an address that no crawler has any business at."""
        return self.towards(302, rule.arg or PRIVATE_ADDRESS)

    def consent(self, _: Rule) -> Reply:
        """A cookie wall."""
        return Reply(200, consent(self.site))

    def soft_404(self, _: Rule) -> Reply:
        """ "Not found" in words only."""
        return Reply(200, soft_404(self.site))

    def empty(self, _: Rule) -> Reply:
        """Nothing, with status 200."""
        return Reply(200)

    def not_text(self, _: Rule) -> Reply:
        """A picture."""
        return Reply(200, _PIXEL, "image/png")

    def robots(self, rule: Rule) -> Reply:
        """robots.txt that forbids everything or asks for a delay."""
        if rule.kind is Kind.ROBOTS_DENY:
            return self._robots("User-agent: *\nDisallow: /\n")
        return self._robots(f"User-agent: *\nCrawl-delay: {rule.arg or 10}\n")

    def broken_encoding(self, rule: Rule) -> Reply:
        """The page in another character set than stated, with some bytes that fit none."""
        reply = self.regular()
        text = reply.body.decode("utf-8", "replace")
        body = text.encode(rule.arg or "windows-1252", "replace").replace(b"<p>", b"<p>\xff\xfe\x81caf\xe9 ", 1)
        return _unstamped(reply, body)

    def nul(self, _: Rule) -> Reply:
        """NUL bytes among the words."""
        reply = self.regular()
        return _unstamped(reply, reply.body.replace(b" ", b"\x00 ", 500).replace(b"<p>", b"<p>\x00\x00"))


def _unstamped(reply: Reply, body: bytes) -> Reply:
    """Another body; what validated the old one goes."""
    return replace(reply, body=body, etag="", modified=None, version=0)


def _status(status: int, host: str, note: str = "", *, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    return Reply(status, plain_status(status, HTTPStatus(status).phrase, note or host), headers=headers)


def _retry_after(rule: Rule) -> tuple[tuple[str, str], ...]:
    waits = rule.arg or ("120" if rule.kind is Kind.S429 else "")
    return (("Retry-After", waits),) if waits else ()


_PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"

_ANSWERS: dict[Kind, Callable[[_Look, Rule], Reply]] = {
    Kind.MOVED: _Look.redirect,
    Kind.REDIRECT: _Look.redirect,
    Kind.REDIRECT_HOME: _Look.home,
    Kind.REDIRECT_LOOP: _Look.loop,
    Kind.REDIRECT_PRIVATE: _Look.private,
    Kind.BOT_CHECK: _Look.challenge,
    Kind.CONSENT: _Look.consent,
    Kind.TEASER: _Look.teaser,
    Kind.SOFT_404: _Look.soft_404,
    Kind.EMPTY: _Look.empty,
    Kind.OTHER_ARTICLE: _Look.other_article,
    Kind.FLIP_FLOP: _Look.flip_flop,
    Kind.ROBOTS_DENY: _Look.robots,
    Kind.ROBOTS_DELAY: _Look.robots,
    Kind.NOT_TEXT: _Look.not_text,
    Kind.BROKEN_ENCODING: _Look.broken_encoding,
    Kind.NUL: _Look.nul,
}
