"""The tagger of attributions trained on PolNeAR, for comparison only: such weights never ship, PolNeAR states no licence.

python -m bench attribution_polnear --out FOLDER [--first LAYER] [--every N] [--epochs N]

Trains on PolNeAR train (one article in ``--every``), the encoder as it is or, from ``--first`` on, with its layers; one article
in twenty of those is held out for the calibration. Then dev is measured: exact spans, and who speaks in direct quotations, by the
model alone and beside the rules. It tells how much better texts, and how much the freezing, would bring. Needs torch, which is no
dependency.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.machine import data_folder, heading, machine
from bench.statement_attribution import measure

HELD = 20


def articles(split: str, every: int = 1) -> list[dict[str, Any]]:
    """Those of a split."""
    place = data_folder() / "statements" / f"polnear_{split}.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][::every]


def training_rows(every: int) -> list[dict[str, Any]]:
    """Articles of train; one in ``HELD`` is held out."""
    found = articles("train", every)
    return [{**row, "held": number % HELD == HELD - 1} for number, row in enumerate(found)]


def told(name: str, read: Callable[[str], Any], rows: list[dict[str, Any]]) -> None:
    """Print the scores of one reader."""
    begun = time.process_time()
    found = measure(rows, read, errors=False)
    print(name, {**found, "ms an article": round(1000 * (time.process_time() - begun) / len(rows), 1)}, flush=True)


def measured(weights: Path, every: int) -> None:
    """Dev by the rules, by the weights alone, and by both."""
    from writethru.nlp.attribution import AttributionModel
    from writethru.statements.attribution import attributions_in

    rows = articles("dev", every)
    model = AttributionModel(weights)
    print(heading(machine()))
    print(len(rows), "articles of dev;", weights, weights.stat().st_size, "bytes")
    told("rules", attributions_in, rows)
    told("model", model.found, rows)
    told("rules and model", model.read, rows)


def main() -> None:
    """Train where there are no weights yet, and measure."""
    try:
        from bench.attribution_train import plan_of, trained
    except ImportError as error:
        sys.exit(
            f"{error.name} is missing: training needs PyTorch (pip install torch), which this project does not depend on"
        )
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="one article of train in so many")
    parser.add_argument("--dev-every", type=int, default=1, help="one article of dev in so many")
    plan, options = plan_of(parser, epochs=3)
    if (plan.out / "attribution.npz").exists() or trained(training_rows(options["every"]), plan):
        measured(plan.out / "attribution.npz", options["dev_every"])


if __name__ == "__main__":
    main()
