"""``writethru dossier`` and ``writethru statements``."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.dossier.told import ferry_archive


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Command:
    folder: Path = tmp_path_factory.mktemp("dossier-cli")
    with ferry_archive(folder, "writethru.db"):
        return Command(folder)


def test_a_dossier_is_written_in_each_form(user: Command) -> None:
    assert "## Disagreements" in user("dossier", "1").out
    assert user("dossier", "1", "--json").form["story"] == 1
    assert user("dossier", "1", "--format", "zip", "--out", "d.zip").code == 0
    assert "figures.csv" in zipfile.ZipFile(user.folder / "d.zip").namelist()
    assert user("dossier", "99").code == 4


def test_a_text_in_no_archive_is_read_too(user: Command) -> None:
    (user.folder / "page.html").write_text("<html><p>Police said on Thursday that 21 people had died.</p></html>")
    form = user("statements", "page.html", "--day", "2031-03-07", "--json").form
    assert (form["article"], form["version"], form["basis"]) == (None, None, "given")
    assert [one["words"] for one in form["figures"]] == ["21"]
    assert "2031-03-06" in user("statements", "page.html", "--day", "2031-03-07").out
    assert user("statements", "no-such-page.html").code == 3


def test_what_a_version_states_is_printed(user: Command) -> None:
    stated = user("statements", "3/1", "--json").form
    assert (stated["version"], stated["language"]) == (1, "en")
    assert user("statements", "3", "--json").form["version"] == 2
    assert "160" in user("statements", "3/1").out
    assert user("statements", "3", "--day", "2031-05-06").code == 2


def test_an_editor_corrects_from_the_command_line(user: Command) -> None:
    blame = user("statements", "1/1", "--json").form["blame"][0]
    place = f"1/1:{blame['place'][0]}:{blame['place'][1]}"
    assert place in user("statements", "1/1").out
    assert user("correct", "blame", "1/1", "--reason", "x").code == 2
    assert user("correct", "blame", place).code == 2
    assert user("correct", "blame", "1/1:0:999", "--reason", "x").code == 4
    kept = user("correct", "blame", place, "--reason", "a question, not a charge", "--json").form
    assert (kept["field"], kept["by"].partition(" (")[0]) == ("", "command line")
    assert blame not in user("statements", "1/1", "--json").form["blame"]
    assert "holds no longer" in user("uncorrect", str(kept["id"])).out
    assert blame in user("statements", "1/1", "--json").form["blame"]
