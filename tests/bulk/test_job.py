"""A bulk job gives what an import gives, to the byte; what was finished is not done again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.bulk.material import Printed, bulk, contents, empty_archive, histories, live, paragraphs, taken_in, warc
from writethru.bulk import job, planning
from writethru.bulk.engines import InTurn
from writethru.bulk.model import BulkReport
from writethru.errors import InputError


@pytest.fixture(autouse=True, scope="module")
def _small_shares() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "LEAST", 15)
        patch.setattr(job, "make_template", empty_archive)
        yield


@dataclass(frozen=True)
class Done:
    """A crawl, and a finished job of it."""

    crawl: Path
    out: Path
    report: BulkReport


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, _small_shares: None) -> Done:
    """A folder as a news crawl leaves it: by year and month, each file in the order of time."""
    printed = histories(12)
    top = tmp_path_factory.mktemp("bulk")
    warc(top / "crawl" / "2031" / "03" / "news-0001.warc.gz", printed[:20])
    warc(top / "crawl" / "2031" / "04" / "news-0002.warc.gz", printed[20:])
    return Done(top / "crawl", top / "out", bulk([top / "crawl"], top / "out"))


def test_a_job_gives_what_an_import_gives(done: Done, tmp_path: Path) -> None:
    report = done.report
    assert (report.captures, report.articles, report.skipped) == (48, 12, ())
    assert report.versions > 12
    assert report.parts > 2
    taken = taken_in(done.out, tmp_path / "taken")
    assert taken == live([done.crawl], tmp_path / "live")
    forms = [json.loads(line)["form"] for line in taken["extractions"].splitlines()]
    assert any("profile" in form.get("read_with", {}) for form in forms)  # six articles to an outlet: five teach it


def test_rows_are_parted_by_outlet_and_month(done: Done) -> None:
    import pyarrow.parquet

    folders = {str(path.parent.relative_to(done.out)) for path in done.out.rglob("*.parquet")}
    assert {f"changes/outlet=Ledger%20{n}/month=2031-0{m}" for n in (0, 1) for m in (4, 5)} <= folders
    rows = pyarrow.parquet.read_table(done.out / "versions", partitioning="hive").to_pylist()
    assert all(row["month"] == row["seen_at"].strftime("%Y-%m") for row in rows)
    assert {row["outlet"] for row in rows} == {"Ledger 0", "Ledger 1"}


class Dies(Exception):
    """The machine went down."""


class Mortal(InTurn):
    """Goes down after so many pieces of work."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.left = pieces

    def map_by_key(self, work, tasks):  # type: ignore[no-untyped-def]
        for key, result in super().map_by_key(work, tasks):
            if not self.left:
                raise Dies
            self.left -= 1
            yield key, result


def test_a_job_that_went_down_anywhere_goes_on_to_the_same_bytes(done: Done, tmp_path: Path) -> None:
    downs = 0
    while True:
        try:
            report = bulk([done.crawl], tmp_path / "out", Mortal(1))
            break
        except Dies:
            downs += 1
        ledger = tmp_path / "out" / job.LEDGER
        with ledger.open("ab") as lines:
            lines.write(b'["share-000000", {"do')  # torn as it was written
    assert downs >= done.report.parts
    assert report.kept >= done.report.parts - 1
    assert contents(tmp_path / "out") == contents(done.out)


def test_a_finished_job_does_nothing(done: Done) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.out.rglob("*")}
    again = bulk([done.crawl], done.out, Mortal(0))
    assert {path: path.stat().st_mtime_ns for path in done.out.rglob("*")} == before
    assert (again.versions, again.kept, again.cpu_seconds) == (done.report.versions, done.report.parts, 0.0)


def test_the_folder_of_another_job_is_refused(done: Done, tmp_path: Path) -> None:
    other = warc(tmp_path / "other.warc.gz", histories(1, 1))
    with pytest.raises(InputError, match="job of other files"):
        bulk([other], done.out)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("dear")
    with pytest.raises(InputError, match="something else"):
        bulk([other], tmp_path / "notes")


def test_the_same_look_twice_is_one_and_lists_are_passed_over(tmp_path: Path) -> None:
    top = tmp_path / "crawl"
    printed = histories(3, looks=2)
    warc(top / "a.warc.gz", printed)
    warc(top / "b.warc.gz", printed)
    (top / "urls.txt").write_text("https://ledger0.example/later\nhttps://ledger0.example/later2\n")
    (top / "broken.bin").write_bytes(bytes(range(256)) * 8)
    report = bulk([top], tmp_path / "out")
    assert (report.captures, report.already_known, report.listed) == (6, 6, 2)
    assert [origin for origin, _ in report.skipped] == ["crawl/broken.bin"]
    assert taken_in(tmp_path / "out", tmp_path / "taken") == live(
        [top / "a.warc.gz", top / "b.warc.gz"], tmp_path / "live"
    )


def test_a_text_that_another_outlet_had_first_is_weighed_as_live(tmp_path: Path) -> None:
    """The second article's page shows the first one's text for a while: known only to another share."""
    host = "https://ledger0.example/news/1"
    other = "https://courier.example/wire/9"
    filler = [one for one in histories(16, looks=2, hosts=1) if not one.url.endswith("/1")]
    wire = [
        "Envoys from both shores met behind closed doors for three days, and left through a side gate without a word.",
        "Neither delegation named conditions, yet diplomats familiar with earlier rounds spoke of maps drawn twice.",
        "Shipping insurers raised their rates; grain traders, wary since winter, rerouted cargoes around the cape.",
        "Analysts doubt that signatures follow soon: parliaments must ratify every clause before summer recess begins.",
    ]
    shown = [
        Printed(other, 0, wire, "Talks on the strait", outlet="Ledger 0"),
        Printed(host, 1, paragraphs(1), "Ferry one", outlet="Ledger 0"),
        Printed(host, 500, wire, "Talks on the strait", outlet="Ledger 0", named=False),
        Printed(host, 520, wire, "Talks on the strait", outlet="Ledger 0", named=False),
        Printed(host, 540, wire, "Talks on the strait", outlet="Ledger 0", named=False),
    ]
    path = warc(tmp_path / "all.warc.gz", sorted([*filler, *shown], key=lambda one: one.at))
    report = bulk([path], tmp_path / "out")
    assert report.retold >= 1
    taken = taken_in(tmp_path / "out", tmp_path / "taken")
    assert taken["captures"].count(b"another_article") == 3
    assert taken == live([path], tmp_path / "live")


def test_copies_that_are_edited_alike_are_recorded_once(tmp_path: Path) -> None:
    """What another share has is asked only where the verdict turns on it: wire copies cost no second recording."""
    ours = [one for one in histories(9, looks=3, hosts=1) if one.hours < 900]
    copies = [replace(one, url=one.url.replace("ledger0", "courier"), hours=one.hours + 1) for one in ours]
    path = warc(tmp_path / "all.warc.gz", sorted([*ours, *copies], key=lambda one: one.at))
    report = bulk([path], tmp_path / "out")
    assert (report.parts > 1, report.changes > 6, report.retold) == (True, True, 0)
    assert taken_in(tmp_path / "out", tmp_path / "taken") == live([path], tmp_path / "live")


def test_versions_files_and_pages_of_no_time_are_the_same_too(tmp_path: Path) -> None:
    lines = [
        {"outlet": "The Post", "url": f"https://post.example/{n}", "time": f"2031-03-0{day}T10:00:00Z",
         "title": "Talks", "text": f"About {day}00 ships.\n\nStory {n}."}
        for day in (1, 2, 3) for n in range(4)
    ]  # fmt: skip
    top = tmp_path / "given"
    top.mkdir()
    with gzip.open(top / "states.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    (top / "saved.html").write_bytes(Printed("https://ledger0.example/saved", 0, paragraphs(7)).page())
    bulk([top], tmp_path / "out")
    assert taken_in(tmp_path / "out", tmp_path / "taken") == live([top], tmp_path / "live")
