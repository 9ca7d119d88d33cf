"""How the command line fails: one line saying what, where and what to do, and an exit code."""

from __future__ import annotations

import io
import json
import os
import sys

import click

from writethru.errors import WritethruError

INTERRUPTED = 130
CLOSED_PIPE = 141
"""As if ended by SIGPIPE: what was asked for was not all printed."""
OWN_FAILURE = 70
NOT_WRITTEN = 74


def run(command: click.Command) -> int:
    """Run a click command and turn every failure into a message and an exit code."""
    _print_whatever_comes()
    try:
        result = command.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; nothing was lost", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click and rich end the program when the reader goes away
        return _silence(CLOSED_PIPE)
    except WritethruError as error:
        return report(error)
    except OSError as error:
        return _not_written(error)
    except Exception as error:  # never a bare traceback with the exit code of a difference
        return _own_failure(error)
    return result if isinstance(result, int) else 0


def report(error: WritethruError) -> int:
    """Print an error the way this call wants it (``--json`` or words); return its exit code."""
    if "--json" in sys.argv or "--jsonl" in sys.argv:
        click.echo(json.dumps({"error": error.to_dict()}, ensure_ascii=False), err=True)
    else:
        click.echo(f"writethru: {error}", err=True)
    return error.exit_code


def _print_whatever_comes() -> None:
    """A terminal without some letters shows them as escapes; printing never fails for that."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _silence(code: int) -> int:
    """Nobody reads standard output any more: no second failure at interpreter exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _not_written(error: OSError) -> int:
    where = f"{error.filename}: " if error.filename else ""
    click.echo(f"writethru: {where}cannot be read or written: {error.strerror or error}", err=True)
    return _silence(NOT_WRITTEN)


def _own_failure(error: Exception) -> int:
    import traceback

    click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    click.echo(
        "writethru: this is a fault of Writethru, not of yours; nothing was left half-written. "
        "Please report the lines above.",
        err=True,
    )
    return OWN_FAILURE
