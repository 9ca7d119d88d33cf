"""Who said what, by the tagger: the encoder, its head, and when it rather says nothing.

Weights are trained by ``bench/attribution_train.py``. What the rules read stays theirs: the model adds what they do not
read, where it is sure enough.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from writethru.errors import ConfigError
from writethru.nlp.packed import encoding_of, head_of
from writethru.nlp.passages import Passage, passages_of
from writethru.nlp.tagging import Marked
from writethru.nlp.weights import INSTALL, read_vocabulary
from writethru.nlp.wordpiece import WordPiece
from writethru.reuse.quoting import plain_marks
from writethru.statements.attributed import Attribution, Directness, Rule
from writethru.statements.attribution import attributions_in
from writethru.text.tokens import Span

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SHIPPED: Final = Path(__file__).parent / "model" / "attribution.npz"
"""Weights that ship; ``model/card.md`` says what they were trained on and what they reach."""
LEAST: Final = 0.5
"""Calibrated share of right ones below which the model names nobody."""
ADDED: Final = 0.6
"""The like below which nothing is added to what the rules read: best of .5 to .8 on 14 articles of PolNeAR train."""


class AttributionModel:
    """The tagger, loaded.

    Args:
        path: its weights, those that ship where nothing is said.

    Raises:
        ConfigError: the extra is not installed, or the file is none of ours.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        arrays = _read(path)
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        self._cutter = WordPiece(read_vocabulary())
        self._encoding = encoding_of(arrays, self.name)
        self._head = head_of(arrays)
        self._calibration = tuple(float(one) for one in arrays.get("calibration", (1.0, 0.0)))

    @property
    def name(self) -> str:
        """Which model it is, for records of what a text was read by."""
        return f"attribution-{self.digest}"

    def found(self, text: str) -> list[Attribution]:
        """What the model alone finds, in order; those it is not sure of have no source."""
        return self._found(text, None)

    def _found(self, text: str, wanted: Callable[[Span, float], bool] | None) -> list[Attribution]:
        """Of the cues that are asked for, by where each stands and how sure it can be at most; None asks for all."""
        marked = plain_marks(text)
        found = []
        for passage in passages_of(marked, self._cutter):

            def asked(cue: tuple[int, int], share: float, passage: Passage = passage) -> bool:
                return wanted is None or wanted(_cue_of(passage, cue), self.confidence(share))

            for one in self._head.marks(passage, self._encoding.vectors(passage.numbers), asked):
                made = self._attribution(marked, passage, one)
                found += [made] if made is not None else []
        return sorted(found, key=_place)

    def read(self, text: str) -> list[Attribution]:
        """What the rules read, and what the model finds beside it: cues that it would not add are not asked for."""
        ruled = attributions_in(text)
        known = [one.cue for one in ruled if one.source is not None and one.cue is not None]

        def wanted(cue: Span, sure: float) -> bool:
            return sure >= ADDED and not any(_common(cue, one) for one in known)

        return together(ruled, self._found(text, wanted))

    def confidence(self, share: float) -> float:
        """The calibrated share of right ones among those with this much of the head's own."""
        slope, shift = self._calibration
        share = min(max(share, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(slope * math.log(share / (1 - share)) + shift)))

    def _attribution(self, text: str, passage: Passage, one: Marked) -> Attribution | None:
        contents = [span for stretch in one.content if (span := _span(text, passage, stretch)) is not None]
        sources = [span for stretch in one.source if (span := _span(text, passage, stretch)) is not None]
        if not contents:
            return None
        sure = self.confidence(one.share)
        source = sources[0] if sources and sure >= LEAST else None
        return Attribution(
            source, _cue_of(passage, one.cue), tuple(contents), _directness(passage, one.content), Rule.MODEL, sure
        )


def _cue_of(passage: Passage, cue: tuple[int, int]) -> Span:
    return Span(passage.spans[cue[0]][0], passage.spans[cue[1] - 1][1])


def together(ruled: Sequence[Attribution], learnt: Iterable[Attribution]) -> list[Attribution]:
    """The rules' where they name somebody; elsewhere the model's; and quotations of nobody where neither names one."""
    kept = [one for one in ruled if one.source is not None]
    sure = (one for one in learnt if one.confidence >= ADDED)
    kept += [one for one in sure if not any(_same(one, other) for other in kept)]
    kept += [one for one in ruled if one.source is None and not any(_same(one, other) for other in kept)]
    return sorted(kept, key=_place)


def _same(one: Attribution, other: Attribution) -> bool:
    """Do both stand on one cue, or claim mostly the same words? Not where one speaks inside what the other says."""
    if one.cue is not None and other.cue is not None and _common(one.cue, other.cue):
        return True
    if any(_common(a.cue, span) for a, b in ((one, other), (other, one)) if a.cue is not None for span in b.content):
        return False
    return any(2 * _common(a, b) > min(a.end - a.start, b.end - b.start) for a in one.content for b in other.content)


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _read(path: Path) -> dict[str, Array]:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small: threads would only wait for each other
    try:
        import numpy as np
    except ImportError:
        raise ConfigError(f"the model needs numpy: {INSTALL}", key="nlp") from None
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise ConfigError("weights of a tagger cannot be read from it", key=path) from error
    if "head:cue.weight" not in found:
        raise ConfigError("it holds no weights of a tagger: bench/attribution_train.py makes them", key=path)
    return found


def _span(text: str, passage: Passage, stretch: tuple[int, int]) -> Span | None:
    """The characters of a stretch of pieces, without white space or a comma at their ends; None for none."""
    start, end = passage.spans[stretch[0]][0], passage.spans[stretch[1] - 1][1]
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return Span(start, end) if end > start else None


def _directness(passage: Passage, content: Sequence[tuple[int, int]]) -> Directness:
    quoted = [passage.quoted[at] for first, after in content for at in range(first, after)]
    if not any(quoted):
        return Directness.INDIRECT
    return Directness.DIRECT if sum(quoted) >= 0.9 * len(quoted) else Directness.MIXED


def _place(one: Attribution) -> tuple[int, int]:
    return one.content[0].start, one.cue.start if one.cue else 0
