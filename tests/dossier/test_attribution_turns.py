"""Words that another, nobody or somebody is read to say in a later version; what cannot be told is not."""

from __future__ import annotations

import pytest

from tests.statements.ferry import account
from writethru.dossier.attribution_turns import AttributionTurn, Turn, attribution_turns

QUOTED = '"The doors of the ferry were open all night," said Ilse Marden.'
REPORTED = "Ilse Marden said the doors of the ferry were open all night."
BARE = "The doors of the ferry were open all night."
LEAD = "The ferry Solveig sank off Aldersund on Sunday.\n\nThe harbour was closed for the day.\n\n"
TAIL = "\n\nThe salt is still in the hold.\n\nDivers go down again on Monday."


def turns(old: str, new: str) -> list[AttributionTurn]:
    """Between two versions of an article with this paragraph."""
    made = account(1, "The Gazette", LEAD + old + TAIL, LEAD + new + TAIL)
    one, other = (
        type(made)(made.article, made.outlet, made.group, made.event, (read,), read.number) for read in made.versions
    )
    return attribution_turns(one, other)


@pytest.mark.parametrize(
    ("old", "new", "turn", "speakers"),
    [
        (QUOTED, QUOTED.replace("Ilse Marden", "Jonas Hald"), Turn.SPEAKER, ("Ilse Marden", "Jonas Hald")),
        (REPORTED, REPORTED.replace("Ilse Marden", "Jonas Hald"), Turn.SPEAKER, ("Ilse Marden", "Jonas Hald")),
        (REPORTED, BARE, Turn.LOST, ("Ilse Marden", "")),
        (BARE, REPORTED, Turn.GAINED, ("", "Ilse Marden")),
        (REPORTED, REPORTED.replace("said", "denied"), Turn.DENIED, ("Ilse Marden", "Ilse Marden")),
        (REPORTED.replace("said", "denied"), REPORTED, Turn.CLAIMED, ("Ilse Marden", "Ilse Marden")),
    ],
    ids=["quoted of another", "reported of another", "lost", "gained", "denied", "claimed"],
)
def test_it_is_told_with_both_sentences(old: str, new: str, turn: Turn, speakers: tuple[str, str]) -> None:
    (found,) = turns(old, new)
    assert found.turn is turn
    assert (found.old.speaker, found.new.speaker) == speakers
    assert (found.old.words, found.new.words) == (old, new)
    assert (found.old.version, found.new.version) == (1, 2)
    assert "doors of the ferry were open all night" in found.words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (QUOTED, QUOTED),
        (QUOTED, REPORTED),
        (QUOTED, QUOTED.replace("Ilse Marden", "Ms Marden")),
        (QUOTED, QUOTED.replace("Ilse Marden", "she")),
        (QUOTED, QUOTED.replace("said", "added")),
        (QUOTED, f"{QUOTED} A crane stands by."),
        (BARE, REPORTED.replace("Ilse Marden", "They")),
        (REPORTED, f"Ilse Marden stood on the quay. {BARE}"),
        (REPORTED, "Ilse Marden said the doors of the ferry were locked."),
        (REPORTED, BARE.replace("The doors", "What was said is clear: the doors")),
        (f"{REPORTED} The owner, Ilse Marden, wept.", f"The owner said {BARE[0].lower()}{BARE[1:]} Owner Marden wept."),
    ],
    ids=[
        "same",
        "reported",
        "title",
        "pronoun",
        "cue",
        "beside",
        "gained by they",
        "named beside",
        "other words",
        "a cue",
        "role",
    ],
)
def test_what_is_the_same_or_cannot_be_told_is_not_told(old: str, new: str) -> None:
    assert turns(old, new) == []


def test_words_that_stand_elsewhere_as_they_stood_have_not_changed() -> None:
    assert turns(REPORTED, f"{BARE}\n\nThe mayor wept.\n\nThe salt is wet.\n\n{REPORTED}") == []
