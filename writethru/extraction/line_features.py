"""What a line of a text dump and the few lines around it say, as numbers for the line model.

Local on purpose: marks of the line itself and of three lines on either side, sums over eight. Nothing here
counts the page or its lines, so what is added far away cannot turn a line. No word is a feature: words are
only compared with those of the neighbours, and a handful of patterns say "speaks to the reader", "asks
for something", "names a time".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from math import log1p

from writethru.extraction.dump_lines import Line, LineKind
from writethru.extraction.phrases import ends_sentence

REACH = 3
WINDOWS = (3, 8)
FAR = 99
"""A distance in lines that stands for "none"."""
_WORDS_AT_MOST = 200
_PROSE_AT_MOST = 60
_UNKNOWN_OVERLAP = 0.3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TO_THE_READER = re.compile(r"\b(?:you|your|we|our|us|my|i|i['’]m)\b", re.I)
_ASKING = re.compile(
    r"\b(?:subscribe|newsletter|sign up|cookies?|privacy|click|login|log in|e-?mail|reply|comments?|share|follow|"
    r"download|copyright|rights reserved|read more|contact|free|terms)\b",
    re.I,
)
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b|\b(?:ago|january|february|march|april|june|july|august|september|"
    r"october|november|december)\b",
    re.I,
)
_KINDS = tuple(LineKind)
_OWN = (
    *("words", "few words", "letters a word", "ends a sentence", "colon", "comma at end", "question", "exclamation"),
    *("cut short", "capitalised", "capitals", "digits", "digit first", "quote first", "small first", "capital first"),
    *("commas", "bar", "copyright", "money", "to the reader", "asking", "time", "address", "two sentences", "alone"),
    *(kind.value for kind in _KINDS),
)
_SEEN_AROUND = (0, 3, 9, 25, *range(26, 26 + len(_KINDS)))
"""Which of a line's own numbers its neighbours see: length, end, capitals, whether it stands alone, kind."""
_NOBODY = (0.0, 0.0, 0.0, 1.0, *(0.0 for _ in _KINDS))


def _names() -> Iterator[str]:
    yield from _OWN
    yield from ("overlap", "long words")
    for size in WINDOWS:
        yield from (f"prose above {size}", f"prose below {size}", f"other above {size}", f"other below {size}")
    yield from ("since prose", "until prose", "run", "list", "since an end")
    for offset in _offsets():
        yield from (f"{_OWN[place]} at {offset:+d}" for place in _SEEN_AROUND)


def _offsets() -> Iterator[int]:
    yield from (offset for offset in range(-REACH, REACH + 1) if offset)


NAMES = tuple(_names())
"""The numbers of a line, in order."""


def line_features(lines: Sequence[Line]) -> list[list[float]]:
    """The numbers of each line (see ``NAMES``)."""
    own = [_own(line) for line in lines]
    prose = [_is_prose(line) for line in lines]
    around = [_overlaps(lines, prose), _windows(lines, prose), _distances(lines, prose), _neighbours(own)]
    return [[*first, *(number for part in rest for number in part)] for first, *rest in zip(own, *around, strict=True)]


def _is_prose(line: Line) -> bool:
    return line.kind is LineKind.PROSE or (line.kind is LineKind.LISTED and ends_sentence(line.text))


def _own(line: Line) -> list[float]:
    text, words = line.text, line.text.split()
    count, letters, last = len(words) or 1, sum(map(str.isalpha, text)) or 1, text[-1:]
    length = [log1p(min(line.words, _WORDS_AT_MOST)), min(line.words, 8) / 8, min(len(text) / count, 15)]
    ends = [ends_sentence(text), last == ":", last in ",;", last == "?", last == "!", text.endswith(("...", "…"))]
    shares = [sum(word[:1].isupper() for word in words) / count, sum(map(str.isupper, text)) / letters]
    shares.append(sum(map(str.isdigit, text)) / len(text))
    first = [text[:1].isdigit(), text[:1] in '"“‘«„', text[:1].islower(), text[:1].isupper()]
    marks = [text.count(",") / count, any(mark in text for mark in "|›»"), "©" in text]
    marks += [any(mark in text for mark in "$€£"), len(_TO_THE_READER.findall(text)) / count]
    marks += [bool(_ASKING.search(text)), bool(_TIME.search(text)), "@" in text or "http" in text, ". " in text]
    kinds = [line.kind is kind for kind in _KINDS]
    return [float(number) for number in (*length, *ends, *shares, *first, *marks, line.alone, *kinds)]


def _overlaps(lines: Sequence[Line], prose: Sequence[bool]) -> Iterator[list[float]]:
    """Which share of a line's longer words the prose near it has too, and how many it has."""
    words = [{word.lower() for word in _LONG_WORD.findall(line.text)} for line in lines]
    reach = WINDOWS[-1]
    for index, mine in enumerate(words):
        near = range(max(0, index - reach), min(len(lines), index + reach + 1))
        others = set[str]().union(*(words[other] for other in near if other != index and prose[other]))
        yield [len(mine & others) / len(mine) if mine else _UNKNOWN_OVERLAP, float(len(mine))]


def _windows(lines: Sequence[Line], prose: Sequence[bool]) -> Iterator[list[float]]:
    """Words of prose, and lines that are none, above and below, for each size of window."""
    said = [min(line.words, _PROSE_AT_MOST) if is_prose else 0 for line, is_prose in zip(lines, prose, strict=True)]
    words, others = [0, *accumulate(said)], [0, *accumulate(not is_prose for is_prose in prose)]
    for index in range(len(lines)):
        row: list[float] = []
        for size in WINDOWS:
            top, bottom = max(0, index - size), min(len(lines), index + size + 1)
            row += [log1p(words[index] - words[top]), log1p(words[bottom] - words[index + 1])]
            row += [(others[index] - others[top]) / size, (others[bottom] - others[index + 1]) / size]
        yield row


def _distances(lines: Sequence[Line], prose: Sequence[bool]) -> Iterator[list[float]]:
    """Lines since and until prose, length of the run of lines alike, of the list, lines since an end mark."""
    above, below = _since(prose), _since(prose[::-1])[::-1]
    runs, lists = _runs(prose), _runs([line.kind is LineKind.LISTED for line in lines])
    ended = _since([line.why in ("end", "sign-up") for line in lines], itself=True)
    for index, line in enumerate(lines):
        listed = lists[index] if line.kind is LineKind.LISTED else 0
        yield [log1p(number) for number in (above[index], below[index], runs[index], listed, ended[index])]


def _since(marks: Sequence[bool], *, itself: bool = False) -> list[int]:
    """Lines back to the last mark before each line, or on it where ``itself``; at most ``FAR``."""
    found, last = [], -FAR
    for index, mark in enumerate(marks):
        if itself and mark:
            last = index
        found.append(min(FAR, index - last))
        if mark:
            last = index
    return found


def _runs(marks: Sequence[bool]) -> list[int]:
    """The length of the run of equal marks that each line stands in, at most ``FAR``."""
    lengths = (len(list(same)) for _, same in groupby(marks))
    return [min(FAR, length) for length in lengths for _ in range(length)]


def _neighbours(own: Sequence[Sequence[float]]) -> Iterator[list[float]]:
    seen = [tuple(numbers[place] for place in _SEEN_AROUND) for numbers in own]
    for index in range(len(own)):
        near = (index + offset for offset in _offsets())
        yield [number for other in near for number in (seen[other] if 0 <= other < len(own) else _NOBODY)]
