"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from writethru.archive import Archive
    from writethru.config import Config

Function = TypeVar("Function", bound=Callable[..., Any])


def archive_options(function: Function) -> Function:
    """``--db``, ``--config`` and ``--json``."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option(
            "--config",
            "config_path",
            type=click.Path(path_type=Path),
            help="Settings file [default: ./writethru.toml].",
        ),
        click.option(
            "--db", metavar="URL", help="Database: a path, sqlite:///PATH or postgresql://… [default: writethru.db]."
        ),
    ):
        function = option(function)
    return function


def load(db: str | None, config_path: Path | None) -> Config:
    """The settings of this call."""
    from writethru.config import load_config

    return load_config(config_path, os.environ).with_database(db)


@contextmanager
def opened(db: str | None, config_path: Path | None) -> Iterator[Archive]:
    """The archive of this call, closed afterwards."""
    from writethru.archive import open_archive

    config = load(db, config_path)
    with open_archive(config.archive.database, config) as archive:
        yield archive
