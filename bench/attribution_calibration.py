"""How weights of the tagger of attributions do on texts held out, and the curve that makes their shares ones of right answers.

python -m bench attribution_calibration --texts TEXTS.jsonl --model FILE

``attribution_train`` does the same as its last step. Here any weights are measured on the rows of TEXTS that are ``held``.
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

from writethru.nlp.encoder import Encoding
from writethru.nlp.packed import encoding_of, head_of
from writethru.nlp.passages import Passage, passages_of
from writethru.nlp.tagging import Head
from writethru.nlp.weights import read_vocabulary
from writethru.nlp.wordpiece import WordPiece
from writethru.reuse.quoting import plain_marks

KINDS = ("source", "cue", "content")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a file of JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def held_out(
    head: Head, encoding: Encoding, rows: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[float, bool]], dict[str, float]]:
    """How a tagger as it ships does on rows it was not trained on, read as in use.

    Returns:
        for each attribution with a source and a content how sure it is, and whether one is marked that shares a whole
        source and a whole content with it; and the exact F1 of source, cue and content.
    """
    cutter = WordPiece(read_vocabulary())
    shares: list[tuple[float, bool]] = []
    n: Counter[tuple[str, str]] = Counter()
    for row in rows:
        marked = [{name: {tuple(span) for span in one[name]} for name in KINDS} for one in row["attributions"]]
        found = []
        for passage in passages_of(plain_marks(row["text"]), cutter):
            for one in head.marks(passage, encoding.vectors(passage.numbers)):
                mine = {name: _spans(passage, some) for name, some in zip(KINDS, (one.source, [one.cue], one.content), strict=True)}  # fmt: skip
                found.append(mine)
                if one.source and one.content:
                    right = any(a["source"] & mine["source"] and a["content"] & mine["content"] for a in marked)
                    shares.append((one.share, right))
        for name in KINDS:
            told, true = (set().union(*(a[name] for a in some)) for some in (found, marked))
            n.update({(name, "both"): 2 * len(told & true), (name, "all"): len(told) + len(true)})
    return shares, {name: round(n[name, "both"] / max(1, n[name, "all"]), 3) for name in KINDS}


def _spans(passage: Passage, some: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(passage.spans[first][0], passage.spans[after - 1][1]) for first, after in some}


def told_of(arrays: Mapping[str, np.ndarray], rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """The shares of ``held_out`` for weights as they ship; its scores are printed."""
    shares, scores = held_out(head_of(arrays), encoding_of(arrays, digest_of(arrays)), rows)
    right = sum(one for _, one in shares)
    print("held out:", len(rows), "texts,", len(shares), "attributions,", right, "right; exact F1", scores)
    return shares


def digest_of(arrays: Mapping[str, np.ndarray]) -> str:
    """A name for weights: that of a graph made of them."""
    told = hashlib.sha256()
    for name in sorted(arrays):
        told.update(name.encode() + arrays[name].tobytes())
    return told.hexdigest()[:12]


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
    """Print the scores and the curve of a file of weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    with np.load(options.model, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    shares = told_of(arrays, [row for row in read_rows(options.texts) if row.get("held")])
    print("calibration", [round(one, 4) for one in calibrated(shares)], "in the file", arrays.get("calibration"))


if __name__ == "__main__":
    main()
