"""Sentences of versions as evidence: where one stands, in which versions, who prints it and who says it.

``Account`` is an article as this package sees it: its versions with what was read of them. Everything that a dossier
says goes back to an ``Evidence``, which names a version and a place in it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, Generic, Protocol, TypeVar

from writethru.comparison.lexicon import listed
from writethru.model import ArticleText, BlockKind
from writethru.statements.corrections import Correction
from writethru.statements.reading import Place, Reading, Said, place_text, sliced
from writethru.statements.source_phrases import are_several
from writethru.text.sentences import sentence_spans
from writethru.text.tokens import Span


@dataclass(frozen=True, slots=True)
class Read:
    """One version of an article and what was read of it; ``written``: the day that relative times are meant from."""

    number: int
    text: ArticleText
    reading: Reading
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One article of a story.

    Attributes:
        article: its number.
        group: who prints it: texts between which copying was found are one group, else the article alone.
        event: the event that it tells of.
        versions: in order of first sighting.
        latest: the number of the version that stands now.
        ruled: editors' corrections of what is found when texts are set beside each other: blame, quotations.
    """

    article: int
    outlet: str
    group: str
    event: int
    versions: tuple[Read, ...]
    latest: int
    ruled: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article, in the first version that has it.

    Attributes:
        place: of the sentence in that version.
        words: the sentence.
        version, last: the first and the last version that have it.
        stands: the version that stands now has it.
        speaker: who says it, as the text names them; "" where that could not be told.
    """

    article: int
    outlet: str
    group: str
    event: int
    place: Place
    words: str
    version: int
    last: int
    stands: bool
    speaker: str = ""

    @property
    def key(self) -> tuple[int, int, int, str]:
        """Where it stands; sorts."""
        return self.article, self.version, self.place.block, self.words

    def seen_in(self, version: int, latest: int) -> Evidence:
        """The same, found again in a later version."""
        return replace(self, last=version, stands=self.stands or version == latest)


class Evident(Protocol):
    """Something that an article says, by the sentence it rests on: a dataclass with this field."""

    @property
    def evidence(self) -> Evidence:
        """The sentence."""


Thing = TypeVar("Thing", bound=Evident)


class Once(Generic[Thing]):
    """What the versions of an article say, each thing once: as the first version has it, and up to its last one."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._found: dict[Hashable, Thing] = {}

    def is_new(self, key: Hashable, read: Read) -> bool:
        """Whether no version before had it; where one had, it is noted that this version has it too."""
        known: Any = self._found.get(key)
        if known is not None and known.evidence.last != read.number:
            self._found[key] = replace(known, evidence=known.evidence.seen_in(read.number, self._account.latest))
        return known is None

    def keep(self, key: Hashable, thing: Thing) -> None:
        """What is new."""
        self._found[key] = thing

    @property
    def things(self) -> list[Thing]:
        """As they were found, version by version."""
        return list(self._found.values())


def alone(read: Read, ruled: tuple[Correction, ...] = ()) -> Account:
    """An article of one version, for what is read of it whatever others print."""
    return Account(0, "", "", 0, (read,), read.number, ruled)


LONGEST_SPEAKER: Final = 120
SIDE_KINDS: Final = frozenset({BlockKind.TABLE})
"""A figure in a table is counted by its row and column, which are not read."""


@lru_cache(maxsize=4_096)
def sentences_of(text: str) -> tuple[Span, ...]:
    """The sentences of a block."""
    return tuple(Span(*span) for span in sentence_spans(text))


def sentence_at(text: ArticleText, place: Place) -> Place:
    """The sentence in which a place begins."""
    words = place_text(text, place.block)
    for span in sentences_of(words):
        if span.start <= place.start < span.end:
            return Place(place.block, span.start, span.end)
    return Place(place.block, 0, len(words))


def evidence_of(account: Account, read: Read, place: Place, speaker: str = "") -> Evidence:
    """The sentence around a place of a version."""
    sentence = sentence_at(read.text, place)
    words = sliced(read.text, sentence)
    lead = len(words) - len(words.lstrip())
    sentence = Place(sentence.block, sentence.start + lead, sentence.start + lead + len(words.strip()))
    return Evidence(
        article=account.article,
        outlet=account.outlet,
        group=account.group,
        event=account.event,
        place=sentence,
        words=words.strip(),
        version=read.number,
        last=read.number,
        stands=read.number == account.latest,
        speaker=speaker,
    )


_COORDINATED = re.compile(
    r"\b(?:which|that|who) (?P<who>(?:the |The )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}) "
    r"[a-z]+s?\b[^,;.]{0,60} and (?:says?|said) "
)
""" "Which Washington blames on the regime and says killed …": one subject, two verbs."""


def _around(read: Read, place: Place) -> list[Said]:
    """Those in whose content a place stands, the narrowest first."""
    found = [
        (part.end - part.start, number, one)
        for number, one in enumerate(read.reading.said)
        for part in one.content
        if part.block == place.block and part.start <= place.start and place.end <= part.end
    ]
    return [one for _, _, one in sorted(found, key=lambda row: row[:2])]


_MOOT: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|ask(?:s|ed|ing)?|question(?:s|ed)|wonder(?:s|ed)|disput\w+)$", re.IGNORECASE
)


def is_moot(read: Read, place: Place) -> bool:
    """Does what stands at a place stand in words that somebody denied, or asked about?"""
    cues = [sliced(read.text, one.cue) for one in _around(read, place) if one.cue is not None]
    return any(_MOOT.search(cue) is not None for cue in cues)


def speaker_of(read: Read, place: Place) -> str:
    """Who says what stands at a place: the source of the narrowest content around it, "" where there is none."""
    narrowest = next(iter(_around(read, place)), None)
    if narrowest is not None and (narrowest.source is not None or narrowest.named):
        return source_words(read.text, narrowest)
    sentence = sentence_at(read.text, place)
    before = place_text(read.text, place.block)[sentence.start : place.start]
    matches = list(_COORDINATED.finditer(before))
    return matches[-1]["who"] if matches else ""


def source_words(text: ArticleText, said: Said) -> str:
    """The source as it is written, without what is told of it behind a comma; a name behind one is kept."""
    if said.named or said.source is None:
        return said.named
    words = " ".join(sliced(text, said.source).split())
    if not are_several(words):
        first = words.partition(",")[0]
        called = None if is_named(first) else _CALLED.match(words)
        words = called.group() if called else first
    return words.strip(" “”\"'‘’")[:LONGEST_SPEAKER]


_CALLED = re.compile(
    r"[^,]+, (?:(?:Mr|Mrs|Ms|Dr|Prof)\. )?[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+|de|von|van|al|bin)){0,4}(?=,|$)"
)
"""A calling with the name of who has it: "the ward sister, Ada Lind"."""


def is_named(speaker: str) -> bool:
    """A name, and not a pronoun or a bare role."""
    return any(word[:1].isupper() and word.lower() not in _NO_NAMES for word in speaker.split())


_NO_NAMES: Final = listed("a an the he she they it we i you mr mrs ms dr sir one another his her its")
