"""Whether anything an article is read from differs since last time: a millisecond or two, before any parsing.

A *fingerprint* is made with an accepted reading and says what the page's raw bytes held: the head's
statements, the article's region with what was furniture in it, and what outside the region looked like
text or like a correction note. ``is_unchanged`` holds a new page against it and answers yes only where every
one of them is as it was. It may say no where nothing changed (then the page is read as ever); it must
never say yes where the reading would differ.
"""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import accumulate
from typing import Any
from zlib import crc32

from writethru.extraction.headlines import folded
from writethru.extraction.raw_runs import MARKS, OPENS, PlacedRuns, Run, bare, runs, unlinked

FORMAT = 3
LEAST_TEXT = 250
"""A shorter body can be taken for a stub, a wall or a listing; what else is on the page then matters."""
TAIL = 12
"""Runs behind the article's last one that belong to the region: a paragraph may be added below it."""
TAIL_BYTES = 8_000
MOST_OUTSIDE = 300
"""More running text than this outside the article: no fingerprint."""
MOST_BYTES = 3_000_000
ABOVE_HEAD = 40
"""A picture's caption may stand so many runs above the headline."""
MOST_HEADS = 8
"""A page that prints its headline more often has no fingerprint."""
_NEEDLE = 80
_HARMLESS_LINK = 160
_DIGITS = b"0123456789"
_STATED = frozenset(("json-ld", "meta", "microdata", "link"))
_KNOWN_SOURCES = _STATED | {"page", "url", "title", "dateline", "byline", "rule"}
_LONG_TEXT = re.compile(rb">([^<>]{30,}+)<(?!/[aA][> \n\t])")
"""Words between two tags, enough for a sentence, that no link's end follows."""
_CUT = b"</ul"
MOST_CHUNKS = 400
_PLAIN_LINK = re.compile(rb"<a\s[^<>]{0,300}?href[^<>]{0,2000}>[^<>]{0,600}</a>")
_SENTENCE = re.compile(rb"[.!?:;\"'\xe2\x80\x9d\x99\xbb)\]\x82\xe3]\s*\Z")
_STATING = re.compile(rb"<(?=[mlths])(meta|link|title|html|script)")
_VOLATILE_META = (
    *(b"csrf", b"nonce", b"token", b"request", b"trace", b"session", b"viewport", b"generator", b"build"),
    *(b"timestamp", b"og:image"),
)
_NOTE_STEMS = (
    *(b"orre", b"larif", b"amend", b"ersion of", b"ditor", b"rrat", b"evised", b"pdated"),
    *(b"tific", b"ttelse", b"prostowanie", b"erichtigung", b"nmerkung"),
)
_STEM_ROOM = 24


@dataclass(frozen=True, slots=True)
class Relevant:
    """What of a reading a fingerprint needs to know.

    Attributes:
        article: texts of the article's blocks, in page order.
        fields: texts of the printed fields (headline, standfirst, byline).
        body_chars: length of the running text.
        sources: where the fields were read.
        times_printed: a date was read from the page's own text.
    """

    article: Sequence[str]
    fields: Sequence[str]
    body_chars: int
    sources: frozenset[str]
    times_printed: bool


@dataclass(frozen=True, slots=True)
class _Region:
    """Where the article stands in the raw bytes, and which of its runs are furniture.

    Attributes:
        article: digest of the runs that are the article's.
        heads: every printing of the headline on the page, as it stands between two tags.
    """

    first: Run
    last: Run
    article: str
    furniture: frozenset[str]
    heads: frozenset[bytes]


def fingerprint(page: bytes, content_type: str, relevant: Relevant) -> str:
    """The fingerprint of a page just read, "" where it could not be trusted."""
    if relevant.body_chars < LEAST_TEXT or len(page) > MOST_BYTES or b"<META" in page or b"<SCRIPT" in page:
        return ""
    if not relevant.sources <= _KNOWN_SOURCES:
        return ""
    region = _region(page, relevant)
    if region is None:
        return ""
    first, last = region.first.start, region.last.start
    chunks = _chunks(page, first, last)
    outside, digests = _without_links(chunks), sorted({_digest(chunk) for chunk in chunks})
    known = _long_texts(outside)
    if len(known) > MOST_OUTSIDE:
        return ""
    stated = _stated(page)
    form = {
        "format": FORMAT,
        "type": content_type,
        "head": _head(stated),
        "stated": _digest(b"\n".join(stated)),
        "first": _needle(page, region.first),
        "last": _needle(page, region.last),
        "heads": [[raw.decode("latin-1"), page.count(raw)] for raw in sorted(region.heads)],
        "exact": relevant.times_printed,
        "furniture": sorted(region.furniture),
        "article": region.article,
        "region": _digest(_stretch(page, first, last)),
        "outside": sorted(known),
        "notes": sorted(_note_places(outside)),
        "chunks": digests[:MOST_CHUNKS],
    }
    made = json.dumps(form, separators=(",", ":"))
    # Where the region is found again and every chunk is known, all else follows.
    found = len(digests) <= MOST_CHUNKS and (first, last) == _places(page, form)
    return made if found or is_unchanged(page, content_type, made) else ""


def is_unchanged(page: bytes, content_type: str, made: str) -> bool:
    """Whether the page says of its article exactly what it said when ``made`` was made."""
    if not made or len(page) > MOST_BYTES:
        return False
    form: dict[str, Any] = json.loads(made)
    if form["format"] != FORMAT or form["type"] != content_type or not _states_the_same(page, form):
        return False
    start, last = _places(page, form)
    if start < 0 or last < 0 or any(page.count(raw.encode("latin-1")) != count for raw, count in form["heads"]):
        return False
    return _reads_the_same(page, start, last, form) and _nothing_new_outside(page, start, last, form)


def _places(page: bytes, form: Mapping[str, Any]) -> tuple[int, int]:
    """Where the article's first and last run begin, -1 for one that is not there."""
    start = _find(page, form["first"], 0)
    return start, _find(page, form["last"], start) if start >= 0 else -1


def _states_the_same(page: bytes, form: dict[str, Any]) -> bool:
    stated = _stated(page)
    return bool(form["stated"] == _digest(b"\n".join(stated)) or form["head"] == _head(stated))


def _reads_the_same(page: bytes, start: int, last: int, form: dict[str, Any]) -> bool:
    if form["region"] == _digest(_stretch(page, start, last)):
        return True
    region, exact = _with_tail(page, start, last), form["exact"]
    digests = (_run_digest(run, exact=exact) for run in region)
    return bool(form["article"] == _sequence(region, digests, frozenset(form["furniture"])))


def _nothing_new_outside(page: bytes, start: int, last: int, form: dict[str, Any]) -> bool:
    """Only chunks that were not there, byte for byte, are looked into."""
    seen = frozenset(form["chunks"])
    new = _without_links([chunk for chunk in _chunks(page, start, last) if _digest(chunk) not in seen])
    return _long_texts(new) <= set(form["outside"]) and _note_places(new) <= set(form["notes"])


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()[:16]


def _region(page: bytes, relevant: Relevant) -> _Region | None:
    """Find the article's blocks among the runs; None unless each is there, below a printed headline."""
    placed = PlacedRuns(page)
    texts = _folded(placed.texts)
    wanted = [folded(text) for text in relevant.article if folded(text)]
    headline = folded(relevant.fields[0]) if relevant.fields else ""
    heads = [n for n, text in enumerate(texts) if text == headline and headline]
    first, own = _beginning(texts, wanted, heads)
    if not own:
        return None
    if len(heads) > MOST_HEADS:
        return None
    last = max(own)
    printed = [folded(text) for text in relevant.fields if folded(text)]
    own |= {n for n in range(first, last) if any(text in texts[n] for text in printed)}
    begins, ends = placed.run(first), placed.run(last)
    stretch = _with_tail(page, begins.start, ends.start)
    exact = relevant.times_printed
    digests = [_run_digest(run, exact=exact) for run in stretch]
    furniture = frozenset(digests) - {_run_digest(placed.texts[n], exact=exact) for n in own}
    printings = frozenset(_whole(page, placed.run(n)) for n in heads)
    return _Region(begins, ends, _sequence(stretch, digests, furniture), furniture, printings)


def _folded(texts: Sequence[bytes]) -> list[str]:
    """Letters and digits of each run."""
    shown = b"\n".join(texts).translate(MARKS).decode("utf-8", "replace")
    return [folded(html.unescape(text)) for text in shown.split("\n")]


def _beginning(texts: Sequence[str], wanted: Sequence[str], heads: Sequence[int]) -> tuple[int, set[int]]:
    """The run where the article begins and its runs: a headline, or a caption a little above one; no runs if none."""
    above = (at for head in heads[:MOST_HEADS] for at in range(head - 1, max(-1, head - ABOVE_HEAD), -1))
    captions = (at for at in above if wanted and wanted[0] in texts[at])
    for first in (*reversed(heads), *captions):
        if own := _in_order(texts, wanted, first):
            return first, own
    return 0, set()


def _in_order(texts: Sequence[str], wanted: Sequence[str], first: int) -> set[int] | None:
    """The runs that the wanted texts stand in, one behind the other from ``first`` on; None if one is not there."""
    ends = list(accumulate(len(text) for text in texts[first:]))
    joined = "".join(texts[first:])
    places: set[int] = set()
    at = 0
    for text in wanted:
        at = joined.find(text, at)
        if at < 0:
            return None
        places.update(range(first + bisect_right(ends, at), first + bisect_left(ends, at + len(text)) + 1))
        at += len(text)
    return places or None


def _with_tail(page: bytes, start: int, last: int) -> list[bytes]:
    """The runs from ``start`` to the one that begins at ``last``, and ``TAIL`` more."""
    before = runs(page[start:last] + b"<p>") if last > start else []
    behind = runs(page[last : last + TAIL_BYTES].rpartition(b"<")[0])
    return before + behind[: TAIL + 1]


def _sequence(region: Iterable[bytes], digests: Iterable[str], furniture: frozenset[str]) -> str:
    """Digest of the runs that are neither known furniture nor too little to be text."""
    digest = blake2b(digest_size=16)
    for run, one in zip(region, digests, strict=True):
        if one not in furniture and not _is_harmless(run):
            digest.update(bare(run) + b"\n")
    return digest.hexdigest()


def _is_harmless(run: bytes) -> bool:
    """A short link that is no sentence: never a part of the text, whatever it says."""
    linked = OPENS in run and len(run) < _HARMLESS_LINK
    return linked and not unlinked(run) and not _SENTENCE.search(bare(run))


def _run_digest(run: bytes, *, exact: bool) -> str:
    text = bare(run)
    return f"{crc32(text if exact else text.translate(None, _DIGITS)):08x}"


def _stretch(page: bytes, start: int, last: int) -> bytes:
    """The bytes that ``_with_tail`` reads."""
    return page[start : last + TAIL_BYTES]


def _chunks(page: bytes, start: int, last: int) -> list[bytes]:
    """What stands before the region and behind it, without scripts, cut where a list ends (its tag opens the next)."""
    kept = []
    for piece in (page[:start], page[last:]):
        first, *more = piece.split(b"<script")
        kept.append(first)
        kept += [part.partition(b"</script")[2] for part in more]
    return [_CUT + chunk for part in kept for chunk in part.split(_CUT)]


def _without_links(chunks: Sequence[bytes]) -> bytes:
    """Chunks without links that hold nothing but words: those are never text of the article, and most of most pages."""
    return _PLAIN_LINK.sub(b"<>", b"".join(chunks) + _CUT)


def _long_texts(outside: bytes) -> set[str]:
    """Digests of what outside the region could be a sentence of the article."""
    found = _LONG_TEXT.findall(outside)
    return {f"{crc32(text.translate(None, _DIGITS)):08x}" for text in found if _SENTENCE.search(text[-8:])}


def _note_places(outside: bytes) -> set[str]:
    """Digests of the words around everything that a correction note might begin with."""
    places: set[str] = set()
    for stem in _NOTE_STEMS:
        at = outside.find(stem)
        while at >= 0 and len(places) < MOST_OUTSIDE:
            around = outside[max(0, at - _STEM_ROOM) : at + _STEM_ROOM].translate(None, _DIGITS)
            places.add(f"{crc32(around):08x}")
            at = outside.find(stem, at + 1)
    return places


def _stated(page: bytes) -> list[bytes]:
    """What the page states about itself: meta tags, first title, canonical link, language, JSON-LD; as they stand."""
    found: list[bytes] = []
    once: set[bytes] = set()
    at = 0
    for opening in _STATING.finditer(page):
        name, start = opening[1], opening.end()
        if opening.start() < at or name in once:
            continue
        at = _end(page, b">", start)
        if name == b"script" and b"ld+json" in page[start:at]:
            at = _end(page, b"</script", at)
        elif name == b"title":
            at = _end(page, b"</title", at)
        if name in (b"title", b"html"):
            once.add(name)
        tag = page[start:at]
        if name in (b"meta", *once) or (b"canonical" if name == b"link" else b"ld+json") in tag:
            found.append(name + tag)
    return found


def _end(page: bytes, closing: bytes, start: int) -> int:
    end = page.find(closing, start)
    return len(page) if end < 0 else end


def _head(stated: Iterable[bytes]) -> str:
    """Digest of what a page states, without the tags that change by themselves."""
    digest = blake2b(digest_size=16)
    for piece in stated:
        if not (piece.startswith(b"meta") and _is_volatile(piece.lower())):
            digest.update(piece + b"\n")
    return digest.hexdigest()


def _is_volatile(meta: bytes) -> bool:
    return any(word in meta for word in _VOLATILE_META)


def _needle(page: bytes, run: Run) -> list[Any]:
    """The first bytes of a run, and how often they stand on the page before it."""
    text = _words(page, run, _NEEDLE)
    return [text.decode("latin-1"), page.count(text, 0, run.start) if text else 0]


def _words(page: bytes, run: Run, most: int) -> bytes:
    return page[run.start : run.start + most].partition(b"<")[0].rstrip()


def _whole(page: bytes, run: Run) -> bytes:
    """A run as it stands, from the end of the tag before it to the beginning of the tag behind it."""
    return page[page.rfind(b">", 0, run.start) : run.end + 1]


def _find(page: bytes, needle: Sequence[Any], start: int) -> int:
    """Where the needle stands, -1 if nowhere."""
    text = needle[0].encode("latin-1")
    at = -1
    for _ in range(needle[1] + 1):
        at = page.find(text, at + 1)
        if at < 0 or not text:
            return -1
    return at if at >= start else -1
