"""What several rows of a list have in common is said once, and no row is lost."""

from __future__ import annotations

from writethru.dossier.listing import spoken, standings
from writethru.dossier.schema import CommitmentForm, StatementForm


def statement(words: str, evidence: str, person: str = "Anna Holm", cue: str = "said") -> StatementForm:
    return {
        "person": person,
        "speaker": person,
        "read_as": "",
        "anonymity": "named" if person == "Anna Holm" else "",
        "issue": "ferry",
        "words": words,
        "directness": "direct",
        "cue": cue,
        "outlet": "Courier",
        "evidence": evidence,
    }


def test_equal_words_of_one_name_are_one_line_whatever_the_marks() -> None:
    rows = [
        statement("“It’s  over”", "e1"),
        statement("It was late", "e2"),
        statement('"It\'s over"', "e3"),
        statement("“It’s over”", "e4", cue="denied"),
        statement("“It’s over”", "e5", person="the port"),
    ]
    first, second = spoken(rows)
    assert (first.person, first.anonymity) == ("Anna Holm", "named")
    assert [[one["evidence"] for one in line] for line in first.lines] == [["e1", "e3"], ["e2"], ["e4"]]
    assert (second.person, second.anonymity, len(second.lines)) == ("the port", "", 1)


def commitment(in_words: str, reason: str) -> CommitmentForm:
    return {
        "lines": [],
        "deadlines_differ": False,
        "state": "open",
        "in_words": in_words,
        "reason": reason,
        "cited": [],
    }


def test_commitments_keep_their_order_under_what_became_of_them() -> None:
    told = [
        ("open", "due later"),
        ("open", "due later"),
        ("open", "due soon"),
        ("kept", "due soon"),
        ("open", "due later"),
    ]
    made = standings(commitment(*one) for one in told)
    assert [(one.in_words, [(why, len(found)) for why, found in one.reasons]) for one in made] == [
        ("Open", [("Due later", 2), ("Due soon", 1)]),
        ("Kept", [("Due soon", 1)]),
        ("Open", [("Due later", 1)]),
    ]
