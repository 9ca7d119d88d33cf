"""Where what was said begins and ends, and whose a quotation behind it is, in sentences of our own."""

from __future__ import annotations

import pytest

from writethru.statements.attribution import attributions_in


def told(text: str) -> list[str]:
    """Source and content of each attribution, as written."""
    return [
        f"{text[slice(*one.source)] if one.source else ''}: " + " / ".join(text[slice(*span)] for span in one.content)
        for one in attributions_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It was never safe,” Kelly said.", ["Kelly: “It was never safe,”"]),
        ("Emily Reilly said it was shut.", ["Emily Reilly: it was shut"]),
        ("Emily Reilly said it was shut. | Emily Reilly said it was shut. |",
         ["Emily Reilly: it was shut", "Emily Reilly: it was shut"]),
        ("“It is shut,” Kelly said. | “It is shut,” Kelly said. |", ["Kelly: “It is shut,”", "Kelly: “It is shut,”"]),
        ("Kelly called Holm “a fool of a man.”", ["Kelly: Holm “a fool of a man.”"]),
        ("“It was never safe,” Will wrote.", ["Will: “It was never safe,”"]),
        ("“It was never safe,” said Will Brand, a pilot.", ["Will Brand, a pilot: “It was never safe,”"]),
        ("Will Brand said it was shut.", ["Will Brand: it was shut"]),
        ("Will Brand agree that it is shut?", []),
        ("Of the port, Holm, who has sailed for Kest, said, “It was a gift.”", ["Holm: “It was a gift.”"]),
        ("In May, Brand, who sails as a pilot, told the Courier it was shut.", ["Brand: it was shut"]),
        ("But Holm, who sails as a pilot, said it was shut.", ["Holm: it was shut"]),
        ("Kest met a pilot, a sailor who says it was shut.", ["a sailor: it was shut"]),
        ("Holm rebuked critics who say it was shut.", ["critics: it was shut"]),
        ("It fell, according to a poll released Monday by Kest College.",
         ["a poll released Monday by Kest College: It fell"]),
        ("The Isles lost to Kest, who admitted it was tired.", ["Kest: it was tired"]),
    ],
)  # fmt: skip
def test_whose_it_is(text: str, found: list[str]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Holm said Kest took the money, a charge Kest denies.", ["Holm: Kest took the money"]),
        ("Holm said Kest took the money, which the port has denied.", ["Holm: Kest took the money"]),
        ("Holm said it lost money, citing a report by the port.", ["Holm: it lost money"]),
        ("Holm said it lost money, blaming the weather.", ["Holm: it lost money"]),
        ("The mayor urged Kest to wait and “not to trust every rumour.”",
         ["The mayor: to wait and “not to trust every rumour.”"]),
        ("Holm announced the sale, saying, “It was never safe at sea.”",
         ["Holm: the sale", "Holm: “It was never safe at sea.”"]),
        ("Holm urged them to vote against it, calling it “a danger.”",
         ["Holm: to vote against it", "Holm: it “a danger.”"]),
        ("Holm says all wait for what she calls “a fair deal.”",
         ["Holm: all wait for what she calls “a fair deal.”", "she: “a fair deal.”"]),
        ("It is what Holm called “a year of storms” in Kest.", ["Holm: “a year of storms”"]),
        ("A group called “the Friends of the Pier” met.", []),
        ("Holm called their “claim of right” to it “absurd and wrong.”",
         ["Holm: their “claim of right” to it “absurd and wrong.”"]),
        ("Holm called it “a wreck” and promised to “rip up” the deal.",
         ["Holm: it “a wreck”", "Holm: to “rip up” the deal"]),
        ("The pier was shut, he said, and the boats would not sail.",
         ["he: The pier was shut / and the boats would not sail"]),
        ("On Friday, he said, the pier will be shut.", ["he: On Friday / the pier will be shut"]),
        ("By its own figures, the port said, it lost money.", ["the port: By its own figures / it lost money"]),
        ("While the jet is old and, records show, does not fly, Holm uses it.", []),
        ("The plan is “a gift,” Holm said, and would be “a very good one.”",
         ["Holm: The plan is “a gift,” / “a very good one.”"]),
        ("The pier, Holm said, is “a wreck.”", ["Holm: The pier / is “a wreck.”"]),
        ("“It is safe,” Holm said, tears in her eyes.", ["Holm: “It is safe,”"]),
        ("Holm warned that leaning states plus the port were lost.",
         ["Holm: that leaning states plus the port were lost"]),
        ("After Berg asked the port who he thought was lost, Holm said, “Nobody was lost.”",
         ["Berg: he thought was lost", "he: was lost", "Holm: “Nobody was lost.”"]),
        ("Holm said it was “a wreck.” He added, “Nobody was lost.”",
         ["Holm: it was “a wreck.”", "He: “Nobody was lost.”"]),
        ("“There are two ways,” said Holm. “They are: 1) Wait a while, and 2) go.”",
         ["Holm: “There are two ways,” / “They are: 1) Wait a while, and 2) go.”"]),
        ("Because of how Kest planned the year, explained Holm, “there is no other way.”",
         ["Holm: Because of how Kest planned the year / “there is no other way.”"]),
    ],
)  # fmt: skip
def test_what_was_said(text: str, found: list[str]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“I promised you a boat,” Holm said, and her son cut in. “Do not forget the oars, we need them.”",
         ["Holm: “I promised you a boat,”"]),
        ("“Too late?” he asked when Berg ended a speech, remarking, “May the wind be with you.”",
         ["he: “Too late?”"]),
        ("“It went well,” Holm said on the show “Meet the Port.”", ["Holm: “It went well,”"]),
        ("“It went well,” Holm said in the film, titled “Ferry.”", ["Holm: “It went well,”"]),
        ("“It went well,” Holm said after Berg claimed that “all of it was lost.”",
         ["Holm: “It went well,”", "Berg: that “all of it was lost.”"]),
        ("“It went well,” Holm said, hoping it was “the last of many.”",
         ["Holm: “It went well,” / “the last of many.”"]),
    ],
)  # fmt: skip
def test_a_quotation_behind_is_not_always_the_speakers(text: str, found: list[str]) -> None:
    assert told(text) == found
