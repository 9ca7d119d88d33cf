"""What was read from an article last time: each block with its place and verdict, each field with its source.

A memory is a small value made from one accepted reading. It is stored with the article, never edited
and always made anew from the next accepted reading, so that replaying the captures of an article gives
the same memories again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from zlib import crc32

from writethru.extraction.places import Places
from writethru.extraction.tree import Frame, Page, Segment

FORMAT = 1
MOST_BLOCKS = 600
"""Blocks remembered of one page: those of the article first, then those around it."""
SKETCH_BITS = 96
"""Enough to tell an edited paragraph (shares nearly all its bits) from another (shares a third)."""

_SHORT = 200  # characters; what stands around an article is mostly shorter, and the same on the outlet's other pages
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_ASCII_WORD = re.compile(rb"\w+")


@dataclass(frozen=True, slots=True)
class BlockMemory:
    """One block as it was.

    Attributes:
        digest: of its text; of a block that was left out, of its text with every number alike.
        place: path of its box (see ``places``).
        kind: what it was read as, "" where it was left out.
        sketch: a bit for each word it has, 0 where it was left out; tells an edited block again.
    """

    digest: str
    place: str
    kind: str
    sketch: int = 0


@dataclass(frozen=True, slots=True)
class FieldMemory:
    """A field as it was.

    Attributes:
        value, source: what was read, and from where.
        place: path of the printed block it was read from, "" where it was not printed.
        said: what every source that had the field said.
    """

    value: str
    source: str
    place: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleMemory:
    """The last accepted reading of an article, as far as the next one needs it.

    Attributes:
        reader: name and version of the extractor.
        rules: digest of the site rules it was read with, "" for none; the next reading uses the same.
        container: path of the box that held the body.
        text_digest: of the article text that was read.
        fingerprint: see ``unchanged``; "" where there is none.
        stands_for: digest of the version that this reading shows in another layout, "" where its text is its own.
    """

    reader: str
    container: str
    blocks: tuple[BlockMemory, ...]
    fields: Mapping[str, FieldMemory]
    text_digest: str = ""
    rules: str = ""
    fingerprint: str = ""
    stands_for: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **({"stands_for": self.stands_for} if self.stands_for else {}),
            "format": FORMAT,
            "reader": self.reader,
            "container": self.container,
            "blocks": [[b.digest, b.place, b.kind, f"{b.sketch:x}" if b.sketch else ""] for b in self.blocks],
            "fields": {name: [f.value, f.source, f.place, dict(f.said)] for name, f in self.fields.items()},
            "text_digest": self.text_digest,
            "rules": self.rules,
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> ArticleMemory | None:
        """Inverse of ``to_dict``; None for a form of another time, which is then simply not used."""
        if form.get("format") != FORMAT:
            return None
        blocks = tuple(BlockMemory(d, p, kind, int(s, 16) if s else 0) for d, p, kind, s in form["blocks"])
        fields = {name: FieldMemory(*values) for name, values in form["fields"].items()}
        rest = {name: form[name] for name in ("reader", "container", "text_digest", "rules", "fingerprint")}
        return cls(blocks=blocks, fields=fields, stands_for=form.get("stands_for", ""), **rest)

    def digest(self) -> str:
        """16 hex digits; the fingerprint does not count, it only saves work."""
        form = replace(self, fingerprint="").to_dict()
        stored = json.dumps(form, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        return hashlib.sha256(stored).hexdigest()[:16]


def text_digest(text: str) -> str:
    """Ten hex digits for a block's exact text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def numberless_digest(text: str) -> str:
    """The same for all texts that differ in their numbers only ("Updated 5 minutes ago")."""
    return _numberless(text) if len(text) <= _SHORT else text_digest(_DIGITS.sub("0", text))


@lru_cache(maxsize=8_000)
def _numberless(text: str) -> str:
    return text_digest(_DIGITS.sub("0", text))


def sketch(text: str) -> int:
    """A bit for each word."""
    bits = 0
    for bit in {crc32(word) % SKETCH_BITS for word in _words(text.lower())}:
        bits |= 1 << bit
    return bits


def _words(text: str) -> Iterable[bytes]:
    """The words of a text in UTF-8."""
    if text.isascii():
        return _ASCII_WORD.findall(text.encode())
    return (word.encode("utf-8", "surrogatepass") for word in _WORD.findall(text))


def likeness(one: int, other: int) -> float:
    """Share of the bits two sketches have in common, 0..1."""
    either = (one | other).bit_count()
    return (one & other).bit_count() / either if either else 0.0


def remember_blocks(page: Page, kinds: list[str], zone: Frame, places: Places) -> tuple[BlockMemory, ...]:
    """The article's blocks wherever they stand, and what stands around them inside ``zone``."""
    kept: list[BlockMemory] = []
    around = MOST_BLOCKS - sum(1 for kind in kinds if kind)
    for segment, kind in zip(page.segments, kinds, strict=True):
        if kind:
            kept.append(_article_block(segment, kind, places))
        elif around > 0 and segment.frame.within(zone):
            around -= 1
            kept.append(BlockMemory(numberless_digest(segment.text), places.segment(segment), ""))
    return tuple(kept[: 2 * MOST_BLOCKS])


def _article_block(segment: Segment, kind: str, places: Places) -> BlockMemory:
    return BlockMemory(text_digest(segment.text), places.segment(segment), kind, sketch(segment.text))
