"""Turns the manuscripts into what the replay press serves and what the tests expect.

``python -m writethru.press.demo.build`` writes ``articles.jsonl``, ``expected.json`` and
``docs/reference/demo-press.md``; with ``--check`` it writes nothing and names the files that are out of date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from writethru.press.demo.expectation import expectations
from writethru.press.demo.manuscript import FIELDS, Manuscript, Piece, State, parse
from writethru.press.demo.table import reference_page
from writethru.press.demo.typeset import typeset

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "reference" / "demo-press.md"

LOCAL = timezone(timedelta(hours=1))
"""Marrin keeps one hour ahead of UTC all year."""

_STAMPS = {
    "ledger.example": "zoned",
    "mpb.example": "zoned",
    "undertow.example": "utc",
    "westmarkcourier.example": "naive",
}
"""How each outlet states times: with its zone, in UTC, or as local time without saying so."""


def manuscripts(folder: Path = HERE / "articles") -> tuple[Manuscript, ...]:
    """All manuscripts, in order of file name."""
    return tuple(parse(path.read_text("utf-8"), name=path.name) for path in sorted(folder.glob("*.txt")))


def lines(manuscript: Manuscript) -> list[dict[str, Any]]:
    """The manuscript's states as lines of ``articles.jsonl``."""
    made: list[dict[str, Any]] = []
    for state in manuscript.states:
        made.append(_line(manuscript, state, made))
    return made


def _line(manuscript: Manuscript, state: State, earlier: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    fields = {name: typeset(state.fields.get(name, ""), state.settings) for name in FIELDS}
    stamp = stamped(state.time, manuscript.outlet)
    first = earlier[0] if earlier else None
    last = earlier[-1] if earlier else None
    fields["published"] = state.fields.get("published") or (first["published"] if first else stamp)
    if "modified" not in state.fields:
        fields["modified"] = last["modified"] if last and "silent" in state.flags else (stamp if last else "")
    return {
        "outlet": manuscript.outlet,
        "path": manuscript.path,
        "time": state.time,
        **fields,
        "blocks": [_block(piece, state) for piece in state.pieces],
        "in_feed": "unlisted" not in state.flags,
        "lesson": state.lesson,
    }


def _block(piece: Piece, state: State) -> dict[str, str]:
    block = {"kind": piece.kind, "text": typeset(piece.text, state.settings)}
    return block | {"id": piece.id, "time": piece.time} if piece.kind == "entry" else block


def stamped(time: str, outlet: str) -> str:
    """The outlet's own way of stating ``time`` (ISO 8601 with Z)."""
    moment = datetime.fromisoformat(time.replace("Z", "+00:00"))
    style = _STAMPS[outlet]
    if style == "utc":
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    local = moment.astimezone(LOCAL).isoformat(timespec="seconds")
    return local[:16] if style == "naive" else local


def built() -> dict[Path, str]:
    """Every generated file with its content."""
    all_manuscripts = manuscripts()
    made = [(manuscript, lines(manuscript)) for manuscript in all_manuscripts]
    events = read_jsonl(HERE / "events.jsonl")
    in_time = sorted((line for _, its in made for line in its), key=lambda line: (line["time"], line["path"]))
    expected = expectations(made, events)
    return {
        HERE / "articles.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in in_time),
        HERE / "expected.json": json.dumps(expected, ensure_ascii=False, indent=1) + "\n",
        PAGE: reference_page(made, events, expected["totals"]),
    }


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the generated files, or with ``--check`` say which differ (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is out of date")
    check = parser.parse_args(arguments).check
    files = built()
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        sys.stdout.write(f"{'out of date' if check else 'written'}: {path.name}\n")
        if not check:
            path.write_text(files[path], "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
