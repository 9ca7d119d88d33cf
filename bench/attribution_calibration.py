"""How weights of the tagger of attributions do on texts held out, and the curves that make their shares ones of right answers.

python -m bench attribution_calibration --texts TEXTS.jsonl --model FILE --out FILE

``attribution_train`` does the same as its last step. Here any weights are calibrated on the rows of TEXTS that are ``held``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from writethru.nlp.attribution import AttributionModel
from writethru.nlp.joint import Learnt, Sure

KINDS = ("source", "cue", "content")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a file of JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def held_out(
    model: AttributionModel, rows: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, list[tuple[float, bool]]], dict[str, float]]:
    """How a tagger does on rows it was not trained on.

    Args:
        model: one whose calibration leaves shares as they are, to learn the true one.

    Returns:
        for each part of ``Sure`` how sure it is of each attribution, and whether it is right: its speaker where one is
        marked that shares words of both source and content with it, another part where its words are exactly those of one marked;
        and the exact F1 of source, cue and content.
    """
    shares: dict[str, list[tuple[float, bool]]] = {part: [] for part in Sure._fields}
    n: Counter[tuple[str, str]] = Counter()
    for row in rows:
        marked = [{name: [tuple(span) for span in one[name]] for name in KINDS} for one in row["attributions"]]
        true = {name: {span for one in marked for span in one[name]} for name in KINDS}
        found = model.learnt(row["text"])
        for one in found:
            mine = parts_of(one)
            right = {name: all(span in true[name] for span in mine[name]) for name in KINDS}
            right["speaker"] = any(
                _meet(a["source"], mine["source"]) and _meet(a["content"], mine["content"]) for a in marked
            )
            for part, share in zip(Sure._fields, one.sure, strict=True):
                if one.source is not None or part in ("cue", "content"):
                    shares[part].append((share, right[part]))
        for name in KINDS:
            told = {span for one in found for span in parts_of(one)[name]}
            n.update({(name, "both"): 2 * len(told & true[name]), (name, "all"): len(told) + len(true[name])})
    return shares, {name: round(n[name, "both"] / max(1, n[name, "all"]), 3) for name in KINDS}


def parts_of(one: Learnt) -> dict[str, list[tuple[int, int]]]:
    """The spans of each part."""
    source = [tuple(one.source)] if one.source is not None else []
    return {"source": source, "cue": [tuple(one.cue)], "content": [tuple(span) for span in one.content]}


def _meet(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def written(arrays: Mapping[str, np.ndarray], rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Weights with their calibration on these rows, in a file as it ships; the scores on them are printed."""
    plain = np.array([[1, 0]] * len(Sure._fields), np.float32)
    np.savez(path, **{**arrays, "calibration": plain})
    shares, scores = held_out(AttributionModel(path), rows)
    right = {part: f"{sum(one for _, one in some)} of {len(some)}" for part, some in shares.items()}
    print("held out:", len(rows), "texts; right", right, "; exact F1", scores)
    curves = np.array([calibrated(shares[part]) for part in Sure._fields], np.float32)
    np.savez(path, **{**arrays, "calibration": curves})
    print("calibration", curves.round(4).tolist(), "SHA-256", hashlib.sha256(path.read_bytes()).hexdigest())


def calibrated(shares: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift of the logistic curve that best tells from a share's log odds how many are right.

    By Newton's steps, halved while they would lead away, towards targets a little inside 0 and 1 (Platt 1999), so that
    it is bound where all are right.
    """
    told = np.clip([share for share, _ in shares], 1e-6, 1 - 1e-6)
    right = np.array([one for _, one in shares], bool)
    target = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / ((~right).sum() + 2))
    x = np.stack([np.log(told / (1 - told)), np.ones(len(told))], axis=1)

    def lost(curve: np.ndarray) -> float:
        odds = x @ curve
        return float((np.logaddexp(0, odds) - target * odds).sum())

    curve = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ curve, -500, 500)))
        bent = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        step = np.linalg.solve(bent, x.T @ (p - target))
        halvings = (step / 2**times for times in range(30))
        curve -= next((one for one in halvings if lost(curve - one) < lost(curve)), 0 * step)
    return float(curve[0]), float(curve[1])


def main() -> None:
    """Write weights anew, calibrated on the rows of a file that are held out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with np.load(options.model, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files if name != "calibration"}
    written(arrays, [row for row in read_rows(options.texts) if row.get("held")], options.out)


if __name__ == "__main__":
    main()
