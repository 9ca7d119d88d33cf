"""Once-only jobs: one process leads, and when it is killed the next one does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from writethru.analyse.leading import lead, step_down, this_process
from writethru.storage import open_store
from writethru.storage.store import Store

ROOT = Path(__file__).parents[2]
JOB = "tending"
LONG = timedelta(hours=1)
SCRIPT = """
import sys, time
from datetime import timedelta
from writethru.analyse.leading import lead
from writethru.storage import open_store
print(lead(open_store(sys.argv[1]), "tending", timedelta(hours=1)), flush=True)
sys.stdin.read()
"""


@contextmanager
def another_leader(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own that leads until it is killed."""
    command = [sys.executable, "-c", SCRIPT, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"True\n"
        yield process
        process.kill()


def test_a_killed_leader_is_followed_at_once_by_a_process_of_its_machine(store_url: str) -> None:
    store = open_store(store_url)
    with another_leader(store_url) as leader:
        assert not lead(store, JOB, LONG), "while it lives nobody else leads"
        leader.kill()
        leader.wait()
        assert lead(store, JOB, LONG)
        assert lead(store, JOB, LONG), "and goes on leading"
    assert store.followers.state(JOB).worker == this_process()
    store.close()


def test_another_machines_leader_is_waited_for_until_its_lease_ends(store: Store) -> None:
    now = datetime.now(UTC)
    store.followers.take(JOB, "other.example-7-1", now - LONG, now + LONG)
    assert not lead(store, JOB, LONG)
    step_down(store, JOB)
    assert store.followers.state(JOB).worker == "other.example-7-1", "nobody steps down for another"
    store.followers.take(JOB, "other.example-7-1", now - LONG, now - timedelta(seconds=1))
    assert lead(store, JOB, LONG)
    step_down(store, JOB)
    assert store.followers.state(JOB).worker == ""
