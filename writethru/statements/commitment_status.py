"""What became of a commitment: which others are the same one, and what later sentences say of it.

A status other than open or unknown is given only with the sentence that says so. A day that has passed without a word
is ``unknown``: nobody is said to have broken a promise because we read nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from writethru.comparison.lexicon import listed
from writethru.statements.calendar import Days
from writethru.statements.commitments import Commitment
from writethru.statements.due import deadlines_in
from writethru.text.tokens import Span, word_spans


class State(StrEnum):
    """What is known of a commitment."""

    OPEN = "open"
    """Its day has not passed, and no later sentence says that it is done with; or a later sentence repeats it."""
    KEPT = "kept"
    BROKEN = "broken"
    SUPERSEDED = "superseded"
    """Another day or another deed has taken its place."""
    CONTRADICTED = "contradicted"
    """Who is bound, or another source, says that there is no such commitment."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment in words of its own, apart from its text: what is kept and compared.

    Attributes:
        who: canonical name where it is known, else as written; "" for nobody.
        deed: the words of the deed.
        to_whom: "" for nobody.
        due: the days on which the last moment falls, None where they are not known.
        anchor: words of the event that the deadline hangs on, "" for none.
        negated: bound not to do it.
    """

    who: str
    deed: str
    to_whom: str = ""
    due: Days | None = None
    anchor: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A sentence of a later text, with the day it was written."""

    text: str
    written: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a later sentence: which one, and where in it."""

    sentence: int
    span: Span


@dataclass(frozen=True, slots=True)
class Status:
    """What is known, by which words, and why in words for people; no evidence only for open and unknown."""

    state: State
    evidence: tuple[Evidence, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Sameness:
    """Are two commitments one, do their deadlines disagree, and why."""

    same: bool
    deadlines_differ: bool
    reason: str


def promise_of(text: str, commitment: Commitment, who: str = "") -> Promise:
    """A commitment of a text; ``who``: the canonical name, where the caller knows it."""

    def words(span: Span | None) -> str:
        return text[slice(*span)] if span else ""

    deadline = commitment.deadline
    return Promise(
        who or words(commitment.who), words(commitment.deed), words(commitment.to_whom),
        deadline.due if deadline else None, words(deadline.anchor) if deadline else "", commitment.negated,
    )  # fmt: skip


_LIGHT = listed(
    "a an the of to in on at by for from with and or its his her their it he she they this that these those all",
    "any new more as into",
    "be been is are was were will would have has had do does did not up out about over under again also then",
    "finally next who",
)
_FORMS = (
    "met:meet sent:send gave:give given:give began:begin begun:begin paid:pay left:leave held:hold "
    "brought:bring took:take taken:take made:make built:build sold:sell told:tell withdrew:withdraw "
    "withdrawn:withdraw wrote:write written:write spoke:speak spoken:speak went:go gone:go came:come done:do "
    "found:find flew:fly flown:fly kept:keep led:lead shown:show spent:spend stood:stand saw:see seen:see "
    "ran:run drew:draw drawn:draw rebuilt:rebuild chose:choose chosen:choose broke:break broken:break "
    "lent:lend taught:teach publication:publish payment:pay payments:pay resignation:resign talks:talk "
    "withdrawal:withdraw delivery:deliver submission:submit declaration:declare repayment:repay "
    "departure:leave sale:sell destruction:destroy removal:remove reopening:reopen opening:open closure:close "
    "signature:sign meeting:meet trial:try arrival:arrive apology:apologise apologize:apologise "
    "apologized:apologise accounting:account stocks:stockpile stock:stockpile "
)
_PAST = dict(pair.split(":") for pair in _FORMS.split())
"""Forms that no ending gives, and nouns of deeds."""
_ENDINGS = (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
ALIKE = 0.5
"""Share of the deed's words that two commitments, or a later sentence, must have in common."""


def same_commitment(one: Promise, other: Promise) -> Sameness:
    """Are two commitments one: the same body bound to the same deed? Their deadlines may differ."""
    if one.negated != other.negated:
        return Sameness(False, False, "one is bound to do it, the other not to do it")
    if one.who and other.who and not _same_name(one.who, other.who):
        return Sameness(False, False, f"bound are {one.who} and {other.who}")
    a, b = stems(one.deed), stems(other.deed)
    shared = a & b
    if not shared or len(shared) < ALIKE * min(len(a), len(b)) or (len(shared) == 1 and min(len(a), len(b)) > 1):
        return Sameness(False, False, "other deeds")
    differ = one.due is not None and other.due is not None and _apart(one.due, other.due)
    differ = differ or bool(one.anchor and other.anchor and not stems(one.anchor) & stems(other.anchor))
    return Sameness(True, differ, "the same deed: " + ", ".join(sorted(shared)))


def grouped(promises: Sequence[Promise]) -> list[list[int]]:
    """Indices of the promises that are one, each group and the groups in order; its first holds a group together."""
    groups: list[list[int]] = []
    by_stem: dict[str, list[int]] = {}
    for at, promise in enumerate(promises):
        near = sorted({k for stem in stems(promise.deed) for k in by_stem.get(stem, ())})
        home = next((k for k in near if same_commitment(promises[groups[k][0]], promise).same), None)
        if home is not None:
            groups[home].append(at)
            continue
        for stem in stems(promise.deed):
            by_stem.setdefault(stem, []).append(len(groups))
        groups.append([at])
    return groups


def stems(words: str) -> frozenset[str]:
    """The words of a deed in the forms in which they are compared."""
    found = (words[start:end].lower().removesuffix("'s").removesuffix("’s") for start, end in word_spans(words))
    return frozenset(_stem(word) for word in found if word not in _LIGHT)


def _stem(word: str) -> str:
    if word in _PAST:
        return _PAST[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    return word.removesuffix("e")


def _same_name(one: str, other: str) -> bool:
    """ "Kerry" and "John Kerry"; two pronouns tell nothing and are not the same."""
    a, b = stems(one), stems(other)
    return bool(a and b) and (a <= b or b <= a)


def _apart(one: Days, other: Days) -> bool:
    return one.last < other.first or other.last < one.first


class _Sign(NamedTuple):
    """Words that tell what became of a deed."""

    state: State
    pattern: re.Pattern[str]
    says: str


_SIGNS = (
    _Sign(State.CONTRADICTED, re.compile(
        r"\b(?:denied|denies|deny|never (?:agreed|promised|said|pledged|offered)|no (?:such )?(?:promise|agreement|"
        r"commitment|plans?|pledge|deal)|"
        r"did not (?:agree|promise|pledge)|not (?:agreed|promised) to|contradict(?:ed|s))\b", re.IGNORECASE),
        "says that there is no such commitment"),
    _Sign(State.SUPERSEDED, re.compile(
        r"\b(?:postpone[ds]?|postponing|put (?:off|back)|delay(?:ed|s)?|rescheduled|moved (?:to|back|forward)|"
        r"pushed back|brought forward|"
        r"extended|extension|cancel(?:l?ed|s)|called off|scrapped|abandoned|dropped|replaced (?:by|with)|instead|"
        r"new (?:date|deadline)|suspended)\b",
        re.IGNORECASE), "says that another day or plan has taken its place"),
    _Sign(State.BROKEN, re.compile(
        r"\b(?:failed to|fails to|did not|didn['’]t|has not|have not|hasn['’]t|haven['’]t|had not|missed|"
        r"refused to|refuses to|broke (?:its|his|her|their|the)|"
        r"broken (?:its|his|her|their|the)|reneged|backed out|went back on|without (?:having )?|"
        r"never)\b", re.IGNORECASE),
        "says that it was not done"),
)  # fmt: skip
_STILL = re.compile(
    r"\b(?:will|would|still|plans? to|is due to|are due to|is to|are to|intends? to|promises? to|"
    r"remains?|going to)\b"
)
_UNREAL = re.compile(
    r"\b(?:if|whether|could|might|may|unless|would|until|asked|urged|demanded|accused|hopes?|"
    r"wants?|before)\b"
)
_IF = re.compile(r"\b(?:if|whether|unless)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|been|already|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"yesterday|today)\b"
)


def status_of(promise: Promise, later: Sequence[Later], today: date | None = None) -> Status:
    """What became of a promise, by what later sentences say; the last sentence that says something decides.

    Args:
        later: sentences of texts written after it, in order of time.
        today: for ``open``; None leaves a promise without evidence unknown.
    """
    found: list[tuple[State, Evidence, str]] = []
    for number, sentence in enumerate(later):
        said = _told_of(promise, sentence)
        if said is not None:
            found.append((said[0], Evidence(number, said[1]), said[2]))
    decisive = [row for row in found if row[0] is not State.OPEN]
    if decisive or found:
        state, _, reason = (decisive or found)[-1]
        return Status(state, tuple(evidence for kind, evidence, _ in found if kind is state), reason)
    if today is not None and promise.due is not None and today <= promise.due.last:
        return Status(
            State.OPEN, (), f"due on {promise.due.last.isoformat()} at the latest; nothing later was read of it"
        )
    if promise.due is not None and today is not None:
        return Status(State.UNKNOWN, (), f"due by {promise.due.last.isoformat()}; nothing later was read of it")
    return Status(State.UNKNOWN, (), "no day is known for it, and nothing later was read of it")


def _told_of(promise: Promise, sentence: Later) -> tuple[State, Span, str] | None:
    """What one sentence says of a promise, and by which words."""
    deed = stems(promise.deed)
    text = sentence.text
    shared = deed & stems(text)
    if len(shared) < max(1, min(2, len(deed)), ALIKE * len(deed)) or not _names(promise, text):
        return None
    for sign in _SIGNS:
        match = sign.pattern.search(text)
        if match is not None:
            return _signed(promise, sentence, sign, match)
    verb = _done(promise, text)
    if verb is not None:
        return (State.BROKEN if promise.negated else State.KEPT), verb, "says that it was done"
    still = _STILL.search(text)
    if still is None or _IF.search(text):
        return None
    other = _another_day(promise, sentence)
    if other is not None:
        return State.SUPERSEDED, other, "names another day for it"
    return State.OPEN, Span(*still.span()), "is said again"


def _signed(promise: Promise, sentence: Later, sign: _Sign, match: re.Match[str]) -> tuple[State, Span, str] | None:
    span = Span(*match.span())
    if _UNREAL.search(sentence.text) and sign.state is not State.CONTRADICTED:
        return None
    if sign.state is State.BROKEN:
        if promise.negated:
            return State.KEPT, span, "says that it was not done"
        early = promise.due is None or sentence.written is None or sentence.written <= promise.due.last
        open_words = re.match(r"(?:has|have) ?n['’o]t|had not|haven|hasn", match.group().lower()) is not None
        if open_words and early:
            return State.OPEN, span, "says that it is not done yet"
    return sign.state, span, sign.says


def _names(promise: Promise, text: str) -> bool:
    """Does the sentence name who is bound, or is nobody known by name?"""
    names = {word for word in promise.who.split() if word[:1].isupper() and word.lower() not in _LIGHT}
    return not names or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def _done(promise: Promise, text: str) -> Span | None:
    """The past of the deed's verb, where nothing makes it unreal or still to come."""
    first = next(
        (promise.deed[a:b].lower() for a, b in word_spans(promise.deed) if promise.deed[a:b].lower() not in _LIGHT), ""
    )
    if _UNREAL.search(text) or _STILL.search(text):
        return None
    for start, end in word_spans(text):
        word = text[start:end].lower()
        past = word.endswith("ed") or word in _PAST
        if past and _stem(word) == _stem(first) and (word != first or _DONE.search(text)):
            return Span(start, end)
    return None


def _another_day(promise: Promise, sentence: Later) -> Span | None:
    """The deadline of a later sentence that is not the promised one."""
    for deadline in deadlines_in(sentence.text, sentence.written):
        if deadline.due is not None and promise.due is not None and _apart(deadline.due, promise.due):
            return deadline.span
    return None
