"""How long a comparison takes, by length: articles with a few planted edits, real pairs, hostile pairs, peers beside.

What is timed is all of it: ``compare(old, new)`` cuts sentences, aligns, finds moves, marks words,
names kinds with evidence and makes the exact patch; ``summary`` is timed with it. "of it" tells
the share of alignment with word marks, which is all that the peers give. CPU time of this
process, the best of some runs of each pair, nothing kept from one run to the next.

Peers, on the same pairs in the same run: difflib over words (its default, and without autojunk),
rapidfuzz Indel over words, diff-match-patch over characters (no time limit), lxml's htmldiff.

    python -m bench compare_speed [--plot FILE.svg] [--json] [--only sizes,real,hostile]
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from compare_common import digitalgov, pairs, require_data
from compare_hostile import HOSTILE
from compare_plot import svg
from machine import heading, yardstick_ms
from machine import machine as machine_now

from writethru.comparison import compare
from writethru.comparison.alignment import align
from writethru.comparison.units import units_of
from writethru.comparison.words import mark_words
from writethru.text import sentence_spans

SIZES = (500, 2_000, 8_000, 20_000, 200_000)
TARGETS = {500: 0.5, 2_000: 1.5, 8_000: 8.0, 20_000: 25.0, 200_000: 2_000.0}
"""Milliseconds of CPU aimed at for an article of so many words with a few edits."""
WORST = {500: 30.0, 2_000: 80.0, 8_000: 200.0, 20_000: 400.0}
"""Milliseconds aimed at for the worst pair of so many words."""
EDITS = {500: 3, 2_000: 5, 8_000: 10, 20_000: 20, 200_000: 60}
PEER_LIMIT = {"difflib, no autojunk": 8_000, "difflib": 20_000, "rapidfuzz": 20_000, "htmldiff": 8_000}
"""Words above which a peer would take minutes, or gigabytes."""
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


def longest() -> dict[str, Pair]:
    """Texts of a million words or characters."""
    rng = random.Random(5)
    word = "word " * 1_000_000
    repeated = "The same sentence again. " * 20_000
    line = [f"w{rng.randrange(5_000)}" for _ in range(160_000)]
    other = [word if rng.random() > 0.00125 else "changed" for word in line]
    return {
        "one word a million times, once less": (word, word[:-5]),
        "one word a million times, another amid": (word, f"{word[:2_500_000]}other {word[2_500_000:]}"),
        "one sentence 20,000 times, 7 fewer": (repeated, repeated[: -7 * 25]),
        "one line of 1 MB, 200 words changed": (" ".join(line), " ".join(other)),
        "1 MB without a space": ("x" * 1_000_000, "x" * 500_000 + "y" + "x" * 499_999),
    }


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Best CPU time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def _links_and_marks(old: str, new: str) -> None:
    """What the peers give: what stands against what, and which words differ. No kinds, no patch, no summary."""
    units_old, units_new = units_of(old), units_of(new)
    found = align(units_old, units_new)
    for i, j in found.links():
        if found.old.text[i] != found.new.text[j]:
            mark_words(found.old.text[i], found.new.text[j])


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
    try:
        from lxml.html.diff import htmldiff

        found["htmldiff"] = lambda a, b: htmldiff(_html(a), _html(b))
    except ImportError:
        pass
    return found


def _html(text: str) -> str:
    return "".join(f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}</p>" for p in text.split("\n\n"))


def measure_sizes(source: list[str]) -> list[dict]:
    """Median and worst by size, ours and the peers', in milliseconds."""
    rows = []
    for size in SIZES:
        rng = random.Random(size)
        texts = [planted(source, size, rng) for _ in range(SAMPLES[size])]
        runs = 7 if size <= 2_000 else 3
        ours = [milliseconds(lambda a=a, b=b: compare(a, b).summary, runs) for a, b in texts]
        core = [milliseconds(lambda a=a, b=b: _links_and_marks(a, b), runs) for a, b in texts]
        row: dict = {"words": size, "pairs": len(texts), "yardstick ms": round(yardstick_ms(), 1)}
        row |= {"median ms": round(median(ours), 3), "worst ms": round(max(ours), 2), "target ms": TARGETS[size]}
        row["of it links and marks ms"] = round(median(core), 3)
        for name, peer in _peers().items():
            if size <= PEER_LIMIT.get(name, 20_000):
                few = texts[: 5 if size <= 2_000 else 2]
                row[name] = round(median(milliseconds(lambda a=a, b=b, p=peer: p(a, b), 1) for a, b in few), 2)
        rows.append(row)
    return rows


def measure_real() -> dict:
    """All neighbouring versions of the digital.gov history, and of long terms of service."""
    found = {}
    for name in ("digitalgov_dev.jsonl.gz", "open_terms_dev.jsonl.gz"):
        times = [(milliseconds(lambda a=a, b=b: compare(a, b).summary, 2), len(b.split())) for a, b in pairs(name)]
        times.sort()
        found[name] = {
            "pairs": len(times),
            "median ms": round(times[len(times) // 2][0], 2),
            "median words": sorted(words for _, words in times)[len(times) // 2],
            "worst ms": round(times[-1][0], 1),
            "worst words": times[-1][1],
            "ms per 1,000 words": round(1000 * sum(t for t, _ in times) / sum(w for _, w in times), 3),
        }
    return found


def measure_hostile() -> dict:
    """Each hostile kind at each size, in milliseconds; and the longest."""
    found: dict = {}
    for kind in HOSTILE:
        made = {size: kind(size, random.Random(size)) for size in WORST}
        found[kind.__name__.replace("_", " ")] = {
            size: round(milliseconds(lambda p=p: compare(*p).summary, 2 if size < 20_000 else 1), 1)
            for size, p in made.items()
        }
    return found | {name: round(milliseconds(lambda p=p: compare(*p).summary, 1)) for name, p in longest().items()}


def series(rows: Sequence[dict]) -> dict[str, list[tuple[float, float]]]:
    """What the plot shows: name to points (words, milliseconds)."""
    names = {"writethru": "median ms", "writethru, links and marks": "of it links and marks ms"}
    names |= {name: name for name in _peers()}
    return {name: [(row["words"], row[key]) for row in rows if key in row] for name, key in names.items()}


def show(found: dict) -> None:
    """Print tables."""
    for row in found.get("sizes", ()):
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    for part in ("real", "hostile"):
        if part in found:
            print(f"\n{part}" + (f" (ms at {', '.join(f'{size:,}' for size in WORST)} words)" * (part == "hostile")))
            for name, value in found[part].items():
                shown = "  ".join(map(str, value.values())) if part == "hostile" and isinstance(value, dict) else value
                print(f"  {name:<40} {shown}")


def main() -> None:
    """Print tables or JSON, and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw growth by length, ours and the peers'")
    parser.add_argument("--only", default="sizes,real,hostile", help="parts, by comma")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    parts = {
        "sizes": lambda: measure_sizes(sentences()),
        "real": measure_real,
        "hostile": measure_hostile,
    }
    about = machine_now()
    found = {name: measure() for name, measure in parts.items() if name in options.only.split(",")}
    if options.json:
        print(json.dumps({"machine": about, **found}, indent=1))
    else:
        print(heading(about))
        show(found)
    if options.plot and "sizes" in found:
        options.plot.write_text(svg(series(found["sizes"])), encoding="utf-8")


if __name__ == "__main__":
    main()
