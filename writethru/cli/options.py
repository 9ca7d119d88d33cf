"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from writethru.archive import Archive
    from writethru.config import Config

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Call:
    """What every command on an archive is told: which one, and how to print."""

    db: str | None
    config_path: Path | None
    as_json: bool

    def config(self) -> Config:
        """The settings of this call."""
        from writethru.config import load_config

        return load_config(self.config_path, os.environ).with_database(self.db)

    @contextmanager
    def opened(self) -> Iterator[Archive]:
        """The archive of this call, closed afterwards."""
        from writethru.archive import open_archive

        config = self.config()
        with open_archive(config.archive.database, config) as archive:
            yield archive


def archive_options(function: Function) -> Function:
    """``--db``, ``--config`` and ``--json``, handed to the command as ``call``."""

    @wraps(function)
    def with_call(*args: Any, db: str | None, config_path: Path | None, as_json: bool, **kwargs: Any) -> Any:
        return function(*args, call=Call(db, config_path, as_json), **kwargs)

    decorated: Any = with_call
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
        decorated = option(decorated)
    return cast(Function, decorated)
