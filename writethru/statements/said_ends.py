"""Where reported words are over although their sentence goes on: what follows is told of the speaker, and not said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from writethru.statements.attributed import REPORTS, Attribution, Rule
from writethru.text.tokens import Span

_REPORTED: Final = REPORTS | {Rule.JOINED, Rule.ACCORDING}
_SPEAKER: Final = r"(?:(?:he|she|it|they) )?"
_MUTE: Final = (
    r"(?:(?:declin|refus)ed to \w+|(?:(?:did|would|has|had|have|does|do) not|(?:did|would|has|had)n[’']t) "
    r"(?:say|elaborate|give|name|provide|specify|explain|identify|comment|respond|mention|offer|go into|discuss)\b|"
    r"(?:gave|offered|provided|cited|named) no\b|stopped short\b)"
)
_CHARGE: Final = (
    r"(?:an?|the) (?:[a-z]+ )?(?:charge|claim|accusation|allegation|assertion|contention|suggestion|figure|account)"
    r"(?: (?:that|which))?"
)
_OVER: Final = re.compile(
    rf",? but {_SPEAKER}(?:\w+ly |also )?{_MUTE}|,? (?:and|although|though|while) (?:he|she|it|they) {_MUTE}|"
    r",? (?:and|,) (?:declin|refus)ed to (?:say|comment|elaborate|be|give|name|identify|discuss)\b|"
    r",? without (?:giving|elaborating|naming|saying|providing|specifying|offering|explaining|identifying|citing)\b|"
    r",? (?:speaking|talking) (?:on|to|at|in|after|before|during|from|outside|under)\b|"
    r", as (?:he|she|it|they) (?:has|have|had|did|does|do)\b|, (?:citing|blaming|quoting|pointing to|referring to)\b|"
    rf", (?:which|{_CHARGE}) (?:[\w’'.-]+ ){{1,5}}?(?:den(?:y|ies|ied)|rejects?|rejected|disputes?|disputed)\b|"
    r"; (?=(?:but |and |however,? |meanwhile,? )?(?:(?:he|she|it|they) (?:is|are|was|were|has|have|had|did|does)\b|"
    r"(?!(?:and |but )?that\b)(?:[\w’'-]+ ){1,6}?(?:said|says|told|added|insisted|denied|replied)\b))"
)
"""Another clause, of what the speaker did or did not do, of when and where, or of somebody else."""
_NO_CLAUSE: Final = (
    r"well|way|means|part|result|pretext|cover|tool|excuse|ploy|much|many|long|soon|if|though|of|to|\w+ly"
)
_MEANWHILE: Final = re.compile(
    rf",? as (?!(?:an? )?(?:{_NO_CLAUSE})\b)(?:[\w’'-]+,? ){{1,14}}?"
    r"(?:is|are|was|were|began|came|met|went|got|took|grew|made|left|fell|rose|[a-z]{2,}[^e\W]ed)\b"
)
"""Behind a charge, or words in quotation marks: what went on at the same time."""
_JUDGED: Final = re.compile(r"(?:accus|describ|dismiss|derid|denounc|blast|slamm|call|dubb|liken)(?:e|ed|es|s)$")


def bounded(text: str, one: Attribution) -> Attribution:
    """Without what its sentence goes on to tell behind what was reported.

    ``text``: with plain quotation marks, as attributions are read.
    """
    if one.rule not in _REPORTED:
        return one
    last = one.content[-1]
    ends = [match.start() for match in _OVER.finditer(text, *last) if _is_plain(text, last, match.start())]
    ends += _meanwhile(text, one, last)
    at = min((end for end in ends if len(text[last.start : end].split()) > 1), default=None)
    return one if at is None else replace(one, content=(*one.content[:-1], Span(last.start, at)))


def _meanwhile(text: str, one: Attribution, last: Span) -> list[int]:
    judged = one.cue is not None and _JUDGED.search(text, *one.cue) is not None
    return [
        match.start()
        for match in _MEANWHILE.finditer(text, *last)
        if _is_plain(text, last, match.start()) and (judged or text[match.start() - 1] == "”")
    ]


def _is_plain(text: str, last: Span, at: int) -> bool:
    """Not inside quotation marks."""
    return text.count("“", last.start, at) == text.count("”", last.start, at)
