"""Where on a template a block stands: a path of tags and class names that outlives a new build of the site.

Class names that a build makes up (hashes, counters) are left out, so that a path names the place in
the outlet's template and not this page's printing of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from writethru.extraction.tree import Frame, Segment

_NAME = re.compile(r"[A-Za-z][A-Za-z_]*(?:-+[A-Za-z_]+)*\Z")
_GENERATED = re.compile(r"(?:css|sc|jsx|svelte|emotion|jss|tw|styled)-|\A[a-z]{1,3}[A-Z][A-Za-z]{0,4}\Z")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_MOST_NAMES = 4
_NAMES_LIMIT = 240
_PLAIN = 3  # a name so short is no hash


class Places:
    """Paths of the frames of one page, each worked out once.

    A path is given as eight hex digits; two frames have the same path where every box around them has
    the same tag and the same telling class names.
    """

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, frame: Frame) -> str:
        """The path of a frame."""
        return f"{self._number(frame):08x}"

    def segment(self, segment: Segment) -> str:
        """The path of the box a segment stands in."""
        return self.of(segment.frame)

    def _number(self, frame: Frame) -> int:
        pending: list[Frame] = []
        box: Frame | None = frame
        while box is not None and box.order not in self._known:
            pending.append(box)
            box = box.parent
        number = self._known[box.order] if box is not None else 0
        for inner in reversed(pending):
            number = crc32(step(inner).encode("utf-8", "replace"), number)
            self._known[inner.order] = number
        return number


def step(frame: Frame) -> str:
    """One step of a path: ``div.article-body``."""
    names = frame.element.get("class")
    return f"/{frame.tag}{_telling(names[:_NAMES_LIMIT])}" if names else f"/{frame.tag}"


@lru_cache(maxsize=20_000)
def _telling(names: str) -> str:
    """The telling ones of some class names: ``.article-body.wide``."""
    telling = sorted({name for name in names.split() if is_telling(name)})
    return "".join(f".{name}" for name in telling[:_MOST_NAMES])


def spelled(frame: Frame) -> str:
    """The last three steps of a path, for people."""
    steps = [step(box)[1:] for box, _ in zip(frame.chain(), range(3), strict=False)]
    return " > ".join(reversed(steps))


def is_telling(name: str) -> bool:
    """Whether a class name was given by a person: words, not a hash or a counter."""
    if not _NAME.match(name) or _GENERATED.search(name):
        return False
    return len(name) <= _PLAIN or bool(_VOWEL.search(name))
