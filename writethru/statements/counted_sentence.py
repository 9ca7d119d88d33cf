"""The sentence around a figure: what it counts, what happened to them, and by which words it tells of what."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from writethru.comparison.lexicon import listed
from writethru.statements.figures import Figure
from writethru.statements.measures import Measure
from writethru.statements.reading import Place
from writethru.text.tokens import word_spans

HARMS: Final = {
    "killed": listed("killed killing kills kill dead died dies die dying death deaths fatal fatalities lives toll"),
    "injured": listed("injured injuring injures wounded wounding wounds injuries hurt"),
    "missing": listed("missing unaccounted"),
    "arrested": listed("arrested arresting arrests arrest detained detaining detains"),
    "displaced": listed("displaced evacuated evacuating fled homeless displacing moved"),
    "trapped": listed("trapped stranded besieged cut"),
    "rescued": listed("rescued rescuing saved"),
}
"""What happens to the people that a figure counts, by its words."""
_AS_PRINTED: Final = {
    "dead": listed("dead died dies die dying death deaths fatal fatalities lives toll"),
    "wounded": listed("wounded wounding wounds"),
    "hurt": listed("hurt"),
    "unaccounted for": listed("unaccounted"),
    "detained": listed("detained detaining detains"),
    "evacuated": listed("evacuated evacuating"),
    "homeless": listed("homeless"),
    "moved from their homes": listed("moved"),
    "stranded": listed("stranded"),
    "besieged": listed("besieged"),
    "cut off": listed("cut"),
    "saved": listed("saved"),
}
"""The same nearer to the printed words, for headings: who is cut off need not be trapped, nor who died killed."""
_ONLY_WITH: Final = {
    "cut": re.compile(r"cut off", re.IGNORECASE),
    "moved": re.compile(r"moved (?:from|out of) (?:their|his|her) homes?\b", re.IGNORECASE),
    "lives": re.compile(
        r"(?<!who )(?<!which )(?<!she )(?<!he )lives(?! (?:in|at|on|with|near|outside|alone|by|off)\b)", re.IGNORECASE
    ),
}
"""Words that say what happened to somebody only with those behind them."""
PEOPLE: Final = listed("people persons person dead deaths fatalities victims lives casualties injured wounded missing")
NEAR: Final = 7
"""Words between a figure and what happened to those it counts."""
NEAR_ALONE: Final = 4
"""The same where it does not say whom it counts."""
_COMMON = listed(
    "the and for are was had has not its his her out our who why how can may new two one about after again",
    "against all also although among another any around because been before being between both but could does",
    "during each even every first following from further given good have having here however if including into",
    "itself just known last least less like made make many might more most much must near nearly never next",
    "none now number of off often only other others over own part per perhaps put quite rather said same say",
    "says saying several should since some still such take taken than that their them then there these they",
    "this those though through told too under until upon used very want way well were what when where whether",
    "which while whom whose will with within without would year years yesterday day days today monday tuesday",
    "wednesday thursday friday saturday sunday week weeks month months reported reports according official",
    "officials spokesman spokeswoman statement news agency people person killed nothing something anything everything",
    "come comes came coming better she did does due get gets got goes going gone",
)
"""Words that do not tell one thing from another."""


def figure_start(figure: Figure) -> int:
    """Where a figure begins, with the hedge before it."""
    hedged = figure.hedge_span.end > figure.hedge_span.start
    return min(figure.span.start, figure.hedge_span.start) if hedged else figure.span.start


_PARENT_OF = re.compile(
    r"\b(?:mother|father|mum|mom|dad|parent|grandmother|grandfather|parents)s? of\s+$", re.IGNORECASE
)
"""Before the number of somebody's children."""
_GOVERNING = re.compile(
    rf"\b({'|'.join(sorted(word for words in HARMS.values() for word in words if word.endswith('ing')))})\s+$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[,;]|\band\b")
"""Between a figure and a verb that has another object."""


class CountedSentence:
    """A sentence around a figure, by its words."""

    def __init__(self, text: str, place: Place, figure: Figure) -> None:
        self._text, self._place, self._figure = text, place, figure
        self.start = figure_start(figure)
        spans = [(place.start + a, place.start + b) for a, b in word_spans(text[place.start : place.end])]
        self._words = [(start, end, text[start:end].lower()) for start, end in spans]

    def noun(self) -> str:
        """The last word of what is counted, in one number; people of no sort are one."""
        if _PARENT_OF.search(self._text, self._place.start, self.start):
            return "child"
        if self._figure.measure is Measure.COUNT and self._figure.counted.lower() in PEOPLE | {""}:
            return "people" if self._figure.counted or self.harm()[0] else ""
        last = self._figure.counted.lower().rpartition(" ")[2]
        return "people" if last in PEOPLE else folded(last)

    def harm(self) -> tuple[str, str]:
        """What happened to those that are counted, and the same as printed: by the nearest word that says so.

        A verb of which the figure is the object is the nearest: "*killing* at least ten people, injuring many".
        """
        start, end = self.start, self._figure.span.end
        if _PARENT_OF.search(self._text, self._place.start, start):
            return "", ""
        governing = _GOVERNING.search(self._text, self._place.start, start)
        found = [
            (-1 if governing and at == governing.start(1) else self._distance(at), name, word)
            for at, _, word in self._words
            for name, words in HARMS.items()
            if word in words
            and (word not in _ONLY_WITH or _ONLY_WITH[word].match(self._text, at))
            and not (word.endswith("ing") and at > end and _ELSEWHERE.search(self._text, end, at))
        ]
        distance, name, word = min(found, default=(NEAR + 1, "", ""))
        if distance > (NEAR if self._figure.counted else NEAR_ALONE):
            return "", ""
        return name, next((printed for printed, words in _AS_PRINTED.items() if word in words), name)

    def about(self) -> frozenset[str]:
        """Words of the sentence that are neither the figure nor what it counts nor too common."""
        skipped = (self._figure.span, self._figure.counted_span, self._figure.hedge_span)
        return frozenset(
            folded(word)
            for start, end, word in self._words
            if not any(start < span.end and end > span.start for span in skipped)
            and _tells(word)
            and not any(word in words for words in HARMS.values())
        )

    def _distance(self, start: int) -> int:
        """Words between a place and the figure."""
        low, high = sorted((start, self._figure.span.start))
        return sum(low < at < high for at, _, _ in self._words)


def telling_words(text: str) -> frozenset[str]:
    """Words that tell what a sentence is about, folded."""
    return frozenset(folded(word) for a, b in word_spans(text) if _tells(word := text[a:b].lower()))


_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:s|re|ll|ve|d|m)?)$")


def _tells(word: str) -> bool:
    bare = _CONTRACTED.sub("", word)
    return len(bare) > 2 and not bare[0].isdigit() and bare not in _COMMON and word not in _COMMON


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word in one number and form, roughly: "weapons" and "weapon" are one, "'s" is none of it."""
    word = re.sub(r"['’]s?$", "", word.lower())
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + kept
    return word
