"""Which quotations are the same utterance, who printed it how, who first, and who dropped a qualification.

Printings are taken from the longest to the shortest; each joins the utterance whose fullest printing it shares most
with, or begins one of its own. The fullest printings are found by the rows of three words they share, so that
thousands of quotations cost little more than their length, and the order in which they come makes no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from writethru.comparison.edits import Kind
from writethru.statements.identity import NO_RULINGS, Rulings
from writethru.statements.quote_words import QuoteWord, words_of
from writethru.statements.renderings import Difference, Form, Match, Printed, matched
from writethru.text.sentences import sentence_spans
from writethru.text.tokens import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """One printing of somebody's words.

    Attributes:
        key: names it; no two quotes have the same one.
        text: the words, without quotation marks around them.
        speaker: canonical name, "" where it is not known.
        at: when it was seen, in any one unit of time; None where that is not known.
        group: who printed it: copies of one text are one group, else the outlet.
    """

    key: str
    text: str
    speaker: str = ""
    at: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A printing of an utterance, against its fullest one.

    Attributes:
        quote: the printing.
        form: same, trimmed, spliced or altered.
        differences: the words that differ, for an altered one.
        beyond: characters of its text that go on past an end of the fullest.
        share: shared words, as a share of what could be shared, 0 to 1: how sure it is that this is one utterance.
    """

    quote: Quote
    form: Form
    differences: tuple[Difference, ...]
    beyond: tuple[Span, ...]
    share: float

    @property
    def moves(self) -> tuple[Kind, ...]:
        """What the differences change in what is said."""
        return tuple(sorted({kind for one in self.differences for kind in one.moves}))


@dataclass(frozen=True, slots=True)
class Dropped:
    """A qualification that a group left out of its quotation, while it printed words of the same sentence.

    Attributes:
        group: who left it out.
        quote: the printing in which the qualification stands.
        words: the stretch that the group did not print, in that printing.
        sign: what makes it a qualification ("if", "perhaps"), in that printing.
    """

    group: str
    quote: Quote
    words: Span
    sign: Span


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words that somebody said once, in all their printings.

    Attributes:
        fullest: the printing with the most words.
        renderings: all printings, the fullest too, by time seen and key.
        dropped: qualifications left out, by group.
    """

    fullest: Quote
    renderings: tuple[Rendering, ...]
    dropped: tuple[Dropped, ...]

    @property
    def key(self) -> str:
        """The key of the fullest printing."""
        return self.fullest.key

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names it is attributed to, in order; more than one where the printings disagree."""
        return tuple(sorted({one.quote.speaker for one in self.renderings} - {""}))

    @property
    def groups(self) -> tuple[str, ...]:
        """Who printed it."""
        return tuple(sorted({one.quote.group for one in self.renderings}))

    @property
    def first(self) -> tuple[Quote, ...]:
        """The printing that was seen first; several where they were seen at once, none where no time is known."""
        times = [one.quote.at for one in self.renderings if one.quote.at is not None]
        return tuple(one.quote for one in self.renderings if times and one.quote.at == min(times))

    @property
    def altered(self) -> tuple[Rendering, ...]:
        """The printings in which words of the speaker differ."""
        return tuple(one for one in self.renderings if one.form is Form.ALTERED)


class _Printing(NamedTuple):
    quote: Quote
    printed: Printed
    said: tuple[str, ...]


GRAM = 3
"""Words that two printings must share in a row to be set against each other."""
HOLDERS = 24
"""Fullest printings that are remembered for one row of words; what more share is a stock phrase."""
LOOKED_AT = 6
"""Fullest printings that one is set against, those that share most first."""
SHORT = 4
"""A printing of at most so many words is told by its speaker, who must be known, and by all of its words."""
ALIKE, ALIKE_SHORT = 0.68, 0.74
"""Share of words by which printings of one or an unknown speaker are one utterance; of less than ten words."""
ALIKE_APART = 0.86
"""The same where two names are given for the speaker."""
ENOUGH, ENOUGH_APART = 20, 45
"""Weight of shared words (``Match.weight``) that is asked for; where two names are given for the speaker."""


def utterances(quotes: Sequence[Quote], rulings: Rulings = NO_RULINGS) -> list[Utterance]:
    """The utterances behind some quotations, those printed most first.

    Each quotation is in exactly one utterance, one without a word in none. The result does not depend on the order of
    ``quotes``; keys must differ. ``rulings``: what an editor says of pairs of them, whatever their words.
    """
    found = _Found(rulings.apart)
    for printing in sorted(filter(None, map(_printing, quotes)), key=_fullness):
        found.place(printing)
    for pair in rulings.same:
        found.join(*pair)
    made = [_utterance(members) for members in found.members]
    return sorted(made, key=lambda one: (-len(one.renderings), one.key))


def _printing(quote: Quote) -> _Printing | None:
    words = words_of(quote.text)
    said = tuple(word.same for word in words if not word.inserted)
    return _Printing(quote, Printed(quote.text, words), said) if said else None


def _fullness(one: _Printing) -> tuple[int, int, tuple[str, ...], str, str]:
    """The longest first; of equal ones that without an ellipsis, then the one that sorts first."""
    broken = sum(word.broken or word.inserted for word in one.printed.words)
    return -len(one.said), broken, one.said, one.quote.text, one.quote.key


class _Found:
    """Utterances while they are gathered; ``members[k][0]`` is the fullest of the k-th."""

    def __init__(self, apart: frozenset[frozenset[str]]) -> None:
        self.members: list[list[tuple[_Printing, Match]]] = []
        self._apart = apart
        self._holders: dict[tuple[str, ...], list[int]] = {}

    def place(self, printing: _Printing) -> None:
        """Put a printing into the utterance it belongs to, or begin one."""
        best: tuple[float, int, Match] | None = None
        for at in self._candidates(printing):
            fullest = self.members[at][0][0]
            match = matched(fullest.printed, printing.printed)
            if match is not None and _is_one(fullest, printing, match) and not self._are_apart(at, [printing]):
                score = match.weight * match.share
                if best is None or score > best[0]:
                    best = score, at, match
        if best is not None:
            self.members[best[1]].append((printing, best[2]))
        else:
            self._begin(printing)

    def join(self, one: str, other: str) -> None:
        """Make one utterance of those that hold two keys, unless two of their printings are ruled apart."""
        homes = [at for at, held in enumerate(self.members) if {p.quote.key for p, _ in held} & {one, other}]
        if len(homes) != 2 or self._are_apart(homes[0], [printing for printing, _ in self.members[homes[1]]]):
            return
        held = sorted((p for at in homes for p, _ in self.members[at]), key=_fullness)
        self.members[homes[0]] = [(printing, _against(held[0], printing)) for printing in held]
        del self.members[homes[1]]

    def _are_apart(self, at: int, others: Sequence[_Printing]) -> bool:
        held = [printing.quote.key for printing, _ in self.members[at]] if self._apart else ()
        return any(frozenset((key, other.quote.key)) in self._apart for key in held for other in others)

    def _begin(self, printing: _Printing) -> None:
        at = len(self.members)
        words = tuple(range(len(printing.printed.words)))
        self.members.append([(printing, Match(Form.SAME, (), words, (), 0, 1.0))])
        for gram in _grams(printing):
            holders = self._holders.setdefault(gram, [])
            if len(holders) < HOLDERS:
                holders.append(at)

    def _candidates(self, printing: _Printing) -> list[int]:
        """Utterances that share most rows of words, a row the more the fewer hold it; the one begun first of equals."""
        scores: Counter[int] = Counter()
        for gram in _grams(printing):
            holders = self._holders.get(gram, ())
            for at in holders:
                scores[at] += 1 + HOLDERS // len(holders)
        return sorted(scores, key=lambda at: (-scores[at], at))[:LOOKED_AT]


def _against(fullest: _Printing, other: _Printing) -> Match:
    """How a printing that is ruled to be of an utterance stands to its fullest: in other words, if it shares none."""
    match = matched(fullest.printed, other.printed)
    if match is not None:
        return match
    whole = Difference(Span(0, len(fullest.quote.text)), Span(0, len(other.quote.text)))
    return Match(Form.ALTERED, (whole,), (), (), 0, 0.0)


def _grams(printing: _Printing) -> Iterator[tuple[str, ...]]:
    """Rows of words of a printing, and all shorter ones under the speaker's name."""
    said = printing.said
    yield from dict.fromkeys(zip(*(said[k:] for k in range(GRAM)), strict=False))
    if printing.quote.speaker:
        yield from dict.fromkeys((printing.quote.speaker, "", *pair) for pair in pairwise(said))
        if len(said) == 1:
            yield (printing.quote.speaker, "", *said)


def _is_one(fullest: _Printing, other: _Printing, match: Match) -> bool:
    """Are two printings of one utterance?"""
    speakers = {fullest.quote.speaker, other.quote.speaker}
    if len(other.said) <= SHORT:
        whole = match.form in (Form.SAME, Form.TRIMMED) and not match.beyond
        return whole and len(speakers) == 1 and "" not in speakers
    if len(speakers - {""}) == 2:
        return match.share >= ALIKE_APART and match.weight >= ENOUGH_APART
    return match.share >= (ALIKE if len(other.said) >= 10 else ALIKE_SHORT) and match.weight >= ENOUGH


def _utterance(members: Sequence[tuple[_Printing, Match]]) -> Utterance:
    renderings = [Rendering(p.quote, m.form, m.differences, m.beyond, m.share) for p, m in members]
    renderings.sort(key=lambda one: (one.quote.at is None, one.quote.at or 0, one.quote.key))
    return Utterance(members[0][0].quote, tuple(renderings), tuple(_dropped(members)))


_QUALIFIES = re.compile(
    r"\b(?:if|unless|provided|providing|as long as|so long as|(?<!not )only|until|except|but|however|although|though|"
    r"whereas|may|might|could|perhaps|probably|possibly|likely|almost|not yet|maybe|"
    r"at this (?:point|stage|time|moment)|in (?:our|my) (?:judgment|judgement|view|opinion)|"
    r"(?:we|i) (?:believe|think|hope|suspect)|as far as|to the best of|in principle|for now|so far|on condition)\b",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\bnot (?:only|just|merely|simply)\b", re.IGNORECASE)
""" "Not only this but that" adds, and takes nothing back."""


def _dropped(members: Sequence[tuple[_Printing, Match]]) -> Iterator[Dropped]:
    """What each group left out of a sentence of which it printed words, where that qualifies what it printed."""
    fullest = members[0][0]
    printed: dict[str, set[int]] = {}
    for printing, match in members:
        printed.setdefault(printing.quote.group, set()).update(match.covered)
    for group in sorted(printed):
        for first, after in _left_out(fullest.printed, printed[group]):
            yield from _qualifying(group, fullest, Span(first, after))
    for printing, match in members[1:]:
        if printing.quote.group != fullest.quote.group:
            for span in match.beyond:
                yield from _qualifying(fullest.quote.group, printing, span)


def _left_out(printed: Printed, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Characters not printed, of sentences of which something was printed, or that begin with "But" behind one."""
    words = printed.words
    before = False
    for start, end in sentence_spans(printed.text):
        inside = [at for at, word in enumerate(words) if start <= word.start < end]
        some = any(at in covered for at in inside)
        if some or (before and inside and words[inside[0]].same in ("but", "however", "although")):
            yield from _runs(words, [at for at in inside if at not in covered])
        before = some


def _runs(words: Sequence[QuoteWord], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for k, at in enumerate(places):
        first = at if first is None else first
        if k + 1 == len(places) or places[k + 1] != at + 1:
            yield words[first].start, words[at].end
            first = None


def _qualifying(group: str, stands_in: _Printing, span: Span) -> Iterator[Dropped]:
    text = stands_in.quote.text
    sign = _QUALIFIES.search(text, *span)
    if sign is not None and not (sign.group().lower() == "but" and _ADDS.search(text, span.start, sign.start())):
        yield Dropped(group, stands_in.quote, span, Span(*sign.span()))
