"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Dialect, Integer, Row, Text
from sqlalchemy.types import TypeDecorator

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit key; SQLite numbers rows itself only under the name INTEGER."""


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, exactly.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_micros(micros: int) -> datetime:
    """Inverse of ``to_micros``, in UTC."""
    return EPOCH + timedelta(microseconds=micros)


def _bound(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)


def _fetched(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


class Moment(TypeDecorator[datetime]):
    """A UTC-aware datetime kept as integer microseconds since 1970.

    An integer orders and compares in the same way on both databases, to the last
    digit, whatever zone the session or the driver believes in.
    """

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], Any]:
        """Refuses a time without a zone with ``ValueError``."""
        return _bound

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[Any], Any]:
        """Gives the time back in UTC."""
        return _fetched


def storable(text: str) -> str:
    """``text`` with what no text column can hold (NUL, lone surrogates) replaced by U+FFFD.

    Version texts and changes are stored as bytes and are not touched by this; it
    serves the columns that are searched and listed.
    """
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Characters(TypeDecorator[str]):
    """Any Python string; see ``storable`` for what is replaced."""

    impl = Text
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], Any]:
        """``storable``, skipping the common case of plain ASCII quickly."""

        def process(value: str | None) -> str | None:
            if value is None:
                return None
            if not value.isascii() or "\0" in value:
                value = storable(value)
            return value if type(value) is str else str.__str__(value)  # drivers take no enumeration

        return process


MAX_KEY_BYTES = 2000
"""Longest text that is its own key: PostgreSQL's index entries end at 2,704 bytes."""


def key_of(url: str) -> str:
    """What a URL is found by: itself, or its digest where it is too long for an index."""
    stored = storable(url)
    encoded = stored.encode()
    return stored if len(encoded) <= MAX_KEY_BYTES else f"sha256:{hashlib.sha256(encoded).hexdigest()}"
