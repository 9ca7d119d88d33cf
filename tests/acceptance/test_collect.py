"""Every memento that a web archive has of an article becomes a capture, from a small archive of our own on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.acceptance.conftest import config_for
from tests.fetch.servers import Connection, Server, serving
from writethru.archive import Archive, open_archive
from writethru.cli import cli
from writethru.errors import FetchError, InputError, NotInArchive
from writethru.model import Capture, Medium, Outcome, TimeBasis
from writethru.storage.withheld_store import KEPT, Withdrawal
from writethru.watch.clock import SimulatedClock
from writethru.watch.collecting import CollectReport, Wanted, collect

NOW = datetime(2032, 1, 1, tzinfo=UTC)
FIRST = datetime(2021, 3, 3, 12, tzinfo=UTC)
ARTICLE = "http://post.example/2031/bridge"
BASE = "http://archive.example/web"
TIMEMAP = f"http://archive.example/timemap/link/{ARTICLE}"
CDX = "http://archive.example/cdx/search/cdx"
TEXTS = (
    "The bridge at Aldby was shut on Monday after an engineer found a crack in its third pier, the town said.",
    "The bridge at Aldby was shut on Monday after an engineer found two cracks in its third pier, the town said.",
    "The bridge at Aldby was shut on Monday after an engineer found two cracks in its third pier, Ilse Brandt said.",
)


def moment(number: int) -> datetime:
    """When a memento was captured."""
    return FIRST + timedelta(days=number)


def stamp(number: int) -> str:
    return f"{moment(number):%Y%m%d%H%M%S}"


def page(text: str) -> bytes:
    """The article as it was served."""
    more = "".join(
        f"<p>Paragraph {n} tells of the ferry that carries people over until then, and of its fare.</p>"
        for n in range(4)
    )
    return (
        f'<html><head><title>Bridge shut</title><link rel="canonical" href="{ARTICLE}"></head><body><article>'
        f"<h1>Bridge shut</h1><p>{text}</p>{more}</article></body></html>"
    ).encode()


@dataclass
class TinyArchive:
    """What it answers: path (with query) to status, headers and body; each answer may differ from time to time."""

    answers: dict[str, list[tuple[int, list[str], bytes]]] = field(default_factory=dict)
    server: Server | None = None

    def says(self, path: str, body: bytes | str, *headers: str, status: int = 200) -> None:
        """From now on, or for the next time where more follow."""
        encoded = body if isinstance(body, bytes) else body.encode()
        self.answers.setdefault(path, []).append((status, list(headers), encoded))

    def keeps(self, number: int, body: bytes, *, raw: bool = True, status: int = 200, said: int | None = None) -> None:
        """A memento; without ``raw`` only as the archive shows it."""
        told = format_datetime(moment(number if said is None else said), usegmt=True)
        mark = "id_" if raw else ""
        links = f'Link: <{ARTICLE}>; rel="original"'
        path = f"/web/{stamp(number)}{mark}/{ARTICLE}"
        self.says(path, body, f"Memento-Datetime: {told}", links, "Content-Type: text/html", status=status)

    def lists(self, *numbers: int, path: str = f"/timemap/link/{ARTICLE}", more: str = "") -> None:
        """A page of the TimeMap."""
        links = [f'<{ARTICLE}>; rel="original"', *([more] if more else [])]
        for number in numbers:
            told = format_datetime(moment(number), usegmt=True)
            links.append(f'<{BASE}/{stamp(number)}/{ARTICLE}>; rel="memento"; datetime="{told}"')
        self.says(path, ",\n".join(links))

    def answer(self, connection: Connection) -> None:
        """As a server would."""
        kept = self.answers.get(connection.path, [(404, [], b"no such page")])
        status, headers, body = kept.pop(0) if len(kept) > 1 else kept[0]
        head = [f"HTTP/1.1 {status} Said", *headers, f"Content-Length: {len(body)}", "", ""]
        connection.say("\r\n".join(head).encode() + body)

    @property
    def asked(self) -> list[str]:
        """Paths that were asked for, without robots.txt."""
        assert self.server is not None
        paths = [request.split(b" ")[1].decode() for request in self.server.requests]
        return [path for path in paths if path != "/robots.txt"]


@dataclass
class Run:
    """An archive of ours beside theirs."""

    archive: Archive
    clock: SimulatedClock

    def collect(self, wanted: Wanted) -> CollectReport:
        """One run of the import."""
        with self.archive.watcher(self.clock) as watcher:
            return collect(watcher, wanted)

    def captures(self) -> list[Capture]:
        """Of the article."""
        article = self.archive.store.find_article(ARTICLE)
        return [] if article is None else list(self.archive.store.captures(article.id))


@pytest.fixture
def theirs() -> Iterator[TinyArchive]:
    """A web archive with three mementos of one article."""
    tiny = TinyArchive()
    for number, text in enumerate(TEXTS):
        tiny.keeps(number, page(text))
    tiny.lists(2, 0, 1)
    with serving(tiny.answer) as tiny.server:
        yield tiny


@contextmanager
def beside(theirs: TinyArchive, folder: Path, database: str) -> Iterator[Run]:
    """Our archive."""
    assert theirs.server is not None
    config = config_for(database, folder, connect_to=(f"archive.example={theirs.server.address}",))
    with open_archive(database, config) as archive:
        yield Run(archive, SimulatedClock(NOW))


@pytest.fixture
def ours(theirs: TinyArchive, sqlite_made: Path, tmp_path: Path) -> Iterator[Run]:
    """On SQLite."""
    database = tmp_path / "w.db"
    database.write_bytes(sqlite_made.read_bytes())
    with beside(theirs, tmp_path, str(database)) as run:
        yield run


def test_every_memento_becomes_a_capture_in_time_and_the_same_again_fetches_none(
    theirs: TinyArchive, store_url: str, tmp_path: Path
) -> None:
    with beside(theirs, tmp_path, store_url) as ours:
        report = ours.collect(Wanted(TIMEMAP))
        assert (report.listed, report.captures, report.versions, report.changes) == (3, 3, 3, 2)
        assert report.skipped == []
        looks = [capture.look for capture in ours.captures()]
        assert [look.captured_at for look in looks] == [moment(number) for number in range(3)]
        assert {look.basis for look in looks} == {TimeBasis.STATED}
        assert {look.medium for look in looks} == {Medium.MEMENTO}
        assert [look.label for look in looks] == [f"{BASE}/{stamp(number)}/{ARTICLE}" for number in range(3)]
        assert {look.detail for look in looks} == {"at archive.example"}
        assert ours.archive.raw_capture(ours.captures()[1].id) == page(TEXTS[1])
        assert theirs.asked[1:] == [f"/web/{stamp(number)}id_/{ARTICLE}" for number in range(3)]
        again = ours.collect(Wanted(TIMEMAP))
        assert (again.already_known, again.captures) == (3, 0)
        assert len(theirs.asked) == 5
        assert ours.archive.verify().faults == ()


def test_the_record_is_made_again_from_the_evidence(ours: Run, theirs: TinyArchive, sqlite_made: Path) -> None:
    theirs.keeps(3, page(TEXTS[0]), said=1)
    theirs.answers[f"/timemap/link/{ARTICLE}"] = []
    theirs.lists(0, 1, 2, 3)
    assert len(ours.collect(Wanted(TIMEMAP)).skipped) == 1
    folder = ours.archive.evidence.path
    before = [(c.look.captured_at, c.look.medium, c.look.label, c.look.outcome) for c in ours.captures()]
    database = folder.parent / "again.db"
    database.write_bytes(sqlite_made.read_bytes())
    with open_archive(str(database), config_for(str(database), folder.parent)) as again:
        again.rebuild()
        found = Run(again, ours.clock).captures()
        assert [(c.look.captured_at, c.look.medium, c.look.label, c.look.outcome) for c in found] == before
    other = folder.parent / "other.db"
    other.write_bytes(sqlite_made.read_bytes())
    with open_archive(str(other), config_for(str(other), folder.parent / "other")) as imported:
        assert imported.import_paths([folder]).captures == 3
        found = Run(imported, ours.clock).captures()
        assert [(c.look.captured_at, c.look.medium, c.look.label, c.look.outcome) for c in found] == before


def test_a_cdx_server_gives_the_same_and_neighbours_are_left_out(ours: Run, theirs: TinyArchive) -> None:
    rows = [["timestamp", "original", "statuscode"], *([stamp(n), ARTICLE, "200"] for n in range(3))]
    rows += [[stamp(1), "http://post.example/2031/other", "200"], [stamp(2), ARTICLE.replace("http", "https"), "302"]]
    query = "url=http%3A%2F%2Fpost.example%2F2031%2Fbridge&output=json&limit=100000"
    theirs.says(f"/cdx/search/cdx?{query}", json.dumps(rows))
    report = ours.collect(Wanted(cdx=CDX, url=ARTICLE))
    assert report.captures == 3
    assert [why for _, why in report.skipped] == ["the index lists it, but it is of another address"]
    assert ours.collect(Wanted(TIMEMAP)).already_known == 3  # whichever way they were found


def test_pages_that_go_round_in_a_circle_are_read_once(ours: Run, theirs: TinyArchive) -> None:
    theirs.answers[f"/timemap/link/{ARTICLE}"] = []
    theirs.lists(0, more='<http://archive.example/2>; rel="next"')
    theirs.lists(1, path="/2", more=f'<{TIMEMAP}>; rel="next", <http://archive.example/3>; rel="next"')
    report = ours.collect(Wanted(TIMEMAP))
    assert report.captures == 2
    assert [place for place, _ in report.skipped] == ["http://archive.example/3"]


def test_what_is_another_memento_is_not_taken(ours: Run, theirs: TinyArchive) -> None:
    theirs.answers[f"/timemap/link/{ARTICLE}"] = []
    theirs.lists(0, 3, 4, 5, 6)
    theirs.keeps(3, page(TEXTS[1]), said=2)
    theirs.keeps(4, page(TEXTS[1]), raw=False)
    theirs.keeps(5, b"<html><body><h1>Not found</h1></body></html>", status=404)
    theirs.says(f"/web/{stamp(6)}/{ARTICLE}", page(TEXTS[0]))
    report = ours.collect(Wanted(TIMEMAP))
    taken = {capture.look.captured_at: capture.look.outcome for capture in ours.captures()}
    assert taken == {moment(0): Outcome.EDITED, moment(4): Outcome.EDITED, moment(5): Outcome.GONE}
    assert [place for place, _ in report.skipped] == [f"{BASE}/{stamp(n)}/{ARTICLE}" for n in (3, 6)]


def test_an_archive_that_is_busy_is_given_time_and_the_rest_is_taken_up_later(ours: Run, theirs: TinyArchive) -> None:
    path = f"/web/{stamp(1)}id_/{ARTICLE}"
    answer = theirs.answers[path]
    theirs.answers[path] = [(429, ["Retry-After: 90"], b""), *answer]
    began = ours.clock.now()
    theirs.answers[f"/web/{stamp(2)}id_/{ARTICLE}"].insert(0, (503, ["Retry-After: 86400"], b""))
    report = ours.collect(Wanted(TIMEMAP))
    assert report.captures == 2
    assert "asks for time" in report.stopped
    assert timedelta(seconds=90) <= ours.clock.now() - began < timedelta(minutes=10)
    ours.clock.advance(timedelta(days=1))
    assert (ours.collect(Wanted(TIMEMAP)).captures, len(ours.captures())) == (1, 3)


def test_a_memento_of_the_future_is_not_asked_for(ours: Run, theirs: TinyArchive) -> None:
    ours.clock = SimulatedClock(moment(1))
    report = ours.collect(Wanted(TIMEMAP))
    assert report.captures == 2
    assert [why for _, why in report.skipped] == ["it is dated in the future"]


def test_robots_and_a_refused_list_end_it(ours: Run, theirs: TinyArchive) -> None:
    with pytest.raises(FetchError, match="404"):
        ours.collect(Wanted("http://archive.example/none"))
    with pytest.raises(InputError, match="--replay"):
        ours.collect(Wanted(cdx="http://archive.example/index", url=ARTICLE))
    theirs.says("/robots.txt", "User-agent: *\nDisallow: /web/\n")
    ours.clock.advance(timedelta(days=2))
    report = ours.collect(Wanted(TIMEMAP))
    assert report.captures == 0
    assert "robots.txt" in report.stopped
    assert not [path for path in theirs.asked if path.startswith("/web/")]


def test_a_withdrawn_article_is_not_brought_back(ours: Run, theirs: TinyArchive) -> None:
    ours.collect(Wanted(TIMEMAP))
    order = Withdrawal(ours.captures()[0].article_id, NOW, "ilse", "a court order", KEPT, 0)
    ours.archive.store.withheld.withdraw(order)
    asked = len(theirs.asked)
    with pytest.raises(NotInArchive, match="withdrawn"):
        ours.collect(Wanted(TIMEMAP))
    assert len(theirs.asked) == asked + 1


def test_an_archive_that_leads_to_a_private_address_is_not_followed(ours: Run, theirs: TinyArchive) -> None:
    assert theirs.server is not None
    theirs.answers[f"/timemap/link/{ARTICLE}"] = []
    told = 'rel="memento"; datetime="Wed, 03 Mar 2021 12:00:00 GMT"'
    theirs.says(
        f"/timemap/link/{ARTICLE}",
        f'<{ARTICLE}>; rel="original", <http://{theirs.server.address}/web/{stamp(0)}/{ARTICLE}>; {told}',
    )
    report = ours.collect(Wanted(TIMEMAP))
    assert (report.captures, len(report.skipped)) == (0, 1)
    assert len(theirs.asked) == 1


def test_at_the_command_line(
    theirs: TinyArchive, sqlite_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writethru.cli.collect.stop_on_signals", lambda *_: None)
    database = tmp_path / "w.db"
    database.write_bytes(sqlite_made.read_bytes())
    assert theirs.server is not None
    settings = tmp_path / "writethru.toml"
    settings.write_text(f'[fetch]\ndelay_seconds = 0\nconnect_to = ["archive.example={theirs.server.address}"]\n')
    options = ["import", "--db", str(database), "--config", str(settings)]
    done = CliRunner().invoke(cli, [*options, "--timemap", TIMEMAP], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert f"{ARTICLE}: 3 mementos listed, 3 fetched, 0 known already, 0 skipped" in done.output
    for wrong in (
        ["--cdx", CDX],
        ["--url", ARTICLE],
        ["--timemap", TIMEMAP, "--cdx", CDX],
        ["--timemap", TIMEMAP, "x"],
        [],
    ):
        assert CliRunner().invoke(cli, [*options, *wrong]).exit_code == 2
