"""Digests as WARC writes them, and the digest we know a body by.

A *payload* is the HTTP body with the transfer coding (chunks) removed and the content
coding (gzip) kept: WARC/1.1, 6.3.2 and RFC 9110, 6.4. A *body* is the payload with the
content coding removed too.
"""

from __future__ import annotations

import base64
import hashlib

ALGORITHM = "sha256"
"""What our own records carry: SHA-1 can be forged, so it proves nothing to a third party."""

_KNOWN = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}


def body_digest(body: bytes) -> str:
    """SHA-256 of a decoded body, 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def labelled(content: bytes, algorithm: str = ALGORITHM) -> str:
    """``algorithm:BASE32``, the form that WARC tools write."""
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    return f"{algorithm}:{base64.b32encode(digest).decode('ascii')}"


def agrees(label: str, content: bytes) -> bool | None:
    """Is ``content`` what a labelled digest says? None: the algorithm is not known here.

    The value may be base32 or hexadecimal, in either case: all are found in the wild.
    """
    algorithm, _, value = label.partition(":")
    algorithm = algorithm.strip().lower().replace("-", "")
    if algorithm not in _KNOWN:
        return None
    digest = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    value = value.strip()
    return value.upper().rstrip("=") == base64.b32encode(digest).decode().rstrip("=") or value.lower() == digest.hex()
