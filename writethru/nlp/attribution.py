"""Who said what, by the tagger: the encoder, its head, and when it rather says nothing.

Weights are trained by ``bench/attribution_train.py``. How it decides together with the rules is told in ``joint``.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Sequence
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from writethru.errors import ConfigError
from writethru.nlp.joint import LIKELY, Learnt, Sure, closed, common, is_added, place, together
from writethru.nlp.packed import encoding_of, head_of
from writethru.nlp.passages import Passage, passages_of
from writethru.nlp.tagging import Marked
from writethru.nlp.weights import INSTALL, read_vocabulary
from writethru.nlp.wordpiece import WordPiece
from writethru.reuse.quoting import plain_marks
from writethru.statements.attributed import Attribution, Directness
from writethru.statements.attribution import attributions_in
from writethru.text.tokens import Span

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SHIPPED: Final = Path(__file__).parent / "model" / "attribution.npz"
"""Weights that ship; ``model/card.md`` says what they were trained on and what they reach."""


class AttributionModel:
    """The tagger, loaded.

    Args:
        path: its weights, those that ship where nothing is said; their ``calibration`` has a slope and a shift for each
            part of ``Sure``.

    Raises:
        ConfigError: the extra is not installed, or the file is none of ours.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        arrays = _read(path)
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        self._cutter = WordPiece(read_vocabulary())
        self._encoding = encoding_of(arrays, self.name)
        self._head = head_of(arrays)
        self._calibration = [(float(slope), float(shift)) for slope, shift in arrays["calibration"]]

    @property
    def name(self) -> str:
        """Which model it is, for records of what a text was read by."""
        return f"attribution-{self.digest}"

    def found(self, text: str) -> list[Attribution]:
        """What the model alone finds, in order; those of whose speaker it is not sure have no source."""
        return sorted((one.attribution() for one in self.learnt(text) if one.sure.parts >= LIKELY), key=place)

    def learnt(self, text: str, wanted: Callable[[Span, Sure, bool], bool] | None = None) -> list[Learnt]:
        """What the model finds, and how sure it is of each part.

        Args:
            wanted: is a cue asked for, by where it stands, how sure the model can be at most, and whether its passage
                quotes anything? None asks for all.
        """
        marked = plain_marks(text)
        found = []
        for passage in passages_of(marked, self._cutter):

            def asked(cue: tuple[int, int], share: float, passage: Passage = passage) -> bool:
                most = self._sure(share, share, share)
                return wanted is None or wanted(_cue_of(passage, cue), most, any(passage.quoted))

            for one in self._head.marks(passage, self._encoding.vectors(passage.numbers), asked):
                made = self._learnt(marked, passage, one)
                found += [made] if made is not None else []
        return found

    def read(self, text: str) -> list[Attribution]:
        """What both read together; cues on which no rule stands and that cannot be added are not asked for."""
        ruled = [closed(text, one) for one in attributions_in(text)]
        known = [one.cue for one in ruled if one.source is not None and one.cue is not None]

        def wanted(cue: Span, sure: Sure, quoted: bool) -> bool:
            return is_added(sure, quoted=quoted) or any(common(cue, one) for one in known)

        return together(ruled, self.learnt(text, wanted))

    def _learnt(self, text: str, passage: Passage, one: Marked) -> Learnt | None:
        contents = [span for stretch in one.content if (span := _span(text, passage, stretch, " ,;:")) is not None]
        sources = [span for stretch in one.source if (span := _source(text, passage, stretch)) is not None]
        if not contents:
            return None
        sure = self._sure(*one.shares)
        if not sources:
            sure = sure._replace(speaker=0.0, source=0.0)
        cue, directness = _cue_of(passage, one.cue), _directness(passage, one.content)
        return Learnt(sources[0] if sources else None, cue, tuple(contents), directness, sure)

    def _sure(self, cue: float, source: float, content: float) -> Sure:
        """The head's shares as calibrated ones."""
        return Sure(*starmap(_curved, zip(self._calibration, (source, cue, source, content), strict=True)))


def _curved(curve: tuple[float, float], share: float) -> float:
    """The share of right ones among those with this much of the head's own."""
    slope, shift = curve
    share = min(max(share, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(slope * math.log(share / (1 - share)) + shift)))


def _cue_of(passage: Passage, cue: tuple[int, int]) -> Span:
    return Span(passage.spans[cue[0]][0], passage.spans[cue[1] - 1][1])


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
    if "head:cue.weight" not in found or getattr(found.get("calibration"), "shape", None) != (4, 2):
        raise ConfigError("it holds no weights of a tagger: bench/attribution_train.py makes them", key=path)
    return found


def _span(text: str, passage: Passage, stretch: tuple[int, int], trimmed: str) -> Span | None:
    """The characters of a stretch of pieces, without such signs at their end; None for none."""
    start, end = passage.spans[stretch[0]][0], passage.spans[stretch[1] - 1][1]
    while end > start and text[end - 1] in trimmed:
        end -= 1
    return Span(start, end) if end > start else None


def _source(text: str, passage: Passage, stretch: tuple[int, int]) -> Span | None:
    """A source keeps the comma that closes what is told of it ("Holm, the mayor,"), and no other."""
    closed = _span(text, passage, stretch, " ;:")
    if closed is None or "," in text[closed.start : closed.end - 1]:
        return closed
    return _span(text, passage, stretch, " ,;:")


def _directness(passage: Passage, content: Sequence[tuple[int, int]]) -> Directness:
    quoted = [passage.quoted[at] for first, after in content for at in range(first, after)]
    if not any(quoted):
        return Directness.INDIRECT
    return Directness.DIRECT if sum(quoted) >= 0.9 * len(quoted) else Directness.MIXED
