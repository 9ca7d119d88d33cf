"""Make the generated reference pages anew: ``./run docs`` (``--check``: only say whether they are current)."""

from __future__ import annotations

import inspect
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import click

import writethru
from docs.man import man_page
from writethru import errors
from writethru.cli import COMMANDS, cli
from writethru.config import Config
from writethru.export.dictionary import dictionary_page
from writethru.model import Medium, Outcome, Reason, TimeBasis
from writethru.publish.words import ADDRESSES, BASES, MEDIA, OUTCOMES, REASONS
from writethru.services import Services
from writethru.storage.reference import tables_page

WIDTH = 80
"""Columns of a command's help, whatever the terminal."""

REFERENCE = Path(__file__).parent / "reference"
MAN = Path(__file__).parents[1] / "packaging" / "man" / "writethru.1"
HEAD = "<!-- made by ./run docs; do not edit -->\n\n"


def cli_page() -> str:
    """Every command with its help."""
    names = cli.context_settings["help_option_names"]
    context = click.Context(
        cli, info_name="writethru", max_content_width=WIDTH, terminal_width=WIDTH, help_option_names=names
    )
    parts = ["# The command line\n", _fenced(cli.get_help(context))]
    for name in sorted(COMMANDS):
        command = cli.get_command(context, name)
        if command is None:
            raise LookupError(name)
        parts += _command(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(parts)


def _command(command: click.Command, context: click.Context) -> list[str]:
    """One command with its help, and those inside it."""
    parts = [f"## {context.command_path}\n", _fenced(command.get_help(context))]
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            parts += _command(inner, click.Context(inner, info_name=name, parent=context))
    return parts


def settings_page() -> str:
    """Every setting with its default, variable and meaning."""
    parts = [
        "# Settings\n",
        "Read from `writethru.toml` here (or `--config FILE`), then from the environment, then from options.\n",
    ]
    for section in fields(Config):
        part = getattr(Config(), section.name)
        meanings = _attributes(inspect.getdoc(type(part)) or "")
        parts.append(f"## [{section.name}]\n\n{_first_line(type(part))}\n")
        parts.append("| setting | default | environment | meaning |\n|---|---|---|---|")
        for item in fields(part):
            variable = f"WRITETHRU_{section.name}_{item.name}".upper()
            default = repr(getattr(part, item.name)).replace("|", "\\|")
            parts.append(f"| `{item.name}` | `{default}` | `{variable}` | {meanings.get(item.name, '')} |")
        parts.append("")
    parts.append("`WRITETHRU_DATABASE` is a shorter name of `WRITETHRU_ARCHIVE_DATABASE`.\n")
    parts.append("An unknown section or name in the file ends the command; a variable `WRITETHRU_…` that is no setting")
    parts.append("is warned of on standard error. Both name the setting that may be meant.")
    return "\n".join(parts)


def errors_page() -> str:
    """The error tree with codes and exit codes."""
    rows = [
        f"| `{kind.code}` | `{kind.__name__}` | {kind.exit_code} | {_first_line(kind)} |" for kind in _error_kinds()
    ]
    head = '# Errors\n\nOne tree; codes never change. `--json` prints an error as `{"error": {code, key, message}}`.\n'
    return "\n".join([head, "| code | class | exit code | meaning |", "|---|---|---|---|", *rows])


def outcomes_page() -> str:
    """Outcomes, reasons, media and time bases in words."""
    parts = ["# Outcomes and reasons\n", "What a look came to, and why; both are stored with every capture.\n"]
    parts += ["## Outcomes\n", "| code | meaning |", "|---|---|"]
    parts += [f"| `{outcome.value}` | {OUTCOMES[outcome]} |" for outcome in Outcome]
    parts += ["\n## Reasons\n", "| code | meaning |", "|---|---|"]
    parts += [f"| `{reason.value}` | {REASONS[reason]} |" for reason in Reason]
    parts += ["\n## Media\n", f"{_first_line(Medium)}\n", "| code | meaning |", "|---|---|"]
    parts += [f"| `{medium.value}` | {MEDIA[medium]} |" for medium in Medium]
    parts += ["\n## Time bases\n", f"{_first_line(TimeBasis)}\n", "| code | meaning |", "|---|---|"]
    parts += [f"| `{basis.value}` | {BASES[basis]} |" for basis in TimeBasis]
    parts += ["\n## Addresses\n", "Why an address belongs to an article.\n", "| kind | meaning |", "|---|---|"]
    parts += [f"| `{kind}` | {meaning} |" for kind, meaning in ADDRESSES.items()]
    parts += ["", ALERTS]
    return "\n".join(parts)


ALERTS = """## Alerts

What looks and changes add up to; shown on the article's page, by `writethru article`, and at
`/api/v1/articles/ID`.

- **Disappeared** (`absences`): three looks over two hours, or two looks a day apart, came to `gone` or `moved`,
  and none in between to `same`, `edited` or `teaser`. It disappeared after `after` and not later than `first`; it
  was back after `last` and not later than `back`. Errors, blocks and suspect looks neither begin nor end it. A
  shorter run stays a look among looks.
- **Shown in turn** (`alternations`): a second return to a known text within 24 hours, or one to a text that the
  server itself dates before the one it replaced. The change with which that became clear (`alternating`) is in
  every feed; further turns (`alternated`) are in the record, the API and on the page only, until a text stood for
  24 hours. A single return is a revert (`returned`), reported like any change.
- **Another article's page** (`another_article`): `suspect`, after a day `moved`, never an edit.
- **Joined** (`same_as`): two addresses showed the same text (40 different words or more, at two looks) and one
  page names the other's address on the same site. The newer article is retired and its page leads to the older
  one; its own record stays at `?alone=yes`, and every number in it stays valid."""


def python_page() -> str:
    """The public Python surface."""
    parts = ["# Python\n", "What `import writethru` offers; everything else is internal and may change.\n"]
    for name in writethru.__all__:
        thing = getattr(writethru, name)
        parts.append(f"## writethru.{name}\n")
        parts.append(_fenced(f"{name}{_signature(thing)}"))
        parts.append(f"\n{inspect.getdoc(thing)}\n")
        if inspect.isclass(thing):
            parts += _members(name, thing)
    return "\n".join([*parts, *_services()])


def _services() -> Iterator[str]:
    """What is reached as an attribute of an open archive, with its methods."""
    yield "## The parts of an archive\n"
    yield "Each is an attribute of an open `Archive`, made when it is first asked for.\n"
    with tempfile.TemporaryDirectory() as folder, writethru.open(str(Path(folder) / "writethru.db")) as archive:
        for name, member in sorted([*vars(Services).items(), *vars(writethru.Archive).items()]):
            if isinstance(member, cached_property):
                yield f"### archive.{name}\n\n{_first_line(member)}\n"
                yield from _members(f"archive.{name}", type(getattr(archive, name)))


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "data.md": dictionary_page,
    "settings.md": settings_page,
    "errors.md": errors_page,
    "outcomes.md": outcomes_page,
    "python.md": python_page,
    "storage.md": tables_page,
}


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file and what stands in it."""
    for name, make in PAGES.items():
        yield REFERENCE / name, HEAD + make().rstrip() + "\n"
    yield MAN, man_page()


def main(arguments: list[str]) -> int:
    """Write the pages; with ``--check`` only name those that are not current (exit code 1)."""
    stale = []
    for path, text in generated():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{', '.join(stale) or 'nothing'} {'not current' if '--check' in arguments else 'written'}\n")
    return int(bool(stale) and "--check" in arguments)


def _error_kinds() -> Iterator[type[errors.WritethruError]]:
    """In the order of the file, the base first."""
    for thing in vars(errors).values():
        if inspect.isclass(thing) and issubclass(thing, errors.WritethruError):
            yield thing


def _members(owner: str, kind: type) -> Iterator[str]:
    own = [base for base in reversed(kind.__mro__) if base.__module__.startswith("writethru.")]
    for name, member in chain.from_iterable(vars(base).items() for base in own):
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, property | cached_property):
            yield f"- `{owner}.{name}`: {_first_line(member)}"
        elif callable(member) or isinstance(member, classmethod):
            bare = member.__func__ if isinstance(member, classmethod) else member
            yield f"- `{owner}.{name}{_signature(bare)}`: {_first_line(member)}"
    yield ""


def _signature(thing: Callable[..., Any]) -> str:
    """With types as they are written, not as the strings that they are until asked for."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(thing)))


def _attributes(docstring: str) -> dict[str, str]:
    """``name: meaning`` lines of an Attributes section, continuation lines joined."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in docstring.partition("Attributes:")[2].splitlines():
        head, colon, rest = line.strip().partition(": ")
        if colon and line.startswith("    ") and not line.startswith("     "):
            names = [name.strip() for name in head.split(",")]
            found.update(dict.fromkeys(names, rest))
        elif line.strip():
            found.update({name: f"{found[name]} {line.strip()}" for name in names})
    return found


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").splitlines()[0]


def _fenced(text: str) -> str:
    return f"```\n{text}\n```"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
