"""What of an article goes into the index that finds its partners: grams, each with its place.

A gram is three neighbouring words, folded; those of function words and names alone and
those in quotation marks are left out. Of the rest three in four are taken, chosen by their
hashes so that both articles choose the same ones (winnowing's "modulo" choice: Schleimer,
Wilkerson and Aiken 2003, section 2). Two articles are partners if they share grams that
lie close in both: chance shares a gram here and there, copying shares them in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from writethru.reuse.words import Mark, Words

LENGTH = 3
SHARED_GRAMS = 2
"""So many grams that lie close make a partner worth reading."""
CLOSE = 40
"""Words between two grams that count as close, in both articles."""
SHEAR = 12
"""Words by which the distance may differ between the articles: what was put in or left out."""


class Gram(NamedTuple):
    """A chosen gram: its 32-bit hash and the number of its first word."""

    hash: int
    at: int


class Hit(NamedTuple):
    """A gram that an indexed article shares: its place there and here."""

    there: int
    here: int


def grams(words: Words) -> tuple[Gram, ...]:
    """The chosen grams of an article, by place; a repeated one stands once, at its first place."""
    found: dict[int, int] = {}
    keys, marks = words.keys, words.marks
    for at in range(len(keys) - LENGTH + 1):
        if not _telling(marks[at : at + LENGTH]):
            continue
        value = crc32(" ".join(keys[at : at + LENGTH]).encode("utf-8", "surrogatepass"))
        if value & 3:
            found.setdefault(value, at)
    return tuple(Gram(value, at) for value, at in found.items())


def _telling(marks: Sequence[Mark]) -> bool:
    """Has it a writer's own word and no quoted one?"""
    own = False
    for mark in marks:
        if mark & Mark.QUOTED:
            return False
        own = own or not mark
    return own


def is_partner(hits: Iterable[Hit]) -> bool:
    """Do enough shared grams lie close together in both articles?"""
    rows = sorted(set(hits), key=lambda hit: hit.here)
    for end, last in enumerate(rows):
        near = 1
        for hit in reversed(rows[:end]):
            if last.here - hit.here > CLOSE:
                break
            shear = (last.here - hit.here) - (last.there - hit.there)
            if abs(shear) <= SHEAR and last.here - hit.here >= LENGTH:
                near += 1
                if near >= SHARED_GRAMS:
                    return True
    return False
