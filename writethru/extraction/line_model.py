"""How likely a line of a text dump is the article's: boosted trees over ``line_features``.

Trained by ``bench/dump_lines_train.py`` (a page about it: ``docs/decisions/0085-lines-of-a-dump.md``). The
trees stand in ``line_model.json`` beside this file, a part of the program that is read once, when the first
dump is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from writethru.extraction.dump_lines import Line
from writethru.extraction.line_features import NAMES, line_features

MODEL = "line_model.json"
MOST_LINES = 3_000
"""Lines that are weighed; what stands behind them is left to the rules."""
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree: from node ``n`` to ``left[n]`` where number ``feature[n]`` is at most ``threshold[n]``.

    Else to ``right[n]``. A negative target ``t`` is leaf ``-t - 1``.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def worth(self, numbers: Sequence[float]) -> float:
        """What this tree adds for a line."""
        node = 0
        while node >= 0:
            is_low = numbers[self.feature[node]] <= self.threshold[node]
            node = self.left[node] if is_low else self.right[node]
        return self.value[-node - 1]


def chances(lines: Sequence[Line]) -> list[float]:
    """The probability of each line to be a line of the article, 0 to 1; ``UNKNOWN`` behind ``MOST_LINES``."""
    model, near = trees(), lines[:MOST_LINES]
    weighed = [_logistic(sum(tree.worth(numbers) for tree in model)) for numbers in line_features(near)]
    return weighed + [UNKNOWN] * (len(lines) - len(near))


@cache
def trees() -> tuple[Tree, ...]:
    """The trees that ship. Raises ValueError where they were trained on other numbers."""
    return read_trees(files("writethru.extraction").joinpath(MODEL).read_text(encoding="utf-8"))


def read_trees(form: str) -> tuple[Tree, ...]:
    """The trees of a model in its JSON form. Raises ValueError where they were trained on other numbers."""
    read = json.loads(form)
    if tuple(read["features"]) != NAMES:
        raise ValueError(f"{MODEL} was trained on other numbers: train it again (bench/dump_lines_train.py)")
    return tuple(Tree(**{name: tuple(row) for name, row in tree.items()}) for tree in read["trees"])


def _logistic(worth: float) -> float:
    return 1 / (1 + exp(-worth))
