"""Small archives of made-up outlets, and an archive by the live way to hold a bulk job against."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet
from sqlalchemy import select

from writethru.bulk.engines import Engine, InTurn
from writethru.bulk.job import Job
from writethru.bulk.model import BulkReport
from writethru.bulk.share_store import TEMPLATE
from writethru.bulk.shared_text import passage_rows
from writethru.bulk.stating import reading_row, statement_rows
from writethru.bulk.tables import ANALYSED
from writethru.evidence import EvidenceFolder
from writethru.evidence.records import build_record, new_record_id, warc_date
from writethru.export.service import Exchange
from writethru.storage import open_store
from writethru.storage.sqlstore import SqlStore
from writethru.watch.intake import Intake

NOW = datetime(2032, 1, 1, tzinfo=UTC)
START = datetime(2031, 3, 28, 6, tzinfo=UTC)

RECORD = ("outlets", "articles", "aliases", "extractions", "versions", "appearances", "changes", "edits")
"""Tables that must be the same to the byte; captures differ in where their evidence stands."""


@dataclass(frozen=True)
class Printed:
    """A page as it was served."""

    url: str
    hours: float
    paragraphs: Sequence[str]
    headline: str = "Ferry inquiry opens in the old port"
    outlet: str = "The Harbour Ledger"
    status: int = 200
    menu: str = "Most read: tides, ferries, weather"
    named: bool = True
    """The page names its address."""

    @property
    def at(self) -> datetime:
        """When."""
        return START + timedelta(hours=self.hours)

    def page(self) -> bytes:
        """The HTML."""
        body = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        address = f'<link rel="canonical" href="{self.url}">' if self.named else ""
        return (
            f"<!doctype html><html><head><title>{self.headline}</title>"
            f'<meta property="og:site_name" content="{self.outlet}">'
            f"{address}</head><body><nav><ul><li>{self.menu}</li></ul></nav>"
            f"<article><h1>{self.headline}</h1>{body}</article><footer>{self.menu}</footer></body></html>"
        ).encode()

    def record(self) -> bytes:
        """A WARC response record."""
        page = self.page()
        head = f"HTTP/1.1 {self.status} OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n"
        fields = [
            ("WARC-Record-ID", new_record_id()),
            ("WARC-Target-URI", self.url),
            ("WARC-Date", warc_date(self.at)),
            ("Content-Type", "application/http; msgtype=response"),
        ]
        return build_record("response", fields, head.encode() + b"\r\n" + page)


def paragraphs(number: int, figure: int = 12) -> list[str]:
    """Six paragraphs of a fictional report, each article's its own."""
    return [
        f"The inquiry into ferry {number} opened on Monday in the old port, with {figure} witnesses called to speak "
        f"before harbour judge Ilse Varen, who has sat on the bench of pier {number} for seven years.",
        f"“We were told at {number % 12 + 1} o’clock that the engine had stopped,” said Tomas Brandl, who ran the "
        f"ferry company’s night desk number {number} on the evening in question.",
        f"The company said repairs to vessel {number} had cost {figure + 3} million crowns since the spring, and that "
        "no passenger had been in danger at any time during the crossing.",
        f"A spokeswoman for the ministry would not say whether the licence of line {number} would be renewed when it "
        "runs out at the end of the summer season.",
        f"Fishermen of quay {number} had warned of the rusted gate for years, according to letters that were read out "
        "on the first day of the hearing.",
        f"The hearing of case {number} goes on next week in the town hall.",
    ]


def histories(articles: int, looks: int = 4, hosts: int = 2) -> list[Printed]:
    """Articles of some outlets, looked at in turn: unchanged, changed, furniture changed, brought back."""
    printed = []
    for look in range(looks):
        for number in range(articles):
            figure = (12, 12, 21, 12, 34)[look % 5] if number % 3 else 12
            menu = f"Most read: tides, ferries, weather {look}"
            host = f"ledger{number % hosts}.example"
            printed.append(
                Printed(
                    f"https://{host}/news/{number}", look * 400 + number * 0.1, paragraphs(number, figure),
                    headline=f"Ferry inquiry {number} opens in the old port", outlet=f"Ledger {number % hosts}",
                    menu=menu,
                )
            )  # fmt: skip
    return printed


def warc(path: Path, printed: Iterable[Printed]) -> Path:
    """A WARC file, each record its own gzip member."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for one in printed:
            file.write(gzip.compress(one.record(), 1, mtime=0))
    return path


def tables(folder: Path) -> dict[str, bytes]:
    """An export's tables that must be equal, and its captures without where their evidence stands."""
    found = {name: (folder / f"{name}.jsonl").read_bytes() for name in RECORD}
    rows = [json.loads(line) for line in (folder / "captures.jsonl").read_bytes().splitlines()]
    places = ("file", "offset", "length", "record_id")
    found["captures"] = "\n".join(
        json.dumps({name: value for name, value in row.items() if name not in places}) for row in rows
    ).encode()
    return found


@cache
def _empty() -> bytes:
    """An empty archive: making its tables takes longer than all else here."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        open_store(str(path)).close()
        return path.read_bytes()


def empty_archive(folder: Path, name: str = TEMPLATE) -> Path:
    """A copy of it."""
    path = folder / name
    if not path.exists():
        path.write_bytes(_empty())
    return path


def live(paths: Sequence[Path], folder: Path) -> dict[str, bytes]:
    """What an import of the files comes to."""
    folder.mkdir(parents=True)
    store = open_store(str(empty_archive(folder, "live.db")))
    Intake(store, EvidenceFolder(folder / "evidence"), lambda: NOW).run(paths)
    Exchange(store).write(folder / "export")
    store.close()
    return tables(folder / "export")


def taken_in(out: Path, folder: Path) -> dict[str, bytes]:
    """What a job's result comes to in an archive."""
    folder.mkdir(parents=True)
    store = open_store(str(empty_archive(folder, "taken.db")))
    Exchange(store).take_in(out)
    Exchange(store).write(folder / "export")
    store.close()
    return tables(folder / "export")


def bulk(paths: Sequence[Path], out: Path, engine: Engine | None = None) -> BulkReport:
    """Run a job."""
    return Job(out, engine or InTurn()).run(paths, NOW)


def analysed_rows(out: Path) -> dict[str, list[dict[str, Any]]]:
    """What a job found across articles: the rows of each table, by its key."""
    found = {}
    for name, listed in json.loads((out / "manifest.json").read_bytes())["analyses"].items():
        tables = [pyarrow.parquet.ParquetFile(out / one["file"]).read() for one in listed["files"]]
        rows = [row for table in tables for row in table.to_pylist()]
        found[name] = sorted(rows, key=lambda row: [row[key] for key in ANALYSED[name].key])
        assert len(rows) == listed["rows"]
    return found


def kept_rows(store: SqlStore) -> dict[str, list[dict[str, Any]]]:
    """The same of an archive that was analysed."""
    found: dict[str, list[dict[str, Any]]] = {}
    with store._database.read() as connection:
        for name, table in ANALYSED.items():
            if name not in ("passages", "readings", "statements"):
                rows = connection.execute(select(table.table).order_by(*map(table.table.c.get, table.key))).mappings()
                found[name] = [{key: row[key] for key in row if key not in table.without} for row in rows]
    found["passages"], found["readings"], found["statements"] = [], [], []
    for pair in sorted(store.reuse.pairs(), key=lambda pair: (pair.a_id, pair.b_id)):
        found["passages"] += map(plain, passage_rows(pair))
    for article in [summary.article.id for summary in store.article_summaries()]:
        read = store.statements.versions(article)
        units = store.statements.units(article, {digest for version in read for digest, _ in version.units})
        found["readings"] += [plain(reading_row(version)) for version in read]
        rows = map(plain, statement_rows(read, units))
        found["statements"] += sorted(rows, key=lambda row: (row["article_id"], row["digest"], row["position"]))
    return found


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """JSON as Parquet has it."""
    return {
        name: json.dumps(value, separators=(",", ":")) if isinstance(value, list | dict) else value
        for name, value in row.items()
    }


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a finished result but the ledger and the report, which say how long it took."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in ("ledger.jsonl", "report.json")
    }
