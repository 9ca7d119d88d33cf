"""Where a later version of an article puts another figure for the same thing, or begins or ends a disagreement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from writethru.statements.agreement import Relation, agreement
from writethru.statements.counting import Claim, same_thing
from writethru.statements.disagreements import ORDER

MOST_BESIDE: Final = 40
"""Figures of other articles that one figure is set beside."""
MOST_TURNS: Final = 50
"""Of one change of one article."""
_ENDS: Final = re.compile(r"[.!?…:][\"“”„«»‘’'›)\]]*$")
LONGEST: Final = 90
"""Words of a sentence; what is longer is the lines of a list, run together."""
_NEAR: Final = 3
"""Characters between a figure and the word that hedges it, at most, for the two to be one."""


@dataclass(frozen=True, slots=True)
class FigureTurn:
    """A figure that another took the place of, that is new, or that is gone.

    Attributes:
        old, new: as the version before and the version after state it; never are both None.
        reason: how ``new`` stands to ``old``; "" where one of them is None or they are the same.
        before, after: the worst relation among the figures for this thing that stood before and that stand after; None
            where there were no two.
        beside: two figures that ``after`` rests on, or ``before`` where nothing is left; none where both are None.
    """

    old: Claim | None
    new: Claim | None
    reason: str
    before: Relation | None
    after: Relation | None
    beside: tuple[Claim, ...]

    @property
    def latest(self) -> Claim:
        """The newer of the two that is there."""
        found = self.new or self.old
        assert found is not None
        return found


def figure_turns(old: Sequence[Claim], new: Sequence[Claim], others: Sequence[Claim]) -> list[FigureTurn]:
    """What is told of one change of one article.

    Args:
        old, new: figures of the version before (none for an article that is new) and of the version after.
        others: figures of the other articles' texts that stood then.
    """
    found: dict[object, FigureTurn] = {}
    for pair in _pairs(old, new):
        turn = _turn(*pair, others)
        if _is_told(turn):
            found.setdefault((_value(turn.old), _value(turn.new)), turn)
    return list(found.values())[:MOST_TURNS]


def _is_told(turn: FigureTurn) -> bool:
    """Another value, another relation, or a conflict that begins or ends."""
    known = turn.before is not None and turn.after is not None
    differs = turn.before is not turn.after
    return bool(turn.reason) or (differs and (known or Relation.CONFLICT in (turn.before, turn.after)))


def _turn(old: Claim | None, new: Claim | None, others: Sequence[Claim]) -> FigureTurn:
    beside = [one for one in others if any(side and same_thing(one, side) for side in (old, new))][:MOST_BESIDE]
    before, before_by = _worst([*beside, old] if old else beside)
    after, after_by = _worst([*beside, new] if new else beside)
    return FigureTurn(old, new, _otherwise(old, new), before, after, after_by or before_by)


def _otherwise(old: Claim | None, new: Claim | None) -> str:
    """Why the new figure says something else than the old one; "" where it does not."""
    if old is None or new is None:
        return ""
    found = agreement(old.figure, new.figure)
    return "" if found.relation in (Relation.AGREE, Relation.INCOMPARABLE) else found.reason


def _worst(claims: Sequence[Claim]) -> tuple[Relation | None, tuple[Claim, ...]]:
    """The worst relation between any two that count the same thing, and the two that show it."""
    found = [
        (ORDER.index(relation), at, pair)
        for at, pair in enumerate(combinations(claims, 2))
        if same_thing(*pair)
        and (relation := agreement(pair[0].figure, pair[1].figure).relation) is not Relation.INCOMPARABLE
    ]
    if not found:
        return None, ()
    worst, _, pair = min(found, key=lambda row: row[:2])
    return ORDER[worst], pair


def _in_sentences(claims: Sequence[Claim]) -> list[Claim]:
    """Figures of sentences and headlines: a line without an end is of a list or a table, a size or a price."""
    return [one for one in claims if one.place.block < 0 or (_is_sentence(one.evidence.words) and not _is_number(one))]


def _is_sentence(words: str) -> bool:
    return _ENDS.search(words) is not None and len(words.split()) <= LONGEST


def _is_number(one: Claim) -> bool:
    """ "3. The department …": the number of a line."""
    words, place = one.evidence.words, one.place
    return place.start == one.evidence.place.start and words[place.end - place.start :].startswith((". ", ") "))


def _pairs(old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[tuple[Claim | None, Claim | None]]:
    """Figures that stand for each other, then those that are gone, then those that are new; what stays is left out."""
    gone, come = _in_sentences(_only(old, new)), _in_sentences(_only(new, old))
    for one in gone:
        other = _counterpart(one, come, old, new)
        if other is not None:
            come.remove(other)
        if other is not None or not _repeated(one, new):
            yield one, other
    for one in come:
        if not _repeated(one, old):
            yield None, one


def _counterpart(one: Claim, come: Sequence[Claim], old: Sequence[Claim], new: Sequence[Claim]) -> Claim | None:
    """The figure of the same sentence but for its figures, else the only one that best counts the same thing.

    Where nobody came to harm, half of the words must be the same: the lines of a list share some.
    """
    shape = _shape(one, old)
    for other in come:
        if other.figure.measure is one.figure.measure and _shape(other, new) == shape:
            return other
    alike: dict[int, list[Claim]] = defaultdict(list)
    for other in come:
        same = same_thing(one, other)
        if same is not None and (one.harm or 2 * len(same.words) >= max(len(one.about), len(other.about))):
            alike[len(same.words)].append(other)
    best = alike[max(alike)] if alike else []
    return best[0] if len(best) == 1 else None


def _only(claims: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Figures in sentences that the other version does not have; how long ago something was changes by itself."""
    there = {_key(one) for one in others}
    return [one for one in claims if _key(one) not in there and not _is_ago(one)]


def _key(one: Claim) -> tuple[str, int]:
    return one.evidence.words, one.place.start - one.evidence.place.start


def _is_ago(one: Claim) -> bool:
    behind = one.evidence.words[one.place.end - one.evidence.place.start :]
    return behind.lstrip().lower().startswith(("ago", "earlier"))


def _shape(one: Claim, claims: Sequence[Claim]) -> tuple[str, int]:
    """The sentence with all of its figures taken out, and which of them this is."""
    sentence = [other for other in claims if other.evidence.place == one.evidence.place]
    sentence.sort(key=lambda other: other.place.start)
    words, parts, at = one.evidence.words, [], 0
    for other in sentence:
        start, end = _extent(other)
        parts.append(words[at:start])
        at = max(at, end)
    return "#".join([*parts, words[at:]]), sentence.index(one)


def _extent(one: Claim) -> tuple[int, int]:
    """A figure with the hedge that adjoins it, by characters of its sentence."""
    figure, lead = one.figure, one.evidence.place.start
    start, end = figure.span.start, figure.span.end
    hedge = figure.hedge_span
    if hedge.end > hedge.start and -_NEAR <= start - hedge.end <= _NEAR:
        start = min(start, hedge.start)
    if hedge.end > hedge.start and -_NEAR <= hedge.start - end <= _NEAR:
        end = max(end, hedge.end)
    return start - lead, end - lead


def _value(one: Claim | None) -> object:
    if one is None:
        return None
    figure = one.figure
    return figure.low, figure.high, figure.unit, figure.hedge, figure.measure, one.noun, one.harm


def _repeated(one: Claim, claims: Sequence[Claim]) -> bool:
    """The other version says it in another sentence."""
    return any(_value(other) == _value(one) for other in claims)
