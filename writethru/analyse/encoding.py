"""What articles mean, by the encoder of the extra ``[nlp]``: read once for each article where the archive asks for it.

Whether it does, and from which likeness on, is a line of the journal of memberships: every process that groups reads it
there, and so does who follows the journal. Vectors are kept in whole grains, so that grouping gives the same on every
machine; what lacks one is grouped as it would be without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

from writethru.analyse.story_lately import Lately
from writethru.errors import ConfigError
from writethru.model import ArticleText
from writethru.storage.meaning_store import ENCODER, Meaning
from writethru.storage.store import Store

MODEL = "all-MiniLM-L6-v2, 8 bits, 1"
"""The encoder and its graph: part of what a vector was made of."""
OFF = "off"
MOST_HELD = 4_000
"""Vectors that are kept in memory, twice; 1 KB each."""


class Encoder(Protocol):
    """Texts to vectors of length one."""

    def vectors(self, texts: Sequence[str], most: int) -> Any:
        """A row for each text, of its first ``most`` pieces."""


@cache
def encoder() -> Encoder:
    """The one of this process, made when first asked for. Raises ConfigError where the extra is not installed."""
    from writethru.nlp.encoder import SentenceEncoder

    return SentenceEncoder()


def level_of(asked: str, recorded: float) -> float:
    """Likeness below which articles are drawn apart, 0 for never.

    Args:
        asked: the setting ``events.encoder``.
        recorded: what the archive was last told.

    Raises:
        ConfigError: it is no such number.
    """
    if not asked:
        return recorded
    try:
        level = 0.0 if asked == OFF else float(asked)
    except ValueError:
        level = -1.0
    if not 0 <= level < 1 or (level == 0 and asked != OFF):
        raise ConfigError(f"events.encoder must be {OFF!r}, or a number above 0 and below 1", key=asked)
    return level


def missing() -> str:
    """What of the extra is not there, in words; "" where all is."""
    from writethru.nlp.weights import model_folder

    absent = [name for name in ("numpy", "onnxruntime") if find_spec(name) is None]
    if absent:
        return f"{', '.join(absent)}: not installed"
    try:
        model_folder()
    except ConfigError as error:
        return str(error)
    return ""


def prove(level: float) -> None:
    """Raises ConfigError where an encoder is asked for that is not there."""
    from writethru.nlp.weights import INSTALL

    absent = missing() if level else ""
    if absent:
        todo = f"{INSTALL}; or `writethru analyse --encoder {OFF}`"
        raise ConfigError(
            f"events are to be grouped with the encoder, which is not there ({absent}): {todo}", key=ENCODER
        )


class ReadMeanings:
    """Vectors of articles: read where the archive asks for them, held, and written in bulk. Used by one thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables = store.stories.meanings
        self.clear()

    def clear(self) -> None:
        """Forget everything, what was not written too."""
        self._held: Lately[int, Meaning] = Lately(MOST_HELD)
        self._new: dict[int, Meaning] = {}
        self._level: float | None = None

    def level(self) -> float:
        """Likeness below which articles are drawn apart, 0 for never; as it was when ``clear`` was last called."""
        if self._level is None:
            self._level = self._tables.level()
        return self._level

    def read(self, article_id: int, text: ArticleText) -> Meaning | None:
        """The vector of an article as it reads now; None where the archive asks for none."""
        from writethru.events.meanings import PIECES, packed, passage_of

        if not self._tables.level():
            return None
        passage = passage_of(text)
        made_of = hashlib.sha256(f"{MODEL}\0{passage}".encode("utf-8", "replace")).hexdigest()[:32]
        kept = self._tables.of([article_id]).get(article_id)
        if kept is not None and kept.made_of == made_of:
            return kept
        return Meaning(made_of, packed(encoder().vectors([passage], PIECES)[0]))

    def keep(self, article_id: int, meaning: Meaning) -> None:
        """To be written."""
        self._held.put(article_id, meaning)
        self._new[article_id] = meaning

    def write(self) -> None:
        """Write what is new."""
        if self._new:
            self._tables.keep(self._new)
            self._new = {}

    def of(self, article_ids: Iterable[int]) -> dict[int, Meaning]:
        """Those of these articles that have one."""
        asked = list(article_ids)
        held = {one: found for one in asked if (found := self._new.get(one) or self._held.get(one)) is not None}
        for number, one in self._tables.of(one for one in asked if one not in held).items():
            held[number] = one
            self._held.put(number, one)
        return held
