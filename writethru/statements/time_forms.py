"""The forms of words in which English news states times, each with the reader that resolves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from functools import cache
from typing import NamedTuple

from writethru.comparison.lexicon import listed
from writethru.statements.calendar import MONTH_NAMES, MONTHS, WEEKDAY_NAMES, WEEKDAYS
from writethru.statements.time_beside import (
    read_day_beside,
    read_half_of_quarters,
    read_length_of_other,
    read_part_of_day,
    read_then,
    read_week_of,
)
from writethru.statements.time_clock import read_clock
from writethru.statements.time_context import Context, Found
from writethru.statements.time_months import read_bare_month, read_full_date, read_month_of_year
from writethru.statements.time_quarters import read_quarter, read_quarter_of_year, read_year_ago
from writethru.statements.time_readers import (
    DECADES,
    read_ago,
    read_century,
    read_decade,
    read_duration,
    read_holiday,
    read_near_day,
    read_numeric_date,
    read_reference,
    read_relative_unit,
    read_second_day,
    read_set,
    read_spoken_year,
    read_that,
    read_this_part,
    read_year_end,
    read_year_only,
)
from writethru.statements.time_weekdays import read_nth_weekday, read_weekday

Read = Callable[[Context], "Found | None"]

_VAGUE = "several|few|a few|some|many|recent|a couple of|couple of|a number of|dozens of|hundreds of|thousands of"
_NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
_NUM = (
    rf"(?:an? (?:hundred|thousand|million|dozen)|\d+(?:\.\d+)?(?:[ -]\d/\d)?|"
    rf"(?:{_NUMBER_WORD})(?:[ -](?:{_NUMBER_WORD}|thousand))*(?: and a half)?|an?|half an?)"
)
_COUNT = rf"(?P<count>{_NUM}|{_VAGUE})"
_UNIT = r"(?P<unit>second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|century|centurie)s?"
_MONTH = (
    rf"(?P<month>{'|'.join(MONTH_NAMES)}|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|\b))"
)
_WEEKDAY = (
    rf"(?P<weekday>{'|'.join(WEEKDAY_NAMES)}|"
    r"(?:Mon|Tues|Tue|Wed|Thurs|Thu|Fri|Sat|Sun)\.)"
)
_A_WEEKDAY = _WEEKDAY.replace("?P<weekday>", "?:")
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_EDGE = r"(?:(?:early|late|later|earlier|mid|the end of|the beginning of|the start of|end of)(?: in)?[ -]|mid-)?"
_PART = r"(?: (?P<part>morning|afternoon|evening|night))"
_SAME = r"(?:(?:same|comparable|corresponding|like|equivalent) )"
_WHICH = r"(?P<which>last|this|next|past|coming|previous|prior|following|current|latest(?= fiscal))"
_FORMS: tuple[tuple[str, Read] | tuple[str, Read, str], ...] = (
    (r"(?P<iso>(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))|"
    r"(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4}|\d\d)(?!\d)",
     read_numeric_date),
    (rf"(?:(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d))? ?(?:(?P<half>[ap]\.? ?m\b\.?)|o['’]clock"
     r"(?P<of_day> in the (?:morning|afternoon|evening)| at night)?|"
     r" (?P<at_part>in the (?:morning|afternoon|evening)))|(?P<word>(?<!high )noon|midday|midnight)|"
     rf"(?P<hour24>[01]?\d|2[0-4]):(?P<minute24>[0-5]\d))(?: (?-i:[A-Z]{{2,4}})\b)?"
     r"(?: \((?![^()]*[ap]\.?m\b)[^()\n]{3,24}\))?"
     rf"(?:,? (?:on )?{_WEEKDAY}(?!,? {_MONTH.replace('?P<month>', '?:')} \d)|"
     rf" (?P<near>today|yesterday|tomorrow)|,? (?:on )?(?:{_A_WEEKDAY},? )?{_MONTH} "
     rf"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[:.]\d)(?:,? {_YEAR})?|"
     rf"(?=(?P<dated> (?:on )?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?: of)? {_MONTH.replace('?P<month>', '?:')})))?",
     read_clock),
    (rf"{_MONTH} (?P<which>last|this|next) year", read_month_of_year),
    (rf"(?:{_WEEKDAY},? )?{_EDGE}(?:(?P<which>last|this|next) )?{_MONTH} (?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|"
    rf"rd|th)?(?!\d|[:.]\d)(?:,? {_YEAR})?", read_full_date),
    (rf"(?:{_WEEKDAY},? )?(?:the )?(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|"
    rf"th)?(?: of)? {_MONTH}(?:,? {_YEAR})?", read_full_date),
    (rf"{_EDGE}{_MONTH},?(?: of)? (?P<day>)?{_YEAR}", read_full_date),
    (rf"(?:the )?(?P<unit>week|weekend) of {_MONTH} (?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:, {_YEAR})?", read_week_of,
     "week weekend"),
    (rf"(?:the )?(?P<unit>week|weekend) of (?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)? {_MONTH}(?:,? {_YEAR})?",
     read_week_of, "week weekend"),
    (rf"(?:the )?day (?P<side>before|after) (?:(?:{_WHICH} )?{_WEEKDAY}|{_MONTH} (?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
     rf"(?:, {_YEAR})?)", read_day_beside,
     "before after"),
    (r"(?<=\buntil )then", read_then),
    (r"(?:(?<=\bin )the |mid[ -]?)(?P<part>morning|afternoon|evening)(?: (?P<near>yesterday|today|tomorrow))?\b"
     r"(?! (?:of|after|hours?|and)\b)", read_part_of_day),
    (rf"(?:the )?year[ -](?:ago|earlier) {_COUNT} {_UNIT}", read_length_of_other,
     "ago earlier"),
    (r"(?P<count>)(?P<unit>hour|day|week|month|year)-long\b", read_length_of_other,
     "long"),
    (rf"{_COUNT}-(?P<unit>hour|day|week|month)-old\b(?! (?:son|daughter|boy|girl|baby|child|infant|twins?)\b)",
     read_length_of_other,
     "old"),
    (rf"(?:an additional|another) (?:{_COUNT} )?{_UNIT}\b", read_length_of_other,
     "additional another"),
    (rf"(?:at least )?(?:the )?(?P<nth>first|last) two quarters of {_YEAR}", read_half_of_quarters),
    (r"(?<=\d and )(?P<second>3[01]|[12]\d|[1-9])(?=[.,;:)](?!\d)|\s(?:at|in|on|for|to|and|before|after)\b)",
     read_second_day),
    (rf"(?:the )?(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) {_WEEKDAY} (?:of|in) "
     rf"(?:(?P<each>each|every|the) month|{_MONTH}(?: {_YEAR})?)", read_nth_weekday),
    (rf"(?P<set>{_A_WEEKDAY})(?= (?:and|or) {_A_WEEKDAY} (?P<parts>morning|afternoon|evening|night)s\b)", read_set),
    (rf"(?:(?:the )?(?P<small>early|small) hours of )?(?:{_WHICH} )?{_WEEKDAY}{_PART}?(?:['’]s)?(?P<ago> week)?",
     read_weekday),
    (rf"{_EDGE}(?:{_WHICH} )?{_MONTH}(?![\w-]*\d)", read_bare_month),
    (rf"{_EDGE}(?P<near>day before yesterday|day after tomorrow|yesterday|today|tomorrow|tonight|"
    rf"last night){_PART}?(?:['’]s)?", read_near_day),
    (r"this (?P<part>morning|afternoon|evening)", read_this_part),
    (rf"(?:(?:more|less|fewer) than |about |almost |nearly |over |some |at least |just )?{_COUNT}[ -]{_UNIT} "
     r"(?:or so )?(?P<way>ago|earlier|from now|later|hence|back)\b", read_ago,
     "ago earlier now later hence back"),
    (rf"(?:with)?in (?:about |the next )?{_COUNT} {_UNIT}(?:['’]s?)? (?P<way>time)\b", read_ago,
     "time"),
    (rf"(?:the )?{_SAME}?year[ -](?P<way>ago|earlier)(?P<count>)(?P<unit>)(?: (?:quarter|period))?",
     read_year_ago,
     "ago earlier"),
    (rf"(?:the )?{_SAME}?(?:quarter|period|three months)(?: of| in)? (?:a year (?:ago|earlier|before)|the year[ -]ago|"
     r"last year|the (?:previous|prior) year|the year before)|last year['’]s (?:quarter|period)\b", read_year_ago,
     "quarter period months"),
    (rf"the {_YEAR} (?P<what>quarter|period)\b", read_quarter_of_year),
    (rf"(?:(?:the|this|last|next|{_YEAR}['’]?s?|year['’]s|its|their|fiscal|a|"
    rf"year[ -](?:ago|earlier))[ -])*(?P<nth>first|second|third|"
    rf"fourth|final|1st|2nd|3rd|4th|last(?= half))"
     rf"[ -](?:fiscal )?(?P<what>quarter|half)(?:,? (?:of )?(?:the )?(?:fiscal )?(?P<year2>(?:1[5-9]|"
     rf"20)\d\d))?", read_quarter),
    (r"the (?:latest|most recent|recent|previous|fiscal)? ?(?P<nth>)(?P<what>quarter|"
    r"period(?<=latest period))(?P<year>)", read_quarter),
    (rf"{_EDGE}(?:the |its |their )?{_WHICH} (?:fiscal |financial |calendar )?"
     rf"(?P<unit>year|month|week|quarter|decade|century|weekend|spring|summer|fall|"
    rf"autumn|winter|night)(?:['’]s)?\b",
     read_relative_unit,
     "last this next past coming previous prior following current latest"),
    (r"(?:over |during )?the (?P<which>)(?P<unit>weekend)\b", read_relative_unit,
     "weekend"),
    (rf"{_EDGE}(?:the )(?:early |late )?(?P<which>)(?P<unit>spring|summer|fall|autumn|winter)\b(?! (?:of|term|"
    rf"semester))", read_relative_unit,
     "spring summer fall autumn winter"),
    (r"(?:the )?end of (?:the|this) (?P<which>)(?P<unit>year|month|week|quarter)\b", read_relative_unit,
     "end"),
    (r"(?P<which>)year[ -]end|year['’]s end", read_year_end,
     "end"),
    (r"(?:(?<=\bfor )|(?<=\bof )|(?<=\bin )|(?<=\bthroughout ))the (?P<which>)(?:full |"
    r"fiscal )?(?P<unit>year)\b(?!-| (?:ended|ending|to|through|before|after|ago|earlier|\d))", read_relative_unit,
     "year"),
    (r"(?:earlier|later) in the (?P<same>day)\b", read_that,
     "earlier later"),
    (r"(?P<next>the next (?:morning|day|afternoon|evening))\b", read_that,
     "morning day afternoon evening"),
    (r"(?:earlier |later )?that (?:same )?(?P<unit>day|week|month|year|night|quarter)\b", read_that,
     "day week month year night quarter"),
    (r"(?P<count>)(?P<unit_word>(?:the |the fiscal |the full |fiscal )(?P<unit>year))\b(?= (?:ended|ending|to|"
    r"through)\b)", read_duration,
     "ended ending to through"),
    (r"(?:(?<=\bin )|(?<=\bfor )|(?<=\bover )|(?<=\bwithin ))(?:the )?(?P<count>)(?P<unit_word>(?P<unit>day|"
    r"week|month|year|decade|centurie)s)\b", read_duration,
     "days weeks months years decades centuries"),
    (rf"(?:the )?(?:(?P<season>spring|summer|fall|autumn|winter) of |{_MONTH},? )?(?:the year )?"
    rf"(?P<spoken>nineteen|twenty|"
    rf"two thousand)"
     rf"(?:[ -](?:and )?(?P<rest>(?:{_NUMBER_WORD})(?:[ -](?:{_NUMBER_WORD}))?))?(?=\W|$)", read_spoken_year),
    (rf"(?P<set>{_A_WEEKDAY})(?:s| (?P<parts>morning|afternoon|evening|night)s)\b", read_set),
    (rf"(?:every|each) (?P<set>{_MONTH})(?! \d)(?P<count>)(?P<unit>)", read_set,
     "every each"),
    (r"(?P<set>daily|nightly|weekly|monthly|annually|yearly|hourly)\b(?P<count>)(?P<unit>)", read_set,
     "daily nightly weekly monthly annually yearly hourly"),
    (rf"(?:every|each) (?P<count>)(?P<set>day|night|week|month|quarter|year|hour|"
    rf"{_A_WEEKDAY})\b", read_set,
     "every each"),
    (rf"(?:every|each|per) (?P<set>)(?:{_COUNT} )?{_UNIT}\b", read_set,
     "every each per"),
    (rf"(?:the |at least the |at least |up to |more than |less than |nearly |about |over |almost )*(?:(?:past|"
    rf"last|next|first|coming|recent|"
     rf"full|final|previous|latest) )?{_COUNT}(?: (?:more|full|straight|consecutive|"
     rf"long|trading|business|working|school))?[ -](?P<unit_word>{_UNIT})\b(?P<and_half> and a half\b)?"
     rf"(?:[ -]long)?(?![ -](?:olds?|ago|earlier)\b)", read_duration),
    (r"(?:the )?(?:past|last|next|coming|recent|previous|early) (?P<count>)(?P<unit_word>(?P<unit>second|"
    r"minute|hour|day|week|month|"
     r"year|decade)s)\b", read_duration,
     "past last next coming recent previous early"),
    (r"(?P<count>)(?P<unit_word>(?P<unit>day|week|month|year|decade|hour|minute)s)\b(?=[ -](?:of|long|ago|"
    r"later|earlier|before|after))", read_duration,
     "days weeks months years decades hours minutes"),
    (r"(?:the )?(?P<nth>\d{1,2})(?:st|nd|rd|th)[ -]century\b", read_century,
     "century"),
    (r"the (?P<decade_word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b(?P<decade>)",
     read_decade),
    (rf"{_EDGE}(?:the )?(?:early |late |mid-?|(?:first|second|last|latter) (?:half|part) of the )?"
     rf"(?P<decade>(?:1[5-9]|20)\d0|['’]\d0)['’]?s\b", read_decade, "s"),
    (rf"{_EDGE}(?:the )?(?:fiscal |year )*{_YEAR}(?!\d|-\d|,\d\d\d|\.\d|"
     rf" (?:people|men|women|children)\b)", read_year_only),
    (r"(?P<holiday>thanksgiving day|thanksgiving|christmas eve|christmas day|christmas|boxing day|"
    r"new year['’]s eve|new year['’]s day|"
     r"independence day|labor day|memorial day|halloween|valentine['’]s day|election day)", read_holiday),
    (r"(?P<ref>now|currently|current|recently|at present|at the moment|nowadays|presently|these days|"
    r"(?<!as )soon(?! (?:as|after|\w{3,}ed|became|began|found)\b)|in the future|the near future|the future|"
     r"in the past(?! \w+ [a-z]+s\b| (?:year|quarter|month|week|decade|century)\b)|(?:the )?(?:near|short) term|"
     r"future (?:days|weeks|months|quarters|years)|the past(?! \w+ [a-z]+s\b)(?= *[.,;]))\b", read_reference),
)  # fmt: skip


DIGIT = "0"
"""Stands for any digit among the words that stand near."""
_LENGTH_WORDS = frozenset(
    f"{word}{ending}"
    for word in ("second", "minute", "hour", "day", "night", "week", "weekend", "fortnight", "month", "quarter", "year",
                 "decade", "centur", "session", "spring", "summer", "fall", "autumn", "winter")
    for ending in ("", "s", "y", "ies")
)  # fmt: skip
_PARTS_OF_DAY = listed("morning afternoon evening")
_MONTH_WORDS = frozenset(MONTHS)
_DAY_WORDS = frozenset((*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS)))
NEEDED: dict[Read, frozenset[str]] = {
    read_full_date: _MONTH_WORDS,
    read_month_of_year: _MONTH_WORDS,
    read_bare_month: _MONTH_WORDS,
    read_weekday: _DAY_WORDS,
    read_nth_weekday: _DAY_WORDS,
    read_relative_unit: _LENGTH_WORDS,
    read_duration: _LENGTH_WORDS,
    read_ago: _LENGTH_WORDS,
    read_year_ago: _LENGTH_WORDS | {"period"},
    read_year_end: _LENGTH_WORDS,
    read_century: _LENGTH_WORDS,
    read_quarter_of_year: _LENGTH_WORDS | {"period"},
    read_quarter: listed("quarter quarters half period"),
    read_spoken_year: listed("nineteen twenty thousand"),
    read_numeric_date: frozenset((DIGIT,)),
    read_year_only: frozenset((DIGIT,)),
    read_second_day: frozenset((DIGIT,)),
    read_clock: listed(DIGIT, "noon midday midnight"),
    read_decade: listed(DIGIT, *DECADES),
    read_that: listed("that next day"),
    read_this_part: _PARTS_OF_DAY,
    read_set: listed("daily nightly weekly monthly annually yearly hourly every each per", *_DAY_WORDS),
    read_holiday: listed("thanksgiving christmas boxing new independence labor memorial halloween valentine election"),
    read_reference: listed(
        "now currently current recently present moment nowadays presently these soon future past term"
    ),
    read_week_of: _MONTH_WORDS,
    read_day_beside: listed("day"),
    read_then: listed("then"),
    read_part_of_day: _PARTS_OF_DAY,
    read_length_of_other: _LENGTH_WORDS,
    read_half_of_quarters: listed("quarters"),
    read_near_day: listed("today yesterday tomorrow tonight night"),
}
"""Words of which one must stand near for a reader's forms to match: most are not tried."""


class Form(NamedTuple):
    """A pattern with its reader, and words of which one must stand near too, where there are any."""

    pattern: re.Pattern[str]
    read: Read
    beside: frozenset[str]


@cache
def _compiled() -> tuple[Form, ...]:
    """The forms, the more telling first."""
    return tuple(
        Form(re.compile(rf"(?<![\w$£€.,:/-])(?:{form})(?![^\W_])", re.IGNORECASE), read, listed(*beside))
        for form, read, *beside in _FORMS
    )


@cache
def _needing() -> dict[str, frozenset[int]]:
    """The forms that a word may belong to, by their numbers."""
    found: dict[str, set[int]] = {}
    for number, form in enumerate(_compiled()):
        for word in NEEDED[form.read]:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def forms_with(words: Set[str]) -> Iterator[tuple[re.Pattern[str], Read]]:
    """The forms that can match among such words (lower case; ``DIGIT`` for any), the more telling first."""
    needing, forms = _needing(), _compiled()
    for number in sorted(frozenset().union(*(needing[word] for word in words & needing.keys()))):
        pattern, read, beside = forms[number]
        if not beside or not beside.isdisjoint(words):
            yield pattern, read
