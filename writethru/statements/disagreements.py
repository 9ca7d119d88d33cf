"""Where articles of a story say different things of one thing: figures, with both sentences and who says so.

Never more is claimed than stands there: two figures are set against each other only where they count the same thing
(``counting.same_thing``), and how they stand to each other is ``agreement``'s word. Copies of one text count once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from writethru.statements.agreement import Relation, agreement
from writethru.statements.counting import Claim, all_claims, same_thing
from writethru.statements.evidence import Account, Evidence, Read, evidence_of
from writethru.statements.measures import Measure
from writethru.statements.reading import Place, place_text

MOST_CLAIMS: Final = 300
"""Figures of one sort that are set against each other; later ones are left out, and counted."""
ORDER: Final = (Relation.CONFLICT, Relation.COMPATIBLE, Relation.REFINE, Relation.AGREE)
"""What readers are told first."""


@dataclass(frozen=True, slots=True)
class Position:
    """One answer to a question: the figures that claim exactly this.

    Attributes:
        written: as one of them writes it.
        groups: who prints it, copies of one text once.
    """

    written: str
    claims: tuple[Claim, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Who prints it."""
        return tuple(sorted({one.evidence.group for one in self.claims}))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who is said to say it, as named."""
        return tuple(sorted({one.evidence.speaker for one in self.claims} - {""}))


@dataclass(frozen=True, slots=True)
class Relating:
    """How two positions stand to each other, by the two sentences that show it.

    Attributes:
        one, other: numbers of the positions.
        shared: words by which the sentences count the same thing.
        finer: the number of the position that is the more exact, None where neither is.
    """

    one: int
    other: int
    relation: Relation
    reason: str
    finer: int | None
    sides: tuple[Claim, Claim]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """One thing that is counted, and what is said of it.

    Attributes:
        relation: the worst between any two positions.
        unnumbered: sentences beside these that say a figure is lower, higher or not given, without one.
    """

    what: str
    relation: Relation
    positions: tuple[Position, ...]
    relations: tuple[Relating, ...]
    unnumbered: tuple[Evidence, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Who prints any of it."""
        return tuple(sorted({group for position in self.positions for group in position.groups}))


@dataclass(frozen=True, slots=True)
class FigureQuestions:
    """All of a story.

    Attributes:
        left_out: figures that are more than are set against each other.
    """

    questions: tuple[FigureQuestion, ...]
    left_out: int


def figure_questions(accounts: Sequence[Account], told: Iterable[Claim] | None = None) -> FigureQuestions:
    """What several say of one thing, conflicts first; what one article says in one way is no question.

    ``told``: the figures of these articles (``all_claims``), where they were found already.
    """
    found: list[FigureQuestion] = []
    left_out = 0
    for claims in _buckets(all_claims(accounts) if told is None else told):
        left_out += max(0, len(claims) - MOST_CLAIMS)
        found += (question for cluster in _clusters(claims[:MOST_CLAIMS]) if (question := _question(cluster)))
    named = [_with_unnumbered(question, accounts) for question in found]
    named.sort(key=lambda one: (ORDER.index(one.relation), -len(one.groups), one.positions[0].claims[0].key))
    return FigureQuestions(tuple(named), left_out)


def _buckets(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Figures that might count the same thing at all."""
    found: dict[object, list[Claim]] = defaultdict(list)
    for one in claims:
        if not one.part:
            found[one.evidence.event, one.figure.measure, one.harm].append(one)
    for claims_ in found.values():
        yield sorted(claims_, key=lambda one: one.key)


Pair = tuple[Claim, Claim, tuple[str, ...]]
_Value = tuple[str, str, float, float]

_REVISED = re.compile(
    r"\b(?:rose|risen|rising|raised?|raising|revised?|revising|corrected|correction|lowered|updated|(?:up|down) from|"
    r"initial(?:ly)?|previous(?:ly)?|original(?:ly)?|contradict\w*|disput\w+|first (?:reported|said|put|thought)|"
    r"earlier|had (?:said|put|reported|given)|(?:other|some|another) (?:report|source|account|count|estimate)s?|"
    r"instead of|rather than|climbed|grew|grown|more than doubled)\b",
    re.IGNORECASE,
)
"""In a sentence that tells of two figures of one thing."""


def _printed_together(claims: Sequence[Claim]) -> frozenset[frozenset[_Value]]:
    """Values that one text prints side by side, of things it calls the same: who prints both counts two things.

    Two speakers may disagree in one text, and a figure may be told with an older one: neither says that.
    """
    found: set[frozenset[_Value]] = set()
    by_article: dict[int, list[Claim]] = defaultdict(list)
    for one in claims:
        by_article[one.evidence.article].append(one)
    for members in by_article.values():
        for one, other in combinations(members, 2):
            if _counts_two_things(one, other):
                found |= _both(one, other)
    return frozenset(found)


def _counts_two_things(one: Claim, other: Claim) -> bool:
    a, b = one.evidence, other.evidence
    if (one.figure.low, one.figure.high) == (
        other.figure.low,
        other.figure.high,
    ) or one.figure.unit != other.figure.unit:
        return False
    if not (a.version <= b.last and b.version <= a.last) or one.moot or other.moot:
        return False
    if one.noun != other.noun and not (one.figure.measure is Measure.SHARE and a.words == b.words):
        return False
    if (a.speaker and b.speaker and a.speaker != b.speaker) or (one.harm and bool(a.speaker) != bool(b.speaker)):
        return False
    if _REVISED.search(a.words) or _REVISED.search(b.words):
        return False
    return agreement(one.figure, other.figure).relation is Relation.CONFLICT


def _both(one: Claim, other: Claim) -> frozenset[frozenset[_Value]]:
    """The two values as one key, under the noun of either."""
    return frozenset(
        frozenset((noun, claim.figure.unit, claim.figure.low, claim.figure.high) for claim in (one, other))
        for noun in {one.noun, other.noun}
    )


def _clusters(claims: Sequence[Claim]) -> Iterator[list[Pair]]:
    """Pairs that count the same thing, those that hang together as one."""
    root = list(range(len(claims)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    pairs: list[tuple[int, Pair]] = []
    together = _printed_together(claims)
    for a, b in combinations(range(len(claims)), 2):
        same = same_thing(claims[a], claims[b])
        if same is not None and together.isdisjoint(_both(claims[a], claims[b])):
            root[find(b)] = find(a)
            pairs.append((a, (claims[a], claims[b], same.words)))
    grouped: dict[int, list[Pair]] = defaultdict(list)
    for a, pair in pairs:
        grouped[find(a)].append(pair)
    yield from grouped.values()


def _question(pairs: Sequence[Pair]) -> FigureQuestion | None:
    claims = sorted({id(one): one for pair in pairs for one in pair[:2]}.values(), key=lambda one: one.key)
    positions = _positions(claims)
    at = {id(one): number for number, position in enumerate(positions) for one in position.claims}
    relations: dict[tuple[int, int], Relating] = {}
    for one, other, shared in pairs:
        a, b = at[id(one)], at[id(other)]
        if a != b and (min(a, b), max(a, b)) not in relations:
            made = _relating((a, one), (b, other), shared)
            if made is not None:
                relations[made.one, made.other] = made
    if len({one.evidence.article for one in claims}) < 2 and not relations:
        return None
    worst = min((one.relation for one in relations.values()), key=ORDER.index, default=Relation.AGREE)
    ((what, _),) = Counter(one.what for one in claims).most_common(1)  # of two as common, the one printed first
    return FigureQuestion(what, worst, tuple(positions), tuple(relations[key] for key in sorted(relations)))


def _positions(claims: Sequence[Claim]) -> list[Position]:
    """By the exact claim, the position printed by most groups first."""
    found: dict[object, list[Claim]] = defaultdict(list)
    for one in claims:
        figure = one.figure
        found[figure.low, figure.high, figure.unit, figure.hedge].append(one)
    made = [Position(members[0].written, tuple(members)) for members in found.values()]
    return sorted(made, key=lambda one: (-len(one.groups), one.claims[0].key))


def _relating(one: tuple[int, Claim], other: tuple[int, Claim], shared: tuple[str, ...]) -> Relating | None:
    (a, first), (b, second) = sorted((one, other), key=lambda side: side[0])
    found = agreement(first.figure, second.figure)
    if found.relation is Relation.INCOMPARABLE:
        return None
    finer = None if found.finer is None else (a, b)[found.finer]
    return Relating(a, b, found.relation, found.reason, finer, (first, second), shared)


_UNNUMBERED = re.compile(
    r"\b(?:without (?:giving|naming|offering|providing) (?:a|any|an exact) (?:figure|number|estimate)|"
    r"(?:gave|give|given|named|offered|provided) no (?:figure|number)s?|"
    r"(?:did|would|does) not (?:give|name|offer|provide) (?:a|any|an exact) (?:figure|number))\b",
    re.IGNORECASE,
)


def _with_unnumbered(question: FigureQuestion, accounts: Sequence[Account]) -> FigureQuestion:
    """Sentences in the same paragraph, or the next, that speak of an estimate without giving it."""
    by_article = {account.article: account for account in accounts}
    found: dict[tuple[str, str], Evidence] = {}
    for position in question.positions:
        for claim in position.claims:
            account = by_article[claim.evidence.article]
            read = next(one for one in account.versions if one.number == claim.evidence.version)
            for evidence in _unnumbered_beside(account, read, claim):
                found.setdefault((evidence.group, evidence.words), evidence)
    if not found:
        return question
    unnumbered = tuple(sorted(found.values(), key=lambda one: one.key))
    return FigureQuestion(question.what, question.relation, question.positions, question.relations, unnumbered)


def _unnumbered_beside(account: Account, read: Read, claim: Claim) -> Iterator[Evidence]:
    for block in (claim.place.block, claim.place.block + 1):
        if not 0 <= block < len(read.text.blocks):
            continue
        match = _UNNUMBERED.search(place_text(read.text, block))
        after = match is not None and (block > claim.place.block or match.start() > claim.place.start)
        nearest = all(
            one.block < block or (match is not None and one.place.start > match.start())
            for one in read.reading.figures
            if (one.block, one.place.start) > (claim.place.block, claim.place.start)
        )
        if match is not None and after and nearest:
            yield evidence_of(account, read, Place(block, match.start(), match.end()))
            return
