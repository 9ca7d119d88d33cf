"""``writethru doctor``: is everything here as an archive needs it? Each check says what it found and what to do."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

from writethru.config import Config
from writethru.errors import WritethruError


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        found: in words.
        todo: what to do about it, "" where nothing is.
    """

    name: str
    verdict: Verdict
    found: str
    todo: str = ""

    def to_dict(self) -> dict[str, str]:
        """The JSON form."""
        return {"check": self.name, "verdict": self.verdict.value, "found": self.found, "todo": self.todo}


LEAST_FREE: Final = 1 << 30
LITTLE_FREE: Final = 10 << 30
"""Bytes: below the first nothing should be watched, below the second somebody should know."""

MOST_SKEW: Final = timedelta(minutes=2)
PACKAGES: Final = (
    *("alembic", "argon2-cffi", "click", "fastapi", "fastwarc", "feedparser", "httpcore2", "jinja2", "lxml", "numpy"),
    *("prometheus-client", "protego", "psycopg", "rich", "sqlalchemy", "structlog", "uvicorn", "zstandard"),
)


def examine(config: Config) -> list[Check]:
    """Look at everything; nothing is changed, nobody outside is asked but the resolver of names."""
    checks: tuple[Callable[[Config], Iterator[Check]], ...] = (
        _versions, _settings, _database, _backup, _evidence, _space, _clock, _names, _trust, _agent, _exposure,
        _encoder,
    )  # fmt: skip
    found = []
    for check in checks:
        try:
            found += list(check(config))
        except (WritethruError, OSError) as error:
            found.append(Check(check.__name__.strip("_"), Verdict.FAIL, str(error), "see the message"))
    return found


def _versions(_config: Config) -> Iterator[Check]:
    python = ".".join(map(str, sys.version_info[:3]))
    missing = []
    known = []
    for name in PACKAGES:
        try:
            known.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Check(
            "libraries", Verdict.FAIL, f"missing: {', '.join(missing)}", "install Writethru again (./run or pip)"
        )
    else:
        yield Check("libraries", Verdict.OK, f"Python {python}; {', '.join(known)}")


def _settings(config: Config) -> Iterator[Check]:
    from writethru.watch.settings import fetch_settings, schedule_policy

    fetch_settings(config.fetch, ())
    schedule_policy(config)
    yield Check("settings", Verdict.OK, f"database {_shown(config)}, evidence {config.evidence_folder()}")


def _database(config: Config) -> Iterator[Check]:
    from writethru.storage import inspecting

    state = inspecting.look_at(config.archive.database)
    if state.missing:
        todo = "`writethru add URL` or `writethru import` makes one"
        yield Check("database", Verdict.WARN, f"there is none yet at {_shown(config)}", todo)
        return
    if state.revision != state.head:
        todo = "back it up; the next command migrates it" if state.is_older else "upgrade Writethru"
        verdict = Verdict.WARN if state.is_older else Verdict.FAIL
        yield Check("schema", verdict, f"{state.revision or 'none'}, this Writethru works with {state.head}", todo)
        return
    yield Check("schema", Verdict.OK, state.head)
    if state.fault:
        todo = "restore a backup, or `writethru rebuild` with a new database"
        yield Check("database", Verdict.FAIL, state.fault, todo)
    else:
        yield Check("database", Verdict.OK, f"{state.kind}; answers, and its quick check finds nothing")
    dead = [worker for worker, until in state.leases if until < datetime.now(UTC) - timedelta(hours=1)]
    left = f"{len(dead)} leases of dead workers; they are over, others may have them" if dead else ""
    yield Check("leases", Verdict.OK, left or f"{len(state.leases)} hosts leased by workers now")


def _backup(config: Config) -> Iterator[Check]:
    from writethru.storage import dump

    fault = dump.tools_fault(config.archive.database)
    if fault:
        what, _, todo = fault.partition("; ")
        yield Check("backup", Verdict.WARN, f"`writethru backup` cannot be made: {what}", todo)
    else:
        yield Check("backup", Verdict.OK, f"`writethru backup` has what {dump.kind_of(config.archive.database)} needs")


def _evidence(config: Config) -> Iterator[Check]:
    from writethru.evidence.folder import EvidenceFolder
    from writethru.evidence.openfile import OPEN_SUFFIX, take_lock

    folder = config.evidence_folder()
    if not folder.is_dir():
        yield Check("evidence", Verdict.OK, f"{folder} is made with the first look")
        return
    if not os.access(folder, os.W_OK):
        yield Check("evidence", Verdict.FAIL, f"{folder} cannot be written", "mend its owner or its rights")
        return
    dead = []
    for path in sorted(folder.glob(f"*{OPEN_SUFFIX}")):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            dead += [path.name] if take_lock(fd) else []
        finally:
            os.close(fd)
    marks = EvidenceFolder(folder).unrecorded()
    if dead or marks:
        found = f"{len(dead)} open files of dead writers, {len(marks)} files that may hold looks not recorded yet"
        yield Check("evidence", Verdict.WARN, found, "the next `writethru watch` settles them")
    else:
        yield Check("evidence", Verdict.OK, f"{len(EvidenceFolder(folder).files())} files, none left by a dead writer")


def _space(config: Config) -> Iterator[Check]:
    place = config.evidence_folder()
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    found = f"{free / (1 << 30):.1f} GiB free for evidence at {place}"
    if free < LEAST_FREE:
        yield Check("space", Verdict.FAIL, found, "make room: looks cannot be kept on a full disk")
    elif free < LITTLE_FREE:
        yield Check("space", Verdict.WARN, found, "make room soon")
    else:
        yield Check("space", Verdict.OK, found)


def _clock(config: Config) -> Iterator[Check]:
    from writethru.storage import inspecting

    now = datetime.now(UTC)
    newest = inspecting.newest_look(config.archive.database)
    if newest is not None and newest > now + MOST_SKEW:
        todo = "set the clock (timedatectl set-ntp true); the times of looks are evidence"
        yield Check(
            "clock", Verdict.FAIL, f"it is {now:%Y-%m-%d %H:%M} UTC, and a look is of {newest:%Y-%m-%d %H:%M}", todo
        )
    elif Path("/run/systemd/timesync").is_dir() and not Path("/run/systemd/timesync/synchronized").exists():
        todo = "timedatectl set-ntp true; the times of looks are evidence"
        yield Check("clock", Verdict.WARN, "not set by the network", todo)
    else:
        yield Check("clock", Verdict.OK, f"{now:%Y-%m-%d %H:%M:%S} UTC, no look is of later")


def _names(_config: Config) -> Iterator[Check]:
    try:
        socket.getaddrinfo("example.com", 443, type=socket.SOCK_STREAM)
    except OSError as error:
        todo = "check /etc/resolv.conf and the network; without names nothing can be watched"
        yield Check("names", Verdict.WARN, f"example.com is not found: {error.strerror or error}", todo)
    else:
        yield Check("names", Verdict.OK, "host names are found")


def _trust(_config: Config) -> Iterator[Check]:
    count = ssl.create_default_context().cert_store_stats()["x509_ca"]
    capath = ssl.get_default_verify_paths().capath
    many = count or (sum(1 for _ in Path(capath).iterdir()) if capath and Path(capath).is_dir() else 0)
    if many:
        yield Check("certificates", Verdict.OK, f"{many} authorities are trusted")
    else:
        todo = "install them (Debian: apt install ca-certificates)"
        yield Check("certificates", Verdict.FAIL, "no authority is trusted: no https page can be read", todo)


def _agent(config: Config) -> Iterator[Check]:
    from writethru.watch.settings import fetch_settings

    agent = fetch_settings(config.fetch, ()).user_agent
    if config.fetch.contact:
        yield Check("robot's name", Verdict.OK, agent)
    else:
        todo = (
            "set fetch.contact to a URL or mail address, so that an outlet can complain to you and need not block you"
        )
        yield Check("robot's name", Verdict.WARN, f"{agent}: nobody is named in it", todo)


def _exposure(config: Config) -> Iterator[Check]:
    web = config.web
    if web.host in ("127.0.0.1", "::1", "localhost"):
        yield Check("pages", Verdict.OK, f"listen on {web.host}: reached from this machine, or through a proxy on it")
    elif not web.base_url.startswith("https:"):
        todo = "put a proxy with TLS before them and set web.base_url (docs/how-to/run-it.md): passwords travel openly"
        yield Check("pages", Verdict.WARN, f"listen on {web.host} for everybody, without https", todo)
    else:
        yield Check("pages", Verdict.OK, f"listen on {web.host}, reached as {web.base_url}")


def _encoder(config: Config) -> Iterator[Check]:
    from writethru.analyse.encoding import OFF, level_of, missing
    from writethru.nlp.weights import INSTALL
    from writethru.storage import inspecting

    level = level_of(config.events.encoder, inspecting.encoder_level(config.archive.database))
    absent = missing() if level else ""
    if not level:
        yield Check("encoder", Verdict.OK, "events are grouped without one")
    elif absent:
        todo = f"{INSTALL}; or `writethru analyse --encoder {OFF}`"
        yield Check("encoder", Verdict.FAIL, f"events are to be grouped with it below {level:g}: {absent}", todo)
    else:
        yield Check("encoder", Verdict.OK, f"events of few articles are parted where it finds them below {level:g}")


def _shown(config: Config) -> str:
    """The database without its password."""
    from writethru.storage import inspecting

    return inspecting.shown(config.archive.database)
