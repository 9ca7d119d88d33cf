"""WACZ files of other people: read where they stand, damage named; a line of a page is no header."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.bulk.material import NOW, Printed, histories, warc
from writethru.sources import ImportItem, Skipped, kind_of, read_items


def wacz(path: Path, *, packed: bool = False, name: str = "archive/crawl.warc.gz") -> Path:
    source = warc(path.with_suffix(".warc.gz"), histories(2, looks=2))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.write(source, name, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
        archive.write(source, "archive/second.warc.gz")
    source.unlink()
    return path


def test_all_warc_files_inside_are_read(tmp_path: Path) -> None:
    path = wacz(tmp_path / "crawl.wacz")
    assert kind_of(path.read_bytes()[:65536], "unnamed") == "wacz"
    items = [item for item in read_items(path, now=NOW) if isinstance(item, ImportItem)]
    assert [item.url for item in items[:2]] == [f"https://ledger{n}.example/news/{n}" for n in (0, 1)]
    assert len(items) == 8
    assert items[0].stands is not None
    member = path.read_bytes()[items[0].stands.offset :]
    assert member.startswith(b"\x1f\x8b")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    packed = [found for found in read_items(wacz(tmp_path / "a.wacz", packed=True), now=NOW)]
    refused = [found for found in packed if isinstance(found, Skipped)]
    assert len(packed) - len(refused) == 4
    assert "unpack it" in refused[0].error.message
    [odd, *_] = read_items(wacz(tmp_path / "b.wacz", name="archive/notes.txt"), now=NOW)
    assert isinstance(odd, Skipped)
    assert "not a .warc" in odd.error.message
    whole = wacz(tmp_path / "c.wacz").read_bytes()
    (tmp_path / "d.wacz").write_bytes(whole[: len(whole) // 2])
    [cut] = read_items(tmp_path / "d.wacz", now=NOW)
    assert isinstance(cut, Skipped)
    assert "not a whole WACZ" in cut.error.message
    with zipfile.ZipFile(tmp_path / "e.wacz", "w") as archive:
        archive.writestr("notes.txt", "dear")
    [empty] = read_items(tmp_path / "e.wacz", now=NOW)
    assert isinstance(empty, Skipped)
    assert "no WACZ" in empty.error.message


def test_a_line_of_a_page_is_no_header(tmp_path: Path) -> None:
    """Headers end at the first empty line, whatever the page says."""
    page = Printed("https://ledger0.example/a", 0, ["Notes:\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n"])
    [item] = read_items(warc(tmp_path / "a.warc.gz", [page]), now=NOW)
    assert isinstance(item, ImportItem)
    assert item.body == page.page()
    assert [name for name, _ in item.headers] == ["Content-Type", "Content-Length"]
