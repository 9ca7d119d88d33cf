"""Whose a quotation is that stands behind a colon, a participle, or in a paragraph of its own; sentences of our own."""

from __future__ import annotations

import pytest

from tests.statements.test_attribution_ends import told
from writethru.statements.attributed import Rule
from writethru.statements.attribution import attributions_in


def by(text: str) -> list[tuple[str, Rule]]:
    """Source and rule of each attribution of a quotation."""
    return [
        (text[slice(*one.source)], one.rule)
        for one in attributions_in(text)
        if one.source and any(text[span.start] == "“" for span in one.content)
    ]


Q = "“We have looked at every bolt of it.”"


@pytest.mark.parametrize(
    ("lead", "source", "rule"),
    [
        ("As Rolf Berg reported after the port left the pier:", "Rolf Berg", Rule.BELOW),
        ("She told her crew, to loud applause:", "She", Rule.BELOW),
        ("When the pier fell in 1998, President Holm released the following statement:", "President Holm", Rule.BELOW),
        ("He then listed what a pilot needs at sea:", "He", Rule.BELOW),
        ("Stated Holm:", "Holm", Rule.BELOW),
        ("The port describes itself in the following way:", "The port", Rule.BELOW),
        ("Holm is upbeat about the pier, in part because it is new.", "Holm", Rule.FOLLOWS),
        ("The port issued a statement apologizing to the crew.", "The port", Rule.FOLLOWS),
        ("The pier “which we built together will last,” Holm said.", "Holm", Rule.ALONE),
    ],
)  # fmt: skip
def test_a_paragraph_that_is_a_quotation(lead: str, source: str, rule: Rule) -> None:
    assert by(f"{lead}\n{Q}")[-1] == (source, rule)


@pytest.mark.parametrize(
    "lead",
    [
        "Holm quotes the old pilot Rolf Berg:",
        "Holm praised Berg, who knew the port.",
        "The age of the pier does not surprise Rolf Berg:",
        "“Has Holm ever praised the pier?”",
        "“Here they are, as Holm then said:",
        "The pier was shut on Monday.",
    ],
)
def test_a_paragraph_that_is_a_quotation_and_nobodys(lead: str) -> None:
    assert Q not in [text for one in told(f"{lead}\n{Q}") for text in one.split(": ", 1)[1].split(" / ")]


@pytest.mark.parametrize(
    ("lead", "source", "rule"),
    [
        ("Holm did not seem impressed, telling reporters,", "Holm", Rule.PARTICIPLE),
        ("In early May, Kest’s port director, Rolf Berg, reached out to them, writing in an email:",
         "Kest’s port director, Rolf Berg", Rule.PARTICIPLE),
        ("And although he thanked the crew, he sounded a rare note, saying,", "he", Rule.PARTICIPLE),
        ("Hundreds of sailors marched through Kest on Monday, chanting", "Hundreds of sailors", Rule.PARTICIPLE),
        ("Even before Holm took the stage, her office sent out a message saying:", "her office", Rule.PARTICIPLE),
        ("The sailors chanted", "The sailors", Rule.BEFORE),
        ("Holm gestured as if to stop, then leaned in and boomed:", "Holm", Rule.JOINED),
        ("Then she added a caveat:", "she", Rule.BEFORE),
        ("Holm said of the port:", "Holm", Rule.BEFORE),
        ("The port, in a letter of May, worded it with more care:", "The port, in a letter of May", Rule.COLON),
        ("Holm issued a statement,", "Holm", Rule.COLON),
        ("THE PIER IS NOT SAFE - Rolf M. Berg:", "Rolf M. Berg", Rule.LABEL),
        ("What it means for the pier - More from Berg:", "Berg", Rule.LABEL),
        ("Sailors agree - Rolf Berg:", "Rolf Berg", Rule.LABEL),
        ("From the report:", "the report", Rule.LABEL),
        ("From Holm’s letter to the crew:", "Holm’s letter to the crew", Rule.LABEL),
        ("Rolf Berg, who was a pilot on the Kest, wrote this:", "Rolf Berg", Rule.BEFORE),
        ("Holm says that the port was told in May.", "Holm", Rule.FOLLOWS),
        ("Kest Port’s Rolf Berg agreed.", "Kest Port’s Rolf Berg", Rule.FOLLOWS),
        ("Holm was quick to add a word.", "Holm", Rule.FOLLOWS),
    ],
)  # fmt: skip
def test_what_leads_to_a_quotation(lead: str, source: str, rule: Rule) -> None:
    assert by(f"{lead} {Q}") == [(source, rule)]


@pytest.mark.parametrize(
    "lead",
    [
        "Holm was met at the pier by sailors chanting",
        "The first storm came in May, when sailors blocked the pier, shouting",
        "The port received a letter:",
        "Holm attacked the mayor’s slogan:",
        "Kest Port’s Rolf Berg left the hall.",
        "Holm held up a sign saying,",
    ],
)
def test_what_leads_to_a_quotation_of_somebody_else(lead: str) -> None:
    assert by(f"{lead} {Q}") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Is it still safe at sea?” Holm pressed.", ["Holm: “Is it still safe at sea?”"]),
        ("“It is not safe at sea!” Holm, a pilot of the port, Tweeted on Friday.",
         ["Holm, a pilot of the port: “It is not safe at sea!”"]),
        ("“He is a good man,” another friend, Rolf Berg told the Courier.",
         ["another friend, Rolf Berg: “He is a good man,”"]),
        ("The sailors roared when the pier was shut.", []),
        ("She played up her believed strength in the port: “Who else gives us a chance?”", []),
        ("A letter sent by Holm on Tuesday warned of a fight.", ["A letter sent by Holm: of a fight"]),
        ("Holm said in May that she sent them all one text: “Are you safe?”",
         ["Holm: that she sent them all one text: “Are you safe?”"]),
    ],
)  # fmt: skip
def test_cues_and_sources(text: str, found: list[str]) -> None:
    assert told(text) == found
