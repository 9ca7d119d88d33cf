"""What is told of a speaker behind reported words is not printed as said."""

from __future__ import annotations

import pytest

from writethru.statements.attribution import attributions_in


def told(text: str) -> list[tuple[str, str]]:
    """Source and content of each attribution."""
    return [
        (text[slice(*one.source)] if one.source else "", "|".join(text[slice(*span)] for span in one.content))
        for one in attributions_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "A clerk said the port has asked for more, but he declined to say what.",
            "A clerk",
            "the port has asked for more",
        ),
        ("Mr Holm said the tram would be free, but refused to name a date.", "Mr Holm", "the tram would be free"),
        ("Mr Holm said the tram would be free but did not say when.", "Mr Holm", "the tram would be free"),
        ("Holm said the dam was weak, and he gave no reason.", "Holm", "the dam was weak"),
        ("Mrs Lund said the port was closed without giving a reason.", "Mrs Lund", "the port was closed"),
        ("A clerk said the port was closed, speaking on condition of anonymity.", "A clerk", "the port was closed"),
        ("They answered that she was well, as they have answered everybody.", "They", "that she was well"),
        ("They said they would read it; they have until 31 March.", "They", "they would read it"),
        (
            "The board accused Mr Prem of fraud as talks on the bridge reached their end, late at night.",
            "The board",
            "Mr Prem of fraud",
        ),
        ("Critics described the plan as “a gamble” as ministers met in Lorn.", "Critics", "the plan as “a gamble”"),
    ],
)
def test_what_is_told_of_the_speaker_is_not_said(text: str, source: str, content: str) -> None:
    assert told(text) == [(source, content)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Critics accused the mayor of lying as a way of keeping his seat.",
            "the mayor of lying as a way of keeping his seat",
        ),
        ("Holm said the board met and refused to pay the men.", "the board met and refused to pay the men"),
        (
            "Holm said the tram was free, but that a man who was ill would pay.",
            "the tram was free, but that a man who was ill would pay",
        ),
        ("A survey said it was 18; the mean of the north was 44.", "it was 18; the mean of the north was 44"),
        ("Holm said he was not treated as kindly as others were.", "he was not treated as kindly as others were"),
    ],
)
def test_what_goes_on_being_said_is_kept(text: str, content: str) -> None:
    assert [words for _, words in told(text)] == [content]


def test_another_speaker_behind_a_semicolon_has_words_of_his_own() -> None:
    text = "The firm said that one bus in nine had run; the union said it had counted two."
    assert told(text) == [("The firm", "that one bus in nine had run"), ("the union", "it had counted two")]


@pytest.mark.parametrize(
    "text",
    [
        "It says so every ten seconds from the same spot.",
        "Passengers lost an estimated 28,000 journeys on Monday.",
        "The two countries agreed a line in 1931 and have quarrelled since about where it ends.",
        "Crew freed as ministers agree notice rule",
        "The first man in line told an interesting story of his family.",
        "He turned it over once, said a word in a language that I do not have, and went.",
    ],
)
def test_what_is_no_speech_is_not_read_as_such(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("It does say what readers want: large print and crime.", "It", "what readers want: large print and crime"),
        (
            "Should it say no, Ms Frame said, the board would look again.",
            "Ms Frame",
            "Should it say no|the board would look again",
        ),
        (
            "Dredging will go on until Easter, the harbour board said yesterday, to clear the sand.",
            "the harbour board",
            "Dredging will go on until Easter",
        ),
    ],
)
def test_a_source_is_no_clause_and_what_stands_before_it_is_said(text: str, source: str, content: str) -> None:
    assert told(text) == [(source, content)]


def test_a_pronoun_behind_other_words_is_the_source() -> None:
    assert told("And while wearing this shirt I think it is late.") == [("I", "it is late")]
