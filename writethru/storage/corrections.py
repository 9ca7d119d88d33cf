"""Editors' corrections of what was read, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Table, select, update

from writethru.rulings import KeptCorrection
from writethru.storage.columns import Characters, Id, Moment
from writethru.storage.connect import Database
from writethru.storage.refusals import missing
from writethru.storage.tables import metadata

statement_corrections = Table(
    "statement_corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, nullable=False, index=True),
    Column("kind", Characters, nullable=False, doc="figure, time, said, commitment, blame or quotation"),
    Column("words", Characters, nullable=False, doc="of the text, by which it is found again"),
    Column("before", Characters, nullable=False, doc="what stands before them"),
    Column("after", Characters, nullable=False, doc="what stands behind them"),
    Column("field", Characters, nullable=False, doc='what is set, "" where it is rejected'),
    Column("value", Characters, nullable=False, doc="to what; of a quotation the other one: article and digest"),
    Column("by", Characters, nullable=False, doc="who said so"),
    Column("at", Moment, nullable=False),
    Column("reason", Characters, nullable=False),
    Column("withdrawn_at", Moment, doc="since when it holds no longer"),
    Column("withdrawn_by", Characters, nullable=False),
    info={"holds": "What editors say of what was read: rejected, or set otherwise. A journal, never emptied."},
)


class Corrections:
    """See ``correction_store.CorrectionStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, correction: KeptCorrection) -> KeptCorrection:
        """Keep one."""
        row = {name: getattr(correction, name) for name in KeptCorrection.__slots__ if name != "id"}
        with self._database.write(of_article=correction.article_id) as connection:
            made = statement_corrections.insert().values(row).returning(statement_corrections)
            return KeptCorrection(**connection.execute(made).one()._mapping)

    def withdraw(self, correction_id: int, by: str, at: datetime) -> KeptCorrection:
        """It holds no longer."""
        table = statement_corrections
        stands = (table.c.id == correction_id) & table.c.withdrawn_at.is_(None)
        with self._database.write() as connection:
            changed = update(table).where(stands).values(withdrawn_at=at, withdrawn_by=by).returning(table)
            row = connection.execute(changed).first()
            if row is None:
                raise missing("correction", correction_id)
            return KeptCorrection(**row._mapping)

    def of_article(self, article_id: int) -> Sequence[KeptCorrection]:
        """In the order in which they were made."""
        table = statement_corrections.c
        query = select(statement_corrections).where(table.article_id == article_id).order_by(table.id)
        with self._database.read() as connection:
            return [KeptCorrection(**row._mapping) for row in connection.execute(query)]
