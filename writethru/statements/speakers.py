"""Who the sources of attributions are: names for "he" and "the secretary", how anonymous they are, where they spoke.

What the article does not tell stays as written: a pronoun with two possible people, a surname of two, gets no name.
English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from writethru.comparison.lexicon import listed
from writethru.statements.attributed import Attribution
from writethru.statements.calendar import MONTH_NAMES
from writethru.statements.people import ROLES, People, Person
from writethru.text.characters import plain_spaces
from writethru.text.tokens import Span


class Anonymity(StrEnum):
    """How much of a source a reader is told."""

    NAMED = "named"
    ROLE = "role"
    """The office, and no name, of one who could be looked up: "the mayor of Lorn", "a spokesman for the port"."""
    ANONYMOUS = "anonymous"
    """ "a senior official", "people familiar with the talks"."""
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNKNOWN = "unknown"
    """No source, a pronoun for which no name was found, or what these rules do not know."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said what an attribution holds.

    Attributes:
        name: canonical inside the article: the fullest form of the name, else the source as written without its
            article; "" for nobody.
        role: what the article says of who it is, "" for nothing.
        anonymity: how much a reader is told.
        medium: to or through whom it was said, as written ("Rossiya-24", "a statement"); None where it is not said.
        place: where it was said; None where it is not said.
        resolved: the source is a pronoun or a role, and ``name`` was found elsewhere in the article.
        confidence: 0 to 1 that ``name`` is right, given that the source is.
    """

    name: str
    role: str
    anonymity: Anonymity
    medium: Span | None
    place: Span | None
    resolved: bool
    confidence: float


_PRONOUN = re.compile(r"(?:he|she|they|it|i|we|who|you)$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:the|an?|one|another|some|several|two|three|many|his|her|its|their|our|my|"
    r"both)\s+",
    re.IGNORECASE,
)
_HIDDEN = listed(
    "official officials source sources diplomat diplomats aide aides person people insider insiders adviser",
    "advisers advisor advisors officer",
    "officers executive executives lawmaker lawmakers operative operatives strategist strategists witness",
    "witnesses resident residents",
    "analyst analysts expert experts observers critics friend friends relative relatives neighbour neighbours",
    "employee employees staffer",
    "staffers activist activists trader traders worker workers passenger passengers rebel rebels commander fighter",
    "fighters voter voters",
    "supporter supporters student students mother father woman man girl boy others reporter reporters singer guard",
    "tenant teacher",
)
_PAPERS = listed(
    "report reports statement letter memo resolution draft document documents study survey poll filing lawsuit",
    "complaint indictment ruling",
    "article email e-mail note book sign headline transcript agreement treaty plan bill law act constitution",
    "website tweet post message ad",
    "advertisement editorial op-ed notice data figures findings text",
)
_BODIES = listed(
    "government ministry council company police party union court committee commission agency office army navy",
    "parliament congress senate",
    "house cabinet board bank club federation league association authorities authority department administration",
    "opposition regime side sides",
    "university school hospital airline group organisation organization charity fund network newspaper broadcaster",
    "publisher campaign team",
    "administration coalition military presidency embassy museum port auditors organisers prosecutors lawyers",
    "families rebels un nato eu",
)
_CAPITALS = listed(
    "Washington Moscow Damascus London Paris Berlin Beijing Tehran Brussels Kiev Kyiv Ankara Jerusalem Riyadh",
    "Tokyo Delhi Islamabad Kabul",
    "Baghdad Cairo Pyongyang Seoul Havana Rome Madrid Ottawa Canberra Russia China Syria Iran Israel Turkey France",
    "Germany Britain Ukraine",
)
_SOURCE_WORDS = re.compile(r"[\w’'.&-]+")
_TOLD = re.compile(
    r"(?:told|tells|informed) (?P<medium>(?!him\b|her\b|them\b|me\b|us\b)(?:the |"
    r"a )?(?:[A-Z][\w.’'&-]*(?:[ -][A-Z\d][\w.’'&-]*)*(?: (?:newspaper|"
    r"news agency|television|radio|TV|magazine))?|reporters|journalists|lawmakers|MPs|the court|a news conference|"
    r"state television|parliament))"
)
_THROUGH = re.compile(
    r"\b(?:in|on|to|via|through|by) (?P<medium>(?:an?|the|his|her|its|their) (?:[\w-]+ ){0,2}(?:statement|"
    r"interview|letter|email|speech|tweet|memo|"
    r"news conference|press conference|op-ed|article|opinion piece|report|briefing|post|message|book|hearing|debate)"
    r"(?: (?:with|to|on|in|for) (?:the )?[A-Z][\w’'-]*(?:[ -][A-Z\d][\w’'-]*)*)?|Twitter|Facebook|Instagram|"
    r"television|state television|CNN|"
    r"Fox News|the radio|NBC|ABC|CBS|BBC)"
)
_PLACE = re.compile(rf"\b(?:in|from) (?P<place>(?!{'|'.join(MONTH_NAMES)})[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*)")
_REACH = 160
_SENTENCE_ENDS = re.compile(r"[.!?][”\"’']?\s")
_NEARBY = 2
"""Ends of sentences between somebody without a name and the pronoun that stands for him or her."""
_FAR = 3
"""Paragraphs back in which a pronoun's person is sought."""


def speakers_of(text: str, attributions: Sequence[Attribution]) -> list[Speaker]:
    """The speaker of each attribution, in their order."""
    article = _Article(plain_spaces(text))
    return [article.speaker(one) for one in attributions]


def nesting(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the one inside whose content it stands ("Ban said *the report says …*"), None for most."""
    found: list[int | None] = []
    for at, one in enumerate(attributions):
        cue = one.cue or one.source
        around = [
            (span.end - span.start, k)
            for k, other in enumerate(attributions)
            for span in other.content
            if k != at and cue is not None and span.start <= cue.start and cue.end <= span.end and abs(k - at) <= _NEAR
        ]
        found.append(min(around)[1] if around else None)
    return found


_NEAR = 6
"""Attributions before and behind among which one's outer one is sought: they stand in one sentence."""


class _Article:
    """The people of a text, and the sources seen so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people = People(text)
        self._last: tuple[int, Person] | None = None
        self._hidden: dict[str, str] = {}
        self._callings: dict[str, str] = {}
        self._nameless: tuple[int, Speaker] | None = None

    def speaker(self, one: Attribution) -> Speaker:
        """The speaker of one attribution; attributions are asked in order."""
        medium, place = _circumstances(self.text, one, self.people)
        if one.source is None:
            return Speaker("", "", Anonymity.UNKNOWN, medium, place, False, 0.0)
        words = self.text[slice(*one.source)]
        if _PRONOUN.fullmatch(words):
            nameless = self._nameless_before(words.lower(), one.source.start)
            if nameless is not None:
                return replace(nameless, medium=medium, place=place, resolved=True, confidence=0.8)
            person, sure = self._pronoun(words.lower(), one.source.start)
            if person is None:
                return Speaker("", "", Anonymity.UNKNOWN, medium, place, False, 0.0)
            return self._known(person, one, (medium, place), sure)
        person = self._named(words)
        if person is not None:
            return self._known(person, one, (medium, place), 0.97, resolved=False)
        told = self._unnamed(words, one, (medium, place))
        inside = self._last is not None and not _SENTENCE_ENDS.search(self.text, self._last[0], one.source.start)
        if told.anonymity in (Anonymity.ROLE, Anonymity.ANONYMOUS) and not (told.name.endswith("s") or inside):
            self._nameless = one.source.start, told
        return told

    def _nameless_before(self, pronoun: str, at: int) -> Speaker | None:
        """Somebody without a name who spoke in this sentence or the one before, where these name nobody else."""
        if self._nameless is None or pronoun not in ("he", "she"):
            return None
        start, told = self._nameless
        between = self.text[start:at]
        if "\n" in between or len(_SENTENCE_ENDS.findall(between)) > _NEARBY:
            return None
        if re.search(rf"\b\w*{'woman' if pronoun == 'he' else '(?<!wo)man'}\b", told.name):
            return None
        later = any(start < place < at for one in self.people.all for place in one.places)
        return None if later or (self._last is not None and self._last[0] > start) else told

    def _known(
        self,
        person: Person,
        one: Attribution,
        said: tuple[Span | None, Span | None],
        sure: float,
        *,
        resolved: bool = True,
    ) -> Speaker:
        self._last = (one.source.start if one.source else 0, person)
        return Speaker(person.name, person.roles[0] if person.roles else "", Anonymity.NAMED, *said, resolved, sure)

    def _named(self, words: str) -> Person | None:
        """The person whose name stands in a source: its last one before a comma, or one in an apposition."""
        first, *appositions = re.split(r",|\(", words)
        head = re.split(r" (?:of|for|with|who|at|in|from) ", first, maxsplit=1)[0]
        if self._are_two(head):
            self._last = None
            return None
        for part in (head, *appositions[:2]):
            capitals = _SOURCE_WORDS.findall(part)
            while capitals and not capitals[0][:1].isupper():
                capitals.pop(0)
            for number in range(len(capitals)):
                person = self.people.find(" ".join(word.strip(".") for word in capitals[number:]))
                if person is not None:
                    return person
        return None

    def _are_two(self, words: str) -> bool:
        """ "Peter Lund and Tom Birk" are no one person."""
        parts = re.split(r" and ", words)
        named = [self._named(part) for part in parts] if len(parts) > 1 else []
        return len({one.name for one in named if one is not None}) > 1

    def _pronoun(self, pronoun: str, at: int) -> tuple[Person | None, float]:
        """Who "he" or "she" is: the only one who fits in the sentence before, else the last source."""
        if pronoun not in ("he", "she"):
            return None, 0.0
        start = _paragraphs_back(self.text, at, _FAR)
        sentence = max(self.text.rfind(". ", start, max(start, at - 2)), self.text.rfind("\n", start, at), start)
        before = max(self.text.rfind(". ", start, max(start, sentence - 1)), start)
        last = self._last[1] if self._last and self._last[0] >= start else None
        for first in (sentence, before):
            near = self._fitting(pronoun, first, at)
            if last is not None and last.gender == "" and any(one.gender == pronoun for one in near if one is not last):
                return None, 0.0  # somebody else is known to be one: who is meant cannot be told
            if len(near) == 1 or (last is not None and last in near):
                return (near[0] if len(near) == 1 else last), (0.9 if len(near) == 1 else 0.8)
            if near:
                return None, 0.0
        if last is not None and last.gender in ("", pronoun):
            assert self._last is not None
            since = [one for one in self._fitting(pronoun, self._last[0], at) if one is not last]
            return (last, 0.9) if not since else (since[0], 0.8) if len(since) == 1 else (None, 0.0)
        near = self._fitting(pronoun, start, at)
        return (near[0], 0.8) if len(near) == 1 else (None, 0.0)

    def _fitting(self, pronoun: str, start: int, end: int) -> list[Person]:
        """The people named between two places whom a pronoun may mean."""
        return [
            one
            for one in self.people.all
            if one.gender in ("", pronoun) and any(start <= at < end for at in one.places)
        ]

    def _unnamed(self, words: str, one: Attribution, said: tuple[Span | None, Span | None]) -> Speaker:
        definite = re.match(r"(?:the|his|her|its|their)\s+", words, re.IGNORECASE) is not None
        bare = words[article.end() :] if (article := _ARTICLE.match(words)) else words
        bare = re.sub(r", \d\d?,?$", "", bare)
        heads = [word.lower().strip(".’'") for word in _SOURCE_WORDS.findall(_BEHIND_HEAD.split(bare)[0])]
        head = heads[-1] if heads else ""
        if definite and head in self._hidden and head in ROLES:
            return Speaker(self._hidden[head], "", Anonymity.ANONYMOUS, *said, True, 0.85)
        if definite and heads == [head] and head in self._callings:
            return Speaker(self._callings[head], self._callings[head], Anonymity.ROLE, *said, True, 0.85)
        if definite and head in ROLES:
            person = self._with_role(heads, one)
            if person is not None:
                return self._known(person, one, said, 0.85)
        kind = _kind(_TOLD_OF_IT.split(words)[0], head, definite=definite)
        if kind is Anonymity.ANONYMOUS and definite and head in self._hidden:
            return Speaker(self._hidden[head], "", kind, *said, True, 0.85)
        if kind is Anonymity.ANONYMOUS:
            self._hidden[head] = bare
        if kind is Anonymity.ROLE and len(bare.split()) > 1:
            self._callings[head] = bare
        role = bare if kind in (Anonymity.ROLE, Anonymity.ANONYMOUS) else ""
        return Speaker(bare, role, kind, *said, False, 0.9 if kind is not Anonymity.UNKNOWN else 0.5)

    def _with_role(self, heads: Sequence[str], one: Attribution) -> Person | None:
        """The one person who is given all the words of a role ("the Russian foreign minister"), named before."""
        source = one.source
        named = [
            person for person in self.people.all
            if any(set(heads) <= set(_SOURCE_WORDS.findall(role)) for role in person.roles)
            and source is not None and person.places[0] < source.start
        ]  # fmt: skip
        return named[0] if len(named) == 1 else None


_TOLD_OF_IT = re.compile(r", (?:who|whose|which)\b")
"""Behind a source: what is told of it tells not what it is ("Adaeze, *who does the floors at the Ministry*")."""
_BEHIND_HEAD = re.compile(
    r",| (?:of|for|from|to|with|who|at|in|on|close) | (?:seen|sent|signed|written|released|published|obtained|"
    r"submitted|leaked|dated)(?= |$)"
)
"""What parts the noun of a source from what is told of it."""


def _paragraphs_back(text: str, at: int, count: int) -> int:
    for _ in range(count + 1):
        at = text.rfind("\n", 0, at)
        if at < 0:
            return 0
    return at


def _kind(words: str, head: str, *, definite: bool) -> Anonymity:
    """How much an unnamed source tells."""
    lower = words.lower()
    if head in _PAPERS:
        return Anonymity.DOCUMENT
    if re.match(r"(?:an? |one |another )?(?:spokes\w+)\b", lower) or re.search(
        r"\bspokes(?:man|woman|"
        r"person)\b",
        lower,
    ):
        return Anonymity.ROLE
    if head in _HIDDEN or re.search(r"\b(?:sources?|anonym\w+|not to be named|familiar with|close to)\b", lower):
        return Anonymity.ANONYMOUS
    if head in ROLES and (definite or "’s " in words or "'s " in words):
        return Anonymity.ROLE
    if head in _BODIES or words.rsplit(maxsplit=1)[-1].strip(".,") in _CAPITALS or _is_body(words):
        return Anonymity.ORGANISATION
    if _one_of(head) in ROLES | _HIDDEN and _one_of(head) != head and not definite:
        return Anonymity.ANONYMOUS
    if head in ROLES:
        return Anonymity.ROLE if definite or " of " in lower or " for " in lower else Anonymity.ANONYMOUS
    return Anonymity.NAMED if re.match(r"[A-Z][\w’'-]+ [A-Z]", words) else Anonymity.UNKNOWN


def _one_of(plural: str) -> str:
    """ "Fishermen", "residents" as one of them."""
    return plural[:-3] + "man" if plural.endswith("men") else plural.removesuffix("s")


_BODY_NAMES = listed(
    "Ministry Department Agency Party Times Post Council Committee Commission University Group Journal Union",
    "Association",
    "Observatory Watch Nations House Bank Court Herald Courier Reuters AP AFP Coalition Front States Office Army",
    "Police",
    "Fund Institute Centre Center",
)


def _is_body(words: str) -> bool:
    capitals = [word.strip(".,’'") for word in words.split() if word[:1].isupper()]
    return any(word in _BODY_NAMES for word in capitals) or any(
        word.isupper() and 2 <= len(word) <= 5 for word in capitals[-1:]
    )


def _circumstances(text: str, one: Attribution, people: People) -> tuple[Span | None, Span | None]:
    """Medium and place, in the words beside the cue that are not content."""
    if one.cue is None:
        return None, None
    start, end = _beside(text, one)
    told = _TOLD.match(text, one.cue.start, end)
    if told is not None and people.find(told["medium"].removeprefix("Mr ").removeprefix("Ms ")) is not None:
        told = None  # somebody was told, no paper
    told = told or _THROUGH.search(text, start, end)
    place = _PLACE.search(text, one.cue.start, end) or (
        _PLACE.search(text, start, one.cue.start) if one.source else None
    )
    medium = Span(*told.span("medium")) if told else None
    where = (
        Span(*place.span("place"))
        if place and not (medium and medium.start <= place.start("place") < medium.end)
        else None
    )
    return medium, where


def _beside(text: str, one: Attribution) -> tuple[int, int]:
    """The stretch around the cue and its source, up to the content or the end of the sentence."""
    cue = one.cue or Span(0, 0)
    first, last = cue
    if one.source is not None:
        first, last = min(first, one.source.start), max(last, one.source.end)
    stop = re.compile(r"[.!?](?=\s|$)|\n|[“”\"]").search(text, last)
    end = min(stop.start() if stop else len(text), last + _REACH)
    ends = [span.start for span in one.content if span.start >= last]
    starts = [span.end for span in one.content if span.end <= first]
    begin = max([text.rfind("\n", 0, first) + 1, first - _REACH, *starts])
    sentence = max(text.rfind(". ", begin, first) + 1, begin)
    return sentence, min([end, *(at for at in ends if at > last)])
