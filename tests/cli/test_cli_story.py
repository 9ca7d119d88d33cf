"""``writethru story`` and the API tell of events, and rulings hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.acceptance.conftest import config_for
from tests.analyse.told import FIRE, OTHER, tell
from tests.cli.command import Command, Done
from writethru.archive import open_archive
from writethru.web.app import create_app


@pytest.fixture
def url(writethru: Command) -> str:
    """An archive with a fire told three times, once more without a date, and something else."""
    made = f"sqlite:///{writethru.folder / 'writethru.db'}"
    with open_archive(made, config_for(made, writethru.folder)) as archive:
        for one in (*FIRE, OTHER, FIRE[0].at("echo").without_date()):
            tell(archive.store, one)
        archive.analyse()
    return made


@pytest.fixture
def run(url: str, writethru: Command) -> Callable[..., Done]:
    """Run the command on it."""

    def done(*arguments: str) -> Done:
        result = writethru("story", "--db", url, *arguments)
        assert result.code == 0, result.err
        return result

    return done


def test_events_are_listed_told_and_explained(run: Callable[..., Done]) -> None:
    rows = run("--json").form
    assert sorted(row["articles"] for row in rows) == [1, 4]
    (fire,) = [row for row in rows if row["articles"] == 4]
    event = run(str(fire["id"]), "--event", "--json").form
    assert all("Rautila" in member["explanation"] for member in event["members"])
    assert "inferred" in run("5", "--article").out
    assert run(str(fire["id"])).out.startswith(f"storyline {fire['story']}")
    assert "assign" in run("--log").out
    assert str(fire["id"]) in run().out
    assert run("5", "--article", "--json").form["undecided"] is None


def test_rulings_are_noted_listed_and_withdrawn(run: Callable[..., Done]) -> None:
    before = run("1", "--article", "--json").form["events"][0]["event"]
    said = run("1", "--cannot-link", "2", "--by", "desk", "--reason", "another fire")
    assert "noted" in said.out
    assert (
        run("1", "--article", "--json").form["events"][0]["event"]
        != run("2", "--article", "--json").form["events"][0]["event"]
    )
    (ruling,) = run("--rulings").form
    assert (ruling["by"], ruling["reason"], ruling["kind"]) == ("desk", "another fire", "cannot-link")
    run(str(ruling["id"]), "--withdraw")
    assert run("--rulings").form == []
    events = {run(number, "--article", "--json").form["events"][0]["event"] for number in ("1", "2")}
    assert events == {before}


def test_a_number_is_asked_for_where_one_is_needed(url: str, writethru: Command) -> None:
    assert writethru("story", "--db", url, "--event").code == 2


def test_the_api_says_the_same(url: str, tmp_path: Path) -> None:
    with open_archive(url, config_for(url, tmp_path)) as archive:
        archive.analyse()
        client = TestClient(create_app(archive))
        rows = client.get("/api/v1/events").json()["items"]
        event = client.get(f"/api/v1/events/{rows[0]['id']}").json()
        assert {member["article"] for member in event["members"]} <= {1, 2, 3, 4, 5}
        assert client.get(f"/api/v1/stories/{event['story']}").json()["id"] == event["story"]
        assert client.get("/api/v1/articles/5/events").json()["events"][0]["basis"] == "inferred"
        lines = client.get("/api/v1/memberships?limit=2").json()["items"]
        assert [line["seq"] for line in lines] == [1, 2]
        assert client.get("/api/v1/events/999").status_code == 404
        first = client.get("/api/v1/events?limit=1").json()
        assert first["next"] is not None
