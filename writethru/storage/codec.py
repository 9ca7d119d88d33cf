"""Packing texts and JSON forms into few bytes, and back. Pure: no database here.

A version is compressed by zstd with the version before it as a raw-content prefix, so
that an edit costs about as many bytes as it changes. Every ``KEYFRAME_EVERY``-th
version at the latest stands alone (a keyframe): reading any version takes at most
that many decodes. Frames are ordinary zstd frames (RFC 8878): ``zstd -d
--patch-from`` reads them without this code.

``LEVEL`` was chosen by a sweep over 1,568 versions of 745 pages, 6.5 KB each (CPU us per
version / bytes per version, keyframes and deltas together): level 3 75 / 1,194,
**6 136 / 1,152**, 9 223 / 1,148, 12 613 / 1,142, 19 1,400 / 1,129. Past 6, time
multiplies and bytes hardly fall.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import zstandard

from writethru.model import ArticleText

KEYFRAME_EVERY = 10
LEVEL = 6
MIN_PREFIX = 8
"""Bytes; zstd ignores a shorter prefix."""

FORM_LEVEL = 3
"""Swept over 823 changes (us / bytes): 1 40 / 1,069, **3 44 / 1,064**, 6 118 / 1,007; without the prefix 43 / 1,247."""

FORM_PREFIX = (
    b'{"extractor":"page/1","headline":"","standfirst":"","byline":"By ","dateline":"","published":"20",'
    b'"modified":null,"outlet":"","agency":"","section":"","language":"en","canonical_url":"https://www.","provenance":{"headline":'
    b'"json-ld","published":"meta","byline":"page"},"signs":[],"notes":["no date on the page"]}'
    b'"detail":{"from":"","to":""}},{"kind":"typographic"}{"kind":"figure","old":[[0,{"format":1,"plain":[false,false],'
    b'"from":"","to":"","summary":"One sentence added; one sentence removed; one sentence rewritten.","kinds":["wor'
    b'ding"],"significance":0.08,"terms":[["wording",1,0.08]],"empty":false,"visible":true,"substantial":true,"edits":[{"op":'
    b'"added","where":"paragraph","kinds":["wording"],"old":[],"new":[{"where":"paragraph","block":12,"start":0,"text":""'
    b',"marks":[[0,46]]}],"findings":[{"kind":"wording"}]},{"op":"removed","where":"paragraph","kinds":["wording"],"old":'
    b'[{"where":"paragraph","block":1,"start":0,"text":"","marks":[[0,107]]}],"new":[],"findings":[{"kind":"wording"}]},'
    b'{"op":"rewritten","where":"paragraph","kinds":["wording"],"old":[{"where":"paragraph","block":7,"start":0,"text":"",'
    b'"marks":[[0,15]]}],"new":[{"where":"paragraph","block":7,"start":0,"text":"","marks":[]}],"findings":[{"kind":'
    b'"wording"}]}],"patch":{"units":[57,58],"runs":[[0,0,51],[51,52,6]],"old":[],"new":[[51,"paragraph","\\n\\n",[0]]]}}'
)
"""What forms have in common, as a prefix for zstd. Never edit it: stored forms need exactly these bytes."""


class _Contexts(threading.local):
    """zstd's contexts, which threads must not share; made once, because making one costs more than using it."""

    def __init__(self) -> None:
        prefix = zstandard.ZstdCompressionDict(FORM_PREFIX, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        prefix.precompute_compress(level=FORM_LEVEL)
        self.compressor = zstandard.ZstdCompressor(level=LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()
        self.form_compressor = zstandard.ZstdCompressor(level=FORM_LEVEL, dict_data=prefix)
        self.form_decompressor = zstandard.ZstdDecompressor(dict_data=prefix)


_contexts = _Contexts()


class DamageError(ValueError):
    """Packed bytes that do not give back what was packed."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One version's text as stored.

    Attributes:
        number: of the version.
        keyframe: number of the version that stands alone and that this one rests on,
            directly or through those between.
        size: bytes before packing.
        digest: SHA-256 of the bytes before packing, 64 hex digits.
        data: the zstd frame.
    """

    number: int
    keyframe: int
    size: int
    digest: str
    data: bytes


def sha256(stored: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(stored).hexdigest()


def compress(plain: bytes, prefix: bytes = b"") -> bytes:
    """A zstd frame of ``plain``, given that the reader has ``prefix``."""
    if len(prefix) < MIN_PREFIX:
        return _contexts.compressor.compress(plain)
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=len(plain), dict_size=len(prefix), write_content_size=True, write_dict_id=False
    )
    known = zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(dict_data=known, compression_params=parameters).compress(plain)


def decompress(frame: bytes, prefix: bytes = b"", *, size: int) -> bytes:
    """Inverse of ``compress``; ``size`` is the length it must have, which bounds memory.

    Raises:
        DamageError: the frame is broken or is of another size.
    """
    try:
        if zstandard.frame_content_size(frame) != size:
            raise DamageError(f"the packed bytes are not of {size} bytes")
        if len(prefix) < MIN_PREFIX:
            return _contexts.decompressor.decompress(frame)
        known = zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        return zstandard.ZstdDecompressor(dict_data=known).decompress(frame)
    except zstandard.ZstdError as error:
        raise DamageError(str(error)) from error


def pack(plain: bytes, digest: str, before: Packed | None, prefix: bytes) -> Packed:
    """The next version's stored form.

    Args:
        plain: its bytes; ``digest`` their SHA-256.
        before: the version before as stored, None for the first.
        prefix: the bytes of the version before.
    """
    number = before.number + 1 if before else 1
    if before and number - before.keyframe < KEYFRAME_EVERY:
        delta = compress(plain, prefix)
        if len(delta) * 2 < len(plain):
            return Packed(number, before.keyframe, len(plain), digest, delta)
        alone = compress(plain)
        if len(delta) < len(alone):
            return Packed(number, before.keyframe, len(plain), digest, delta)
        return Packed(number, number, len(plain), digest, alone)
    return Packed(number, number, len(plain), digest, compress(plain))


def unpack(chain: list[Packed], prefix: bytes = b"") -> bytes:
    """The bytes of the last version in ``chain``.

    Args:
        chain: consecutive versions; the first is a keyframe, or follows the version
            whose bytes are ``prefix``.

    Raises:
        DamageError: a link is missing or broken, or the digest is wrong.
    """
    plain = prefix
    for link in chain:
        alone = link.keyframe == link.number
        plain = decompress(link.data, b"" if alone else plain, size=link.size)
    if sha256(plain) != chain[-1].digest:
        raise DamageError("the digest is not that of the stored text")
    return plain


def pack_form(form: Mapping[str, Any]) -> bytes:
    """A JSON form, packed."""
    plain = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    return _contexts.form_compressor.compress(plain.encode("utf-8", "surrogatepass"))


def unpack_form(packed: bytes) -> dict[str, Any]:
    """Inverse of ``pack_form``.

    Raises:
        DamageError: the bytes are broken.
    """
    try:
        plain = _contexts.form_decompressor.decompress(packed)
        form = json.loads(plain.decode("utf-8", "surrogatepass"))
    except (zstandard.ZstdError, ValueError) as error:
        raise DamageError(str(error)) from error
    if not isinstance(form, dict):
        raise DamageError("not a JSON object")
    return form


class LastBytes(threading.local):
    """The stored form of the text this thread packed last: a look's text is digested, then stored."""

    def __init__(self) -> None:
        self._text: ArticleText | None = None
        self._plain = b""

    def of(self, text: ArticleText) -> bytes:
        """``text.to_bytes()``."""
        if self._text != text:
            self._plain = text.to_bytes()
            self._text = text
        return self._plain


last_bytes = LastBytes()


class RecentTexts(threading.local):
    """The bytes of texts last read or written by this thread, by digest.

    Keyed by content, so that no rollback, rebuild or other process can make an entry
    wrong.
    """

    MAX_TEXTS = 256
    MAX_BYTES = 8 << 20

    def __init__(self) -> None:
        self._texts: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, digest: str) -> bytes | None:
        """The text of this digest, if it is still here."""
        plain = self._texts.get(digest)
        if plain is not None:
            self._texts.move_to_end(digest)
        return plain

    def keep(self, digest: str, plain: bytes) -> None:
        """Remember a text; the longest unused ones give way."""
        if digest in self._texts or len(plain) > self.MAX_BYTES:
            return
        self._texts[digest] = plain
        self._bytes += len(plain)
        while len(self._texts) > self.MAX_TEXTS or self._bytes > self.MAX_BYTES:
            self._bytes -= len(self._texts.popitem(last=False)[1])
