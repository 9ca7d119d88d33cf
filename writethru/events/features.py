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
import re
import zlib
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from struct import Struct
from sys import byteorder, intern
from typing import Any, NamedTuple
from zlib import crc32

from writethru.events.common import is_common
from writethru.events.people import Run, full_names, is_particle, is_placed, places
from writethru.model import ArticleText, Block, BlockKind
from writethru.reuse.quoting import quoted_stretches
from writethru.reuse.words import folded
from writethru.text.languages import language_of
from writethru.text.tokens import word_list, word_spans

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
MOST_NAMES = 20
MOST_PARTS = 12
MOST_BLOCKS = 100
PART_WORDS = 12
"""Entries of a list or live blog that are looked at, and content words that one must have to count."""
QUOTED_RUN = 6
"""Words of a quotation that, shared, tell that two articles quote one speech."""
MOST_BEFORE = 3
"""Words before a name in which a word of place is looked for."""
LISTING = 0.6
"""Share of list items and tables among the characters above which an article is a list."""

_ENDS = frozenset('.!?:…\n"“”«»')
_STEMMED = frozenset(("en", ""))
_SKIPPED = frozenset({BlockKind.TABLE, BlockKind.NOTE, BlockKind.CREDIT, BlockKind.CAPTION, BlockKind.IMAGE_CREDIT})
_UNIT = re.compile(r"\s?(million|billion|trillion|bn|m|percent|per cent|%|[a-z]{4,})", re.IGNORECASE)
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

    @cached_property
    def digest(self) -> str:
        """Equal for articles with the same words in the same numbers."""
        return hashlib.sha256(repr(list(self.bag.items())).encode("utf-8", "replace")).hexdigest()[:32]

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


class _Word(NamedTuple):
    """One content word: folded, as printed, whether it is surely a name, whether it has a capital."""

    key: str
    text: str
    named: bool
    capital: bool


def features_of(text: ArticleText) -> Features:
    """Read one article. Bounded in time, whatever its length."""
    body = _beginning(text.body_blocks())
    headline = f"{text.headline}\n{text.standfirst}"[:MOST_CHARACTERS]
    language = language_of(body or headline)
    words, runs = _words(body, language)
    titled, title_runs = _words(headline, language)
    reading = _Reading(words[:MOST_WORDS], titled[:MOST_WORDS], language)
    return Features(
        bag=reading.bag(),
        names=tuple(full_names(title_runs + runs, reading.names)[:MOST_NAMES]),
        shown=reading.shown(),
        quotations=_quotations(body),
        form=(form := _form(text)),
        language=language,
        title=text.headline[:300],
        parts=() if form == "article" else _parts(text, language),
        places=places(runs, reading.names),
    )


def _parts(text: ArticleText, language: str) -> tuple[dict[str, float], ...]:
    """The bags of the first entries that say enough to belong somewhere."""
    found = []
    for block in islice(text.body_blocks(), MOST_BLOCKS):
        words, _ = _words(block.text[: MOST_CHARACTERS // 4], language)
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


def _words(text: str, language: str) -> tuple[list[_Word], list[Run]]:
    """The content words, and the runs of words with capitals."""
    found: list[_Word] = []
    runs: list[Run] = []
    run: list[str] = []
    end, begins, run_begins, placed = 0, True, False, False
    before: deque[str] = deque(maxlen=MOST_BEFORE)
    last_single = ""
    for start, stop in word_spans(text):
        gap, word = text[end:start], text[start:stop]
        end, begins = stop, end == 0 or not _ENDS.isdisjoint(gap)
        if len(word) == 1 and not word.isascii() and not word.isdigit() and not word.isupper() and not word.islower():
            if last_single and not gap:
                found.append(_Word(last_single + word, last_single + word, False, False))
            last_single = word
            continue
        last_single = ""
        capital = word[0].isupper()
        if run and (gap.strip(" .") or begins or not (capital or is_particle(word))):
            runs.append(Run(tuple(run), run_begins, placed))
            run = []
        if capital and not run:
            run_begins, placed = begins, not begins and is_placed(before)
        if capital or run:
            run.append(word)
        before.append(word)
        _note(found, word, capital and not begins, text[stop : stop + 20])
    if run:
        runs.append(Run(tuple(run), run_begins, placed))
    return (_german(found, runs) if language == "de" else found), runs


def _note(found: list[_Word], word: str, named: bool, after: str) -> None:
    key = folded(word)
    if len(key) < 2 and not key.isdigit():
        return
    if key[0].isdigit():
        found.append(_figure(key, word, after))
    elif not is_common(key):
        found.append(_Word(key, word, named, word[0].isupper()))


def _figure(key: str, word: str, after: str) -> _Word:
    """A number with the unit or the thing it counts."""
    unit = _UNIT.match(after)
    if unit is None or is_common(folded(unit[1])):
        return _Word(key, word, False, False)
    return _Word(f"{key} {stem(folded(unit[1]))}", f"{word} {unit[1]}", False, False)


def _german(words: list[_Word], runs: Sequence[Run]) -> list[_Word]:
    """Every noun has a capital: only runs of two and more, and capitals inside a word, are names."""
    in_runs = {folded(word) for run in runs if len(run.words) > 1 for word in run.words}
    return [word._replace(named=word.named and (word.key in in_runs or not word.text[1:].islower())) for word in words]


class _Reading:
    """Which words of one article are names, and what each weighs."""

    def __init__(self, words: Sequence[_Word], titled: Sequence[_Word], language: str) -> None:
        self._stems = language in _STEMMED
        self._cased = language not in _CAPITALLESS
        small = {word.key for word in words if not word.capital}
        self.names = frozenset(word.key for word in words if word.named) - small
        if not _in_capitals(titled):
            self.names |= {word.key for word in titled if word.named} - small
        self._body = Counter(self._term(word) for word in words)
        self._title = Counter(self._term(word) for word in titled)
        self._words = (*titled, *words)

    def _term(self, word: _Word) -> str:
        return word.key if word.key in self.names or not self._stems or " " in word.key else stem(word.key)

    def bag(self) -> dict[str, float]:
        """Each term's weight."""
        found = {}
        for term in sorted({**self._title, **self._body}):
            count = self._body[term] + TITLE * self._title[term]
            found[term] = round((1 + math.log(count)) * (NAME if term in self.names else 1), 4)
        return found

    def shown(self) -> dict[str, str]:
        """How each term is first printed in the text, where that is not the term itself."""
        found: dict[str, str] = {}
        for word in reversed(self._words):
            found[self._term(word)] = word.text
        return {term: text for term, text in found.items() if text != term}


def _in_capitals(titled: Sequence[_Word]) -> bool:
    """Capitals say nothing in a headline that sets most words with them."""
    return sum(word.capital for word in titled) > 0.6 * len(titled)


def _quotations(body: str) -> frozenset[int]:
    """Hashes of every run of ``QUOTED_RUN`` quoted words."""
    found = set()
    for stretch in quoted_stretches(body):
        said = body[stretch.start : stretch.end]
        keys = [folded(said[start:end]) for start, end in word_spans(said)]
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


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """An English word without the endings of number and tense; crude, and the same for all forms.

    >>> [stem(word) for word in ("weapons", "attacked", "attacking", "parties", "crisis")]
    ['weapon', 'attack', 'attack', 'party', 'crisis']
    """
    if len(word) <= 4 or not word.isascii():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith("sses") else word[:-1]
    if word.endswith("ing") and len(word) > 6:
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 5:
        word = word[:-2]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls" else word
