"""Rules on figures and attributions that later versions state otherwise: told once, with words and versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.dossier.told import HOSTILE, SUNDAY, ferry, line
from tests.notify.samples import Box, book
from tests.statements.ferry import CORRECTED
from writethru.analyse.follow import follow
from writethru.analyse.statements import StatementAnalysis
from writethru.archive import Archive
from writethru.errors import ConfigError
from writethru.notify.service import Notifier, Run

RULES = """
[targets]
desk = "json://example.com"
[[rule]]
name = "figures"
to = "desk"
stories = [1]
kinds = ["figure-changes"]
[[rule]]
name = "figures elsewhere"
to = "desk"
stories = [99]
kinds = ["figure-changes"]
[[rule]]
name = "who said it"
to = "desk"
articles = ["https://gazette.example/solveig"]
words = ["sank near the harbour"]
kinds = ["attribution-changes"]
[[rule]]
name = "who said another thing"
to = "desk"
stories = [1]
words = ["rescued by a fishing boat"]
kinds = ["attribution-changes"]
"""
BY_HALD = CORRECTED.replace("Sunday, the mayor said", "Sunday, Jonas Hald said")
FURNITURE = f"{BY_HALD}\n\nA kiosk on the quay sells coffee."


def later(archive: Archive, folder: Path, text: str, hours: float) -> datetime:
    """Another version of the Gazette's article; when it was seen."""
    path = folder / "later.jsonl"
    path.write_text(line("gazette", f"The Gazette {HOSTILE}", text, hours), encoding="utf-8")
    archive.import_paths([path])
    follow(archive.store, StatementAnalysis(archive.store))
    return SUNDAY + timedelta(hours=hours)


def test_each_turn_is_told_once_and_furniture_is_none(archive: Archive, tmp_path: Path) -> None:
    box = Box()
    one = Notifier(archive.store, book(tmp_path, RULES), "https://record.example", box.reach)
    assert one.run(SUNDAY) == Run(), "only since when is noted"
    ferry(archive, tmp_path)
    first = one.run(SUNDAY + timedelta(hours=6))
    assert first.noted == first.sent > 0
    ((_, figures),) = box.sent
    assert figures.text.endswith("Rule: figures\n")
    assert (
        "Version 1 printed “More than 160 people”, by the mayor, version 2 prints “More than 130 people”"
        in figures.text
    )
    assert "https://record.example/articles/3/changes/1" in figures.text
    assert "<script>" not in figures.html
    assert one.run(SUNDAY + timedelta(hours=7)) == Run()

    at = later(archive, tmp_path, BY_HALD, 8)
    assert one.run(at) == Run(noted=1, sent=1)
    said = box.sent[-1][1].text
    assert said.endswith("Rule: who said it\n")
    assert "in version 2 attributed to “the mayor” (“said”), in version 3 attributed to “Jonas Hald” (“said”)" in said
    assert one.run(later(archive, tmp_path, FURNITURE, 10)) == Run(), "nothing but furniture"
    again = Notifier(archive.store, book(tmp_path, RULES), "", box.reach)
    assert again.run(SUNDAY + timedelta(hours=11)) == Run()

    shown = one.preview(SUNDAY, SUNDAY + timedelta(hours=12))
    by_rule = [preview.rule for preview in shown for _ in range(preview.changes)]
    assert sorted(by_rule) == ["figures"] * first.noted + ["who said it"], "a dry run shows the same"


def test_a_rule_that_is_new_is_not_told_what_was_there_before(archive: Archive, tmp_path: Path) -> None:
    box = Box()
    Notifier(archive.store, book(tmp_path, RULES), "", box.reach).run(SUNDAY)
    ferry(archive, tmp_path)
    added = f'{RULES}[[rule]]\nname = "late"\nto = "desk"\nstories = [1]\nkinds = ["figure-changes"]\n'
    Notifier(archive.store, book(tmp_path, added), "", box.reach).run(SUNDAY + timedelta(hours=6))
    assert [message.text.rsplit("Rule: ")[-1] for _, message in box.sent] == ["figures\n"]


@pytest.mark.parametrize("kind", ["figure-changes", "attribution-changes"])
def test_such_a_rule_says_where(kind: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`stories`"):
        book(tmp_path, f'[targets]\na = "json://b"\n[[rule]]\nname = "x"\nto = "a"\nkinds = ["{kind}"]\n')
