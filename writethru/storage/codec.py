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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import zstandard

from writethru.model import ArticleText

KEYFRAME_EVERY = 10
LEVEL = 6
LONG_BYTES = 1 << 20
"""Longer prefixes need more memory than zstd takes by itself (5 MB, one edit: 4,063,430 bytes without, 487 with)."""

DICTIONARY_BYTES = 64 << 10
"""Swept over first versions unseen in training (bytes each; 2,028 without): from 200 texts 16 KB 1,782, 32 KB 1,742,
**64 KB 1,677**; from 50 texts 64 KB 1,693. Learning takes 0.05 s."""

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


class _Pair:
    """A compressor and a decompressor with the same dictionary."""

    def __init__(self, known: zstandard.ZstdCompressionDict | None, level: int) -> None:
        if known is None:
            self.compressor = zstandard.ZstdCompressor(level=level)
            self.decompressor = zstandard.ZstdDecompressor()
            return
        known.precompute_compress(level=level)
        parameters = zstandard.ZstdCompressionParameters.from_level(level, write_dict_id=False)
        self.compressor = zstandard.ZstdCompressor(dict_data=known, compression_params=parameters)
        self.decompressor = zstandard.ZstdDecompressor(dict_data=known)


class _Contexts(threading.local):
    """zstd's contexts, which threads must not share; made once, because making one costs more than using it."""

    MAX_DICTIONARIES = 8

    def __init__(self) -> None:
        prefix = zstandard.ZstdCompressionDict(FORM_PREFIX, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        self.forms = _Pair(prefix, FORM_LEVEL)
        self._texts: dict[str, _Pair] = {}

    def with_dictionary(self, learnt: Dictionary | None) -> _Pair:
        """For texts that stand alone."""
        key = learnt.key if learnt else ""
        if key not in self._texts:
            if len(self._texts) >= self.MAX_DICTIONARIES:
                self._texts.clear()
            self._texts[key] = _Pair(zstandard.ZstdCompressionDict(learnt.content) if learnt else None, LEVEL)
        return self._texts[key]


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
        dictionary: key of the dictionary it was packed with, "" for none.
    """

    number: int
    keyframe: int
    size: int
    digest: str
    data: bytes
    dictionary: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What the texts of an archive have in common.

    Attributes:
        key: digest of the content, 16 hex digits.
        content: a zstd dictionary.
    """

    key: str
    content: bytes


def sha256(stored: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(stored).hexdigest()


def learn(texts: Sequence[bytes]) -> Dictionary | None:
    """A dictionary for texts like these; None where there is too little to learn from."""
    try:
        trained = zstandard.train_dictionary(DICTIONARY_BYTES, list(texts), k=512, d=8)
    except zstandard.ZstdError:
        return None
    return dictionary(trained.as_bytes())


def dictionary(content: bytes) -> Dictionary:
    """A dictionary with its key."""
    return Dictionary(sha256(content)[:16], content)


def compress(plain: bytes, prefix: bytes) -> bytes:
    """A zstd frame of ``plain``, given that the reader has ``prefix``."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=len(plain), dict_size=len(prefix), write_dict_id=False, **_long(plain, prefix)
    )
    known = zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(dict_data=known, compression_params=parameters).compress(plain)


def _long(plain: bytes, prefix: bytes) -> dict[str, int]:
    """zstd forgets the beginning of a long prefix, unless its window and its tables are made to hold it."""
    if len(prefix) < LONG_BYTES:
        return {}
    bits = (len(plain) + len(prefix)).bit_length()
    return {"window_log": min(bits, 27), "hash_log": min(bits, 24), "chain_log": min(bits, 24)}


def decompress(frame: bytes, prefix: bytes) -> bytes:
    """Inverse of ``compress``."""
    known = zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdDecompressor(dict_data=known).decompress(frame)


def keyframe(plain: bytes, number: int, learnt: Dictionary | None = None) -> Packed:
    """A version packed so that it stands alone, with the archive's dictionary if it has one."""
    frame = _contexts.with_dictionary(learnt).compressor.compress(plain)
    return Packed(number, number, len(plain), sha256(plain), frame, learnt.key if learnt else "")


def keyframe_is_due(before: Packed) -> bool:
    """Is the chain that ends with ``before`` as long as it may be?"""
    return before.number + 1 - before.keyframe >= KEYFRAME_EVERY


def delta(plain: bytes, before: Packed, prefix: bytes) -> Packed | None:
    """The version after ``before``, whose bytes are ``prefix``; None where too little is shared for it to pay."""
    frame = compress(plain, prefix)
    if len(frame) * 2 > len(plain):
        return None
    return Packed(before.number + 1, before.keyframe, len(plain), sha256(plain), frame)


def unpack(chain: Sequence[Packed], learnt: Dictionary | None = None) -> bytes:
    """The bytes of the last version in ``chain``.

    Args:
        chain: a keyframe and the versions that follow it, without a gap.
        learnt: the dictionary that the keyframe names.

    Raises:
        DamageError: a link is missing or broken, or the digest is wrong.
    """
    plain = b""
    for link in chain:
        plain = decode(link, plain, learnt)
    check(chain[-1], plain)
    return plain


def check(link: Packed, plain: bytes) -> None:
    """These are the bytes that were packed. Raises DamageError."""
    if sha256(plain) != link.digest:
        raise DamageError("the digest is not that of the stored text")


def decode(link: Packed, before: bytes, learnt: Dictionary | None) -> bytes:
    """One link of a chain; ``before`` are the bytes of the version before it. Raises DamageError."""
    try:
        if zstandard.frame_content_size(link.data) != link.size:  # before memory is taken for it
            raise DamageError(f"the packed bytes are not of {link.size} bytes")
        if link.keyframe == link.number:
            return _contexts.with_dictionary(learnt).decompressor.decompress(link.data)
        return decompress(link.data, before)
    except zstandard.ZstdError as error:
        raise DamageError(str(error)) from error


def pack_form(form: Mapping[str, Any]) -> bytes:
    """A JSON form, packed."""
    plain = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    return _contexts.forms.compressor.compress(plain.encode("utf-8", "surrogatepass"))


def unpack_form(packed: bytes) -> dict[str, Any]:
    """Inverse of ``pack_form``.

    Raises:
        DamageError: the bytes are broken.
    """
    try:
        plain = _contexts.forms.decompressor.decompress(packed)
        form = json.loads(plain.decode("utf-8", "surrogatepass"))
    except (zstandard.ZstdError, ValueError) as error:
        raise DamageError(str(error)) from error
    if not isinstance(form, dict):
        raise DamageError("not a JSON object")
    return form


class LastBytes(threading.local):
    """The stored form of the text this thread packed last: a look's text is digested, then stored."""

    MAX_BYTES = 1 << 20

    def __init__(self) -> None:
        self._text: ArticleText | None = None
        self._plain = b""

    def of(self, text: ArticleText) -> bytes:
        """``text.to_bytes()``."""
        if self._text == text:
            return self._plain
        plain = text.to_bytes()
        if len(plain) <= self.MAX_BYTES:
            self._text, self._plain = text, plain
        return plain


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
