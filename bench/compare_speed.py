"""How long a comparison takes: articles with a few planted edits, real pairs, long and hostile texts.

CPU time of this process (best of several runs), beside difflib over words (its default
and without autojunk), rapidfuzz Indel over words and diff-match-patch over characters,
as ratios of ours; each peer gives word or character operations only, ours aligns
sentences, finds moves and names kinds as well.

    python bench/compare_speed.py [--plot] [--json]
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import time
from collections.abc import Callable
from statistics import median

from compare_common import digitalgov, machine, pairs, require_data

from writethru.comparison import compare
from writethru.text import sentence_spans

SIZES = (500, 2_000, 8_000, 20_000, 200_000)
TARGETS = {500: 0.5, 2_000: 1.5, 8_000: 8.0, 20_000: 25.0, 200_000: 2_000.0}
"""Milliseconds of CPU aimed at for an article of so many words with a few edits."""
EDITS = {500: 3, 2_000: 5, 8_000: 10, 20_000: 20, 200_000: 60}
PEER_LIMIT = 20_000  # words above which a peer would take minutes
SAMPLES = {500: 40, 2_000: 20, 8_000: 8, 20_000: 4, 200_000: 1}

Pair = tuple[str, str]


def sentences() -> list[str]:
    """Sentences of digital.gov posts, in order."""
    found = []
    for text in digitalgov():
        found += [p[a:b] for p in text.split("\n\n") for a, b in sentence_spans(p)]
    return [s for s in dict.fromkeys(found) if 5 <= len(s.split()) <= 50]


def planted(source: list[str], words: int, rng: random.Random) -> Pair:
    """An article of about so many words, and the same with a few edits: 3, 5, 10, 20, 60 by size."""
    chosen: list[str] = []
    count = 0
    at = rng.randrange(len(source))
    while count < words:
        chosen.append(source[at % len(source)])
        count += len(chosen[-1].split())
        at += 1
    old = [chosen[k : k + 3] for k in range(0, len(chosen), 3)]
    new = [list(p) for p in old]
    for _ in range(EDITS[words]):
        _edit(new, source, rng)
    return _text(old), _text(new)


def _text(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(p) for p in paragraphs if p)


def _edit(new: list[list[str]], source: list[str], rng: random.Random) -> None:
    paragraph = rng.choice([p for p in new if p])
    at = rng.randrange(len(paragraph))
    roll = rng.random()
    if roll < 0.6:
        words = paragraph[at].split(" ")
        for _ in range(rng.randint(1, 3)):
            words[rng.randrange(len(words))] = rng.choice(rng.choice(source).split(" ")[1:]).lower()
        paragraph[at] = " ".join(words)
    elif roll < 0.75:
        paragraph.insert(at, rng.choice(source))
    elif roll < 0.9:
        del paragraph[at]
    else:
        new.insert(rng.randrange(len(new)), new.pop(rng.randrange(len(new))))


def hostile() -> dict[str, Pair]:
    """Texts made to be slow."""
    rng = random.Random(5)
    word = "word " * 1_000_000
    repeated = "The same sentence again. " * 20_000
    letters = " ".join(rng.choice("ab") for _ in range(30_000))
    other = " ".join(rng.choice("ab") for _ in range(30_000))
    line = " ".join(f"w{rng.randrange(5_000)}" for _ in range(160_000))
    return {
        "one word a million times, once less": (word, word[:-5]),
        "one word a million times, another amid": (word, f"{word[:2_500_000]}other {word[2_500_000:]}"),
        "one sentence 20,000 times, 7 fewer": (repeated, repeated[: -7 * 25]),
        "one sentence 20,000 times, 100 others amid": (repeated, _interspersed(rng)),
        "30,000 letters a and b, at random": (letters, other),
        "one line of 1 MB, 200 words changed": (line, _changed(line, rng, 200)),
        "1 MB without a space": ("x" * 1_000_000, "x" * 500_000 + "y" + "x" * 499_999),
        "5,000 paragraphs in reverse": _reversed(rng),
    }


def _interspersed(rng: random.Random) -> str:
    parts = ["The same sentence again."] * 20_000
    for number in range(100):
        parts.insert(rng.randrange(len(parts)), f"Another sentence, number {number}.")
    return " ".join(parts)


def _changed(line: str, rng: random.Random, count: int) -> str:
    words = line.split(" ")
    for _ in range(count):
        words[rng.randrange(len(words))] = "changed"
    return " ".join(words)


def _reversed(rng: random.Random) -> Pair:
    paragraphs = [" ".join(f"w{rng.randrange(9_000)}" for _ in range(20)) + "." for _ in range(5_000)]
    return "\n\n".join(paragraphs), "\n\n".join(reversed(paragraphs))


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Best CPU time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def _peers() -> dict[str, Callable[[str, str], object]]:
    found: dict[str, Callable[[str, str], object]] = {
        "difflib": lambda a, b: difflib.SequenceMatcher(None, a.split(), b.split()).get_opcodes(),
        "difflib, no autojunk": lambda a, b: difflib.SequenceMatcher(None, a.split(), b.split(), False).get_opcodes(),
    }
    try:
        from rapidfuzz.distance import Indel

        found["rapidfuzz"] = lambda a, b: Indel.opcodes(a.split(), b.split())
    except ImportError:
        pass
    try:
        from diff_match_patch import diff_match_patch

        engine = diff_match_patch()
        engine.Diff_Timeout = 0
        found["diff-match-patch"] = engine.diff_main
    except ImportError:
        pass
    return found


def measure_sizes(source: list[str]) -> list[dict]:
    """Median and worst by size, with the peers as ratios of our median."""
    rows = []
    for size in SIZES:
        rng = random.Random(size)
        texts = [planted(source, size, rng) for _ in range(SAMPLES[size])]
        runs = 5 if size <= 2_000 else 2
        ours = [milliseconds(lambda a=a, b=b: compare(a, b).summary, runs) for a, b in texts]
        row: dict = {"words": size, "median ms": round(median(ours), 3), "worst ms": round(max(ours), 3)}
        row["target ms"] = TARGETS[size]
        if size <= PEER_LIMIT:
            for name, peer in _peers().items():
                if name != "difflib, no autojunk" or size <= 2_000:
                    times = [milliseconds(lambda a=a, b=b, p=peer: p(a, b), 1) for a, b in texts[:5]]
                    row[name] = round(median(times) / row["median ms"], 2)
        rows.append(row)
    return rows


def measure_real() -> dict:
    """All neighbouring versions of the digital.gov history, and of long terms of service."""
    found = {}
    for name in ("digitalgov_dev.jsonl.gz", "open_terms_dev.jsonl.gz"):
        times = [(milliseconds(lambda a=a, b=b: compare(a, b).summary, 1), len(b.split())) for a, b in pairs(name)]
        times.sort()
        found[name] = {
            "pairs": len(times),
            "median ms": round(times[len(times) // 2][0], 2),
            "worst ms": round(times[-1][0], 1),
            "worst words": times[-1][1],
            "ms per 1,000 words": round(1000 * sum(t for t, _ in times) / sum(w for _, w in times), 3),
        }
    return found


def plot(rows: list[dict]) -> str:
    """Growth as text: one line per size, a bar of the logarithm."""
    lines = ["words      ms        (each # doubles)"]
    for row in rows:
        doublings = max(1, int(row["median ms"] * 100).bit_length())
        lines.append(f"{row['words']:>7} {row['median ms']:>9.2f}  {'#' * doublings}")
    return "\n".join(lines)


def main() -> None:
    """Print tables or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plot", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    sizes = measure_sizes(sentences())
    found = {
        "machine": machine(),
        "sizes": sizes,
        "real": measure_real(),
        "hostile ms": {name: round(milliseconds(lambda p=p: compare(*p).summary, 1)) for name, p in hostile().items()},
    }
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(found["machine"])
    for row in sizes:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    for part in ("real", "hostile ms"):
        print(f"\n{part}")
        for name, value in found[part].items():
            print(f"  {name}: {value}")
    if options.plot:
        print("\n" + plot(sizes))


if __name__ == "__main__":
    main()
