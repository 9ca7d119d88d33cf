"""The lists of a dossier as a person reads them: what several rows have in common is said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from writethru.dossier import wording
from writethru.dossier.persons import PRONOUN
from writethru.dossier.schema import CommitmentForm, StatementForm

_PLAIN: Final = str.maketrans("‘’ʼ“”„«»–—", '\'\'\'"""""--')
"""Marks that outlets set differently."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is printed as said under one name.

    Attributes:
        anonymity: in words, "" where none is told.
        lines: the statements; those of equal words, issue and cue are one line.
    """

    person: str
    anonymity: str
    lines: tuple[tuple[StatementForm, ...], ...]


def spoken(rows: Iterable[StatementForm]) -> list[Spoken]:
    """Statements by name, in their order; rows of a name stand together already."""
    return [_of_one(person, list(found)) for person, found in groupby(rows, key=lambda one: one["person"])]


def _of_one(person: str, rows: list[StatementForm]) -> Spoken:
    lines: dict[tuple[str, ...], list[StatementForm]] = {}
    for one in rows:
        words = " ".join(one["words"].translate(_PLAIN).split()).casefold()
        lines.setdefault((words, one["issue"], one["directness"], one["cue"]), []).append(one)
    told = dict.fromkeys(wording.ANONYMITY[one["anonymity"]] for one in rows)
    if len(lines) > 1 and all(PRONOUN.fullmatch(one["speaker"]) and not one["read_as"] for one in rows):
        told = {wording.PRONOUNS: None}
    return Spoken(person, "; ".join(filter(None, told)), tuple(map(tuple, lines.values())))


@dataclass(frozen=True, slots=True)
class Standing:
    """Commitments that follow each other and of which the same is known.

    Attributes:
        reasons: why that is so, each with the commitments of which it is told.
    """

    in_words: str
    reasons: tuple[tuple[str, tuple[CommitmentForm, ...]], ...]


def standings(groups: Iterable[CommitmentForm]) -> list[Standing]:
    """Commitments in their order, under what became of them."""
    return [
        Standing(
            wording.sentence(told),
            tuple((wording.sentence(why), tuple(found)) for why, found in groupby(run, key=lambda one: one["reason"])),
        )
        for told, run in groupby(groups, key=lambda one: one["in_words"])
    ]
