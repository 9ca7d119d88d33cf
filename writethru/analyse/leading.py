"""Once-only jobs: one process leads, and the next takes over when it is dead.

A lease in the database says who; it is taken from a process of this machine that has ended at once, and from any other
when it runs out.
"""

from __future__ import annotations

import os
import secrets
import socket
from datetime import UTC, datetime, timedelta
from functools import cache

from writethru.storage.store import Store


def this_process() -> str:
    """Who holds a lease: host, process, and what tells it from an earlier process of that number."""
    return f"{socket.gethostname()}-{os.getpid()}-{_life(os.getpid())}"


def lead(store: Store, job: str, lasting: timedelta) -> bool:
    """Does this process do a once-only job from here on, for so long unless it asks again?"""
    now = datetime.now(UTC)
    holder = store.followers.state(job).worker
    return store.followers.take(job, this_process(), now, now + lasting, dead=ended(holder))


def step_down(store: Store, job: str) -> None:
    """Let another process do it, if this one does."""
    if store.followers.state(job).worker == this_process():
        store.followers.release(job, this_process())


def ended(worker: str) -> str:
    """The worker again if it was a process of this machine that has ended, else "": its lease must run out."""
    host, pid, life = ("", "", *worker.rsplit("-", 2))[-3:]
    if host != socket.gethostname() or not pid.isdigit():
        return ""
    if int(pid) == os.getpid():
        return worker if life != _life(os.getpid()) else ""
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return worker
    except (PermissionError, OverflowError):
        return ""
    return ""


@cache
def _life(_pid: int) -> str:
    return secrets.token_hex(4)
