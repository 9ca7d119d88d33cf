"""Plays from a versions file: JSON Lines (.jsonl or .jsonl.gz), one version a line.

Fields: ``outlet``, ``url``, ``time`` (ISO), ``title``, ``text`` or ``html``; optional ``published``. Others are
ignored.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from writethru.errors import MalformedInput, UnreadableInput
from writethru.press.moments import parse_time
from writethru.press.plays import Article, Copy, Plays, Site, Version, split_url
from writethru.press.template import HtmlCopy, TextCopy, lines_of

MAX_LINE = 64_000_000
"""Bytes in one line; a longer one is skipped."""

MAX_TOTAL = 1_000_000_000
"""Bytes of all lines, unpacked: what is played is held in memory."""


@dataclass
class Compositor:
    """Collects versions while reading and makes plays of them."""

    warnings: list[str] = field(default_factory=list)
    _versions: dict[tuple[str, str], list[Version]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, host: str, path: str, version: Version, *, name: str = "") -> None:
        """One version at a place; ``name`` is the outlet's."""
        self._versions.setdefault((host, path), []).append(version)
        # A host under which several outlets publish is called by its host name.
        if self._names.setdefault(host, name or host) != name:
            self._names[host] = host

    def skip(self, where: str, why: str) -> None:
        """Note what could not be used."""
        self.warnings.append(f"{where}: {why}")

    def plays(self, source: Path) -> Plays:
        """Everything collected.

        Raises:
            MalformedInput: nothing was.
        """
        if not self._versions:
            why = f"; the first problem: {self.warnings[0]}" if self.warnings else ""
            raise MalformedInput(f"holds no version that can be played{why}", key=source)
        articles: dict[str, dict[str, Article]] = {host: {} for host in self._names}
        for (host, path), versions in self._versions.items():
            articles[host][path] = Article.of(host, path, versions)
        sites = {host: Site(host, self._names[host], found) for host, found in articles.items()}
        return Plays(sites, warnings=tuple(self.warnings))


def read_versions(path: Path) -> Plays:
    """Plays of a versions file; a bad line is skipped and named in ``warnings``.

    Raises:
        UnreadableInput: it cannot be opened, or unpacks to more than 1 GB.
        MalformedInput: not one line is usable.
    """
    made = Compositor()
    try:
        with path.open("rb") as raw:
            for number, line in _lines(raw, path, made):
                _add_line(made, f"{path.name}:{number}", line)
    except OSError as problem:
        raise UnreadableInput("cannot be read", key=path) from problem
    return made.plays(path)


def _lines(raw: BinaryIO, path: Path, made: Compositor) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; ends with a warning where packed data break off."""
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    stream: Any = gzip.GzipFile(fileobj=raw) if packed else raw
    number = total = 0
    while True:
        try:
            line = stream.readline(MAX_LINE + 1)
            number += 1
            total += len(line)
            if len(line) > MAX_LINE:
                total += _to_line_end(stream)
                made.skip(f"{path.name}:{number}", f"a line of more than {MAX_LINE} bytes")
                continue
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            made.skip(f"{path.name}:{number + 1}", f"the compressed file is damaged from here on ({problem})")
            return
        if total > MAX_TOTAL:
            raise UnreadableInput(f"unpacks to more than {MAX_TOTAL} bytes; split it", key=path)
        if not line:
            return
        if line.strip():
            yield number, line


def _to_line_end(stream: Any) -> int:
    skipped = 0
    while True:
        part = stream.readline(1_000_000)
        skipped += len(part)
        if not part or part.endswith(b"\n"):
            return skipped


def _add_line(made: Compositor, where: str, line: bytes) -> None:
    try:
        form = json.loads(line)
        if not isinstance(form, dict):
            raise ValueError("not a JSON object")
        host, path = split_url(_text(form, "url"))
        version = _version(form)
    except RecursionError:
        made.skip(where, "nested too deeply")
    except ValueError as problem:
        made.skip(where, f"not a version: {problem}")
    else:
        made.add(host, path, version, name=str(form.get("outlet") or ""))


def _version(form: Mapping[str, Any]) -> Version:
    title = _text(form, "title", "")
    copy: Copy
    if "text" in form:
        copy = TextCopy(title, _text(form, "text"))
        lines = lines_of(copy.text)
    elif "html" in form:
        copy, lines = HtmlCopy(_text(form, "html")), []
    else:
        raise ValueError("neither 'text' nor 'html'")
    return Version(
        time=parse_time(form.get("time")),
        headline=title,
        copy=copy,
        summary=lines[0][:240] if lines else "",
        published=_published(form.get("published")),
        templated=isinstance(copy, TextCopy),
    )


def _published(value: object) -> datetime | None:
    # A stated date that cannot be read is no reason to lose the version.
    with suppress(ValueError):
        return parse_time(value)
    return None


def _text(form: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = form.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"no {name!r}" if value is None else f"{name!r} is not a string")
    return value
