"""``correct``: an editor's word on what was read of a version."""

from __future__ import annotations

import re

import click

from writethru.cli.acting import whoever_types
from writethru.cli.options import Call, Number, archive_options
from writethru.cli.output import plain, print_json

KINDS = ("figure", "time", "said", "commitment", "blame", "quotation")
"""As in ``statements.corrections``, which is not imported to start."""
PLACE = re.compile(r"(\d{1,18})/(\d{1,9}):(-?\d{1,6}):(\d{1,9})")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("place", metavar="ARTICLE/VERSION:BLOCK:START")
@click.option(
    "--set", "chosen", nargs=2, metavar="FIELD VALUE", help="What is set; without it the reading is rejected."
)
@click.option("--reason", required=True, help="Why; everybody can read it beside the correction.")
@archive_options
def correct(kind: str, place: str, chosen: tuple[str, str] | None, reason: str, call: Call) -> None:
    """Correct or reject what was read at a place of a version.

    `writethru statements ARTICLE` lists the places. Set `counted` or `value` of a figure, `day` of a time,
    `speaker` of what is said, `due` of a commitment, `accuser` or `accused` of blame. Of a quotation,
    `same` or `apart` says whether it is one utterance with another: `--set apart 4/1:0:12`.
    """
    from writethru.analyse.corrections import Asked
    from writethru.api.correcting import correct as keep
    from writethru.api.correcting import correction_form
    from writethru.statements.reading import Place

    found = PLACE.fullmatch(place)
    if found is None:
        raise click.UsageError("a place is article/version:block:first character: 12/3:0:86")
    article, version, block, start = map(int, found.groups())
    field, value = chosen or ("", "")
    asked = Asked(article, version, kind, Place(block, start, start), field, value, reason)
    with call.proved() as archive:
        archive.analyse()
        kept = keep(archive, whoever_types(), asked)
    if call.as_json:
        print_json(correction_form(kept))
    else:
        click.echo(plain(f"correction {kept.id}: {kept.kind} “{kept.words}”: {kept.in_words}"))


@click.command()
@click.argument("number", metavar="CORRECTION", type=Number())
@archive_options
def uncorrect(number: int, call: Call) -> None:
    """End a correction; it is kept, with who ended it. Of two quotations, the other's ends too."""
    from writethru.api.correcting import correction_form
    from writethru.api.correcting import uncorrect as withdraw

    with call.proved() as archive:
        kept = withdraw(archive, whoever_types(), number)
    if call.as_json:
        print_json(correction_form(kept))
    else:
        click.echo(f"correction {kept.id} holds no longer")
