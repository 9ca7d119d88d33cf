"""WARC files made by hand for the tests, record by record."""

from __future__ import annotations

import gzip

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Words.</p>"


def record(number: int, block: bytes = HTML, kind: str = "response", **headers: str) -> bytes:
    """One WARC record; ``number`` makes its id, date and URL. Underscores in header names become hyphens."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id(number),
        "WARC-Date": f"2020-01-02T03:04:{number:02}Z",
        "WARC-Target-URI": f"http://news.example/{number}",
        "Content-Type": "application/http; msgtype=response",
    }
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"WARC/1.1\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def record_id(number: int) -> str:
    """The WARC-Record-ID of a record."""
    return f"<urn:uuid:00000000-0000-0000-0000-{number:012}>"


def plain(*records: bytes) -> bytes:
    """An uncompressed WARC file."""
    return b"".join(records)


def zipped(*records: bytes) -> bytes:
    """A WARC file with one gzip member a record."""
    return b"".join(gzip.compress(each) for each in records)


def chunked(payload: bytes) -> bytes:
    """A body in chunks of ten bytes."""
    pieces = [payload[at : at + 10] for at in range(0, len(payload), 10)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
