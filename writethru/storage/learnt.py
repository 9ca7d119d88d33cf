"""Article memories, outlet profiles, template changes, site rules in use, and replaced readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from writethru.health.hours import NO_OUTLET
from writethru.health.templates import TemplateShift
from writethru.model import ArticleText
from writethru.storage import codec
from writethru.storage.columns import storable
from writethru.storage.dialect import insert_if_new, inserting
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged
from writethru.storage.tables import (
    article_memories,
    articles,
    former_versions,
    profile_states,
    site_rules,
    template_changes,
)

WORKING = 0
"""Serial of the profile that is still being learnt."""


@dataclass(frozen=True, slots=True)
class ProfileState:
    """One state of what was learnt of a host's pages; serial 0 is the one still being learnt."""

    host: str
    serial: int
    learnt_at: datetime
    pages: int
    digest: str
    form: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """A look at which an article's text stood in another template than before."""

    capture_id: int
    host: str
    article_id: int
    seen_at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A version as it was read before history was read again."""

    article_id: int
    number: int
    digest: str
    extractor: str
    replaced_at: datetime
    text: ArticleText


_m, _p, _t, _r, _f = (
    table.c for table in (article_memories, profile_states, template_changes, site_rules, former_versions)
)
_a = articles.c
_article: BindParameter[int] = bindparam("article")
_MEMORY = Prepared(select(_m.form).where(_m.article_id == _article))
_FINGERPRINT = Prepared(select(_m.fingerprint).where(_m.article_id == _article))
_FORGET_MEMORY = Prepared(delete(article_memories).where(_m.article_id == _article))
_FORGET_TEMPLATES = Prepared(delete(template_changes).where(_t.article_id == _article))
_ADD_MEMORY = inserting(article_memories)
_STATE_COLUMNS = (_p.host, _p.serial, _p.learnt_at, _p.pages, _p.digest, _p.form)
_WORKING = Prepared(select(*_STATE_COLUMNS).where(_p.host == bindparam("of"), _p.serial == WORKING))
_LATEST = Prepared(
    select(*_STATE_COLUMNS)
    .where(_p.host == bindparam("of"), _p.serial > WORKING, _p.learnt_at < bindparam("at", type_=_p.learnt_at.type))
    .order_by(_p.serial.desc())
    .limit(1)
)
_STATES = Prepared(select(*_STATE_COLUMNS).where(_p.host == bindparam("of")).order_by(_p.serial))
_FORGET_WORKING = Prepared(delete(profile_states).where(_p.host == bindparam("of"), _p.serial == WORKING))
_FORGET_PROFILES = Prepared(delete(profile_states))
_ADD_STATE = inserting(profile_states)
_TEMPLATES = Prepared(
    select(_t.capture_id, _t.host, _t.article_id, _t.seen_at, _t.detail)
    .where(_t.host == bindparam("of"))
    .order_by(_t.seen_at, _t.capture_id)
)
_SHIFTS = Prepared(
    select(
        _a.outlet_id,
        func.count(func.distinct(_t.article_id)),
        func.min(_t.seen_at),
        func.max(_t.seen_at),
    )
    .join(articles, _a.id == _t.article_id)
    .where(_t.seen_at >= bindparam("since", type_=_t.seen_at.type))
    .group_by(_a.outlet_id)
)
_WATCHED = Prepared(select(_a.outlet_id, func.count()).where(_a.next_look_at.is_not(None)).group_by(_a.outlet_id))
_RULES = Prepared(select(_r.text).where(_r.digest == bindparam("key")))
_ADD_FORMER = inserting(former_versions, without="id")
_FORMER = Prepared(
    select(_f.article_id, _f.number, _f.digest, _f.extractor, _f.replaced_at, _f.form)
    .where(_f.article_id == _article)
    .order_by(_f.id)
)


def memory(connection: Connection, article_id: int) -> dict[str, Any] | None:
    """The form of an article's memory, without the fingerprint. Raises StorageError if it is damaged."""
    packed = _MEMORY.value(connection, {"article": article_id})
    return None if packed is None else _unpacked(connection, packed, "memory of article", article_id)


def fingerprint(connection: Connection, article_id: int) -> str:
    """The fingerprint alone, "" where there is none."""
    return _FINGERPRINT.value(connection, {"article": article_id}) or ""


def keep_memory(connection: Connection, article_id: int, digest: str, form: dict[str, Any]) -> None:
    """Replace an article's memory."""
    plain = {name: value for name, value in form.items() if name != "fingerprint"}
    _FORGET_MEMORY.run(connection, {"article": article_id})
    row = {"article_id": article_id, "digest": digest, "fingerprint": form.get("fingerprint", "")}
    _ADD_MEMORY.run(connection, {**row, "form": codec.pack_form(plain)})


def forget_article(connection: Connection, article_id: int) -> None:
    """An article's memory and template changes."""
    _FORGET_MEMORY.run(connection, {"article": article_id})
    _FORGET_TEMPLATES.run(connection, {"article": article_id})


def working_profile(connection: Connection, host: str) -> ProfileState | None:
    """The one still being learnt."""
    return _state(connection, _WORKING.first(connection, {"of": storable(host)}))


def profile_at(connection: Connection, host: str, at: datetime) -> ProfileState | None:
    """The newest finished state that rests on captures before ``at`` only."""
    return _state(connection, _LATEST.first(connection, {"of": storable(host), "at": at}))


def profiles(connection: Connection, host: str) -> list[ProfileState]:
    """By serial."""
    found = (_state(connection, row) for row in _STATES.rows(connection, {"of": storable(host)}))
    return [state for state in found if state is not None]


def keep_profile(connection: Connection, state: ProfileState) -> None:
    """Write a state; the working one replaces the one before, a finished one stays."""
    if state.serial == WORKING:
        _FORGET_WORKING.run(connection, {"of": storable(state.host)})
    row = {name: getattr(state, name) for name in ("serial", "learnt_at", "pages", "digest")}
    _ADD_STATE.run(connection, {**row, "host": storable(state.host), "form": codec.pack_form(state.form)})


def forget_profiles(connection: Connection) -> None:
    """All of them; what they were learnt from stays."""
    _FORGET_PROFILES.run(connection, {})


def note_template(connection: Connection, change: TemplateChange) -> None:
    """Keep a template change, once for each look."""
    row = {name: getattr(change, name) for name in TemplateChange.__slots__}
    insert_if_new(connection, template_changes, {**row, "host": storable(change.host)})


def templates(connection: Connection, host: str) -> list[TemplateChange]:
    """By time."""
    return [TemplateChange(*row) for row in _TEMPLATES.rows(connection, {"of": storable(host)})]


def template_shifts(connection: Connection, since: datetime) -> list[TemplateShift]:
    """Of each outlet whose articles were found in another template since then."""
    rows = _SHIFTS.rows(connection, {"since": since})
    watched = {outlet: count for outlet, count in _WATCHED.rows(connection, {})} if rows else {}
    return [
        TemplateShift(outlet or NO_OUTLET, count, watched.get(outlet, 0), first, last)
        for outlet, count, first, last in rows
    ]


def keep_rules(connection: Connection, digest: str, name: str, text: str, at: datetime) -> None:
    """Keep a rule file that a page was read with."""
    insert_if_new(connection, site_rules, {"digest": digest, "name": storable(name), "text": text, "used_at": at})


def rules(connection: Connection, digest: str) -> str | None:
    """The text of a rule file that was used."""
    text: str | None = _RULES.value(connection, {"key": digest})
    return text


def keep_former(connection: Connection, former: FormerVersion) -> None:
    """Keep a version that is about to vanish."""
    row = {name: getattr(former, name) for name in ("article_id", "number", "digest", "extractor", "replaced_at")}
    _ADD_FORMER.value(connection, {**row, "form": codec.pack_form(former.text.to_dict())})


def former(connection: Connection, article_id: int) -> list[FormerVersion]:
    """In the order in which they were replaced."""
    found = _FORMER.rows(connection, {"article": article_id})
    return [_former(connection, row) for row in found]


def _former(connection: Connection, row: Sequence[Any]) -> FormerVersion:
    form = _unpacked(connection, row[5], "former version of article", row[0])
    return FormerVersion(row[0], row[1], row[2], row[3], row[4], ArticleText.from_dict(form))


def _state(connection: Connection, row: Sequence[Any] | None) -> ProfileState | None:
    if row is None:
        return None
    return ProfileState(row[0], row[1], row[2], row[3], row[4], _unpacked(connection, row[5], "profile of", row[0]))


def _unpacked(connection: Connection, packed: bytes, what: str, key: object) -> dict[str, Any]:
    try:
        return codec.unpack_form(packed)
    except codec.DamageError as error:
        raise damaged(what, key, connection) from error
