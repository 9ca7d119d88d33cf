"""Sentences that no other text of an event tells, in whatever words: what is only worded otherwise is not one's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

TOLD: Final = 0.6
"""Share of a sentence's words that one sentence of another text has: both tell the same, figures aside."""
FEWEST: Final = 3
"""Words; a shorter sentence is told elsewhere only where the very same stands there."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = 4
"""Letters; shorter words tell nothing."""


def told_once(own: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Of each text those of its own sentences that no sentence of another text tells.

    Args:
        own: sentences by text, among which those told once are sought.
        texts: all sentences, by text, in the same order.
    """
    telling = [(at, _words(sentence)) for at, sentences in enumerate(texts) for sentence in sentences]
    same: dict[tuple[str, ...], set[int]] = defaultdict(set)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (at, words) in enumerate(telling):
        same[words].add(at)
        for word in set(words):
            holders[word].append(number)

    def elsewhere(at: int, sentence: str) -> bool:
        words = _words(sentence)
        if same.get(words, set()) - {at}:
            return True
        mine = {word for word in words if len(word) >= _SHORT}
        shared = Counter(number for word in mine for number in holders.get(word, ()) if telling[number][0] != at)
        most = max(shared.values(), default=0)
        return len(mine) >= FEWEST and most >= FEWEST and most >= TOLD * len(mine)

    return [
        tuple(sentence for sentence in sentences if not elsewhere(at, sentence)) for at, sentences in enumerate(own)
    ]


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(sentence.lower()))
