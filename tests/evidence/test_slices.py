"""Slices of the evidence: what another reader finds in them, and what an import of one comes to."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.bulk.material import NOW, empty_archive, histories, warc
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.errors import InputError, NotInArchive
from writethru.evidence import EvidenceFolder
from writethru.slices import HandingOver
from writethru.storage import open_store
from writethru.watch.intake import Intake


def archive_of(paths: list[Path], folder: Path) -> Archive:
    folder.mkdir()
    store = open_store(str(empty_archive(folder, "archive.db")))
    evidence = EvidenceFolder(folder / "evidence")
    Intake(store, evidence, lambda: NOW).run(paths)
    return Archive(store, Config(archive=ArchiveConfig(evidence=str(folder / "evidence"))))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three articles, four looks each."""
    top = tmp_path_factory.mktemp("slices")
    made = archive_of([warc(top / "all.warc.gz", histories(3))], top / "made")
    yield made
    made.close()


@pytest.fixture
def handing(archive: Archive) -> HandingOver:
    return HandingOver(archive.store, archive.evidence)


def test_another_reader_finds_every_record_of_a_wacz_by_its_index(handing: HandingOver, tmp_path: Path) -> None:
    report = handing.articles("wacz", tmp_path / "two.wacz", [3, 1])
    assert (report.captures, report.records, report.missing) == (8, 8, ())
    with zipfile.ZipFile(tmp_path / "two.wacz") as wacz:
        assert wacz.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        package = json.loads(wacz.read("datapackage.json"))
        assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
        named = {resource["path"]: resource for resource in package["resources"]}
        rest = {"datapackage.json", "datapackage-digest.json"}
        assert set(named) == set(wacz.namelist()) - rest
        for path, resource in named.items():
            content = wacz.read(path)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["bytes"] == len(content)
        digest = json.loads(wacz.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(wacz.read('datapackage.json')).hexdigest()}"
        data = wacz.read("archive/data.warc.gz")
        index = wacz.read("indexes/index.cdxj").decode().splitlines()
        pages = [json.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()]
    assert index == sorted(index)
    assert len(index) == 8
    for line in index:
        _, stamp, fields = line.split(" ", 2)
        place = json.loads(fields)
        member = data[int(place["offset"]) : int(place["offset"]) + int(place["length"])]
        [record] = list(ArchiveIterator(io.BytesIO(member), check_digests="raise"))
        assert record.rec_headers.get_header("WARC-Target-URI") == place["url"]
        assert record.rec_headers.get_header("WARC-Date").startswith(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}")
    assert pages[0]["format"] == "json-pages-1.0"
    assert {page["url"] for page in pages[1:]} == {f"https://ledger{n % 2}.example/news/{n}" for n in (0, 2)}
    assert all(page["title"].startswith("Ferry inquiry") and page["ts"].endswith("Z") for page in pages[1:])


def test_the_manifest_of_a_warc_has_a_digest_of_every_record(handing: HandingOver, tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    handing.articles("warc", path, [2])
    manifest = json.loads((tmp_path / "one.warc.gz.manifest.json").read_bytes())
    assert manifest["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("rb") as stream:
        reader = ArchiveIterator(stream, check_digests="raise")
        found = {}
        for record in reader:
            record.content_stream().read()
            start, length = reader.get_record_offset(), reader.get_record_length()
            member = path.read_bytes()[start : start + length]
            found[record.rec_headers.get_header("WARC-Record-ID")] = hashlib.sha256(member).hexdigest()
    assert {one["record"]: one["sha256"] for one in manifest["captures"]}.items() <= found.items()
    assert len(manifest["captures"]) == 4
    assert all(one["article"] == 2 for one in manifest["captures"])


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_an_import_of_a_slice_is_the_same_history(
    archive: Archive, handing: HandingOver, tmp_path: Path, form: str
) -> None:
    name = {"warc": "all.warc.gz", "wacz": "all.wacz"}[form]
    handing.articles(form, tmp_path / name, [1, 2, 3])
    (tmp_path / "all.warc.gz.manifest.json").unlink(missing_ok=True)
    other = archive_of([tmp_path / name], tmp_path / "other")
    for article_id in (1, 2, 3):
        url = archive.store.article(article_id).url
        found = other.store.find_article(url)
        assert found is not None
        ours, theirs = archive.store.versions(article_id), other.store.versions(found.id)
        assert [(v.digest, v.first_seen, v.last_seen) for v in ours] == [
            (v.digest, v.first_seen, v.last_seen) for v in theirs
        ]
    other.close()


def test_the_same_slice_is_the_same_file_and_nothing_is_overwritten(handing: HandingOver, tmp_path: Path) -> None:
    for name in ("a", "b"):
        handing.articles("wacz", tmp_path / f"{name}.wacz", [1])
    assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()
    with pytest.raises(InputError, match="nothing was overwritten"):
        handing.articles("wacz", tmp_path / "a.wacz", [2])
    with pytest.raises(NotInArchive):
        handing.articles("wacz", tmp_path / "c.wacz", [99])
    with pytest.raises(NotInArchive):
        handing.story("wacz", tmp_path / "c.wacz", 99)
    assert not (tmp_path / "c.wacz").exists()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    made = archive_of([warc(tmp_path / "all.warc.gz", histories(2, looks=2))], tmp_path / "made")
    [file] = (tmp_path / "made" / "evidence").glob("*.warc.gz")
    first = made.store.captures(1)[0].look.evidence
    assert first is not None
    content = bytearray(file.read_bytes())
    content[first.offset + 200] ^= 255
    file.write_bytes(content)
    report = HandingOver(made.store, made.evidence).articles("wacz", tmp_path / "x.wacz", [1, 2])
    assert report.captures == 3
    assert [capture for capture, _ in report.missing] == [made.store.captures(1)[0].id]
    with zipfile.ZipFile(tmp_path / "x.wacz") as wacz:
        assert [one["capture"] for one in json.loads(wacz.read("manifest.json"))["missing"]] == [report.missing[0][0]]
    made.close()
