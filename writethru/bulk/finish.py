"""Last step of a job: outlets get their numbers, articles their outlets, and the manifest names every file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from writethru.bulk.model import WrittenFile
from writethru.bulk.partitions import Partitions, one_file
from writethru.bulk.share import share_path
from writethru.bulk.tables import ANALYSED, analysed_dictionary
from writethru.bulk.whole import lines_of, write_json
from writethru.export.dictionary import dictionary
from writethru.export.formats import Parquet
from writethru.export.service import BULK, MANIFEST, VERSION
from writethru.storage.columns import from_micros
from writethru.storage.exchange import EXCHANGED


def finish(folder: Path, out: Path, shares: int, files: Sequence[WrittenFile]) -> list[WrittenFile]:
    """Write what needs all shares, and the manifest; all files of the result."""
    outlets = number_outlets(folder, shares)
    format_ = Parquet()
    rows = [{"id": number, "name": name, "host": host} for name, (number, host) in outlets.items()]
    whole = [one_file(out, "outlets", rows, format_), one_file(out, "sources", [], format_)]
    for share in range(shares):
        whole += _articles(folder, out, share, {name: number for name, (number, _) in outlets.items()})
    written = [*whole, *files]
    write_json(out / "dictionary.json", {**dictionary(), **analysed_dictionary()})
    tables = {table: _entry([file for file in written if file.table == table]) for table in (*EXCHANGED, *ANALYSED)}
    head = {"kind": BULK, "version": VERSION, "format": "parquet", "since": None}
    record = {table: tables[table] for table in EXCHANGED}
    write_json(out / MANIFEST, {**head, "tables": record, "analyses": {table: tables[table] for table in ANALYSED}})
    return written


def number_outlets(folder: Path, shares: int) -> dict[str, tuple[int, str]]:
    """Name to number and host: numbered in the order in which looks named them; the first host that is known counts."""
    first: dict[str, int] = {}
    hosts: dict[str, tuple[int, str]] = {}
    for share in range(shares):
        for look, name, host in lines_of(share_path(folder, share, "outlets")):
            first[name] = min(look, first.get(name, look))
            if host and (name not in hosts or look < hosts[name][0]):
                hosts[name] = (look, host)
    ordered = sorted(first, key=lambda name: first[name])
    return {name: (number, hosts.get(name, (0, ""))[1]) for number, name in enumerate(ordered, 1)}


def _articles(folder: Path, out: Path, share: int, outlets: dict[str, int]) -> list[WrittenFile]:
    files = Partitions(out, "articles", f"{share:06d}", Parquet())
    for name, row in lines_of(share_path(folder, share, "articles")):
        added = from_micros(row["added_at"])
        files.add({**row, "outlet_id": outlets.get(name), "added_at": added}, name, added)
    return files.close()


def _entry(files: list[WrittenFile]) -> dict[str, Any]:
    """Files in the order in which they can be taken in: share by share, month by month."""
    ordered = sorted(files, key=lambda file: (Path(file.file).name, Path(file.file).parent.name, file.file))
    listed = [{"file": file.file, "rows": file.rows, "sha256": file.sha256} for file in ordered]
    return {"rows": sum(file.rows for file in files), "files": listed}
