"""Passim's way written anew from its description: which pairs it names, and the alignment that it does of each.

Pairs of different outlets that share five runs of five words which at most a hundred articles have (D. A. Smith,
R. Cordell, E. M. Dillon: Infectious Texts, 2013, and the program's own description). Runs that lie within a hundred
words of each other in both articles are one stretch, which is aligned character by character with affine gaps (Smith
and Waterman 1981, Gotoh 1982), 50 words around it too; an alignment of a hundred characters is a passage. What is
compared is the work, not the program: passim runs on Spark and the JVM and clusters its passages afterwards, which is
left out.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

RUNS, WORDS, HOLDERS = 5, 5, 100
GAP, AROUND = 100, 50
"""Words between two runs of one stretch, and words around a stretch that are aligned as well."""
LEAST = 100
"""Characters of an alignment that is a passage."""
MATCH, MISMATCH, OPEN, EXTEND = 2, -1, 5, 1
SLOW = 60
"""Pairs that the aligner without vector instructions is given."""

Run = tuple[str, ...]
Pair = tuple[int, int]
Align = Callable[[str, str], int]
"""How many characters of two stretches are aligned."""


@dataclass(frozen=True, slots=True)
class Article:
    """The words of an article, and where each begins and ends."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> Article:
        """Read it."""
        found = list(re.finditer(r"\w+", text.lower()))
        return cls(text, [match.group() for match in found], [match.span() for match in found])

    def runs(self) -> dict[Run, int]:
        """Each run of words, and where it stands last."""
        return {tuple(self.words[at : at + WORDS]): at for at in range(len(self.words) - WORDS + 1)}


def named(texts: Mapping[int, str], outlet: Mapping[int, int]) -> tuple[set[Pair], dict[Run, int]]:
    """The pairs that the rule names, and in how many articles each run stands."""
    holders: dict[Run, list[int]] = defaultdict(list)
    for number, text in texts.items():
        words = re.findall(r"\w+", text.lower())
        for run in {tuple(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}:
            holders[run].append(number)
    shared: Counter[Pair] = Counter()
    for some in holders.values():
        if 1 < len(some) <= HOLDERS:
            shared.update(pair for pair in combinations(some, 2) if outlet[pair[0]] != outlet[pair[1]])
    pairs = {pair for pair, runs in shared.items() if runs >= RUNS}
    return pairs, {run: len(some) for run, some in holders.items() if len(some) > 1}


def alignments(texts: Mapping[int, str], pairs: set[Pair], often: Mapping[Run, int], folder: str) -> dict[str, Any]:
    """What aligning the named pairs costs, by the library that does it; where they are installed."""
    sys.path.append(folder)
    some = sorted(pairs)
    found: dict[str, Any] = {}
    for name, made, count in (("parasail", _parasail, len(some)), ("biopython", _biopython, SLOW)):
        try:
            align = made()
        except ImportError:
            found[name] = "not installed"
            continue
        began = time.process_time()
        passages = sum(_passages(texts[a], texts[b], often, align) for a, b in some[:count])
        spent = time.process_time() - began
        found[name] = {
            "pairs": len(some[:count]),
            "passages": passages,
            "cpu_seconds": round(spent, 1),
            "ms a pair": round(1000 * spent / max(1, len(some[:count])), 2),
        }
    return found


def _passages(one: str, other: str, often: Mapping[Run, int], align: Align) -> int:
    """How many passages two articles share."""
    a, b = Article.of(one), Article.of(other)
    ours, theirs = a.runs(), b.runs()
    places = sorted((ours[run], theirs[run]) for run in ours.keys() & theirs.keys() if often.get(run, 0) <= HOLDERS)
    return sum(align(_cut(a, x), _cut(b, y)) >= LEAST for x, y in _stretches(places))


def _stretches(places: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Runs that lie together in both: the first and the last word, on either side."""
    while places:
        end = 1
        while end < len(places) and all(abs(places[end][side] - places[end - 1][side]) <= GAP for side in (0, 1)):
            end += 1
        xs, ys = zip(*places[:end], strict=True)
        yield (min(xs), max(xs) + WORDS), (min(ys), max(ys) + WORDS)
        places = places[end:]


def _cut(article: Article, stretch: Pair) -> str:
    first, last = max(0, stretch[0] - AROUND), min(len(article.words), stretch[1] + AROUND)
    return article.text[article.spans[first][0] : article.spans[last - 1][1]].lower()


def _parasail() -> Align:
    """Smith and Waterman's alignment with vector instructions: far faster than passim's own."""
    import parasail

    matrix = parasail.matrix_create("abcdefghijklmnopqrstuvwxyz .,\n", MATCH, MISMATCH)

    def align(one: str, other: str) -> int:
        found = parasail.sw_trace_striped_16(_ascii(one), _ascii(other), OPEN, EXTEND, matrix)
        return len(found.traceback.query)

    return align


def _biopython() -> Align:
    """The same in plain C, as a compiled program without vector instructions does it."""
    from Bio.Align import PairwiseAligner

    aligner = PairwiseAligner(mode="local", match_score=MATCH, mismatch_score=MISMATCH)
    aligner.open_gap_score, aligner.extend_gap_score = -OPEN, -EXTEND

    def align(one: str, other: str) -> int:
        found = next(iter(aligner.align(_ascii(one), _ascii(other))), None)
        return 0 if found is None else int(found.shape[1])

    return align


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()
