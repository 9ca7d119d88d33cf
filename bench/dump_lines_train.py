"""Trains the model that tells the article's lines in a text dump (needs lightgbm and numpy, which are no dependencies).

    python bench/dump_lines_train.py [--half a|b] [--out FILE] [--rounds N] [--leaves N]

In an environment with ``lightgbm``. The annotated pages (``$WRITETHRU_DATA/extraction``) are rendered to text as
``extract_dumps`` does and every line of four words or more is an example: the article's where 70 % of its 4-word shingles
stand in the true body. ``--half a`` trains on half of the pages and says what the lines of the other half come to; without
it both halves are trained on, and ``--out`` writes ``writethru/extraction/line_model.json``, which ships. The set ``newspaper4k``
is never trained on. A page's lines weigh as much as another's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from extract_accuracy import f1, in_half, shingles
from extract_peers import DATA, pages
from rendered_text import render

from writethru.extraction.dump_lines import read_lines
from writethru.extraction.line_features import NAMES, line_features

TRAINED = ("aeb", "wcxb-dev", "fundus")
HELD = "newspaper4k"
NEWS_WEIGHS = 2.0  # wcxb-dev has five times the pages of the other two, and many that are no news
LEAST_WORDS = 4
LEAST_LINES = 5  # a page of fewer true lines weighs no more for it
THRESHOLD = 0.45


@dataclass
class Example:
    """The lines of one page that count."""

    group: str
    file: str
    numbers: Any
    truth: Any


def examples() -> Iterator[Example]:
    """The pages as text, line by line."""
    for row, page in pages({*TRAINED, HELD}):
        if not row["truth"].get("body"):
            continue
        true = set(shingles(row["truth"]["body"]))
        lines = read_lines(render(page.decode("utf-8", "replace")))[0]
        counts = [number for number, line in enumerate(lines) if len(line.text.split()) >= LEAST_WORDS]
        numbers = np.array(line_features(lines), dtype="f4").reshape(-1, len(NAMES))[counts]
        own = [list(shingles(lines[number].text)) for number in counts]
        truth = np.array([sum(one in true for one in many) >= 0.7 * len(many) for many in own], dtype=bool)
        yield Example(row["set"], row["file"], numbers, truth)


def train(chosen: list[Example], options: argparse.Namespace) -> lightgbm.Booster:
    """The booster of some pages; the same for the same pages and options."""
    weights = [
        np.full(len(one.truth), (1.0 if one.group == "wcxb-dev" else NEWS_WEIGHS) / max(LEAST_LINES, one.truth.sum()))
        for one in chosen
    ]
    numbers, truth = np.vstack([one.numbers for one in chosen]), np.concatenate([one.truth for one in chosen])
    settings = {"objective": "binary", "num_leaves": options.leaves, "learning_rate": 0.1, "lambda_l2": 2.0}
    settings |= {"min_data_in_leaf": 100, "feature_fraction": 0.3, "bagging_fraction": 0.5, "bagging_freq": 1}
    settings |= {"num_threads": 1, "seed": 1, "max_bin": 63, "verbose": -1}
    given = lightgbm.Dataset(numbers, truth.astype(int), weight=np.concatenate(weights))
    return lightgbm.train(settings, given, options.rounds)


def report(booster: lightgbm.Booster, others: list[Example]) -> None:
    """Mean line F1 of pages that were not trained on, by set."""
    found: dict[str, list[float]] = {}
    for one in others:
        said = booster.predict(one.numbers) > THRESHOLD if len(one.truth) else one.truth
        tp = int((said & one.truth).sum())
        found.setdefault(one.group, []).append(f1(tp, int(said.sum()) - tp, int(one.truth.sum()) - tp))
    for group, scores in sorted(found.items()):
        print(f"{group}: line F1 {np.mean(scores):.4f} over {len(scores)} pages")


def form(booster: lightgbm.Booster) -> dict[str, Any]:
    """The trees as ``line_model.json`` has them."""
    return {
        "features": list(NAMES),
        "trees": [_tree(one["tree_structure"]) for one in booster.dump_model()["tree_info"]],
    }


def _tree(top: dict[str, Any]) -> dict[str, list[float]]:
    nodes: list[dict[str, Any]] = []
    leaves: list[float] = []

    def number(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 4))
            return -len(leaves)
        place = len(nodes)
        nodes.append({})
        row = {"feature": node["split_feature"], "threshold": float(f"{node['threshold']:.5g}")}
        nodes[place] = row | {"left": number(node["left_child"]), "right": number(node["right_child"])}
        return place

    number(top)
    return {name: [node[name] for node in nodes] for name in ("feature", "threshold", "left", "right")} | {
        "value": leaves
    }


def main() -> int:
    """Train, and report or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("", "a", "b"), default="")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--rounds", type=int, default=150)
    parser.add_argument("--leaves", type=int, default=31)
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no {DATA}: set WRITETHRU_DATA to the annotated pages", file=sys.stderr)
        return 3
    made = list(examples())
    mine = [one for one in made if one.group in TRAINED and in_half(one.file, options.half)]
    booster = train(mine, options)
    report(booster, [one for one in made if not options.half or not in_half(one.file, options.half)])
    if options.out:
        options.out.write_text(json.dumps(form(booster), separators=(",", ":")) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
