"""Rules and model decide together: of each part of an attribution stands the reading that is more often exact.

A rule is right about a part as often as it was on paragraphs that we marked (``exact``); a model says how sure it is,
calibrated on such of them as it was not trained on. What a weak rule reads where the model sees no word that attributes
is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from writethru.statements.attributed import Attribution, Directness, Rule
from writethru.text.tokens import Span

LEAST: Final = 0.5
"""Calibrated share of right speakers below which the model names nobody."""
ADDED: Final = 0.45
"""Mean share of exact parts below which nothing is added to what the rules read.

Best of .3, .35 … .7 on the marked paragraphs held out (``python -m bench attribution_marks --model shipped``).
"""
QUOTED: Final = 0.7
"""Share of right speakers from which words in quotation marks are given one, however unsure their exact ends are.

Set between even odds and what rules reach; the marked paragraphs held out have one such quotation, rightly given.
"""
LIKELY: Final = 0.3
"""The like below which the model by itself tells nothing."""
DOUBTED: Final = Rule.REPORTED
"""The rule whose reading is dropped where the model sees no cue; of 7 such on the paragraphs held out one is marked."""


class Sure(NamedTuple):
    """A model's calibrated shares of right ones.

    Attributes:
        speaker: is the source the speaker, however it is cut?
        cue: are these exactly the words of the cue?
        source: are these those of the source?
        content: are these those of the content?
    """

    speaker: float
    cue: float
    source: float
    content: float

    @property
    def parts(self) -> float:
        """The mean share of exact parts."""
        return (self.cue + self.source + self.content) / 3


@dataclass(frozen=True, slots=True)
class Learnt:
    """An attribution as a model reads it.

    Attributes:
        source: None where it sees none.
        cue: always there: a model begins with it.
        content: the stretches of what was said, in order.
        directness: quoted, reported, or both.
        sure: of each part.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    directness: Directness
    sure: Sure

    def attribution(self) -> Attribution:
        """What of it is told: the source only where the model is sure enough."""
        source = self.source if self.sure.speaker >= LEAST else None
        return Attribution(source, self.cue, self.content, self.directness, Rule.MODEL, self.sure.speaker)


class Exact(NamedTuple):
    """How often the parts that a rule reads are exactly those marked."""

    source: float
    cue: float
    content: float


_QUOTED: Final = {
    Rule.INVERTED: Exact(0.66, 1.0, 1.0),
    Rule.BEHIND: Exact(0.99, 0.96, 1.0),
    Rule.BEFORE: Exact(0.8, 0.48, 1.0),
}
_REPORTED: Final = {
    Rule.BEHIND: Exact(0.97, 0.98, 0.89),
    Rule.CLAUSE: Exact(0.89, 0.96, 0.79),
    Rule.REPORTED: Exact(0.83, 0.87, 0.73),
    Rule.ACCORDING: Exact(0.6, 0.98, 0.81),
    Rule.JOINED: Exact(0.78, 0.83, 0.87),
}
_OTHER: Final = Exact(0.93, 0.93, 0.77)


def exact(one: Attribution) -> Exact:
    """How often such a reading is exact: by rule, quoted or not; those with fewer than twenty readings all alike.

    Of 1,674 readings of the 949 paragraphs that we wrote and marked (``python -m bench attribution_marks --exact``).
    """
    return (_QUOTED if one.directness is Directness.DIRECT else _REPORTED).get(one.rule, _OTHER)


def closed(text: str, one: Attribution) -> Attribution:
    """With the comma that closes what is told of its source ("Holm, the mayor,"): a model has it so too."""
    source = one.source
    if source is None or not text.startswith(",", source.end) or "," not in text[source.start : source.end]:
        return one
    return replace(one, source=Span(source.start, source.end + 1))


def together(ruled: Sequence[Attribution], learnt: Iterable[Learnt]) -> list[Attribution]:
    """The rules' readings, corrected where the model is surer, and what it alone sees and is sure of."""
    left = list(learnt)
    kept = []
    for one in ruled:
        if one.source is None:
            continue
        beside = next((other for other in left if one.cue is not None and common(one.cue, other.cue)), None)
        if beside is not None:
            left.remove(beside)
            kept.append(corrected(one, beside))
        elif one.rule is not DOUBTED:
            kept.append(one)
    added = [
        other.attribution() for other in left if is_added(other.sure, quoted=other.directness is Directness.DIRECT)
    ]
    kept += [one for one in added if one.source is not None and not any(_same(one, other) for other in kept)]
    kept += [one for one in ruled if one.source is None and not any(_same(one, other) for other in kept)]
    return sorted(kept, key=place)


def is_added(sure: Sure, *, quoted: bool) -> bool:
    """Is it worth its place beside what the rules read? Of what is quoted, it matters more who said it."""
    return sure.parts >= ADDED or (quoted and sure.speaker >= QUOTED)


def corrected(one: Attribution, other: Learnt) -> Attribution:
    """A rule's reading with those parts of a model's, on the same cue, that are more often exact.

    Another speaker is named only where the model is surer of him than the rule of its own. What is quoted stays as the
    rule cut it, by the quotation marks.
    """
    known, found = exact(one), one
    if other.source is not None and other.sure.source > known.source:
        if one.source is not None and common(one.source, other.source):
            found = replace(found, source=other.source, sure=one.confidence)
        elif other.sure.speaker > one.confidence:
            found = replace(found, source=other.source, sure=other.sure.speaker)
    if other.sure.cue > known.cue:
        found = replace(found, cue=other.cue)
    if other.sure.content > known.content and one.directness is not Directness.DIRECT:
        found = replace(found, content=other.content, sure=found.confidence, directness=other.directness)
    return found


def _same(one: Attribution, other: Attribution) -> bool:
    """Do both stand on one cue, or claim mostly the same words? Not where one speaks inside what the other says."""
    if one.cue is not None and other.cue is not None and common(one.cue, other.cue):
        return True
    if any(common(a.cue, span) for a, b in ((one, other), (other, one)) if a.cue is not None for span in b.content):
        return False
    return any(2 * common(a, b) > min(a.end - a.start, b.end - b.start) for a in one.content for b in other.content)


def common(one: Span, other: Span) -> int:
    """Characters that both have."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def place(one: Attribution) -> tuple[int, int]:
    """Where it stands, for sorting."""
    return one.content[0].start, one.cue.start if one.cue else 0
