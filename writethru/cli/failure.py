"""How the command line fails: one line saying what, where and what to do, and an exit code."""

from __future__ import annotations

import json
import os
import sys

import click

from writethru.errors import WritethruError

INTERRUPTED = 130


def run(command: click.Command) -> int:
    """Run a click command and turn every failure into a message and an exit code."""
    try:
        result = command.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; nothing was lost", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return _quiet_pipe()
    except WritethruError as error:
        return report(error)
    return result if isinstance(result, int) else 0


def report(error: WritethruError) -> int:
    """Print an error the way this call wants it (``--json`` or words); return its exit code."""
    if "--json" in sys.argv:
        click.echo(json.dumps({"error": error.to_dict()}, ensure_ascii=False), err=True)
    else:
        click.echo(f"writethru: {error}", err=True)
    return error.exit_code


def _quiet_pipe() -> int:
    """The reader went away (``| head``): stop without a traceback at interpreter exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
