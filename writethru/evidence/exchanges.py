"""From an exchange to its records. Pure.

Each hop gives a request and a response record that name each other; the last hop's
response is the one that a capture refers to. See docs/reference/evidence.md for the fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from writethru.errors import FetchError
from writethru.evidence.records import NOT_MODIFIED, SAME_PAYLOAD, build_record, new_record_id, warc_date
from writethru.fetch.exchange import Exchange, Hop

HTTP_RESPONSE = "application/http;msgtype=response"
_REQUEST = "application/http;msgtype=request"
_ABOUT_REFERRED = ("WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record ready to be written.

    Attributes:
        record_id: its WARC-Record-ID.
        content: the whole record, uncompressed.
        packed: how many bytes before the record's end are compressed already.
    """

    record_id: str
    content: bytes
    packed: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a hop stands in its exchange."""

    exchange: Exchange
    number: int  # 1, 2, …

    @property
    def is_last(self) -> bool:
        return self.number == len(self.exchange.hops)

    def fields(self) -> list[tuple[str, str]]:
        """Our own fields: what was first asked for, and for what."""
        several = len(self.exchange.hops) > 1
        return [
            ("Writethru-On-Behalf", self.exchange.on_behalf),
            ("Writethru-Hop", f"{self.number}/{len(self.exchange.hops)}" if several else ""),
            ("Writethru-Requested-URI", self.exchange.url if several else ""),
        ]


def exchange_records(exchange: Exchange, hint: Mapping[str, str], error: FetchError | None = None) -> list[NewRecord]:
    """All records of an exchange; the last one is the last hop's response.

    Args:
        hint: extra fields for the last response; with ``WARC-Refers-To…`` and an equal
            ``WARC-Payload-Digest`` it becomes a revisit (see ``revisit_hint``).
        error: why the look failed, if it did.
    """
    records: list[NewRecord] = []
    for number, hop in enumerate(exchange.hops, 1):
        place = _Place(exchange, number)
        extra = _extra_fields(hop, hint, error) if place.is_last else []
        records += _hop_records(hop, [*place.fields(), *extra])
    return records


def _extra_fields(hop: Hop, hint: Mapping[str, str], error: FetchError | None) -> list[tuple[str, str]]:
    own = [(name, value) for name, value in hint.items() if name.startswith("Writethru-")]
    if error is not None:
        return [*own, ("Writethru-Exchange-Error", error_field(error))]
    profile = _profile(hop, hint)
    if not profile:
        return [item for item in own if item[0] != "Writethru-Refers-To-Place"]
    return [("WARC-Profile", profile), *((name, hint.get(name, "")) for name in _ABOUT_REFERRED), *own]


def _profile(hop: Hop, hint: Mapping[str, str]) -> str:
    """Which kind of revisit this answer is, "" if none."""
    if hop.status == 304:
        return NOT_MODIFIED
    same = hint.get("WARC-Refers-To") and hint.get("WARC-Payload-Digest") == hop.payload_digest
    return SAME_PAYLOAD if same and hop.status == 200 else ""


def error_field(error: FetchError) -> str:
    """``code: message`` of a failed look."""
    return f"{error.code}: {error.message}"


def _hop_records(hop: Hop, fields: Sequence[tuple[str, str]]) -> list[NewRecord]:
    response_id, request_id = new_record_id(), new_record_id()
    common = [
        ("WARC-Target-URI", hop.url),
        ("WARC-Date", warc_date(hop.started)),
        ("WARC-IP-Address", hop.peer_ip),
        *_connection_fields(hop),
    ]
    records = []
    if hop.request:
        about = [("WARC-Record-ID", request_id), *common, ("WARC-Concurrent-To", response_id)]
        content = build_record("request", [*about, ("Content-Type", _REQUEST)], hop.request)
        records.append(NewRecord(request_id, content))
    if hop.interim:
        about = [("WARC-Record-ID", new_record_id()), *common, ("WARC-Concurrent-To", response_id)]
        fields_of_part = [("Content-Type", "application/octet-stream"), ("Writethru-Part", "interim responses")]
        records.append(NewRecord("", build_record("metadata", [*about, *fields_of_part], hop.interim)))
    concurrent = [("WARC-Concurrent-To", request_id if hop.request else "")]
    kind, described, block = _answer(hop, fields)
    content = build_record(kind, [("WARC-Record-ID", response_id), *common, *concurrent, *described, *fields], block)
    packed = len(block) - len(hop.response_head) if kind == "response" and hop.header("content-encoding") else 0
    return [*records, NewRecord(response_id, content, packed)]


def _connection_fields(hop: Hop) -> list[tuple[str, str]]:
    if hop.tls is None:
        return [("WARC-Protocol", f"http/{hop.head.version}" if hop.head else "")]
    return [
        ("WARC-Protocol", f"http/{hop.head.version}" if hop.head else ""),
        ("WARC-Protocol", hop.tls.version.lower().replace("tlsv", "tls/")),
        ("WARC-Cipher-Suite", hop.tls.cipher),
    ]


def _answer(hop: Hop, fields: Sequence[tuple[str, str]]) -> tuple[str, list[tuple[str, str]], bytes]:
    """Record type, describing fields and block for what came back."""
    cut = ("WARC-Truncated", hop.truncated.value)
    if hop.head is None:
        # not HTTP, or not yet: kept, but not as a response that readers would stumble over
        return "metadata", [("Content-Type", "application/octet-stream"), cut], hop.unparsed
    described = [
        ("Content-Type", HTTP_RESPONSE),
        cut,
        ("WARC-Payload-Digest", "" if hop.truncated else hop.payload_digest),
    ]
    profile = next((value for name, value in fields if name == "WARC-Profile"), "")
    if profile:
        return "revisit", described, hop.response_head
    return "response", described, hop.response_head + hop.response_body
