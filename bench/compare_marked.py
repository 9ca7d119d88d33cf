"""Links between changed sentences of 100 real pairs marked by hand: F1, false moves.

    python bench/compare_marked.py [--errors] [--json]

The pairs are neighbouring versions of digital.gov posts (CC0); how they were chosen and
marked stands in bench/data/comparison/README.md. Sentences are those of a plain listing,
not those of the engine: a sentence of the engine counts as every listed one it covers.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from compare_common import machine

from writethru.comparison import Change, Op, Sentence, compare
from writethru.model import ArticleText

DATA = Path(__file__).resolve().parent / "data" / "comparison"
COVERED = 0.5
"""Two sentences overlap if so much of the shorter one stands in both."""

Link = tuple[int, int]
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Marked:
    """One pair with its marks: links that must be found, that may be, and which of them moved.

    ``either`` are links of which one of two groups moved, whichever one names.
    """

    number: int
    texts: tuple[str, str]
    listed: tuple[Spans, Spans]
    links: frozenset[Link]
    moved: frozenset[Link]
    possible: frozenset[Link]
    either: frozenset[Link]

    def sentence(self, side: int, at: int) -> str:
        """A sentence of the listing."""
        start, end = self.listed[side][at]
        return self.texts[side][start:end]


def marked_pairs() -> list[Marked]:
    """The pairs and their marks."""
    with gzip.open(DATA / "links_texts.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    marks = [json.loads(line) for line in (DATA / "links.jsonl").read_text("utf-8").splitlines()]
    return [
        Marked(
            row["pair"],
            (row["old"], row["new"]),
            ([tuple(s) for s in row["old_sentences"]], [tuple(s) for s in row["new_sentences"]]),
            *(frozenset(tuple(link) for link in mark.get(key, ())) for key in ("links", "moved", "possible", "either")),
        )
        for row, mark in zip(texts, marks, strict=True)
    ]


class Places:
    """Where sentences and loose characters of one side stand in its listing."""

    def __init__(self, text: str, listed: Spans) -> None:
        self.text, self.listed = text, listed
        self.starts: list[int] = []
        at = 0
        for block in ArticleText.from_plain(text).blocks:
            at = text.index(block.text, at)
            self.starts.append(at)
            at += len(block.text)
        self.at = [-1] * len(text)
        for number, (start, end) in enumerate(listed):
            self.at[start:end] = [number] * (end - start)

    def span(self, sentence: Sentence) -> tuple[int, int]:
        """Where a sentence of an edit stands in the whole text."""
        start = self.starts[sentence.block or 0] + sentence.start
        return start, start + len(sentence.text)

    def covered(self, sentence: Sentence) -> list[int]:
        """The listed sentences that a sentence of an edit covers, or stands in."""
        start, end = self.span(sentence)
        shares = Counter(self.at[start:end])
        return [
            n
            for n, share in shares.items()
            if n >= 0 and share >= COVERED * min(end - start, self.listed[n][1] - self.listed[n][0])
        ]

    def untouched(self, sentences: list[Sentence]) -> list[int]:
        """For every printed character outside these sentences, its place in the listing."""
        inside = bytearray(len(self.text))
        for sentence in sentences:
            start, end = self.span(sentence)
            inside[start:end] = b"\1" * (end - start)
        return [self.at[k] for k, char in enumerate(self.text) if not inside[k] and not char.isspace()]


def found_links(pair: Marked, change: Change) -> tuple[set[Link], set[Link]]:
    """The engine's links between changed sentences, and those it calls moved, in numbers of the listing."""
    sides = [Places(text, listed) for text, listed in zip(pair.texts, pair.listed, strict=True)]
    edits = [e for e in change.edits if e.where != "end"]
    links: set[Link] = set()
    moved: set[Link] = set()
    for edit in edits:
        for old in edit.old:
            for new in edit.new:
                found = _product(pair, sides[0].covered(old), sides[1].covered(new))
                links |= found
                if edit.op is Op.MOVED or edit.move is not None:
                    moved |= found
    links |= _unchanged_parts(pair, sides, [[s for e in edits for s in e.old], [s for e in edits for s in e.new]])
    return {link for link in links if link in moved or _differ(pair, link)}, moved


def _product(pair: Marked, olds: list[int], news: list[int]) -> set[Link]:
    """Links between what two sentences cover; where one covers several, those of them that are marked, if any."""
    links = {(i, j) for i in olds for j in news}
    return (links & (pair.links | pair.possible | pair.either)) or links


def _unchanged_parts(pair: Marked, sides: list[Places], touched: list[list[Sentence]]) -> set[Link]:
    """Where the engine's sentences are shorter than the listed ones, unchanged ones link them too."""
    shared = Counter(zip(*(side.untouched(t) for side, t in zip(sides, touched, strict=True)), strict=True))
    links = set()
    for (i, j), share in shared.items():
        if i >= 0 and j >= 0 and share >= COVERED * min(_printed(pair, 0, i), _printed(pair, 1, j)):
            links.add((i, j))
    return links


def _printed(pair: Marked, side: int, at: int) -> int:
    return sum(not char.isspace() for char in pair.sentence(side, at))


def _differ(pair: Marked, link: Link) -> bool:
    return pair.sentence(0, link[0]) != pair.sentence(1, link[1])


def _is_text(pair: Marked, link: Link) -> bool:
    """Numbers of lists, which the listing has as sentences, are not scored."""
    return all(any(map(str.isalpha, pair.sentence(side, at))) for side, at in enumerate(link))


def errors(pair: Marked) -> dict[str, set[Link]]:
    """What is right, missing and too much of one pair."""
    links, moved = found_links(pair, compare(*pair.texts))
    allowed = pair.links | pair.possible | pair.either
    return {
        "right": links & pair.links,
        "missing": pair.links - links,
        "too much": {link for link in links - allowed if _is_text(pair, link)},
        "moved": {link for link in moved if _is_text(pair, link)},
        "false moves": {link for link in moved - pair.moved - pair.either - pair.possible if _is_text(pair, link)},
        "missed moves": pair.moved - moved,
    }


def scores(pairs: list[Marked]) -> dict[str, float]:
    """Over all pairs together."""
    total: Counter[str] = Counter()
    for pair in pairs:
        total.update({name: len(found) for name, found in errors(pair).items()})
    right, missing, extra = total["right"], total["missing"], total["too much"]
    return {
        "links": right + missing,
        "f1": round(2 * right / (2 * right + missing + extra), 4),
        "precision": round(right / (right + extra), 4),
        "recall": round(right / (right + missing), 4),
        "moved": total["moved"],
        "false moves": total["false moves"],
        "missed moves": total["missed moves"],
        "false move share": round(total["false moves"] / max(1, right + extra), 4),
    }


def main() -> None:
    """Print a line, the errors, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pairs = marked_pairs()
    found = scores(pairs)
    if options.json:
        print(json.dumps({"machine": machine(), "pairs": len(pairs), **found}, indent=1))
        return
    print(f"{len(pairs)} pairs;", "; ".join(f"{name} {value}" for name, value in found.items()))
    if options.errors:
        for pair in pairs:
            for name, links in errors(pair).items():
                if name in ("missing", "too much", "false moves", "missed moves"):
                    for i, j in sorted(links):
                        print(f"\n#{pair.number} {name} {i}>{j}")
                        print("-", pair.sentence(0, i)[:200], "\n+", pair.sentence(1, j)[:200])


if __name__ == "__main__":
    main()
