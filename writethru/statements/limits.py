"""What of a text the rules can read at all, said in words: its language, paragraphs too long, too many of a kind.

Every reader of this package is bounded; this says where a bound cut something off, so that a gap does not look
like nothing there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from writethru.statements.attribution import LONGEST_PARAGRAPH
from writethru.statements.figures import MOST_FIGURES, read_figures
from writethru.text.languages import language_of

NUMBERS_READ = ("en", "de", "fr", "es", "fi", "ru", "bg")
"""Languages whose number words are known."""
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read of a text.

    Attributes:
        language: its code, "" where it is not known.
        statements: are times, attributions, quotations with speakers and commitments read? English only.
        notes: what is not read and why, in words for people; none where everything is.
    """

    language: str
    statements: bool
    notes: tuple[str, ...]


def limits_of(text: str) -> Limits:
    """What the readers of this package make of a text, in one pass and without reading statements."""
    language = language_of(text)
    notes = []
    if language != "en":
        name = language or "not known"
        notes.append(f"the language is {name}: times, attributions and commitments are read in English only")
    if language not in NUMBERS_READ:
        notes.append("numbers are read in digits only")
    long = sum(len(line) > LONGEST_PARAGRAPH for line in text.split("\n"))
    if long:
        notes.append(f"paragraphs of which only the first {LONGEST_PARAGRAPH:,} characters are read: {long}")
    if len(_DIGITS.findall(text)) > MOST_FIGURES:
        until = read_figures(text, language).until
        if until < len(text):
            notes.append(f"figures are read up to character {until:,}: there are more than {MOST_FIGURES:,}")
    if not any(mark in text for mark in ".!?。！？"):
        notes.append("no sentence ends in it: a paragraph is taken for one")
    return Limits(language, language == "en", tuple(notes))
