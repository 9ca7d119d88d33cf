"""The evidence alone is enough: a lost database comes back whole, failed looks and 304s included."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import config_for
from tests.acceptance.test_watching import WORDS, canonical_of
from tests.acceptance.watching import NOON, Watched, state, watched
from writethru.archive import Archive, open_archive
from writethru.errors import StorageError
from writethru.evidence import EvidenceFolder
from writethru.model import Capture, NewCapture
from writethru.press import Kind, Rule
from writethru.watch.record import Recorder

TROUBLE = [
    (Kind.S404, ""),
    (Kind.S503, "600"),
    (Kind.BOT_CHECK, ""),
    (Kind.RESET, ""),
    (Kind.RESET, "300"),
    (Kind.GARBAGE, ""),
    (Kind.REDIRECT_PRIVATE, ""),
    (Kind.REDIRECT_LOOP, ""),
    (Kind.REDIRECT_HOME, ""),
    (Kind.ROBOTS_DENY, ""),
]
PLACES = [f"http://post{n}.example/bridge" for n in range(len(TROUBLE))]
LINES = [
    state(place, hours, "Bridge shut", WORDS.format(count))
    for place in PLACES
    for hours, count in ((0, "Twelve"), (3.5, "Thirty"))
]
RULES = [
    Rule(
        kind,
        arg,
        host=f"post{n}.example",
        path="*" if kind is Kind.ROBOTS_DENY else "/bridge",
        start=None if kind is Kind.ROBOTS_DENY else NOON + timedelta(hours=1),
        until=NOON + timedelta(hours=2),
    )
    for n, (kind, arg) in enumerate(TROUBLE)
]


@pytest.fixture
def troubled(sqlite_made: Path, tmp_path: Path) -> Any:
    """Ten hosts, each with its trouble, watched for some hours."""
    with watched(LINES, tmp_path, str(tmp_path / "writethru.db"), rules=RULES) as run:
        run.follow_feeds()
        run.follow(PLACES[-1])
        run.run(5)
        yield run


def looks(archive: Archive) -> dict[str, list[NewCapture]]:
    """Every look as it can be told from evidence: without the port of the peer and the words for people."""
    return {
        row.article.url: [plain(capture) for capture in archive.captures(row.article.id)]
        for row in archive.articles().rows
    }


def plain(capture: Capture) -> NewCapture:
    return replace(capture.look, peer=capture.look.peer.rpartition(":")[0])


def texts(archive: Archive) -> dict[str, Any]:
    store = archive.store
    return {
        row.article.url: (
            [v.digest for v in store.versions(row.article.id)],
            [(a.version_number, a.first_seen, a.last_seen, a.looks) for a in store.appearances(row.article.id)],
            [(c.number, c.after, c.before, c.summary, c.reason) for c in store.changes(article_id=row.article.id)],
        )
        for row in archive.articles().rows
    }


def test_a_lost_database_is_made_again(troubled: Watched, tmp_path: Path) -> None:
    run = troubled
    before = looks(run.archive)
    seen = {(look.outcome.value, look.reason.value) for found in before.values() for look in found}
    assert {reason for _, reason in seen} >= {
        "not_modified",
        "robots",
        "status_server",
        "refused_address",
        "status_gone",
    }
    with open_archive(str(tmp_path / "new.db"), config_for(str(tmp_path / "new.db"), tmp_path)) as again:
        report = again.rebuild()
        assert report.faults == ()
        after = looks(again)
        assert {u: [replace(look, peer="") for look in f] for u, f in after.items()} == {
            u: [replace(look, peer="") for look in f] for u, f in before.items()
        }
        assert texts(again) == texts(run.archive)
        answered = [s.url for s in run.archive.sources() if s.last_news_at]
        assert [s.url for s in again.sources()] == answered, "one that never answered cannot be told from evidence"
        assert all(row.article.next_look_at for row in again.articles().rows), "they are watched on"
        assert again.rebuild().adopted == 0, "nothing is taken in twice"
        assert again.verify().faults == ()


def test_an_evidence_folder_is_imported_with_every_look(troubled: Watched, tmp_path: Path) -> None:
    run = troubled
    folder = tmp_path / "other"
    with open_archive(str(folder.with_suffix(".db")), config_for("", folder)) as other:
        report = other.import_paths([tmp_path / "evidence"])
        assert report.skipped == ()
        theirs, ours = looks(other), looks(run.archive)
        assert {url: summary(found) for url, found in theirs.items()} == {
            url: summary(found) for url, found in ours.items()
        }
        assert other.import_paths([tmp_path / "evidence"]).captures == 0
        assert other.rebuild().different == ()
        assert {url: summary(found) for url, found in looks(other).items()} == {
            url: summary(found) for url, found in ours.items()
        }
        assert other.verify().faults == ()


def summary(found: list[NewCapture]) -> list[tuple[Any, ...]]:
    return [(look.captured_at, look.outcome, look.reason, look.status, look.body_digest) for look in found]


def test_a_failed_database_loses_no_look(sqlite_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence is written, the database refuses: the next start takes the look in from a file that is closed."""
    with watched(LINES, tmp_path, str(tmp_path / "writethru.db")) as run:
        run.follow(canonical_of(PLACES[0]))
        real = Recorder.record

        def refused(*_: object) -> None:
            raise StorageError("the server went away")

        monkeypatch.setattr(Recorder, "record", refused)
        with pytest.raises(StorageError):
            run.run(1)
        monkeypatch.setattr(Recorder, "record", real)
        evidence = EvidenceFolder(tmp_path / "evidence")
        assert not list((tmp_path / "evidence").glob("*.open")), "the file is closed"
        assert len(evidence.unrecorded()) == 1
        assert run.captures(PLACES[0]) == []
        report = run.run(0.01)
        assert report.adopted == 1
        assert next(pair[1] for pair in run.outcomes(PLACES[0])) == "first_seen"
        assert evidence.unrecorded() == []
