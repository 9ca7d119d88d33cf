"""Why a page was read as it was: every block with its verdict and reason, as one HTML page.

All text of the page is escaped; the result carries no script and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from writethru.extraction.decoding import decode
from writethru.extraction.dump import Judged, judge_dump
from writethru.extraction.reader import extract, is_html
from writethru.model import BODY_KINDS, Extraction

_MAX_SHOWN = 5_000
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}"
    "table{border-collapse:collapse}td,th{padding:.1rem .8rem .1rem 0;text-align:left;vertical-align:top}"
    ".row{display:grid;grid-template-columns:10rem 1fr;gap:.8rem;border-left:.4rem solid #bbb}"
    ".row{padding:.2rem .6rem;margin:.15rem 0}"
    ".body{border-color:#2e7d32;background:#f1f8f1}.beside{border-color:#1565c0;background:#eef4fb}.out{color:#6b6b6b}"
    ".why{font:12px/1.6 ui-monospace,monospace}.why b{display:block}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One block: what it was taken for ("" where it was left out), why, where it stood, its text."""

    kind: str
    reason: str
    place: str
    text: str

    @property
    def colour(self) -> str:
        """CSS class: part of the text, beside it (captions, credits), or left out."""
        if not self.kind:
            return "out"
        return "body" if self.kind in {kind.value for kind in BODY_KINDS} else "beside"


def explain(page: bytes | str, url: str | None = None, *, content_type: str = "") -> str:
    """An HTML page that shows every block of ``page`` with verdict and reason.

    Raises:
        UnknownKind: not a page at all, as ``extract``.
    """
    read = extract(page, url, content_type=content_type)
    text = decode(page, content_type).text
    rows = list(_page_rows(text, url) if is_html(text, content_type) else _dump_rows(text, url))
    shown = "".join(_row(row) for row in rows[:_MAX_SHOWN])
    more = f"<p>{len(rows) - _MAX_SHOWN} more blocks are not shown.</p>" if len(rows) > _MAX_SHOWN else ""
    title = escape(read.headline or "(no headline)")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: how it was read</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{_fields(read)}"
        "<p>Green: the article’s text. Blue: captions and credits. Grey: left out.</p>"
        f"{shown}{more}</body></html>"
    )


def _fields(read: Extraction) -> str:
    names = ("standfirst", "byline", "dateline", "published", "modified", "outlet", "agency", "section", "language")
    rows = [(name, str(getattr(read, name)), read.provenance.get(name, "")) for name in names if getattr(read, name)]
    rows += [("sign", sign.value, "") for sign in sorted(read.signs)] + [("note", note, "") for note in read.notes]
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td><td>{escape(source)}</td></tr>"
        for name, value, source in rows
    )
    return f"<table><tr><th>field</th><th>value</th><th>read from</th></tr>{cells}</table>"


def _row(row: Row) -> str:
    verdict = escape(row.kind or "left out")
    why = f"<b>{verdict}</b>{escape(row.reason)}<br>{escape(row.place)}"
    return f'<div class="row {row.colour}"><div class="why">{why}</div><div dir="auto">{escape(row.text)}</div></div>'


def _page_rows(text: str, url: str | None) -> Iterator[Row]:
    from writethru.extraction.page import read_segments

    reading = read_segments(text, url)
    if reading is None:
        return
    for segment, verdict in zip(reading.page.segments, reading.verdicts, strict=True):
        kind = verdict.kind.value if verdict.kind else ""
        yield Row(kind, verdict.reason, segment.frame.tag, segment.text)


def _dump_rows(text: str, url: str | None) -> Iterator[Row]:
    for judged in judge_dump(text, url):
        yield _dump_row(judged)


def _dump_row(judged: Judged) -> Row:
    kind = judged.kind.value if judged.kind else ""
    return Row(kind, judged.reason, f"line {judged.line.number}", judged.line.text)
