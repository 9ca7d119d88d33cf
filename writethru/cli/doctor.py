"""``writethru doctor``."""

from __future__ import annotations

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json


@click.command()
@archive_options
def doctor(call: Call) -> int:
    """Check settings, database, evidence, room, clock, names, certificates and libraries; say what to do.

    Changes nothing. Exit code 1 if a check fails; warnings do not count.
    """
    from writethru.doctor import Verdict, examine

    checks = examine(call.config())
    if call.as_json:
        print_json([check.to_dict() for check in checks])
    else:
        for check in checks:
            click.echo(plain(f"{check.verdict.value:<5}{check.name}: {check.found}"))
            if check.todo:
                click.echo(plain(f"     → {check.todo}"))
    return 1 if any(check.verdict is Verdict.FAIL for check in checks) else 0
