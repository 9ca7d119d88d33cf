"""Planted edits in real articles: are changed sentences, moves, splits and merges found?

Takes the sentences of digital.gov posts (CC0), plants edits whose truth is known, and
scores the links between changed sentences (F1 over pairs), moved sentences, splits and
merges. Peers: difflib over sentences (a replaced run is paired in order) and greedy
two-way matching by similarity, as NewsEdits does it.

    python bench/compare_plant.py [--articles 150] [--seed 1] [--json]
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from compare_common import digitalgov, machine, require_data

from writethru.comparison import compare
from writethru.text import sentence_spans, word_list

STRENGTHS = {"light": 0.10, "medium": 0.25, "heavy": 0.40}
"""Share of the words of a rewritten sentence that are replaced, dropped or joined by others."""

Link = tuple[int, int]


@dataclass
class Planted:
    """Two versions and what was done between them, by numbers of sentences on each side."""

    old: list[list[str]]
    new: list[list[str]] = field(default_factory=list)
    changed: set[Link] = field(default_factory=set)
    moved: set[Link] = field(default_factory=set)
    splits: set[Link] = field(default_factory=set)
    merges: set[Link] = field(default_factory=set)

    @property
    def texts(self) -> tuple[str, str]:
        """Both versions as plain text."""
        old, new = ("\n\n".join(" ".join(p) for p in side) for side in (self.old, self.new))
        return old, new


def articles(limit: int) -> list[list[list[str]]]:
    """Posts as paragraphs of sentences: 12 to 90 sentences, stable under the splitter."""
    found = []
    for text in digitalgov():
        paragraphs = [[p[a:b] for a, b in sentence_spans(p)] for p in text.split("\n\n")]
        paragraphs = [p for p in paragraphs if p and all(6 <= len(s.split(" ")) <= 60 for s in p)]
        size = sum(map(len, paragraphs))
        sentences = [s for p in paragraphs for s in p]
        if 12 <= size <= 90 and len(paragraphs) >= 5 and len(set(sentences)) == size:
            found.append(paragraphs)
        if len(found) == limit:
            break
    return found


class Planter:
    """Plants one round of edits in an article."""

    def __init__(self, rng: random.Random, words: list[str], spare: list[str], strength: float) -> None:
        self.rng, self.words, self.spare, self.strength = rng, words, spare, strength

    def plant(self, old: list[list[str]]) -> Planted:
        """Plants until the sentences come out as planted when the new text is cut again."""
        while True:
            planted = self._plant(old)
            if all([p[a:b] for a, b in sentence_spans(p)] == q for p, q in ((" ".join(q), q) for q in planted.new)):
                return planted

    def _plant(self, old: list[list[str]]) -> Planted:
        """About every fifth sentence is rewritten; some are added, removed, moved, split, merged."""
        planted = Planted(old)
        numbers = iter(range(10_000))
        # every new sentence is (text, numbers of the old sentences it was made from)
        paragraphs = [[(text, (next(numbers),)) for text in p] for p in old]
        moved = self._move(paragraphs)
        for paragraph in paragraphs:
            self._edit(paragraph)
        paragraphs = [p for p in paragraphs if p]
        self._record(planted, paragraphs, moved)
        return planted

    def _move(self, paragraphs: list) -> set[int]:
        """One or two paragraphs go three or more places up or down."""
        moved: set[int] = set()
        for _ in range(self.rng.randint(0, 2)):
            at = self.rng.randrange(len(paragraphs))
            to = self.rng.randrange(len(paragraphs))
            block = paragraphs[at]
            crossed = paragraphs[min(at, to) : max(at, to) + 1]
            size = sum(len(s) for s, _ in block)
            if abs(at - to) < 3 or sum(len(s) for p in crossed for s, _ in p) < 3 * size:
                continue
            if moved & {n for p in crossed for _, ns in p for n in ns}:
                continue
            paragraphs.insert(to, paragraphs.pop(at))
            moved |= {number for _, numbers in block for number in numbers}
        return moved

    def _edit(self, paragraph: list) -> None:
        at = 0
        while at < len(paragraph):
            text, sources = paragraph[at]
            roll = self.rng.random()
            if roll < 0.20:
                paragraph[at] = (self._rewrite(text), sources)
            elif roll < 0.25:
                del paragraph[at]
                continue
            elif roll < 0.30:
                paragraph.insert(at, (self.rng.choice(self.spare), ()))
                at += 1
            elif roll < 0.35:
                at += self._split(paragraph, at)
            elif roll < 0.40 and at + 1 < len(paragraph):
                self._merge(paragraph, at)
            at += 1

    def _rewrite(self, text: str) -> str:
        words = text.split(" ")
        count = max(1, round(self.strength * len(words)))
        for _ in range(count):
            at = self.rng.randrange(len(words) - 1)
            roll = self.rng.random()
            if roll < 0.6:
                words[at] = self.rng.choice(self.words)
            elif roll < 0.8:
                words.insert(at, self.rng.choice(self.words))
            elif len(words) > 4:
                del words[at]
        new = " ".join(words)
        new = new[0].upper() + new[1:]
        return new if new != text and len(sentence_spans(new)) == 1 else text[:-1] + " indeed" + text[-1]

    def _split(self, paragraph: list, at: int) -> int:
        text, sources = paragraph[at]
        words = text.split(" ")
        if len(words) < 14:
            return 0
        middle = self.rng.randint(6, len(words) - 6)
        first = " ".join(words[:middle]).rstrip(",;:") + "."
        second = words[middle][:1].upper() + " ".join(words[middle:])[1:]
        if len(sentence_spans(f"{first} {second}")) != 2:
            return 0
        paragraph[at : at + 1] = [(first, sources), (second, sources)]
        return 1

    def _merge(self, paragraph: list, at: int) -> None:
        (first, one), (second, two) = paragraph[at], paragraph[at + 1]
        joined = f"{first.rstrip('.')}, and {second[:1].lower()}{second[1:]}"
        if one and two and len(sentence_spans(joined)) == 1:
            paragraph[at : at + 2] = [(joined, one + two)]

    @staticmethod
    def _record(planted: Planted, paragraphs: list, moved: set[int]) -> None:
        planted.new = [[text for text, _ in p] for p in paragraphs]
        old = [text for p in planted.old for text in p]
        made: dict[int, list[int]] = defaultdict(list)
        for number, (text, sources) in enumerate(s for p in paragraphs for s in p):
            for source in sources:
                made[source].append(number)
                if text != old[source]:
                    planted.changed.add((source, number))
                if source in moved:
                    planted.moved.add((source, number))
            if len(sources) > 1:
                planted.merges |= {(source, number) for source in sources}
        for source, numbers in made.items():
            if len(numbers) > 1:
                planted.splits |= {(source, number) for number in numbers}


def found_by_writethru(planted: Planted) -> Planted:
    """What compare() says, in numbers of sentences."""
    texts = planted.texts
    found = Planted(planted.old, planted.new)
    places = [_numbered(side) for side in (planted.old, planted.new)]
    for edit in compare(*texts).edits:
        olds = [places[0].get((s.block, s.start)) for s in edit.old]
        news = [places[1].get((s.block, s.start)) for s in edit.new]
        links = {(i, j) for i in olds for j in news if i is not None and j is not None}
        if edit.old_text != edit.new_text:
            found.changed |= links
        if edit.move is not None:
            found.moved |= links
        if edit.op.value == "split":
            found.splits |= links
        if edit.op.value == "merged":
            found.merges |= links
    return found


def _numbered(paragraphs: list[list[str]]) -> dict[tuple[int, int], int]:
    numbers = {}
    for block, paragraph in enumerate(paragraphs):
        start = 0
        for sentence in paragraph:
            numbers[block, start] = len(numbers)
            start += len(sentence) + 1
    return numbers


def found_by_difflib(planted: Planted) -> Planted:
    """Replaced runs of sentences, paired in order."""
    old, new = ([s for p in side for s in p] for side in (planted.old, planted.new))
    found = Planted(planted.old, planted.new)
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            found.changed |= set(zip(range(i1, i2), range(j1, j2), strict=False))
    return found


def found_by_two_way(planted: Planted) -> Planted:
    """Each changed sentence with its most similar one, both ways (as in NewsEdits)."""
    old, new = ([s for p in side for s in p] for side in (planted.old, planted.new))
    equal = set(old) & set(new)
    olds = {i: set(word_list(s.lower())) for i, s in enumerate(old) if s not in equal}
    news = {j: set(word_list(s.lower())) for j, s in enumerate(new) if s not in equal}
    found = Planted(planted.old, planted.new)
    for a, b, turned in ((olds, news, False), (news, olds, True)):
        for i, words in a.items():
            score, j = max(((2 * len(words & w) / (len(words) + len(w)), j) for j, w in b.items()), default=(0, -1))
            if score > 0.4:
                found.changed.add((j, i) if turned else (i, j))
    return found


PEERS: dict[str, Callable[[Planted], Planted]] = {
    "writethru": found_by_writethru,
    "two-way": found_by_two_way,
    "difflib": found_by_difflib,
}
MEASURES = ("changed", "moved", "splits", "merges")


def f1(pairs: Iterable[tuple[set[Link], set[Link]]]) -> float | None:
    """Over all articles together; None where nothing was planted or found."""
    right = said = true = 0
    for truth, found in pairs:
        right += len(truth & found)
        said += len(found)
        true += len(truth)
    return round(2 * right / (said + true), 4) if said and true else None


def measure(limit: int, seed: int) -> dict:
    """Scores by strength, engine and measure."""
    sources = articles(limit)
    words = [w for p in sources[0] + sources[1] + sources[2] for s in p for w in word_list(s)]
    rows: dict = {}
    for strength, share in STRENGTHS.items():
        rng = random.Random(seed)
        spare = [s for text in digitalgov(newest=True) for s in _spare(text)]
        rng.shuffle(spare)
        planter = Planter(rng, words, spare, share)
        planted = [planter.plant(source) for source in sources]
        rows[strength] = {"links": sum(len(p.changed) for p in planted), "moved": sum(len(p.moved) for p in planted)}
        for name, engine in PEERS.items():
            found = [engine(p) for p in planted]
            rows[strength][name] = {
                m: f1((getattr(p, m), getattr(q, m)) for p, q in zip(planted, found, strict=True)) for m in MEASURES
            }
            rows[strength][name]["false moves"] = sum(
                len(q.moved - p.moved) for p, q in zip(planted, found, strict=True)
            )
    return {"machine": machine(), "articles": len(sources), "seed": seed, "strengths": rows}


def _spare(text: str) -> list[str]:
    sentences = [p[a:b] for p in text.split("\n\n") for a, b in sentence_spans(p)]
    return [s for s in sentences if 8 <= len(s.split(" ")) <= 40 and s[0].isupper()]


def main() -> None:
    """Print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    found = measure(options.articles, options.seed)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(found["machine"])
    print(f"{found['articles']} articles, seed {found['seed']}; F1")
    for strength, row in found["strengths"].items():
        print(f"\n{strength}: {row['links']} changed links, {row['moved']} moved sentences")
        for name in PEERS:
            print(f"  {name:10}", "  ".join(f"{m} {row[name][m]}" for m in (*MEASURES, "false moves")))


if __name__ == "__main__":
    main()
