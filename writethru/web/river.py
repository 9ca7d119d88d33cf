"""The river of changes: its question as a form and an address, its days, its intervals in few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from writethru.api.parameters import Cursor, id_of
from writethru.archive import Archive
from writethru.errors import InputError
from writethru.model import ChangeRecord, Reason
from writethru.publish.moments import DATED, rfc3339
from writethru.publish.words import KINDS
from writethru.river import Order, Wanted
from writethru.storage.facets import LONGEST_SECTION
from writethru.views import ChangeRow, observed_interval
from writethru.web.entries import Entries
from writethru.web.feed_index import FeedPlace, kind_feed, outlet_feed, section_feed
from writethru.web.rendering import Renderer

MOST_OFFERED: Final = 200
"""Outlets and sections offered in the form; others are reached from their own pages."""

ORDERS: Final = {Order.NEWEST: "Newest", Order.SIGNIFICANT: "Most significant"}

_ASKED: Final = ("outlet", "kind", "section", "since", "until", "order")

Asked = Annotated[str, Query(max_length=2 * LONGEST_SECTION)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of the river.

    Attributes:
        folded: further returns between the same two texts that day, not shown one by one:
            a cache that serves two texts in turn is one thing to know, not seventy.
    """

    row: ChangeRow
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """Neighbouring changes first seen on one day (UTC), under its name."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One condition that holds: its words, and the address without it."""

    words: str
    without: str


class RiverRoutes:
    """The first page: what outlets changed."""

    def __init__(self, archive: Archive, page_size: int, renderer: Renderer) -> None:
        self.archive = archive
        self.page_size = page_size
        self.renderer = renderer
        self.entries = Entries(renderer, address=address_of, short_interval=short_interval)

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.river, methods=["GET", "HEAD"])
        return router

    def river(self, request: Request, cursor: Cursor = "") -> Response:
        """Changes that fit the question in the address, in days or by their weight."""
        wanted = wanted_by(request.query_params)
        outlets = {outlet.id: outlet.name for outlet in self.archive.river.outlets()}
        if wanted.outlet is not None and wanted.outlet not in outlets:
            raise InputError("there is no such outlet; choose one from the list on this page", key="outlet")
        page = self.archive.river.page(wanted, limit=self.page_size, cursor=cursor)
        return self.renderer.page(
            request,
            "river.html",
            page=page,
            days=tuple(by_day(page.rows) if wanted.order is Order.NEWEST else by_weight(page.rows)),
            cursor=cursor,
            wanted=wanted,
            matches=None if wanted.is_all or cursor else self.archive.river.count(wanted),
            held=tuple(held(wanted, outlets)),
            address=address_of,
            outlets=list(outlets.items())[:MOST_OFFERED],
            sections=self.archive.river.sections()[:MOST_OFFERED],
            orders=ORDERS,
            Order=Order,
            entries=self.entries,
            replace=replace,
            narrower=tuple(narrower_feeds(wanted, outlets)),
        )


def wanted_by(query: Mapping[str, str]) -> Wanted:
    """The question that an address asks. Raises InputError."""
    asked = {name: query.get(name, "").strip() for name in _ASKED}
    if asked["kind"] and asked["kind"] not in KINDS:
        raise InputError("there is no such kind of edit; /about lists them", key="kind")
    if asked["order"] not in ("", *Order):
        raise InputError(f"the order is one of {', '.join(Order)}", key="order")
    if len(asked["section"]) > LONGEST_SECTION:
        raise InputError(f"the name of a section has at most {LONGEST_SECTION} characters", key="section")
    return Wanted(
        outlet=_outlet(asked["outlet"]),
        kind=asked["kind"],
        section=asked["section"],
        since=_day(asked["since"], "since"),
        until=_day(asked["until"], "until"),
        order=Order(asked["order"] or Order.NEWEST),
    )


def address_of(wanted: Wanted) -> str:
    """The query of a question, "" for everything, newest first; the same question has one address."""
    pairs = [
        ("outlet", str(wanted.outlet or "")),
        ("kind", wanted.kind),
        ("section", wanted.section),
        ("since", f"{wanted.since:%Y-%m-%d}" if wanted.since else ""),
        ("until", f"{wanted.until:%Y-%m-%d}" if wanted.until else ""),
        ("order", "" if wanted.order is Order.NEWEST else wanted.order.value),
    ]
    given = urlencode([(name, value) for name, value in pairs if value])
    return f"?{given}" if given else ""


def held(wanted: Wanted, outlets: Mapping[int, str]) -> Iterator[Held]:
    """The conditions of a question, each with the way out of it."""
    if wanted.outlet is not None:
        yield Held(outlets[wanted.outlet], address_of(replace(wanted, outlet=None)))
    if wanted.kind:
        yield Held(wanted.kind, address_of(replace(wanted, kind="")))
    if wanted.section:
        yield Held(f"section {wanted.section}", address_of(replace(wanted, section="")))
    if wanted.since:
        yield Held(f"since {wanted.since:%-d %B %Y}", address_of(replace(wanted, since=None)))
    if wanted.until:
        yield Held(f"until {wanted.until:%-d %B %Y}", address_of(replace(wanted, until=None)))


def narrower_feeds(wanted: Wanted, outlets: Mapping[int, str]) -> Iterator[FeedPlace]:
    """The feeds of what is asked for, one for each condition that has one."""
    if wanted.outlet is not None:
        yield outlet_feed(wanted.outlet, outlets[wanted.outlet])
    if wanted.kind:
        yield kind_feed(wanted.kind)
    if wanted.section:
        yield section_feed(wanted.section)


def by_day(rows: Iterable[ChangeRow]) -> Iterator[Day]:
    """Group changes, newest first, by the day on which they were first seen."""
    for name, group in groupby(rows, key=_day_name):
        yield Day(name, tuple(_folded(group)))


def by_weight(rows: Iterable[ChangeRow]) -> Iterator[Day]:
    """All in one group, in the order given."""
    entries = tuple(_folded(rows))
    if entries:
        yield Day("Most significant first", entries)


def _folded(rows: Iterable[ChangeRow]) -> Iterator[Entry]:
    """Entries in order; returns between the same two texts of one article are one entry."""
    kept: dict[object, list[ChangeRow]] = {}
    for row in rows:
        record = row.record
        pair = frozenset({record.from_version, record.to_version})
        is_return = record.reason is Reason.RETURNED
        kept.setdefault((record.article_id, pair if is_return else record.number), []).append(row)
    return (Entry(same[0], len(same) - 1) for same in kept.values())


def _day_name(row: ChangeRow) -> str:
    day = f"{row.record.before:%A, %-d %B %Y}"
    return day if row.record.basis in DATED else f"Dates not known, imported on {day}"


def short_interval(record: ChangeRecord, *, dated: bool) -> Markup:
    """The interval for a margin: whole minutes, widened rather than narrowed; exact in the ``time`` elements.

    Args:
        dated: name the day even where both ends are on one.
    """
    if record.basis not in DATED or record.after == record.before:
        return escape(f"Observed {observed_interval(record)}")
    before = (
        record.before + timedelta(minutes=1) if record.before.second or record.before.microsecond else record.before
    )
    same_day = record.after.date() == before.date() == record.before.date()
    with_day = "%-d %b %H:%M" if record.after.year == before.year and not dated else "%-d %b %Y %H:%M"
    form = "%H:%M" if same_day and not dated else with_day
    words = Markup('between <time datetime="{}">{}</time> and <time datetime="{}">{}</time>')
    ends = (rfc3339(record.after), record.after.strftime(form), rfc3339(record.before), before.strftime(form))
    return words.format(*ends)


def _outlet(asked: str) -> int | None:
    if not asked:
        return None
    outlet = id_of(asked)
    if outlet is None:
        raise InputError("an outlet is asked for by its number", key="outlet")
    return outlet


def _day(asked: str, name: str) -> datetime | None:
    if not asked:
        return None
    try:
        return datetime.strptime(asked, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError("a day is written 2031-03-28", key=name) from error
