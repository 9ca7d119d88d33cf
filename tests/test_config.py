"""Settings: the file, then the environment; whatever is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from writethru.config import NOT_SETTINGS, Config, load_config, setting_names, unknown_variables
from writethru.errors import ConfigError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "writethru.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[fetch]\ndelay_seconds = 2\nallow_hosts = ["localhost"]\n')
    config = load_config(path, {"WRITETHRU_FETCH_DELAY_SECONDS": "3.5"})
    assert config.fetch.delay_seconds == 3.5
    assert config.fetch.allow_hosts == ("localhost",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[fetsch]\n", "fetsch"),
        ("[fetch]\nspeed = 1\n", "fetch.speed"),
        ("[fetch]\ndelay_seconds = 'soon'\n", "fetch.delay_seconds"),
        ("[fetch]\ndelay_seconds = -1\n", "fetch.delay_seconds"),
        ("[fetch]\nthreads = true\n", "fetch.threads"),
        ("[fetch]\nallow_hosts = 3\n", "fetch.allow_hosts"),
        ("[web]\nhost = 1\n", "web.host"),
        ("fetch = 1\n", "[fetch]"),
        ("[fetch\n", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, text))
    assert named in str(caught.value)
    assert "writethru.toml" in str(caught.value)


def test_a_file_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.toml")


def test_the_evidence_stands_beside_the_database() -> None:
    assert Config().with_database("sqlite:///news/a.db").evidence_folder() == Path("news/a.evidence")
    assert Config().with_database("postgresql://h/x").evidence_folder() == Path("x.evidence")


def test_every_setting_has_a_name() -> None:
    assert "fetch.contact" in setting_names()
    assert len(setting_names()) == len(set(setting_names()))


def test_a_variable_that_is_no_setting_is_warned_of_with_the_one_that_may_be_meant() -> None:
    environ = {
        "WRITETHRU_FETCH_DELAY_SECOND": "secret",
        "WRITETHRU_QUITE_ELSE": "secret",
        "WRITETHRU_FETCH_CONTACT": "desk@record.example",
        "WRITETHRU_DATABASE": "a.db",
        "PATH": "/bin",
        **dict.fromkeys(NOT_SETTINGS, "1"),
    }
    first, second = unknown_variables(environ)
    assert first.endswith("ignored; did you mean WRITETHRU_FETCH_DELAY_SECONDS?")
    assert second == "WRITETHRU_QUITE_ELSE: no such setting, so it is ignored"
    assert "secret" not in first + second


def test_an_unknown_name_in_the_file_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.delay_second; did you mean delay_seconds\?"):
        load_config(written(tmp_path, "[fetch]\ndelay_second = 2\n"))
    with pytest.raises(ConfigError, match=r"\[schedul\]; did you mean schedule\?"):
        load_config(written(tmp_path, "[schedul]\nlooks = 2\n"))
