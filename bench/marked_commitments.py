"""The articles and deadline phrases that are marked by hand (``data/statements``), and what the rules find in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from writethru.statements.attribution import attributions_in
from writethru.statements.commitments import commitments_in
from writethru.statements.due import deadlines_in

FOLDER = Path(__file__).parent / "data" / "statements"
SLOTS = ("who", "deed", "whom", "deadline", "condition")


class Marked(NamedTuple):
    """A commitment in words; "" for what is not said."""

    who: str
    force: str
    yes: bool
    deed: str
    whom: str
    deadline: str
    condition: str


class Article(NamedTuple):
    """A marked article."""

    number: int
    half: str
    written: date
    text: str
    marked: tuple[Marked, ...]


class Phrase(NamedTuple):
    """A deadline phrase: the day of writing, and its days, its event and offset, or "open"."""

    phrase: str
    written: date
    due: str


def marked_articles() -> list[Article]:
    """The articles, in the order of the file."""
    lines = (FOLDER / "commitments.txt").read_text("utf-8").splitlines()
    found: list[Article] = []
    for line in lines:
        if line.startswith("== "):
            _, number, half, written = line.split()
            found.append(Article(int(number), half, date.fromisoformat(written), "", ()))
        elif line.startswith("> "):
            who, force, yes, *rest = ["" if part == "-" else part for part in line[2:].split(" | ")]
            marked = Marked(who, force, yes == "yes", *rest)
            found[-1] = found[-1]._replace(marked=(*found[-1].marked, marked))
        elif not line.startswith("#") and line:
            found[-1] = found[-1]._replace(text=line)
    return found


def found_in(article: Article) -> list[Marked]:
    """What the rules find, in the same form."""
    text = article.text
    found = []
    for one in commitments_in(text, article.written, attributions_in(text)):
        deadline = one.deadline.span if one.deadline else None
        who, deed, whom, by, condition = (
            text[slice(*span)] if span else "" for span in (one.who, one.deed, one.to_whom, deadline, one.condition)
        )
        found.append(Marked(who, one.force.value, not one.negated, deed, whom, by, condition))
    return found


def alike(one: str, other: str) -> bool:
    """Do two stretches share half of the words of both together?"""
    a, b = set(one.lower().split()), set(other.lower().split())
    return 2 * len(a & b) >= 0.5 * (len(a) + len(b)) and len(a & b) >= len(a | b) / 2


def pairs(marked: Sequence[Marked], found: Sequence[Marked]) -> list[tuple[Marked | None, Marked | None]]:
    """Marked and found ones that answer each other, then those that stand alone."""
    left = list(found)
    made: list[tuple[Marked | None, Marked | None]] = []
    for one in marked:
        mine = next((other for other in left if alike(one.deed, other.deed)), None)
        if mine is not None:
            left.remove(mine)
        made.append((one, mine))
    return made + [(None, other) for other in left]


def marked_deadlines() -> list[Phrase]:
    """The deadline phrases, in the order of the file."""
    rows = (
        line.split("\t")
        for line in (FOLDER / "deadlines.tsv").read_text("utf-8").splitlines()
        if line[:1] not in ("#", "")
    )
    return [Phrase(phrase, date.fromisoformat(written), due) for written, phrase, due in rows]


def deadline_found(row: Phrase) -> tuple[bool, str]:
    """Is what is read of a phrase what is marked, and what is it?"""
    text = f"The council will publish the report {row.phrase}."
    found = deadlines_in(text, row.written)
    if len(found) != 1:
        return row.due == "none" and not found, str(len(found))
    one = found[0]
    if one.anchor is not None:
        read = f"{one.offset or 'before'} {text[slice(*one.anchor)]}"
    elif one.due is None:
        read = "open"
    elif one.due.first == one.due.last:
        read = one.due.first.isoformat()
    else:
        read = f"{one.due.first.isoformat()} {one.due.last.isoformat()}"
    return read == row.due, read
