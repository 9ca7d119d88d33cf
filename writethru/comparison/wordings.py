"""Kinds known by lists of words: negation, modality, hedges, dates, links, who says it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from writethru.comparison.edits import Finding, Kind
from writethru.comparison.gaps import Side
from writethru.comparison.lexicon import lemma
from writethru.comparison.quotes import Quote
from writethru.comparison.reading import Reading, spans_of
from writethru.text.tokens import Span

_LINK = re.compile(r"https?://[^\s<>\"”»)\]]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_PART = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[,;.:\"“«]")
SHORTEST_SPELLING = 5
_ARTICLE = re.compile(r"(?:(?<=\s)|^)(?:the|an?|der|die|das|dem|den|le|la|les|el|los|las)\s+$", re.IGNORECASE)
_SOURCE_FOLLOWS = re.compile(
    r"(?:^|\s)(?:according to|laut|nach angaben|selon|d['’]après|según|по словам|според|по думите на)$", re.IGNORECASE
)
_ON_BEHALF = re.compile(r"\b(?:of|to|at|for|from|with|by|in|inside)$", re.IGNORECASE)
"""Words before a name whose loss makes another speaker of it: ``Sources close to the minister said``."""
_TOLD = frozenset(("told", "tells"))
_TAG_BEFORE = (",", '"', "”", "’", "'", "»", "?", "!", "“", "")
_BEFORE = 32
_TITLE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sgt|Lt|Col|Gen|Capt|Sen|Rep|Gov)\.?|Inspector|Superintendent|Sergeant|Constable|Captain|"
    r"Colonel|General|Major|Admiral|President|Chancellor|Minister|Secretary|Senator|Governor|Mayor|Councillor|Judge|Justice|"
    r"Professor|Doctor|Sir|Dame|Lord|Lady|Baroness|Baron|King|Queen|Prince|Princess|Bishop|Archbishop|Cardinal|Pope|Imam|"
    r"Rabbi|Father|Sister|Chief|Commissioner|Herr|Frau|Madame|Monsieur) $"
)
"""Before a name that was replaced whole; another name before it says that one person's name was put right."""
_APPOSITION = re.compile(r"^, (?:the|an?|who|whose|his|her|its|their|der|die|le|la)\b[^,;:.\"“”]{3,70}, ")
_AUXILIARY = re.compile(
    r"\b(?:will|would|can|cannot|could|may|might|must|should|shall|was|were|is|are|be|been|being|has|have|had|not|\w+n['’]t|never|also|later|then)$",
    re.IGNORECASE,
)
"""A piece that ends so belongs to the verb, not to who says it."""
_FUNCTIONAL = frozenset(["did", "do", "does", "not", "has", "have", "had", "was", "is", "never", "that", "the", "a"])
_QUANTITY = re.compile(r"\d[\d.,]*|some|several|many|most|few|all|both|other|more")
_SUBJECT_WORDS = 9
"""A subject has at most so many words between its first and its verb."""


def counted_findings(reading: Reading) -> list[Finding]:
    """Kinds for which the two sides do not have the same words of a list, as often."""
    found = []
    for kind, key in _COUNTED.items():
        if kind in reading.topics:
            pattern = reading.lexicon.patterns[kind]
            olds, news = (
                _not_in_links(spans_of(pattern, reading.old), reading.old),
                _not_in_links(spans_of(pattern, reading.new), reading.new),
            )
            found += _counted(kind, key, (olds, news), reading)
    if "://" in reading.old.text or "://" in reading.new.text:
        found += _counted(Kind.LINK, str, (spans_of(_LINK, reading.old), spans_of(_LINK, reading.new)), reading)
    return found


def _not_in_links(spans: list[Span], side: Side) -> list[Span]:
    if "://" not in side.text:
        return spans
    links = spans_of(_LINK, side)
    return [s for s in spans if not any(link.start <= s.start < link.end for link in links)]


_COUNTED: dict[Kind, Callable[[str], str]] = {Kind.NEGATION: lambda _: "not", Kind.MODALITY: lemma, Kind.HEDGE: lemma}
"""What two matches must share to count as the same."""


def _counted(
    kind: Kind, key: Callable[[str], str], spans: tuple[Sequence[Span], Sequence[Span]], reading: Reading
) -> list[Finding]:
    old, new = reading.old, reading.new
    keyed_old = [(key(old.text[s.start : s.end]), s) for s in spans[0]]
    keyed_new = [(key(new.text[s.start : s.end]), s) for s in spans[1]]
    if sorted([k for k, _ in keyed_old]) == sorted([k for k, _ in keyed_new]):
        return []
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
        olds = _said(reading.old.text, _outside(spans_of(speech, reading.old), reading.quotes[0]))
        news = _said(reading.new.text, _outside(spans_of(speech, reading.new), reading.quotes[1]))
        found = _counted(Kind.ATTRIBUTION, lemma, (olds, news), reading)
        if found:
            return found
    return _speaker_findings(reading, speech)


def _outside(spans: Sequence[Span], quotes: Sequence[Quote]) -> list[Span]:
    return [s for s in spans if not any(q.start < s.start < q.end for q in quotes)]


def _said(text: str, spans: Sequence[Span]) -> list[Span]:
    """Without participles of what was done: "with all 121 seats *declared*"."""
    return [s for s in spans if not (_WITH.search(text, 0, s.start) and text[s.end : s.end + 1] in ",.")]


_WITH = re.compile(r"\b[Ww]ith (?:[\w’'-]+ ){1,6}$")


def _speaker_findings(reading: Reading, speech: re.Pattern[str]) -> list[Finding]:
    """Who says it, or to whom it is told, was replaced, though both sides have the verb of saying."""
    for gap, (old, new) in zip(reading.gaps, reading.pieces, strict=True):
        a, b = old.strip(), new.strip()
        if a and b:
            same = (
                _respelled(a, b)
                or _named_fuller(a, b)
                or _quantities(reading, a, b)
                or _AUXILIARY.search(b) is not None
            )
            found = not same and (_is_source(reading, gap.new, speech) or _both_cues(a, b, speech))
        else:
            side, span = (reading.new, gap.new) if b else (reading.old, gap.old)
            found = _ON_BEHALF.search(a or b) is not None and _is_subject(side.text, span, speech)
        if found:
            olds, news = (reading.old.evidence(*gap.old),), (reading.new.evidence(*gap.new),)
            detail = [(name, piece) for name, piece in (("old", a), ("new", b)) if piece]
            return [Finding(Kind.ATTRIBUTION, olds if a else (), news if b else (), tuple(detail))]
    return []


def _is_source(reading: Reading, span: Span, speech: re.Pattern[str]) -> bool:
    """Does the span name who says it: before the verb, after it in a tag, or after "according to"?"""
    text = reading.new.text
    start = max(0, span.start - _BEFORE)
    plain = text[start : span.start]
    if text[span.start : span.end].lstrip()[:1].isupper():
        plain = _TITLE.sub("", plain)
    before = _ARTICLE.sub("", plain).rstrip()
    last = before.rpartition(" ")[2]
    verb = start + len(before) - len(last)
    if _SOURCE_FOLLOWS.search(before):
        return True
    if last and Kind.ATTRIBUTION in reading.lexicon.topics((last,)) and speech.match(text, verb):
        return last.lower() in _TOLD or text[:verb].rstrip()[-1:] in _TAG_BEFORE
    if last and last[-1] not in ',;.:"”»':
        piece = text[span.start : span.end]
        if before == text[start : span.start].rstrip():
            return piece == piece.lower() and speech.match(text[span.end :].lstrip()) is not None
    return _is_subject(text, span, speech)


def _is_subject(text: str, span: Span, speech: re.Pattern[str]) -> bool:
    """Does the verb of saying follow in the same clause, a description between commas apart?"""
    rest = _APPOSITION.sub(" ", text[span.end : span.end + 160])
    clause = _CLAUSE_END.split(rest, maxsplit=1)[0]
    verb = speech.search(clause)
    return verb is not None and len(clause[: verb.start()].split()) <= _SUBJECT_WORDS


def _both_cues(a: str, b: str, speech: re.Pattern[str]) -> bool:
    """``witnesses said`` and ``the indictment says``: both pieces say who says it."""
    if speech.search(a) is None or speech.search(b) is None:
        return False
    rests = [[w for w in speech.sub("", piece).split() if w not in _FUNCTIONAL] for piece in (a, b)]
    return all(rests) and rests[0] != rests[1]


def _quantities(reading: Reading, a: str, b: str) -> bool:
    """``Several`` and ``Three``: how many say it, not who."""
    return all(_QUANTITY.fullmatch(word) or reading.lexicon.is_number(word) for word in f"{a} {b}".lower().split())


def _named_fuller(a: str, b: str) -> bool:
    """``court`` and ``High Court``: the same with capitals put before it."""
    short, long = sorted((a.split(), b.split()), key=len)
    folded = [word.casefold() for word in short]
    rest = [word for word in long if word.casefold() not in folded]
    return len(rest) == len(long) - len(short) > 0 and all(word[0].isupper() for word in rest)


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
