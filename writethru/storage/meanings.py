"""What an encoder made of articles in the database; see ``meaning_store`` for what each method promises."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from writethru.storage.connect import Database
from writethru.storage.dialect import replacing
from writethru.storage.many import Many
from writethru.storage.meaning_store import ENCODER, Meaning
from writethru.storage.story_tables import story_articles, story_log, story_meanings


class Meanings:
    """See ``MeaningStore``."""

    _OF = Many(select(story_meanings), story_meanings.c.article_id)

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article_ids: Iterable[int]) -> dict[int, Meaning]:
        """Those of these articles that have one."""
        with self._database.read() as connection:
            rows = self._OF.rows(connection, article_ids)
            return {article_id: Meaning(made_of, bytes(grains)) for article_id, made_of, grains in rows}

    def keep(self, meanings: Mapping[int, Meaning]) -> None:
        """Write them in place of what was there."""
        rows = [{"article_id": article_id, **one._asdict()} for article_id, one in sorted(meanings.items())]
        with self._database.write() as connection:
            replacing(connection.dialect.name, story_meanings).each(connection, rows)

    def lacking(self, after: int, limit: int) -> list[int]:
        """Articles of events without one, by id."""
        articles, there = story_articles.c.article_id, story_meanings.c.article_id
        joined = story_articles.outerjoin(story_meanings, there == articles)
        query = select(articles).select_from(joined).where(articles > after, there.is_(None))
        with self._database.read() as connection:
            return [int(row[0]) for row in connection.execute(query.order_by(articles).limit(limit))]

    def level(self) -> float:
        """What the journal last said of the encoder; 0 where it said nothing."""
        table = story_log.c
        query = select(table.form).where(table.event_id.is_(None), table.action == ENCODER)
        with self._database.read() as connection:
            row = connection.execute(query.order_by(table.seq.desc()).limit(1)).first()
        return 0.0 if row is None else float(json.loads(row[0])["below"])
