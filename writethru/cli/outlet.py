"""Commands on one outlet: what was learnt of its pages, and the rules that a person wrote for them."""

from __future__ import annotations

from pathlib import Path

import click

from writethru.cli.options import Call, archive_options
from writethru.cli.output import plain, print_json


@click.group()
def outlet() -> None:
    """What was learnt of an outlet's pages, and site rules.

    \b
    writethru outlet profile NAME        what was learnt of its pages
    writethru outlet rules check FILE    is a rule file right, and are its golden pairs read as expected?
    """


@outlet.command()
@click.argument("name")
@archive_options
def profile(name: str, call: Call) -> None:
    """What was learnt of the outlet NAME: usual boxes, recurring texts, changes of template."""
    with call.read() as archive:
        view = archive.outlet_profile(name)
    if call.as_json:
        print_json(view.to_dict())
        return
    for host in view.hosts:
        for line in host.lines():
            click.echo(plain(line))
    if not view.hosts:
        click.echo("none of its articles has a host")


@outlet.group()
def rules() -> None:
    """Rule files: ``NAME.rules/*.toml`` beside the archive's evidence folder."""


@rules.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(file: Path, as_json: bool) -> int:
    """Check a rule file, and its golden pairs in the folder of the same name; exit code 1 if one differs."""
    from writethru.watch.rule_check import check_rules

    found = check_rules(file)
    if as_json:
        pairs = [{"page": pair.page, "differences": list(pair.differences)} for pair in found.pairs]
        print_json({"outlet": found.rules.outlet, "digest": found.rules.digest, "pairs": pairs})
        return 1 if found.failed else 0
    for pair in found.pairs:
        click.echo(plain(f"{'DIFFERS' if pair.differences else 'ok':8} {pair.page}"))
        for line in pair.differences:
            click.echo(plain(f"    {line}"))
    hosts = ", ".join(found.rules.hosts)
    click.echo(plain(f"{found.rules.outlet} ({hosts}): {len(found.pairs)} pairs, {found.failed} differ"))
    return 1 if found.failed else 0
