"""How much is marked beside the least that could be: words marked, divided by the words that the word LCS leaves over.

By length, over all pairs of a length together, and the worst single pair of at least 20 changed
words: neighbouring versions of digital.gov posts and of terms of service, and articles with
planted edits. Beside it difflib over words (autojunk on, its default), and diff-match-patch
over characters (words that a difference touches, one second of time at most, its default).
Moved text is not marked by us, so a ratio can be below 1.

    python -m bench compare_minimal [--json]
"""

from __future__ import annotations

import difflib
import random
from collections.abc import Callable, Iterator, Sequence

from compare_common import pairs, report
from compare_speed import SAMPLES, planted, sentences
from rapidfuzz.distance import Indel

from writethru.comparison import compare
from writethru.text import word_list

Pair = tuple[str, str]
LENGTHS = ((0, 500), (500, 2_000), (2_000, 8_000), (8_000, 20_000), (20_000, 1_000_000))
PEER_LIMIT = 20_000  # words
ENOUGH = 20
"""Changed words from which a pair has a ratio of its own; below it one word more is a large share."""


def ours(old: str, new: str) -> int:
    """Words that a mark, or a word shifted within its sentence, covers."""
    return sum(
        len(word_list(sentence.text[a:b]))
        for edit in compare(old, new).edits
        for sentence in (*edit.old, *edit.new)
        for a, b in sentence.differing
    )


def by_difflib(old: str, new: str) -> int:
    """difflib as it is called by default."""
    a, b = word_list(old), word_list(new)
    blocks = difflib.SequenceMatcher(None, a, b).get_matching_blocks()
    return len(a) + len(b) - 2 * sum(block.size for block in blocks)


def by_dmp(old: str, new: str) -> int:
    """Words that a difference of diff-match-patch touches."""
    from diff_match_patch import diff_match_patch

    touched = 0
    sides = {-1: "", 1: ""}
    flags: dict[int, list[bool]] = {-1: [], 1: []}
    for op, text in diff_match_patch().diff_main(old, new):
        for side in (-1, 1):
            if op in (0, side):
                sides[side] += text
                flags[side] += [op != 0] * len(text)
    for side, text in sides.items():
        at = 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            touched += any(flags[side][start:at])
    return touched


def sets() -> Iterator[tuple[str, list[Pair]]]:
    """Names and pairs."""
    real = pairs("digitalgov_dev.jsonl.gz") + pairs("open_terms_dev.jsonl.gz")
    for low, high in LENGTHS:
        yield f"real, {low:,} to {high:,} words", [p for p in real if low <= len(p[1].split()) < high]
    source = sentences()
    for size, count in SAMPLES.items():
        rng = random.Random(size)
        yield f"planted, {size:,} words", [planted(source, size, rng) for _ in range(count)]


def measure(chosen: Sequence[Pair]) -> dict:
    """Ratios of all pairs together, and the worst of ours."""
    engines: dict[str, Callable[[str, str], int]] = {
        "writethru": ours,
        "difflib": by_difflib,
        "diff-match-patch": by_dmp,
    }
    least = [Indel.distance(word_list(a), word_list(b)) for a, b in chosen]
    row: dict = {"pairs": len(chosen), "changed words": sum(least)}
    for name, engine in engines.items():
        if name != "writethru" and max(len(b.split()) for _, b in chosen) > PEER_LIMIT:
            continue
        marked = [engine(a, b) for a, b in chosen]
        row[name] = round(sum(marked) / sum(least), 3)
        if name == "writethru":
            row["worst pair"] = round(
                max((m / n for m, n in zip(marked, least, strict=True) if n >= ENOUGH), default=0), 3
            )
    return row


def measure_all() -> dict[str, dict]:
    """Every set that has pairs."""
    return {name: measure(chosen) for name, chosen in sets() if chosen}


if __name__ == "__main__":
    report(__doc__, measure_all)
