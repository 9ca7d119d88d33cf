"""Versions JSONL: one line, one state of one article (docs/reference/versions-jsonl.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from writethru.errors import InputError, MalformedInput
from writethru.model import Medium, TimeBasis
from writethru.sources.files import Line, Opened, as_utf8, damage_named, lines_of, too_large
from writethru.sources.found import ImportItem, Skipped
from writethru.sources.limits import MAX_LINE_BYTES
from writethru.text.urls import canonical

CONTENT_TYPE = "application/json"

_TEXT_KEYS = ("outlet", "title", "byline", "standfirst", "published", "modified", "language")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One line, read and checked.

    Attributes:
        url: canonical.
        time: when this state was seen, UTC.
        text: the running text, or None where only ``html`` is given.
        html: the page, or None; when both are given, ``text`` is the state.
        label: ``label``, else ``version``, as text; "" where neither is given.
        published, modified: as the line states them, or None.
    """

    url: str
    time: datetime
    text: str | None
    html: str | None
    outlet: str = ""
    title: str = ""
    byline: str = ""
    standfirst: str = ""
    published: str | None = None
    modified: str | None = None
    language: str = ""
    label: str = ""


def read_line(line: bytes) -> VersionLine:
    """Read one line.

    Raises:
        MalformedInput: not UTF-8, not a JSON object, or a key is missing or of a wrong kind;
            the message says which (its ``key`` is left to the caller).
    """
    form = _json_object(line)
    optional = {name: _optional_text(form, name) for name in _TEXT_KEYS}
    text, html = _optional_text(form, "text"), _optional_text(form, "html")
    if text is None and html is None:
        raise MalformedInput('neither "text" nor "html": give the state\'s text or its page')
    return VersionLine(
        url=canonical(_required_text(form, "url")),
        time=_time(_required_text(form, "time")),
        text=text,
        html=html,
        published=optional.pop("published"),
        modified=optional.pop("modified"),
        label=_label(form),
        **{name: value or "" for name, value in optional.items()},
    )


def read_versions_jsonl(file: Opened) -> Iterator[ImportItem | Skipped]:
    """The states in an open file, line by line; a bad line is named and passed over."""
    try:
        with damage_named(file.path):
            for line in lines_of(as_utf8(file), MAX_LINE_BYTES):
                yield _item(line, str(file.path))
    except InputError as error:
        yield Skipped(str(file.path), error)


def _item(line: Line, name: str) -> ImportItem | Skipped:
    origin = f"{name}:{line.number}"
    if line.oversize:
        return Skipped(origin, too_large("line", MAX_LINE_BYTES, key=origin, limit=MAX_LINE_BYTES))
    try:
        state = read_line(line.content)
    except InputError as error:
        about = f" ({error.key})" if error.key else ""
        return Skipped(origin, MalformedInput(f"{error.message}{about}", key=name, line=line.number))
    return ImportItem(
        url=state.url,
        captured_at=state.time,
        basis=TimeBasis.STATED,
        medium=Medium.JSONL,
        payload=line.content,
        content_type=CONTENT_TYPE,
        origin=origin,
        outlet=state.outlet,
        label=state.label,
    )


def _json_object(line: bytes) -> dict[str, Any]:
    try:
        form = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise MalformedInput(
            f"not UTF-8 (byte 0x{line[error.start]:02X} at column {error.start + 1}): convert the file to UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        raise MalformedInput(f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError):
        raise MalformedInput("not JSON that can be read: too deep, or a number too long") from None
    if not isinstance(form, dict):
        raise MalformedInput("not a JSON object: every line is one {…} with url, time and text or html")
    return form


def _required_text(form: dict[str, Any], key: str) -> str:
    value = _optional_text(form, key)
    if value is None:
        raise MalformedInput(f'no "{key}": every line needs url, time, and text or html')
    return value


def _optional_text(form: dict[str, Any], key: str) -> str | None:
    value = form.get(key)
    if value is not None and not isinstance(value, str):
        raise MalformedInput(f'"{key}" is not a string')
    return value


def _label(form: dict[str, Any]) -> str:
    value = form.get("label")
    if value is None:
        value = form.get("version")
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | str) or len(str(value)) > 100:
        raise MalformedInput('"version" or "label" is not a short string or a whole number')
    return str(value)


def _time(stated: str) -> datetime:
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        raise MalformedInput(f'"time" is not an ISO 8601 time: {stated[:40]!r}; write 2026-02-03T09:05:00Z') from None
    if moment.tzinfo is None:
        raise MalformedInput(f'"time" has no zone: {stated[:40]!r}; add Z or an offset such as +01:00')
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise MalformedInput(f'"time" is out of range: {stated[:40]!r}') from None
