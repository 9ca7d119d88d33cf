"""Evidence in cold storage, from the command line: read, proved and rebuilt from as if it were here."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.test_faults import env_for, lines, opened, shape, write
from tests.cli.command import Command


def test_sent_freed_read_and_rebuilt_from(store_url: str, tmp_path: Path) -> None:
    """A lost database comes back whole from files that stand in cold storage only."""
    user = Command(tmp_path)
    env = {**env_for(store_url, tmp_path), "WRITETHRU_ARCHIVE_COLD_URL": str(tmp_path / "cold")}
    write(tmp_path / "v.jsonl", lines(3, 3))
    assert user("import", "v.jsonl", env=env).code == 0
    with opened(store_url, tmp_path) as archive:
        before = shape(archive)
    done = user("cold", "send", "--free", "--json", env=env).form
    assert (done["sent"], done["left"]) == (done["freed"], [])
    assert not list((tmp_path / "evidence").glob("*.warc.gz"))
    assert [row["here"] for row in user("cold", "list", "--json", env=env).form] == [False]
    verified = user("verify", "--json", env=env)
    assert (verified.code, verified.form["files_in_cold_storage"], verified.form["captures"]) == (0, 1, 9)
    other = f"sqlite:///{tmp_path / 'again.db'}"
    found = user("rebuild", "--json", env={**env, "WRITETHRU_ARCHIVE_DATABASE": other})
    assert (found.code, found.form["adopted"]) == (0, 9), found.err
    with opened(other, tmp_path) as archive:
        assert shape(archive) == before
    assert user("cold", "recall", env=env).out.startswith("1 files brought back")
    assert user("verify", env=env).code == 0


def test_without_a_setting_it_says_which(store_url: str, tmp_path: Path) -> None:
    user = Command(tmp_path)
    env = env_for(store_url, tmp_path)
    write(tmp_path / "v.jsonl", lines(1, 1))
    assert user("import", "v.jsonl", env=env).code == 0
    done = user("cold", "send", env=env)
    assert (done.code, "archive.cold_url" in done.err) == (2, True)
