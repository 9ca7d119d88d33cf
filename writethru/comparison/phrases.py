"""What single findings read like in a summary: ``12 → 21 people killed``, ``Jon Pell → John Pell``.

A phrase says no more than the words of the two texts say: a figure counts deaths only where
a word beside it does.
"""

from __future__ import annotations

import re

from writethru.comparison.edits import Edit, Evidence, Finding, Kind, Sentence
from writethru.comparison.lexicon import listed

LONGEST_WORDING = 40
FIELDS = ("headline", "standfirst", "byline", "dateline")
_NOUN = re.compile(r"(?: ?%| per ?cent\b| (?:[^\W\d_A-Z][^\W\d_]*))")
_NOT_NOUNS = listed(
    "of in on at by to for from and or but as is was are were be been a an the this that with who which when while",
    "after before since during up down more less than against over under out into has have had will would may",
)
_DONE_TO = {
    "kill": "killed", "injur": "injured", "wound": "wounded", "arrest": "arrested", "rescu": "rescued",
    "detain": "detained", "evacuat": "evacuated",
}  # fmt: skip
_BEFORE_COUNT = re.compile(
    rf"\b({'|'.join(_DONE_TO)})(?:e?s|ed|ing)(?: (?:at least|about|some|around|nearly|almost|up to|more than|over|"
    r"another|a further|as many as|fewer than|an estimated))?\s*$",
    re.IGNORECASE,
)
_NOT_DONE = listed("not never nearly almost could might may would if allegedly reportedly without narrowly")
"""Words before a verb that keep it from having happened, or from being certain."""
_TOLL = re.compile(r"\bdeath toll\b[^\d.;,]*$", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’\-]*) $")
_WORD_AFTER = re.compile(r" ([^\W\d_][\w'’\-]*)")
_NAME_WORDS = 2
MOST_NAME_WORDS = 5


def arrow(edit: Edit, finding: Finding, noun: str) -> str:
    """``old → new``, or what was added or removed."""
    detail = dict(finding.detail)
    old, new = (short(detail.get(side, "")) for side in ("old", "new"))
    if old and new and finding.kind is Kind.NAME and not is_exchange(finding):
        return "names altered"
    if old and new:
        return _LABELLED.get(finding.kind, "") + _exchanged(edit, finding, old, new)
    if old or new:
        field = f"{edit.where} " if edit.where in FIELDS else ""
        return f"{field}{noun} “{old or new}” {'removed' if old else 'added'}"
    return f"{noun} altered"


_LABELLED = {Kind.ATTRIBUTION: "attribution ", Kind.MODALITY: "modal verb ", Kind.HEDGE: "hedge "}


def is_exchange(finding: Finding) -> bool:
    """Can it be shown as ``old → new``: both sides, and of a name no more than a few words?"""
    detail = dict(finding.detail)
    if not (detail.get("old") and detail.get("new")):
        return False
    return finding.kind is not Kind.NAME or all(len(detail[side].split()) <= MOST_NAME_WORDS for side in ("old", "new"))


def short(wording: str) -> str:
    """On one line and not too long."""
    flat = " ".join(wording.split())
    return flat if len(flat) <= LONGEST_WORDING else flat[: LONGEST_WORDING - 1].rstrip() + "…"


def _exchanged(edit: Edit, finding: Finding, old: str, new: str) -> str:
    if finding.kind is Kind.FIGURE and finding.old and finding.new:
        return _figures(_at(edit.old, finding.old[0]), _at(edit.new, finding.new[0]), old, new)
    if finding.kind is Kind.NAME and len(finding.old) == len(finding.new) == 1:
        old, new = _whole_names(_at(edit.old, finding.old[0]), _at(edit.new, finding.new[0]), old, new)
    return f"{old} → {new}"


_Place = tuple[str, int, int]
"""A text, and where in it something stands."""


def _at(sentences: tuple[Sentence, ...], place: Evidence) -> _Place:
    return sentences[place.sentence].text, place.start, place.end


def _figures(before: _Place, after: _Place, old: str, new: str) -> str:
    """With what they count where both sides count the same."""
    nouns = _noun(before), _noun(after)
    if nouns[1].strip() == "%":
        return f"{old}{nouns[0] if nouns[0].strip() == '%' else ''} → {new}{nouns[1]}"
    state = _state(before)
    if state and state == _state(after):
        return f"death toll {old} → {new}" if state == "toll" else f"{old} → {new}{nouns[1]} {state}"
    return f"{old} → {new}{nouns[1]}"


def _noun(place: _Place) -> str:
    """The word after a figure, with its space: what it counts."""
    match = _NOUN.match(place[0], place[2])
    return match.group() if match and match.group().strip() not in _NOT_NOUNS else ""


def _state(place: _Place) -> str:
    """``killed`` for ``the storm has killed at least 12``; ``toll`` after ``the death toll rose to``."""
    before = place[0][max(0, place[1] - LONGEST_WORDING) : place[1]]
    done = _BEFORE_COUNT.search(before)
    if done and not _NOT_DONE.isdisjoint(before[: done.start()].lower().split()[-3:]):
        return ""
    if done:
        return _DONE_TO[done[1].lower()]
    return "toll" if _TOLL.search(before) else ""


def _whole_names(before: _Place, after: _Place, old: str, new: str) -> tuple[str, str]:
    """The altered word with the words of the name beside it that both sides have."""
    for _ in range(_NAME_WORDS):
        words = _following(before), _following(after)
        if not words[0] or words[0] != words[1]:
            break
        old, new = f"{old} {words[0]}", f"{new} {words[1]}"
        before, after = _grown(before, len(words[0])), _grown(after, len(words[1]))
    words = _preceding(before), _preceding(after)
    if words[0] and words[0] == words[1]:
        old, new = f"{words[0]} {old}", f"{words[1]} {new}"
    return old, new


def _following(place: _Place) -> str:
    """The capitalised word after, or none."""
    match = _WORD_AFTER.match(place[0], place[2])
    return match[1] if match and match[1][0].isupper() else ""


def _grown(place: _Place, by: int) -> _Place:
    return place[0], place[1], place[2] + by + 1


def _preceding(place: _Place) -> str:
    """The capitalised word before, unless it begins the sentence."""
    match = _WORD_BEFORE.search(place[0][: place[1]])
    return match[1] if match and match.start() > 0 and match[1][0].isupper() else ""
