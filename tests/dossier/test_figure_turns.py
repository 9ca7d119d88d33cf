"""Figures that a later version puts otherwise: the same thing only, with what it does to a disagreement."""

from __future__ import annotations

import pytest

from tests.statements.ferry import CORRECTED, GAZETTE, WIRE, account
from writethru.dossier.figure_turns import FigureTurn, figure_turns
from writethru.statements.agreement import Relation
from writethru.statements.counting import Claim, claims_in


def claims(article: int, text: str, version: int = 1) -> list[Claim]:
    """The figures of one version by itself."""
    made = account(article, f"Outlet {article}", *[""] * (version - 1), text)
    only = type(made)(made.article, made.outlet, made.group, made.event, made.versions[-1:], version)
    return claims_in(only)


def turns(old: str, new: str, *others: str) -> list[FigureTurn]:
    """Of one change of one article."""
    beside = [one for at, text in enumerate(others, 2) for one in claims(at, text)]
    return figure_turns(claims(1, old) if old else [], claims(1, new, 2) if new else [], beside)


def written(found: list[FigureTurn]) -> list[tuple[str, str]]:
    """Old and new words."""
    return [(one.old.written if one.old else "", one.new.written if one.new else "") for one in found]


def test_another_value_of_one_thing_is_told_with_both_sentences_and_what_it_does_to_the_others() -> None:
    (turn,) = turns(GAZETTE, CORRECTED, WIRE)
    assert written([turn]) == [("More than 160 people", "More than 130 people")]
    assert turn.old is not None
    assert turn.new is not None
    assert (turn.old.evidence.version, turn.new.evidence.version) == (1, 2)
    assert turn.new.evidence.words.startswith("More than 130 people were killed")
    assert (turn.before, turn.after) == (Relation.CONFLICT, Relation.REFINE)
    assert {one.evidence.article for one in turn.beside} == {1, 2}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GAZETTE, GAZETTE),
        (GAZETTE, GAZETTE.replace("near the harbour", "off the harbour")),
        (GAZETTE, GAZETTE.replace("More than 160 people", "More than a hundred and sixty people")),
        (GAZETTE, f"{GAZETTE}\n\nThe harbour café opened at noon."),
        (
            "The tug left 5 minutes ago, the harbour office said.",
            "The tug left 9 minutes ago, the harbour office said.",
        ),
        ("Nine boats searched the harbour of Aldersund.", "Twelve divers searched the harbour of Aldersund."),
        (
            "The rules for piers and quays of the harbour board of Aldersund fill 4 pages.",
            "New guidance on salt, ferries and night crossings by the harbour board of Aldersund fills 9 pages.",
        ),
        (f"{GAZETTE}\n\nMore than 160 people were killed, the mayor repeated.", GAZETTE),
        ("View the harbour plan (PDF, 8 MB, 14 pages)", "View the harbour plan (PDF, 11 MB, 18 pages)"),
        ("1. The harbour board released 275 charts.", "3. The harbour board released 275 charts."),
        ("The harbour board released 275 charts", "The harbour board released 275 charts."),
        (f"{'Tide tables of Aldersund ' * 25}, 8 pages.", f"{'Tide tables of Aldersund ' * 25}, 12 pages."),
    ],
    ids=[
        "nothing",
        "another word",
        "in words",
        "furniture",
        "ago",
        "another thing",
        "a list",
        "said once less",
        "a line of a list",
        "the number of a line",
        "only the stop is new",
        "lines run together",
    ],
)
def test_nothing_is_told_where_no_figure_of_one_thing_says_otherwise(old: str, new: str) -> None:
    assert turns(old, new) == []


def test_two_figures_of_one_sentence_are_told_apart() -> None:
    old = "Eight sailors were lost and nine boats were burnt in the harbour."
    assert written(turns(old, old.replace("Eight", "Ten").replace("nine", "seven"))) == [
        ("Eight sailors", "Ten sailors"),
        ("nine boats", "seven boats"),
    ]


def test_a_conflict_that_a_new_text_begins_is_told_and_agreement_is_not() -> None:
    (turn,) = turns("", CORRECTED.replace("More than 130", "160"), WIRE)
    assert (turn.old, turn.before, turn.after) == (None, None, Relation.CONFLICT)
    assert turns("", WIRE, WIRE) == []


def test_a_conflict_ends_where_a_figure_is_dropped() -> None:
    dropped = GAZETTE.replace("More than 160 people were killed when the ferry", "People died when the ferry")
    (turn,) = turns(GAZETTE, dropped, WIRE)
    assert (turn.new, turn.before, turn.after) == (None, Relation.CONFLICT, None)
