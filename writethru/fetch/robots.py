"""robots.txt by RFC 9309: what was learned of a host, kept as JSON values. Pure.

========================  ==========================================================
the answer                what follows
========================  ==========================================================
200                       its rules, for 24 hours
other 2xx                 no rules: everything is allowed, for 24 hours
3xx after 5 redirects     as 4xx (2.3.1.2)
4xx except 429            no robots.txt: everything is allowed, for 24 hours (2.3.1.3)
429, 5xx, no answer       nothing may be asked; again in 10 min, 20 min … 24 h (2.3.1.4)
… for 30 days on end      the rules that were last read, or none, as for a 4xx
========================  ==========================================================
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from protego import Protego

from writethru.fetch.settings import PRODUCT

MAX_BYTES = 500 * 1024
"""How much of a robots.txt is read (RFC 9309, 2.5)."""

LIFETIME = timedelta(hours=24)
"""How long an answer is kept (RFC 9309, 2.4)."""

LONG_OUTAGE = timedelta(days=30)
"""After so long without an answer the outage is the normal state (RFC 9309, 2.3.1.4)."""

FIRST_RETRY = timedelta(minutes=10)
MAX_CRAWL_DELAY = 86_400.0


def robots_url(url_of_site: str) -> str:
    """Where the robots.txt of this scheme, host and port stands."""
    scheme, _, rest = url_of_site.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}/robots.txt"


def learned(before: Mapping[str, Any], status: int | None, body: bytes, now: datetime) -> dict[str, Any]:
    """What is known after an answer (``status`` None: there was none).

    Returns:
        ``kind`` (``rules | all | unreachable``), ``until`` (ISO time), ``status``, and
        ``rules`` (compressed text) or, in an outage, ``failures``, ``since`` (ISO time) and the
        ``rules`` that were last read.
    """
    if status is None or status == 429 or status >= 500:
        return _unreachable(before, status, now)
    if status == 200 and body.strip():
        return _kept("rules", status, now + LIFETIME) | {"rules": _pack(body[:MAX_BYTES])}
    return _kept("all", status, now + LIFETIME)


def _unreachable(before: Mapping[str, Any], status: int | None, now: datetime) -> dict[str, Any]:
    """The state in an outage, and what holds once it is a long one."""
    failures = min(int(before.get("failures", 0)) + 1, 32)
    since = str(before.get("since") or now.isoformat())
    retry = min(FIRST_RETRY * 2 ** min(failures - 1, 10), LIFETIME)
    rules = {"rules": before["rules"]} if before.get("rules") else {}
    kind = "unreachable"
    if now - datetime.fromisoformat(since) >= LONG_OUTAGE:
        kind = "rules" if rules else "all"
    return _kept(kind, status, now + retry) | {"failures": failures, "since": since} | rules


def _kept(kind: str, status: int | None, until: datetime) -> dict[str, Any]:
    return {"kind": kind, "status": status, "until": until.isoformat()}


def allows(robots: Mapping[str, Any], url: str) -> bool:
    """May our agent ask for this URL, by the rules that are kept? Without rules: yes."""
    if robots.get("kind") != "rules" or url == robots_url(url):
        return True
    return bool(_parsed(str(robots["rules"])).can_fetch(url, PRODUCT))


def crawl_delay(robots: Mapping[str, Any]) -> float:
    """Seconds between requests that the rules ask of our agent, at most a day; 0 if none."""
    if robots.get("kind") != "rules":
        return 0.0
    parsed = _parsed(str(robots["rules"]))
    rate = parsed.request_rate(PRODUCT)
    paced = rate.seconds / rate.requests if rate is not None else 0.0
    return min(max(float(parsed.crawl_delay(PRODUCT) or 0.0), paced), MAX_CRAWL_DELAY)


def sitemaps(robots: Mapping[str, Any]) -> list[str]:
    """The sitemaps that the robots.txt names."""
    return list(_parsed(str(robots["rules"])).sitemaps) if robots.get("kind") == "rules" else []


def _pack(body: bytes) -> str:
    return base64.b64encode(zlib.compress(body, 6)).decode("ascii")


@lru_cache(maxsize=256)
def _parsed(packed: str) -> Protego:
    body = zlib.decompress(base64.b64decode(packed))
    return Protego.parse(body.decode("utf-8-sig", "replace"))
