"""A dossier as tables: one CSV file for each part, in a zip."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from writethru.dossier.schema import DossierForm

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""Of every file in the zip, so that equal dossiers are equal bytes."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheets."""


def to_tables(form: DossierForm) -> bytes:
    """A zip of CSV files, UTF-8 with a header line; ``evidence.csv`` has the sentences that the others refer to."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(form):
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", _MOMENT), _csv(rows), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tables(form: DossierForm) -> Iterator[tuple[str, Sequence[dict[str, Any]]]]:
    yield "articles", [dict(one) for one in form["articles"]]
    yield "evidence", [dict(one) for one in form["evidence"]]
    yield "figures", list(_figures(form))
    yield "counted", [dict(one) for one in form["counted"]]
    yield "deadlines", [{"question": at, **one} for at, q in enumerate(form["deadlines"], 1) for one in q["deadlines"]]
    yield "blame", [{"question": at, **one} for at, q in enumerate(form["blame"], 1) for one in q["accusations"]]
    yield "quotations", list(_quotations(form))
    yield "timeline", [dict(one) for one in form["timeline"]]
    yield "statements", [dict(one) for one in form["statements"]]
    yield "commitments", list(_commitments(form))
    yield "editors", [dict(one) for one in form["editors"]]
    yield "changes", [dict(one) for one in form["changes"]]
    yield "relations", list(_relations(form))
    yield "dropped", [{"utterance": at, **one} for at, u in enumerate(form["utterances"], 1) for one in u["dropped"]]
    yield "stemma", [dict(one) for one in form["stemma"]]
    yield "alone", [{"evidence": one} for one in form["alone"]]
    yield "open", list(_open(form))
    yield "method", list(_method(form))


def _figures(form: DossierForm) -> Iterator[dict[str, Any]]:
    for at, question in enumerate(form["figures"], 1):
        for number, position in enumerate(question["positions"], 1):
            for claim in position["claims"]:
                yield {"question": at, "asked": question["what"], "position": number, **claim}


def _relations(form: DossierForm) -> Iterator[dict[str, Any]]:
    for at, question in enumerate(form["figures"], 1):
        for one in question["relations"]:
            first, second = (number + 1 for number in one["positions"])
            yield {"question": at, **one, "positions": f"{first} {second}"}


def _open(form: DossierForm) -> Iterator[dict[str, Any]]:
    for date in form["open"]["dates"]:
        yield {"open": "date", **date}
    for one in form["open"]["unattributed"]:
        yield {"open": "speaker", "written": one["written"], "why": "no speaker was read", "evidence": one["evidence"]}


def _method(form: DossierForm) -> Iterator[dict[str, Any]]:
    method = form["method"]
    for name, number in method["left_out"].items():
        yield {"what": "left out", "words": f"{number} of {name.replace('_', ' ')}"}
    for name, rows in (("note", method["notes"]), ("limit", method["limits"])):
        yield from ({"what": name, "words": words} for words in rows)


def _commitments(form: DossierForm) -> Iterator[dict[str, Any]]:
    for at, group in enumerate(form["commitments"], 1):
        for line in group["lines"]:
            yield {
                "commitment": at,
                **line,
                "state": group["state"],
                "reason": group["reason"],
                "cited": group["cited"],
            }


def _quotations(form: DossierForm) -> Iterator[dict[str, Any]]:
    for at, utterance in enumerate(form["utterances"], 1):
        for printing in utterance["printings"]:
            differences = "; ".join(f"{d['printed']!r} for {d['fullest']!r}" for d in printing["differences"])
            yield {"utterance": at, **printing, "differences": differences}


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    written = io.StringIO()
    if rows:
        table = csv.DictWriter(written, list(rows[0]), lineterminator="\r\n")
        table.writeheader()
        table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = " ".join(str(one) for one in value)
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode("utf-8")
        return f"'{value}" if value.startswith(_RISKY) else value
    return value
