"""The noun phrases beside the words that attribute: whose speech it is, with appositions and lists of several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writethru.comparison.lexicon import listed
from writethru.statements.calendar import WEEKDAY_NAMES
from writethru.statements.speech import SAID_WITHIN, trimmed
from writethru.text.tokens import Span

_DAY = "|".join(WEEKDAY_NAMES)
_PRONOUNS = listed("he she they who i we it")
_SUBJECTS = listed("he she they i we it")
_LAST_PRONOUN = re.compile(r"(?<! and)(?<! or)(?<!,) (?P<who>I|we)\Z")
"""A pronoun behind other words: these are no part of it ("wearing *I* think", "this month *we*")."""


def _pronoun_at(text: str, span: Span) -> int:
    pronoun = _LAST_PRONOUN.search(text, *span)
    return span.start if pronoun is None else pronoun.start("who")


_WITH_SUBJECTS = listed(
    "and or further then also again too later once himself herself themselves themself itself who of both all"
)
"""A pronoun with another word than these is a clause ("he turned it over once"), and no source."""
_CONTRACTED = re.compile(r"(?:i|we|he|she|they|you|it)[’'](?:m|d|ll|ve|re|s)")
_AUXILIARY = listed("should had were did does do is are was has have will would can could may might")
"""A clause that begins with one of these is a question or a condition ("should it say no")."""
_BREAKS = listed(
    "and but that which as when while because if who whose where although though after before since until so "
    "or than what",
    "how why",
)
_NOT_A_SOURCE = listed(
    "must should will would can could may might shall",
    "this that there which what then and but or so as also not to being be been is was were are",
)
_ALONE_NONE = listed(
    "when while as after before since until if because where here there now then today yesterday tomorrow",
    "last this next earlier later also just only even still yet so but",
    "and or",
    " ".join(WEEKDAY_NAMES).lower(),
)
"""No source by themselves, with a capital or without."""
_PREPOSITIONS = listed("in on at by for from with to of during under into about than like via per")
_DETERMINERS = listed(
    "my your this that the a an one some many several his her its their our another other two three four most both all",
    "few no any",
)
_TITLES = "".join(
    rf"(?<!\b{title})"
    for title in ("Rep", "Sen", "Gov", "Mr", "Mrs", "Ms", "Dr", "St", "Jr", "Gen", "Col", "Lt", "Prof")
)
_AFTER_SOURCE = re.compile(
    rf"[,;:—–\"“]|{_TITLES}(?<![A-Z])\.(?!\w)|\s(?:in|(?<!close )to|on|at|during|after|before|when|while|as|of his|"
    rf"of her|"
    "of their|with|(?<!seen )(?<!obtained )(?<!written )(?<!signed )(?<!published )(?<!submitted )(?<!released )by|"
    rf"about|last|this|that|earlier|later|{_DAY}|yesterday|today|recently|via|through|from|"
    rf"(?<!man )(?<!person )(?<!lawyer )for(?! (?:the )?[A-Z])|adding|referring|who)\b"
)
_NAME_BEHIND = re.compile(
    r", (?:[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+|de|von|van|al|bin))+(?:, \d\d)?|"
    r"\d\d)(?=[,.;]|$)"
)
""" "said the mayor, *Ida Strand*", "said Tove Aas, *43*"."""
_PLACED_NAME = re.compile(
    rf" (?:on|in|at|for|from) (?!(?:{_DAY})\b)[\w’'-]+(?: [\w’'-]+){{0,3}}, "
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}(?=[.;]|$)"
)
""" "said their leader *on the council, Dag Holm*"."""
_OUT = re.compile(r"\b(?:released|published|issued|conducted|filed|posted|taken|made public)$")
_RELEASED = re.compile(
    rf"(?: (?:(?:on |last |late |early |this )?(?:{_DAY}|week|month|year)|earlier this \w+|yesterday|today|"
    r"in [A-Z]\w+(?: \d{4})?))?"
    r"(?: (?:by|from) (?:the |an? )?[A-Z][\w’'&.-]*(?: (?:of |for |and )?(?:the )?[A-Z][\w’'&-]*){0,6})?"
)
""" "A poll released *Monday by the Nordvik Institute*"."""
_APPOSITION = re.compile(r", (?:an?|the|who|whose|his|her|its|[a-z][\w-]* (?:of|for|at))\b[^,.;\"“”]{2,100}")
_LONGEST_SOURCE = 160
_LONGEST_BEFORE = 400
_OPENING = listed("and but so still then yet however though or when while as after before if since because although")


def source_after(text: str, start: int, end: int, *, leading: bool = False) -> Span | None:
    """The noun phrase right after ``start``, with an apposition; ``leading``: the content follows behind a comma."""
    while start < end and text[start].isspace():
        start += 1
    stop = _AFTER_SOURCE.search(text, start, min(end, start + _LONGEST_SOURCE))
    last = stop.start() if stop else min(end, start + _LONGEST_SOURCE)
    if stop and stop.group() == ",":
        apposition = _APPOSITION.match(text, last, end) or _NAME_BEHIND.match(text, last, end)
        if apposition and SAID_WITHIN.search(apposition.group()):
            apposition = None  # "said Holm, who said the pier was shut"
        if apposition and (not leading or text[apposition.end() : apposition.end() + 1] == ","):
            last = apposition.end()
    released = _RELEASED.match(text, last, end) if _OUT.search(text, start, last) else None
    last = released.end() if released else last
    placed = _PLACED_NAME.match(text, last, end) if text[start : start + 1].islower() else None
    span = trimmed(text, start, placed.end() if placed else last)
    words = text[span.start : span.end].split()
    return span if words and words[0] != "of" and _may_be_source(words, first=True) else None


def source_before(text: str, start: int, cue: int) -> Span | None:
    """The noun phrase that ends right before the cue, with an apposition between commas."""
    start = max(start, cue - _LONGEST_BEFORE)
    left = text[start:cue].rstrip()
    body = left.rstrip(", ")
    if not body.strip(" ;:—–-"):
        return None
    relative = _RELATIVE.search(body)
    if relative is not None and (relative["comma"] != "") == left.endswith(","):
        return _before_relative(text, start, body, relative)
    cut = _clause_start(body)
    if left.endswith(",") and "," in body:
        cut = _clause_start(body[: body.rfind(",")])
    span = trimmed(text, start + cut, start + len(body))
    words = text[span.start : span.end].split()
    while words and words[0].lower() in _OPENING:
        span = trimmed(text, span.start + len(words[0]) + 1, span.end)
        words = words[1:]
    if len(words) > 1 and words[-1] in _SOMEBODY:
        span, words = Span(span.end - len(words[-1]), span.end), words[-1:]
    begun = _CLAIM.match(text, *span)
    at = begun.end() if begun is not None else _pronoun_at(text, span)
    if at > span.start:
        span, words = Span(at, span.end), text[at : span.end].split()
    when = _WHEN.search(text, *span)
    if when is not None and len(words) > 2:  # two words may be a name: Ruby Tuesday
        span = trimmed(text, span.start, when.start())
        words = text[slice(*span)].split()
    if _PREDICATE.match(text, *span) or (words[:1] == ["Will"] and _ASKS.match(text, cue)):
        return None
    listed_before = _LISTED.fullmatch(text, start, span.start)
    if listed_before is not None and (listed_before["list"].endswith("and ") or " and " in text[slice(*span)]):
        span = trimmed(text, listed_before.start("list"), span.end)
    return span if _may_be_source(words, first=False) else None


_WHEN = re.compile(
    r" (?:(?:on|late|early) )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?|"
    r"yesterday|today|tonight)\Z"
)
""" "The mayor *Friday* accused": when somebody spoke is no part of who did."""
_SOMEBODY = listed("someone somebody everyone everybody nobody")
_CLAIM = re.compile(
    r"(?:an?|the|one) (?:[a-z]+ )?(?:charge|claim|accusation|allegation|figure|number|assertion|contention|suggestion|"
    r"idea|promise|demand|argument|estimate|toll|account|prediction|warning|threat|offer|theory|move|point|something) "
    r"(?:that |which )?(?=(?:the|his|her|its|their|he|she|they|critics|officials|police) |[A-Z])"
)
""" "A charge *the government* has denied": who denies it stands behind what is denied."""
_NAMED = r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,4}"
_ITEM = rf"(?:(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]+ )?(?:{_NAMED}|[a-z]+)|(?:[Bb]oth )?{_NAMED})"
_LISTED = re.compile(
    rf"[“\"]?(?:(?:But|And|Meanwhile|Both|that|That),? )?(?P<list>{_ITEM}(?:, {_ITEM}){{0,5}}"
    r"(?:,? and |, ))"
)
"""From the head of a sentence to the last of several who say something together."""
_RELATIVE = re.compile(
    r"(?<!\bover)(?<!\bof)(?<!\babout)(?<!\bto)(?<!\bby)(?<!\bwith)(?<!\band)(?P<comma>,?)[\"”]? who "
    r"(?:(?:(?!\b(?:that|which|when|but|while|because|if|as|whether)\b)[^,;:“”\"]){3,100}|"
    r"(?<=, who )(?:[^,;:“”\"]|(?<=\d),(?=\d)){3,140})$"
)
_ASKS = re.compile(r"(?:[a-z]+ly )?(?:say|write|arg|conclud|insist|believ|think|agree|warn|predict|suggest|admit)e?\b")
"""Behind "Will" and a name: a question, and no man called Will."""
_OPENED = re.compile(r"(?:[Aa]nd|[Bb]ut|[Ss]o|[Yy]et|[Ss]till|[Tt]hen),? ")
_PREDICATE = re.compile(
    r"(?:To|to) |[^,]*? (?:must|will|would|can|could|should|may|might|shall|is|are|was|were|has|have|had|did|does) "
)
"""A noun phrase has no verb like these; what has one is a clause cut short ("the state must ensure")."""


def _before_relative(text: str, start: int, body: str, relative: re.Match[str]) -> Span | None:
    """The one whom a clause with "who" tells of; the clause is part of the source where no comma parts it."""
    head = body[: relative.start()].rstrip(' ,"”')
    cut = _clause_start(head)
    if relative["comma"] and "," in head:
        cut = min(cut, _clause_start(head[: head.rfind(",")]))
    whole = len(head) if relative["comma"] or SAID_WITHIN.search(relative.group()) else len(body)
    for at in (
        cut,
        _clause_start(head),
    ):  # "at one point on Sunday, Holm, who …": what stands before the name may be no part
        span = trimmed(text, start + at, start + whole)
        opened = _OPENED.match(text, *span)
        span = Span(opened.end(), span.end) if opened else span
        if _may_be_source(text[span.start : start + len(head)].split(), first=False):
            return span
    return None


def antecedent(text: str, span: Span) -> Span:
    """The noun right before "who": "Aas had rebuked *critics* who say …"."""
    governed = [match.end() for match in _GOVERNS.finditer(text, *span)]
    return Span(governed[-1], span.end) if governed else span


_GOVERNS = re.compile(
    r"\b(?:(?<!\ban )(?<!\ba )(?<!\bthe )[a-z]{2,}ed|is|are|was|were|has|have|had|among|from|about|between|"
    r"against|with|won|met|told|asked|(?:lost|spoke|went|turned|gave way|belongs) to) (?=[\w’'])"
)
"""Words of which the noun behind them is the object."""


def _may_be_source(words: Sequence[str], *, first: bool) -> bool:
    """A pronoun, a name, or a noun with its article; ``first``: judged by its first word, else by its last one."""
    if not words or (len(words) == 1 and words[0].lower() in _ALONE_NONE | {"a", "an", "the", "my", "your", "its"}):
        return False
    judged = words[0 if first else -1]
    if len(words) > 30 or (judged != "Will" and judged.lower() in _NOT_A_SOURCE) or words[0].lower() in _PREPOSITIONS:
        return False
    if not first and words[-1].endswith(("’s", "'s", "s’")):
        return False
    head = words[0].lower()
    if _CONTRACTED.fullmatch(head):
        return False
    named = words[0] == "Will" and len(words) > 1 and words[1][0].isupper()
    if len(words) > 1 and not named and (head in _AUXILIARY or _is_clause(head, words[1].lower())):
        return False
    if head in _DETERMINERS or head in _PRONOUNS or head in _SOMEBODY or any(word[0].isupper() for word in words):
        return not (first and head in ("it", "this", "that"))
    return words[-1].lower().endswith(("s", "people", "police"))


def _is_clause(head: str, behind: str) -> bool:
    return head in _SUBJECTS and behind not in _WITH_SUBJECTS


def _clause_start(body: str) -> int:
    """Where the last noun phrase of a stretch may begin: behind the last comma, quotation mark or joining word."""
    if body.endswith(")") and "(" in body:
        body = body[: body.rfind("(")].rstrip()
    at = max(body.rfind(sign) + 1 for sign in ',;:—–"”()')
    for match in re.finditer(r"(?<![\w-])[A-Za-z]+(?![\w-])", body):
        word = match.group()
        if match.start() >= at and match.end() < len(body) and word.islower() and word in _BREAKS:
            at = at if _joins_names(body, at, match) else match.end()
    return at


def _joins_names(body: str, at: int, word: re.Match[str]) -> bool:
    """ "Smith and Jones", "the mayor and Smith": one source."""
    before, behind = body[at : word.start()].rstrip(), body[word.end() :].lstrip()
    if word.group() not in ("and", "or") or not before[-1:].isalpha():
        return False
    return behind[:1].isupper() or (_PLACED.match(behind) is not None and _PLACED.search(before) is not None)


_PLACED = re.compile(r"\b(?:in|around|across|outside|at|throughout) [\w’'-]")
"""A place of a noun phrase; two of them are joined ("observers *in* the city and *around* the country")."""


_SEVERAL = re.compile(rf"{_ITEM}(?:, {_ITEM})+,? and {_ITEM}")


def are_several(words: str) -> bool:
    """Does a source name several who speak together? A comma in it then parts them and tells nothing of the first."""
    return _SEVERAL.fullmatch(words) is not None
