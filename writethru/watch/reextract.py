"""Read the history of all articles again with the reader, the rules and the profiles of today, from evidence alone.

Without ``write`` all of it is done and taken back: the report says what would come. What an article's versions were
is kept where they vanish.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from writethru.errors import EvidenceError
from writethru.model import Capture, Reason
from writethru.storage.learnt import FormerVersion
from writethru.storage.store import Store
from writethru.watch.record import Recorder

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Reread:
    """An article whose versions come out otherwise: digests that appear, and numbers that vanish."""

    article_id: int
    url: str
    appear: tuple[str, ...]
    vanish: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReextractReport:
    """What reading again came to, or would come to."""

    articles: int
    different: tuple[Reread, ...]
    faults: tuple[str, ...]
    written: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "articles": self.articles,
            "different": [
                {"article": one.article_id, "url": one.url, "appear": list(one.appear), "vanish": list(one.vanish)}
                for one in self.different
            ],
            "faults": list(self.faults),
            "written": self.written,
        }

    def sentence(self) -> str:
        """For people."""
        appear = sum(len(one.appear) for one in self.different)
        vanish = sum(len(one.vanish) for one in self.different)
        did, them = ("were read again", "were") if self.written else ("would be read again", "would be")
        return (
            f"{self.articles} articles {did}: {len(self.different)} {them} different, {appear} versions appear, "
            f"{vanish} vanish; {len(self.faults)} faults"
            + ("" if self.written else " (nothing was written; --write does it)")
        )


class _TakeBack(Exception):
    """Undoes a dry run."""


@dataclass(slots=True)
class _Tally:
    articles: int = 0
    different: list[Reread] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def reextract(
    store: Store, recorder: Recorder, now: datetime, *, write: bool, progress: Progress | None = None
) -> ReextractReport:
    """Read all again; one transaction, so that a reader of the archive sees the old history or the new one."""
    tally = _Tally()
    try:
        with store.transaction():
            _run(store, recorder, now, tally, progress)
            if not write:
                raise _TakeBack
    except _TakeBack:
        pass
    return ReextractReport(tally.articles, tuple(tally.different), tuple(tally.faults), write)


def _run(store: Store, recorder: Recorder, now: datetime, tally: _Tally, progress: Progress | None) -> None:
    _relearn(store, recorder, tally)
    summaries = store.article_summaries()
    for done, summary in enumerate(summaries, 1):
        article_id = summary.article.id
        before = {v.digest: v for v in store.versions(article_id)}
        texts = {digest: store.version_text(article_id, v.number) for digest, v in before.items()}
        try:
            recorder.rederive(article_id, anew=True)
        except EvidenceError as error:
            tally.faults.append(f"article {article_id}: {error}")
            continue
        after = {v.digest for v in store.versions(article_id)}
        gone = [v for digest, v in before.items() if digest not in after]
        for v in gone:
            store.keep_former(FormerVersion(article_id, v.number, v.digest, v.extractor, now, texts[v.digest]))
        come = sorted(after - set(before))
        if come or gone:
            numbers = tuple(v.number for v in gone)
            tally.different.append(Reread(article_id, summary.article.url, tuple(come), numbers))
            store.log("rebuilt", article_id, 0, now)
        tally.articles += 1
        if progress:
            progress(done, len(summaries), summary.article.url)


def _relearn(store: Store, recorder: Recorder, tally: _Tally) -> None:
    """Profiles anew from each article's first page, in the order of capture."""
    store.forget_profiles()
    firsts = [capture for capture in store.all_captures() if capture.look.reason is Reason.FIRST_SEEN]
    for capture in sorted(firsts, key=_when):
        try:
            recorder.relearn(capture)
        except EvidenceError as error:
            tally.faults.append(f"capture {capture.id}: {error}")


def _when(capture: Capture) -> tuple[datetime, int]:
    return capture.look.captured_at, capture.id
