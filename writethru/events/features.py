"""What an article is grouped by: its words and names with weights, taken from the beginning of the text.

No model is needed: names are known by their capitals. What that cannot do: in scripts without capitals (Arabic,
Chinese, Hebrew, Japanese) no names are told from words, and pairs of neighbouring characters stand for words where no
spaces part them; in German, where every noun has a capital, only runs of two and more words and words with a capital
inside count.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from struct import Struct
from sys import byteorder, intern
from typing import Any, NamedTuple
from zlib import crc32

from writethru.events.content_words import Word, content_words, stem
from writethru.events.day_words import days_told
from writethru.events.people import full_names, places
from writethru.model import ArticleText, Block, BlockKind
from writethru.reuse.quoting import quoted_stretches
from writethru.reuse.words import folded
from writethru.text.languages import language_of
from writethru.text.tokens import word_list

MOST_WORDS = 250
"""Content words of the body that count: what happened stands first, background follows. Of 150, 250 and all, 250 did
best on ECB+ and BASIL dev; and it bounds what an article costs."""
MOST_CHARACTERS = 6_000
"""Characters of the body that are looked at for them."""
NAME = 3.0
TITLE = 3.0
"""How much more a name counts than a word, and a word of the headline than one of the body (2 to 8 were tried)."""
SAID_TWICE = NAME * (1 + math.log(2)) - 1e-3
"""Weight of a name in the bag of an article that says it twice."""
LEAD = 60
"""Content words, those of the headline first, that tell what an article is about; what follows may be background."""
MOST_NAMES = 20
MOST_PARTS = 12
MOST_BLOCKS = 100
PART_WORDS = 12
"""Entries of a list or live blog that are looked at, and content words that one must have to count."""
QUOTED_RUN = 6
"""Words of a quotation that, shared, tell that two articles quote one speech."""
LISTING = 0.6
"""Share of list items and tables among the characters above which an article is a list."""

_STEMMED = frozenset(("en", ""))
_SKIPPED = frozenset({BlockKind.TABLE, BlockKind.NOTE, BlockKind.CREDIT, BlockKind.CAPTION, BlockKind.IMAGE_CREDIT})
_CAPITALLESS = frozenset(("ar", "he", "ja", "zh"))


@dataclass(frozen=True)
class Features:
    """What is known of one article.

    Attributes:
        bag: folded word to weight: 1 + log of how often, times ``NAME`` for names; in the order of the words.
        names: full names as printed, the most frequent first.
        shown: folded word to how it is printed, for explanations.
        quotations: hashes of runs of quoted words.
        form: ``article``, ``list`` or ``live``.
        language: guessed, "" where it is not known.
        parts: of a list or live blog, the bags of its first entries: it may belong to several events.
        places: the folded last words of the names that it says as places are said.
        days: of the week, named in the headline and the first sentences: a bit each, Monday's the lowest.
        lead: where in the bag the first ``LEAD`` words stand, in order; empty where that was not read.
    """

    bag: Mapping[str, float]
    names: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    quotations: frozenset[int] = frozenset()
    form: str = "article"
    language: str = ""
    title: str = ""
    parts: tuple[Mapping[str, float], ...] = ()
    places: frozenset[str] = frozenset()
    days: int = 0
    lead: tuple[int, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Equal for articles that are grouped alike: by their words in their numbers, lead, days and quotations."""
        told = list(self.bag.items()), self.lead, self.days, sorted(self.quotations)
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:32]

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The folded words of its names."""
        return frozenset(folded(word) for name in self.names for word in name.split())

    @cached_property
    def last_names(self) -> frozenset[str]:
        """The folded last words of its names."""
        return frozenset(folded(name.split()[-1]) for name in self.names)

    @cached_property
    def leading_names(self) -> frozenset[str]:
        """Those that it says more than once, or in its headline."""
        return frozenset(name for name in self.last_names if self.bag.get(name, 0.0) >= SAID_TWICE)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The words of its headline, folded and without their endings."""
        return frozenset(stem(folded(word)) for word in word_list(self.title))

    def packed(self) -> bytes:
        """The stored form: a byte for the form, the words and their weights (``Sketch``), and the rest as JSON."""
        rest = {
            "names": self.names,
            "shown": self.shown,
            "quotations": sorted(self.quotations),
            "language": self.language,
            "title": self.title,
            "parts": self.parts,
            "places": sorted(self.places),
            "days": self.days,
            "lead": self.lead,
        }
        words = zlib.compress("\n".join(self.bag).encode("utf-8", "surrogatepass"), 1)
        weights = array("I", [round(weight * _PARTS) for weight in self.bag.values()])
        if byteorder == "big":
            weights.byteswap()
        head = _HEAD.pack(_FORMS.index(self.form), len(words), len(weights))
        told = json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()
        return head + words + weights.tobytes() + zlib.compress(told, 1)

    @classmethod
    def unpacked(cls, stored: bytes) -> Features:
        """Inverse of ``packed``; of the form before (all of it JSON) too."""
        if stored[:1] == _BEFORE:
            return cls._from_json(json.loads(zlib.decompress(stored)))
        sketch = Sketch.unpacked(stored)
        _, words, weights = _HEAD.unpack_from(stored)
        form: dict[str, Any] = json.loads(zlib.decompress(stored[_HEAD.size + words + 4 * weights :]))
        bag = dict(zip(sketch.words, sketch.weights, strict=True))
        return cls._from_json({**form, "bag": bag, "form": sketch.form})

    @classmethod
    def _from_json(cls, form: Mapping[str, Any]) -> Features:
        return cls(
            {intern(term): weight for term, weight in form["bag"].items()},
            tuple(form["names"]),
            {intern(term): text for term, text in form["shown"].items()},
            frozenset(form["quotations"]),
            form["form"],
            form["language"],
            form["title"],
            tuple(form["parts"]),
            frozenset(form.get("places", ())),
            form.get("days", 0),
            tuple(form.get("lead", ())),
        )


_FORMS = ("article", "list", "live")
_HEAD = Struct("<BIH")
_BEFORE = b"x"  # what zlib begins with; no number of a form
_PARTS = 10_000  # of a weight, which has four decimals


class Sketch(NamedTuple):
    """What an article is compared by: the part of its stored features that is read without the rest.

    Attributes:
        words: of its bag, in order.
        weights: of these.
        form: ``article``, ``list`` or ``live``.
    """

    words: Sequence[str]
    weights: Sequence[float]
    form: str

    @classmethod
    def unpacked(cls, stored: bytes) -> Sketch:
        """Of ``Features.packed``."""
        if stored[:1] == _BEFORE:
            found = Features.unpacked(stored)
            return cls(list(found.bag), list(found.bag.values()), found.form)
        form, length, count = _HEAD.unpack_from(stored)
        end = _HEAD.size + length
        weights = array("I", stored[end : end + 4 * count])
        if byteorder == "big":
            weights.byteswap()
        words = zlib.decompress(stored[_HEAD.size : end]).decode("utf-8", "surrogatepass").split("\n") if count else []
        return cls(words, [weight / _PARTS for weight in weights], _FORMS[form])


def features_of(text: ArticleText) -> Features:
    """Read one article. Bounded in time, whatever its length."""
    body = _beginning(text.body_blocks())
    headline = f"{text.headline}\n{text.standfirst}"[:MOST_CHARACTERS]
    language = language_of(body or headline)
    words, runs = content_words(body, language)
    titled, title_runs = content_words(headline, language)
    reading = _Reading(words[:MOST_WORDS], titled[:MOST_WORDS], language)
    bag = reading.bag()
    return Features(
        bag=bag,
        names=tuple(full_names(title_runs + runs, reading.names)[:MOST_NAMES]),
        shown=reading.shown(),
        quotations=_quotations(body),
        form=(form := _form(text)),
        language=language,
        title=text.headline[:300],
        parts=() if form == "article" else _parts(text, language),
        places=places(runs, reading.names),
        days=days_told(headline, body, language),
        lead=reading.lead(bag),
    )


def _parts(text: ArticleText, language: str) -> tuple[dict[str, float], ...]:
    """The bags of the first entries that say enough to belong somewhere."""
    found = []
    for block in islice(text.body_blocks(), MOST_BLOCKS):
        words, _ = content_words(block.text[: MOST_CHARACTERS // 4], language)
        if len(words) >= PART_WORDS:
            found.append(_Reading(words, (), language).bag())
    return tuple(found[:MOST_PARTS])


def _beginning(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    length = 0
    for block in blocks:
        if block.kind not in _SKIPPED:
            parts.append(block.text[: MOST_CHARACTERS - length])
            length += len(parts[-1]) + 1
            if length >= MOST_CHARACTERS:
                break
    return "\n".join(parts)


class _Reading:
    """Which words of one article are names, and what each weighs."""

    def __init__(self, words: Sequence[Word], titled: Sequence[Word], language: str) -> None:
        self._stems = language in _STEMMED
        self._cased = language not in _CAPITALLESS
        small = {word.key for word in words if not word.capital}
        self.names = frozenset(word.key for word in words if word.named) - small
        if not _in_capitals(titled):
            self.names |= {word.key for word in titled if word.named} - small
        self._terms = list(map(self._term, words))
        self._titled = list(map(self._term, titled))
        self._words = (*titled, *words)

    def _term(self, word: Word) -> str:
        return word.stem if self._stems and word.key not in self.names else word.key

    def bag(self) -> dict[str, float]:
        """Each term's weight."""
        body, title, names = Counter(self._terms), Counter(self._titled), self.names
        return {
            term: _weight(body[term] + TITLE * title[term], NAME if term in names else 1)
            for term in sorted({*self._titled, *self._terms})
        }

    def lead(self, bag: Iterable[str]) -> tuple[int, ...]:
        """Where in its bag the terms stand that come first in the article."""
        first = {*self._titled[:LEAD], *self._terms[: max(0, LEAD - len(self._titled))]}
        return tuple(at for at, term in enumerate(bag) if term in first)

    def shown(self) -> dict[str, str]:
        """How each term is first printed in the text, where that is not the term itself."""
        found: dict[str, str] = {}
        for term, word in zip((*self._titled, *self._terms), self._words, strict=True):
            found.setdefault(term, word.text)
        return {term: text for term, text in found.items() if text != term}


@lru_cache(maxsize=4_096)
def _weight(count: float, factor: float) -> float:
    return round((1 + math.log(count)) * factor, 4)


def _in_capitals(titled: Sequence[Word]) -> bool:
    """Capitals say nothing in a headline that sets most words with them."""
    return sum(word.capital for word in titled) > 0.6 * len(titled)


def _quotations(body: str) -> frozenset[int]:
    """Hashes of every run of ``QUOTED_RUN`` quoted words."""
    found = set()
    for stretch in quoted_stretches(body):
        said = body[stretch.start : stretch.end]
        keys = list(map(folded, word_list(said)))
        for at in range(len(keys) - QUOTED_RUN + 1):
            found.add(crc32(" ".join(keys[at : at + QUOTED_RUN]).encode("utf-8", "replace")))
    return frozenset(found)


def _form(text: ArticleText) -> str:
    lengths: Counter[BlockKind] = Counter()
    for block in text.body_blocks():
        lengths[block.kind] += len(block.text)
    whole = sum(lengths.values()) or 1
    if lengths[BlockKind.ENTRY] > LISTING * whole:
        return "live"
    return "list" if lengths[BlockKind.LIST_ITEM] + lengths[BlockKind.TABLE] > LISTING * whole else "article"
