"""Events and storylines in the database; see ``story_store`` for what each method promises."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, or_, select, update

from writethru.errors import NotInArchive
from writethru.storage.connect import Database
from writethru.storage.dialect import adding, inserting, replacing
from writethru.storage.many import Many
from writethru.storage.meanings import Meanings
from writethru.storage.prepared import Prepared
from writethru.storage.story_index import holders
from writethru.storage.story_store import (
    Posting,
    Ruling,
    StoryArticle,
    StoryEvent,
    StoryLink,
    StoryLogEntry,
    StoryMember,
)
from writethru.storage.story_tables import (
    NO_DAY,
    story_articles,
    story_counts,
    story_events,
    story_links,
    story_log,
    story_members,
    story_rulings,
    story_terms,
)

MOST_ASKED = 500
"""Ids in one question; both databases bound the number of parameters."""

_COUNTS = Many(select(story_counts), story_counts.c.term)
_ENTER = inserting(story_terms)
_TWINS = Prepared(
    select(story_articles.c.article_id)
    .where(story_articles.c.digest == bindparam("digest"))
    .order_by(story_articles.c.article_id)
    .limit(bindparam("most"))
)
_CLUSTER = Prepared(select(story_articles.c.article_id).where(story_articles.c.cluster == bindparam("cluster")))
_MOVE = Prepared(
    update(story_articles).where(story_articles.c.article_id == bindparam("article")).values(cluster=bindparam("moved"))
)
_LEAVE = Prepared(delete(story_members).where(story_members.c.article_id == bindparam("article")))
_JOIN = inserting(story_members)
_UNTIE = Prepared(delete(story_links).where(story_links.c.later == bindparam("event")))
_TIE = inserting(story_links)
_LOG = inserting(story_log)
_RULINGS = Prepared(select(story_rulings).where(story_rulings.c.withdrawn_at.is_(None)).order_by(story_rulings.c.id))
_LAST_ARTICLE = Prepared(select(func.max(story_articles.c.article_id)))
_LAST_LINE = Prepared(select(func.max(story_log.c.seq)))


_FINDING = {
    (column.table.name, column.name): Many(select(column.table), column)
    for column in (
        story_articles.c.article_id,
        story_events.c.id,
        story_members.c.event_id,
        story_members.c.article_id,
        story_links.c.later,
        story_links.c.earlier,
    )
}


class StoryTables:
    """Articles' words, events, memberships, links, the journal and rulings."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.meanings = Meanings(database)

    # articles

    def articles(self, article_ids: Iterable[int]) -> list[StoryArticle]:
        """Those of these that are known, by id."""
        found = map(_article, self._among(story_articles.c.article_id, article_ids))
        return sorted(found, key=attrgetter("article_id"))

    def in_clusters(self, clusters: Iterable[int]) -> list[tuple[int, int]]:
        """The articles of these coarse groups, each with its group."""
        found: list[tuple[int, int]] = []
        with self._database.read() as connection:
            for cluster in sorted(set(clusters)):
                found += [(row[0], cluster) for row in _CLUSTER.rows(connection, {"cluster": cluster})]
        return found

    def twins(self, digest: str, limit: int) -> list[int]:
        """Articles with these very words, by id."""
        with self._database.read() as connection:
            return [int(row[0]) for row in _TWINS.rows(connection, {"digest": digest, "most": limit})]

    def keep_articles(self, articles: Iterable[StoryArticle]) -> None:
        """Write articles in place of what was known of them."""
        self._put(story_articles, [_article_row(article) for article in articles])

    def last_article(self) -> int:
        """The greatest id of an article that is known, 0 where none is."""
        with self._database.read() as connection:
            return int(_LAST_ARTICLE.value(connection, {}) or 0)

    def set_clusters(self, clusters: Mapping[int, int]) -> None:
        """Article to coarse group."""
        rows = [{"article": article_id, "moved": cluster} for article_id, cluster in clusters.items()]
        with self._database.write() as connection:
            _MOVE.each(connection, rows)

    def every_article(self, after: int, limit: int) -> list[StoryArticle]:
        """By id."""
        table = story_articles.c
        query = select(story_articles).where(table.article_id > after).order_by(table.article_id).limit(limit)
        with self._database.read() as connection:
            return [_article(row) for row in connection.execute(query)]

    # the index

    def index(self, entries: Iterable[Posting]) -> None:
        """Enter articles under terms under which they are not yet."""
        rows = sorted((one.term, NO_DAY if one.day is None else one.day, one.article_id) for one in entries)
        with self._database.write() as connection:
            if rows:
                _ENTER.each_row(connection, rows)

    def unindex(self, article_id: int, day: int | None, terms: Iterable[int]) -> None:
        """Take an article out from under these terms."""
        table = story_terms.c
        where = (table.article_id == article_id) & (table.day == (NO_DAY if day is None else day))
        with self._database.write() as connection:
            for some in _portions(terms):
                connection.execute(delete(story_terms).where(where & table.term.in_(some)))

    def neighbours(self, terms: Iterable[int], days: tuple[int, int] | None, limit: int) -> list[Posting]:
        """Who has these terms on these days, the latest first, and those without a day; so many a term."""
        with self._database.read() as connection:
            return holders(connection, list(terms), days, limit)

    def count(self, changes: Mapping[int, int]) -> None:
        """So many articles more (or fewer) have each term; term 0 counts the articles themselves."""
        with self._database.write() as connection:
            if changes:
                adding(connection.dialect.name, story_counts, "articles").each_row(connection, sorted(changes.items()))

    def counts(self, terms: Iterable[int]) -> dict[int, int]:
        """In how many articles each stands."""
        asked = list(terms)
        with self._database.read() as connection:
            return {**dict.fromkeys(asked, 0), **{term: int(count) for term, count in _COUNTS.rows(connection, asked)}}

    # events

    def events(self, event_ids: Iterable[int]) -> list[StoryEvent]:
        """Those of these that there are, by id, merged ones too."""
        return sorted(map(_event, self._among(story_events.c.id, event_ids)), key=attrgetter("id"))

    def latest_events(self, limit: int, before: tuple[int, int] | None = None) -> list[StoryEvent]:
        """Standing events, the last to happen first; ``before``: (last minute, id) to continue from."""
        table = story_events.c
        last = func.coalesce(table.last_minute, 0)
        query = select(story_events).where(table.redirect.is_(None)).order_by(last.desc(), table.id.desc()).limit(limit)
        if before is not None:
            query = query.where(or_(last < before[0], (last == before[0]) & (table.id < before[1])))
        with self._database.read() as connection:
            return [_event(row) for row in connection.execute(query)]

    def latest_storylines(self, least: int, limit: int, before: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """Storylines of at least so many articles by (last minute, number), the last to happen first."""
        events, members = story_events.c, story_members.c
        last = func.max(func.coalesce(events.last_minute, 0))
        joined = story_events.join(story_members, members.event_id == events.id)
        query = select(last, events.story_id).select_from(joined).where(events.redirect.is_(None))
        query = query.group_by(events.story_id).having(func.count(members.article_id.distinct()) >= least)
        if before is not None:
            query = query.having(or_(last < before[0], (last == before[0]) & (events.story_id < before[1])))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(last.desc(), events.story_id.desc()).limit(limit))
            return [(int(row[0]), int(row[1])) for row in rows]

    def story_events(self, story_id: int) -> list[StoryEvent]:
        """The standing events of a storyline, in time."""
        table = story_events.c
        query = select(story_events).where(table.story_id == story_id, table.redirect.is_(None))
        query = query.order_by(func.coalesce(table.first_minute, 0), table.id)
        with self._database.read() as connection:
            return [_event(row) for row in connection.execute(query)]

    def keep_events(self, events: Iterable[StoryEvent]) -> None:
        """Write events in place of what was known of them."""
        self._put(story_events, [_row(event) for event in events])

    def next_event_id(self) -> int:
        """One that no event has had."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.coalesce(func.max(story_events.c.id), 0))).scalar_one()) + 1

    # memberships

    def members(self, event_ids: Iterable[int]) -> list[StoryMember]:
        """Of these events, by event and article."""
        found = [_member(row) for row in self._among(story_members.c.event_id, event_ids)]
        return sorted(found, key=lambda member: (member.event_id, member.article_id))

    def memberships(self, article_ids: Iterable[int]) -> list[StoryMember]:
        """Of these articles, by article, the main one first."""
        found = [_member(row) for row in self._among(story_members.c.article_id, article_ids)]
        return sorted(found, key=lambda member: (member.article_id, not member.main, member.event_id))

    def keep_memberships(self, members: Mapping[int, Sequence[StoryMember]]) -> None:
        """By article, in place of all that each has."""
        rows = [_row(member) for some in members.values() for member in some]
        with self._database.write() as connection:
            _LEAVE.each(connection, [{"article": article_id} for article_id in members])
            if rows:
                _JOIN.each(connection, rows)

    # links

    def keep_links(self, links: Mapping[int, Sequence[StoryLink]]) -> None:
        """By later event, in place of all from it to earlier ones."""
        rows = [_row(link) for some in links.values() for link in some]
        with self._database.write() as connection:
            _UNTIE.each(connection, [{"event": later} for later in links])
            if rows:
                _TIE.each(connection, rows)

    def links(self, event_ids: Iterable[int]) -> list[StoryLink]:
        """From or to these events, by later and earlier."""
        ids = sorted(set(event_ids))
        found = {
            (link.later, link.earlier): link
            for column in (story_links.c.later, story_links.c.earlier)
            for link in map(_link, self._among(column, ids))
        }
        return [found[key] for key in sorted(found)]

    # the journal and rulings

    def write_log(self, entries: Sequence[StoryLogEntry]) -> int:
        """Add lines to the journal; the number of the last one there is."""
        last = self.last_line()
        rows = [{**_row(entry), "seq": number} for number, entry in enumerate(entries, last + 1)]
        with self._database.write() as connection:
            if rows:
                _LOG.each(connection, rows)
        return last + len(rows)

    def last_line(self) -> int:
        """The number of the journal's last line."""
        with self._database.read() as connection:
            return int(_LAST_LINE.value(connection, {}) or 0)

    def log(
        self, after: int, limit: int, *, event_id: int | None = None, article_id: int | None = None
    ) -> list[StoryLogEntry]:
        """The journal in order, of all or of an event or an article."""
        table = story_log.c
        query = select(story_log).where(table.seq > after).order_by(table.seq).limit(limit)
        if event_id is not None:
            query = query.where(table.event_id == event_id)
        if article_id is not None:
            query = query.where(table.article_id == article_id)
        with self._database.read() as connection:
            return [
                StoryLogEntry(**{**row._mapping, "form": json.loads(row.form)}) for row in connection.execute(query)
            ]

    def add_ruling(self, ruling: Ruling) -> Ruling:
        """Note an editor's word; gives it back with its id."""
        row = {name: getattr(ruling, name) for name in Ruling.__slots__ if name != "id"}
        with self._database.write() as connection:
            made = connection.execute(story_rulings.insert().values(row).returning(story_rulings)).one()
        return Ruling(**made._mapping)

    def withdraw_ruling(self, ruling_id: int, at: datetime) -> None:
        """It holds no longer. Raises NotInArchive."""
        table = story_rulings
        statement = update(table).where(table.c.id == ruling_id, table.c.withdrawn_at.is_(None))
        with self._database.write() as connection:
            if connection.execute(statement.values(withdrawn_at=at)).rowcount != 1:
                raise NotInArchive("no ruling of this number stands", key=ruling_id)

    def rulings(self, article_ids: Iterable[int] | None = None) -> list[Ruling]:
        """Standing ones on these articles (or all), by id."""
        names = story_rulings.columns.keys()
        with self._database.read() as connection:
            found = [Ruling(**dict(zip(names, row, strict=True))) for row in _RULINGS.rows(connection, {})]
        if article_ids is None:
            return found
        asked = set(article_ids)
        return [
            ruling
            for ruling in found
            if ruling.article_id in asked or (ruling.kind != "pin" and ruling.other_id in asked)
        ]

    def forget(self, article_id: int) -> None:
        """Take an article out of the events; the journal keeps what was."""
        with self._database.write() as connection:
            connection.execute(delete(story_members).where(story_members.c.article_id == article_id))
            connection.execute(delete(story_articles).where(story_articles.c.article_id == article_id))

    # parts

    def _among(self, column: ColumnElement[Any], ids: Iterable[int]) -> list[Sequence[Any]]:
        """Rows whose column has one of these values, in no order."""
        with self._database.read() as connection:
            return _FINDING[column.table.name, column.name].rows(connection, set(ids))

    def _put(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows in place of those with their keys."""
        with self._database.write() as connection:
            replacing(connection.dialect.name, table).each(connection, rows)


def _row(one: StoryEvent | StoryMember | StoryLink | StoryLogEntry) -> dict[str, Any]:
    """As the tables have it."""
    return {**{name: getattr(one, name) for name in one.__slots__}, "form": _packed(one.form)}


def _article_row(article: StoryArticle) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "digest": article.digest,
        "minute": article.minute,
        "basis": article.basis,
        "cluster": article.cluster,
        "bag": article.bag,
        "undecided": _packed(article.undecided) if article.undecided else "",
    }


def _portions(ids: Iterable[int]) -> list[list[int]]:
    ordered = sorted(set(ids))
    return [ordered[at : at + MOST_ASKED] for at in range(0, len(ordered), MOST_ASKED)]


def _packed(form: Mapping[str, Any]) -> str:
    return json.dumps(form, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _article(row: Sequence[Any]) -> StoryArticle:
    article_id, digest, minute, basis, cluster, bag, undecided = row
    told = bytes(bag)
    return StoryArticle(article_id, digest, minute, basis, cluster, told, json.loads(undecided) if undecided else {})


def _event(row: Sequence[Any]) -> StoryEvent:
    event_id, story_id, redirect, first, last, form = row
    return StoryEvent(event_id, story_id, redirect, first, last, json.loads(form))


def _member(row: Sequence[Any]) -> StoryMember:
    article_id, event_id, main, score, form = row
    return StoryMember(article_id, event_id, bool(main), score, json.loads(form))


def _link(row: Sequence[Any]) -> StoryLink:
    later, earlier, kind, score, form = row
    return StoryLink(later, earlier, kind, score, json.loads(form))
