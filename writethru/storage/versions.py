"""Versions with their texts, and the appearances of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from writethru.model import Appearance, ArticleText, Capture, TimeBasis, Version
from writethru.storage import codec
from writethru.storage.dialect import inserting, later
from writethru.storage.dictionaries import Learnt
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged, missing
from writethru.storage.tables import appearances, versions
from writethru.storage.withdrawn import absent

_PACKED = tuple(versions.c[name] for name in ["number", "keyframe", "size", "digest", "packed", "dictionary"])
_OF_ARTICLE = versions.c.article_id == bindparam("article")
_LAST = Prepared(select(*_PACKED).where(_OF_ARTICLE).order_by(versions.c.number.desc()).limit(1))
_base = versions.alias("base")
_KEYFRAME = (
    select(_base.c.keyframe)
    .where(_base.c.article_id == bindparam("article"), _base.c.number == bindparam("number"))
    .scalar_subquery()
)
_CHAIN = Prepared(
    select(*_PACKED)
    .where(_OF_ARTICLE, versions.c.number.between(_KEYFRAME, bindparam("number")))
    .order_by(versions.c.number)
)
_STRETCH = Prepared(
    select(*_PACKED)
    .where(_OF_ARTICLE, versions.c.number.between(_KEYFRAME, bindparam("last")))
    .order_by(versions.c.number)
)
_WITH_DIGEST = Prepared(
    select(versions.c.article_id).where(versions.c.digest == bindparam("digest")).order_by(versions.c.article_id)
)
_INSERT = inserting(versions)

_seen = (
    select(
        appearances.c.version_number,
        func.min(appearances.c.first_seen_at, type_=appearances.c.first_seen_at.type).label("first_seen"),
        func.max(appearances.c.last_seen_at, type_=appearances.c.last_seen_at.type).label("last_seen"),
        func.count().label("appearances"),
    )
    .where(appearances.c.article_id == bindparam("article"))
    .group_by(appearances.c.version_number)
    .subquery()
)
_VERSIONS = (
    select(
        versions.c.article_id,
        versions.c.number,
        versions.c.digest,
        versions.c.headline,
        versions.c.words,
        versions.c.label,
        func.coalesce(_seen.c.first_seen, versions.c.seen_at, type_=versions.c.seen_at.type).label("first_seen"),
        func.coalesce(_seen.c.last_seen, versions.c.seen_at, type_=versions.c.seen_at.type).label("last_seen"),
        versions.c.basis,
        func.coalesce(_seen.c.appearances, 0).label("appearances"),
        versions.c.extractor,
    )
    .join_from(versions, _seen, _seen.c.version_number == versions.c.number, isouter=True)
    .where(_OF_ARTICLE)
    .order_by(versions.c.number)
)
_ONE = Prepared(_VERSIONS.where(versions.c.number == bindparam("number")))
_ALL = Prepared(_VERSIONS)
_AFTER = Prepared(_VERSIONS.where(versions.c.number > bindparam("after")).limit(bindparam("limit")))

_APPEARANCES = Prepared(
    select(appearances).where(appearances.c.article_id == bindparam("article")).order_by(appearances.c.ordinal)
)
_APPEARED = Prepared(
    select(appearances)
    .where(
        appearances.c.article_id == bindparam("article"),
        appearances.c.version_number.between(bindparam("first"), bindparam("last")),
    )
    .order_by(appearances.c.ordinal)
)
_last_ordinal = (
    select(func.max(appearances.c.ordinal)).where(appearances.c.article_id == bindparam("article")).scalar_subquery()
)
_LAST_ORDINAL = Prepared(select(func.coalesce(_last_ordinal, 0)))
_INSERT_APPEARANCE = inserting(appearances)
_EXTEND = Prepared(
    update(appearances)
    .where(appearances.c.article_id == bindparam("article"), appearances.c.ordinal == _last_ordinal)
    .values(
        last_seen_at=later(appearances.c.last_seen_at, "at"),
        looks=appearances.c.looks + 1,
    )
)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A text with the look that brought it."""

    article_id: int
    text: ArticleText
    look: Capture
    extractor: str


class Texts:
    """What this process remembers of texts, to pack and unpack the next ones quickly."""

    def __init__(self) -> None:
        self.recent = codec.RecentTexts()
        self.learnt = Learnt()


def articles_with(connection: Connection, digest: str) -> list[int]:
    """Ids of the articles that have this text, by id."""
    return [int(row[0]) for row in _WITH_DIGEST.rows(connection, {"digest": digest})]


def add(connection: Connection, new: NewVersion, texts: Texts) -> int:
    """Store a text under the next number."""
    row = _LAST.first(connection, {"article": new.article_id})
    before = None if row is None else codec.Packed(*row)
    plain = codec.last_bytes.of(new.text)
    packed = None if before is None else _delta(connection, plain, new.article_id, before, texts)
    if packed is None:
        number = before.number + 1 if before else 1
        packed = codec.keyframe(plain, number, texts.learnt.for_article(connection, new.article_id))
    _INSERT.run(connection, _values(new, packed))
    texts.recent.keep(packed.digest, plain)
    return packed.number


def text(connection: Connection, article_id: int, number: int, texts: Texts) -> ArticleText:
    """At most ``codec.KEYFRAME_EVERY`` decodes. Raises NotInArchive, StorageError."""
    return ArticleText.from_bytes(_read(connection, article_id, number, texts))


def stretch(connection: Connection, article_id: int, first: int, last: int, texts: Texts) -> dict[int, ArticleText]:
    """The texts from one version to another by number, each unpacked once. Raises StorageError."""
    found: dict[int, ArticleText] = {}
    plain = b""
    for row in _STRETCH.rows(connection, {"article": article_id, "number": first, "last": last}):
        link = codec.Packed(*row)
        try:
            plain = codec.decode(link, plain, texts.learnt.of(connection, link.dictionary))
            codec.check(link, plain)
        except codec.DamageError as error:
            raise damaged(f"version {link.number} of article", article_id, connection) from error
        if link.number >= first:
            found[link.number] = ArticleText.from_bytes(plain)
    return found


def get(connection: Connection, article_id: int, number: int) -> Version:
    """Raises NotInArchive."""
    row = _ONE.first(connection, {"article": article_id, "number": number})
    if row is None:
        raise absent(connection, article_id, "version", f"{article_id}/{number}")
    return _version(row)


def every(connection: Connection, article_id: int) -> list[Version]:
    """By number."""
    return [_version(row) for row in _ALL.rows(connection, {"article": article_id})]


def after(connection: Connection, article_id: int, number: int, limit: int) -> list[Version]:
    """The versions after one, by number."""
    rows = _AFTER.rows(connection, {"article": article_id, "after": number, "limit": limit})
    return [_version(row) for row in rows]


def appeared(connection: Connection, article_id: int, first: int, last: int) -> list[Appearance]:
    """The appearances of the versions from one to another, by ordinal."""
    rows = _APPEARED.rows(connection, {"article": article_id, "first": first, "last": last})
    return [_appearance(row) for row in rows]


def add_appearance(connection: Connection, article_id: int, number: int, look: Capture) -> int:
    """Begin a new appearance at this look."""
    ordinal = int(_LAST_ORDINAL.value(connection, {"article": article_id})) + 1
    row = {
        "article_id": article_id,
        "ordinal": ordinal,
        "version_number": number,
        "first_seen_at": look.look.captured_at,
        "last_seen_at": look.look.captured_at,
        "basis": look.look.basis,
        "looks": 1,
    }
    _INSERT_APPEARANCE.run(connection, row)
    return ordinal


def extend_appearance(connection: Connection, article_id: int, at: datetime) -> None:
    """The current appearance was sighted once more. Raises NotInArchive before the first."""
    if _EXTEND.run(connection, {"article": article_id, "at": at}) != 1:
        raise missing("appearance", article_id)


def appearances_of(connection: Connection, article_id: int) -> list[Appearance]:
    """By ordinal."""
    return [_appearance(row) for row in _APPEARANCES.rows(connection, {"article": article_id})]


def _delta(
    connection: Connection, plain: bytes, article_id: int, before: codec.Packed, texts: Texts
) -> codec.Packed | None:
    if codec.keyframe_is_due(before):
        return None
    prefix = texts.recent.get(before.digest) or _read(connection, article_id, before.number, texts)
    return codec.delta(plain, before, prefix)


def _read(connection: Connection, article_id: int, number: int, texts: Texts) -> bytes:
    chain = [codec.Packed(*row) for row in _CHAIN.rows(connection, {"article": article_id, "number": number})]
    if not chain:
        raise absent(connection, article_id, "version", f"{article_id}/{number}")
    known = texts.recent.get(chain[-1].digest)
    if known is not None:
        return known
    try:
        plain = codec.unpack(chain, texts.learnt.of(connection, chain[0].dictionary))
    except codec.DamageError as error:
        raise damaged(f"version {number} of article", article_id, connection) from error
    texts.recent.keep(chain[-1].digest, plain)
    return plain


def _values(new: NewVersion, packed: codec.Packed) -> dict[str, Any]:
    return {
        "article_id": new.article_id,
        "number": packed.number,
        "digest": packed.digest,
        "headline": new.text.headline,
        "words": new.text.words,
        "label": new.look.look.label,
        "seen_at": new.look.look.captured_at,
        "basis": new.look.look.basis,
        "extractor": new.extractor,
        "keyframe": packed.keyframe,
        "size": packed.size,
        "packed": packed.data,
        "dictionary": packed.dictionary,
    }


def _version(row: Sequence[Any]) -> Version:
    a, number, digest, headline, words, label, first, last, basis, count, extractor = row
    return Version(a, number, digest, headline, words, label, first, last, TimeBasis(basis), count, extractor)


def _appearance(row: Sequence[Any]) -> Appearance:
    a, ordinal, number, first, last, basis, looks = row
    return Appearance(a, ordinal, number, first, last, TimeBasis(basis), looks)
