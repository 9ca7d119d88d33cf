"""The paragraphs that we wrote and marked for training the tagger of attributions, and what is wrong with their marks.

python -m bench attribution_marks [--against FILE …] [--rules]

Counts the paragraphs, words and attributions of ``data/statements/attributions*.txt`` (the guideline heads ``attributions.txt``) and prints every
fault: brackets that do not balance, an attribution without cue or content, two cues, a span with a space at its end or cut inside
a word, a text that is there twice, a name of the real world. ``--against`` reads texts (one a line, JSON Lines with ``text``, gzipped
or not) of which no seven words in a row may be found here; ``--rules`` prints what the rules mark otherwise.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from writethru.statements.attribution import attributions_in

FOLDER = Path(__file__).parent / "data" / "statements"
OPEN = re.compile(r"\[([sct])(\d*) ?")
REAL = frozenset(
    "trump clinton sanders obama biden rubio cruz kasich romney reagan mccain pence carson bush kerry lavrov putin "
    "assad merkel macron thatcher blair cameron corbyn starmer farage johnson netanyahu zelensky modi erdogan xi "
    "hollande sarkozy berlusconi orban harris pelosi mcconnell schumer nixon kennedy lincoln churchill".split()
)
"""Names that no invented person may have."""
RUN = 7
"""So many words in a row are copied, and not met by chance."""

Span = tuple[int, int]


@dataclass
class Read:
    """A marked line.

    Attributes:
        text: without the brackets.
        spans: the kind (s, c, t), the digits and the ends of each bracket.
        faults: what is wrong with the brackets.
    """

    text: str = ""
    spans: list[tuple[str, str, Span]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def groups(self) -> dict[str, dict[str, list[Span]]]:
        """The spans of each attribution, by kind, as they stand in the text."""
        found: dict[str, dict[str, list[Span]]] = {}
        for kind, digits, span in sorted(self.spans, key=lambda one: one[2]):
            for digit in digits:
                found.setdefault(digit, {"s": [], "c": [], "t": []})[kind].append(span)
        return found


def marked_lines() -> list[str]:
    """All marked lines, file by file by name."""
    paths = sorted(FOLDER.glob("attributions*.txt"))
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read(line: str) -> Read:
    """A line without its brackets, and what they mark."""
    found, opened, at = Read(), list[tuple[str, str, int]](), 0
    while at < len(line):
        match = OPEN.match(line, at)
        if match is not None:
            opened.append((match[1], match[2] or "0", len(found.text)))
        elif line[at] in "[]":
            _closed(found, opened, line[at])
        else:
            found.text += line[at]
        at = match.end() if match else at + 1
    found.faults += [f"not closed: {kind}{digits}" for kind, digits, _ in opened]
    return found


def unmarked(line: str) -> dict[str, Any]:
    """A text and its attributions from a marked line, as rows for training have them."""
    found = read(line)
    names = {"s": "source", "c": "cue", "t": "content"}
    marks = [
        {name: [list(span) for span in parts[kind]] for kind, name in names.items()}
        for parts in found.groups().values()
        if parts["c"] and parts["t"]
    ]
    return {"text": found.text, "attributions": marks}


def _closed(found: Read, opened: list[tuple[str, str, int]], bracket: str) -> None:
    if bracket == "[" or not opened:
        found.faults.append(f"a {bracket} that marks nothing")
        return
    kind, digits, start = opened.pop()
    found.spans.append((kind, digits, (start, len(found.text))))


def faults(line: str) -> list[str]:
    """What is wrong with a marked line."""
    found = read(line)
    groups = found.groups()
    wrong = [*found.faults, *(f"a name of the real world: {name}" for name in sorted(_names(found.text) & REAL))]
    for _, _, (start, end) in found.spans:
        wrong += _ends(found.text, start, end)
    for digit, parts in groups.items():
        wrong += [f"{digit}: {count} {kind}" for kind, count in _amiss(parts)]
        wrong += [f"{digit}: {one} marked twice" for one in _twice(found.text, parts)]
    return wrong


def _names(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\b[A-Z][a-z]+", text)}


def _ends(text: str, start: int, end: int) -> list[str]:
    span = text[start:end]
    if not span or span != span.strip():
        return [f"space at an end: {span!r}"]
    inside = re.match(r"\w\w", text[end - 1 : end + 1]) or (start and re.match(r"\w\w", text[start - 1 : start + 1]))
    return [f"cut inside a word: {span!r}"] if inside else []


def _amiss(parts: Mapping[str, list[Span]]) -> Iterator[tuple[str, int]]:
    """Kinds of which an attribution has too few or too many, with how many it has."""
    names = {"s": ("sources", 0, 1), "c": ("cues", 1, 1), "t": ("contents", 1, 9)}
    for kind, (name, least, most) in names.items():
        if not least <= len(parts[kind]) <= most:
            yield name, len(parts[kind])


def _twice(text: str, parts: Mapping[str, list[Span]]) -> list[str]:
    spans = sorted(span for some in parts.values() for span in some)
    return [text[b[0] : b[1]] for a, b in pairwise(spans) if b[0] < a[1]]


def runs(text: str) -> Iterator[str]:
    """Every run of ``RUN`` words, in small letters."""
    words = re.findall(r"\w+", text.lower().replace("’", "'").replace("'", ""))
    for at in range(len(words) - RUN + 1):
        yield " ".join(words[at : at + RUN])


def _texts(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield json.loads(line)["text"] if line.startswith("{") else line


def copied(lines: Iterable[str], paths: Iterable[Path]) -> list[str]:
    """Runs of words that a marked line shares with a text of these files."""
    ours = {run for line in lines for run in runs(read(line).text)}
    return sorted({run for path in paths for text in _texts(path) for run in runs(text) if run in ours})


def otherwise(line: str) -> list[str]:
    """What the rules mark in a line's text that is not marked so."""
    found = read(line)
    marked = {tuple(sorted(span for some in parts.values() for span in some)) for parts in found.groups().values()}
    told = []
    for one in attributions_in(found.text):
        parts = [tuple(span) for span in (one.source, one.cue, *one.content) if span]
        if tuple(sorted(parts)) not in marked:
            told.append(f"{one.confidence:.2f} " + " | ".join(found.text[a:b] for a, b in parts))
    return told


def main() -> None:
    """Count and check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", type=Path, nargs="*", default=[])
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    lines = marked_lines()
    texts = Counter(read(line).text for line in lines)
    marks = sum(len(read(line).groups()) for line in lines)
    plain = sum("[" not in line for line in lines)
    print(
        len(lines),
        "paragraphs,",
        sum(len(text.split()) for text in texts),
        "words,",
        marks,
        "attributions,",
        plain,
        "without",
    )
    for text, times in texts.items():
        if times > 1:
            print("twice:", text)
    for line in lines:
        for told in [*faults(line), *(otherwise(line) if options.rules else ())]:
            print(told, "<-", line[:90] if not options.rules else line)
    for run in copied(lines, options.against):
        print("copied:", run)


if __name__ == "__main__":
    main()
