"""The text of an article in typed blocks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    TABLE = "table"
    ENTRY = "entry"  # of a live blog
    NOTE = "note"  # correction or clarification
    CAPTION = "caption"
    IMAGE_CREDIT = "image-credit"
    CREDIT = "credit"  # "Additional reporting by ..."
    PULL_QUOTE = "pull-quote"  # words of the text, set once more for show
    EMBED = "embed"  # a player, a post or a document from elsewhere: its address


BODY_KINDS = frozenset(BlockKind) - {
    BlockKind.CAPTION,
    BlockKind.IMAGE_CREDIT,
    BlockKind.CREDIT,
    BlockKind.PULL_QUOTE,
    BlockKind.EMBED,
}
"""Kinds that are part of the running text; the others stand beside it."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article.

    Attributes:
        kind: what it is.
        text: its characters, without white space at either end.
        gap: the exact characters between the body block before it and this one
            (before the first: leading white space). Not used for captions and credits.
    """

    kind: BlockKind
    text: str
    gap: str = "\n\n"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of one article in one state: what is compared, stored and cited.

    Two states are the same version if and only if their ``digest()`` is equal; nothing
    is normalised. Stated dates are not part of it (they live in the extraction).
    """

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    dateline: str = ""
    blocks: tuple[Block, ...] = ()
    tail: str = ""  # exact characters after the last body block
    _stored: bytes = field(default=b"", init=False, repr=False, compare=False)  # its stored form, once asked for
    _words: int = field(default=-1, init=False, repr=False, compare=False)  # their number, once asked for

    FIELDS = ("headline", "standfirst", "byline", "dateline")

    @classmethod
    def from_plain(cls, text: str, *, headline: str = "") -> ArticleText:
        """Paragraphs separated by newlines; ``.text`` gives back ``text`` exactly."""
        blocks: list[Block] = []
        end = 0
        for match in _LINE.finditer(text):
            blocks.append(Block(BlockKind.PARAGRAPH, match.group(), text[end : match.start()]))
            end = match.end()
        return cls(headline=headline, blocks=tuple(blocks), tail=text[end:])

    @property
    def text(self) -> str:
        """The running text: body blocks with their exact gaps."""
        return "".join([piece for b in self.blocks if b.kind in BODY_KINDS for piece in (b.gap, b.text)]) + self.tail

    @property
    def words(self) -> int:
        """Words of the running text, parted by white space."""
        if self._words < 0:
            object.__setattr__(self, "_words", len(self.text.split()))
        return self._words

    def body_blocks(self) -> Iterator[Block]:
        """The blocks of the running text, in page order."""
        return (b for b in self.blocks if b.kind in BODY_KINDS)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; ``from_dict`` gives an equal value back."""
        return {
            **{name: getattr(self, name) for name in self.FIELDS},
            "blocks": [[b.kind._value_, b.text, b.gap] for b in self.blocks],  # .value is slow, and this runs often
            "tail": self.tail,
        }

    @classmethod
    def from_dict(cls, form: Mapping[str, Any]) -> ArticleText:
        """Inverse of ``to_dict``."""
        blocks = tuple(Block(BlockKind(kind), text, gap) for kind, text, gap in form["blocks"])
        return cls(**{name: form[name] for name in cls.FIELDS}, blocks=blocks, tail=form["tail"])

    def to_bytes(self) -> bytes:
        """The stored form: canonical JSON, UTF-8 (lone surrogates kept)."""
        if not self._stored:
            form = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            object.__setattr__(self, "_stored", form.encode("utf-8", "surrogatepass"))
        return self._stored

    @classmethod
    def from_bytes(cls, stored: bytes) -> ArticleText:
        """Inverse of ``to_bytes``."""
        return cls.from_dict(json.loads(stored.decode("utf-8", "surrogatepass")))

    def digest(self) -> str:
        """SHA-256 of the stored form, 64 hex digits."""
        return hashlib.sha256(self.to_bytes()).hexdigest()
