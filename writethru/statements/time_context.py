"""What the readers of time words share: the match in its sentence, counts, lengths, which way a sentence looks."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from writethru.statements.calendar import shifted_month, week_of
from writethru.statements.numbers import number_at
from writethru.statements.pieces import pieces_of
from writethru.text.tokens import Span


class TimeKind(StrEnum):
    """The four types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Found(NamedTuple):
    """What a form of words says; ``relative`` where it was resolved against the day of writing."""

    kind: TimeKind
    value: str
    relative: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """The day of writing, the text around a match, and the dates named before it."""

    day: date | None
    text: str
    match: re.Match[str]
    named: Sequence[str] = ()

    def __getitem__(self, name: str) -> str:
        """A group of the match in lower case, "" where it has none."""
        return (self.match.groupdict().get(name) or "").lower()

    @property
    def before(self) -> str:
        """The sentence up to the expression, at most 160 characters of it."""
        return re.split(r"[.!?]\s+(?=[A-Z\"“'‘`])", self.text[max(0, self.match.start() - 160) : self.match.start()])[
            -1
        ]

    @property
    def after(self) -> str:
        """The rest of the sentence, at most 80 characters of it."""
        return re.split(r"[.!?](?:\s|$)", self.text[self.match.end() : self.match.end() + 80])[0]


_UNIT_CODES = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "D",
               "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "centurie": "C",
               "fortnight": "W", "session": "D"}  # fmt: skip
ORDINAL = {
    "last": 0,
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
}
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI"}
FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|is to|are to|['’]ll|plans|plan to|to be \w+ed|"
    r"(?<!previously )planned|planning|scheduled|expected|expects?|due|"
    r"set to|slated|upcoming|"
    r"intends?|hopes? to|starting|beginning|deadline|begins|must|calling for|proposed|as soon as|as early as|effective|"
    r"(?:could|may|might) (?!have\b)\w+(?: [\w’'-]+){0,4} on(?=\s*$)|"
    r"would (?:still |now |then )?be|would meet|would (?!have\b)\w+(?: [\w’'-]+){0,5} on(?=\s*$)|could come|"
    r"(?:is|are) on(?=\s*$)|postponed|payable|likely to|supposed to|"
    r"(?:decided|agreed|voted|vowed|promised|pledged|threatened|offered) to|"
    r"(?:when|if|once|until|by the time) (?:\w+ ){1,5}(?:is|are))\b", re.IGNORECASE,
)  # fmt: skip
PAST = re.compile(
    r"\b(?<!\bbe )(?:was|were|had|did|killed|died|ended|closed|began|took|came|made|met|fell|rose|has|have|"
    r"(?:and|but|who|which) set|"
    r"(?!un\w+ed|planned|scheduled|expected|slated|proposed|announced|reported|united|supposed|"
    r"postponed)\w{3,}ed)\b", re.IGNORECASE,
)  # fmt: skip


REACHES = re.compile(r"\b(?:into|until|till|through|no later than|by)\s+$", re.IGNORECASE)
"""Before a weekday: what goes on into it, or is to be done by it, looks ahead from the day of writing."""
AHEAD_OF = re.compile(
    r"\b(?:ahead of|heading into|going into|in the run-up to|looking (?:ahead )?to)(?: the)?\s+$", re.IGNORECASE
)
"""Before a weekday: what is ahead of it is told while it is to come."""
PAST_BEFORE = re.compile(
    r"\b(?:knew|learnt|learned|heard|found out)\b[^,;]{0,40}\bby\s+$|"
    r"\b(?:had|were|was)(?: not| never)? \w+(?:ed|en|ne|nt)\b[^,;]{0,60}\b(?:by|until|till)\s+$|"
    r"\bhad(?: \w+ly)? been (?:due|set|scheduled|expected|planned|slated)\b[^;]{0,60}$",
    re.IGNORECASE,
)
PAST_BEHIND = re.compile(
    r",? [^,;.]{0,30}\bhad(?: (?:still|already|only|yet|not|never))* \w+(?:ed|en|ne|nt)\b|"
    r"\s+(?:was|were)\s+(?!to\b|due\b|expected\b|scheduled\b|planned\b)\w+"
)
"""Beside a weekday: told as over, whatever reaches into it ("had filed by Wednesday", "until Friday they had not")."""
ARRANGED = re.compile(
    r"\b(?:meets?|opens?|starts?|leaves?|arrives?|votes?|visits?|returns?|travels?|resumes?|flies|goes)"
    r"(?: \w+ly| again| here| there| with [A-Z]\w+| in [A-Z]\w+)?(?: on)?\s+$|"
    r"\b(?:holds|hosts|hold|host) (?:its|their|his|her|the|an?) [\w’'-]+(?: [\w’'-]+)?(?: on)?\s+$"
)
"""Before a weekday: a present tense that tells of what is arranged ("the two meet Monday")."""


EVENT = (
    r"(?!(?:Sen|Rep|Gov|Mr|Mrs|Ms|Dr|Gen|Col|Prof)(?:\.|$))"
    r"(?:the |its |his |her |their |an? |it |he |she |they )?[\w’'-]+"
    r"(?: (?!(?:and|but|or|said|to|if|unless|with|on|in|at|by|for|from|that|which|who|when|while|as|after|before)\b|"
    r"\w+ing\b)[\w’'-]+){0,6}"
)
"""The words of an event that a length of time hangs on ("signing the convention", "it signs an international pact")."""
LOOSE = re.compile(r"(?: (?:the|a|an|its|his|her|their|such|that|which|of|for|to|as|is|are))+$")
"""What such words must not end with."""
_BARE_WEEKDAY = re.compile(
    r"(?:on )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"(?: (?:morning|afternoon|evening|night))?",
    re.IGNORECASE,
)


def is_either_week(text: str, span: Span) -> bool:
    """Does a bare weekday stand here in words that tell neither of the past nor of what is to come?"""
    match = re.compile(r".+", re.DOTALL).match(text, *span)
    if match is None or _BARE_WEEKDAY.fullmatch(match.group()) is None:
        return False
    context = Context(None, text, match)
    told = PAST.search(context.after) or FUTURE.search(context.after)
    return direction_of(context) == 0 and told is None and REACHES.search(context.before) is None


def count_of(words: str) -> float | None:
    """What a number word or digits say, None where they are vague."""
    if words in ("a", "an"):
        return 1
    if words.endswith("couple of"):
        return 2
    if words.startswith("half a"):
        return 0.5
    pieces = pieces_of(words.replace("-", " ") if "/" in words else words)
    number = number_at(pieces, 0, "en") if pieces else None
    return None if number is None or number.low != number.high else number.low


def period(count: str, unit: str) -> str:
    """A duration: ``P2W``, ``PT5H30M``, ``PXY`` where the number is vague."""
    code = _UNIT_CODES[unit]
    value = count_of(count)
    if unit == "fortnight" and value is not None:
        value *= 2
    if value is None:
        return f"PT{'X'}{code[1]}" if code[0] == "T" else f"PX{code}"
    if unit == "decade":
        return f"P{round(value * 10)}Y"
    if unit in ("century", "centurie"):
        return f"P{round(value * 100)}Y"
    time = "T" if code[0] == "T" else ""
    whole, rest = int(value), value - int(value)
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60), "D": ("TH", 24)}.get(code)
    if rest and smaller and whole:
        return f"P{time}{whole}{code[-1]}{round(rest * smaller[1])}{smaller[0][-1]}"
    return f"P{time}{value:g}{code[-1]}"


def moved(day: date, count: float, unit: str) -> str:
    """A day moved by so many units, told as exactly as the unit is."""
    if unit in ("day", "night", "session"):
        return (day + timedelta(days=round(count))).isoformat()
    if unit in ("week", "fortnight"):
        return week_of(day + timedelta(weeks=round(count * (2 if unit == "fortnight" else 1))))
    if unit == "month":
        year, month = shifted_month(day, round(count))
        return f"{year}-{month:02}"
    if unit == "quarter":
        year, month = shifted_month(day, round(3 * count))
        return f"{year}-Q{(month - 1) // 3 + 1}"
    years = {"year": 1, "decade": 10, "century": 100, "centurie": 100}.get(unit)
    if years is None:
        return day.isoformat()
    return (
        f"{day.year + round(count * years):04}" if unit == "year" else f"{(day.year + round(count * years)) // 10:03}"
    )


def direction_of(context: Context) -> int:
    """1 where the sentence speaks of the future at this place, -1 of the past, 0 unclear."""
    before = _WHEN_IT_COMES.sub(r"\1", context.before)
    future = list(FUTURE.finditer(before))
    past = list(PAST.finditer(before))
    if future and (not past or future[-1].start() >= past[-1].start()):
        return 1
    if past:
        return -1
    if len(before.split()) <= _HEAD:
        return _direction_behind(context.after)
    return 1 if FUTURE.match(context.after.strip()) else 0


_WHEN_IT_COMES = re.compile(r"(?<=\blikely )(to \w+(?: \w+){0,4}?) as soon as (?:\w+ ){1,3}?\w+ed\b")
"""What is likely as soon as something else came looks ahead, whatever the tense of that ("as soon as it opened")."""


_HEAD = 2
"""Words before a time that stands at the head of its sentence, at most: the verb is behind it."""


_WILL = re.compile(
    r"\b(?:will|shall|won['’]t|(?:is|are) (?:to|expected to|due to|set to|planning)|plans? to)\b|['’]ll\b"
)


def _direction_behind(after: str) -> int:
    future, past = _WILL.search(after), PAST.search(after)
    if future and (not past or future.start() < past.start()):
        return 1
    return -1 if past else 0


def near_year(context: Context, month: int, day: int | None) -> int:
    """The year of a day or month without one: the nearest, an earlier one where the future is much nearer only.

    News tells of what was; a day to come is believed where it is several times nearer, or where the words speak of it.
    """
    today = context.day
    assert today is not None
    if day is None and month == today.month:
        return today.year
    if (ahead := _after_one_to_come(context, month, day)) is not None:
        return ahead
    near = [_distance(today, year, month, day or 15) for year in (today.year - 1, today.year, today.year + 1)]
    past = max((days for days in near if days <= 0), default=-999)
    future = min((days for days in near if days > 0), default=999)
    if day and ENDED.search(context.before):
        return today.year - 1 + near.index(past)
    weight = _doubt_of_future(direction_of(context), day)
    chosen = future if future * weight < -past else past
    return today.year - 1 + near.index(chosen)


def _doubt_of_future(direction: int, day: int | None) -> float:
    """How many times nearer a time to come must be than the one that was, to be meant."""
    if direction > 0:
        return 0.15
    if day:
        return 2.2 if direction == 0 else 4.0
    return 4.0 if direction == 0 else 9.0


ENDED = re.compile(r"\bended(?: on)? $")
"""Before a day: it is over."""
_DAY_OF_MONTH = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d\d?\b(?! and $)")


def _after_one_to_come(context: Context, month: int, day: int | None) -> int | None:
    """The year of a day that is named behind a day to come in one sentence: it is to come too. None elsewhere."""
    last = context.named[-1] if context.named else ""
    if not day or context.day is None or last <= context.day.isoformat() or re.fullmatch(r"[\d-]{10}", last) is None:
        return None
    if _DAY_OF_MONTH.search(context.before) is None:
        return None
    return context.day.year + ((month, day) < (context.day.month, context.day.day))


def _distance(today: date, year: int, month: int, day: int) -> int:
    return (date(year, month, min(day, monthrange(year, month)[1])) - today).days
