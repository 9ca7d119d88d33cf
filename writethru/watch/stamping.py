"""Time stamps for sealed days (RFC 3161): asked of an authority, and its signature checked by ``openssl ts``."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from writethru.errors import ConfigError, EvidenceError, FetchError, FetchTimeout
from writethru.evidence import EvidenceFolder, Seal
from writethru.evidence.stamps import imprint_of, keep_stamp, place_of, query, read_stamp

PATIENCE: Final = 30.0
LARGEST: Final = 1_000_000
"""Bytes of an answer; real ones have some thousands."""


def stamp_days(evidence: EvidenceFolder, authority: str) -> list[str]:
    """Have every sealed day that has no time stamp yet stamped; the days that have one now.

    Raises:
        ConfigError: ``authority`` is no http URL.
        FetchError: it does not answer.
        EvidenceError: what it answers is no time stamp of ours.
    """
    if urlsplit(authority).scheme not in ("http", "https"):
        raise ConfigError("needs the http URL of a time-stamp authority", key="archive.timestamp_url")
    waiting = [seal for seal in evidence.ledger().seals.values() if not place_of(evidence.path, seal.day).exists()]
    for seal in waiting:
        _stamp(evidence.path, seal, authority)
    return [seal.day for seal in waiting]


def _stamp(folder: Path, seal: Seal, authority: str) -> None:
    nonce = secrets.randbits(64)
    answer = _ask(authority, query(seal.root, nonce))
    stamp = read_stamp(answer)
    if stamp.imprint != imprint_of(seal.root) or stamp.nonce != nonce:
        raise EvidenceError("the authority stamped something else than it was asked for", key=authority)
    keep_stamp(folder, seal.day, answer)


def _ask(authority: str, asked: bytes) -> bytes:
    request = Request(authority, asked, {"Content-Type": "application/timestamp-query"})  # noqa: S310 (http only)
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            content: bytes = answer.read(LARGEST + 1)
    except TimeoutError as error:
        raise FetchTimeout("the time-stamp authority does not answer", key=authority) from error
    except (OSError, HTTPException) as error:
        raise FetchError("the time-stamp authority does not answer", key=authority) from error
    if len(content) > LARGEST:
        raise EvidenceError("the answer is too long for a time stamp", key=authority)
    return content


def signature_fault(folder: Path, day: str, root: str, authorities: Path) -> str:
    """What is wrong with the signature of a day's stamp, "" if nothing.

    Args:
        authorities: PEM file of root certificates.

    Raises:
        ConfigError: there is no such file, or no ``openssl`` to check with.
    """
    if not authorities.is_file():
        raise ConfigError("there is no such file", key=f"archive.timestamp_ca {authorities}")
    openssl = shutil.which("openssl")
    if openssl is None:
        raise ConfigError("openssl is not installed; it is needed to check signatures", key="archive.timestamp_ca")
    done = subprocess.run(  # noqa: S603 (no shell, our own arguments)
        [
            *(openssl, "ts", "-verify", "-digest", imprint_of(root)),
            *("-in", str(place_of(folder, day)), "-CAfile", str(authorities)),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode == 0:
        return ""
    said = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip())
    return f"stamps/{day}.tsr: its signature is not good: {said.rsplit(':', 1)[-1].strip() or 'openssl refuses it'}"
