"""Who speaks in short invented articles, marked by hand (``data/statements/speakers.txt``): name, anonymity, nesting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from writethru.statements.attributed import Attribution
from writethru.statements.attribution import attributions_in
from writethru.statements.speakers import Speaker, nesting, speakers_of

MARKED = Path(__file__).parent / "data" / "statements" / "speakers.txt"


class Mark(NamedTuple):
    """Words said, the name of who said them ("" for nobody), how anonymous, and words of the outer speech ("" for none)."""

    words: str
    name: str
    anonymity: str
    inside: str


class Marked(NamedTuple):
    """An article of one half, and what is said in it."""

    half: str
    text: str
    said: tuple[Mark, ...]


class Outcome(NamedTuple):
    """What was found of one mark: the words as said at all, the right name, anonymity and nesting."""

    mark: Mark
    found: str
    named: bool
    anonymity: bool
    nested: bool


def marked_speakers() -> list[Marked]:
    """The marked articles, in the order of the file."""
    found: list[Marked] = []
    for line in MARKED.read_text("utf-8").splitlines():
        if line.startswith("=="):
            found.append(Marked(line.split()[2], "", ()))
        elif line.startswith("> "):
            words, name, anonymity, inside = ("" if part == "-" else part for part in line[2:].split(" | "))
            found[-1] = found[-1]._replace(said=(*found[-1].said, Mark(words, name, anonymity, inside)))
        elif line and not line.startswith("#"):
            found[-1] = found[-1]._replace(text=line)
    return found


def outcomes(article: Marked) -> Iterator[Outcome]:
    """What is read of an article, against its marks; the narrowest content that holds the words is theirs."""
    told = attributions_in(article.text)
    speakers = speakers_of(article.text, told)
    outer = nesting(told)
    for mark in article.said:
        held = _holding(article.text, told, mark.words)
        if held is None:
            yield Outcome(mark, "", False, False, False)
            continue
        speaker: Speaker = speakers[held]
        within = outer[held]
        nested = within is not None if mark.inside else within is None
        named = speaker.name.casefold() == mark.name.casefold()
        yield Outcome(mark, f"{speaker.name} ({speaker.anonymity})", named, speaker.anonymity == mark.anonymity, nested)


def _holding(text: str, told: list[Attribution], words: str) -> int | None:
    at = text.index(words)
    around = [
        (span.end - span.start, number)
        for number, one in enumerate(told)
        for span in one.content
        if span.start <= at and at + len(words) <= span.end
    ]
    return min(around)[1] if around else None
