"""Damage costs the record it sits in, and is named; nothing else changes."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import zstandard

from tests.bulk.material import bulk, contents, empty_archive, histories, live, taken_in, warc
from tests.bulk.test_engines import killed_first
from writethru.bulk import job, planning
from writethru.bulk.engines import Processes
from writethru.bulk.share import record_share
from writethru.sources.limits import MAX_PAGE_BYTES


@pytest.fixture(autouse=True, scope="module")
def _small_shares() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "LEAST", 4)
        patch.setattr(job, "make_template", empty_archive)
        yield


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A folder with all kinds of damage among good records."""
    printed = histories(2, looks=4)
    top = tmp_path / "crawl"
    members = [gzip.compress(one.record(), 1, mtime=0) for one in printed]
    top.mkdir()
    cut = members[2][: len(members[2]) // 2]
    (top / "a-cut-member.warc.gz").write_bytes(b"".join([*members[:2], cut, *members[3:5]]))
    lying = printed[5].record().replace(b"\r\n\r\nHTTP/", b"\r\n\r\nHTTP/", 1)
    length = lying.split(b"Content-Length: ", 1)[1].split(b"\r\n", 1)[0]
    lying = lying.replace(b"Content-Length: " + length, b"Content-Length: " + str(int(length) + 999).encode(), 1)
    (top / "b-lying-length.warc.gz").write_bytes(gzip.compress(lying, 1, mtime=0) + members[6])
    with (top / "c-huge.warc").open("wb") as file:  # sparse: takes no room on disk
        file.write(
            b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://ledger0.example/huge\r\n"
            b"WARC-Date: 2031-04-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n"
            b"Content-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" % (MAX_PAGE_BYTES * 2)
        )
        head = file.tell()
        file.seek(head + MAX_PAGE_BYTES * 2 - len(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"))
        file.write(b"\r\n\r\n" + printed[7].record())
    (top / "d-cut-end.warc.gz").write_bytes(members[7][:-40])
    return top


def test_each_loss_is_named_and_the_rest_is_as_imported(damaged: Path, tmp_path: Path) -> None:
    report = bulk([damaged], tmp_path / "out")
    assert report.captures == 6
    places = [origin.partition("@")[0] for origin, _ in report.skipped]
    assert sorted(set(places)) == [
        "crawl/a-cut-member.warc.gz", "crawl/b-lying-length.warc.gz", "crawl/c-huge.warc", "crawl/d-cut-end.warc.gz",
    ]  # fmt: skip
    messages = " ".join(message for _, message in report.skipped)
    assert all(
        words in messages for words in ("damaged", "995 bytes shorter", "over the limit of 16 MB", "ends inside")
    )
    assert taken_in(tmp_path / "out", tmp_path / "taken") == live([damaged], tmp_path / "live")


def test_files_as_public_news_crawls_lay_them_out_are_read_however_they_are_packed(tmp_path: Path) -> None:
    printed = histories(3, looks=4)
    top = tmp_path / "crawl-data" / "CC-NEWS"
    warc(top / "2031" / "03" / "CC-NEWS-20310328060000-00001.warc.gz", printed[:4])
    records = [one.record() for one in printed]
    learnt = zstandard.train_dictionary(2048, records * 4)
    frames = [zstandard.ZstdCompressor(dict_data=learnt).compress(record) for record in records[4:8]]
    head = b"\x5d\x2a\x4d\x18" + len(learnt.as_bytes()).to_bytes(4, "little") + learnt.as_bytes()
    (top / "2031" / "04").mkdir()
    (top / "2031" / "04" / "CC-NEWS-20310414060000-00002.warc.zst").write_bytes(head + b"".join(frames))
    (top / "2031" / "05").mkdir()
    with zipfile.ZipFile(top / "2031" / "05" / "slice.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", b"".join(gzip.compress(one, 1, mtime=0) for one in records[8:]))
        archive.writestr("datapackage.json", b"{}")
    report = bulk([tmp_path / "crawl-data"], tmp_path / "out")
    assert (report.captures, report.skipped) == (12, ())
    assert taken_in(tmp_path / "out", tmp_path / "taken") == live([top], tmp_path / "live")


class Killing(Processes):
    """One process, which is killed when it records."""

    def __init__(self, flag: Path) -> None:
        super().__init__(1)
        self.flag = flag

    def map_by_key(self, work: Any, tasks: Any) -> Any:
        """With a death."""
        return super().map_by_key(partial(killed_first, self.flag, work) if work is record_share else work, tasks)


def test_a_job_whose_worker_is_killed_comes_to_the_same_bytes(tmp_path: Path) -> None:
    path = warc(tmp_path / "all.warc.gz", histories(6, looks=2, hosts=1))
    bulk([path], tmp_path / "one")
    with Killing(tmp_path / "flag") as engine:
        report = bulk([path], tmp_path / "two", engine)
    assert report.lost == 1
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
