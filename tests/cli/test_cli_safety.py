"""Accounts, withdrawing and backups as one types them."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.command import Command
from tests.cli.material import BRIDGE, FERRY, versions_file

PASSWORD = b"a ferry to Skerry Island\n"


@pytest.fixture
def filled(writethru: Command) -> Command:
    """An archive of two articles."""
    versions_file(writethru.folder / "v.jsonl")
    assert writethru("import", "v.jsonl").code == 0
    return writethru


def test_users_links_and_tokens(filled: Command) -> None:
    added = filled("user", "add", "ed", "--role", "editor", "--password-stdin", stdin=PASSWORD)
    assert (added.code, added.out) == (0, "ed may sign in as editor\n")
    assert filled("user", "add", "ed", "--password-stdin", stdin=PASSWORD).code == 3
    assert filled("user", "add", "rae", "--password-stdin", stdin=b"short\n").code == 3
    assert filled("user", "add", "rae").code == 2  # no terminal to ask on
    assert [one["name"] for one in filled("user", "list", "--json").form] == ["ed"]
    link = filled("user", "link", "ed", "--minutes", 5)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/login/link/[\w-]{43}\n", link.out)
    assert "good once, for 5 minutes" in link.err
    assert filled("user", "link", "nobody").code == 4
    made = filled("token", "add", "desk", "--days", 3, "--json").form
    assert made["token"].startswith("wt_")
    listed = filled("token", "list", "--jsonl")
    assert json.loads(listed.out)["name"] == "desk"
    assert made["token"] not in listed.out
    assert filled("token", "revoke", made["id"]).code == 0
    assert filled("token", "revoke", made["id"]).code == 4
    assert filled("user", "remove", "ed").code == 0
    journal = filled("journal", "--json").form
    assert [line["action"] for line in journal] == [
        "removed user", "revoked token", "added token", "made a link for", "added user",
    ]  # fmt: skip
    assert all(line["who"].startswith("command line") for line in journal)
    assert not any(secret in json.dumps(journal) for secret in (made["token"], link.out[-44:-1], "Skerry"))


def test_an_article_is_withdrawn_by_its_address_and_restored(filled: Command) -> None:
    before = filled("article", 1, "--json").form
    assert filled("withdraw", 1).code == 2  # no reason
    gone = filled("withdraw", BRIDGE, "--reason", "a court said so")
    assert (gone.code, gone.out) == (0, "withdrawn: article 1; evidence kept\n")
    for asked in (1, BRIDGE):
        refused = filled("article", asked)
        assert (refused.code, "a court said so" in refused.err, "nearest" in refused.err) == (4, True, False)
    assert [one["url"] for one in filled("articles", "--json").form] == [FERRY]
    assert [one["reason"] for one in filled("withdrawn", "--json").form] == ["a court said so"]
    assert filled("restore", 1).code == 0
    assert filled("article", 1, "--json").form == before
    aborted = filled("withdraw", 1, "--reason", "x", "--destroy-evidence", stdin=b"n\n")
    assert (aborted.code, filled("article", 1).code) == (130, 0)


def test_a_backup_is_an_archive_again(filled: Command) -> None:
    done = filled("backup", "kept", "--json")
    assert (done.code, done.form["copied"] > 0) == (0, True)
    assert filled("backup", "kept", "--json").form["copied"] < done.form["copied"]
    assert filled("from-backup", "kept", "--db", "again.db").code == 0
    assert filled("articles", "--json").form == filled("articles", "--json", "--db", "again.db").form
    assert filled("from-backup", "kept", "--db", "again.db").code == 6  # its evidence is there already
    assert filled("backup", "v.jsonl").code == 2
    assert filled("from-backup", "nowhere", "--db", "third.db").code == 2
    assert not (filled.folder / "third.db").exists()
