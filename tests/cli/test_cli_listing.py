"""What the listing commands print: JSON for programs, tables for people; the archive as the user named it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.cli.material import BRIDGE, FERRY, line, versions_file


@pytest.fixture
def filled(writethru: Command) -> Command:
    """An archive ``writethru.db`` with two articles."""
    versions_file(writethru.folder / "v.jsonl")
    assert writethru("import", "v.jsonl").code == 0
    return writethru


def test_listings_are_one_array_of_objects(filled: Command) -> None:
    articles = filled("articles", "--json").form
    assert [article["url"] for article in articles] == [BRIDGE, FERRY]
    wanted = {"headline", "url", "outlet", "published", "first_seen", "last_seen", "versions", "changes", "id"}
    assert all(wanted <= set(article) for article in articles)
    first = articles[0]
    assert (first["headline"], first["outlet"], first["versions"], first["changes"]) == (
        "Bridge shut",
        "The Post",
        3,
        3,
    )
    assert (first["first_seen"], first["last_seen"]) == ("2031-01-05T10:00:00Z", "2031-01-06T09:00:00Z")
    versions = filled("versions", "--json").form
    assert [(v["article"], v["number"]) for v in versions] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert all("text" in version for version in versions)
    assert [v["number"] for v in filled("versions", 1, "--json").form] == [1, 2, 3]
    changes = filled("changes", "--json").form
    assert len(changes) == 3
    assert all(isinstance(change, dict) for change in changes)
    assert len(filled("changes", "--limit", 1, "--json").form) == 1
    assert len(filled("captures", 1, "--json").form) == 4
    assert filled("sources", "--json").form == []
    detail = filled("change", 1, 1, "--json").form
    assert detail["difference"]["edits"]
    whole = filled("article", 1, "--json").form
    assert (len(whole["versions"]), len(whole["appearances"]), len(whole["captures"])) == (3, 4, 4)


def test_the_lives_of_sentences(filled: Command) -> None:
    blame = filled("article", 1, "--blame", "--json").form
    assert [(life["since_version"], len(life["wordings"])) for life in blame] == [(1, 3), (1, 1), (1, 2), (1, 1)]
    assert blame[0]["wordings"][1]["change"] == 2
    assert filled("article", 1, "--lost", "--json").form == []
    found = filled("article", 1, "--sentence", "TWELVE people", "--json").form
    assert [life["text"][:13] for life in found] == ["Twenty people"]
    shown = filled("article", 1, "--sentence", "twelve").out
    assert "version 1: Twelve people" in shown
    assert "rewritten with change 1, first seen 2031-01-05 11:00 UTC" in shown
    assert "0 sentences, 4 appearances followed" in filled("article", 1, "--lost").out
    assert filled("article", 99, "--blame").code == 4


def test_status_is_one_object(filled: Command) -> None:
    form = filled("status", "--json").form
    assert {name: form[name] for name in ("articles", "versions", "changes", "captures")} == {
        "articles": 2,
        "versions": 4,
        "changes": 3,
        "captures": 5,
    }


def test_people_see_tables(filled: Command) -> None:
    for args in (
        ("articles",),
        ("versions",),
        ("changes",),
        ("article", 1),
        ("captures", 1),
        ("status",),
        ("sources",),
    ):
        done = filled(*args)
        assert (done.code, done.err) == (0, "")
        assert done.out.strip()
    change = filled("change", 1, 1).out
    assert "Twelve" in change
    assert "Twenty" in change
    assert "after 2031-01-05 10:00 UTC" in change


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("article", 99), "99"),
        (("versions", 99), "99"),
        (("captures", 99), "99"),
        (("change", 1, 99), "99"),
        (("change", 99, 1), "99"),
        (("article", 0), "0"),
        (("versions", 0), "0"),
        (("article", 10**30), "1000"),
        (("changes", 99), "99"),
    ],
)
def test_what_is_not_there_is_exit_code_4(filled: Command, args: tuple[object, ...], what: str) -> None:
    done = filled(*args)
    assert (done.code, done.out) == (4, "")
    assert what in done.err
    assert "Traceback" not in done.err


def test_errors_as_json(filled: Command) -> None:
    done = filled("article", 99, "--json")
    assert done.code == 4
    assert json.loads(done.err)["error"]["code"] == "not_in_archive"


def test_looking_at_an_archive_that_is_not_there_makes_none(writethru: Command) -> None:
    """A mistyped ``--db`` must not leave an empty archive behind that later looks like a loss."""
    for args in (("articles",), ("versions",), ("changes",), ("sources",)):
        done = writethru(*args, "--db", "mistyped.db", "--json")
        assert (done.code, done.form) == (0, [])
        assert "mistyped.db" in done.err
    assert writethru("status", "--db", "mistyped.db", "--json").form["articles"] == 0
    for command in ("verify", "rebuild"):
        done = writethru(command, "--db", "mistyped.db")
        assert done.code == 4, f"{command} proves nothing where there is nothing"
        assert "mistyped.db" in done.err
    assert [path.name for path in writethru.folder.iterdir() if not path.name.startswith(".")] == []


def test_headlines_cannot_steer_the_terminal(writethru: Command) -> None:
    nasty = "Ferry \x1b]0;owned\x07\x1b[2J \u202egnp.exe \u2066x \u009b31m \r gone \u2028 end"
    lines = tuple(
        line(FERRY, f"2031-01-05T1{n}:00:00Z", nasty, f"The ferry {n} ran \x1b[31m\u202e late.\n\nSee \x07 {n}.")
        for n in (1, 2)
    )
    versions_file(writethru.folder / "v.jsonl", lines)
    assert writethru("import", "v.jsonl").code == 0
    for args in (
        *(("articles",), ("versions",), ("changes",), ("article", 1), ("change", 1, 1), ("captures", 1)),
        *(("compare", "1@1", "1@2", "--format", form) for form in ("terminal", "markdown", "unified")),
    ):
        out = writethru(*args).out
        bad = [char for char in out if char in "\x1b\x07\r\u202e\u2066\u009b\u2028"]
        assert bad == [], f"{args}: {bad}"


@pytest.mark.parametrize("args", [("articles",), ("versions", "--json"), ("change", "1", "1"), ("article", "1")])
def test_output_into_a_closed_pipe(filled: Command, args: tuple[str, ...]) -> None:
    """As in ``writethru articles | head -1``."""
    reading, writing = os.pipe()
    os.close(reading)
    import subprocess
    import sys

    from tests.cli.command import ROOT

    try:
        done = subprocess.run(
            [sys.executable, "-m", "writethru", *args],
            cwd=filled.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        os.close(writing)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode == 141, "as other programs whose reader went away"


def test_a_locale_without_letters(writethru: Command) -> None:
    """LC_ALL=C without Python's UTF-8 mode: words may be replaced, nothing may fail."""
    text = "Die Brücke fiel – „plötzlich“, sagte 山田.\n\nZwölf {}."
    lines = tuple(line(BRIDGE, f"2031-01-05T1{n}:00:00Z", "Brücke – 橋", text.format(n)) for n in (1, 2))
    versions_file(writethru.folder / "v.jsonl", lines)
    env = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert writethru("import", "v.jsonl").code == 0
    for args in (("articles", "--json"), ("articles",), ("change", 1, 1), ("compare", "1@1", "1@2")):
        done = writethru(*args, env=env, interpreter=True)
        assert (done.code, "Traceback" in done.err) == (int(args[0] == "compare"), False), done.err


def test_an_output_that_cannot_be_written_says_so(filled: Command) -> None:
    """A full disk behind ``>``: not silence, not a traceback, not the exit code of a difference."""
    import subprocess
    import sys

    from tests.cli.command import ROOT

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "writethru", "articles", "--json"],
            cwd=filled.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode not in (0, 1)
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_a_shell_gets_its_completion(writethru: Command, shell: str) -> None:
    done = writethru("completion", shell)
    assert done.code == 0
    assert "_WRITETHRU_COMPLETE" in done.out
