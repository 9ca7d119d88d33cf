"""Quotations in single marks, dashes and guillemets, marked by hand (``data/statements/british_quotes.tsv``)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from writethru.statements.attribution import attributions_in

MARKED = Path(__file__).parent / "data" / "statements" / "british_quotes.tsv"


class Quoted(NamedTuple):
    """A text, its speaker ("" where it does not say), and words that the quotation holds."""

    text: str
    speaker: str
    words: str


def marked_quotations() -> list[Quoted]:
    """The marked texts, in the order of the file."""
    rows = [line.split("\t") for line in MARKED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [Quoted(text.replace("¶", "\n"), "" if who == "-" else who, words) for text, who, words in rows]


def speaker_found(row: Quoted) -> str:
    """Who is found to have said the words, "" for nobody."""
    at = row.text.index(row.words)
    for one in attributions_in(row.text):
        if one.source is not None and any(span.start <= at < span.end for span in one.content):
            return row.text[slice(*one.source)]
    return ""


def right(row: Quoted) -> bool:
    """Is it the marked speaker, commas at the end apart?"""
    return speaker_found(row).rstrip(",") == row.speaker.rstrip(",")
