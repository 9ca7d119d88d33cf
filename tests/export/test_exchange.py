"""Exports: export, import and export again are the same bytes; what is not whole is not taken in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.storage.made import NOON, after, article, full_look, store_version
from writethru.archive import Archive
from writethru.config import ArchiveConfig, Config
from writethru.errors import ConfigError, InputError, MalformedInput
from writethru.export import service
from writethru.export.dictionary import dictionary
from writethru.export.service import Exchange, is_export
from writethru.storage import open_store
from writethru.storage.exchange import EXCHANGED
from writethru.storage.store import Store

STATES = [
    ("2031-03-02T14:05:00Z", "Talks “in Genève”", "About 1,400 killed.\n\nKerry spoke\ud800 of\x00 it."),
    ("2031-03-02T15:00:00.000123Z", "Talks “in Genève”", "About 1,429 killed.\n\nKerry spoke\ud800 of\x00 it."),
    ("2031-03-03T09:00:00Z", "会談", "About 1,400 killed.\n\nLavrov spoke."),
]


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Store]:
    """An archive on SQLite: articles imported, one watched, odd characters."""
    lines = [
        {"outlet": f"Courier {n}", "url": f"https://courier.example/{n}", "time": time, "title": title, "text": text}
        for n in (1, 2)
        for time, title, text in STATES
    ]
    path = tmp_path / "states.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    store = open_store(str(tmp_path / "source.db"))
    archive = Archive(store, Config(archive=ArchiveConfig(evidence=str(tmp_path / "evidence"))))
    assert archive.import_paths([path]).versions == 6
    made = article(store, "https://ledger.example/é", due=after(9), host="ledger.example")
    store_version(store, made.id, NOON, "Watched.")
    store.add_capture(made.id, full_look())
    store.add_alias(made.id, "https://ledger.example/Z", "redirect", NOON)
    store.add_alias(made.id, "https://ledger.example/a", "redirect", NOON)
    yield store
    store.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_an_import_is_the_same_archive(source: Store, store: Store, tmp_path: Path, name: str) -> None:
    report = Exchange(source).write(tmp_path / "one", name)
    assert is_export(tmp_path / "one")
    assert report.rows | {"articles": 3, "versions": 7, "changes": 4} == report.rows
    assert report.rows["edits"] > 3
    taken = Exchange(store).take_in(tmp_path / "one")
    assert taken.rows == report.rows
    Exchange(store).write(tmp_path / "two", name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert store.version_text(1, 1) == source.version_text(1, 1)
    assert store.change(1, 1) == source.change(1, 1)
    assert store.article_summaries() == source.article_summaries()
    archive = Archive(store)
    assert [hit.article.id for hit in archive.search.find("watched").hits] == []
    archive.search.follow()
    assert [hit.article.id for hit in archive.search.find("watched").hits] == [3]
    assert article(store, "https://ledger.example/new").id > 3
    with pytest.raises(InputError, match="empty archive"):
        Exchange(store).take_in(tmp_path / "one")


def test_the_folder_has_the_dictionary_and_json_lines_are_plain(source: Store, tmp_path: Path) -> None:
    Exchange(source).write(tmp_path / "one")
    assert json.loads((tmp_path / "one" / "dictionary.json").read_bytes()) == dictionary()
    lines = (tmp_path / "one" / "changes.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(lines[0])
    assert list(row) == [column["name"] for column in dictionary()["changes"]["columns"]]
    assert (row["before_at"], row["kinds"]) == ("2031-03-02T15:00:00.000123Z", ["figure"])
    version = json.loads((tmp_path / "one" / "versions.jsonl").read_bytes().splitlines()[0])
    assert version["text"] == "About 1,400 killed.\n\nKerry spoke� of� it."


def test_only_what_is_new(source: Store, tmp_path: Path) -> None:
    report = Exchange(source).write(tmp_path / "new", since=datetime(2031, 3, 3, tzinfo=UTC))
    assert (report.rows["versions"], report.rows["changes"], report.rows["captures"]) == (3, 2, 4)
    assert report.rows["edits"] < Exchange(source).write(tmp_path / "all").rows["edits"]
    with pytest.raises(InputError, match="without --since"):
        Exchange(source).take_in(tmp_path / "new")


def test_an_interrupted_export_goes_on_if_the_record_is_the_same(
    source: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "one"
    real = service.Exchange._table

    def broken(self: Exchange, *given: object) -> object:
        if given[2] == "versions":
            raise KeyboardInterrupt
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(service.Exchange, "_table", broken)
    with pytest.raises(KeyboardInterrupt):
        Exchange(source).write(folder)
    assert not is_export(folder)
    monkeypatch.undo()
    (folder / "versions.jsonl.part").write_text("half a row")
    report = Exchange(source).write(folder)
    assert report.kept == ("outlets", "sources", "articles", "aliases", "captures", "extractions")
    Exchange(source).write(tmp_path / "two")
    assert contents(folder) == contents(tmp_path / "two")
    with pytest.raises(InputError, match=r"holds manifest.json"):
        Exchange(source).write(folder)


def test_after_a_new_look_an_interrupted_export_begins_anew(
    source: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "one"
    monkeypatch.setattr(service, "dictionary", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Exchange(source).write(folder)
    monkeypatch.undo()
    article(source, "https://ledger.example/late")
    report = Exchange(source).write(folder)
    assert (report.kept, report.rows["articles"]) == ((), 4)


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_what_is_damaged_is_refused_and_nothing_goes_in(source: Store, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "one"
    Exchange(source).write(folder, name)
    target = open_store(str(tmp_path / "target.db"))
    path = folder / f"versions.{name}"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with pytest.raises(MalformedInput, match="changed or damaged"):
        Exchange(target).take_in(folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["tables"]["versions"]["sha256"] = service.digest_of(path)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(MalformedInput, match="versions"):
        Exchange(target).take_in(folder)
    assert not target.exchange.is_used()
    path.unlink()
    with pytest.raises(MalformedInput, match="missing"):
        Exchange(target).take_in(folder)
    target.close()


def test_other_folders_and_formats_are_refused(source: Store, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("dear")
    with pytest.raises(InputError, match=r"diary.txt; name an empty one"):
        Exchange(source).write(tmp_path / "notes")
    with pytest.raises(ConfigError):
        Exchange(source).write(tmp_path / "new", "xml")
    with pytest.raises(InputError):
        Exchange(source).take_in(tmp_path / "notes")
    assert not is_export(tmp_path / "nowhere")


def test_every_column_has_a_kind_and_every_table_a_purpose() -> None:
    assert {"articles", "versions", "changes", "edits", "captures", "outlets"} <= set(EXCHANGED)
    for table in dictionary().values():
        assert table["holds"].endswith(".")
        assert all(column["json"] for column in table["columns"])
