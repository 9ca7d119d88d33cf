"""Answers of CDX servers: JSON, lines of JSON, CDXJ and plain CDX, as a list of mementos. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from writethru.errors import InputError, MalformedInput
from writethru.sources.limits import MAX_REPORTS
from writethru.sources.memento import MAX_MEMENTOS, Listed, Listing, listed

MAX_LINE_CHARS: Final = 65_536
"""One line of an index; a longer one is named and passed over."""

PLAIN: Final = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
"""Fields of a plain line where nothing else is said."""

_STAMP: Final = re.compile(r"[0-9]{14}")
_CDXJ: Final = re.compile(r"\S{1,8192} [0-9]{1,20} (\{.*)", re.DOTALL)
_REDIRECTS: Final = frozenset({"301", "302", "303", "307", "308"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or what is wrong with it."""

    place: str
    fields: Mapping[str, Any]
    fault: str = ""


def read_cdx(body: bytes, replay: str) -> Listing:
    """What an index has of one article. Redirects are left out: the archive has no text under them.

    Args:
        body: decoded.
        replay: what stands before ``TIMESTAMP/URL`` in the addresses of the archive's mementos.

    Raises:
        MalformedInput: it is no index.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    rows = _rows_of_array(text) if text.startswith("[") else _rows_of_lines(text)
    original, over = "", 0
    mementos: dict[str, Listed] = {}
    faults: list[str] = []
    for row in rows:
        try:
            one = None if len(mementos) >= MAX_MEMENTOS else _memento(row, replay)
        except (InputError, ValueError) as error:
            faults.append(f"{row.place}: {error.message if isinstance(error, InputError) else error}")
            continue
        over += len(mementos) >= MAX_MEMENTOS
        if one is not None:
            mementos.setdefault(one.uri, one)
            original = original or _named(row.fields, "original", "url")
    if text and text != "[]" and not mementos and faults:
        raise MalformedInput(f"no line of it is that of an index; the first: {faults[0][:300]}", key=replay)
    more = [f"{over} lines after the first {MAX_MEMENTOS} mementos"] if over else []
    return Listing(original, tuple(mementos.values()), (), tuple(faults[:MAX_REPORTS] + more))


def _memento(row: _Row, replay: str) -> Listed | None:
    """The memento of a line, None for a redirect. Raises InputError, ValueError."""
    if row.fault:
        raise ValueError(row.fault)
    stamp, original = _named(row.fields, "timestamp"), _named(row.fields, "original", "url")
    if not original.startswith(("http://", "https://")):
        raise ValueError(f"no address: {original[:100]!r}")
    if _named(row.fields, "statuscode", "status") in _REDIRECTS:
        return None
    return listed(f"{replay}{stamp}/{original}", _moment(stamp))


def _moment(stamp: str) -> datetime:
    if not _STAMP.fullmatch(stamp):
        raise ValueError(f"a time is YYYYMMDDhhmmss, not {stamp[:40]!r}")
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _named(fields: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that is there, as text."""
    found = next((fields[name] for name in names if name in fields), "")
    return str(found) if isinstance(found, str | int) else ""


def _rows_of_array(text: str) -> Iterator[_Row]:
    """An array of rows, the first of which names the fields. Raises MalformedInput."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedInput("a JSON array that cannot be read", key="cdx") from error
    names: Sequence[str] = PLAIN
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        if isinstance(row, dict):
            yield _Row(f"row {number}", row)
        elif isinstance(row, list) and number == 1 and "timestamp" in row:
            names = [str(name) for name in row]
        elif isinstance(row, list):
            yield _Row(f"row {number}", dict(zip(names, row, strict=False)))
        else:
            yield _Row(f"row {number}", {}, "neither a row nor an object")


def _rows_of_lines(text: str) -> Iterator[_Row]:
    for number, line in enumerate((line.strip() for line in text.splitlines()), 1):
        place = f"line {number}"
        if len(line) > MAX_LINE_CHARS:
            yield _Row(place, {}, f"longer than {MAX_LINE_CHARS} characters")
        elif line and not line.startswith(("!", "CDX")):
            yield _row_of_line(place, line)


def _row_of_line(place: str, line: str) -> _Row:
    match = _CDXJ.fullmatch(line)
    written = line if line.startswith("{") else match[1] if match else ""
    if not written:
        parts = line.split(" ")
        return _Row(place, dict(zip(PLAIN, parts, strict=False)), "" if len(parts) >= len(PLAIN) else "too few fields")
    try:
        form = json.loads(written)
    except (ValueError, RecursionError):
        return _Row(place, {}, "JSON that cannot be read")
    stamp = {} if match is None else {"timestamp": line.split(" ", 2)[1]}
    return _Row(place, {**stamp, **form}) if isinstance(form, dict) else _Row(place, {}, "no object")


def replay_of(server: str) -> str:
    """What stands before the mementos of a CDX server of a usual address, with a slash at its end; "" = not known.

    ``…/cdx/search/cdx`` is the Internet Archive's (mementos under ``…/web/``), ``…/COLLECTION/cdx`` that of pywb.
    """
    place = server.partition("?")[0].rstrip("/")
    if place.endswith("/cdx/search/cdx"):
        base = place.removesuffix("/cdx/search/cdx")
        return f"{base.removesuffix('/web')}/web/"
    return f"{place.removesuffix('/cdx')}/" if place.endswith("/cdx") else ""
