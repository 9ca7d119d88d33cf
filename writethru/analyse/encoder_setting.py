"""What the settings say of the encoder of events: noted in the journal, and done."""

from __future__ import annotations

from datetime import UTC, datetime

from writethru.analyse.encoding import MODEL, ReadMeanings, level_of, prove
from writethru.analyse.events import EventAnalysis
from writethru.analyse.follow import Progress, Stopped
from writethru.errors import Withdrawn
from writethru.storage.meaning_store import ENCODER, Meaning
from writethru.storage.store import Store
from writethru.storage.story_store import StoryLogEntry

TOGETHER = 20
"""Articles whose vectors are written together."""


def use_encoder(store: Store, asked: str, *, progress: Progress | None = None, stopped: Stopped | None = None) -> None:
    """Do what the settings say of the encoder: note it in the journal where it is news, and read what was not read.

    Small archives are grouped anew then; in larger ones what new articles touch is.

    Raises:
        ConfigError: it is asked for and not there.
    """
    recorded = store.stories.meanings.level()
    level = level_of(asked, recorded)
    prove(level)
    if level != recorded:
        form = {"below": level, "from": recorded, "by": MODEL, "cause": _cause(level)}
        with store.transaction():
            store.stories.write_log([StoryLogEntry(datetime.now(UTC), ENCODER, None, None, form)])
    if level:
        _read_what_lacks(store, progress, stopped)
    if level != recorded:
        EventAnalysis(store).settle_small()


def _cause(level: float) -> str:
    """What the journal says of a change of the setting."""
    if not level:
        return "the encoder is asked no longer"
    return f"from here on events of few articles are parted where the encoder finds them less alike than {level:g}"


def _read_what_lacks(store: Store, progress: Progress | None, stopped: Stopped | None) -> None:
    """Vectors of articles that were grouped before they were asked for, some at a time."""
    meanings, after, done = ReadMeanings(store), 0, 0
    while some := store.stories.meanings.lacking(after, TOGETHER):
        if stopped is not None and stopped():
            return
        found = {one: read for one in some if (read := _read_one(store, meanings, one)) is not None}
        with store.transaction():
            store.stories.meanings.keep(found)
        after, done = some[-1], done + len(some)
        if progress is not None:
            progress(done, None, ENCODER)


def _read_one(store: Store, meanings: ReadMeanings, article_id: int) -> Meaning | None:
    """None where the article was withdrawn or has no text."""
    try:
        appearances = store.appearances(article_id)
        text = store.version_text(article_id, appearances[-1].version_number) if appearances else None
    except Withdrawn:
        return None
    return None if text is None else meanings.read(article_id, text)
