"""A disappearance or a return in words, and as a fragment of HTML. Pure."""

from __future__ import annotations

from html import escape

from writethru.alerts import Absence
from writethru.publish.words import REASONS
from writethru.text.wording import counted
from writethru.views import stamp


def absence_words(absence: Absence) -> str:
    """What was observed, and no more: an interval on both sides, and at how many looks."""
    seen = f"after {stamp(absence.after)} and " if absence.after else ""
    away = f"not later than {stamp(absence.first)}"
    looks = f"{counted(absence.looks, 'look')}, the last at {stamp(absence.last)}"
    why = "; ".join(REASONS[reason] for reason in absence.reasons)
    if absence.back is None:
        return f"The article disappeared from its address {seen}{away}. It was not there at {looks}: {why}."
    return (
        f"The article is back at its address, after {stamp(absence.last)} and not later than {stamp(absence.back)}. "
        f"It had disappeared {seen}{away}, and was not there at {looks}: {why}."
    )


def absence_html(absence: Absence) -> str:
    """The same as content of an entry."""
    note = "What we hold of the article is in this record; its outlet may have moved it, or taken it down."
    return f"<div><p>{escape(absence_words(absence))}</p><p>{note}</p></div>"
