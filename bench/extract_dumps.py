"""How well lines of the article are told from the rest when a page was saved as plain text.

    python bench/extract_dumps.py [--sets aeb,wcxb-dev,fundus] [--every N] [--worst N] [--show NAME]
    python bench/extract_dumps.py --beside
    python bench/dump_lines_train.py --half a --out FILE && python bench/extract_dumps.py --half b --model FILE

Renders the annotated pages to text the way ordinary tools do (a blank line around paragraphs and
headings, ``*`` before list items, links as their words) and reads them as dumps. A line is the
article's when 70 % of its 4-word shingles stand in the true body; lines under four words, captions
and credits are not counted. Line F1 is the mean over pages. The line model that ships was trained on these pages:
``--beside`` reads the pages of hosts that have two or more, alone and with the host's others (``recurring_lines``).
``--model`` takes one that was trained on half of them, ``--half`` the pages of the other half.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urlsplit

from extract_accuracy import f1, in_half, shingles
from extract_peers import DATA, pages
from rendered_text import render

from writethru.extraction import extract, line_model
from writethru.extraction.dump_recurrence import recurring_lines
from writethru.model import BODY_KINDS


def score(text: str, truth: str, recurring: frozenset[str] = frozenset()) -> tuple[float, list[tuple[str, str]]]:
    """(line F1, the lines judged wrongly) of one dump; ``recurring``: lines that the outlet's other pages have."""
    read = extract(text, recurring=recurring)
    kept = {block.text for block in read.article_text.body_blocks()} | {read.standfirst}
    beside = {block.text for block in read.blocks if block.kind not in BODY_KINDS}
    true = set(shingles(truth))
    tp = fp = fn = 0
    wrong: list[tuple[str, str]] = []
    for raw in text.split("\n"):
        line = raw.strip().removeprefix("* ").strip()
        if len(line.split()) < 4 or line == read.headline or line in beside:
            continue
        own = list(shingles(line))
        is_body = sum(shingle in true for shingle in own) >= 0.7 * len(own)
        said = line in kept
        tp, fp, fn = tp + (is_body and said), fp + (said and not is_body), fn + (is_body and not said)
        if is_body != said:
            wrong.append(("lost" if is_body else "extra", line))
    return f1(tp, fp, fn), wrong


def run_beside(sets: set[str]) -> None:
    """Mean line F1 of each set, alone and with the host's other pages."""
    hosts: dict[str, list[tuple[str, str, str]]] = {}
    for row, page in pages(sets):
        host = urlsplit(row["url"] or "").hostname
        if host and row["truth"].get("body"):
            dump = render(page.decode("utf-8", "replace"))
            hosts.setdefault(host, []).append((row["set"], dump, row["truth"]["body"]))
    scores: dict[str, list[tuple[float, float]]] = {}
    for found in hosts.values():
        for number, (group, dump, truth) in enumerate(found if len(found) > 1 else ()):
            others = [other for at, (_, other, _) in enumerate(found) if at != number]
            both = (score(dump, truth)[0], score(dump, truth, recurring_lines(dump, others))[0])
            scores.setdefault(group, []).append(both)
    for group, pairs in [*scores.items(), ("all", [pair for each in scores.values() for pair in each])]:
        alone, beside = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
        print(f"{group}: line F1 {alone:.4f} alone, {beside:.4f} beside others, over {len(pairs)} pages")


def main() -> int:
    """Print the mean line F1 for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", default="aeb,wcxb-dev,fundus")
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--show", default="", help="list the wrong lines of pages whose name contains this")
    parser.add_argument("--half", choices=("", "a", "b"), default="")
    parser.add_argument("--model", type=Path, help="a line model in place of the one that ships")
    parser.add_argument("--beside", action="store_true", help="pages of one host, alone and beside each other")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no {DATA}: set WRITETHRU_DATA to the annotated pages", file=sys.stderr)
        return 3
    if options.model:
        given = line_model.read_trees(options.model.read_text(encoding="utf-8"))
        line_model.trees = lambda: given
    if options.beside:
        run_beside(set(options.sets.split(",")))
        return 0
    scores: dict[str, list[tuple[float, str]]] = {}
    for row, page in pages(set(options.sets.split(",")), options.every):
        if row["truth"].get("body") and in_half(row["file"], options.half):
            value, wrong = score(render(page.decode("utf-8", "replace")), row["truth"]["body"])
            scores.setdefault(row["set"], []).append((value, row["file"]))
            if options.show and options.show in row["file"]:
                print(*[f"{kind}: {line[:150]}" for kind, line in wrong], sep="\n")
    for group, found in scores.items():
        print(f"{group}: line F1 {sum(value for value, _ in found) / len(found):.4f} over {len(found)} pages")
        print(*[f"  {value:.3f} {name}" for value, name in sorted(found)[: options.worst]], sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
