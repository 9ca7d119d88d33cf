"""A made-up story as many outlets tell it: shared facts in words of their own, quotations that several print, copies.

Of an article's 25 paragraphs a third tell what others of the story tell too, the rest are its own, with words as rare as
real ones (``made_news``). One article in five is another's text with a few paragraphs of its own. Article N is the same
whenever it is made.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final

from bench.made_news import Newsroom

PARAGRAPHS: Final = 25
COMMON: Final = 8
"""Paragraphs that tell of what other articles tell of too."""
COPIES: Final = 5
"""One article in so many is made from another."""
PEOPLE: Final = ("Ilse Marden", "Jonas Hald", "Clara Voss", "Anna Holm", "Peter Lund", "Marta Quist")
SHE: Final = frozenset({"Ilse", "Clara", "Anna", "Marta"})
PLACES: Final = ("Aldersund", "Lorn", "Kest", "Skerry Island", "the northern quay", "Vellby")
DAYS: Final = ("on Monday", "on Thursday", "on 12 May", "at the end of June", "last week", "on 3 May 2031")
FACTS: Final = (
    ("{a} {n} people died when the ferry sank off Aldersund, police said.",
     "The sinking of the ferry off Aldersund killed {a} {n} people, the coastguard said."),
    ("{a} {m} passengers of the ferry were taken to hospital at Lorn.",
     "Doctors at the hospital of Lorn treated {a} {m} passengers of the ferry."),
    ("The line must hand over the reports on the pumps within {k} days, the inspectors said.",
     "Inspectors gave the line {k} days to submit its reports on the pumps."),
    ("Ilse Marden blamed the line for the sinking of the ferry, a charge the line has denied.",
     "The line denied any role in the sinking of the ferry after Ilse Marden accused the line of neglect of its pumps."),
    ("The harbour board has agreed to repair the pier at Kest by 30 June if the state pays {a} {n} million crowns.",
     "Repairs of the pier at Kest will begin by 30 June, the harbour board promised, at a cost of {a} {n} million crowns."),
    ("The minister, Jonas Hald, will travel to Aldersund on Thursday to meet families of the dead.",
     "Jonas Hald is to meet families of the dead at Aldersund on Thursday, his office said."),
)  # fmt: skip
QUOTES: Final = (
    ("Clara Voss", "We have asked the line for every report on the pumps since the spring, and we have had no answer"),
    ("Peter Lund", "The ship ought never to have left the quay in that wind with the pumps as they were"),
    ("Anna Holm", "Nobody told us on the bridge that the doors of the lower deck were still standing open"),
    ("Marta Quist", "If the state does not pay for the pier, perhaps the ferry will not sail again this year"),
)
OWN: Final = (
    "“{Long},” said {who}, who {short} near {p}.",
    "{Long} {d}.",
    "{who} said that {long}. “{Short},” {pron} said.",
    "{a} {n} {word} {short}, according to {short2} at {p}.",
    "{Long}.",
    "{Short} in {p}, {who} told {short2}, and {long}.",
    "{Long}, a {word} official said {d}.",
    "{Long} after {n} years.",
    "{who} will {short} {d} if {short2}.",
)
"""Sentences of one article, made of words as they come."""
JOINTS: Final = (
    "the",
    "a",
    "and",
    "of",
    "of the",
    "in the",
    "to the",
    "for",
    "with",
    "from",
    "by",
    "at the",
    "on",
    "into",
    "over",
    "under",
    "near",
    "without",
    "between",
    "through",
    "their",
    "its",
    "his",
    "her",
    "this",
    "every",
    "some",
    "no",
    "but",
    "as",
    "while",
    "until",
    "because of",
    "was",
    "were",
    "had",
    "has",
    "is",
    "could",
    "would",
)
"""Words that stand between those that carry meaning."""
JOINED: Final = 0.6
"""Share of the words that carry meaning with one of these before them."""
KNOWN: Final = 0.3
"""Share of the people of an outlet's own sentences whom all outlets name."""
FIRST: Final = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn", "Gro", "Hal", "Ida", "Jon", "Kaja", "Leif")
"""Of people whom one article names."""


@dataclass(slots=True)
class StoryRoom:
    """Makes the articles of one story by their numbers."""

    news: Newsroom = field(default_factory=Newsroom)

    def article(self, number: int) -> list[str]:
        """The paragraphs of an article's first version."""
        chance = random.Random(number)
        if number % COPIES == COPIES - 1:
            taken = self.article(chance.randrange(number - COPIES + 1, number))
            return taken[: PARAGRAPHS - 4] + [self.own(chance) for _ in range(4)]
        told = [self.fact(chance, at) for at in chance.sample(range(len(FACTS)), COMMON // 2)]
        told += [self.quoted(chance, at) for at in chance.sample(range(len(QUOTES)), COMMON - len(told) - 1)]
        told += [self.own(chance) for _ in range(PARAGRAPHS - len(told))]
        chance.shuffle(told)
        return told

    def later(self, body: list[str], chance: random.Random) -> list[str]:
        """Its next version: two paragraphs differ, and there is one more."""
        made = list(body)
        for _ in range(2):
            made[chance.randrange(len(made))] = self.own(chance)
        return [*made, self.fact(chance, chance.randrange(len(FACTS)))]

    def fact(self, chance: random.Random, at: int) -> str:
        """What happened, in one of its wordings, with a sentence of the outlet's own behind it."""
        told = chance.choice(FACTS[at]).format(
            a=chance.choice(("about", "more than", "some")), n=chance.choice((40, 41, 43)), m=chance.randint(18, 22),
            k=chance.choice((10, 15, 30)),
        )  # fmt: skip
        return f"{told[:1].upper()}{told[1:]} {self.own(chance)}"

    def quoted(self, chance: random.Random, at: int) -> str:
        """A quotation, whole, cut short or with a word put in another's place."""
        who, words = QUOTES[at]
        parts = words.split()
        if chance.random() < 0.3:
            parts = parts[: chance.randint(8, len(parts))]
        elif chance.random() < 0.2:
            parts[chance.randrange(4, len(parts))] = self.word(chance)
        return f"“{' '.join(parts)},” {who} said {chance.choice(DAYS)}. {self.own(chance)}"

    def own(self, chance: random.Random) -> str:
        """A sentence that no other article has."""
        first = chance.choice(FIRST)
        who = chance.choice(PEOPLE) if chance.random() < KNOWN else f"{first} {self.word(chance).capitalize()}"
        long, short, second = (self.clause(chance, words) for words in (12, 4, 4))
        return chance.choice(OWN).format(
            Long=long[:1].upper() + long[1:], long=long, Short=short[:1].upper() + short[1:], short=short, short2=second,
            who=who, pron="she" if who.split()[0] in SHE else "he", p=chance.choice(PLACES), d=chance.choice(DAYS),
            n=chance.randint(20, 1_900), a=chance.choice(("About", "More than", "Some")), word=self.word(chance),
        )  # fmt: skip

    def clause(self, chance: random.Random, words: int) -> str:
        """So many words that carry meaning, and what stands between them."""
        parts = []
        for _ in range(words):
            parts += [chance.choice(JOINTS)] if chance.random() < JOINED else []
            parts.append(self.word(chance))
        return " ".join(parts)

    def word(self, chance: random.Random) -> str:
        """A word, by its rank."""
        return self.news.words[chance.choices(range(len(self.news.words)), cum_weights=self.news.ranks)[0]]
