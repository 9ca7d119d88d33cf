"""What articles mean, as vectors of an encoder: kept in whole grains, so that cosines are the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from writethru.events.vectors import Floats
from writethru.model import ArticleText

GRAIN = 2**14
"""Parts of one; a cosine is off by less than 0.002."""
CHARACTERS = 900
PIECES = 126
"""Of the headline and what follows it: half of what the encoder can read."""
FEW = 8
"""Articles up to which an event is looked at so: of larger ones of ECB+, up to 12, it parted too many."""
WEIGHT = 1.0
"""How much of what a cosine lacks is taken from a similarity; half of it did less on BASIL squeezed."""
Grains = NDArray[np.int16]


def passage_of(text: ArticleText) -> str:
    """The beginning of an article, as the encoder reads it."""
    body: list[str] = []
    length = 0
    for block in text.body_blocks():
        body.append(block.text[:CHARACTERS])
        length += len(body[-1]) + 1
        if length >= CHARACTERS:
            break
    return f"{text.headline[:CHARACTERS]}. " + "\n".join(body)[:CHARACTERS]


def packed(vector: Sequence[float]) -> bytes:
    """The stored form of a vector of length one: 16-bit numbers of grains, the least byte first."""
    return np.rint(np.asarray(vector, np.float64) * GRAIN).astype("<i2").tobytes()


def unpacked(stored: bytes) -> Grains:
    """Inverse of ``packed``."""
    return np.frombuffer(stored, "<i2").astype(np.int16)


def lacking(meanings: Sequence[Grains | None], below: float) -> Floats:
    """What is taken from the similarity of each two articles: a square of numbers of 0 and less.

    Args:
        meanings: None where an article was read without the encoder: nothing is taken there.
        below: cosine from which nothing is.
    """
    told = [at for at, one in enumerate(meanings) if one is not None]
    found = np.zeros((len(meanings), len(meanings)))
    if told:
        rows = np.array([meanings[at] for at in told], np.int64)
        cosines = (rows @ rows.T) / GRAIN**2
        found[np.ix_(told, told)] = WEIGHT * np.minimum(cosines - below, 0.0)
    return found
