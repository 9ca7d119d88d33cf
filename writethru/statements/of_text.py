"""What one text states, by itself: its reading, and the day that relative times are meant from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from writethru.model import ArticleText
from writethru.statements.blame import Accusation, accusations_of
from writethru.statements.evidence import Read, alone
from writethru.statements.quoted import Quotation, quotations_of
from writethru.statements.reading import LANGUAGES, Place, Reading, sliced


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStatements:
    """What a text states.

    Attributes:
        reading: figures, times, who said what, commitments; every place in it is a slice of ``text``.
        language: by its own words, "" where that cannot be told.
        unread: what is not read in that language, in words; empty where everything is.
        written: the day that relative times are meant from, None where it is not known.
        basis: what that day rests on: ``given``, or a value of ``events.moments.Basis``.
        reader: name and version of what it was read by.
    """

    text: ArticleText
    reading: Reading
    language: str
    unread: str
    written: date | None
    basis: str
    reader: str

    @property
    def blame(self) -> list[Accusation]:
        """Who is printed as having done it, by whom."""
        read = self.as_read()
        return list(accusations_of(alone(read), read))

    @property
    def quotations(self) -> list[Quotation]:
        """Its quotations, those too that nobody is read to say."""
        return quotations_of(self.as_read())

    def words(self, place: Place) -> str:
        """The characters of a place. Raises IndexError."""
        return sliced(self.text, place)

    def as_read(self) -> Read:
        """The text and its reading, as what is set beside other texts."""
        return Read(0, self.text, self.reading, self.written)


def unread_in(language: str) -> str:
    """What is not read of a text in this language, in words.

    >>> unread_in("en"), unread_in("")
    ('', 'the language is not known: nothing of it was read')
    """
    if language in LANGUAGES:
        return ""
    if not language:
        return "the language is not known: nothing of it was read"
    return f"the language is {language}: only figures were read, no times and no attributions"
