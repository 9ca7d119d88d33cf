"""Options and arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from writethru.cli.output import print_items
from writethru.cli.suggestions import hinted, number_at
from writethru.errors import ConfigError

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
    as_lines: bool = False

    def print_items(self, items: Iterable[Any]) -> None:
        """A list for programs, printed while it is read: an array, or with ``--jsonl`` a line for each."""
        print_items(items, lines=self.as_lines)

    def config(self) -> Config:
        """The settings of this call."""
        from writethru.config import load_config, unknown_variables

        for warning in unknown_variables(os.environ):
            warn_once(warning)
        return load_config(self.config_path, os.environ).with_database(self.db)

    @contextmanager
    def opened(self) -> Iterator[Archive]:
        """The archive of this call, made if it is new, closed afterwards."""
        from writethru.archive import open_archive

        config = self.config()
        with open_archive(config.archive.database, config) as archive:
            yield archive

    @contextmanager
    def read(self) -> Iterator[Archive]:
        """The archive of this call; where there is none it says so, shows an empty one and makes nothing."""
        missing = missing_archive(self.config())
        if missing is None:
            with self.opened() as archive:
                yield archive
            return
        click.echo(f"writethru: {missing}: {NO_ARCHIVE}", err=True)
        with self.tried() as archive:
            yield archive

    @contextmanager
    def tried(self) -> Iterator[Archive]:
        """The archive of this call, or an empty one that is gone afterwards where there is none."""
        from tempfile import TemporaryDirectory

        from writethru.archive import open_archive

        config = self.config()
        if missing_archive(config) is None:
            with self.opened() as archive:
                yield archive
            return
        with TemporaryDirectory(prefix="writethru-none-") as folder:
            empty = str(Path(folder) / "none.db")
            with open_archive(empty, config) as archive:
                yield archive

    @contextmanager
    def proved(self) -> Iterator[Archive]:
        """The archive of this call. Raises NotInArchive where there is none: nothing could be proved."""
        from writethru.errors import NotInArchive

        missing = missing_archive(self.config())
        if missing is not None:
            raise NotInArchive(NO_ARCHIVE, key=missing)
        with self.opened() as archive:
            yield archive

    @contextmanager
    def restorable(self) -> Iterator[Archive]:
        """The archive of this call; made anew where its evidence is there. Raises NotInArchive where neither is."""
        config = self.config()
        if missing_archive(config) is not None and config.evidence_folder().is_dir():
            with self.opened() as archive:
                yield archive
            return
        with self.proved() as archive:
            yield archive


NO_ARCHIVE = "there is no archive here yet; `writethru import` or `writethru add` makes one, --db names another"
MOST = 2**31 - 1
"""No database counts further than this for us."""


@cache
def warn_once(warning: str) -> None:
    """Say it on standard error, once in a run however often settings are read."""
    click.echo(f"writethru: {warning}", err=True)


def missing_archive(config: Config) -> Path | None:
    """The SQLite file that an archive would be made in, None where something is there to be opened."""
    place = config.archive.database.removeprefix("sqlite:///")
    if "://" in place or not place.strip():
        return None
    path = Path(place)
    return path if path.parent.is_dir() and not path.exists() else None


def moment_given(text: str, option: str) -> datetime:
    """The time an option gives, with its zone.

    Raises:
        ConfigError: no ISO 8601 time, or one without a zone.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError("not an ISO 8601 time, as 2031-03-01T06:00Z", key=option) from error
    if moment.tzinfo is None:
        raise ConfigError("the time needs a zone, as 2031-03-01T06:00Z", key=option)
    return moment


class Number(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases
    """The number of an article, a version or a change; one that no archive can hold is simply not there."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        from writethru.errors import NotInArchive

        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a number; `writethru articles` lists them", param, ctx)
        if number > MOST:
            raise NotInArchive("no archive has so high a number", key=number)
        return number


class ArticleRef(Number):
    """An article by its number or by an address of its own."""

    name = "article"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or the address as it was given."""
        return value if "://" in str(value) else super().convert(value, param, ctx)


@contextmanager
def meant(call: Call, given: dict[str, Any]) -> Iterator[None]:
    """Put an article's number in place of its address; where there is no such article, say which ones are near.

    Raises:
        NotInArchive: with the articles that may be meant.
    """
    from writethru.errors import NotInArchive, Withdrawn

    asked = given.get("article_id")
    if isinstance(asked, str):
        with call.read() as archive:
            given["article_id"] = number_at(archive, asked)
    try:
        yield
    except NotInArchive as error:
        if not isinstance(asked, int) or isinstance(error, Withdrawn):
            raise
        with call.read() as archive:
            raise hinted(archive, asked, error) from error.__cause__


def archive_options(function: Function) -> Function:
    """``--db``, ``--config`` and ``--json``, handed to the command as ``call``."""
    return _options(function, click.option("--json", "as_json", is_flag=True, help="Print JSON."))


def list_options(function: Function) -> Function:
    """The same for a command that prints a list: ``--jsonl`` too."""
    array = click.option("--json", "as_json", is_flag=True, help="Print JSON: one array.")
    lines = click.option("--jsonl", "as_lines", is_flag=True, help="Print JSON Lines: one object a line, as read.")
    return _options(function, lines, array)


def stream_options(function: Function) -> Function:
    """The same for a command whose list may be as long as the archive: its JSON is lines."""
    help_text = "Print JSON Lines: one object a line, as read."
    return _options(function, click.option("--json", "--jsonl", "as_lines", is_flag=True, help=help_text))


def _options(function: Function, *own: Any) -> Function:
    @wraps(function)
    def with_call(
        *args: Any,
        db: str | None,
        config_path: Path | None,
        as_json: bool = False,
        as_lines: bool = False,
        **kwargs: Any,
    ) -> Any:
        call = Call(db, config_path, as_json or as_lines, as_lines)
        with meant(call, kwargs):
            return function(*args, call=call, **kwargs)

    decorated: Any = with_call
    for option in (
        *own,
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
