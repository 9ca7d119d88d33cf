"""The words of a text that say what it is about, and its runs of words with capitals, in one pass.

What a printed word comes to is the same wherever it stands, but for whether it begins a sentence; so it is worked out
once for each of the words used lately.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from writethru.events.common import is_common
from writethru.events.people import Run, is_particle, is_placed
from writethru.reuse.words import folded
from writethru.text.tokens import word_spans

MOST_KNOWN = 60_000
"""Different printed words used lately that are kept with what they come to; 0.4 KB each."""
MOST_BEFORE = 3
"""Words before a name in which a word of place is looked for."""
_ENDS = frozenset('.!?:…\n"“”«»')
_UNIT = re.compile(r"\s?(million|billion|trillion|bn|m|percent|per cent|%|[a-z]{4,})", re.IGNORECASE)


class Word(NamedTuple):
    """One content word: folded, as printed, whether it is surely a name, has a capital; and without its ending."""

    key: str
    text: str
    named: bool
    capital: bool
    stem: str


class _Printed(NamedTuple):
    """What a printed word comes to wherever it stands.

    Attributes:
        capital: it begins with one.
        runs_on: it may stand inside a name.
        lone: one character of a script that has no small letters.
        figure: folded, where it begins with a digit; else "".
        plain, named: as a content word at the beginning of a sentence or small, and as one that is surely a name; None
            where it says nothing.
    """

    capital: bool
    runs_on: bool
    lone: bool
    figure: str = ""
    plain: Word | None = None
    named: Word | None = None


@lru_cache(maxsize=MOST_KNOWN)
def _printed(word: str) -> _Printed:
    capital, key = word[0].isupper(), folded(word)
    lone = len(word) == 1 and not (word.isascii() or word.isdigit() or capital or word.islower())
    runs_on = capital or is_particle(word)
    if len(key) < 2 and not key.isdigit():
        return _Printed(capital, runs_on, lone)
    if key[0].isdigit():
        return _Printed(capital, runs_on, lone, figure=key)
    if is_common(key):
        return _Printed(capital, runs_on, lone)
    key = word if key == word else key  # one string is enough
    bare = stem(key)
    plain = Word(key, word, False, capital, bare)
    return _Printed(capital, runs_on, lone, "", plain, Word(key, word, True, True, bare) if capital else plain)


def content_words(text: str, language: str) -> tuple[list[Word], list[Run]]:
    """The content words, and the runs of words with capitals."""
    found: list[Word] = []
    runs: list[Run] = []
    run: list[str] = []
    before: list[str] = []
    end, run_begins, placed, last_lone = 0, False, False, ""
    for start, stop in word_spans(text):
        gap, word = text[end:start], text[start:stop]
        begins = end == 0 or (gap != " " and not _ENDS.isdisjoint(gap))
        end = stop
        capital, runs_on, lone, figure, plain, named = _printed(word)
        if lone:
            if last_lone and not gap:
                found.append(_pair(last_lone + word))
            last_lone = word
            continue
        last_lone = ""
        if run and (not runs_on or begins or (gap != " " and gap.strip(" ."))):
            runs.append(Run(tuple(run), run_begins, placed))
            run = []
        if capital and not run:
            run_begins, placed = begins, not begins and is_placed(before[-MOST_BEFORE:])
        if capital or run:
            run.append(word)
        before.append(word)
        if figure:
            found.append(_figure(figure, word, text[stop : stop + 20]))
        elif plain is not None and named is not None:
            found.append(plain if begins else named)
    if run:
        runs.append(Run(tuple(run), run_begins, placed))
    return (_german(found, runs) if language == "de" else found), runs


@lru_cache(maxsize=16_384)
def _pair(both: str) -> Word:
    """Two neighbouring characters, which stand for a word where no spaces part them."""
    return Word(both, both, False, False, stem(both))


def _figure(key: str, word: str, after: str) -> Word:
    """A number with the unit or the thing it counts."""
    unit = _UNIT.match(after)
    if unit is None or is_common(folded(unit[1])):
        return Word(key, word, False, False, stem(key))
    counted = f"{key} {stem(folded(unit[1]))}"
    return Word(counted, f"{word} {unit[1]}", False, False, counted)


def _german(words: list[Word], runs: Sequence[Run]) -> list[Word]:
    """Every noun has a capital: only runs of two and more, and capitals inside a word, are names."""
    in_runs = {folded(word) for run in runs if len(run.words) > 1 for word in run.words}
    return [word._replace(named=word.named and (word.key in in_runs or not word.text[1:].islower())) for word in words]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """An English word without the endings of number and tense; crude, and the same for all forms.

    >>> [stem(word) for word in ("weapons", "attacked", "attacking", "parties", "crisis")]
    ['weapon', 'attack', 'attack', 'party', 'crisis']
    """
    if len(word) <= 4 or not word.isascii():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith("sses") else word[:-1]
    if word.endswith("ing") and len(word) > 6:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 5:
        word = word[:-2]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls" else word
