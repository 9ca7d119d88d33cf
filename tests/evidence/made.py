"""Exchanges as the fetcher would give them, made from bytes without a network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from writethru.fetch.coding import DecodeLimits, decode_content, final_head, parse_head, unframe
from writethru.fetch.digests import body_digest, labelled
from writethru.fetch.exchange import Exchange, Hop, TlsSession, Truncation

NOW = datetime(2026, 9, 11, 12, 0, 0, 250_000, tzinfo=UTC)
URL = "https://harbour-courier.example/news/ferry"
PAGE = b"<html><p>The ferry resumes on Friday.</p></html>"


def hop(wire: bytes, url: str = URL, *, truncated: Truncation = Truncation.NONE, at: datetime = NOW) -> Hop:
    """A hop that brought these bytes."""
    start, end = final_head(wire) or (0, 0)
    head = parse_head(wire[start:end])
    framed = unframe(head, wire[end:]) if head else None
    whole = head is not None and head.status != 304 and not truncated
    return Hop(
        url=url,
        request=b"GET /news/ferry HTTP/1.1\r\nHost: harbour-courier.example\r\n\r\n",
        interim=wire[:start] if head else b"",
        response_head=wire[start:end] if head else b"",
        response_body=wire[end:] if head else b"",
        payload=framed.payload if framed else b"",
        payload_digest=labelled(framed.payload) if framed and whole else "",
        head=head,
        unparsed=b"" if head else wire,
        peer="[2001:db8::7]:443",
        tls=TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256"),
        started=at,
        finished=at + timedelta(milliseconds=90),
        truncated=truncated,
    )


def exchange(*wires: bytes, url: str = URL, at: datetime = NOW) -> Exchange:
    """A look whose hops brought these bytes; the last one is decoded."""
    hops = tuple(hop(wire, url if number == 0 else f"{url}/{number}", at=at) for number, wire in enumerate(wires))
    last = hops[-1]
    whole = last.head is not None and last.status != 304
    body = decode_content(last.payload, last.headers, DecodeLimits()) if whole else b""
    return Exchange(url, hops, body, body_digest(body) if whole else "", "article")


def ok(body: bytes, *headers: str) -> bytes:
    """A 200 on the wire."""
    return "\r\n".join(["HTTP/1.1 200 OK", *headers, f"Content-Length: {len(body)}", "", ""]).encode() + body


def chunked(body: bytes, *headers: str) -> bytes:
    """A 200 in chunks of ten bytes."""
    head = "\r\n".join(["HTTP/1.1 200 OK", *headers, "Transfer-Encoding: chunked", "", ""]).encode()
    pieces = [body[at : at + 10] for at in range(0, len(body), 10)]
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n'
