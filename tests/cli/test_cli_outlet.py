"""``writethru outlet`` and ``writethru rebuild --extract`` as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.extraction.printed import PAGE

TIP = "<div class=tip-jar><p>The Ledger lives on crowns from its readers.</p></div>"
RULES = 'outlet = "The Ledger"\nhosts = ["ledger.example"]\n[body]\ndrop = ["div.tip-jar"]\n'


@pytest.fixture
def filled(writethru: Command) -> Command:
    """An archive with two states of one saved page."""
    for number, printed in enumerate((PAGE, PAGE.edited(1, "12", "21"))):
        folder = writethru.folder / "saved" / "ledger.example" / "quay"
        folder.mkdir(parents=True, exist_ok=True)
        named = b"<link rel=canonical href='https://ledger.example/quay'></head>"
        page = printed.but(between=TIP).html().replace(b"</head>", named)
        (folder / f"2031-05-0{4 + number}T06-00-00Z.html").write_bytes(page)
    assert writethru("import", "saved").code == 0
    return writethru


def outlet_of(filled: Command) -> str:
    return str(filled("articles", "--json").form[0]["outlet"])


def write_rules(folder: Path) -> None:
    (folder / "writethru.rules").mkdir()
    (folder / "writethru.rules" / "ledger.toml").write_text(RULES)


def test_a_profile_is_shown(filled: Command) -> None:
    form = filled("outlet", "profile", outlet_of(filled), "--json").form
    assert [(host["host"], host["pages"], host["in_use"]) for host in form["hosts"]] == [("ledger.example", 1, False)]
    said = filled("outlet", "profile", outlet_of(filled))
    assert "used from 5 articles on" in said.out
    assert filled("outlet", "profile", "Nobody").code == 4


def test_history_is_read_again_when_asked_to(filled: Command) -> None:
    write_rules(filled.folder)
    dry = filled("rebuild", "--extract")
    assert (dry.code, "nothing was written" in dry.out) == (0, True)
    assert "2 appear, vanish: 1, 2" in dry.out
    assert filled("rebuild", "--extract", "--json").form["different"][0]["vanish"] == [1, 2]
    assert filled("rebuild", "--extract", "--write").code == 0
    assert filled("rebuild", "--extract", "--json").form["different"] == []
    assert all("crowns from its readers" not in version["text"] for version in filled("versions", "--json").form)
    assert filled("verify").code == 0
    assert filled("rebuild", "--write").code == 2


def test_rules_are_checked(writethru: Command) -> None:
    write_rules(writethru.folder)
    file = writethru.folder / "writethru.rules" / "ledger.toml"
    assert "0 pairs, 0 differ" in writethru("outlet", "rules", "check", file).out
    pairs = file.with_suffix("")
    pairs.mkdir()
    (pairs / "quay.html").write_bytes(PAGE.html())
    (pairs / "quay.txt").write_text("# Another headline\n")
    wrong = writethru("outlet", "rules", "check", file)
    assert (wrong.code, "-# Another headline" in wrong.out) == (1, True)
    file.write_text("hosts = 3")
    refused = writethru("outlet", "rules", "check", file)
    assert (refused.code, "hosts must be a list of texts" in refused.err) == (3, True)
