"""TimeMaps (RFC 7089, section 5): which mementos of an article an archive has, in link format or as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from writethru.errors import InputError, MalformedInput
from writethru.sources.cdx import read_cdx
from writethru.sources.limits import MAX_REPORTS
from writethru.sources.memento import MAX_MEMENTOS, MAX_URI_CHARS, Link, Listed, Listing, links_in, listed
from writethru.text.http_dates import http_date

MAX_PAGE_LINKS = 1_000
"""Further pages that one page may name."""

_RELATIONS = frozenset({"original", "memento", "timemap", "timegate", "self"})


def read_timemap(body: bytes, url: str) -> Listing:
    """A page of a TimeMap.

    Args:
        body: decoded.
        url: where it was fetched; relative addresses are resolved against it.

    Raises:
        MalformedInput: it is no TimeMap of any form that is known.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    if text.startswith("{"):
        form = _form(text)
        if isinstance(form, dict) and ("mementos" in form or "timemap_index" in form):
            return _from_json(form, url)
    if text.startswith(("{", "[")) and "/timemap/" in url:
        return read_cdx(body, url.partition("/timemap/")[0] + "/")
    if not text.startswith("<"):
        raise MalformedInput("neither link format nor JSON that is known: no TimeMap", key=url)
    return _from_links(text, url)


def _form(text: str) -> Any:
    """The JSON value, None where there is none (JSON lines, or garbage)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _from_links(text: str, url: str) -> Listing:
    original, mementos, found = "", _Mementos(url), False
    pages: list[Link] = []
    indexed: list[Link] = []
    for link in links_in(text):
        relations = link.relations
        found = found or not _RELATIONS.isdisjoint(relations)
        if "original" in relations and not original:
            original = link.target
        elif "memento" in relations:
            mementos.add(link.target, link.attributes.get("datetime", ""))
        elif "next" in relations or ("timemap" in relations and "self" not in relations):
            is_page = "next" in relations or "from" in link.attributes
            (pages if is_page else indexed).append(link)
    if not found:
        raise MalformedInput("no link in it says what it leads to: no TimeMap", key=url)
    further = pages if pages or mementos.found else indexed  # an index of TimeMaps has no mementos itself
    return mementos.listing(original, _addresses(further, url))


def _addresses(links: list[Link], url: str) -> list[str]:
    readable = ("", "application/link-format", "application/json")
    return [link.target for link in links if link.attributes.get("type", "").lower() in readable and link.target != url]


def _from_json(form: dict[str, Any], url: str) -> Listing:
    """The form of Memento aggregators, and ours."""
    mementos = _Mementos(url)
    within = form.get("mementos")
    within = within if isinstance(within, dict) else {}
    for entry in _dicts(within.get("list")):
        mementos.add(_text(entry.get("uri")), _text(entry.get("datetime")))
    pages = [_text(entry.get("uri")) for entry in _dicts(form.get("timemap_index"))]
    places = form.get("pages")
    for place in (form, places if isinstance(places, dict) else {}):
        following = place.get("next")
        pages.append(_text(following.get("uri") if isinstance(following, dict) else following))
    return mementos.listing(_text(form.get("original_uri")), [page for page in pages if page])


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    yield from (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


class _Mementos:
    """Gathers the mementos of a page, and what is wrong with others."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.found: dict[str, Listed] = {}
        self._faults: list[str] = []
        self._over = 0

    def add(self, target: str, stated: str) -> None:
        if len(self.found) >= MAX_MEMENTOS:
            self._over += 1
            return
        try:
            one = listed(resolved(target, self._url), moment_of(stated))
            self.found.setdefault(one.uri, one)
        except (ValueError, OverflowError):
            self._fault(f"{target[:200]}: the time {stated[:40]!r} is none")
        except InputError as error:
            self._fault(error.message)

    def _fault(self, what: str) -> None:
        if len(self._faults) < MAX_REPORTS:
            self._faults.append(what)

    def listing(self, original: str, pages: list[str]) -> Listing:
        over = (f"{self._over} mementos after the first {MAX_MEMENTOS} of a page",) if self._over else ()
        further = dict.fromkeys(resolved(page, self._url) for page in pages[:MAX_PAGE_LINKS])
        found = tuple(self.found.values())
        return Listing(original, found, tuple(page for page in further if page), (*self._faults, *over))


def resolved(target: str, base: str) -> str:
    """An address as it stands, or seen from where it was read; "" where it is none."""
    if target.startswith(("http://", "https://")) or len(target) > MAX_URI_CHARS:
        return target
    try:
        return urljoin(base, target)
    except ValueError:
        return ""


def moment_of(stated: str) -> datetime:
    """The time of a memento: as in HTTP, or as in ISO 8601 with a zone. Raises ValueError, OverflowError."""
    if stated[:1].isdigit():
        moment = datetime.fromisoformat(stated[:40])
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment.astimezone(UTC)
    return http_date(stated)
