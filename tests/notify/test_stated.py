"""Rules on what a story's texts state: told once, when two outlets print other words, and on the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dossier.told import SUNDAY, ferry
from tests.notify.samples import Box, book
from writethru.archive import Archive
from writethru.errors import ConfigError
from writethru.notify.service import Notifier, Run

RULES = """
[targets]
desk = "json://example.com"
[[rule]]
name = "words of Marden"
to = "desk"
stories = [1]
kinds = ["quotation-differs"]
speakers = ["Marden"]
[[rule]]
name = "another speaker"
to = "desk"
stories = [1]
kinds = ["quotation-differs"]
speakers = ["Hald"]
[[rule]]
name = "due"
to = "desk"
stories = [1, 99]
kinds = ["commitment-due"]
"""


def test_each_is_told_once_with_its_words(archive: Archive, tmp_path: Path) -> None:
    box = Box()
    one = Notifier(archive.store, book(tmp_path, RULES), "https://record.example", box.reach)
    assert one.run(SUNDAY) == Run(), "only since when is noted"
    ferry(archive, tmp_path)
    assert one.run(SUNDAY + timedelta(hours=6)) == Run(noted=1, sent=1)
    ((_, differs),) = box.sent
    assert differs.text.endswith("Rule: words of Marden\n")
    assert "“of” for “to”" in differs.text or "“to” for “of”" in differs.text
    assert "https://record.example/stories/1/dossier" in differs.text
    assert "<script>" not in differs.html
    assert one.run(SUNDAY + timedelta(hours=7)) == Run()
    due = one.run(datetime(2031, 5, 19, 8, tzinfo=UTC))
    assert due.noted == due.sent > 0
    assert "is read as due on 2031-05-19" in box.sent[-1][1].text
    again = Notifier(archive.store, book(tmp_path, RULES), "", box.reach)
    assert again.run(datetime(2031, 5, 19, 9, tzinfo=UTC)) == Run()


def test_such_a_rule_names_its_stories(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="need `stories`"):
        book(tmp_path, RULES.replace("stories = [1]\n", "", 1))
