"""Time stamps of sealed days (RFC 3161): the request, and what an answer says. Pure but for the folder of answers.

The stamp of a day stands in ``stamps/DAY.tsr`` of the evidence folder, as the authority sent it.
That it fits the day's root is checked here; whether the authority's signature is good, ``openssl ts`` says.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from writethru.errors import EvidenceError
from writethru.evidence import der
from writethru.evidence.ledger import Ledger
from writethru.evidence.openfile import sync_folder

STAMPS = "stamps"
SUFFIX = ".tsr"
_SHA256 = bytes.fromhex("300d06096086480165030402010500")  # AlgorithmIdentifier (RFC 5754, 2.2)
_SHA256_OID, _SIGNED_DATA, _TST_INFO = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
_GRANTED = (0, 1)  # granted, granted with modifications (RFC 3161, 2.4.2)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority states: this digest was known at this time.

    Attributes:
        at: UTC, by the authority's clock.
        imprint: SHA-256 of what was stamped, 64 hex digits.
        serial, policy: as the authority numbers and names them.
        nonce: from the request, None where it had none.
    """

    at: datetime
    imprint: str
    serial: int
    policy: str
    nonce: int | None = None


def imprint_of(root: str) -> str:
    """What is stamped for a seal: the SHA-256 of the root's 64 hex digits, so that ``printf ROOT`` can be checked."""
    return hashlib.sha256(root.encode("ascii")).hexdigest()


def query(root: str, nonce: int | None = None) -> bytes:
    """A request for a seal's root (RFC 3161, 2.4.1), in DER, that asks for the certificate too."""
    digest = der.write(der.SEQUENCE, _SHA256, der.write(der.OCTETS, bytes.fromhex(imprint_of(root))))
    asked = b"" if nonce is None else der.write_integer(nonce)
    return der.write(der.SEQUENCE, der.write_integer(1), digest, asked, der.write(der.BOOLEAN, b"\xff"))


def read_stamp(answer: bytes) -> Stamp:
    """What an answer states (RFC 3161, 2.4.2).

    Raises:
        EvidenceError: it is no answer, or a refusal.
    """
    try:
        return _stamp(der.read(answer).parts())
    except (IndexError, ValueError, UnicodeDecodeError) as error:
        raise EvidenceError("not a time stamp (RFC 3161)") from error


def _stamp(parts: list[der.Value]) -> Stamp:
    status = der.integer(parts[0].parts()[0])
    if status not in _GRANTED:
        raise EvidenceError(f"the authority refused the time stamp (status {status})")
    kind, wrapped = parts[1].parts()[:2]
    if der.dotted(kind.content) != _SIGNED_DATA:
        raise EvidenceError("the answer holds no signed data")
    kind, stated = wrapped.parts()[0].parts()[2].parts()[:2]
    if der.dotted(kind.content) != _TST_INFO:
        raise EvidenceError("what is signed is no time stamp")
    return _stated(der.read(stated.parts()[0].content).parts())


def _stated(parts: list[der.Value]) -> Stamp:
    algorithm, digest = parts[2].parts()[:2]
    if der.dotted(algorithm.parts()[0].content) != _SHA256_OID:
        raise EvidenceError("the time stamp is not of a SHA-256 digest")
    nonce = next((der.integer(part) for part in parts[5:] if part.tag == der.INTEGER), None)
    return Stamp(
        _time(parts[4].content.decode("ascii")),
        digest.content.hex(),
        der.integer(parts[3]),
        der.dotted(parts[1].content),
        nonce,
    )


def _time(text: str) -> datetime:
    """A GeneralizedTime, always UTC here (RFC 3161, 2.4.2): ``20260911120000.25Z``."""
    whole, _, part = text.removesuffix("Z").partition(".")
    micros = int(f"{part[:6]:0<6}") if part else 0
    return datetime.strptime(whole, "%Y%m%d%H%M%S").replace(microsecond=micros, tzinfo=UTC)


def place_of(folder: Path, day: str) -> Path:
    """Where the stamp of a day stands."""
    return folder / STAMPS / f"{day}{SUFFIX}"


def stamped(folder: Path) -> Iterator[tuple[str, Path]]:
    """Days that have a stamp, in order, with its place."""
    return ((path.name.removesuffix(SUFFIX), path) for path in sorted((folder / STAMPS).glob(f"*{SUFFIX}")))


def keep_stamp(folder: Path, day: str, answer: bytes) -> Path:
    """Keep an answer, whole or not at all.

    Raises:
        EvidenceError: it cannot be written.
    """
    place = place_of(folder, day)
    fresh = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as stream:
            stream.write(answer)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(place)
        sync_folder(place.parent)
    except OSError as error:
        raise EvidenceError("the time stamp cannot be kept", key=place) from error
    return place


def stamp_faults(folder: Path, ledger: Ledger) -> tuple[dict[str, Stamp], list[tuple[str, str]]]:
    """The stamps that fit their day's root, and what is wrong with the others (file, message)."""
    good: dict[str, Stamp] = {}
    faults: list[tuple[str, str]] = []
    for day, path in stamped(folder):
        name, seal = f"{STAMPS}/{path.name}", ledger.seals.get(day)
        try:
            stamp = read_stamp(path.read_bytes())
        except (EvidenceError, OSError) as error:
            faults.append((name, str(error)))
            continue
        if seal is None or stamp.imprint != imprint_of(seal.root):
            faults.append((name, f"the ledger's root of {day} is not the one that was stamped"))
        else:
            good[day] = stamp
    return good, faults
