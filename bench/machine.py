"""What a benchmark ran on, and how fast that was at the time: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import structlog

LIBRARIES = ("sqlalchemy", "psycopg", "zstandard", "lxml", "httpcore2", "protego", "click")


def machine() -> dict[str, Any]:
    """Processor, load, versions, and the yardstick (``yardstick_ms``) of this moment.

    What is logged from here on goes to standard error: standard output is the benchmark's own.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "yardstick_ms": round(yardstick_ms(), 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: _version(name) for name in LIBRARIES},
    }


def yardstick_ms() -> float:
    """CPU milliseconds of a fixed piece of Python work, the best of five.

    On a machine shared with others CPU time itself grows (caches, hyper-threads, clock);
    figures taken at different times compare by their ratio to this one.
    """
    return min(_piece_of_work() for _ in range(5)) * 1000


def _piece_of_work() -> float:
    words = [f"word{number % 977}" for number in range(20_000)]
    started = time.process_time()
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + len(word)
    text = " ".join(sorted(words))
    found = re.findall(r"\w+", text)
    assert len(found) == len(words)
    return time.process_time() - started


def heading(about: dict[str, Any]) -> str:
    """The same for people, in two lines."""
    libraries = ", ".join(f"{name} {about[name]}" for name in LIBRARIES if about[name])
    return (
        f"{about['processor']}, {about['cores']} cores, load {about['load']}, yardstick {about['yardstick_ms']} ms\n"
        f"{about['system']}, Python {about['python']}, SQLite {about['sqlite']}, {libraries}"
    )


def data_folder() -> Path:
    """Where the public data is, if it is here: ``$WRITETHRU_DATA``."""
    return Path(os.environ.get("WRITETHRU_DATA", "../shared/data"))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or sys.platform
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
