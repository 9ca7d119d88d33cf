"""Who the speakers of a dossier are: pronouns and roles read as names, how much is told of them, whose rows are one.

A reading is shown beside the words as printed and never in their place; what is not sure stays as printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from writethru.statements.attributed import Attribution
from writethru.statements.evidence import Account, Evidence, Read, is_named, source_words
from writethru.statements.reading import READ_KINDS, Place, Said
from writethru.statements.speakers import Anonymity, Speaker, speakers_of
from writethru.text.folding import fold_typography
from writethru.text.tokens import Span

SURE: Final = 0.85
"""From this confidence on a pronoun or a role is shown with the name it is read as."""
PRONOUN: Final = re.compile(r"(?:he|she|they|it|i|we|who|you)", re.IGNORECASE)
LISTED: Final = frozenset({Anonymity.ROLE, Anonymity.ANONYMOUS, Anonymity.ORGANISATION, Anonymity.DOCUMENT})
"""Speakers without a name whose statements are listed; those of others without a capital only where they are sure."""


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as a dossier shows it.

    Attributes:
        printed: as the text names it at this place.
        name: canonical inside its article, else as printed.
        read_as: the name that a pronoun or a role is read as, "" where it is printed, or not sure.
        anonymity: how much a reader is told.
        certain: that it is the speaker was read in a way that is right often enough (``Said.certain``).
    """

    printed: str
    name: str
    read_as: str
    anonymity: Anonymity
    certain: bool = True

    @property
    def is_listed(self) -> bool:
        """Its statements belong into a table of who said what."""
        known = is_named(self.printed) or bool(self.read_as) or self.anonymity in LISTED
        return known or self.certain or PRONOUN.fullmatch(self.printed) is not None


class Persons:
    """The speakers of a story's articles; a version is read for them when one of its sentences is first asked for."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._reads = {(account.article, read.number): read for account in accounts for read in account.versions}
        self._known: dict[tuple[int, int], list[tuple[Said, Person]]] = {}

    def of_version(self, article: int, version: int) -> list[tuple[Said, Person]]:
        """Each attribution of a version with its speaker; none of a version that is not here."""
        key = article, version
        if key not in self._known:
            self._known[key] = persons_in(self._reads[key]) if key in self._reads else []
        return self._known[key]

    def of(self, evidence: Evidence) -> Person | None:
        """The speaker of a sentence, None where it has none or it was not read as an attribution."""
        if not evidence.speaker:
            return None
        near = [
            person
            for said, person in self.of_version(evidence.article, evidence.version)
            if person.printed == evidence.speaker and any(_meet(part, evidence.place) for part in said.places)
        ]
        same = len({(one.read_as, one.anonymity) for one in near}) == 1
        return replace(near[0], certain=any(one.certain for one in near)) if same else None


def persons_in(read: Read) -> list[tuple[Said, Person]]:
    """The speakers of a version's attributions that have a source, by place."""
    text, starts = _joined(read)
    rows = [one for one in read.reading.said if (one.source or one.named) and one.content[0].block in starts]
    rows.sort(key=lambda one: (starts[one.content[0].block], (one.source or one.content[0]).start))
    told = speakers_of(text, [_attribution(one, starts) for one in rows])
    return [(one, _person(source_words(read.text, one), one, speaker)) for one, speaker in zip(rows, told, strict=True)]


def _person(printed: str, said: Said, speaker: Speaker) -> Person:
    if said.named:
        kind = Anonymity.NAMED if is_named(said.named) else Anonymity.UNKNOWN
        return Person(said.named, said.named, "", kind)
    read_as = speaker.name if speaker.resolved and speaker.confidence >= SURE and speaker.name != printed else ""
    unsure = speaker.resolved and not read_as
    kind = Anonymity.UNKNOWN if unsure and speaker.anonymity is Anonymity.NAMED else speaker.anonymity
    return Person(printed, printed if unsure else speaker.name or printed, read_as, kind, said.certain)


def _joined(read: Read) -> tuple[str, dict[int, int]]:
    """The paragraphs of a version as one text, and where each begins in it."""
    starts: dict[int, int] = {}
    parts: list[str] = []
    at = 0
    for number, block in enumerate(read.text.blocks):
        if block.kind in READ_KINDS:
            starts[number] = at
            parts.append(block.text)
            at += len(block.text) + 1
    return "\n".join(parts), starts


def _attribution(one: Said, starts: dict[int, int]) -> Attribution:
    def span(place: Place | None) -> Span | None:
        known = place is not None and place.block in starts
        return Span(starts[place.block] + place.start, starts[place.block] + place.end) if place and known else None

    content = tuple(found for place in one.content if (found := span(place)) is not None)
    return Attribution(span(one.source), span(one.cue), content, one.directness)


def _meet(one: Place, other: Place) -> bool:
    return one.block == other.block and one.start < other.end and other.start < one.end


def headings(rows: Sequence[tuple[Person, str]]) -> list[str]:
    """For each person with an outlet the heading that its rows stand under.

    Names with one last word go together only where no two of them have other first names; of people without a name,
    those of two outlets are never taken for one; nor is "the board", of which there may be many.
    """
    full: dict[str, set[str]] = defaultdict(set)
    bodies: dict[str, str] = {}
    for one, _ in rows:
        if one.anonymity is Anonymity.NAMED:
            full[last_name(one.name)].add(bare_name(one.name))
        bodies.setdefault(fold_typography(one.name).casefold(), one.name)
    return [_heading(one, outlet, full, bodies) for one, outlet in rows]


def _heading(one: Person, outlet: str, full: dict[str, set[str]], bodies: dict[str, str]) -> str:
    if one.anonymity in (Anonymity.ORGANISATION, Anonymity.DOCUMENT) and is_named(one.name):
        return bodies[fold_typography(one.name).casefold()]
    if one.anonymity is not Anonymity.NAMED:
        return f"{one.read_as or one.printed} (in {outlet})"
    names = sorted(full[last_name(one.name)], key=lambda name: (-len(name), name))
    longest = names[0].split()
    return names[0] if all(set(name.split()) <= set(longest) for name in names) else bare_name(one.name)


_TITLE = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.? )+")


_OF = re.compile(r"^(?:[A-Z][\w-]*[’']s )(?=[A-Z][\w-]+ [A-Z])")


def bare_name(name: str) -> str:
    """A name without courtesy titles, and without whose it is.

    >>> bare_name("Mr John Kerry"), bare_name("Veldria’s Tomas Quell")
    ('John Kerry', 'Tomas Quell')
    """
    return _TITLE.sub("", _OF.sub("", name))


def last_name(speaker: str) -> str:
    """The last word with a capital, folded.

    >>> last_name("Mr John Kerry"), last_name("the Ministry of Trade")
    ('kerry', 'trade')
    """
    names = [word for word in speaker.split() if word[:1].isupper()]
    return (names[-1] if names else speaker).strip("’'s.,").lower()
