"""Where a later version of an article gives the same words another speaker, none, or a denial in place of a claim.

Only words that both versions print are followed, and only where both readings are plain: a pronoun that is not
resolved, and a name that still stands beside the words, tell of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from writethru.comparison.lexicon import listed
from writethru.dossier.persons import PRONOUN, Person, last_name, persons_in
from writethru.statements.evidence import Account, Evidence, evidence_of, is_named, sentence_at, sentences_of
from writethru.statements.reading import READ_KINDS, Place, Said, place_text, sliced
from writethru.statements.speech import CUE_WORDS

SHORTEST: Final = 4
"""Words of what is said; fewer stand in many sentences."""
LONGEST: Final = 60
"""Words of it by which it is found again."""
MOST_FOLLOWED: Final = 200
"""Attributions of one change, in sentences that differ."""
MOST_PLACES: Final = 5
DENYING: Final = listed("denied denies deny denying disputed disputes rejected rejects refuted refutes")
_GENERIC = listed(
    "the and for who spokesman spokeswoman spokesperson spokespeople official officials statement source sources",
    "report mr mrs ms dr sir his her its their another told said",
)
"""Words of a source by which two of them are not the same."""
_WORD = re.compile(r"[^\W_]+")
_ROLE_NEAR: Final = 4
"""Words between a role and a name, at most, for the one to be read as the other's."""


class Turn(StrEnum):
    """What became of an attribution."""

    SPEAKER = "speaker"
    """Others are named as its source."""
    LOST = "lost"
    """The words stand there, and nobody is read to say them."""
    GAINED = "gained"
    """The words stood there as nobody's."""
    DENIED = "denied"
    """What was claimed is denied now."""
    CLAIMED = "claimed"
    """What was denied is claimed now."""


@dataclass(frozen=True, slots=True)
class AttributionTurn:
    """Words that stand in two versions, and their sentence in each.

    Attributes:
        words: what is said, as the version has it that attributes it.
        old, new: the sentences, with speakers as printed, "" for none.
        old_cue, new_cue: the words that attribute, "" for none.
    """

    turn: Turn
    words: str
    old: Evidence
    new: Evidence
    old_cue: str
    new_cue: str


def attribution_turns(old: Account, new: Account) -> list[AttributionTurn]:
    """What is told of one change of one article; each account has the one version before or after it."""
    before, after = _Side(old), _Side(new)
    found: dict[str, AttributionTurn] = {}
    for row in before.changed(after):
        made = _first(_told(before, row, place, after) for place in after.places(before.words(row)))
        if made is not None:
            found.setdefault(made.words, made)
    for row in after.changed(before):
        places = [] if _is_open(row[1]) else before.places(after.words(row))
        if places and all(_is_nobodys(before, place, row[1], after.source(row)) for place in places):
            now = row[0].content[0], row
            found.setdefault(after.words(row), _made(Turn.GAINED, before, (places[0], None), after, now))
    return list(found.values())


Row = tuple[Said, Person]


class _Side:
    """A version, its attributions with their speakers, and its sentences."""

    def __init__(self, account: Account) -> None:
        self.account, self.read = account, account.versions[0]
        self.rows = persons_in(self.read)
        text = self.read.text
        self.blocks = [at for at, block in enumerate(text.blocks) if block.kind in READ_KINDS]
        texts = [text.blocks[at].text for at in self.blocks]
        self.sentences = {words[a:b].strip() for words in texts for a, b in sentences_of(words)}

    def changed(self, other: _Side) -> list[Row]:
        """Attributions of which any part stands in a sentence that the other version does not have."""
        return [row for row in self.rows if not self._sentences(row[0]) <= other.sentences][:MOST_FOLLOWED]

    def words(self, row: Row) -> str:
        """What is said: the longest stretch of it."""
        return max((sliced(self.read.text, place) for place in row[0].content), key=len)

    def source(self, row: Row) -> str:
        """All words that say who: as printed, with what is told of them, and as read."""
        said, person = row
        printed = sliced(self.read.text, said.source) if said.source else ""
        return " ".join((printed, said.named, person.read_as))

    def cue(self, row: Row | None) -> str:
        """The words that attribute."""
        return sliced(self.read.text, row[0].cue) if row and row[0].cue else ""

    def places(self, words: str) -> list[Place]:
        """Where these words stand, whatever the signs between them."""
        wanted = _WORD.findall(words)[:LONGEST]
        wanted = wanted[1:] if wanted[:1] in (["that"], ["That"]) else wanted
        if len(wanted) < SHORTEST:
            return []
        joined = r"[\W_]+".join(map(re.escape, wanted))
        pattern = re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)
        found = (
            Place(at, match.start(), match.end())
            for at in self.blocks
            for match in pattern.finditer(place_text(self.read.text, at))
        )
        return [place for _, place in zip(range(MOST_PLACES), found, strict=False)]

    def at(self, place: Place) -> Row | None:
        """The narrowest attribution with a source around the middle of a place."""
        middle = (place.start + place.end) // 2
        around = [
            (part.end - part.start, number)
            for number, (said, _) in enumerate(self.rows)
            for part in said.content
            if part.block == place.block and part.start <= middle < part.end
        ]
        return self.rows[min(around)[1]] if around else None

    def near(self, place: Place) -> str:
        """The paragraph of a place, and those beside it."""
        beside = (place.block - 1, place.block, place.block + 1)
        return " ".join(place_text(self.read.text, at) for at in beside if at in self.blocks)

    def sentence(self, place: Place) -> str:
        """The sentence in which a place begins."""
        return sliced(self.read.text, sentence_at(self.read.text, place))

    def evidence(self, place: Place, row: Row | None) -> Evidence:
        """It with its speaker."""
        return evidence_of(self.account, self.read, place, row[1].printed if row else "")

    def _sentences(self, said: Said) -> set[str]:
        return {self.sentence(place).strip() for place in said.places}


def _told(before: _Side, row: Row, place: Place, after: _Side) -> AttributionTurn | None:
    """What became of an attribution at one place; None where it is the same, or cannot be told."""
    now = after.at(place)
    if now is None:
        lost = _is_nobodys(after, place, row[1], before.source(row))
        return _made(Turn.LOST, before, (row[0].content[0], row), after, (place, None)) if lost else None
    denied, denies = (bool(_words(side.cue(one)) & DENYING) for side, one in ((before, row), (after, now)))
    if _are_others(before, row, after, now):
        turn = Turn.SPEAKER
    elif denied is not denies and before.cue(row) and after.cue(now):
        turn = Turn.DENIED if denies else Turn.CLAIMED
    else:
        return None
    return _made(turn, before, (row[0].content[0], row), after, (place, now))


At = tuple[Place, "Row | None"]
"""A place of a version, and the attribution that holds it."""


def _made(turn: Turn, before: _Side, then: At, after: _Side, now: At) -> AttributionTurn:
    """``then`` or ``now`` has an attribution."""
    words = before.words(then[1]) if then[1] else after.words(now[1]) if now[1] else ""
    old, new = before.evidence(*then), after.evidence(*now)
    return AttributionTurn(turn, words, old, new, before.cue(then[1]), after.cue(now[1]))


def _first(found: Iterator[AttributionTurn | None]) -> AttributionTurn | None:
    """The first, where the words stand nowhere as they stood."""
    made = list(found)
    return made[0] if made and all(made) else None


def _is_nobodys(side: _Side, place: Place, person: Person, source: str) -> bool:
    """No speaker is read, no word of speech stands in the sentence, and nobody of that name beside it."""
    if side.at(place) is not None or _words(side.sentence(place)) & CUE_WORDS:
        return False
    return not _telling(f"{source} {person.name}") & _words(side.near(place))


def _are_others(before: _Side, row: Row, after: _Side, now: Row) -> bool:
    """Nothing that is known of the two makes them one."""
    if any(_is_open(person) for _, person in (row, now)):
        return False
    one, other = _telling(before.source(row)), _telling(after.source(now))
    if not one or not other or one & other:
        return False
    names = [person.read_as or person.printed for _, person in (row, now)]
    if is_named(names[0]) is is_named(names[1]):
        return True
    name, role = (names[0], other) if is_named(names[0]) else (names[1], one)
    return not any(_beside(side, last_name(name), role) for side in (before, after))


def _is_open(person: Person) -> bool:
    """A pronoun, or words that begin with one, of which nobody is read to be meant."""
    return not person.read_as and PRONOUN.fullmatch(person.printed.partition(" ")[0]) is not None


def _beside(side: _Side, name: str, role: frozenset[str]) -> bool:
    """Does a text put this role beside this name?"""
    for at in side.blocks:
        words = [word.lower() for word in _WORD.findall(place_text(side.read.text, at))]
        places = [number for number, word in enumerate(words) if word == name]
        if any(role & set(words[max(0, number - _ROLE_NEAR) : number + _ROLE_NEAR + 1]) for number in places):
            return True
    return False


def _telling(source: str) -> frozenset[str]:
    """Words that tell one source from another; all of them where there are no others."""
    words = frozenset(word for word in _words(source) if len(word) > 2)
    return words - _GENERIC or words


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
