"""What is found, what is noise, what is unavailable: 73 classes of events on eight templates, us and our peers.

    python -m bench edit_matrix [--json] [--peers FOLDER] [--templates A,B] [--classes PART]

Every class of event happens on every template at an address of its own, on a local server:
the outlet edits its article, or something around it changes, or something else stands in its
place. Each tracker looks over loopback before the event and after it; ours is the real
watcher on a simulated clock (two hours before, 60 after). An edit counts as found if a change
was shown; a change whose kinds are all of print (``typographic``, ``whitespace``) is recorded
and labelled, and is no alarm. All articles, outlets and adverts are made up.

Peers run from an environment of their own, made for instance by
``uv venv FOLDER && uv pip install --python FOLDER/bin/python urlwatch changedetection.io``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.machine import heading, machine
from bench.matrix import ours
from bench.matrix.classes import CLASSES
from bench.matrix.peers import PEERS, NotInstalled
from bench.matrix.score import failures, score
from bench.matrix.server import Cell, cells, serving
from bench.matrix.templates import TEMPLATES

PEER_ENVIRONMENT = Path("/tmp/venv-peers")


def of_ours(shown: Sequence[Cell]) -> dict[str, Any]:
    """Our own row, with every cell that went wrong."""
    with tempfile.TemporaryDirectory() as made, serving(shown) as server:
        told = ours.look(server, shown, Path(made))
    return {"watcher": "writethru", **score(shown, told), "failures": failures(shown, told)}


def of_peer(name: str, shown: Sequence[Cell], environment: Path) -> dict[str, Any]:
    """A peer's row; what it calls a look is its own affair and is not scored."""
    try:
        with tempfile.TemporaryDirectory() as made, serving(shown) as server:
            told = PEERS[name](environment, server, shown, Path(made))
    except NotInstalled as missing:
        return {"watcher": name, "not_installed": str(missing)}
    row = score(shown, told)
    said = [word for cell in shown if cell.kind.group == "unavailable" for word in set(told[cell.slug].named)]
    for unfair in ("named", "named_of", "print_only"):
        del row[unfair]
    return {"watcher": name, **row, "said_of_unavailable": {word: said.count(word) for word in sorted(set(said))}}


def chosen(templates: str, classes: str) -> list[Cell]:
    """The cells asked for; empty: all."""
    named = templates.split(",") if templates else list(TEMPLATES)
    return cells(named, [kind for kind in CLASSES if classes in (*kind.name.split("|"), kind.group, "")])


def show(rows: Sequence[dict[str, Any]]) -> None:
    """For people."""
    print(f"{'':<26}{'edits found':>16}{'noise alarms':>16}{'unavailable as edit':>22}{'outcome named':>16}")
    for row in rows:
        if "not_installed" in row:
            print(f"{row['watcher']:<26}{row['not_installed']}")
            continue
        named = f"{row['named']} of {row['named_of']}" if "named" in row else ""
        print(
            f"{row['watcher']:<26}{row['found']:>7} of {row['found_of']:<5}{row['noise']:>8} of {row['noise_of']:<5}"
            f"{row['unavailable']:>14} of {row['unavailable_of']:<5}{named:>16}"
        )
    for failure in rows[0].get("failures", ()):
        print(
            f"  {failure['template']} | {failure['class']} | {', '.join(failure['named'])} | {failure['detail'][:160]}"
        )


def main() -> None:
    """Run, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true")
    options.add_argument("--peers", type=Path, default=PEER_ENVIRONMENT, metavar="FOLDER")
    options.add_argument("--only-ours", action="store_true")
    options.add_argument("--templates", default="", metavar="A,B")
    options.add_argument("--classes", default="", metavar="NAME|GROUP")
    given = options.parse_args()
    shown, about = chosen(given.templates, given.classes), machine()
    rows = [of_ours(shown)]
    if not given.only_ours:
        rows += [of_peer(name, shown, given.peers) for name in PEERS]
    if given.json:
        print(json.dumps({"machine": about, "cells": len(shown), "watchers": rows}, indent=2, ensure_ascii=False))
        return
    print(heading(about), f"{len(shown)} cells", sep="\n")
    show(rows)


if __name__ == "__main__":
    main()
