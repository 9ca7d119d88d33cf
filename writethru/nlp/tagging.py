"""The head on the encoder: which pieces are cues, and for each cue, which are its source and its content.

A cue's source and content are told piece by piece from the piece's own vector, the cue's, how far they are apart, and
what rules know: quotation marks and sentences. Four convolutions let neighbours agree, and the best run of tags is
taken (Viterbi). Training has the same in torch (``bench/attribution_train.py``).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from writethru.nlp.passages import Passage

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

WIDTH_HEAD: Final = 128
_EDGES: Final = (1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 48, 64, 96)
DISTANCES: Final = 2 * (len(_EDGES) + 1) + 1
"""Steps of distance: in the cue, and sixteen on each side."""
SIGNALS: Final = 7
"""Numbers that rules tell of each piece."""


class Parts(NamedTuple):
    """What rules know of each piece for a cue.

    Attributes:
        distances: the step of its distance from the cue.
        signals: ``SIGNALS`` numbers, 0 or 1: in quotation marks; of the cue; in the cue's sentence; in a later one;
            begins a word; begins one with a capital; begins one of capitals only.
    """

    distances: Any
    signals: Any


def signals(passage: Passage, cue: tuple[int, int]) -> Parts:
    """Those of every piece of a passage."""
    import numpy as np

    first, after = cue
    sentence = passage.sentences[first]
    half = len(_EDGES) + 1
    distances, rows = [], []
    for at, (quoted, mine, shape) in enumerate(zip(passage.quoted, passage.sentences, passage.shapes, strict=True)):
        if first <= at < after:
            distances.append(0)
        elif at < first:
            distances.append(1 + bisect_left(_EDGES, first - at))
        else:
            distances.append(1 + half + bisect_left(_EDGES, at - after + 1))
        written = (shape > 0, shape > 1, shape > 2)
        rows.append((quoted, first <= at < after, mine == sentence, mine > sentence, *written))
    return Parts(distances, np.array(rows, np.float32))


class Marked(NamedTuple):
    """What the head makes of one passage for one cue; all numbers are of pieces.

    Attributes:
        cue: its first piece, and the one behind its last.
        source: stretches of pieces that are its source.
        content: those that are its content.
        shares: how sure, 0 to 1, not calibrated: of the cue; of the cue times of the source; of the cue times of the
            content. 0 for what it has none of.
    """

    cue: tuple[int, int]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    shares: tuple[float, float, float]


Wanted = Callable[[tuple[int, int], float], bool]


class Head:
    """The head, run by numpy.

    Args:
        arrays: its weights, as ``bench/attribution_train.py`` names them.
        least_cue: share from which a piece is taken for one of a cue.
    """

    def __init__(self, arrays: Mapping[str, Array], least_cue: float = 0.5) -> None:
        self._w = {name: one.astype("float32") for name, one in arrays.items()}
        self._kernels = {
            name.removesuffix(".weight"): one.transpose(2, 1, 0).copy()
            for name, one in self._w.items()
            if one.ndim == 3
        }
        self._least = least_cue

    def marks(self, passage: Passage, vectors: Array, wanted: Wanted | None = None) -> list[Marked]:
        """Every cue of a passage with its source and content.

        Args:
            vectors: of the pieces, and of the two that stand around the passage.
            wanted: is a cue of that share asked for at all? What stands beside the others is not worked out.
        """
        near = _gelu(self._convolved(vectors, "near", 1))[1:-1]
        vectors = vectors[1:-1]
        shares = _softmax(near @ self._w["cue.weight"].T + self._w["cue.bias"])
        cues = _cues(shares, self._least, passage.shapes)
        if not cues:
            return []
        own = vectors @ self._w["piece.weight"].T + self._w["piece.bias"]
        return [
            self._marked(passage, vectors, own, cue, share)
            for cue, share in cues
            if wanted is None or wanted(cue, share)
        ]

    def _marked(self, passage: Passage, vectors: Array, own: Array, cue: tuple[int, int], share: float) -> Marked:
        import numpy as np

        parts = signals(passage, cue)
        about = vectors[cue[0] : cue[1]].mean(axis=0) @ self._w["about.weight"].T + self._w["about.bias"]
        known = parts.signals @ self._w["signal.weight"].T + self._w["signal.bias"]
        x = _gelu(own + about + self._w["distance.weight"][np.array(parts.distances)] + known)
        for number in range(sum(name.startswith("convolutions") for name in self._w) // 2):
            x = x + _gelu(self._convolved(x, f"convolutions.{number}", 2**number))
        shares = _softmax(x @ self._w["tags.weight"].T + self._w["tags.bias"])
        tags = best_tags(np.log(shares + 1e-9).tolist(), [shape > 0 for shape in passage.shapes])
        source, content = _stretches(tags, 1), _stretches(tags, 3)
        sure = [share * _sureness(shares, tags, some) if some else 0.0 for some in (source, content)]
        return Marked(cue, source, content, (share, sure[0], sure[1]))

    def _convolved(self, x: Array, name: str, step: int) -> Array:
        """Each row with those ``step`` before and behind it, nothing beyond the ends."""
        before, here, behind = self._kernels[name]
        told: Array = x @ here + self._w[name + ".bias"]
        told[step:] += x[:-step] @ before
        told[:-step] += x[step:] @ behind
        return told


def best_tags(scores: Sequence[Sequence[float]], begins: Sequence[bool]) -> list[int]:
    """The best run of tags: 0 outside; 1, 2 begin and inside a source; 3, 4 of a content; nothing is inside unbegun.

    Args:
        scores: for each piece the logarithms of its five shares.
        begins: does a word begin with the piece? What does not goes with the piece before.
    """
    before = [0.0, _NEVER, _NEVER, _NEVER, _NEVER]
    ways: list[list[int]] = []
    for row, begun in zip(scores, begins, strict=True):
        best = max(range(5), key=before.__getitem__)
        origin = [best, best, 1 if before[1] >= before[2] else 2, best, 3 if before[3] >= before[4] else 4]
        starts = [before[one] for one in origin]
        if ways and not begun:
            origin[0], starts = 0, [before[0], _NEVER, starts[2], _NEVER, starts[4]]
        before = [start + one for start, one in zip(starts, row, strict=True)]
        ways.append(origin)
    if not ways:
        return []
    tag = max(range(5), key=before.__getitem__)
    found = [tag]
    for origin in reversed(ways[1:]):
        tag = origin[tag]
        found.append(tag)
    return found[::-1]


_NEVER = -1e9


def _cues(shares: Array, least: float, shapes: Sequence[int]) -> list[tuple[tuple[int, int], float]]:
    """Runs of pieces that are more likely of a cue than not, each begun where one most likely begins; whole words."""
    inside = (1 - shares[:, 0] >= least).tolist()
    begins = (shares[:, 1] > shares[:, 2]).tolist()
    found: list[tuple[int, int]] = []
    for at, (mine, begin) in enumerate(zip(inside, begins, strict=True)):
        if mine and (begin or not found or found[-1][1] != at):
            found.append((at, at + 1))
        elif mine:
            found[-1] = (found[-1][0], at + 1)
    told: dict[tuple[int, int], float] = {}
    for cue in found:
        whole = _whole_words(cue, shapes)
        told[whole] = max(told.get(whole, 0.0), _cue_sureness(shares, *cue))
    return list(told.items())


def _cue_sureness(shares: Array, first: int, after: int) -> float:
    """The least share of being of a cue, times those of ending where it ends."""
    inside = float((1 - shares[first:after, 0]).min())
    left = float(shares[first - 1, 0]) if first else 1.0
    right = 1 - float(shares[after, 2]) if after < len(shares) else 1.0
    return inside * left * right


def _whole_words(stretch: tuple[int, int], shapes: Sequence[int]) -> tuple[int, int]:
    first, after = stretch
    while first > 0 and shapes[first] == 0:
        first -= 1
    while after < len(shapes) and shapes[after] == 0:
        after += 1
    return first, after


def _stretches(tags: Sequence[int], begin: int) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for at, tag in enumerate(tags):
        if tag == begin:
            found.append((at, at + 1))
        elif tag == begin + 1:
            found[-1] = (found[-1][0], at + 1)
    return tuple(found)


def _sureness(shares: Array, tags: Sequence[int], some: Sequence[tuple[int, int]]) -> float:
    """The product of the shares of the tags on the edges of the stretches, where mistakes are made."""
    edges = {at for first, after in some for at in (first - 1, first, after - 1, after) if 0 <= at < len(tags)}
    return math.prod(float(shares[at, tags[at]]) for at in edges)


def _softmax(x: Array) -> Array:
    import numpy as np

    raised = np.exp(x - x.max(axis=-1, keepdims=True))
    told: Array = raised / raised.sum(axis=-1, keepdims=True)
    return told


def _gelu(x: Array) -> Array:
    """By the error function, within 2e-7 (Abramowitz and Stegun 1964, 7.1.26)."""
    import numpy as np

    z = x * np.float32(2**-0.5)
    size = np.abs(z)
    t = 1 / (1 + np.float32(0.3275911) * size)
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    told: Array = 0.5 * x * (1 + np.copysign(1 - series * np.exp(-size * size), z))
    return told.astype(np.float32)
