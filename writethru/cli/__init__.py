"""The command line: click for the words, rich for the tables, ``--json`` everywhere.

Options come in; text, tables or JSON go out; nothing is decided here. May import the service
layer and what is below it, but only inside a command, so that starting costs little.
"""

from __future__ import annotations

import sys

import click

from writethru import __version__
from writethru.cli.lazy import LazyGroup

COMMANDS = {
    "add": "writethru.cli.intake:add",
    "analyse": "writethru.cli.reuse:analyse",
    "article": "writethru.cli.article:article",
    "articles": "writethru.cli.lists:articles",
    "backup": "writethru.cli.backup:backup",
    "bulk": "writethru.cli.bulk:bulk",
    "captures": "writethru.cli.lists:captures",
    "change": "writethru.cli.lists:change",
    "changes": "writethru.cli.lists:changes",
    "cold": "writethru.cli.cold:cold",
    "compare": "writethru.cli.compare:compare",
    "completion": "writethru.cli.completion:completion",
    "correct": "writethru.cli.correct:correct",
    "demo": "writethru.cli.replay:demo",
    "doctor": "writethru.cli.doctor:doctor",
    "dossier": "writethru.cli.dossier:dossier",
    "export": "writethru.cli.export:export",
    "extract": "writethru.cli.extract:extract",
    "from-backup": "writethru.cli.backup:from_backup",
    "import": "writethru.cli.intake:import_",
    "index": "writethru.cli.evidence:index",
    "journal": "writethru.cli.accounts:journal",
    "migrate": "writethru.cli.migrate:migrate",
    "notify": "writethru.cli.notify:notify",
    "outlet": "writethru.cli.outlet:outlet",
    "pause": "writethru.cli.withdraw:pause",
    "rebuild": "writethru.cli.evidence:rebuild",
    "replay": "writethru.cli.replay:replay",
    "restore": "writethru.cli.withdraw:restore",
    "resume": "writethru.cli.withdraw:resume",
    "reuse": "writethru.cli.reuse:reuse",
    "schedule": "writethru.cli.schedule:schedule",
    "search": "writethru.cli.search:search",
    "sources": "writethru.cli.lists:sources",
    "statements": "writethru.cli.dossier:statements",
    "status": "writethru.cli.status:status",
    "story": "writethru.cli.story:story",
    "timestamp": "writethru.cli.evidence:timestamp",
    "today": "writethru.cli.today:today",
    "token": "writethru.cli.accounts:token",
    "uncorrect": "writethru.cli.correct:uncorrect",
    "up": "writethru.cli.watch:up",
    "user": "writethru.cli.accounts:user",
    "verify": "writethru.cli.evidence:verify",
    "versions": "writethru.cli.lists:versions",
    "watch": "writethru.cli.watch:watch",
    "withdraw": "writethru.cli.withdraw:withdraw",
    "withdrawn": "writethru.cli.withdraw:withdrawn",
    "workers": "writethru.cli.workers:workers",
}
"""Command to the place of its function; a module is imported when its command is used."""


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="writethru")
def cli() -> None:
    """Follow the news as it changes: every version of every article, with its evidence.

    \b
    Exit codes: 0 done · 1 differences or faults found · 2 wrong usage or settings ·
    3 input that cannot be read (all of it, or some: the rest went in) · 4 not in the archive ·
    5 database · 6 evidence · 7 fetch · 70 a fault of Writethru's own ·
    74 a file or the output cannot be written · 130 interrupted · 141 the reader of the output went away
    """


def main() -> None:
    """Entry point of the ``writethru`` command."""
    from writethru.cli.failure import run

    sys.exit(run(cli))
