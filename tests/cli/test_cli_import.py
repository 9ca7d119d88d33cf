"""``import`` as a user meets it: mixed folders, bad lines, dry runs, the same thing twice."""

from __future__ import annotations

import gzip
import socket
import sqlite3
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.cli.material import BRIDGE, SHUT, STATES, line, versions_file
from writethru.storage.tables import SCHEMA_TABLE

PAGE = """<!doctype html><html><head><title>Quay reopens</title>
<link rel="canonical" href="https://post.example/quay"></head><body><article><h1>Quay reopens</h1>
<p>The coal quay opened again on Tuesday after six weeks of work on its wall.</p>
<p>Ferries left from it at noon, the harbour board said.</p></article></body></html>"""


def made_here(folder: Path) -> list[str]:
    """What a command left in its folder."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def mixed(folder: Path) -> Path:
    """A folder of everything, with one bad line, one empty file and one unknown one."""
    (folder / "sub").mkdir(parents=True)
    versions_file(folder / "a.jsonl", (*STATES[:2], "{not json", *STATES[2:]))
    (folder / "b.jsonl.gz").write_bytes(
        gzip.compress(
            (line("https://post.example/mill", "2031-01-07T08:00:00Z", "Mill sold", "The mill was sold.")).encode()
        )
    )
    (folder / "sub" / "quay.html").write_text(PAGE, encoding="utf-8")
    (folder / "sub" / "dump.txt").write_text(
        "Bridge shut over the Lune\n\nBy Ana Roe\n\n5 January 2031\n\n" + SHUT.format("Twelve"), encoding="utf-8"
    )
    (folder / "empty.html").touch()
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return folder


def counts(writethru: Command) -> dict[str, object]:
    """The status but for the moment it was asked at."""
    form = writethru("status", "--json").form
    del form["at"]
    return form  # type: ignore[no-any-return]


def test_a_mixed_folder_goes_in_but_for_what_is_named(writethru: Command) -> None:
    mixed(writethru.folder / "in")
    done = writethru("import", "in")
    assert done.code == 3
    assert "in/a.jsonl:3: " in done.err
    assert done.err.count("a.jsonl:3") == 1
    assert "in/empty.html" in done.err
    assert "in/picture.png" in done.err
    form = counts(writethru)
    assert (form["articles"], form["captures"]) == (5, 8)
    again = writethru("import", "in", "--json")
    assert again.code == 3
    assert (again.form["captures"], again.form["articles"], again.form["already_known"]) == (0, 0, 8)
    assert counts(writethru) == form
    assert writethru("verify").code == 0


def test_a_dry_run_changes_nothing(writethru: Command) -> None:
    """Not even a database where there was none: the next command would take it for the archive."""
    mixed(writethru.folder / "in")
    done = writethru("import", "in", "--dry-run")
    assert done.code == 3
    assert "would add 5 articles" in done.out
    assert made_here(writethru.folder) == ["in"]
    versions_file(writethru.folder / "v.jsonl", STATES[:1])
    assert writethru("import", "v.jsonl").code == 0
    before = counts(writethru), sorted((writethru.folder / "writethru.evidence").iterdir())
    dry = writethru("import", "in", "--dry-run", "--json").form
    assert (dry["dry_run"], dry["articles"], dry["already_known"]) == (True, 4, 1)
    assert (counts(writethru), sorted((writethru.folder / "writethru.evidence").iterdir())) == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.jsonl", b"", "empty"),
        ("blank.txt", b" \n\n", "blank.txt"),
        ("noise.bin", bytes(range(256)) * 40, "noise.bin"),
        ("cut.jsonl.gz", gzip.compress(b"".join(s.encode() + b"\n" for s in STATES) * 500)[:300], "cut"),
        ("nodate.jsonl", line(BRIDGE, "", "x", "y").encode(), "nodate.jsonl:1"),
        ("year.jsonl", line(BRIDGE, "0000-01-01T00:00:00Z", "x", "y").encode(), "year.jsonl:1"),
        ("nested.jsonl", b"[" * 100_000, "nested.jsonl"),
    ],
)
def test_bad_files_are_named(writethru: Command, name: str, content: bytes, words: str) -> None:
    (writethru.folder / name).write_bytes(content)
    done = writethru("import", name)
    assert done.code == 3
    assert words in done.err
    assert "Traceback" not in done.err
    assert writethru("verify").code == 0


def test_truncated_comparison_page(writethru: Command) -> None:
    """A News Sniffer page whose table is cut off: refused, not half a version."""
    page = (
        "<html><head><title>NewsSniffer</title></head><body><h1>Article revisions</h1>"
        "<p>The article <a href='https://post.example/a'>A</a> was first seen. This has changed 6 times.</p>"
        "<table class='diff'><tr><th>Version 4</th><th>Version 5</th></tr><tr><td>The bridge is shut"
    )
    (writethru.folder / "ns.html").write_text(page, encoding="utf-8")
    writethru("import", "ns.html")
    versions = writethru("versions", "--json").form
    assert [v for v in versions if v["label"] in ("4", "5")] == []


@pytest.mark.parametrize("name", ["huge.html", "huge.jsonl"])
def test_two_hundred_megabytes_cost_little(writethru: Command, name: str) -> None:
    """One page, or one line, of 200 MB: refused without being held in memory; the line after it goes in."""
    start, end = (PAGE, "") if name.endswith("html") else ('{"text": "', '"}\n' + STATES[0])
    with (writethru.folder / name).open("wb") as file:
        file.write(start.encode())
        for _ in range(200):
            file.write(b"words " * 166_667)
        file.write(end.encode())
    done = writethru("import", name, seconds=60, env={"TEST_MEMORY_MB": "700"})
    assert done.code == 3
    assert f"skipped {name}" in done.err
    assert "MB" in done.err
    assert ("added 1 article," in done.out) == name.endswith("jsonl")


def test_a_database_that_does_not_answer(writethru: Command) -> None:
    versions_file(writethru.folder / "v.jsonl")
    refused = writethru("import", "v.jsonl", "--db", "postgresql://ann:secret@127.0.0.1:1/x")
    assert refused.code == 5
    assert "127.0.0.1:1" in refused.err
    assert "secret" not in refused.err
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        mute = writethru("status", "--db", f"postgresql://ann:secret@127.0.0.1:{port}/x", seconds=40)
    assert mute.code == 5
    assert "does not answer" in mute.err
    assert "secret" not in mute.err
    assert made_here(writethru.folder) == ["v.jsonl"]


def test_a_database_of_a_newer_schema(writethru: Command) -> None:
    versions_file(writethru.folder / "v.jsonl")
    assert writethru("import", "v.jsonl").code == 0
    with sqlite3.connect(writethru.folder / "writethru.db") as connection:
        connection.execute(f"UPDATE {SCHEMA_TABLE} SET version_num = '9999'")
    connection.close()
    before = (writethru.folder / "writethru.db").read_bytes(), made_here(writethru.folder / "writethru.evidence")
    for args in (("status",), ("import", "v.jsonl"), ("watch", "--once"), ("rebuild",)):
        done = writethru(*args)
        assert done.code == 5
        assert "newer" in done.err
        assert "writethru.db" in done.err
    after = (writethru.folder / "writethru.db").read_bytes(), made_here(writethru.folder / "writethru.evidence")
    assert after == before


def test_something_else_under_the_name_of_the_database(writethru: Command) -> None:
    versions_file(writethru.folder / "v.jsonl")
    (writethru.folder / "notes.db").write_text("my notes\n" * 100)
    for place, words in (("notes.db", "not a database"), (".", "directory"), ("no/such/x.db", "does not exist")):
        done = writethru("import", "v.jsonl", "--db", place)
        assert (done.code, words in done.err) == (5, True)
    assert (writethru.folder / "notes.db").read_text() == "my notes\n" * 100


def test_feeds_without_dates_and_with_relative_links(writethru: Command) -> None:
    """A saved feed: absolute links are listed to be watched, relative ones are named; nothing is invented."""
    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>The Post</title>"
        "<item><title>One</title><link>https://post.example/one</link></item>"
        "<item><title>Two</title><link>/two</link></item>"
        "</channel></rss>"
    )
    (writethru.folder / "feed.xml").write_text(feed)
    form = writethru("import", "feed.xml", "--json").form
    assert form["watched"] == 1
    (article,) = writethru("articles", "--json").form
    assert (article["url"], article["published"], article["first_seen"]) == ("https://post.example/one", None, None)
