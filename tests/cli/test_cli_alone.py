"""``compare`` and ``extract`` on what a person can name, and commands that do not exist."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.cli.material import SHUT, versions_file
from writethru.press import Press, VirtualClock, load_plays

PAGE = """<!doctype html><html><head><title>Bridge shut | The Post</title></head><body><nav>Home Sport</nav>
<article><h1>Bridge shut</h1><p>The old bridge over the Lune was shut to all traffic on Friday morning.</p>
<p>{} people were hurt when a parapet gave way, the fire service said.</p></article></body></html>"""


@pytest.fixture
def texts(writethru: Command) -> Command:
    """Files to compare."""
    for name, content in {
        "old.txt": SHUT.format("Twelve"),
        "new.txt": SHUT.format("Twenty"),
        "old.html": PAGE.format("Twelve"),
        "new.html": PAGE.format("Twenty"),
    }.items():
        (writethru.folder / name).write_text(content, encoding="utf-8")
    return writethru


@pytest.mark.parametrize(("pair", "code"), [("old.txt old.txt", 0), ("old.txt new.txt", 1), ("old.html new.html", 1)])
def test_compare_says_by_its_exit_code(texts: Command, pair: str, code: int) -> None:
    old, new = pair.split()
    done = texts("compare", old, new)
    assert (done.code, done.err) == (code, "")
    assert ("Twenty" in done.out) == bool(code)
    form = texts("compare", old, new, "--json")
    assert form.code == code
    assert bool(form.form["edits"]) == bool(code)


def test_compare_standard_input_with_a_version(texts: Command) -> None:
    versions_file(texts.folder / "v.jsonl")
    assert texts("import", "v.jsonl").code == 0
    assert texts("compare", "1@1", "1@2").code == 1
    assert texts("compare", "1@2", "1@2").code == 0
    done = texts("compare", "-", "new.txt", stdin=SHUT.format("Twelve").encode())
    assert (done.code, "Twelve" in done.out) == (1, True)


def test_ignored_kinds_are_neither_marked_nor_counted(texts: Command) -> None:
    for name, text in (("straight", "It's so. A dog ran."), ("curly", "It’s so. A dog ran."), ("more", "It’s so.")):
        (texts.folder / name).write_text(text, encoding="utf-8")
    assert texts("compare", "straight", "curly").code == 1
    done = texts("compare", "straight", "curly", "--ignore", "typographic")
    assert (done.code, done.out) == (0, "no other difference; 1 edit of these kinds not shown: typographic\n")
    done = texts("compare", "straight", "more", "--ignore", "typographic")
    assert done.code == 1, "a sentence without kinds is not a typographic one"
    assert "[-A dog ran.-]" in done.out
    assert "[-It" not in done.out
    assert texts("compare", "straight", "more", "--kinds", "--ignore", "typographic").out == ""


def test_an_empty_file_is_an_empty_text(texts: Command) -> None:
    (texts.folder / "empty").touch()
    assert texts("compare", "empty", "empty").code == 0
    done = texts("compare", "empty", "new.txt")
    assert (done.code, "{+" in done.out, "[-" in done.out) == (1, True, False)


def test_html_for_a_page(texts: Command) -> None:
    done = texts("compare", "old.txt", "new.txt", "--format", "html")
    assert (done.code, done.out.startswith('<div class="wt-change">')) == (1, True)
    assert "<ins>" in done.out


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_as_a_tool_of_git(texts: Command) -> None:
    """A file altered and a file added, as ``git difftool`` hands them over."""

    def git(*args: str) -> str:
        own = ("-c", "user.name=T", "-c", "user.email=t@a.example", "-c", "init.defaultBranch=main")
        done = subprocess.run(["git", *own, *args], cwd=texts.folder, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "--quiet", "repository")
    folder = texts.folder / "repository"
    (folder / "bridge.html").write_text(PAGE.format("Twelve"), encoding="utf-8")
    git("-C", "repository", "add", ".")
    git("-C", "repository", "commit", "--quiet", "-m", "one")
    (folder / "bridge.html").write_text(PAGE.format("Twenty"), encoding="utf-8")
    (folder / "second.txt").write_text("A second text.\n", encoding="utf-8")
    git("-C", "repository", "add", ".")
    shown = git("-C", "repository", "difftool", "--no-prompt", "-x", f"{sys.executable} -m writethru compare", "HEAD")
    assert "[-Twelve-]{+Twenty+} people were hurt" in shown
    assert "{+A second text.+}" in shown


def test_both_sides_cannot_be_standard_input(texts: Command) -> None:
    """The second would be empty, and everything "removed"."""
    done = texts("compare", "-", "-", stdin=b"Some words.")
    assert done.code == 2
    assert "standard input" in done.err


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("compare", "absent.txt", "new.txt"), 2, "absent.txt"),
        (("compare", ".", "new.txt"), 2, "directory"),
        (("compare", "binary", "new.txt"), 2, "binary"),
        (("extract", "absent.html"), 3, "absent.html"),
        (("extract", "."), 3, "directory"),
        (("extract", "empty"), 3, "empty"),
        (("extract", "binary"), 3, "binary: "),
        (("extract", "-"), 3, "standard input"),
        (("extract", "ftp://a.example/x"), 3, "ftp://a.example/x"),
        (("extract", "http://"), 3, "http"),
        (("extract", "http://127.0.0.1:1/x"), 7, "127.0.0.1:1"),
        (("compare", "http://[::1/", "new.txt"), 2, "http"),
        (("compare", "old.txt"), 2, "Missing argument"),
        (("compare", "old.txt", "new.txt", "--format", "pdf"), 2, "pdf"),
        (("compare", "old.txt", "new.txt", "--ignore", "colour"), 2, "colour"),
        (("comparre", "a", "b"), 2, "Did you mean compare"),
        (("--db", "a.db", "status"), 2, "options follow it, as in writethru status --db"),
        (("--versio",), 2, "Did you mean '--version'?"),
        (("artickles",), 2, "articles"),
        (("zzz",), 2, "--help"),
        (("articles", "--limit", "0"), 2, "--limit"),
        (("article", "seven"), 2, "seven"),
        (("watch", "--until", "tomorrow"), 2, "--until"),
        (("watch", "--simulated-clock", "2031-01-01T00:00Z"), 2, "--until"),
        (("watch", "--once", "--simulated-clock", "2031-01-01T00:00Z", "--press", "nonsense"), 2, "--press"),
        (("articles", "--config", "absent.toml"), 2, "absent.toml"),
        (("replay", "absent.jsonl"), 3, "absent.jsonl"),
    ],
)
def test_what_cannot_be_done_says_what_and_where(texts: Command, args: tuple[str, ...], code: int, words: str) -> None:
    (texts.folder / "empty").touch()
    (texts.folder / "binary").write_bytes(b"\x7fELF\x00\x00\x01" * 50)
    done = texts(*args)
    assert done.code == code, done.err
    assert done.out == ""
    assert words in done.err
    assert "Traceback" not in done.err
    assert code == 7 or "Errno" not in done.err, "the reason in words"


def test_broken_encodings_are_read_or_named(texts: Command) -> None:
    (texts.folder / "latin.txt").write_bytes("Zwölf Verletzte an der Brücke.".encode("cp1252"))
    (texts.folder / "utf8.txt").write_bytes("Zwölf Verletzte an der Brücke.".encode())
    (texts.folder / "utf16.txt").write_bytes("Zwölf Verletzte an der Brücke.".encode("utf-16"))
    assert texts("compare", "latin.txt", "utf8.txt").code == 0
    assert texts("compare", "utf16.txt", "utf8.txt").code == 0
    (texts.folder / "half.html").write_bytes(PAGE.encode() + b"<p>\xff\xfe\xc3(</p>" * 3)
    assert texts("extract", "half.html", "--json").form["headline"] == "Bridge shut"


def test_two_hundred_megabytes_are_refused_at_once(texts: Command) -> None:
    with (texts.folder / "huge.html").open("wb") as file:
        file.write(PAGE.encode())
        file.truncate(200_000_000)
    for code, args in ((2, ("compare", "huge.html", "new.txt")), (3, ("extract", "huge.html"))):
        done = texts(*args)
        assert (done.code, "MB" in done.err) == (code, True)


def test_extract_reads_pages_and_dumps(texts: Command) -> None:
    done = texts("extract", "old.html", "--json")
    assert (done.form["headline"], "Home Sport" in done.form["text"]) == ("Bridge shut", False)
    (texts.folder / "dump.txt").write_text(
        "Bridge shut over the Lune\n\nBy Ana Roe\n\n5 January 2031\n\n" + SHUT.format("Twelve"), encoding="utf-8"
    )
    dump = texts("extract", "dump.txt", "--json").form
    assert "Twelve people were hurt" in dump["text"]
    assert "Bridge shut" in texts("extract", "-", stdin=PAGE.encode()).out


def test_extract_resolves_relative_times_by_the_time_of_the_capture(texts: Command) -> None:
    ago = PAGE.format("Twelve").replace("</h1>", "</h1><div>2 hours ago</div>")
    (texts.folder / "ago.html").write_text(ago, encoding="utf-8")
    assert texts("extract", "ago.html", "--json").form["published"] is None
    done = texts("extract", "ago.html", "--json", "--seen", "2031-01-05T12:00Z")
    assert done.form["published"] == "2031-01-05"
    wrong = texts("extract", "ago.html", "--seen", "2031-01-05T12:00")
    assert (wrong.code != 0, "--seen" in wrong.err, "zone" in wrong.err) == (True, True, True)


def test_urls_of_a_loopback_press(texts: Command) -> None:
    path: Path = versions_file(texts.folder / "v.jsonl")
    clock = VirtualClock(datetime(2031, 1, 5, 10, 30, tzinfo=UTC))
    with Press(load_plays(path), clock) as press:
        url = f"{press.address}/post.example/bridge"
        assert texts("extract", url, "--json").form["headline"] == "Bridge shut"
        assert texts("compare", url, url).code == 0
        missing = texts("extract", f"{press.address}/post.example/nowhere")
        assert (missing.code, "404" in missing.err) == (3, True)
        assert not press.faults


def test_demo_finds_a_taken_port_before_it_plays(writethru: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = writethru("demo", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.code == 2
    assert "is taken by another program; choose another with --port" in done.err
    assert not (writethru.folder / "demo-archive").exists()


def test_extract_reads_with_what_earlier_saves_of_the_page_said(texts: Command) -> None:
    body = "".join(
        f"<p>The harbour board said on Friday that quay {n} would stay closed all week.</p>" for n in range(8)
    )
    page = "<html><main><article><h1>Quays to stay closed</h1>{}</article></main></html>"
    boxed = body.replace(
        "<p>The harbour board said on Friday that quay 4",
        "<div class=qx7><h3>The Hour</h3><p>Tonight: trains.</p></div><p>The harbour board said on Friday that quay 4",
    )
    (texts.folder / "monday.html").write_text(page.format(body), encoding="utf-8")
    (texts.folder / "tuesday.html").write_text(page.format(boxed), encoding="utf-8")
    alone = texts("extract", "tuesday.html", "--json").form
    assert "held" not in alone
    assert "Tonight: trains." in alone["text"]
    known = texts("extract", "tuesday.html", "--earlier", "monday.html", "--json").form
    assert "Tonight: trains." not in known["text"]
    assert {"Tonight: trains."} <= {held["text"] for held in known["held"]}
    shown = texts("extract", "tuesday.html", "--earlier", "monday.html", "--explain").out
    assert "held against the page alone" in shown


SHUT_WHEN = ("from Monday", "for eleven days", "on all working days", "until the spring")


def test_pages_beside_tell_what_recurs(texts: Command) -> None:
    promise = "The Post has written about this harbour on every day of the week since 1871, it says."
    for name, words in (("one", "ferry"), ("two", "bridge"), ("three", "market")):
        told = [f"The {words} of Norhaven will be shut {when}, the board said on Sunday." for when in SHUT_WHEN]
        page = "\n\n".join((f"A {words} to be shut", told[0], promise, *told[1:]))
        (texts.folder / f"{name}.txt").write_text(page, encoding="utf-8")
    assert promise in texts("extract", "one.txt", "--json").form["text"]
    read = texts("extract", "one.txt", "--beside", "two.txt", "--beside", "three.txt", "--json").form
    assert promise not in read["text"]
    assert "The ferry of Norhaven will be shut until the spring" in read["text"]
    why = texts("extract", "one.txt", "--beside", "two.txt", "--beside", "three.txt", "--explain").out
    assert "stands on other articles" in why
