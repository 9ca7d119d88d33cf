"""Bringing a database to the schema this Writethru knows, step by step.

Revisions stand in ``versions/`` (Alembic); released ones are never edited. Alembic is
imported only when a step has to be taken: opening an up-to-date database is one query.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from writethru.errors import SchemaTooNew, StorageError
from writethru.storage import safety_tables  # noqa: F401 (so that the metadata is whole)
from writethru.storage.address import shown
from writethru.storage.tables import SCHEMA_TABLE

if TYPE_CHECKING:
    from types import ModuleType

    from alembic.config import Config

REVISIONS = (
    "0001", "0002", "0004", "0006", "0007", "0008", "0009", "0010", "0011", "0012",
    "0013", "0014", "0015", "0016", "0017", "0018", "0019", "0020", "0021", "0022", "0023",
    "0024", "0025", "0026", "0027", "0028", "0029", "0030",
)  # fmt: skip
"""All revisions, oldest first; a test compares this with ``versions/``."""

FOLDER = Path(__file__).parent

_log = logging.getLogger("writethru.storage")


def head() -> str:
    """The revision that this Writethru works with."""
    return REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """The schema's revision, None where there is no schema yet.

    Raises:
        StorageError: the database holds tables that are not ours.
    """
    names = inspect(connection).get_table_names()
    if SCHEMA_TABLE not in names:
        if names:
            raise StorageError(
                f"this database belongs to something else (it has a table {names[0]!r}); name another one",
                key=shown(connection.engine.url),
            )
        return None
    return connection.execute(text(f"SELECT version_num FROM {SCHEMA_TABLE}")).scalar()  # noqa: S608 (a constant)


def check(connection: Connection) -> str | None:
    """``revision_of``, refusing what a newer Writethru made.

    Raises:
        SchemaTooNew: the revision is none of ours.
    """
    revision = revision_of(connection)
    if revision is not None and revision not in REVISIONS:
        raise SchemaTooNew(
            f"made by a newer Writethru (schema {revision}, this one knows {head()}); upgrade Writethru",
            key=shown(connection.engine.url),
        )
    return revision


def upgrade(connection: Connection, to: str | None = None) -> None:
    """Take every missing step inside the caller's transaction, and say so where there was a schema."""
    from alembic import command

    before, after = revision_of(connection), to or head()
    command.upgrade(configuration(connection), after)
    if before is not None:
        _log.warning("%s: migrated from schema %s to %s", shown(connection.engine.url), before, after)


def module_of(revision: str) -> ModuleType:
    """The module of a step."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(configuration()).get_revision(revision).module


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file; ``connection`` is what ``env.py`` works on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
