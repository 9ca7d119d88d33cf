"""The paragraphs that we wrote and marked for training the tagger of attributions, and what is wrong with their marks.

python -m bench attribution_marks [--against FILE …] [--rules] [--exact] [--model FILE]

Counts the paragraphs, words and attributions of ``data/statements/attributions*.txt`` (the guideline heads ``attributions.txt``) and prints every
fault: brackets that do not balance, an attribution without cue or content, two cues, a span with a space at its end or cut inside
a word, a text that is there twice, a name of the real world. ``--against`` reads texts (one a line, JSON Lines with ``text``, gzipped
or not) of which no seven words in a row may be found here; ``--rules`` prints what the rules mark otherwise. ``--exact`` prints how often
each rule is exact, as ``writethru/nlp/joint.py`` has it, and ``--model`` what rules and a model together reach on the paragraphs that
are held out from its training, by the sureness from which the model adds.
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

from writethru.nlp.joint import closed
from writethru.reuse.quoting import plain_marks
from writethru.statements.attributed import Attribution, Directness
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


LEAST_READ = 20
"""Readings by a rule, quoted or not, fewer of which tell no share of their own."""
HELD = 8
"""One marked paragraph in so many is held out from training (``attribution_texts``)."""


def shares() -> dict[tuple[str, str], tuple[int, list[float]]]:
    """How many readings of each rule have source, cue and content exactly as marked, quoted or not; the rare as "other"."""
    n: Counter[tuple[str, str, str]] = Counter()
    for row in map(unmarked, marked_lines()):
        true = {name: {tuple(span) for one in row["attributions"] for span in one[name]} for name in PARTS}
        for ruled in attributions_in(row["text"]):
            one = closed(plain_marks(row["text"]), ruled)
            if one.source is None or one.cue is None:
                continue
            way = "quoted" if one.directness is Directness.DIRECT else "reported"
            right = {"read": True, "source": tuple(one.source) in true["source"], "cue": tuple(one.cue) in true["cue"]}
            right["content"] = all(tuple(span) in true["content"] for span in one.content)
            n.update({(way, one.rule.value, name): told for name, told in right.items()})
    found: Counter[tuple[str, str, str]] = Counter()
    for (way, rule, name), count in n.items():
        known = n[way, rule, "read"] >= LEAST_READ
        found[(way, rule, name) if known else ("", "other", name)] += count
    return {
        (way, rule): (read, [round(found[way, rule, name] / read, 2) for name in PARTS])
        for (way, rule, name), read in sorted(found.items())
        if name == "read"
    }


def together_on_held(weights: Path) -> Iterator[str]:
    """Exact F1 of source, cue and content on what is held out, by the sureness from which the model adds."""
    from writethru.nlp import joint
    from writethru.nlp.attribution import SHIPPED, AttributionModel

    model = AttributionModel(SHIPPED if weights == Path("shipped") else weights)
    rows = [unmarked(line) for line in marked_lines()[HELD - 1 :: HELD]]
    pairs = [([joint.closed(plain_marks(row["text"]), one) for one in attributions_in(row["text"])],
              model.learnt(row["text"])) for row in rows]  # fmt: skip
    for added in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
        joint.ADDED = added  # type: ignore[misc]
        n: Counter[tuple[str, str]] = Counter()
        for row, (ruled, learnt) in zip(rows, pairs, strict=True):
            for name in PARTS:
                true = {tuple(span) for one in row["attributions"] for span in one[name]}
                mine = {span for one in joint.together(ruled, learnt) for span in _spans(one, name)}
                n.update({(name, "both"): 2 * len(mine & true), (name, "all"): len(mine) + len(true)})
        scores = [n[name, "both"] / n[name, "all"] for name in PARTS]
        yield f"added from {added}: " + " / ".join(f"{one:.3f}" for one in scores) + f", mean {sum(scores) / 3:.4f}"


PARTS = ("source", "cue", "content")


def _spans(one: Attribution, name: str) -> set[tuple[int, ...]]:
    spans = one.content if name == "content" else (one.source if name == "source" else one.cue,)
    return {tuple(span) for span in spans if span is not None}


def main() -> None:
    """Count and check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", type=Path, nargs="*", default=[])
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--model", type=Path)
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
    for (way, rule), (count, parts) in shares().items() if options.exact else ():
        print(f"{way:8} {rule:10} {count:4} read; exact source, cue, content {parts}")
    for told in together_on_held(options.model) if options.model else ():
        print(told)
    for run in copied(lines, options.against):
        print("copied:", run)


if __name__ == "__main__":
    main()
