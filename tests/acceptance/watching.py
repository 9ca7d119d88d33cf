"""A press and an archive on one simulated clock, and what the press says could be seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.acceptance.conftest import config_for
from writethru.archive import Archive, open_archive
from writethru.extraction import extract
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.memory import ArticleMemory
from writethru.model import Capture, Outcome, SourceKind
from writethru.press import Article, Kind, Manner, Press, Record, Rule, Site, VirtualClock, as_shown, load_plays
from writethru.text.urls import canonical
from writethru.watch.clock import SimulatedClock
from writethru.watch.report import WatchReport

NOON = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)


def at(hours: float) -> str:
    """So many hours after the first noon, as a versions file states it."""
    return (NOON + timedelta(hours=hours)).isoformat()


def state(url: str, hours: float, title: str, text: str) -> dict[str, str]:
    """One line of a versions file."""
    return {"outlet": "The Post", "url": url, "time": at(hours), "title": title, "text": text}


@dataclass
class Watched:
    """A run that can be continued."""

    archive: Archive
    press: Press
    clock: SimulatedClock

    def follow_feeds(self) -> None:
        """Watch each site's feed."""
        for host, site in self.press.plays.sites.items():
            outlet = self.archive.store.outlet(site.name, host)
            self.archive.store.add_source(
                SourceKind.FEED,
                canonical(f"http://{host}/feed.xml"),
                outlet_id=outlet.id,
                at=self.clock.now(),
                next_look_at=self.clock.now(),
            )

    def follow(self, url: str) -> None:
        """Watch one article."""
        host = canonical(url).split("/")[2]
        now = self.clock.now()
        self.archive.store.add_article(
            canonical(url), host=host, outlet_id=None, at=now, next_look_at=now, reason="named by hand"
        )

    def run(self, hours: float) -> WatchReport:
        """Let so much time pass."""
        with self.archive.watcher(self.clock) as watcher:
            return watcher.run(self.clock.now() + timedelta(hours=hours))

    def captures(self, url: str) -> list[Capture]:
        """All looks at an article."""
        article = self.archive.store.find_article(canonical(url))
        assert article is not None, url
        return self.archive.captures(article.id)

    def outcomes(self, url: str) -> list[tuple[str, str]]:
        """Outcome and reason of every look."""
        return [(c.look.outcome.value, c.look.reason.value) for c in self.captures(url)]

    def texts(self, url: str) -> list[tuple[str, str]]:
        """Headline and text of each appearance, in order."""
        article = self.archive.store.find_article(canonical(url))
        assert article is not None, url
        store = self.archive.store
        seen = [store.version_text(article.id, a.version_number) for a in store.appearances(article.id)]
        return [(text.headline, text.text) for text in seen]


@contextmanager
def watched(
    lines: Iterable[dict[str, Any]],
    folder: Path,
    url: str,
    *,
    rules: Iterable[Rule] = (),
    manner: Manner | None = None,
) -> Iterator[Watched]:
    """A press that plays ``lines`` and an archive at ``url`` (a database) that can reach it."""
    path = folder / "played.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    plays = load_plays(path)
    clock = SimulatedClock(plays.first)
    with Press(plays, clock, rules=rules, manner=manner) as press:
        connect = tuple(f"{host}=127.0.0.1:{press.port}" for host in plays.sites)
        config = config_for(url, folder, connect_to=connect, delay_seconds=1.0, read_seconds=1.0, total_seconds=2.0)
        with open_archive(url, config) as archive:
            yield Watched(archive, press, clock)
        assert not press.faults
        records = press.log.records()
        most = max((record.concurrent for record in records), default=1)
        # a press that still drips at a client that gave up is not asked twice at a time
        most = 1 if any(map(press_drips, records)) else most
        assert most == 1, "never two requests at one host at the same time"


def press_drips(record: Record) -> bool:
    """Was the answer one that goes out for longer than anybody waits or takes?"""
    endless = (Kind.SLOW, Kind.STALL, Kind.HEADER_FLOOD, Kind.ENDLESS, Kind.GZIP_BOMB)
    return bool({kind.value for kind in endless} & set(record.rules))


@dataclass(frozen=True)
class Comparison:
    """Versions served beside versions found, over all articles.

    Attributes:
        served: states that the press played, texts equal to the one before not counted.
        unseen: of these, replaced before any look.
        unconfirmed: seen once, found suspect, and replaced before the second look.
        wrong: articles whose appearances are not those that could be seen, with both.
    """

    served: int
    found: int
    unseen: int
    unconfirmed: int
    wrong: dict[str, Any]


def as_played(site: Site, article: Article) -> list[tuple[str, str]]:
    """Headline and text of each version as the manuscript has them."""
    return [(v.headline, as_shown(v.copy.text)) for v in article.versions]  # type: ignore[attr-defined]


def as_read(run: Watched, *, alone: bool = False) -> Callable[[Site, Article], list[tuple[str, str]]]:
    """Headline and text of each version as its page is read: tests the watching, not the reading.

    Args:
        alone: each page by itself, without the memory of the one before.
    """

    def read(site: Site, article: Article) -> list[tuple[str, str]]:
        clock = VirtualClock(run.press.plays.first)
        texts = []
        memory: ArticleMemory | None = None
        with Press(run.press.plays, clock, manner=run.press.manner) as press:
            for version in article.versions:
                clock.set(version.time)
                asked = Request(f"{press.address}{article.path}", headers={"Host": site.host})
                with urlopen(asked) as answer:
                    known = read_known(answer.read(), f"http://{site.host}{article.path}", Knowledge(memory=memory))
                memory = None if alone else known.memory
                texts.append((known.extraction.headline, known.extraction.text))
        return texts

    return read


def compare_with_served(
    run: Watched, texts_of: Callable[[Site, Article], list[tuple[str, str]]] = as_played
) -> Comparison:
    """Per article: the appearances in the archive are exactly the states that some look could see."""
    sights = run.press.sights()
    served = found = unseen = unconfirmed = 0
    wrong: dict[str, Any] = {}
    for host, site in run.press.plays.sites.items():
        for path, article in site.articles.items():
            texts = texts_of(site, article)
            served += len(_runs(texts))
            numbers = sights.get((host, path), ())
            unseen += _unseen(texts, numbers)
            url = f"http://{host}{path}"
            doubted = _doubted(run, url)
            wanted = _runs([texts[number - 1] for number in numbers])
            kept = _runs([text for text in wanted if text not in doubted])
            unconfirmed += len(wanted) - len(kept)
            got = run.texts(url) if numbers else []
            found += len(got)
            if got != kept:
                wrong[url] = (kept, got, run.outcomes(url))
    return Comparison(served, found, unseen, unconfirmed, wrong)


def _unseen(texts: list[tuple[str, str]], numbers: tuple[int, ...]) -> int:
    """States of which no look saw anything."""
    ordinal, at = [], 0
    for number, text in enumerate(texts):
        at += number > 0 and text != texts[number - 1]
        ordinal.append(at)
    return len(set(ordinal) - {ordinal[number - 1] for number in numbers})


def _doubted(run: Watched, url: str) -> set[tuple[str, str]]:
    """Texts that were only ever suspect."""
    article = run.archive.store.find_article(canonical(url))
    if article is None:
        return set()
    reader = run.archive.raw_capture
    suspect = [c for c in run.archive.captures(article.id) if c.look.outcome is Outcome.SUSPECT]
    texts = {(e.headline, e.text) for e in (extract(reader(c.id), url) for c in suspect)}
    return texts - set(run.texts(url))


def _runs(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Equal neighbours taken together."""
    return [text for number, text in enumerate(texts) if not number or texts[number - 1] != text]
