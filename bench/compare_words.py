"""Word marks beside human marks (arXivEdits), and cuts inside words.

Token F1 (mean over pairs, and over all tokens together) and the share of pairs marked
exactly as the human marked them, on the whitespace tokens of the corpus.

    python bench/compare_words.py [--json]
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
from collections.abc import Callable, Sequence

from compare_common import data_root, machine, require_data

from writethru.comparison.words import mark_words
from writethru.text import tokenise

Tokens = tuple[set[int], set[int]]


def corpus(split: str) -> list[dict]:
    """The sentence pairs of one split."""
    with gzip.open(data_root() / "revisions" / "arxivedits" / f"{split}.json.gz", "rt", encoding="utf-8") as file:
        return list(json.load(file).values())


def human(row: dict) -> Tokens:
    """The tokens the annotators marked on either side."""
    marked: Tokens = (set(), set())
    for edit in row["edits-combination-0"].values():
        for side, name in enumerate(("sentence-1-token-indices", "sentence-2-token-indices")):
            if edit[name]:
                marked[side].update(range(*edit[name]))
    return marked


def by_writethru(old: str, new: str) -> Tokens:
    """Tokens that a mark touches; shifted and recased words are not marked."""
    sides = mark_words(old, new)
    return _touched(old, sides[0].marks), _touched(new, sides[1].marks)


def by_difflib(old: str, new: str) -> Tokens:
    """difflib over the tokens, without autojunk."""
    marked: Tokens = (set(), set())
    matcher = difflib.SequenceMatcher(None, old.split(" "), new.split(" "), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            marked[0].update(range(i1, i2))
            marked[1].update(range(j1, j2))
    return marked


def by_rapidfuzz(old: str, new: str) -> Tokens:
    """rapidfuzz Indel over the tokens."""
    from rapidfuzz.distance import Indel

    marked: Tokens = (set(), set())
    for op in Indel.opcodes(old.split(" "), new.split(" ")):
        if op.tag != "equal":
            marked[0].update(range(op.src_start, op.src_end))
            marked[1].update(range(op.dest_start, op.dest_end))
    return marked


def by_dmp(old: str, new: str) -> Tokens:
    """diff-match-patch over characters, with its semantic clean-up."""
    spans = dmp_spans(old, new)
    return _touched(old, spans[0]), _touched(new, spans[1])


def dmp_spans(old: str, new: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The changed characters by diff-match-patch."""
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    diffs = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(diffs)
    i = j = 0
    spans: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for op, text in diffs:
        if op <= 0:
            if op:
                spans[0].append((i, i + len(text)))
            i += len(text)
        if op >= 0:
            if op:
                spans[1].append((j, j + len(text)))
            j += len(text)
    return spans


def _touched(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Whitespace tokens of which a span holds a character that is not a space."""
    found = set()
    start = 0
    for number, token in enumerate(text.split(" ")):
        end = start + len(token)
        if any(a < end and b > start and text[max(a, start) : min(b, end)].strip() for a, b in spans):
            found.add(number)
        start = end + 1
    return found


ENGINES: dict[str, Callable[[str, str], Tokens]] = {
    "writethru": by_writethru,
    "difflib": by_difflib,
    "rapidfuzz": by_rapidfuzz,
    "diff-match-patch": by_dmp,
}


def agreement(rows: list[dict], engine: Callable[[str, str], Tokens]) -> dict:
    """Token F1 two ways and the share of pairs marked exactly alike."""
    means, exact = 0.0, 0
    right = said = true = 0
    for row in rows:
        truth, found = human(row), engine(row["sentence-1"], row["sentence-2"])
        both = len(truth[0] & found[0]) + len(truth[1] & found[1])
        a, b = len(truth[0]) + len(truth[1]), len(found[0]) + len(found[1])
        means += 2 * both / (a + b) if a + b else 1.0
        exact += truth == found
        right, said, true = right + both, said + b, true + a
    return {
        "token F1, mean": round(means / len(rows), 4),
        "token F1, all": round(2 * right / (said + true), 4),
        "exactly": round(exact / len(rows), 4),
    }


def cuts(rows: list[dict]) -> dict[str, int]:
    """Pairs in which a mark begins or ends inside a word or number."""
    found = {"writethru": 0, "diff-match-patch": 0}
    for row in rows:
        old, new = row["sentence-1"], row["sentence-2"]
        sides = mark_words(old, new)
        found["writethru"] += _cut(old, sides[0].marks) or _cut(new, sides[1].marks)
        spans = dmp_spans(old, new)
        found["diff-match-patch"] += _cut(old, spans[0]) or _cut(new, spans[1])
    return found


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    inside = {at for t in tokenise(text) if not t.is_space for at in range(t.start + 1, t.end)}
    return any(at in inside for span in spans for at in span)


def main() -> None:
    """Print tables or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    splits = {split: corpus(split) for split in ("train", "dev")}
    found = {
        "machine": machine(),
        "human marks": {s: {n: agreement(rows, e) for n, e in ENGINES.items()} for s, rows in splits.items()},
        "pairs cut inside a word": cuts(splits["train"] + splits["dev"]),
    }
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(found["machine"])
    for split, engines in found["human marks"].items():
        print(f"\n{split}: {len(splits[split])} pairs")
        for name, row in engines.items():
            print(f"  {name:17}", "  ".join(f"{k} {v:.4f}" for k, v in row.items()))
    print("\npairs cut inside a word:", found["pairs cut inside a word"])


if __name__ == "__main__":
    main()
