"""What an error's page says beside the error: a title in plain words, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final


@dataclass(frozen=True, slots=True)
class Advice:
    """For one status.

    Attributes:
        todo: a sentence or two.
        searches: whether looking for the words may help.
        signs_in: whether signing in may.
    """

    title: str
    todo: str
    searches: bool = False
    signs_in: bool = False


_BY_STATUS: Final = {
    400: Advice(
        "This cannot be answered",
        "The address asks for something that does not exist here, or in a form that is not understood. "
        "Go back and choose from what the page offers, or correct what is named above.",
    ),
    401: Advice("Nobody is signed in", "Sign in and try again; a session ends after twelve hours.", signs_in=True),
    403: Advice(
        "You may not do this",
        "Who is signed in lacks the role for it, or the form was not from this session. "
        "Reload the page and try again, or ask whoever runs this archive.",
        signs_in=True,
    ),
    404: Advice(
        "There is no such page",
        "The address may be mistyped, or be one that this record never had: numbers are given once and never again, "
        "and what was withdrawn says so. Search finds every version of every article.",
        searches=True,
    ),
    405: Advice("This address only reads", "Nothing was changed."),
    413: Advice(
        "That is too much at once", "Nothing was taken in. Send less, or use the command line for whole files."
    ),
    429: Advice("Too many tries", "Wait as long as is said above, then try once more."),
    500: Advice(
        "A fault of ours",
        "It was logged, and the record is not touched by it. Try again; if it stays, tell whoever runs this archive "
        "which address you asked for.",
    ),
    503: Advice(
        "The archive does not answer", "Its database cannot be reached now. Try again in a minute; nothing is lost."
    ),
}


def advice_for(status: int) -> Advice:
    """Of this status, or of its kind."""
    known = _BY_STATUS.get(status) or _BY_STATUS.get(status // 100 * 100)
    return known or Advice(HTTPStatus(status).phrase, "Go back, or begin with the latest changes.")
