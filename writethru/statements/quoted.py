"""The quotations of an article's versions: those with a speaker, and those that nobody is read to say.

Of the latter only such count as are closed and long enough to be told from a title or a phrase; they are a printing of
an utterance that others attribute, and never an utterance by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from writethru.reuse.quoting import Stretch, begins_quoted, quoted_stretches
from writethru.statements.attributed import Directness
from writethru.statements.evidence import Account, Evidence, Once, Read, evidence_of, source_words
from writethru.statements.reading import READ_KINDS, Place, sliced

SHORTEST: Final = 3
"""Words; less is a phrase that anybody may quote."""
SHORTEST_UNSAID: Final = 6
"""Words of a quotation that nobody is read to say; less may be a title."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, in one version.

    Attributes:
        words: without the marks; stretches of one attribution are parted by an ellipsis.
        place: the first stretch.
        speaker: as written, "" where the attribution names none.
        attributed: an attribution holds it.
    """

    words: str
    place: Place
    speaker: str
    attributed: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of an article, as the first version that has it prints it."""

    quotation: Quotation
    evidence: Evidence

    @property
    def words(self) -> str:
        """Without the marks."""
        return self.quotation.words


def quoted_in(account: Account) -> list[Quoted]:
    """The quotations of all versions, each once, by place; one that some version attributes is attributed."""
    found = Once[Quoted](account)
    for read in account.versions:
        for one in quotations_of(read):
            if found.is_new(key_of(one), read):
                found.keep(key_of(one), Quoted(one, evidence_of(account, read, one.place, one.speaker)))
    said = {one.words for one in found.things if one.quotation.attributed}
    return [one for one in found.things if one.quotation.attributed or one.words not in said]


def key_of(one: Quotation) -> tuple[str, str]:
    """By which it is known again in another version."""
    return one.speaker, one.words


def quotations_of(read: Read) -> list[Quotation]:
    """The quotations of one version."""
    return [*_attributed(read), *_unsaid(read)]


def _attributed(read: Read) -> Iterator[Quotation]:
    for one in read.reading.said:
        if one.directness is Directness.INDIRECT:
            continue
        pieces = [place for part in one.content for place in _inside(read, part)]
        words = " … ".join(_unmarked(sliced(read.text, place)) for place in pieces)
        if len(words.split()) >= SHORTEST:
            yield Quotation(words, pieces[0], source_words(read.text, one), attributed=True)


def _unsaid(read: Read) -> Iterator[Quotation]:
    """Quotations of the text that no attribution has anything of."""
    held: dict[int, list[Place]] = defaultdict(list)
    for one in read.reading.said:
        for part in one.content:
            held[part.block].append(part)
    blocks = read.text.blocks
    for number, block in enumerate(blocks):
        if block.kind not in READ_KINDS:
            continue
        goes_on = number + 1 < len(blocks) and begins_quoted(blocks[number + 1].text)
        for start, end, closed in _stretches(block.text, goes_on):
            words = _unmarked(block.text[start:end])
            apart = not any(part.start < end and start < part.end for part in held[number])
            if closed and apart and len(words.split()) >= SHORTEST_UNSAID:
                yield Quotation(words, Place(number, start, end), "", attributed=False)


def _inside(read: Read, part: Place) -> Sequence[Place]:
    """The quoted stretches of a part of a content."""
    stretches = _stretches(sliced(read.text, part), goes_on=True)
    return [Place(part.block, part.start + one.start, part.start + one.end) for one in stretches]


@lru_cache(maxsize=4_096)
def _stretches(text: str, goes_on: bool) -> tuple[Stretch, ...]:
    """Versions of an article have most paragraphs in common."""
    return tuple(quoted_stretches(text, taken_up=goes_on))


def _unmarked(words: str) -> str:
    return words.strip().strip("\"“”„«»‘’'‹›").strip().rstrip(",")
