"""Commitments: who will do what, to whom, by when, on what condition, and who says so.

A commitment is read inside one sentence of one paragraph, so that only changed paragraphs need to be read again; every
part is a slice of the text. What cannot be told is left out: nobody is made up to be bound by "the bridge will be
repaired". English only: a text in another language has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from writethru.statements import promises
from writethru.statements.attributed import Attribution
from writethru.statements.attribution import LONGEST_PARAGRAPH
from writethru.statements.commitment_clauses import Clause, Told, clauses
from writethru.statements.due import Deadline, Reach, deadlines_in
from writethru.statements.promises import Force
from writethru.text.characters import plain_spaces
from writethru.text.sentences import sentence_spans
from writethru.text.tokens import Span

MOST_COMMITMENTS = 500
"""Of one text; later ones are left out."""
SURE = 0.5
"""Confidence below which nothing is returned."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Somebody is bound to do something.

    Attributes:
        who: who is bound, as written ("he", "the council"); None where the text does not say.
        trigger: the words that bind ("will", "agreed to", "demands that").
        deed: what is to be done, from its verb to the end of the clause, without a deadline or condition at its end.
        to_whom: to or with whom, inside the deed; None where nobody is named.
        deadline: by when, None where the text does not say.
        condition: the words on which it hangs, with the first of them ("if …"); None where it hangs on nothing.
        force: promised, planned, expected or demanded.
        negated: bound not to do it.
        asked_by: who demands it, None where nobody is named or nothing is demanded.
        step: 1, 2, … where the text lists deeds in order ("join …, declare … and finally arrange …"), else 0.
        said_by: index of the attribution whose content holds it, None for the text's own words.
        sentence: the sentence it stands in.
        confidence: 0 to 1; a rule's own measure, not a probability.
    """

    who: Span | None
    trigger: Span
    deed: Span
    to_whom: Span | None
    deadline: Deadline | None
    condition: Span | None
    force: Force
    negated: bool
    asked_by: Span | None
    step: int
    said_by: int | None
    sentence: Span
    confidence: float


class _Around(NamedTuple):
    sentence: Span
    deadlines: Sequence[Deadline]
    told: Sequence[Told]


_PAST_CUE = re.compile(r"(?:said|told|added|wrote|announced|warned|vowed|insisted|\w+ed)\b", re.IGNORECASE)


def commitments_in(text: str, written: date | None, attributions: Sequence[Attribution] = ()) -> list[Commitment]:
    """The commitments of an English text, in order.

    Args:
        written: the day of writing, for deadlines; None leaves relative ones without a day.
        attributions: those of the same text, for ``said_by`` and to read "would" of reported speech.
    """
    text = plain_spaces(text)
    told = [
        Told(span, at, one.source, one.cue is not None and _PAST_CUE.match(text, one.cue.start) is not None)
        for at, one in enumerate(attributions)
        for span in one.content
    ]
    found: list[Commitment] = []
    for line in re.finditer(r"[^\n]+", text):
        if len(found) >= MOST_COMMITMENTS:
            break
        found += _paragraph(text, Span(*line.span()), written, told)
    return found[:MOST_COMMITMENTS]


def _paragraph(text: str, line: Span, written: date | None, told: Sequence[Told]) -> list[Commitment]:
    paragraph = text[line.start : min(line.end, line.start + LONGEST_PARAGRAPH)]
    if not _MAY_BIND.search(paragraph):
        return []
    here = [one for one in told if one.content.start < line.end and one.content.end > line.start]
    bound: list[tuple[Span, list[Told], list[Clause]]] = []
    for start, end in sentence_spans(paragraph):
        sentence = Span(start + line.start, end + line.start)
        near = [one for one in here if one.content.start < sentence.end and one.content.end > sentence.start]
        mine = list(clauses(text, sentence, near))
        if mine:
            bound.append((sentence, near, mine))
    deadlines = [_moved(one, line.start) for one in deadlines_in(paragraph, written)] if bound else []
    found: list[Commitment] = []
    for sentence, near, mine in bound:
        around = _Around(sentence, [d for d in deadlines if sentence.start <= d.span.start < sentence.end], near)
        made = [one for clause in mine for one in _commitments(text, clause, around)]
        found += _apart([one for one in made if one.confidence >= SURE])
    return found


_MAY_BIND = re.compile(
    r"\b(?:will|shall|would|won|wouldn|to|must|demand\w*|require\w*|insist\w*)\b|['’]ll\b", re.IGNORECASE
)
"""A paragraph without any of these binds nobody."""


def _moved(deadline: Deadline, by: int) -> Deadline:
    """A deadline of a paragraph, in the places of the text."""
    time = deadline.time and replace(
        deadline.time, span=Span(deadline.time.span.start + by, deadline.time.span.end + by)
    )
    anchor = deadline.anchor and Span(deadline.anchor.start + by, deadline.anchor.end + by)
    span = Span(deadline.span.start + by, deadline.span.end + by)
    return replace(deadline, span=span, anchor=anchor, time=time)


def _commitments(text: str, clause: Clause, around: _Around) -> Iterator[Commitment]:
    """One commitment of a clause, or one for each step of a list."""
    inside = next((one for one in around.told if one.content.start <= clause.deed < one.content.end), None)
    end = _clause_end(
        text, clause.deed, min(around.sentence.end, inside.content.end if inside else around.sentence.end)
    )
    whole = _cut(text, clause, Span(clause.deed, end), around, inside)
    steps = _steps(text, whole.deed)
    for number, deed in enumerate(steps, 1):
        last = number == len(steps)
        yield replace(
            whole, deed=deed, step=number if len(steps) > 1 else 0, to_whom=_to_whom(text, deed),
            deadline=whole.deadline if last or len(steps) == 1 else None,
        )  # fmt: skip


def _clause_end(text: str, deed: int, limit: int) -> int:
    at = deed
    while at < limit and text[at].isalpha():
        at += 1
    for match in promises.ENDS.finditer(text, at, limit):
        if match["quote"] is None or text.count("“", deed, match.start()) == text.count("”", deed, match.start()):
            return match.start()
    return limit


def _cut(text: str, clause: Clause, body: Span, around: _Around, inside: Told | None) -> Commitment:
    """The deed without what stands at its end: its condition and its deadline."""
    condition, end = _condition(text, clause, body, around)
    deadline = _deadline(text, clause, Span(body.start, end), around)
    if deadline is not None and body.start < deadline.span.start < end:
        behind = text[deadline.span.end : end].strip()
        if len(behind) < 2 or behind.startswith(","):
            end = deadline.span.start
    deed = _bare(text, body.start, end)
    sure = clause.confidence + (0.1 if deadline is not None else 0)
    return Commitment(
        clause.who, clause.trigger, deed, None, deadline, condition, clause.force, clause.negated, clause.asked_by, 0,
        inside.number if inside else None, around.sentence, round(min(sure, 0.95), 2),
    )  # fmt: skip


def _condition(text: str, clause: Clause, body: Span, around: _Around) -> tuple[Span | None, int]:
    """The condition behind the deed or at the head of the sentence, and where the deed ends."""
    match = promises.CONDITION.search(text, body.start, body.end)
    if match is not None and match.start() > body.start:
        cut = _OWN_CLAUSE.search(text, match.end(), body.end)
        return _bare(text, match.start("sign"), cut.start() if cut else body.end), match.start()
    start = max(around.sentence.start, text.rfind(";", around.sentence.start, clause.trigger.start) + 1)
    head = _HEAD.match(text, start, clause.trigger.start)
    if head is None and clause.who is not None:
        head = _HEAD_ALONE.match(text, start, clause.who.start)
    return (_bare(text, *head.span("all")) if head else None), body.end


_OWN_CLAUSE = re.compile(r", (?:will|would|shall|must|won['’]t)\b")
"""Behind a condition: what is done on it ("and, *if that fails*, will ask")."""
_HEAD = re.compile(
    r"\s*[“\"‘']?(?:[Bb]ut |[Aa]nd )?(?P<all>(?:[Ii]f|[Uu]nless|[Oo]nce|[Pp]rovided|[Pp]roviding|As long as|So long as|"
    r"Should|[Oo]nly if|Assuming)\s[^.;]{4,160}?),"
)


_HEAD_ALONE = re.compile(r"\s*[“\"‘']?(?:[Bb]ut |[Aa]nd )?(?P<all>(?:[Ii]f|[Uu]nless|[Oo]nce)\s[^,.;]{4,120}?)\s$")
"""The same without a comma, right before who is bound."""


def _deadline(text: str, clause: Clause, body: Span, around: _Around) -> Deadline | None:
    """The deadline in the deed, or at the head of the sentence; of several the one that bounds it most clearly."""
    behind = [one for one in around.deadlines if body.start < one.span.start < body.end]
    if clause.negated:
        behind = [one for one in behind if one.reach is not Reach.BY]  # "will not be restored before Friday"
    between = [one for one in around.deadlines if clause.trigger.end <= one.span.start < body.start]
    ahead = [one for one in around.deadlines if one.span.end <= clause.trigger.start and _at_head(one, clause, around)]
    past = _PAST_TRIGGER.match(text, clause.trigger.start)
    long_ago = past and _LONG_AGO.search(text, around.sentence.start, clause.trigger.start)
    for group in (behind, between, () if past else ahead):
        if group:
            found = min(group, key=lambda one: (_CLEAR[one.reach], one.span.start))
            return replace(found, due=None) if long_ago and found.time and found.time.relative else found
    return None


_PAST_TRIGGER = re.compile(r"(?:(?:has|have|had) )?(?:\w+ly )?(?:(?!expected|scheduled)\w+ed|undertook|swore|told)\b")
"""It was promised or asked on the day at the head of the sentence, and is not due then ("*On Friday* he agreed to")."""
_LONG_AGO = re.compile(
    r"\b(?:[Ll]ast (?:year|month|spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)|[Ii]n \d{4}|(?:weeks|months|years?) ago)\b"
)
"""A promise told with this is not counted from the day of writing: which month is meant is not read."""


_CLEAR = {Reach.BY: 0, Reach.WITHIN: 1, Reach.ON: 2, Reach.FROM: 2, Reach.UNTIL: 3}


def _at_head(deadline: Deadline, clause: Clause, around: _Around) -> bool:
    """Does it stand before the one who is bound, at the head of the sentence or of what was said?"""
    heads = [around.sentence.start, *(one.content.start for one in around.told)]
    before = clause.who is None or deadline.span.end <= clause.who.start
    return before and any(0 <= deadline.span.start - head <= 6 for head in heads)


def _steps(text: str, deed: Span) -> list[Span]:
    """The deeds of a list of three or more, or of two with "then"; else the deed itself."""
    cuts = [m for m in promises.STEP.finditer(text, *deed) if m["verb"] in promises.DEEDS]
    ordered = any(word in text[slice(*deed)] for word in (" then ", " finally ", " lastly ", " eventually "))
    if len(cuts) < 2 and not (cuts and ordered):
        return [deed]
    starts = [deed.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), deed.end]
    return [_bare(text, start, end) for start, end in zip(starts, ends, strict=True)]


def _to_whom(text: str, deed: Span) -> Span | None:
    for pattern in promises.TO_WHOM:
        match = pattern.match(text, *deed)
        if match is not None:
            return Span(*match.span("whom"))
    return None


def _bare(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,;:“\"‘'":
        start += 1
    while end > start and text[end - 1] in " ,;:.!”\"’'–—-":
        end -= 1
    joined = _JOINED.search(text, start, end)
    return Span(start, joined.start() if joined else end)


_JOINED = re.compile(r",? (?:and|or|but)$")
"""At the end of what was cut: it joined what is left out."""


def _apart(found: Sequence[Commitment]) -> list[Commitment]:
    """One commitment a deed: of those that begin within each other the surest, then the first trigger."""
    kept: list[Commitment] = []
    for one in sorted(found, key=lambda c: (-c.confidence, c.deed.start)):
        if one.deed.end > one.deed.start and not any(_same_deed(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda c: (c.deed.start, c.step))


def _same_deed(one: Commitment, other: Commitment) -> bool:
    return one.deed.start < other.deed.end and other.deed.start < one.deed.end


_LENGTH = re.compile(r"\b(?:days?|weeks?|months?|years?|hours?|fortnight)\b")


def was_offered_once(text: str, one: Commitment) -> bool:
    """ "A bidder had offered to start within six weeks": weeks from then, and not from the day of writing.

    In reported speech ("said they had agreed to meet in two weeks") they are from when that was said.
    """
    if one.deadline is None or one.said_by is not None or not text[slice(*one.trigger)].lower().startswith("had "):
        return False
    return _LENGTH.search(text[slice(*one.deadline.span)]) is not None
