"""Fixtures for all tests: a store on each database.

``store`` runs a test twice, on SQLite and on PostgreSQL; ``sqlite_store`` once, where the
database makes no difference; ``database_url`` names an empty database of each kind.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres
from writethru.storage import open_store
from writethru.storage.store import Store

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine is not a failure
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell leaves it for what it starts in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # servers that the tests start are to hear Ctrl-C
_missing: list[str] = []


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for the whole run, with a migrated database ``made`` to copy from."""
    with _running() as server:
        server.execute("CREATE DATABASE made")
        open_store(server.url("made")).close()
        yield server


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server that one test may stop and start."""
    with _running() as server:
        yield server


@contextmanager
def _running() -> Iterator[postgres.Server]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.running())
        except postgres.MissingError as missing:
            _missing.append(str(missing))
            if os.environ.get("WRITETHRU_REQUIRE_POSTGRES") == "1":
                pytest.fail(f"PostgreSQL is required: {missing}")
            pytest.skip(f"PostgreSQL is missing: {missing}")
        yield server


@pytest.fixture(scope="session")
def sqlite_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema in place, to copy from."""
    path = tmp_path_factory.mktemp("made") / "writethru.db"
    open_store(str(path)).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'writethru.db'}"
    else:
        yield from _copy(request.getfixturevalue("postgres_server"), "template1")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the schema in place; ``store`` is open on it."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_made"), tmp_path / "writethru.db")
        yield f"sqlite:///{tmp_path / 'writethru.db'}"
    else:
        yield from _copy(request.getfixturevalue("postgres_server"), "made")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty archive's store."""
    yield from _opened(store_url)


@pytest.fixture
def sqlite_store(sqlite_made: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty archive's store on SQLite only."""
    shutil.copy(sqlite_made, tmp_path / "writethru.db")
    yield from _opened(str(tmp_path / "writethru.db"))


def _copy(server: postgres.Server, template: str) -> Iterator[str]:
    url = server.new_database(template)
    yield url
    server.drop(url)


def _opened(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that half of the storage tests did not run."""
    if _missing:
        terminalreporter.section("PostgreSQL is missing", sep="!", red=True, bold=True)
        terminalreporter.line(f"{_missing[0]}: everything was tested on SQLite only.")
        terminalreporter.line("Set WRITETHRU_REQUIRE_POSTGRES=1 to make this a failure.")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes are named by their length: a gzip header holds the time, and every worker must find the same names."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None
