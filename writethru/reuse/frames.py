"""Who is said to have said it: a passage that one article puts in somebody's mouth and the other does not.

Who copies a text copies its "police said" with it. Where the same words stand behind "the navy said" in the one article
and without it in the other, each has put them in a frame of its own, as two do who have one statement before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from writethru.reuse.passages import Passage
from writethru.reuse.words import Words, folded

AROUND: Final = 8
"""Words before and behind a passage in which its speaker may be named."""
APART: Final = 0.4
"""Share of the matched words that only one article says whose they are, from which it does not look like copying …"""
ALIKE: Final = 0.1
"""… unless more than this share stands behind a speaker in both."""
# Chosen on the 56 labelled pairs of ECB+ (`python -m bench reuse_labels`): of those with words enough, three of four
# common sources and none of the others.
_SPEAKING: Final = """
said says stated announced according told statement spokesman spokeswoman spokesperson release
sagte erklarte zufolge laut mitteilung sprecher sprecherin selon declare indique communique dijo segun
"""
_SPEAKS: Final = frozenset(_SPEAKING.split())


def framed_apart(words: tuple[Words, Words], passages: Sequence[Passage], outlets: tuple[str, str]) -> str:
    """Which article says whose words the passages are, where the other does not: ``"a"``, ``"b"``, or ``""``.

    Naming the other's outlet is no frame of one's own but a credit.

    Args:
        outlets: names of the two articles' outlets, "" where not known.
    """
    total = sum(len(passage.pairs) for passage in passages)
    only = {"a": 0, "b": 0}
    both = 0
    for passage in passages:
        in_a = _speaks(words[0], passage.a, outlets[1])
        in_b = _speaks(words[1], passage.b, outlets[0])
        both += len(passage.pairs) if in_a and in_b else 0
        if in_a != in_b:
            only["a" if in_a else "b"] += len(passage.pairs)
    if not total or both > ALIKE * total or sum(only.values()) < APART * total:
        return ""
    return max(only, key=lambda side: only[side])


def _speaks(words: Words, span: tuple[int, int], other: str) -> bool:
    """Is somebody other than the other article's outlet said to say it, in a passage or beside it?"""
    near = words.keys[max(0, span[0] - AROUND) : span[1] + AROUND]
    name = tuple(map(folded, other.split()))
    credited = bool(name) and any(near[at : at + len(name)] == name for at in range(len(near) - len(name) + 1))
    return not credited and not _SPEAKS.isdisjoint(near)
