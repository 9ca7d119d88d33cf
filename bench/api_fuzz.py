"""Does the API do what its OpenAPI document says, whatever it is asked? Schemathesis asks, with all of its checks.

``tests/api/test_openapi.py`` asks a few requests a route, always the same; here there are as many as are asked for, and then
walks from answer to answer along links that schemathesis infers (``--walks``).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode

from bench.machine import heading, machine
from tests.api.served import made_archive
from tests.api.test_openapi import NOT_ASKED
from writethru.web import create_app


def rules(examples: int) -> settings:
    """So many requests, made up anew each time."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def fuzzed(operation: Any, mode: GenerationMode, examples: int, counts: Counter[str]) -> None:
    """Ask one operation; what fails is printed and counted."""

    @rules(examples)
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        counts["requests"] += 1
        case.call_and_validate(excluded_checks=NOT_ASKED)

    try:
        ask()
    except Unsatisfiable:
        counts["routes that cannot be asked wrongly"] += 1
    except BaseException as failure:  # schemathesis groups its failures
        counts["failures"] += 1
        print(f"{operation.label} ({mode.value}):\n{failure}\n{getattr(failure, 'exceptions', '')}", flush=True)


def walked(document: Any, walks: int, counts: Counter[str]) -> None:
    """Stateful walks."""
    machine_ = document.as_state_machine()
    try:
        machine_.run(settings=rules(walks))
    except BaseException as failure:
        counts["failures"] += 1
        print(f"walking: {failure}\n{getattr(failure, 'exceptions', '')}", flush=True)
    counts["walks"] += walks


def main(arguments: list[str]) -> int:
    """Ask every operation in both modes; then walk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100, help="requests a route and mode")
    parser.add_argument("--walks", type=int, default=0)
    options = parser.parse_args(arguments)
    print(heading(machine()), file=sys.stderr)
    counts: Counter[str] = Counter()
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder, made_archive(Path(folder)) as archive:
        document = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(archive))
        for found in document.get_all_operations():
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                fuzzed(found.ok(), mode, options.examples, counts)
            counts["routes"] += 1
        if options.walks:
            walked(document, options.walks, counts)
    print(
        ", ".join(f"{count:,} {name}" for name, count in counts.items()),
        f"in {time.process_time() - started:.0f} s CPU",
    )
    return int(counts["failures"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
