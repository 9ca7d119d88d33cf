"""Who will do what by when, in sentences of our own."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.marked_commitments import (
    FOLDER,
    SLOTS,
    Marked,
    alike,
    deadline_found,
    marked_articles,
    marked_deadlines,
    pairs,
)
from bench.marked_commitments import found_in as marks_found_in
from writethru.statements.attribution import attributions_in
from writethru.statements.calendar import Days
from writethru.statements.commitments import Commitment, commitments_in
from writethru.statements.due import CountedFrom, Reach
from writethru.statements.promises import Force

FLOORS = json.loads((FOLDER / "floors.json").read_text("utf-8"))


def slots(half: str) -> float:
    """F1 of all slots of one half of the marked articles."""
    right = found = marked = 0
    for article in marked_articles():
        if article.half == half:
            for mark, mine in pairs(article.marked, marks_found_in(article)):
                rows = [(words(mark, slot), words(mine, slot)) for slot in SLOTS]
                right += sum(bool(a and b) and alike(a, b) for a, b in rows)
                marked += sum(bool(a) for a, _ in rows)
                found += sum(bool(b) for _, b in rows)
    return 2 * right / (found + marked)


def words(one: Marked | None, slot: str) -> str:
    return str(getattr(one, slot)) if one else ""


def test_the_marked_articles() -> None:
    assert len(marked_articles()) >= 40
    assert slots("dev") >= FLOORS["commitments"]["dev"]
    assert slots("held") >= FLOORS["commitments"]["held"]


def test_the_marked_deadline_phrases() -> None:
    rows = marked_deadlines()
    assert len(rows) >= 300
    assert sum(deadline_found(row)[0] for row in rows) / len(rows) >= FLOORS["deadlines"]["accuracy"]


FRIDAY = date(2024, 3, 15)


def found_in(text: str) -> list[Commitment]:
    return commitments_in(text, FRIDAY, attributions_in(text))


def parts(text: str, one: Commitment) -> tuple[str, ...]:
    """Who, deed, to whom, deadline, condition, as written."""
    spans = (one.who, one.deed, one.to_whom, one.deadline and one.deadline.span, one.condition)
    return tuple(text[slice(*span)] if span else "" for span in spans)


@pytest.mark.parametrize(
    ("text", "expected", "force"),
    [
        (
            "Holm said she would hand the files to the inquiry by 4 April.",
            ("she", "hand the files to the inquiry", "the inquiry", "by 4 April", ""),
            Force.PROMISED,
        ),
        (
            "The council has agreed to repair the pier within six weeks if the state pays half.",
            ("The council", "repair the pier", "", "within six weeks", "if the state pays half"),
            Force.PROMISED,
        ),
        (
            "Holm is due to meet the harbour master on Tuesday.",
            ("Holm", "meet the harbour master", "the harbour master", "on Tuesday", ""),
            Force.PLANNED,
        ),
        (
            "The union chief is expected to present a plan to the ministry next week.",
            ("The union chief", "present a plan to the ministry", "the ministry", "next week", ""),
            Force.EXPECTED,
        ),
        (
            "The draft demands that Fjordline declare its losses within 15 days.",
            ("Fjordline", "declare its losses", "", "within 15 days", ""),
            Force.DEMANDED,
        ),
        (
            "Fjordline has until Friday to answer the letter.",
            ("Fjordline", "answer the letter", "", "until Friday", ""),
            Force.DEMANDED,
        ),
        (
            "Minister Berg renewed the country’s pledge to open the archive.",
            ("the country", "open the archive", "", "", ""),
            Force.PROMISED,
        ),
        (
            "If the court agrees, the company will pay the families next month.",
            ("the company", "pay the families", "the families", "next month", "If the court agrees"),
            Force.PLANNED,
        ),
    ],
)
def test_parts(text: str, expected: tuple[str, ...], force: Force) -> None:
    (one,) = found_in(text)
    assert parts(text, one) == expected
    assert one.force is force
    assert not one.negated


@pytest.mark.parametrize(
    "text",
    [
        "It will rain on Monday.",
        "Prices will rise next year, analysts said.",
        "Analysts expect that the bank will cut rates in June.",
        "The ferry might sail on Friday.",
        "Holm could resign by June.",
        "Holm met the harbour master on Tuesday.",
        "Will Holm meet the harbour master on Tuesday?",
        "It is not known if he will meet the minister.",
        "He would have met the minister in June.",
        "Berg promised in 2009 to close the plant.",
        "Holm would like to visit the island.",
        "The storm will hit the coast tonight.",
        "Der Rat wird am Montag tagen.",
    ],
)
def test_what_binds_nobody(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    "text", ["Holm will not sign the treaty.", "The council won’t sell the pool.", "Holm has promised not to resign."]
)
def test_bound_not_to(text: str) -> None:
    assert [one.negated for one in found_in(text)] == [True]


def test_a_deadline_that_hangs_on_an_event() -> None:
    text = "Berg said his government would start sending data a month after signing the treaty."
    (one,) = found_in(text)
    assert one.deadline is not None
    assert (one.deadline.due, one.deadline.offset, one.deadline.counted_from) == (None, "P1M", CountedFrom.EVENT)
    assert one.deadline.anchor is not None
    assert text[slice(*one.deadline.anchor)] == "signing the treaty"


def test_a_computed_deadline() -> None:
    (one,) = found_in("The council will publish the report within two weeks.")
    assert one.deadline is not None
    assert one.deadline.reach is Reach.WITHIN
    assert one.deadline.due == (date(2024, 3, 29), date(2024, 3, 29))


def test_who_says_so_and_who_asks_for_it() -> None:
    text = '"We will reopen the school in May," said Anna Holm. The union demands that she apologise.'
    said, asked = found_in(text)
    attributions = attributions_in(text)
    assert said.said_by is not None
    source = attributions[said.said_by].source
    assert source is not None
    assert text[slice(*source)] == "Anna Holm"
    assert asked.asked_by is not None
    assert text[slice(*asked.asked_by)] == "The union"


def test_steps_in_order() -> None:
    text = "The plan calls for Adler to join the treaty, declare its depots, admit inspectors and finally destroy them."
    found = found_in(text)
    assert [(one.step, text[slice(*one.deed)]) for one in found] == [
        (1, "join the treaty"),
        (2, "declare its depots"),
        (3, "admit inspectors"),
        (4, "destroy them"),
    ]
    assert {text[slice(*one.who)] for one in found if one.who} == {"Adler"}


def test_a_paragraph_is_read_by_itself() -> None:
    """A changed paragraph can be read again alone: the same commitments, in its own places."""
    first, second = "Holm will meet the crew on Monday.", "The council will pay the crew if Holm resigns."
    alone = found_in(second)
    after = [one for one in found_in(f"{first}\n\n{second}") if one.sentence.start > len(first)]
    shift = len(first) + 2
    assert [parts(second, one) for one in alone] == [parts(f"{first}\n\n{second}", one) for one in after]
    assert [one.deed.start + shift for one in alone] == [one.deed.start for one in after]


WORDS = [
    "Holm",
    "the council",
    "will",
    "not",
    "agreed to",
    "demands that",
    "pay",
    "by Friday",
    "if",
    ",",
    "and",
    "said",
    "“",
    "”",
    ".",
    "\n",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_parts_are_slices_in_order(text: str) -> None:
    for one in found_in(text):
        for span in (one.who, one.trigger, one.deed, one.to_whom, one.condition, one.asked_by):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert one.to_whom is None or one.deed.start <= one.to_whom.start <= one.to_whom.end <= one.deed.end


def test_the_condition_is_that_of_its_own_clause() -> None:
    text = "If the state pays, then that is good; and if it does not, we will close the pier."
    (one,) = commitments_in(text, None, attributions_in(text))
    assert one.condition is not None
    assert text[slice(*one.condition)] == "if it does not"


def test_what_was_insisted_long_before_binds_nobody() -> None:
    text = "The ministry had previously insisted Holm would not return to Kest until June."
    assert commitments_in(text, None, attributions_in(text)) == []


def test_an_anchor_ends_with_a_noun() -> None:
    text = "The council agreed to pay 30 days after it signs an international pact banning such boats."
    (one,) = commitments_in(text, None, ())
    assert one.deadline is not None
    assert one.deadline.anchor is not None
    assert text[slice(*one.deadline.anchor)] == "it signs an international pact"


@pytest.mark.parametrize(
    "text",
    [
        "The council has not agreed to repair the pier by Friday.",
        "The port isn't intended to replace the old pier.",
        "The mayor never promised to repair the pier.",
    ],
)
def test_what_nobody_agreed_to_binds_nobody(text: str) -> None:
    assert commitments_in(text, None, ()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He will go to Lorn to meet minister Ada Holm as well as the envoy Saul Birk on Friday.",
            ("He", "go to Lorn to meet minister Ada Holm as well as the envoy Saul Birk", "", "on Friday", ""),
        ),
        (
            "Veldria has promised to give Marrin the log in the first days of May.",
            ("Veldria", "give Marrin the log", "Marrin", "in the first days of May", ""),
        ),
        (
            "“If they bring a rubber we shall meet them,” said Mr Marl.",
            ("we", "meet them", "them", "", "If they bring a rubber"),
        ),
    ],
)
def test_nothing_of_a_commitment_is_lost(text: str, expected: tuple[str, ...]) -> None:
    (one,) = found_in(text)
    assert parts(text, one) == expected


def test_the_first_days_of_a_month_are_not_all_of_it() -> None:
    (one,) = found_in("Veldria has promised to give Marrin the log in the first days of May.")
    assert one.deadline is not None
    assert one.deadline.due == Days(date(2024, 5, 1), date(2024, 5, 10))


@pytest.mark.parametrize(
    "text",
    [
        "“Eleven metres is what I would expect from a cut,” said Lise Orban.",
        "“Nobody would come at nine,” said Mr Hale.",
        "The county says it would save two million crowns a year.",
        "People have to fill several roles on their teams.",
        "We need to build some room for it.",
        "“It’s stunning to me that we would send the work abroad,” Mr Marl said.",
        "This imperils the Northrop and Lund plan to build the planes in Lorn.",
    ],
)
def test_a_forecast_is_no_commitment(text: str) -> None:
    assert found_in(text) == []


def test_what_goes_on_from_a_day_is_not_due_then() -> None:
    assert all(one.deadline is None for one in found_in("The port will clear the channel from Monday until Easter."))


def test_who_has_asked_is_no_auxiliary() -> None:
    text = "The mediator, Dora Lind, a former judge, has asked both sides to stay until Friday."
    (one,) = found_in(text)
    assert one.asked_by is not None
    assert text[slice(*one.asked_by)].startswith("Dora Lind")


@pytest.mark.parametrize(
    "text",
    [
        "Carson said he saw no need to change anything about his campaign.",
        "“He was a man who would go out of his way to help people,” said Orpe.",
        "“Those are the words that they would use,” he said.",
        "The ads highlight his commitment to civil rights.",
        "A life in prison would not end his threat to society, they said.",
        "“We have not been told when it will be fixed,” he said.",
        "“You’re not going to change their minds,” she said.",
        "All the party has to do is wait for June.",
        "Carrasquillo ordered Lopez to the roof with the gun.",
        "She told her son the night before she was to testify that she was afraid.",
        "They shouted when the police would not release her.",
        "“She’d never say she’s going to break up the banks,” he said.",
        "“A lot of the time they’ll put a number there,” he said.",
        "Mr Edd was not certain the new rule would apply to his tribe.",
        "She led a unit whose job was to find out about gangs.",
        "The firm has yet to decide whether they’ll open the gates.",
    ],
)
def test_needs_habits_and_what_is_not_known_bind_nobody(text: str) -> None:
    assert found_in(text) == []


def test_they_in_somebodys_own_words_are_others() -> None:
    (one,) = found_in("“They’re going to open the gates,” she said.")
    assert one.force is Force.PLANNED
    (own,) = found_in("The wardens said they will open the gates.")
    assert own.force is Force.PROMISED


@pytest.mark.parametrize(
    "text",
    [
        "The firm says the line will not be restored before 31 December.",
        "Last May, a judge ordered the department to complete the lists by the end of January.",
        "At a Thursday rally, the mayor promised to pay the wardens.",
    ],
    ids=["not before it", "long ago", "the day it was said"],
)
def test_a_day_on_which_nothing_falls_due_is_no_deadline(text: str) -> None:
    assert all(one.deadline is None or one.deadline.due is None for one in found_in(text))


def test_a_condition_ends_where_what_hangs_on_it_begins() -> None:
    text = "Perlo will argue for a new trial and, if that is rejected, will ask the judge to change the verdict."
    one = found_in(text)[0]
    assert one.condition is not None
    assert (text[slice(*one.deed)], text[slice(*one.condition)]) == ("argue for a new trial", "if that is rejected")


def test_provided_with_is_no_condition() -> None:
    (one,) = found_in("All who need tents will be provided with one by nightfall, the mayor said.")
    assert one.condition is None
