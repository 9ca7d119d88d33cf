"""By when something is to be done, where texts name a span of time for it: "within 15 days", "a month after signing".

Two deadlines are of one thing where the same sort of duty is named and the sentences share the words of its object.
What they are counted from is kept as written and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from writethru.comparison.lexicon import listed
from writethru.statements.agreement import Relation
from writethru.statements.counted_sentence import folded, telling_words
from writethru.statements.counting import SHARED
from writethru.statements.evidence import Account, Evidence, Once, Read, evidence_of, speaker_of
from writethru.statements.reading import Place, TimeAt, place_text, sliced
from writethru.statements.time_context import TimeKind

DUTIES: Final = {
    "declare": listed(
        "declare declares declared declaration disclose disclosing disclosure accounting submit submits submitting "
        "list inventory details data report reporting"
    ),
    "destroy": listed("destroy destroyed destruction dismantle dismantled eliminate remove removed removal"),
    "leave": listed("leave withdraw withdrawn withdrawal evacuate vacate"),
    "pay": listed("pay paid payment repay repaid compensate compensation refund refunds"),
    "begin": listed("begin begins resume resumes reopen reopened launch"),
    "end": listed("end ends finish complete completed close closed stop halt"),
    "decide": listed("decide decision vote rule ruling approve approval answer respond"),
    "publish": listed("publish published publication release released"),
    "repair": listed("repair repaired repairs fix rebuild rebuilt replace replaced inspect inspected inspection"),
}
"""Sorts of duty, by their words."""
NEAR: Final = 90
"""Characters between the time and the word of the duty."""
_DAYS: Final = {"D": (1, 1), "W": (7, 7), "M": (28, 31), "Y": (365, 366)}
_SPAN: Final = re.compile(r"P(\d{1,4})([DWMY])")
_BY = re.compile(
    r"(?:\bwithin|\bin|\bbeginning|\bstarting|\bby|\bafter)\s+(?:the next |at least |another )?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TimeAllowed:
    """A span of time in which something is to be done (``due.Deadline`` is the phrase, and the day it falls on).

    Attributes:
        days: the least and the most days that the span means.
        written: the time and what it hangs on, as written.
        anchor: what it is counted from, "" where that is not said.
        duties: sorts of duty.
        about: further words of the sentence, folded.
    """

    days: tuple[int, int]
    written: str
    anchor: str
    place: Place
    evidence: Evidence
    duties: frozenset[str]
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class DeadlineQuestion:
    """One duty, and by when it is said to be due.

    Attributes:
        relation: conflict where two spans have no number of days in common, else agree.
        shared: words by which they are of one thing.
    """

    duty: str
    relation: Relation
    reason: str
    deadlines: tuple[TimeAllowed, ...]
    shared: tuple[str, ...]


def times_allowed_in(account: Account) -> list[TimeAllowed]:
    """Of all versions of an article, each once, by place."""
    found = Once[TimeAllowed](account)
    for read in account.versions:
        for one in read.reading.times:
            allowed = _time_allowed(account, read, one)
            if allowed is None:
                continue
            key = allowed.evidence.words, allowed.place.start - allowed.evidence.place.start
            if found.is_new(key, read):
                found.keep(key, allowed)
    return sorted(found.things, key=lambda one: (one.evidence.key, one.place.start))


MOST: Final = 300


def deadline_questions(accounts: Sequence[Account]) -> list[DeadlineQuestion]:
    """Duties for which more than one article, or more than one span, is named; conflicts first."""
    listed_ = [one for account in accounts for one in times_allowed_in(account)][:MOST]
    groups: list[list[TimeAllowed]] = []
    for one in listed_:
        home = next((group for group in groups if any(_one_thing(one, other) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    made = [_question(group) for group in groups if len(group) > 1]
    return sorted(made, key=lambda one: (one.relation is not Relation.CONFLICT, one.deadlines[0].evidence.key))


def _one_thing(one: TimeAllowed, other: TimeAllowed) -> bool:
    same_event = one.evidence.event == other.evidence.event
    return same_event and bool(one.duties & other.duties) and len(one.about & other.about) >= SHARED


def _question(group: Sequence[TimeAllowed]) -> DeadlineQuestion:
    apart = [(a, b) for a, b in combinations(group, 2) if a.days[1] < b.days[0] or b.days[1] < a.days[0]]
    duties = frozenset.intersection(*(one.duties for one in group)) or group[0].duties
    shared = frozenset.intersection(*(one.about for one in group)) or group[0].about & group[1].about
    if apart:
        a, b = apart[0]
        reason = f"{a.written} and {b.written}: no number of days is both{_counted_from(a, b)}"
    else:
        reason = "the spans have days in common"
    relation = Relation.CONFLICT if apart else Relation.AGREE
    return DeadlineQuestion(min(duties), relation, reason, tuple(group), tuple(sorted(shared)))


def _counted_from(one: TimeAllowed, other: TimeAllowed) -> str:
    if one.anchor and other.anchor and folded(one.anchor) == folded(other.anchor):
        return ""
    return "; what they are counted from is not the same, or not said"


def _time_allowed(account: Account, read: Read, one: TimeAt) -> TimeAllowed | None:
    spanned = _SPAN.fullmatch(one.time.value)
    text = place_text(read.text, one.block)
    before = text[max(0, one.place.start - 30) : one.place.start]
    if one.time.kind is not TimeKind.DURATION or spanned is None:
        return None
    inner = text[one.place.start : one.place.start + 8].lower().startswith(("within", "in "))
    if not (inner or _BY.search(before) or one.time.anchor.startswith("after")):
        return None
    evidence = evidence_of(account, read, one.place, speaker_of(read, one.place))
    start, end = max(evidence.place.start, one.place.start - NEAR), one.place.end + NEAR
    near = {word.lower() for word in re.findall(r"\w+", text[start : min(end, evidence.place.end)])}
    duties = frozenset(name for name, words in DUTIES.items() if near & words)
    if not duties:
        return None
    count, (least, most) = int(spanned[1]), _DAYS[spanned[2]]
    return TimeAllowed(
        days=(count * least, count * most),
        written=" ".join(f"{sliced(read.text, one.place)} {one.time.anchor}".split()),
        anchor=one.time.anchor,
        place=one.place,
        evidence=evidence,
        duties=duties,
        about=telling_words(evidence.words),
    )
