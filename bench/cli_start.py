"""CPU of starting the command line: what a person waits for before anything is done.

    python -m bench cli_start [--runs N] [--json]

Each command runs in a process of its own, its bytecode compiled by a run before, as for anyone
who starts it a second time; user and system time are those of the process. ``python -c pass``,
``import click`` and ``import sqlalchemy`` are the floors it stands on.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from machine import heading, machine

from writethru.storage import open_store

LIMIT = 0.3
"""CPU seconds that a start may take."""

ROOT = Path(__file__).resolve().parent.parent


def cpu_of(command: list[str], folder: str) -> float:
    """CPU seconds of one run; bytecode is kept in ``folder``."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(runs: int) -> list[dict[str, Any]]:
    """Each command's best and median CPU."""
    python = [sys.executable]
    cli = [*python, "-m", "writethru"]
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/writethru.db"
        open_store(database).close()
        commands = {
            "python -c pass": [*python, "-c", "pass"],
            "python -c 'import click'": [*python, "-c", "import click"],
            "python -c 'import sqlalchemy'": [*python, "-c", "import sqlalchemy"],
            "writethru --help": [*cli, "--help"],
            "writethru --version": [*cli, "--version"],
            "writethru status": [*cli, "status", "--db", database],
            "writethru status --json": [*cli, "status", "--db", database, "--json"],
            "writethru articles --json": [*cli, "articles", "--db", database, "--json"],
        }
        results = []
        for name, command in commands.items():
            cpu_of(command, folder)
            times = [cpu_of(command, folder) for _ in range(runs)]
            results.append(
                {"command": name, "best_s": round(min(times), 3), "median_s": round(statistics.median(times), 3)}
            )
    return results


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    about, results = machine(), measure(given.runs)
    if given.json:
        print(json.dumps({"machine": about, "limit_s": LIMIT, "results": results}, indent=2))
        return
    print(heading(about))
    for row in results:
        print(f"{row['command']:<30} {row['best_s']:.3f} s CPU (median {row['median_s']:.3f})")


if __name__ == "__main__":
    main()
