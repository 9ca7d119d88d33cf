"""Our verdict beside labels made by hand: pairs of PolNeAR and of ECB+, and what masking quotations leaves.

    python -m bench reuse_labels [--json]

``data/reuse/*_labels.json`` name the pairs, the guideline and both passes; the texts are read where
``$WRITETHRU_DATA`` says. PolNeAR has hardly a copied pair: all that share anything are labelled. ECB+ has many: wire text,
press releases, local papers. Macro-F1 is over the classes that occur among the labels. Beside it: how many pairs
of different outlets share six runs of seven words, with quoted speech and without.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.machine import data_folder
from bench.made_reuse import rows
from writethru.model import ArticleText
from writethru.reuse.credits import AGENCIES, credited_agencies
from writethru.reuse.passages import shared_passages, shared_quotations
from writethru.reuse.verdict import Telling, judge
from writethru.reuse.words import Mark, Words, read_words

FOLDER = Path(__file__).parent / "data" / "reuse"
RUN, RUNS = 7, 6
_AGENCY = {name.lower(): name for name in AGENCIES}


def articles(data: Path) -> dict[str, dict[str, Any]]:
    """PolNeAR's articles by id."""
    return {
        row["id"]: row for part in ("train", "dev") for row in rows(data / "statements" / f"polnear_{part}.jsonl.gz")
    }


def documents(data: Path) -> dict[str, dict[str, Any]]:
    """ECB+'s documents by id; it names neither outlet nor wire."""
    found = rows(data / "stories" / "ecbplus_dev.jsonl.gz")
    return {row["id"]: {"text": row["body"], "outlet": "", "wire": ""} for row in found}


def told_of(texts: Mapping[str, dict[str, Any]], name: str) -> tuple[dict[str, Any], Counter[tuple[str, str]]]:
    """A file of labels, and how often each of them met each verdict of ours."""
    labels = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    named = {key: texts[key] for pair in labels["pairs"] for key in (pair["a"], pair["b"])}
    words = {key: read_words(ArticleText.from_plain(row["text"])) for key, row in named.items()}
    told = Counter((pair["label"], verdict_of(texts, (pair["a"], pair["b"]), words)) for pair in labels["pairs"])
    return labels, told


def verdict_of(texts: Mapping[str, dict[str, Any]], pair: tuple[str, str], words: Mapping[str, Words]) -> str:
    """What we say of two articles, by their texts and the wire that each states."""
    tellings = [
        Telling(
            words[key],
            key,
            credits=credited_agencies(ArticleText.from_plain(texts[key]["text"]), _AGENCY.get(_wire(texts[key]), "")),
            outlet=str(texts[key]["outlet"]),
        )
        for key in pair
    ]
    both = tellings[0].words, tellings[1].words
    return judge(tellings[0], tellings[1], shared_passages(*both), shared_quotations(*both)).verdict.value


def _wire(row: Mapping[str, Any]) -> str:
    return str(row["wire"]).lower()


def scores(told: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Precision, recall and F1 of each label that occurs, and their mean."""
    found: dict[str, Any] = {}
    for label in sorted({right for right, _ in told}):
        right = told[label, label]
        said = sum(count for (_, ours), count in told.items() if ours == label)
        there = sum(count for (theirs, _), count in told.items() if theirs == label)
        found[label] = {"pairs": there, "said": said, "F1": round(2 * right / (said + there), 3)}
    found["macro-F1"] = round(sum(row["F1"] for row in found.values()) / len(found), 3)
    return found


def sharing(texts: Mapping[str, dict[str, Any]], words: Mapping[str, Words], *, masked: bool) -> int:
    """Pairs of different outlets that share six runs of seven words; ``masked``: none of them quoted."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, read in words.items():
        for at in range(len(read) - RUN + 1):
            if not (masked and any(mark & Mark.QUOTED for mark in read.marks[at : at + RUN])):
                holders[read.keys[at : at + RUN]].add(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= 40:
            shared.update(combinations(sorted(names), 2))
    return sum(
        count >= RUNS and texts[one]["outlet"] != texts[other]["outlet"] for (one, other), count in shared.items()
    )


def main() -> int:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    texts, events = articles(data_folder()), documents(data_folder())
    if not texts or not events:
        print(f"DATA ABSENT: {data_folder()} (set WRITETHRU_DATA)", file=sys.stderr)
        return 1
    words = {name: read_words(ArticleText.from_plain(row["text"])) for name, row in texts.items()}
    report: dict[str, Any] = {}
    for name, some in (("polnear", texts), ("ecbplus", events)):
        labels, told = told_of(some, f"{name}_labels.json")
        report[f"{name}: labels"] = labels["agreement"]
        report[f"{name}: verdicts"] = scores(told)
        report[f"{name}: label and verdict"] = {f"{right} / {said}": n for (right, said), n in sorted(told.items())}
    report["pairs that share six runs of seven words"] = sharing(texts, words, masked=False)
    report["of them outside quotation marks"] = sharing(texts, words, masked=True)
    for name, row in report.items():
        print(f"{name}: {row}") if not given.json else None
    if given.json:
        print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
