"""Who is said to have said it: a passage that one article puts in somebody's mouth and the other does not.

Who copies a text copies its "police said" with it. Where the same words stand behind "the navy said" in the one article
and without it in the other, each has put them in a frame of its own, as two do who have one statement before them.
Quotation marks that only one of them has are such a frame too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from writethru.reuse.passages import Passage
from writethru.reuse.words import Mark, Words, folded

AROUND: Final = 8
"""Words before and behind a passage in which its speaker may be named."""
APART: Final = 0.4
"""Share of the matched words that only one article says whose they are, from which it does not look like copying …"""
ALIKE: Final = 0.1
"""… unless more than this share stands behind a speaker in both."""
# Chosen on the 56 labelled pairs of ECB+ (`python -m bench reuse_labels`): of those with words enough, three of four
# common sources and none of the others.
TOLD: Final = 18
"""Words that only one says to be somebody's, from which both seem to have them from there, however little it is."""
# Chosen on the same pairs of ECB+, where anything from 13 to 18 comes to the same; on those of PolNeAR, 18 and 19 do.
_SPEAKING: Final = """
said says stated announced according told statement spokesman spokeswoman spokesperson release
wrote writes writing posted tweet tweeted twitter
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
    only = {"a": 0, "b": 0, "ab": 0, "": 0}
    for passage in passages:
        only[_speakers(words, passage, outlets)] += len(passage.pairs)
    if not total or only["ab"] > ALIKE * total or only["a"] + only["b"] < APART * total:
        return ""
    return "a" if only["a"] >= only["b"] else "b"


def one_statement(
    words: tuple[Words, Words], shared: tuple[Sequence[Passage], Sequence[Passage]], outlets: tuple[str, str]
) -> str:
    """Which article says whose words they are, of two that share little but what one of them says to be somebody's.

    Speech that both have in quotation marks is known to both from whoever said it: where there is more of that, marks
    which only one has are taken for lost in the other.

    Args:
        shared: the passages outside quotation marks, and the stretches of speech.
        outlets: names of the two articles' outlets, "" where not known.

    Returns:
        ``"a"``, ``"b"``, or ``""`` where it is fewer than ``TOLD`` words.
    """
    passages, quotations = shared
    only = {"a": 0, "b": 0, "ab": 0, "": 0}
    quoted = 0
    for passage in passages:
        only[_speakers(words, passage, outlets)] += passage.own
    for speech in quotations:
        marked = [(words[0].marks[i] & Mark.QUOTED, words[1].marks[j] & Mark.QUOTED) for i, j in speech.pairs]
        quoted += marked.count((Mark.QUOTED, Mark.QUOTED))
        sides = {"a": marked.count((Mark.QUOTED, 0)), "b": marked.count((0, Mark.QUOTED))}
        side = max(sides, key=lambda one: sides[one])
        if _speakers(words, speech, outlets) in ("", side):
            only[side] += sides[side]
    told = only["a"] + only["b"]
    if told < TOLD or quoted >= told or only["ab"] > ALIKE * told:
        return ""
    return "a" if only["a"] >= only["b"] else "b"


def naming(words: tuple[Words, Words], passages: Sequence[Passage], outlets: tuple[str, str]) -> str:
    """Which article names the other's outlet beside what they share, where that one does not name itself.

    An outlet that both name is what they tell of.

    Returns:
        ``"a"``, ``"b"``, or ``""`` where neither does or both do.
    """
    sides = set()
    for passage in passages:
        places = (words[0], passage.a), (words[1], passage.b)
        for at, side in enumerate("ab"):
            name = outlets[1 - at]
            if _names(*places[at], name) and not _names(*places[1 - at], name):
                sides.add(side)
    return sides.pop() if len(sides) == 1 else ""


def _names(words: Words, span: tuple[int, int], outlet: str) -> bool:
    """Does an outlet's name stand in a passage or beside it, as a name?"""
    name = tuple(map(folded, outlet.split()))
    name = name[1:] if name[:1] == ("the",) else name
    first, last = max(0, span[0] - AROUND), min(len(words), span[1] + AROUND)
    return bool(name) and any(
        words.keys[at : at + len(name)] == name and any(mark & Mark.NAME for mark in words.marks[at : at + len(name)])
        for at in range(first, last - len(name) + 1)
    )


def _speakers(words: tuple[Words, Words], passage: Passage, outlets: tuple[str, str]) -> str:
    """Which of the two say whose words a passage is."""
    in_a = _speaks(words[0], passage.a, outlets[1])
    in_b = _speaks(words[1], passage.b, outlets[0])
    return ("a" if in_a else "") + ("b" if in_b else "")


def _speaks(words: Words, span: tuple[int, int], other: str) -> bool:
    """Is somebody other than the other article's outlet said to say it, in a passage or beside it?"""
    near = words.keys[max(0, span[0] - AROUND) : span[1] + AROUND]
    name = tuple(map(folded, other.split()))
    credited = bool(name) and any(near[at : at + len(name)] == name for at in range(len(near) - len(name) + 1))
    return not credited and not _SPEAKS.isdisjoint(near)
