"""Runs Alembic's steps on the connection it was handed, in the caller's transaction."""

from __future__ import annotations

from alembic import context

from writethru.storage.tables import SCHEMA_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=SCHEMA_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
