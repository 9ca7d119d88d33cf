"""The dictionary that keyframes are packed with, learnt from the archive itself.

Most articles have few versions, so most bytes are in their first ones; what those have in
common (an outlet's phrases, a language's words) is learnt from a sample when the archive
has grown to ``GENERATIONS``. Texts packed before keep what they were packed with.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, text

from writethru.storage import codec
from writethru.storage.dialect import insert_if_new
from writethru.storage.prepared import Prepared
from writethru.storage.refusals import damaged
from writethru.storage.tables import dictionaries, versions

GENERATIONS = (64, 1024, 16384)
"""At which article a better dictionary is learnt."""

SAMPLE = 400
"""Texts to learn from, spread evenly over all articles."""

FEWEST = 48
"""Fewer texts are not worth learning from."""

TRY_EVERY = 16
"""Articles between two attempts, where there was too little to learn from."""

LEARNING = 0x57524956
"""PostgreSQL: held by the one writer who is learning."""

_LATEST = Prepared(
    select(dictionaries.c.generation, dictionaries.c.key).order_by(dictionaries.c.generation.desc()).limit(1)
)
_CONTENT = Prepared(select(dictionaries.c.content).where(dictionaries.c.key == bindparam("key")))
_SAMPLE = Prepared(
    select(versions.c.number, versions.c.keyframe, versions.c.size, versions.c.digest, versions.c.packed,
           versions.c.dictionary)
    .where(versions.c.number == 1, versions.c.article_id % bindparam("step", type_=versions.c.article_id.type) == 0)
    .limit(SAMPLE)
)  # fmt: skip
_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:key)")


class Learnt:
    """Dictionaries by key; as keys are digests, what is kept here can never be wrong."""

    def __init__(self) -> None:
        self._known: dict[str, codec.Dictionary] = {}

    def of(self, connection: Connection, key: str) -> codec.Dictionary | None:
        """The dictionary of this key, None for "". Raises StorageError if it is lost or damaged."""
        if not key:
            return None
        if key not in self._known:
            content = _CONTENT.value(connection, {"key": key})
            if content is None or codec.dictionary(content).key != key:
                raise damaged("dictionary", key, connection)
            self._known[key] = codec.Dictionary(key, content)
        return self._known[key]

    def for_article(self, connection: Connection, article_id: int) -> codec.Dictionary | None:
        """The one to pack with; a new one, if the archive has grown enough."""
        latest = _LATEST.first(connection, {})
        generation, key = latest or (0, "")
        due = sum(article_id >= least for least in GENERATIONS)
        if due > generation and article_id % TRY_EVERY == 0 and self._may_learn(connection):
            key = self._learn(connection, article_id, due) or key
        return self.of(connection, key)

    def _may_learn(self, connection: Connection) -> bool:
        """One writer at a time; the others pack with what there is."""
        return connection.dialect.name == "sqlite" or bool(connection.execute(_TRY_LOCK, {"key": LEARNING}).scalar())

    def _learn(self, connection: Connection, article_id: int, generation: int) -> str:
        sample = _SAMPLE.rows(connection, {"step": max(1, article_id // SAMPLE)})
        if len(sample) < FEWEST:
            return ""
        links = [codec.Packed(*row) for row in sample]
        made = codec.learn([codec.unpack([link], self.of(connection, link.dictionary)) for link in links])
        if made is None:
            return ""
        insert_if_new(connection, dictionaries, {"key": made.key, "generation": generation, "content": made.content})
        return made.key
