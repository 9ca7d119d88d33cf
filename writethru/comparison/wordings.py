"""Kinds known by lists of words: negation, modality, hedges, dates, links, who says it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from writethru.comparison.edits import Finding, Kind
from writethru.comparison.lexicon import lemma
from writethru.comparison.quotes import Quote
from writethru.comparison.reading import Reading, spans_of
from writethru.text.tokens import Span

_LINK = re.compile(r"https?://[^\s<>\"”»)\]]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_PART = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[,;.:\"“«]")
SHORTEST_SPELLING = 5
_SUBJECT_WORDS = 9
"""A subject has at most so many words between its first and its verb."""


def counted_findings(reading: Reading) -> list[Finding]:
    """Kinds for which the two sides do not have the same words of a list, as often."""
    found = []
    for kind, key in _COUNTED.items():
        if kind in reading.topics:
            pattern = reading.lexicon.patterns[kind]
            olds, news = spans_of(pattern, reading.old), spans_of(pattern, reading.new)
            found += _counted(kind, key, (olds, news), reading)
    if "://" in reading.old.text or "://" in reading.new.text:
        found += _counted(Kind.LINK, str, (spans_of(_LINK, reading.old), spans_of(_LINK, reading.new)), reading)
    return found


_COUNTED: dict[Kind, Callable[[str], str]] = {Kind.NEGATION: lambda _: "not", Kind.MODALITY: lemma, Kind.HEDGE: lemma}
"""What two matches must share to count as the same."""


def _counted(
    kind: Kind, key: Callable[[str], str], spans: tuple[Sequence[Span], Sequence[Span]], reading: Reading
) -> list[Finding]:
    old, new = reading.old, reading.new
    keyed_old = [(key(old.text[s.start : s.end]), s) for s in spans[0]]
    keyed_new = [(key(new.text[s.start : s.end]), s) for s in spans[1]]
    gone = _excess(keyed_old, Counter(k for k, _ in keyed_new))
    come = _excess(keyed_new, Counter(k for k, _ in keyed_old))
    if not gone and not come:
        return []
    detail = [("old", ", ".join(old.text[s.start : s.end].strip() for s in gone))] if gone else []
    detail += [("new", ", ".join(new.text[s.start : s.end].strip() for s in come))] if come else []
    evidence = tuple(old.evidence(*s) for s in gone), tuple(new.evidence(*s) for s in come)
    return [Finding(kind, *evidence, tuple(detail))]


def _excess(found: Sequence[tuple[str, Span]], other: Counter[str]) -> list[Span]:
    """Spans whose key the other side has no more of."""
    left = other.copy()
    spans = []
    for key, span in reversed(found):
        if left[key] > 0:
            left[key] -= 1
        else:
            spans.append(span)
    return spans[::-1]


def date_findings(reading: Reading) -> list[Finding]:
    """A finding if the two sides do not name the same dates and times, as often."""
    olds, news = reading.dates
    if any(reading.old.marked(*span) for span in olds) or any(reading.new.marked(*span) for span in news):
        return _counted(Kind.DATE, _date_key, (olds, news), reading)
    return []


def _date_key(text: str) -> str:
    """``3 March``, ``March 3`` and ``March 3rd`` are one date."""
    parts = _PART.findall(_ORDINAL.sub("", text.lower()))
    return " ".join(sorted(part.rstrip("s") for part in parts))


def attribution_findings(reading: Reading) -> list[Finding]:
    """Another verb of saying, or someone else is said to say it; not inside quotation marks."""
    speech = reading.lexicon.patterns.get(Kind.ATTRIBUTION)
    if speech is None:
        return []
    if Kind.ATTRIBUTION in reading.topics:
        olds = _outside(spans_of(speech, reading.old), reading.quotes[0])
        news = _outside(spans_of(speech, reading.new), reading.quotes[1])
        found = _counted(Kind.ATTRIBUTION, lemma, (olds, news), reading)
        if found:
            return found
    return _speaker_findings(reading, speech)


def _outside(spans: Sequence[Span], quotes: Sequence[Quote]) -> list[Span]:
    return [s for s in spans if not any(q.start < s.start < q.end for q in quotes)]


def _speaker_findings(reading: Reading, speech: re.Pattern[str]) -> list[Finding]:
    """The subject of a verb of saying that both sides have was replaced."""
    for gap, (old, new) in zip(reading.gaps, reading.pieces, strict=True):
        a, b = old.strip(), new.strip()
        if a and b and _is_subject(reading, gap.new, speech) and not _respelled(a, b):
            evidence = (reading.old.evidence(*gap.old),), (reading.new.evidence(*gap.new),)
            return [Finding(Kind.ATTRIBUTION, *evidence, (("old", a), ("new", b)))]
    return []


def _is_subject(reading: Reading, span: Span, speech: re.Pattern[str]) -> bool:
    """Does the span begin a clause whose verb of saying follows, or directly follow one?"""
    text = reading.new.text
    before = text[max(0, span.start - 24) : span.start].rstrip()
    last = before.rpartition(" ")[2]
    if last and Kind.ATTRIBUTION in reading.lexicon.topics((last,)) and speech.search(last):
        return True
    begins_clause = not last or last[-1] in ',;.:"”»' or last.lower() in ("the", "a", "an")
    if not begins_clause:
        piece = text[span.start : span.end]
        return piece == piece.lower() and speech.match(text[span.end :].lstrip()) is not None
    clause = _CLAUSE_END.split(text[span.end : span.end + 120], maxsplit=1)[0]
    verb = speech.search(clause)
    return verb is not None and len(clause[: verb.start()].split()) <= _SUBJECT_WORDS


def spelling_findings(reading: Reading) -> list[Finding]:
    """A misprint or another spelling: one letter inside one lower-case word of five letters or more."""
    found = []
    for gap, (old, new) in zip(reading.gaps, reading.pieces, strict=True):
        a, b = old.strip(), new.strip()
        if a.isalpha() and b.isalpha() and a.islower() and b.islower() and _misprint(a, b):
            evidence = (reading.old.evidence(*gap.old),), (reading.new.evidence(*gap.new),)
            found.append(Finding(Kind.SPELLING, *evidence, (("old", a), ("new", b))))
    return found


def _misprint(a: str, b: str) -> bool:
    """One letter exchanged, added, left out or two neighbours swapped, not at the end (that is grammar)."""
    short, long = sorted((a, b), key=len)
    if len(short) < SHORTEST_SPELLING or len(long) - len(short) > 1:
        return False
    head = 0
    while head < len(short) and short[head] == long[head]:
        head += 1
    if head >= len(short) - 1:
        return False
    if len(short) != len(long):
        return short[head:] == long[head + 1 :]
    swapped = short[head : head + 2] == long[head : head + 2][::-1] and short[head + 2 :] == long[head + 2 :]
    return swapped or short[head + 1 :] == long[head + 1 :]


def _respelled(a: str, b: str) -> bool:
    """Nearly the same letters: a spelling, not another speaker."""
    if " " in a or " " in b or abs(len(a) - len(b)) > 2:
        return False
    return sum(x == y for x, y in zip(a.casefold(), b.casefold(), strict=False)) >= max(len(a), len(b)) - 2
