"""Correction notices: how many of NPR's are known, and false alarms on digital.gov sentences.

python bench/compare_corrections.py [--misses] [--json]
"""

from __future__ import annotations

import argparse
import json

from compare_common import machine, require_data, rows

from writethru.comparison.corrections import is_correction
from writethru.text import sentence_spans


def main() -> None:
    """Print recall and false alarms, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    notices = [row["correction"] for row in rows("npr_corrections_dev.jsonl.gz")]
    missed = [notice for notice in notices if not is_correction(notice)]
    sentences = {
        paragraph[a:b]
        for row in rows("digitalgov_dev.jsonl.gz")
        for paragraph in row["text"].split("\n\n")
        for a, b in sentence_spans(paragraph)
    }
    alarms = sorted(sentence for sentence in sentences if is_correction(sentence))
    found = {
        "machine": machine(),
        "notices": len(notices),
        "recall": round(1 - len(missed) / len(notices), 4),
        "sentences": len(sentences),
        "false alarms": round(len(alarms) / len(sentences), 5),
    }
    if options.misses:
        found |= {"missed": missed, "alarms": alarms}
    if options.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for name, value in found.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
