"""The manual page, writethru(1), made from the parser like the reference of the command line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator

import click

from writethru import __version__
from writethru.cli import COMMANDS, cli

NAME = "Follow the news as it changes: every version of every article, with its evidence"
FILES = (
    ("./writethru.toml", "settings; --config names another file"),
    ("./writethru.db", "the archive, unless --db or WRITETHRU_DATABASE names another"),
    ("./writethru-evidence/", "the bytes that outlets sent, as WARC, beside the database"),
)


def man_page() -> str:
    """The page as troff, for man(7)."""
    context = click.Context(cli, info_name="writethru")
    lines = [
        f'.TH WRITETHRU 1 "" "Writethru {__version__}" "User Commands"',
        *(".SH NAME", f"writethru \\- {_plain(NAME)}"),
        *(".SH SYNOPSIS", ".B writethru", "COMMAND [OPTIONS] [ARGUMENTS]"),
        *(".SH DESCRIPTION", *_prose(inspect.getdoc(cli.callback) or "")),
        ".SH COMMANDS",
    ]
    for name in sorted(COMMANDS):
        command = cli.get_command(context, name)
        if command is None:
            raise LookupError(name)
        lines += _command(command, click.Context(command, info_name=name, parent=context))
    lines += [".SH FILES", *_list(FILES)]
    lines += [".SH ENVIRONMENT", "Every setting, as WRITETHRU_SECTION_NAME; WRITETHRU_DATABASE for the archive."]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    """One command, and those inside it."""
    yield f".SS {_plain(' '.join([context.command_path, *command.collect_usage_pieces(context)]))}"
    yield from _prose(command.help or "")
    records = (param.get_help_record(context) for param in command.get_params(context))
    yield from _list(record for record in records if record is not None and record[1] and "--help" not in record[0])
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _command(inner, click.Context(inner, info_name=name, parent=context))


def _prose(text: str) -> Iterator[str]:
    """Paragraphs; what click is told not to wrap stays as it is."""
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        lines = paragraph.splitlines()
        if lines and lines[0] == "\b":
            yield from (".PP", ".nf", *(_plain(line) for line in lines[1:]), ".fi")
        else:
            yield from (".PP", *(_plain(line) for line in lines))


def _list(items: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, meaning in items:
        yield from (".TP", f".B {_plain(term)}", _plain(" ".join(meaning.split())) or "\\&")


def _plain(text: str) -> str:
    """Text that troff prints as it stands."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
