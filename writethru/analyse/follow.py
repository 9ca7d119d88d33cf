"""Following the change log: each analysis does every line once, in order, an article at a time.

What an article comes to is worked out outside any transaction, so that a watch which writes
beside it never waits for the work; only keeping it is a transaction, and the position in the
log moves on in the same one. An analysis that keeps several articles at once (``Gathering``) has
one transaction for all of them. A process that dies in between has done nothing: the article is
done again. Two processes cannot both keep it: the position moves only for the holder of the
lease who read the position that still stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, NamedTuple, Protocol, runtime_checkable

import structlog

from writethru.analyse.leading import ended, this_process
from writethru.errors import StorageError, Withdrawn
from writethru.storage.store import LogEntry, Store

STEP: Final = 200
"""Lines of the change log that are read at once."""

TOGETHER: Final = 20
"""Articles that are kept in one transaction, of an analysis that gathers: what another process that
writes may have to wait for."""

LEASE: Final = timedelta(minutes=5)
"""Renewed with every article; one article never takes so long."""

Progress = Callable[[int, int | None, str], None]
Stopped = Callable[[], bool]
Keep = Callable[[], None]
"""Writes what was worked out; called inside the transaction that also moves the position on."""

log = structlog.get_logger("writethru.analyse")


class Analysis(Protocol):
    """Something that is kept up to date with the record.

    Both methods read and work out, outside any transaction, and give back what keeps the result.
    """

    name: ClassVar[str]

    def __init__(self, store: Store) -> None: ...

    def article_changed(self, article_id: int) -> Keep:
        """An article has new versions."""

    def article_rebuilt(self, article_id: int) -> Keep:
        """All that was derived of an article may be different now."""


@runtime_checkable
class Gathering(Protocol):
    """An analysis whose articles are worked out without looking at what was kept of those before."""

    def several(self) -> AbstractContextManager[None]:
        """What is kept inside is written together at its end, with the same result whatever is kept together."""


@runtime_checkable
class Settling(Protocol):
    """An analysis that has something to do when all was read."""

    def waits(self) -> bool:
        """Was something left for then, perhaps by a run that was stopped?"""

    def caught_up(self) -> None:
        """No line is left; called inside the transaction that renews the lease."""


class _Waiting(NamedTuple):
    """What is still to be kept of an article, and the position after it."""

    keep: Keep
    done: int


@dataclass(frozen=True, slots=True)
class FollowReport:
    """What following came to.

    Attributes:
        lines, articles: of the change log that were done, and articles in them.
        seq: the position afterwards.
        name: of the analysis.
        failed: articles that could not be analysed, and why; they are passed over.
        elsewhere: the process that is at it ("" = we did it ourselves, to the end or until stopped).
    """

    lines: int
    articles: int
    seq: int
    name: str = ""
    failed: tuple[tuple[int, str], ...] = ()
    elsewhere: str = ""


def follow(
    store: Store, analysis: Analysis, *, progress: Progress | None = None, stopped: Stopped | None = None
) -> FollowReport:
    """Do all that is new in the change log, unless another process is at it.

    Args:
        progress: called with (articles done, None, name of the analysis) after each article.
        stopped: asked after each article; True ends it there.
    """
    worker = this_process()
    holder = _take(store, analysis.name, worker)
    if holder:
        seq = store.followers.state(analysis.name).seq
        return FollowReport(0, 0, seq, analysis.name, elsewhere=holder)
    seq = store.followers.state(analysis.name).seq
    run = _Run(store, analysis, worker, seq, progress or _silent, stopped or _never)
    try:
        run.to_the_end()
    except _LostError:
        log.warning("another process goes on with this analysis", analysis=analysis.name)
    finally:
        with suppress(StorageError):  # it expires, or is taken over since its process is dead
            store.followers.release(analysis.name, worker)
    return FollowReport(run.lines, run.articles, run.seq, analysis.name, tuple(run.failed))


def _take(store: Store, name: str, worker: str) -> str:
    """Lease an analysis; the worker that has it, "" if we do now."""
    now = datetime.now(UTC)
    holder = store.followers.state(name).worker
    if holder != worker and store.followers.take(name, worker, now, now + LEASE, dead=ended(holder)):
        return ""
    return store.followers.state(name).worker or "another process"


class _LostError(Exception):
    """Another process has taken the lease over."""


def _silent(_done: int, _total: int | None, _what: str) -> None:
    """No progress is shown."""


@dataclass(slots=True)
class _Run:
    """One run over the log, as the holder of the lease."""

    store: Store
    analysis: Analysis
    worker: str
    seq: int
    progress: Progress
    stopped: Stopped
    lines: int = 0
    articles: int = 0
    failed: list[tuple[int, str]] = field(default_factory=list)

    def to_the_end(self) -> None:
        """Every line there is, and those that come meanwhile."""
        while not self.stopped():
            entries = self.store.log_since(self.seq, STEP)
            if not entries:
                self._settle()
                return
            self._batch(entries)

    def _settle(self) -> None:
        """All was read, and something was new or waits."""
        if isinstance(self.analysis, Settling) and (self.articles or self.analysis.waits()):
            with self.store.transaction():
                self.analysis.caught_up()
                self._advance(self.seq)

    def _batch(self, entries: Sequence[LogEntry]) -> None:
        """Each article of these lines once; the position never passes a line of one that is still to come."""
        first: dict[int, int] = {}
        for entry in entries:
            if entry.kind in ("version", "rebuilt"):
                first.setdefault(entry.article_id, entry.seq)
        rebuilt = {entry.article_id for entry in entries if entry.kind == "rebuilt"}
        articles = list(first)
        if not articles:
            self._keep([], entries[-1].seq)
            return
        waiting: list[_Waiting] = []
        for article_id, following in zip(articles, [*articles[1:], None], strict=True):
            if self.stopped():
                break
            done = entries[-1].seq if following is None else first[following] - 1
            waiting.append(_Waiting(self._worked_out(article_id, is_rebuilt=article_id in rebuilt), done))
            if len(waiting) == self._together():
                self._keep_all(waiting)
                waiting = []
        self._keep_all(waiting)

    def _together(self) -> int:
        return TOGETHER if isinstance(self.analysis, Gathering) else 1

    def _keep_all(self, waiting: Sequence[_Waiting]) -> None:
        """In one transaction; where one of several cannot be kept, those before it are, each in its own."""
        if len(waiting) > 1:
            try:
                self._keep([one.keep for one in waiting], waiting[-1].done)
            except (StorageError, _LostError):
                raise
            except Exception:
                log.exception("kept one by one", analysis=self.analysis.name)
            else:
                return
        for one in waiting:
            self._keep([one.keep], one.done)

    def _worked_out(self, article_id: int, *, is_rebuilt: bool) -> Keep:
        """What an article comes to; one that cannot be analysed is said and passed over."""
        work = self.analysis.article_rebuilt if is_rebuilt else self.analysis.article_changed
        try:
            return work(article_id)
        except StorageError:
            raise
        except Withdrawn:  # since that line was written
            return _nothing
        except Exception as error:
            log.exception("an article could not be analysed", analysis=self.analysis.name, article=article_id)
            self.failed.append((article_id, f"{type(error).__name__}: {error}"))
            return _nothing

    def _keep(self, keeps: Sequence[Keep], done: int) -> None:
        with self.store.transaction():
            with self._gathered():
                for keep in keeps:
                    with suppress(Withdrawn):  # since it was worked out
                        keep()
            self._advance(done)
        self.lines += done - self.seq
        self.seq = done
        for _ in keeps:
            self.articles += 1
            self.progress(self.articles, None, self.analysis.name)

    def _advance(self, done: int) -> None:
        """Move the position on and renew the lease, which another process may have taken over."""
        until = datetime.now(UTC) + LEASE
        if not self.store.followers.advance(self.analysis.name, self.worker, (self.seq, done), until):
            raise _LostError

    def _gathered(self) -> AbstractContextManager[None]:
        return self.analysis.several() if isinstance(self.analysis, Gathering) else nullcontext()


def _never() -> bool:
    """Nobody stops it."""
    return False


def _nothing() -> None:
    """Nothing to keep."""
