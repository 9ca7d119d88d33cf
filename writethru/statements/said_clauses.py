"""What was said, behind the words that attribute it: where it begins, and where it is over."""

from __future__ import annotations

import re
from typing import NamedTuple

from writethru.statements import speech
from writethru.text.tokens import Span


class Sentence(NamedTuple):
    """Where a sentence stands; one that a quotation runs across is whole."""

    start: int
    end: int


def content_end(text: str, sentence: Sentence, cue: re.Match[str], source: int) -> int:
    """Where what is reported behind a cue ends: with its sentence, or where another's clause begins."""
    ends = [sentence.end]
    first = source if source < cue.start() else cue.start()
    relative = speech.AS_RELATIVE.search(text, sentence.start, first)
    if relative or speech.SUBORDINATE.fullmatch(text, sentence.start, first):
        comma = _comma(text, cue.end(), sentence.end)
        least = _LEADING if text.startswith(("As ", "Even as "), sentence.start) else 0
        if (relative or len(text[cue.end() : comma].split()) > least) and "“" not in text[comma : comma + 3]:
            ends.append(comma)
    turns = speech.TURNS.search(text, cue.end(), sentence.end) is not None
    for other in speech.CUE.finditer(text, cue.end() + 1, sentence.end) if turns else ():
        turn = speech.ANOTHERS.search(text, cue.end(), other.start())
        if turn is not None and text.count("“", cue.end(), turn.start()) == text.count("”", cue.end(), turn.start()):
            ends.append(turn.start())
            break
    return min(ends)


_LEADING = 4
"""Words between a cue and a comma, at most, of "As Holm told the Courier, …": what was said is behind the comma."""


def _comma(text: str, start: int, end: int) -> int:
    """The first comma that stands in no quotation."""
    for match in re.finditer(r",(?!\d)", text[start:end]):
        at = start + match.start()
        if text.count("“", start, at) == text.count("”", start, at):
            return at
    return end


def content_after(text: str, sentence: Sentence, cue: re.Match[str]) -> Span | None:
    """What follows the cue: behind "that", a colon, or the one who was told."""
    colon = _colon(text, sentence, cue)
    if colon is not None:
        return colon
    at = cue.end()
    if cue["say"].lower() in ("told", "tells", "asked", "asks", "warned", "reminded", "urged"):
        whom = speech.TOLD_WHOM.match(text, at, sentence.end)
        addressee = whom or speech.ADDRESSEE.match(text, at, sentence.end)
        at = addressee.end() if addressee else at
    when = speech.WHEN_SAID.match(text, at, sentence.end)
    start = when.end() if when else at
    deed = cue["say"].lower() in speech.OF_DEEDS and speech.INFINITIVE.match(text, start, sentence.end)
    where = None if deed else speech.WHERE_THAT.match(text, start, sentence.end)
    start = where.end() if where else start
    ended = speech.ENDS_QUOTED.search(text, start, sentence.end) if text[start : start + 1] == "“" else None
    span = speech.trimmed(text, start, ended.end() if ended else sentence.end)
    if cue["say"].lower() in speech.LOUD and text[span.start] != "“":
        return None
    if speech.SAID_SO.match(text, span.start) or speech.TOLD_TALE.match(text, span.start):
        return None
    if not speech.CLAUSE_SIGN.match(text, span.start) and _does_things(text, cue["say"].lower(), span):
        return None
    return span if len(text[span.start : span.end].split()) > 1 else None


def _colon(text: str, sentence: Sentence, cue: re.Match[str]) -> Span | None:
    """A quotation behind a colon, where only whom, when and where stand between: "told them, to applause: “…”"."""
    lead = speech.TO_COLON.match(text, cue.end(), sentence.end)
    if lead is None or speech.OF_OTHERS.search(text, *lead.span()) or speech.CUE.search(text, *lead.span()):
        return None
    clause = speech.VERB.search(text, *lead.span()) and not speech.WHEN_AND_WHERE.match(text, cue.end())
    if clause or speech.ANOTHERS_WORDS.search(text, *lead.span()):
        return None
    ended = speech.ENDS_QUOTED.search(text, lead.end(), sentence.end)
    return speech.trimmed(text, lead.end(), ended.end() if ended else sentence.end)


def _does_things(text: str, verb: str, behind: Span) -> bool:
    """Is a verb without a clause or a quotation behind it no verb of speech: "added a link", "thought of it"?"""
    if verb in speech.QUOTE_ONLY:
        return True
    if verb in speech.OF_THINGS:
        clause = speech.FINITE.match(text, *behind)
        parted = verb.startswith("agree") and clause is not None and " and " in clause.group()
        return speech.NO_CONTENT.match(text, behind.start) is not None or clause is None or parted
    return verb in speech.WITH_OBJECTS and speech.OBJECT.match(text, behind.start) is not None
