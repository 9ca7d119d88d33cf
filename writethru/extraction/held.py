"""What was read otherwise than the page alone would have it read, each with both sides: nothing is held in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from writethru.extraction.page import Reading
from writethru.extraction.places import spelled
from writethru.extraction.reasons import sentence_of
from writethru.extraction.steady import Said
from writethru.extraction.verdicts import Verdict
from writethru.model import BlockKind, Held

MOST_HELD = 40
"""Entries kept of one reading, the page's first; the explanation of the page has all."""
MOST_CHARS = 200


def held_in(reading: Reading, settled: Mapping[str, Said]) -> tuple[Held, ...]:
    """Fields kept still, the article's box where another would be chosen, and blocks held in or out.

    Args:
        settled: fields that were kept still, with what the page alone says of them.
    """
    return tuple(islice(_all(reading, settled), MOST_HELD))


def _all(reading: Reading, settled: Mapping[str, Said]) -> Iterator[Held]:
    for name, now in settled.items():
        yield _field(name, reading.fields.get(name), now)
    own, alone = reading.container, reading.alone_container
    if own is not alone and own is not None:
        other = f"the page alone would be read from {spelled(alone)}" if alone else "the page alone shows none"
        yield Held("box", True, spelled(own), "known-box", f"the article's box by what is known of it; {other}")
    if reading.alone:
        for segment, verdict, before in zip(reading.page.segments, reading.verdicts, reading.alone, strict=True):
            if is_held(verdict, before):
                why = why_held(verdict, before)
                yield Held("block", verdict.kind is not None, segment.text[:MOST_CHARS], verdict.reason, why)


def is_held(verdict: Verdict, alone: Verdict) -> bool:
    """Whether a block is in the reading and the page alone would leave it out, or the other way round."""
    return (verdict.kind is None) is not (alone.kind is None)


def why_held(verdict: Verdict, alone: Verdict) -> str:
    """Both sides in a sentence."""
    if verdict.kind is not None:
        return f"{sentence_of(verdict.reason)}; this page alone would call it furniture ({sentence_of(alone.reason)})"
    return f"{sentence_of(verdict.reason)}; this page alone would take it for {_taken_for(alone.kind)}"


def _taken_for(kind: BlockKind | None) -> str:
    return "text" if kind in (None, BlockKind.PARAGRAPH) else f"a {kind.value.replace('-', ' ')}"


def _field(name: str, kept: str, now: Said) -> Held:
    said = f"“{now.value[:MOST_CHARS]}” ({now.source})" if now.value else "nothing"
    return Held(
        name, bool(kept), kept[:MOST_CHARS], "kept-still", f"its source says what it said; the page alone gives {said}"
    )
