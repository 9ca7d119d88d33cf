"""What an engine promises: every task's result once, whatever happens to its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from writethru.bulk import engines
from writethru.bulk.engines import Engine, InTurn, Processes
from writethru.errors import BulkFailed, MalformedInput


def doubled(task: int) -> int:
    """Some work."""
    return 2 * task


def killed_first(flag: Path, work: Any, task: Any) -> Any:
    """The first worker that comes here is killed."""
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return work(task)
    return os.kill(os.getpid(), signal.SIGKILL)


def killed_ever(task: int) -> None:
    """Every worker that comes here is killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def held(task: int) -> None:
    """Work without an end."""
    os.write(1, b"held\n")
    signal.pause()


def refused(task: int) -> None:
    """Work that fails."""
    raise MalformedInput("no such thing", key=task)


@pytest.fixture(scope="module")
def processes():  # type: ignore[no-untyped-def]
    """Two processes for all tests here."""
    with Processes(2) as engine:
        yield engine


@pytest.fixture(params=["in turn", "processes"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return InTurn() if request.param == "in turn" else request.getfixturevalue("processes")


TASKS = {f"task-{number}": number for number in range(9)}


def test_every_result_comes_once_with_its_key(engine: Engine) -> None:
    results = list(engine.map_by_key(doubled, TASKS))
    assert sorted(results) == sorted((key, 2 * task) for key, task in TASKS.items())


def test_an_error_of_the_work_is_the_callers(engine: Engine) -> None:
    with pytest.raises(MalformedInput, match="no such thing"):
        list(engine.map_by_key(refused, TASKS))


def test_a_killed_worker_is_replaced_and_its_task_done(processes: Processes, tmp_path: Path) -> None:
    before = processes.lost
    results = list(processes.map_by_key(partial(killed_first, tmp_path / "flag", doubled), TASKS))
    assert sorted(results) == sorted((key, 2 * task) for key, task in TASKS.items())
    assert processes.lost == before + 1


def test_work_that_kills_every_worker_is_given_up_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "TRIES", 2)
    with Processes(1) as engine, pytest.raises(BulkFailed, match="task-7"):
        list(engine.map_by_key(killed_ever, {"task-7": 7}))


def test_workers_end_when_their_driver_is_killed() -> None:
    start = "from tests.bulk.test_engines import Processes, held; list(Processes(1).map_by_key(held, {'a': 1}))"
    with subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout is not None
        assert driver.stdout.readline() == "held\n"
        driver.kill()
        assert driver.communicate(timeout=60) == ("", None), "the worker, which has the same output, is gone too"
