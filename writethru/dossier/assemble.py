"""From what the archive knows of a story to its dossier."""

from __future__ import annotations

from typing import Final

from writethru.dossier.ledger import commitment_groups
from writethru.dossier.parts import Dossier, Material
from writethru.dossier.persons import Persons
from writethru.dossier.speaking import statement_table, utterance_lines
from writethru.dossier.timeline import open_dates, timeline
from writethru.statements.blame import blame_questions
from writethru.statements.counting import Claim, all_claims
from writethru.statements.deadlines import deadline_questions
from writethru.statements.disagreements import figure_questions
from writethru.statements.measures import Measure

MOST_FIGURES: Final = 200
TELLING: Final = frozenset({Measure.COUNT, Measure.MONEY, Measure.SHARE, Measure.PHYSICAL, Measure.POINTS})
"""Sorts of figures that are listed; lengths of time and ages are not."""


def assemble(material: Material) -> Dossier:
    """The dossier of a story; the same material always gives the same one."""
    accounts = material.accounts
    persons = Persons(accounts)
    days, days_left = timeline(accounts)
    opened, opened_left = open_dates(accounts)
    promised, promised_left = commitment_groups(accounts, material.now)
    said, said_left = statement_table(accounts, persons)
    told = list(all_claims(accounts))
    figures = figure_questions(accounts, told)
    claims = sorted((one for one in told if _is_listed(one)), key=lambda one: one.key)
    lines = {line.article: line for line in material.articles}
    left_out = {
        "days": days_left,
        "open_dates": opened_left,
        "statements": said_left,
        "commitments": promised_left,
        "figures_compared": figures.left_out,
        "figures": max(0, len(claims) - MOST_FIGURES),
        "readings": sum(read.reading.left_out for account in accounts for read in account.versions[-1:]),
    }
    return Dossier(
        material=material,
        persons=persons,
        figures=figures,
        deadlines=tuple(deadline_questions(accounts)),
        blame=tuple(blame_questions(accounts)),
        utterances=utterance_lines(accounts, lines, persons),
        timeline=days,
        statements=said,
        counted=tuple(claims[:MOST_FIGURES]),
        unattributed=tuple(one for one in claims[:MOST_FIGURES] if not one.evidence.speaker and one.evidence.stands),
        open_dates=opened,
        commitments=promised,
        left_out={name: number for name, number in left_out.items() if number},
    )


def _is_listed(one: Claim) -> bool:
    """Figures that tell of something: not "two sides", which is a way of speaking."""
    figure = one.figure
    if figure.measure not in TELLING:
        return False
    small = figure.measure is Measure.COUNT and figure.high < SMALL and not one.harm
    return bool(one.noun or figure.unit) and not small


SMALL: Final = 4
"""Below this a count in words is rarely a figure that anybody would dispute, unless people came to harm."""
