"""Links between mementos (RFC 7089, RFC 8288) and TimeMaps, in link format (RFC 6690) and as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import quote

from writethru.mementos import Chosen, TimeMap, has_original, stamp_of
from writethru.model import Capture, TimeBasis

LINK_FORMAT: Final = "application/link-format"
JSON: Final = "application/json"
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"
"""May stand in an address as it is; anything else is written with percent signs, so that no link can break out."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the mementos of one original stand.

    Attributes:
        base: of the pages, without a slash at its end.
        original: the address that was asked for.
    """

    base: str
    original: str

    @property
    def timegate(self) -> str:
        """Where to negotiate."""
        return f"{self.base}/timegate/{self.target}"

    @property
    def target(self) -> str:
        """The original as it stands in links and paths."""
        return quote(self.original, safe=_SAFE)

    def timemap(self, form: str, since: datetime | None = None) -> str:
        """A page of the TimeMap: ``link`` or ``json``."""
        page = f"{stamp_of(since)}/" if since else ""
        return f"{self.base}/timemap/{form}/{page}{self.target}"

    def memento(self, capture: Capture) -> str:
        """The memento: the outlet's own bytes, or where there are none our reading."""
        return self.raw(capture) if has_original(capture) else self.reading(capture)

    def raw(self, capture: Capture) -> str:
        """The bytes of a look."""
        return f"{self.base}/web/{stamp_of(capture.look.captured_at)}id_/{self.target}"

    def reading(self, capture: Capture) -> str:
        """Our reading of a look."""
        return f"{self.base}/web/{stamp_of(capture.look.captured_at)}/{self.target}"


def http_date(moment: datetime) -> str:
    """``Sun, 02 Mar 2031 14:05:00 GMT``."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def link_header(places: Places, chosen: Chosen) -> str:
    """The ``Link`` header of a TimeGate's answer, of a memento or of a reading."""
    links = [_link(places.target, "original"), _link(places.timegate, "timegate")]
    links.append(_link(places.timemap("link"), "timemap", type=LINK_FORMAT))
    links.append(_link(places.timemap("json"), "timemap", type=JSON))
    return ", ".join([*links, *_neighbours(places, chosen)])


def _neighbours(places: Places, chosen: Chosen) -> Iterator[str]:
    """First, last, previous and next, each look once with all that it is."""
    named = {"first": chosen.first, "prev": chosen.previous, "next": chosen.next, "last": chosen.last}
    roles: dict[int, list[str]] = {}
    looks: dict[int, Capture] = {}
    for role, capture in named.items():
        if capture is not None:
            roles.setdefault(capture.id, []).append(role)
            looks[capture.id] = capture
    if chosen.is_memento:
        looks.setdefault(chosen.capture.id, chosen.capture)
    for number, capture in sorted(looks.items(), key=lambda item: (item[1].look.captured_at, item[0])):
        yield _memento(places, capture, [*roles.get(number, ()), "memento"])


def _memento(places: Places, capture: Capture, relations: list[str]) -> str:
    attributes = {"datetime": http_date(capture.look.captured_at)}
    if capture.look.basis is not TimeBasis.OBSERVED:
        attributes["basis"] = capture.look.basis.value
    return _link(places.memento(capture), " ".join(relations), **attributes)


def _link(target: str, relation: str, **attributes: str) -> str:
    parts = [f"<{target}>", f'rel="{relation}"', *(f'{name}="{value}"' for name, value in attributes.items())]
    return "; ".join(parts)


def link_timemap(places: Places, timemap: TimeMap) -> bytes:
    """A page of a TimeMap in link format; further pages are linked as TimeMaps of their own."""
    first, last = timemap.captures[0].look.captured_at, timemap.captures[-1].look.captured_at
    span = {"from": http_date(first), "until": http_date(last)}
    links = [
        _link(places.target, "original"),
        _link(places.timegate, "timegate"),
        _link(places.timemap("link", timemap.since), "self", type=LINK_FORMAT, **span),
    ]
    if timemap.following is not None:
        until = {"from": http_date(timemap.following), "until": http_date(timemap.last.look.captured_at)}
        links.append(_link(places.timemap("link", timemap.following), "timemap", type=LINK_FORMAT, **until))
    links += [_memento(places, capture, [*_role(timemap, capture), "memento"]) for capture in timemap.captures]
    return (",\n".join(links) + "\n").encode("ascii")


def _role(timemap: TimeMap, capture: Capture) -> list[str]:
    ends = (("first", timemap.first), ("last", timemap.last))
    return [name for name, end in ends if end.id == capture.id]


def json_timemap(places: Places, timemap: TimeMap) -> bytes:
    """A page of a TimeMap as JSON, in the shape that Memento aggregators give, and what we know besides."""
    form: dict[str, Any] = {
        "original_uri": places.original,
        "timegate_uri": places.timegate,
        "timemap_uri": {"link_format": places.timemap("link"), "json_format": places.timemap("json")},
        "mementos": {
            "first": _form(places, timemap.first),
            "last": _form(places, timemap.last),
            "list": [_form(places, capture) for capture in timemap.captures],
        },
    }
    if timemap.following is not None:
        form["next"] = places.timemap("json", timemap.following)
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _form(places: Places, capture: Capture) -> dict[str, Any]:
    look = capture.look
    return {
        "datetime": look.captured_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "uri": places.memento(capture),
        "reading": places.reading(capture),
        "basis": look.basis.value,
        "medium": look.medium.value,
        "outcome": look.outcome.value,
        "capture": capture.id,
    }
