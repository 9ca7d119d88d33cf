"""``migrate``: an archive from one database into another."""

from __future__ import annotations

import click

from writethru.cli.output import print_json, progress


@click.command()
@click.argument("source", metavar="SQLITE")
@click.argument("target", metavar="POSTGRES")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def migrate(source: str, target: str, as_json: bool) -> None:
    """Copy the archive in SQLITE into the empty database POSTGRES: every table, all of one moment, all or nothing.

    The source stays as it is. Evidence is not copied: go on with the same folder (archive.evidence). Either way
    round works. Stop watching first: what is recorded while it runs is not in the copy.
    """
    from writethru.archive import open_archive
    from writethru.storage.moving import move

    with progress("copying", quiet=as_json) as advance:
        rows = move(source, target, advance)
        with open_archive(target) as archive:
            archive.search.rebuild(progress=advance)
    if as_json:
        print_json({"rows": rows})
        return
    click.echo(
        f"copied {sum(rows.values()):,} rows of {sum(map(bool, rows.values()))} tables: {rows['articles']:,} articles, "
        f"{rows['versions']:,} versions, {rows['changes']:,} changes, {rows['captures']:,} captures"
    )
