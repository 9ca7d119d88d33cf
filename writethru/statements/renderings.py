"""How one printing of a quotation stands to a fuller one: the same, cut, pieced together, or with other words.

Words are aligned once; what differs is then read as an editor's marked work (an ellipsis, words in brackets), as a
cut at an end, or as an alteration. An alteration is looked at for what it does: a negation, a modal verb, a hedge, a
figure, a date or a name that is not on both sides moves the meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from writethru.comparison.edits import Finding, Kind
from writethru.comparison.figures import figure_findings
from writethru.comparison.gaps import Gap, Side
from writethru.comparison.lexicon import lexicon, listed
from writethru.comparison.longest_common import common_words
from writethru.comparison.names import name_findings
from writethru.comparison.reading import Reading
from writethru.comparison.wordings import counted_findings, date_findings
from writethru.statements.agreement import Relation, agreement
from writethru.statements.figures import figures_in
from writethru.statements.quote_words import QuoteWord
from writethru.text.tokens import Span


class Form(StrEnum):
    """How a rendering stands to the fullest one."""

    SAME = "same"
    """The same words; marks, capitals, contractions and spellings apart."""
    TRIMMED = "trimmed"
    """One stretch of it, or it goes on where the fullest ends; no word differs."""
    SPLICED = "spliced"
    """Stretches of it set together, or an editor's words in brackets; no word of the speaker differs."""
    ALTERED = "altered"
    """Words of the speaker differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that stand in one printing and not in the other.

    Attributes:
        fullest: characters of the fullest rendering's text; empty where it has nothing there.
        rendering: characters of this rendering's text; empty where it has nothing there.
        moves: what the difference changes in what is said; empty where the meaning stands, as far as rules can tell.
    """

    fullest: Span
    rendering: Span
    moves: tuple[Kind, ...] = ()


class Printed(NamedTuple):
    """A quotation's text and its words."""

    text: str
    words: tuple[QuoteWord, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two printings set against each other.

    Attributes:
        form: how the second stands to the first, the fullest.
        differences: where words differ, in order; none unless altered.
        covered: places of the fullest's words that the second prints.
        beyond: characters of the second that go on past an end of the fullest.
        weight: how much the shared words say: 10 each, 3 for a function word.
        share: weight of the shared words, as a share of what could be shared, 0 to 1.
    """

    form: Form
    differences: tuple[Difference, ...]
    covered: tuple[int, ...]
    beyond: tuple[Span, ...]
    weight: int
    share: float


class _Gap(NamedTuple):
    """Words ``i1`` to ``i2`` of the fullest against words ``j1`` to ``j2`` of the rendering, ends not counted in."""

    i1: int
    i2: int
    j1: int
    j2: int


Pairs = Sequence[tuple[int, int]]

NEAR = 8
"""Words between two matching stretches that still belong together."""
STRAY = 3
"""Matching words fewer than this, far from the rest, are chance ("of the")."""
SENTENCE = 5
"""So many words left out in one place without a mark are a splice, fewer are an alteration."""
GOES_ON = 6
"""So many words past an end of the fullest are what it left out, fewer are other words for its end."""
HEAVY, LIGHT = 10, 3
"""What a word says, and a function word."""
_FUNCTION = listed(
    "a an the and or but nor so yet if then than that this these those there here it its i me my we us our you your",
    "he him his she her they them their who whom whose which what when where why how is am are was were be been being",
    "do does did doing done have has had having will would shall should can could may might must ought not no of to in",
    "on at by for from with about into over under out up down off as all any some very just also too only really well",
    "now going go get got make made thing things lot know think want need say said people everything something",
)
MOVING = frozenset({Kind.NEGATION, Kind.MODALITY, Kind.HEDGE, Kind.FIGURE, Kind.DATE, Kind.NAME})


def matched(fullest: Printed, other: Printed) -> Match | None:
    """How ``other`` stands to ``fullest``, None where they share no words worth the name."""
    if [word.same for word in fullest.words] == [word.same for word in other.words]:
        weight = _weight(other.words)
        return Match(Form.SAME, (), tuple(range(len(fullest.words))), (), weight, 1.0)
    pairs = _without_strays(common_words([w.same for w in fullest.words], [w.same for w in other.words]), other.words)
    if not pairs:
        return None
    gaps, beyond = _gaps(fullest.words, other.words, pairs)
    return _judged(fullest, other, pairs, gaps, beyond)


def _without_strays(pairs: Pairs, words: Sequence[QuoteWord]) -> list[tuple[int, int]]:
    """Pairs in stretches; a short stretch far from every other one is left out."""
    stretches: list[list[tuple[int, int]]] = []
    for pair in pairs:
        last = stretches[-1][-1] if stretches else None
        if last and pair[0] - last[0] <= NEAR and pair[1] - last[1] <= NEAR:
            stretches[-1].append(pair)
        else:
            stretches.append([pair])
    kept = [stretch for stretch in stretches if len(stretch) >= STRAY or words[stretch[0][1]].broken]
    if not kept and len(stretches) == 1:
        kept = stretches
    return [pair for stretch in kept for pair in stretch]


def _gaps(full: Sequence[QuoteWord], other: Sequence[QuoteWord], pairs: Pairs) -> tuple[list[_Gap], list[_Gap]]:
    """What stands between matching words, and what goes on past the ends of the fullest."""
    gaps = [_Gap(i + 1, i2, j + 1, j2) for (i, j), (i2, j2) in pairwise(pairs) if i2 - i > 1 or j2 - j > 1]
    beyond = []
    (i, j), (last_i, last_j) = pairs[0], pairs[-1]
    front = sum(not word.inserted for word in other[:j])
    if front and (front >= GOES_ON or i == 0):
        beyond.append(_Gap(i, i, 0, j))
    elif front:
        gaps.insert(0, _Gap(max(0, i - front), i, 0, j))
    behind = sum(not word.inserted for word in other[last_j + 1 :])
    if behind and (behind >= GOES_ON or last_i == len(full) - 1):
        beyond.append(_Gap(last_i + 1, last_i + 1, last_j + 1, len(other)))
    elif behind:
        gaps.append(_Gap(last_i + 1, min(len(full), last_i + 1 + behind), last_j + 1, len(other)))
    return gaps, beyond


def _judged(fullest: Printed, other: Printed, pairs: Pairs, gaps: Sequence[_Gap], beyond: Sequence[_Gap]) -> Match:
    altered = [gap for gap in gaps if _differs(fullest.words, other.words, gap)]
    edited = any(word.inserted or word.broken for word in other.words) or len(altered) < len(gaps)
    if altered:
        form = Form.ALTERED
    elif edited:
        form = Form.SPLICED
    else:
        form = Form.TRIMMED
    lost = sum(max(_weight(fullest.words[g.i1 : g.i2]), _weight(other.words[g.j1 : g.j2])) for g in altered)
    gone_on = sum(_weight(other.words[gap.j1 : gap.j2]) for gap in beyond)
    at_end = pairs[0][0] == 0 or pairs[-1][0] == len(fullest.words) - 1
    weight = _weight([other.words[j] for _, j in pairs])
    possible = weight + lost + (0 if at_end and len(pairs) >= GOES_ON else gone_on)
    return Match(
        form, _differences(fullest, other, altered, gaps), tuple(i for i, _ in pairs),
        tuple(_place(other, gap.j1, gap.j2) for gap in beyond), weight, weight / possible,
    )  # fmt: skip


def _weight(words: Sequence[QuoteWord]) -> int:
    return sum(0 if word.inserted else LIGHT if word.same in _FUNCTION else HEAVY for word in words)


def _said(words: Sequence[QuoteWord]) -> int:
    return sum(not word.inserted for word in words)


def _differs(full: Sequence[QuoteWord], other: Sequence[QuoteWord], gap: _Gap) -> bool:
    """Is a gap an alteration, and not an editor's marked work or a whole stretch left out?"""
    left, put = _said(full[gap.i1 : gap.i2]), _said(other[gap.j1 : gap.j2])
    if put:
        return left > 0 or not any(word.broken for word in full[gap.i1 : gap.i2 + 1])
    marked = any(word.inserted for word in other[gap.j1 : gap.j2]) or any(
        word.broken for word in other[gap.j1 : gap.j2 + 1]
    )
    return 0 < left < SENTENCE and not marked


def _place(printed: Printed, first: int, after: int) -> Span:
    """Characters of some words; where there are none, the empty place behind the word before."""
    words = printed.words
    if first < after:
        return Span(words[first].start, words[after - 1].end)
    at = words[first - 1].end if first else 0
    return Span(at, at)


def _differences(
    fullest: Printed, other: Printed, altered: Sequence[_Gap], gaps: Sequence[_Gap]
) -> tuple[Difference, ...]:
    """The altered gaps as differences, with what each of them moves."""
    if not altered:
        return ()
    places = [Gap(_place(fullest, gap.i1, gap.i2), _place(other, gap.j1, gap.j2)) for gap in altered]
    edited = [gap for gap in gaps if gap not in altered]
    sides = (
        _side(fullest, [_place(fullest, gap.i1, gap.i2) for gap in edited], [gap.old for gap in places]),
        _side(other, [_place(other, gap.j1, gap.j2) for gap in edited], [gap.new for gap in places]),
    )
    reading = Reading(sides, places, lexicon("en"), ((), ()))
    found = [finding for finding in _findings(reading) if finding.kind in MOVING]
    return tuple(Difference(*gap, tuple(sorted({f.kind for f in found if _touches(f, gap)}))) for gap in places)


def _side(printed: Printed, edited: Sequence[Span], differing: Sequence[Span]) -> Side:
    """A text with what an editor left out or put in blanked, and what differs marked."""
    text = printed.text
    for start, end in edited:
        text = text[:start] + " " * (end - start) + text[end:]
    return Side(text, (0,), tuple(span for span in differing if span.start < span.end))


def _findings(reading: Reading) -> list[Finding]:
    found = [*counted_findings(reading), *date_findings(reading)]
    if reading.capitals or Kind.NAME in reading.topics:
        found += name_findings(reading)
    if Kind.FIGURE in reading.topics:
        found += [one for one in figure_findings(reading) if not _same_quantity(reading, one)]
    return found


def _same_quantity(reading: Reading, finding: Finding) -> bool:
    """ "A dozen" and "12": written otherwise, the same figure."""
    if not finding.old or not finding.new:
        return False
    sides = zip((reading.old.text, reading.new.text), (finding.old, finding.new), strict=True)
    figures = [figures_in(text[place[0].start : place[-1].end + 30], "en")[:1] for text, place in sides]
    return all(figures) and agreement(figures[0][0], figures[1][0]).relation is Relation.AGREE


def _touches(finding: Finding, gap: Gap) -> bool:
    """Does a finding's evidence stand in a gap, on either side?"""
    return any(
        place.start <= span.end and place.end >= span.start
        for evidence, span in ((finding.old, gap.old), (finding.new, gap.new))
        if span.start < span.end
        for place in evidence
    )
