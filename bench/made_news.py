"""Made-up news in any number: articles of about 450 words whose words and pairs of words are as rare as real ones.

Content words come from a vocabulary of 120,000 made words drawn by rank (Zipf and Mandelbrot), from the words of the
article's subject, and from stock pairs; function words stand between them, and a name begins no sentence. Article N
is the same whenever it is made. Its grams can be had without its text, which is how 200,000 of them are indexed in
minutes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final
from zlib import crc32

VOCABULARY: Final = 120_000
STOCK: Final = 60_000
"""Pairs of words that go together everywhere."""
SUBJECT: Final = 40
"""Words that the articles on one subject share; a subject has 30 articles."""
CONTENT: Final = 235
"""Words of an article that carry meaning; as many again, a little fewer, stand between them."""
OUTLETS: Final = 400
NAMES: Final = 7
"""One word in so many is a name."""
_JOINTS: Final = ("", "", "the", "of the", "and", "in a", "to", "for the", "with", "that the", "from", "a", "")
_SYLLABLES: Final = "ba do ki lu me na po ra si tu ve wo ze gar lin mor pel ston ter vik".split()


@dataclass(slots=True)
class Newsroom:
    """Makes articles by their numbers."""

    words: list[str] = field(default_factory=lambda: [_word(number) for number in range(VOCABULARY)])
    ranks: list[float] = field(default_factory=lambda: list(accumulate(1 / (r + 12) for r in range(VOCABULARY))))
    pair_ranks: list[float] = field(default_factory=lambda: list(accumulate(1 / (r + 150) for r in range(STOCK))))

    def outlet(self, number: int) -> int:
        """The outlet of an article, from 1."""
        return number % OUTLETS + 1

    def content(self, number: int) -> list[int]:
        """The words of an article that carry meaning, by their ranks."""
        chance = random.Random(number)
        common = iter(chance.choices(range(VOCABULARY), cum_weights=self.ranks, k=CONTENT))
        stock = iter(chance.choices(range(STOCK), cum_weights=self.pair_ranks, k=CONTENT // 3))
        about = random.Random(-1 - number // 30).choices(range(VOCABULARY), cum_weights=self.ranks, k=SUBJECT)
        found: list[int] = []
        while len(found) < CONTENT:
            kind = chance.random()
            if kind < 0.19:
                pair = next(stock)
                found += [pair * 31 % 9_000, pair * 17 % 30_011]
            elif kind < 0.35:
                found.append(about[int(chance.random() ** 2 * SUBJECT)])
            else:
                found.append(next(common))
        return found

    def text(self, number: int) -> str:
        """An article."""
        return self.printed(self.content(number), number)

    def printed(self, content: list[int], number: int) -> str:
        """These words in sentences and paragraphs."""
        chance = random.Random(number)
        paragraphs: list[list[str]] = [[]]
        for at, word in enumerate(content):
            joint = chance.choice(_JOINTS)
            if at % 9 == 0:
                joint = "The" if at else "A"
                if at % 27 == 0:
                    paragraphs.append([])
            paragraphs[-1] += [part for part in (joint, self.spelled(word)) if part]
            if at % 9 == 8:
                paragraphs[-1][-1] += "."
        return "\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)

    def spelled(self, word: int) -> str:
        """A word as it is printed."""
        return self.words[word].capitalize() if word % NAMES == 0 else self.words[word]

    def grams(self, number: int) -> dict[int, int]:
        """What ``reuse.grams.grams`` would find: each hash with the number of its word that carries meaning."""
        return dict(_grams(self, self.content(number)))


def _grams(news: Newsroom, content: list[int]) -> Iterator[tuple[int, int]]:
    for at, (one, other) in enumerate(pairwise(content)):
        if one % NAMES or other % NAMES:
            yield crc32(f"{news.words[one]} {news.words[other]}".encode()), at


def _word(number: int) -> str:
    """A made word of its own for each number."""
    found = ""
    rest = number + len(_SYLLABLES)
    while rest:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        found += _SYLLABLES[syllable]
    return found


def copied(news: Newsroom, source: int, number: int, share: float, edited: float) -> str:
    """Article ``number`` with this share of it taken from ``source`` and this share of the copied words replaced."""
    chance = random.Random(number)
    length = round(CONTENT * share)
    start = chance.randrange(CONTENT - length)
    stretch = [word if chance.random() >= edited else chance.randrange(VOCABULARY) for word in news.content(source)]
    content = news.content(number)
    at = chance.randrange(CONTENT - length)
    content[at : at + length] = stretch[start : start + length]
    return news.printed(content, number)
