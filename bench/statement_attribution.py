"""Attributions by rules against PolNeAR (dev): exact spans, and direct quotations with the right speaker.

python -m bench statement_attribution [--errors] [--split train|dev] [--every N] [--offset K]
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.machine import data_folder, heading, machine
from writethru.statements.attributed import PUBLISHED, Attribution
from writethru.statements.attribution import attributions_in

MARKS = '"“”'


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def measure(rows: list[dict], attributions: Callable[[str], list[Attribution]], *, errors: bool) -> dict[str, object]:
    """Exact span scores, and the speakers of quoted contents."""
    n: Counter[str] = Counter()
    for row in rows:
        text = row["text"]
        found = attributions(text)
        for name in ("source", "cue", "content"):
            marked = {tuple(span) for one in row["attributions"] for span in one[name]}
            if name == "content":
                mine = {tuple(span) for one in found for span in one.content}
            else:
                mine = {tuple(span) for one in found if (span := getattr(one, name)) is not None}
            n.update({f"{name} found": len(mine), f"{name} marked": len(marked), f"{name} right": len(mine & marked)})
        for one in row["attributions"]:
            quoted = [span for span in one["content"] if text[span[0]] in MARKS and text[span[1] - 1] in MARKS + ".,"]
            if not quoted or not one["source"] or max(b - a for a, b in quoted) < 25:
                continue
            if text[slice(*one["source"][0])].lower() in ("said", "says"):
                n["marks with source and cue exchanged"] += 1
                continue
            n["direct"] += 1
            a, b = max(quoted, key=lambda span: span[1] - span[0])
            claims = [
                mine
                for mine in found
                if mine.source and any(2 * overlap(span, (a, b)) > b - a for span in mine.content)
            ]
            right = any(overlap(claims[0].source, tuple(span)) for span in one["source"]) if claims else False
            n["direct given"] += bool(claims)
            n["direct right"] += right
            if claims:
                rule = claims[0].rule.value
                n.update({f"rule {rule} given": 1, f"rule {rule} right": int(right)})
                sure = claims[0].confidence >= PUBLISHED
                n.update({"sure": int(sure), "sure right": int(sure and right)})
            if errors and not right:
                s = " | ".join(text[x:y] for x, y in one["source"])
                mine = text[slice(*claims[0].source)] if claims else None
                lo = max(0, min(a, one["source"][0][0]) - 60)
                print(
                    "SPEAKER",
                    repr(s),
                    "found",
                    repr(mine),
                    "::",
                    " ".join(text[lo : max(b, one["source"][-1][1]) + 60].split())[:400],
                    "\n",
                )
    scores: dict[str, object] = {}
    for name in ("source", "cue", "content"):
        scores[f"{name} F1"] = round(2 * n[f"{name} right"] / (n[f"{name} found"] + n[f"{name} marked"]), 4)
    rules = sorted(name.split()[1] for name in n if name.startswith("rule ") and name.endswith("given"))
    print({rule: f"{n[f'rule {rule} right']} of {n[f'rule {rule} given']}" for rule in rules})
    return {**scores, "sure enough": f"P {n['sure right'] / max(1, n['sure']):.4f} R {n['sure right'] / n['direct']:.4f}", "exchanged marks left out": n["marks with source and cue exchanged"], "direct": n["direct"], "right speaker": round(n["direct right"] / n["direct"], 4),
            "precision of those given": round(n["direct right"] / max(1, n["direct given"]), 4)}  # fmt: skip


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument("--every", type=int, default=1, help="one article in so many")
    parser.add_argument("--offset", type=int, default=0, help="which of so many")
    parser.add_argument("--model", type=Path, help="weights of a tagger (extra [nlp]) beside the rules, or shipped")
    parser.add_argument("--alone", action="store_true", help="the model without the rules")
    options = parser.parse_args()
    place = data_folder() / "statements" / f"polnear_{options.split}.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][options.offset :: options.every]
    attributions = attributions_in
    if options.model:
        from writethru.nlp.attribution import SHIPPED, AttributionModel

        model = AttributionModel(SHIPPED if options.model == Path("shipped") else options.model)
        attributions = model.found if options.alone else model.read
    begun = time.process_time()
    found = measure(rows, attributions, errors=options.errors)
    found["ms an article"] = round(1000 * (time.process_time() - begun) / len(rows), 1)
    print(heading(machine()))
    print(found)


if __name__ == "__main__":
    main()
