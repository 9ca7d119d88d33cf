"""Who is said to have done it, by whom: accusations, denials and repetitions, each attributed, none decided.

Whether two names mean one party is not known here ("the regime", "Syrian forces"), so nothing is summed up: a question
only lists who accuses whom. It is *contested* where one of the accused denies it, or accuses another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from writethru.comparison.lexicon import listed
from writethru.statements.commitment_clauses import is_person
from writethru.statements.corrections import Correction, Kind, mark_at
from writethru.statements.counted_sentence import folded, telling_words
from writethru.statements.counting import SHARED
from writethru.statements.evidence import Account, Evidence, Once, Read, evidence_of, is_named, source_words
from writethru.statements.reading import Place, Said, place_text, sliced


class Act(StrEnum):
    """What a speaker does with the blame."""

    ACCUSES = "accuses"
    DENIES = "denies"
    REPEATS = "repeats"
    """ "X made the same claim": the accusation right before it."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """Somebody says who did it.

    Attributes:
        accuser: who says so, as named; for a denial, who denies.
        accused: who is said to have done it, as named; "" for a denial.
        deed: what was done, as written; "" where it is only referred to.
        about: words of the sentence, and of the paragraph before where it refers back to it.
    """

    act: Act
    accuser: str
    accused: str
    deed: str
    place: Place
    evidence: Evidence
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class BlameQuestion:
    """One deed, and who is said to have done it.

    Attributes:
        contested: one of the accused denies it or accuses another; ``reason`` says which.
        shared: words by which they are of one deed.
    """

    accusations: tuple[Accusation, ...]
    contested: bool
    reason: str
    shared: tuple[str, ...]


_NAME = r"(?:(?:the|The|its|Its) )?[A-Z][\w’'.-]*(?: (?:of |the |and )?[\w’'-]+){0,5}?"
_BLAMES = re.compile(
    rf"(?P<accuser>{_NAME}),? (?:(?:has|have|had|also|again|later) )*(?:blames?|blamed|accuses?|accused) "
    r"(?P<accused>[^,.;:“”\"]{2,70}?) (?:for|of) (?P<deed>[^,.;:“”\"]{3,90})"
)
_BLAMES_ON = re.compile(
    rf"(?:\bwhich |\bthat )?(?P<accuser>{_NAME}) (?:(?:has|have|had|also) )*(?:blames?|blamed) "
    r"(?P<deed>[^,.;:“”\"]{0,60}?)\s?\bon (?P<accused>[^,.;:“”\"]{2,50}?)(?= and (?:says?|said)\b|[,.;:“”\"]|$)"
)
_AUXILIARY = re.compile(
    r"\b(?:may|might|could|can|would|should|must|will|not|never|to|be|been|being|is|are|was|were|whether|if)$|n['’]t$"
)
"""What a party's name cannot end with: "the line *was* blamed", "rebels *may* have used" blame nobody."""
_DID = re.compile(
    r"(?:that )?(?P<accused>(?:(?!\bthat\b)[^,.;:“”\"]){2,60}?) (?:had |have |has )?"
    r"(?P<verb>used|carried out|(?:was|were) behind|fired|launched|bombed|shelled|staged|started|caused|sabotaged|"
    r"(?:is|are|was|were) (?:responsible|to blame) for) (?P<deed>[^.;:“”\"]{3,120})"
)
_BY = re.compile(
    r"(?:^|(?<=[”\"] )|(?<=\bthat ))(?P<deed>(?:(?!\bthat\b)[^,.;:“”\"]){2,90}?) "
    r"(?:was|were|is|are|(?:(?<!may )(?<!might )(?<!could )(?<!would )(?:had|has|have)) been) (?:\w+ly )?"
    r"(?P<verb>used|carried out|fired|launched|bombed|shelled|staged|started|caused|sabotaged|committed|planted|"
    r"ordered)"
    r"(?: (?:on|in|at|against) [^,.;:“”\"]{2,40}?)? by (?P<accused>[^,.;:“”\"]{2,60}?)"
    r"(?= (?:and|but) not\b| rather than\b| (?:on|in|at|during|when|while|after|before|to)\b|[,.;:“”\"]|$)"
)
""" "The shells were fired by rebels": told of the deed."""
_HARMFUL_ALONE = re.compile(r"bombed|shelled|sabotaged|(?:is|are|was|were) to blame for")
_HARMFUL = re.compile(
    r"(?:weapon|chemical|nerve|sarin|poison|\bgas\b|bomb|missile|rocket|shell|mortar|\bguns?\b|shots?\b|torture|violen|"
    r"attack|strike|assault|raid|massacre|kill|murder|death|dead|injur|\bfires?\b|blaze|arson|explosion|blast|crash|collapse|"
    r"sinking|\bsank|leak|spill|flood|damage|disaster|accident|\bwar\b|\bcoup\b|fraud|brib|theft|stole|abuse|crime|hack|sabotage|"
    r"famine|shortage|outage|blackout|failure|unrest|riot|siege|abduct|kidnap|shooting)",
    re.IGNORECASE,
)
"""Without one of these "used", "launched" or "is responsible for" tells of no harm, and nobody is blamed."""
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed)|dismiss(?:es|ed)?)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"\b(?:ask(?:s|ed)?|question(?:s|ed)|wonder(?:s|ed)?|hop(?:es?|ed)|fear(?:s|ed)?)\b", re.IGNORECASE
)
"""A cue with which nothing is said to be so."""
_WAS = r"(?:was|were|is|are|(?:had|has|have) been)"
_SOMEBODY = r"(?:[A-Z]|(?:the|its|his|her|their|an?) )[^,.;:“”\"]{1,50}?"
_BLAMED_BY = (
    re.compile(
        rf"(?P<accused>[^,.;:“”\"]{{2,60}}?) {_WAS} (?:\w+ly |also )?(?:blamed|accused) by "
        rf"(?P<accuser>{_SOMEBODY}) (?:for|of) (?P<deed>[^,.;:“”\"]{{3,90}})"
    ),
    re.compile(
        rf"(?P<deed>[^,.;:“”\"]{{2,90}}?) {_WAS} (?:\w+ly |also )?blamed on "
        rf"(?P<accused>[^,.;:“”\"]{{2,50}}?) by (?P<accuser>{_SOMEBODY})"
        r"(?= (?:on|in|at|during|after|who)\b|[,.;:“”\"]|$)"
    ),
)
""" "The line was blamed by the guard for the sinking", "the sinking was blamed on the line by the guard"."""
_DENIES = re.compile(
    r"\b(?:charge|accusation|claim|allegation)s? (?:which |that )?(?P<who>[\w’'-]+(?: [\w’'-]+){0,4}?) "
    r"(?:(?:has|have|had|strongly|repeatedly) )*(?:denie[sd]|deny|reject(?:s|ed)?|dismiss(?:es|ed)?)\b"
)
_DENIED = re.compile(
    rf"(?P<who>{_NAME}) (?:(?:has|have|had|strongly|repeatedly) )*(?:denie[sd]|deny) "
    r"(?:responsibility|(?:any )?involvement|any role|any part|the (?:charge|accusation|claim|allegation)s?|it\b)"
)
_SAME = re.compile(rf"(?P<who>{_NAME}) (?:has |had )?made the same (?:claim|charge|accusation|allegation)")
_WEEKDAY = re.compile(r"(?: on)? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_PRONOUN = frozenset(["he", "she", "it", "they", "we", "i", "you", "who", "there", "this"])
_REFERS: Final = re.compile(r"(?:the|it|this|that|these|those)\b", re.IGNORECASE)
MOST: Final = 400
"""Accusations of a story that are set beside each other."""


def accusations_in(account: Account) -> list[Accusation]:
    """Of all versions of an article, each once, by place; as editors have them."""
    found = Once[Accusation](account)
    for read in account.versions:
        for one in accusations_of(account, read):
            key = one.act.value, one.accused, one.evidence.words
            if found.is_new(key, read):
                found.keep(key, one)
    return sorted(found.things, key=lambda one: (one.evidence.key, one.place.start))


def blame_questions(accounts: Sequence[Account]) -> list[BlameQuestion]:
    """Deeds for which somebody is blamed, contested ones first; one article's lone accusation is one too."""
    groups: list[list[Accusation]] = []
    for one in [one for account in accounts for one in accusations_in(account)][:MOST]:
        homes = [group for group in groups if any(_one_deed(one, other) for other in group)]
        merged = [other for group in homes for other in group]
        groups = [group for group in groups if group not in homes]
        groups.append([*merged, one])
    made = [_question(group) for group in groups if any(one.act is Act.ACCUSES for one in group)]
    return sorted(made, key=lambda one: (not one.contested, -len(one.accusations), one.accusations[0].evidence.key))


def _one_deed(one: Accusation, other: Accusation) -> bool:
    if one.evidence.event != other.evidence.event or len(one.about & other.about) < SHARED:
        return False
    return all(not a.deed or _REFERS.match(a.deed) or telling_words(a.deed) & b.about for a, b in _both(one, other))


def _both(one: Accusation, other: Accusation) -> tuple[tuple[Accusation, Accusation], ...]:
    return (one, other), (other, one)


def _question(group: Sequence[Accusation]) -> BlameQuestion:
    ordered = sorted(group, key=lambda one: (one.evidence.key, one.place.start))
    reason = _contest(ordered)
    common = frozenset.intersection(*(one.about for one in ordered))
    return BlameQuestion(tuple(ordered), bool(reason), reason, tuple(sorted(common)))


def _contest(group: Sequence[Accusation]) -> str:
    denial = next((one for one in group if one.act is Act.DENIES), None)
    if denial is not None:
        return f"printed as denying an accusation: {denial.accuser}"
    for one in group:
        for other in group:
            if one.accused and _names(one.accused) & _names(other.accuser) and one.accused != other.accused:
                blamed = f"printed as blaming {other.accused}: {other.accuser}"
                return f"{blamed}; “{one.accused}” stands among those blamed"
    return ""


def _names(words: str) -> frozenset[str]:
    return frozenset(folded(word) for word in re.findall(r"[A-Z][\w-]+", words))


def accusations_of(account: Account, read: Read) -> Iterator[Accusation]:
    """Of one version, by place; a denial and a repetition are of the accusation before, if it stands near."""
    last: Accusation | None = None
    for block in range(len(read.text.blocks)):
        if not any(word in place_text(read.text, block) for word in _SIGNS):
            continue
        rows = sorted(_of_block(account, read, block), key=lambda one: (one.place.start, one.act is not Act.ACCUSES))
        for one in filter(None, (_ruled(one, account, read) for one in rows)):
            if one.act is Act.ACCUSES:
                last = one
                yield one
            elif last is not None and block - last.place.block <= 1:
                accused = one.accused or (last.accused if one.act is Act.REPEATS else "")
                yield replace(one, accused=accused, about=one.about | last.about)


def _ruled(one: Accusation, account: Account, read: Read) -> Accusation | None:
    """As editors have it, None where one rejected it; the latest correction holds."""
    known = [ruling for ruling in account.ruled if ruling.kind is Kind.BLAME]
    if not known:
        return one
    mark = mark_at(place_text(read.text, one.place.block), one.place)
    ruling = next((ruling for ruling in reversed(known) if ruling.mark.fits(mark)), None)
    return one if ruling is None else _set(one, ruling)


def _set(one: Accusation, ruling: Correction) -> Accusation | None:
    if ruling.field == "accuser":
        return replace(one, accuser=ruling.value, evidence=replace(one.evidence, speaker=ruling.value))
    return replace(one, accused=ruling.value) if ruling.field else None


_SIGNS: Final = (
    "blame", "accus", "same claim", "same charge", "denie", "deny", "used", "carried out", "behind", "fired",
    "launched", "bombed", "shelled", "staged", "started", "caused", "sabotaged", "responsible", "committed", "planted",
    "ordered",
)  # fmt: skip
"""Without one of these nothing is looked for in a paragraph."""


def _of_block(account: Account, read: Read, block: int) -> Iterator[Accusation]:
    text = place_text(read.text, block)[:LONGEST_BLOCK]
    for pattern in (_BLAMES, _BLAMES_ON):
        for match in pattern.finditer(text):
            named = is_named(match["accuser"]) or match["accuser"].startswith("The ")
            if named and _AUXILIARY.search(match["accuser"]) is None:
                yield _made(account, read, Act.ACCUSES, _At(block, match, _WEEKDAY.sub("", match["accuser"])))
    for pattern in _BLAMED_BY:
        for match in pattern.finditer(text):
            yield _made(account, read, Act.ACCUSES, _At(block, match, match["accuser"]))
    for pattern, act in ((_DENIES, Act.DENIES), (_DENIED, Act.DENIES), (_SAME, Act.REPEATS)):
        for match in pattern.finditer(text):
            yield _made(account, read, act, _At(block, match, match["who"]))
    for said in read.reading.said:
        yield from _said_to_have_done(account, read, said, block)


LONGEST_BLOCK: Final = 4_000
"""Characters of a paragraph in which accusations are looked for."""


def _said_to_have_done(account: Account, read: Read, said: Said, block: int) -> Iterator[Accusation]:
    """ "Assad's government says that the rebels used the weapons", "… that they were used by the rebels"."""
    if said.source is None or said.content[0].block != block:
        return
    cue = sliced(read.text, said.cue) if said.cue is not None else ""
    match = _did(sliced(read.text, said.content[0]))
    if match is None or _ASKING.search(cue):
        return
    act = Act.DENIES if _DENYING.search(cue) else Act.ACCUSES
    made = _made(account, read, act, _At(block, match, source_words(read.text, said)))
    yield replace(made, accused="" if act is Act.DENIES else made.accused, place=said.content[0])


def _did(content: str) -> re.Match[str] | None:
    """Who is told to have done what harm, None where nobody is."""
    match = _DID.match(content)
    if match is None or _AUXILIARY.search(match["accused"]):
        match = _BY.search(content)
        if match is not None and not _is_party(match["accused"]):
            return None
    if match is None or match["accused"].strip().lower() in _PRONOUN:
        return None
    return match if _HARMFUL_ALONE.fullmatch(match["verb"]) or _HARMFUL.search(match["deed"]) else None


def _is_party(words: str) -> bool:
    """Can it be blamed: somebody, and no wiring or lightning?"""
    return is_person(words) or words[:1].isupper() or words.rpartition(" ")[2].lower() in _DOERS


_DOERS = listed(
    "militants insurgents gunmen soldiers fighters separatists rioters militia militias terrorists hackers arsonists",
    "pirates bandits youths children snipers attackers gang gangs smugglers prisoners loyalists troopers marines force",
)
"""Who does harm in the news, and is not in every list of people."""


@dataclass(frozen=True, slots=True)
class _At:
    """Where an accusation was found, and who makes it."""

    block: int
    match: re.Match[str]
    who: str


def _made(account: Account, read: Read, act: Act, at: _At) -> Accusation:
    groups = at.match.groupdict()
    place = Place(at.block, at.match.start(), at.match.end())
    evidence = evidence_of(account, read, place, at.who)
    deed = groups.get("deed") or ""
    about = telling_words(evidence.words)
    if act is Act.ACCUSES and (not deed or _REFERS.match(deed)):
        before = [place_text(read.text, number) for number in range(max(0, at.block - 2), at.block)]
        about |= telling_words(" ".join(before)[-LONGEST_BLOCK:])
    return Accusation(act, at.who, (groups.get("accused") or "").strip(), deed.strip(), place, evidence, about)
