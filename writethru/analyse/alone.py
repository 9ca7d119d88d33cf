"""What a text states that is in no archive."""

from __future__ import annotations

from datetime import date

from writethru.events.moments import Stated, When, moment_of, when
from writethru.model import ArticleText, Extraction
from writethru.statements.of_text import TextStatements, unread_in
from writethru.statements.reading import READER, article_language, read_text

GIVEN = "given"
"""What the day rests on where whoever asked said it."""


def statements_of(what: str | ArticleText | Extraction, *, day: date | None = None, url: str = "") -> TextStatements:
    """What a text states: figures, times, who said what, commitments, blame, quotations; nothing of it is kept.

    Args:
        what: a plain text with a paragraph a line, an article's text, or what ``writethru.extract`` gave.
        day: the day it was written on, from which "Thursday" is meant; else what the page states, or its address.
        url: where it stood, where ``what`` does not say so.
    """
    text = ArticleText.from_plain(what) if isinstance(what, str) else what
    told = _told(text, url) if isinstance(text, Extraction) else when(Stated(None, url, None, None))
    text = text.article_text if isinstance(text, Extraction) else text
    stated = moment_of(told.minute)
    written = day or (stated and stated.date())
    language = article_language(text)
    return TextStatements(
        text=text,
        reading=read_text(text, written),
        language=language,
        unread=unread_in(language),
        written=written,
        basis=GIVEN if day else told.basis.value,
        reader=READER,
    )


def _told(read: Extraction, url: str) -> When:
    return when(Stated(read.published, url or read.canonical_url or "", None, None))
