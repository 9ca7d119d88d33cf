"""Verdicts to blocks: rows of cells to table lines, players in their places, links and live entries by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from writethru.extraction.headlines import folded
from writethru.extraction.marks import Mark
from writethru.extraction.tree import Embed, Frame, Page, Segment
from writethru.extraction.verdicts import Verdict
from writethru.model import BODY_KINDS, Block, BlockKind, Link

MAX_LINKS = 2_000


@dataclass(slots=True)
class Piece:
    """One or more lines of one kind, with the segments they came from."""

    kind: BlockKind
    lines: list[str]
    segments: list[Segment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The blocks, and for each of them the segments it came from."""

    blocks: tuple[Block, ...]
    origins: tuple[tuple[Segment, ...], ...]


def assemble_blocks(page: Page, verdicts: list[Verdict], container: Frame | None, headline: str) -> Assembled:
    """All blocks in page order."""
    pieces = list(_with_embeds(_pieces(page, verdicts, headline), page, container))
    blocks = tuple(_with_gaps(pieces))
    origins = tuple(tuple(piece.segments) for piece in pieces for _ in piece.lines)
    return Assembled(blocks, origins)


def links_of(assembled: Assembled, base: str | None) -> tuple[Link, ...]:
    """The links in the blocks, in page order; targets absolute where ``base`` is known."""
    found: list[Link] = []
    done: set[int] = set()
    for index, segments in enumerate(assembled.origins):
        for segment in segments:
            if segment.order not in done:
                done.add(segment.order)
                found.extend(_links(assembled, index, segment, base))
    return tuple(found[:MAX_LINKS])


def _links(assembled: Assembled, first: int, segment: Segment, base: str | None) -> Iterator[Link]:
    """A segment of several lines is several blocks: a link belongs to the first that has its words."""
    blocks = range(first, min(first + len(segment.lines), len(assembled.blocks)))
    for words, target in segment.anchors:
        if not target.lower().startswith(("javascript:", "data:", "#")):
            home = next((n for n in blocks if words in assembled.blocks[n].text), first)
            yield Link(home, words, _absolute(target, base))


def _absolute(target: str, base: str | None) -> str:
    try:
        return urljoin(base or "", target.strip())
    except ValueError:
        return target


def _pieces(page: Page, verdicts: list[Verdict], headline: str) -> Iterator[Piece]:
    row: tuple[Frame | None, Piece] = (None, Piece(BlockKind.TABLE, []))
    for segment, verdict in zip(page.segments, verdicts, strict=True):
        own = _row_of(segment) if verdict.kind is BlockKind.TABLE else None
        if row[1].lines and (verdict.kind is not BlockKind.TABLE or own is not row[0]):
            yield _joined(row[1])
            row = (None, Piece(BlockKind.TABLE, []))
        if verdict.kind is BlockKind.TABLE:
            row = (own, row[1])
            row[1].lines.append(segment.text)
            row[1].segments.append(segment)
        elif verdict.kind is not None:
            yield Piece(_entry_or(verdict.kind, segment), _without(headline, segment.lines), [segment])
    if row[1].lines:
        yield _joined(row[1])


def _joined(row: Piece) -> Piece:
    return Piece(BlockKind.TABLE, [" | ".join(row.lines)], row.segments)


def _without(headline: str, lines: list[str]) -> list[str]:
    """The lines of a segment without the headline, where only a ``<br>`` parts it from the text."""
    if len(lines) == 1:
        return lines
    wanted = folded(headline)
    return [line for line in lines if folded(line) != wanted]


def _row_of(segment: Segment) -> Frame | None:
    return next((box for box in segment.frame.chain() if box.tag == "tr"), None)


def _entry_or(kind: BlockKind, segment: Segment) -> BlockKind:
    """Paragraphs inside a live-blog post are the post's."""
    if kind is BlockKind.PARAGRAPH and segment.frame.around & Mark.ENTRY:
        return BlockKind.ENTRY
    return kind


def _with_embeds(pieces: Iterable[Piece], page: Page, container: Frame | None) -> Iterator[Piece]:
    """Players inside the text, before the block they stand before."""
    waiting = [embed for embed in page.embeds if container is not None and _is_in_text(embed, container)]
    waiting.reverse()
    for piece in pieces:
        while waiting and waiting[-1].order <= piece.segments[0].order:
            yield Piece(BlockKind.EMBED, [embedded_address(waiting.pop().url)])
        yield piece
    for embed in reversed(waiting):
        yield Piece(BlockKind.EMBED, [embedded_address(embed.url)])


def _is_in_text(embed: Embed, container: Frame) -> bool:
    for box in embed.frame.chain():
        if box is container:
            return True
        if box.furniture or box.marks & (Mark.FURNITURE | Mark.HARD):
            return False
    return False


def _with_gaps(pieces: Iterable[Piece]) -> Iterator[Block]:
    """Blocks with the gaps that make the running text: a blank line, or one break inside a block."""
    first = True
    for piece in pieces:
        for number, line in enumerate(piece.lines):
            gap = "" if first else "\n" if number else "\n\n"
            yield Block(piece.kind, line, gap)
            if piece.kind in BODY_KINDS:
                first = False


def embedded_address(url: str) -> str:
    """A player's address without regard to its scheme: that a site moves to https is no edit of its articles."""
    return "https:" + url[url.index("//") :]
