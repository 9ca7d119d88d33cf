"""Times as an outlet states them, written as ISO 8601 with no more than was stated.

``"September 12, 2013 / 8:51 PM"`` becomes ``2013-09-12T20:51``; a zone is kept when one stands
there and never added. What cannot be read without guessing gives None.
"""

from __future__ import annotations

import re
from datetime import date

from writethru.extraction.phrases import DATE_LINE

_ISO = re.compile(
    r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:\s*[T,_|]\s*|\s+)(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*"
    r"(Z\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b|[A-Z]{2,4}\b)?)?",
    re.I,
)
_COMPACT = re.compile(r"\A(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z")
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})[:.h](\d{2})(?::(\d{2}))?(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?\s*"
    r"(Z\b|(?:GMT|UTC)\s*[+-]\d{1,2}(?::?\d{2})?\b|[+-]\d{2}:?\d{2}\b|[A-Z]{2,4}\b)?"
    r"|(?<![\d:.])(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.)\s*([A-Z]{2,4}\b)?",
    re.I,
)
_MONTHS_BY_NAME = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero ene gennaio gen januari janeiro jänner jän janv "
            "styczeń stycznia ocak oca",
            "february feb februar février fevrier fév févr febrero febbraio februari fevereiro fev lutego luty şubat",
            "march mar märz mrz mars marzo maart mrt março marca marzec mart",
            "april apr avril avr abril abr aprile kwietnia kwiecień nisan",
            "may mai mayo maggio mag mei maio maja maj mayıs",
            "june jun juni juin junio giugno giu junho czerwca czerwiec haziran",
            "july jul juli juillet juil julio luglio lug julho lipca lipiec temmuz",
            "august aug août aout agosto ago augustus augusti sierpnia sierpień ağustos",
            "september sep sept septembre septiembre settembre set setembro września wrzesień eylül",
            "october oct okt oktober octobre octubre ottobre ott outubro out października październik ekim",
            "november nov novembre noviembre novembro listopada listopad kasım",
            "december dec dez dezember décembre decembre déc diciembre dic dicembre desember dezembro grudnia aralık",
        ),
        start=1,
    )
    for name in names.split()
}
MONTHS = "|".join(sorted(map(re.escape, _MONTHS_BY_NAME), key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s*(?:of\s+|de\s+)?[-\s.]*({MONTHS})\b\.?,?[-\s]*(?:de\s+|del\s+)?(\d{{4}})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(rf"\b({MONTHS})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?:at\s+)?(\d{{4}})(?!\d)", re.I)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\.?\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")

# Abbreviations with one meaning only; "IST", "AST" and the like have several and are left out.
_ZONES = {"z": "Z", "utc": "Z", "gmt": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00"}
_ZONES |= {"eest": "+03:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "mst": "-07:00"}
_ZONES |= {"mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00", "aedt": "+11:00", "aest": "+10:00"}
_ZONES |= {"wib": "+07:00", "msk": "+03:00"}
WEEKDAYS = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|"
    r"donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    r"miércoles|jueves|viernes|sábado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|lunedì|martedì|"
    r"mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
_TIME_WORDS = re.compile(
    rf"\b(?:\d+\s+(?:years?|months?|weeks?|days?|hours?|min(?:ute)?s?)\s+ago|(?:last\s+)?(?:updated?|modified|published|posted|"
    rf"created|edited|reviewed)|first|on|at|date|from|issued|page|{WEEKDAYS}|{MONTHS}|st|nd|rd|th|de|del|às|um|à|a\s+las|le|am|pm|a\.m\.|"
    r"p\.m\.|gmt|utc|bst|est|edt|et|cet|cest|pst|pdt|uhr|time|local)\b|\d+(?:st|nd|rd|th)?|[\W_]+",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CLOCK_REACH = 24  # characters between a day and its clock: " / ", " at ", " um ", ", kl. "
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?\Z", re.I)


def stated_time(text: str) -> str | None:
    """The first date (with its clock and zone, if stated beside it) in ``text``, or None."""
    text = text.strip()[:400]
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        return _compose(_day(year, month, day), _clock_of(hour, minute, second), _zone(zone))
    iso = _ISO.search(text)
    named = _named_day(text)
    if iso and (named is None or iso.start() <= named[1]):
        return _from_iso(iso)
    if named is None:
        return None
    day, start, end = named
    return _with_clock(text, day, start, end)


def is_time_line(text: str) -> bool:
    """A line that is a date (with a few words around it) and nothing else."""
    if len(text) > 110 or not any(char.isdigit() for char in text) or not stated_time(text):
        return False
    return bool(DATE_LINE.match(text)) or len(_LETTERS.findall(_TIME_WORDS.sub(" ", text))) <= 2


def _from_iso(match: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, fraction, half, zone = match.groups()
    clock = _clock_of(hour, minute, second, half)
    if clock and fraction and fraction.strip("0"):
        clock = f"{clock}.{fraction}"
    return _compose(_day(year, month, day), clock, _zone(zone) if clock else "")


def _named_day(text: str) -> tuple[str, int, int] | None:
    """(ISO day, start, end) of the first date written with a month's name or day-first dots."""
    found: list[tuple[int, int, str]] = []
    for pattern, order in ((_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy"), (_DOTTED, "dmy"), (_CJK, "ymd")):
        match = pattern.search(text)
        if match and (day := _ordered_day(match.groups(), order)):
            found.append((match.start(), match.end(), day))
    slashed = _SLASHED.search(text)
    if slashed and (day := _slashed_day(slashed)):
        found.append((slashed.start(), slashed.end(), day))
    if not found:
        return None
    start, end, day = min(found)
    return day, start, end


def _ordered_day(parts: tuple[str, ...], order: str) -> str:
    by = dict(zip(order, parts, strict=True))
    month = _MONTHS_BY_NAME.get(by["m"].lower(), 0) or (int(by["m"]) if by["m"].isdigit() else 0)
    return _day(by["y"], str(month), by["d"])


def _slashed_day(match: re.Match[str]) -> str:
    """``13/09/2013`` and ``09/13/2013`` have one reading; ``09/12/2013`` has two and gives ""."""
    first, _, second, year = match.groups()
    if int(first) > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if int(second) > 12 else ""


def _with_clock(text: str, day: str, start: int, end: int) -> str:
    after = _CLOCK.search(text, end, min(len(text), end + _CLOCK_REACH + 20))
    if after and after.start() - end <= _CLOCK_REACH:
        return _attach(day, after)
    before = list(_CLOCK.finditer(text, max(0, start - 40), start))
    return _attach(day, before[-1]) if before else day


def _attach(day: str, match: re.Match[str]) -> str:
    hour, minute, second, half, zone, bare, bare_half, bare_zone = match.groups()
    clock = _clock_of(bare or hour, minute or "00", second, bare_half or half)
    return _compose(day, clock, _zone(bare_zone or zone) if clock else "") or day


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat() if int(year) > 1500 else ""
    except ValueError:
        return ""


def _clock_of(hour: str | None, minute: str | None, second: str | None, half: str | None = None) -> str:
    if not hour or not minute:
        return ""
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    if hours > 23 or int(minute) > 59 or (second and int(second) > 59):
        return ""
    return f"{hours:02}:{minute}:{second}" if second else f"{hours:02}:{minute}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    known = _ZONES.get(zone.lower())
    if known:
        return known
    offset = _OFFSET.match(zone.strip())
    if not offset:
        return ""
    sign, hours, minutes = offset.groups()
    return f"{sign}{int(hours):02}:{minutes or '00'}" if int(hours) <= 14 else ""


def _compose(day: str, clock: str, zone: str) -> str | None:
    if not day:
        return None
    return f"{day}T{clock}{zone}" if clock else day
