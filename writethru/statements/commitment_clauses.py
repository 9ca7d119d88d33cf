"""The clauses of a sentence that bind somebody: who, the words that bind, where the deed begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from writethru.comparison.lexicon import listed
from writethru.statements import promises, speech
from writethru.statements.calendar import WEEKDAY_NAMES
from writethru.statements.promises import Force
from writethru.statements.source_phrases import source_before
from writethru.text.tokens import Span


class Clause(NamedTuple):
    """Somebody is bound; the parts of the deed are not cut out yet.

    Attributes:
        who: who is bound, None where the text does not say.
        trigger: the words that bind.
        deed: where the verb of the deed begins.
        force: how.
        negated: not to do it.
        asked_by: who demands it, None where nobody is named, or nothing is demanded.
        confidence: 0 to 1, before the rest of the clause is looked at.
    """

    who: Span | None
    trigger: Span
    deed: int
    force: Force
    negated: bool
    asked_by: Span | None
    confidence: float


class Told(NamedTuple):
    """A content of an attribution, with its source and its cue."""

    content: Span
    number: int
    source: Span | None
    past: bool


_WORDS = re.compile(r"[a-z]+")
_VERB = re.compile(r"\s+(?P<verb>(?:\w+ly )?[a-z][\w-]*)")
_TO = re.compile(r" until\b[^.;]{3,50}? to (?=[a-z])")
_PERSONAL = re.compile(r"(?:i|we)\b", re.IGNORECASE)
_OWN = re.compile(r"(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_WHO_BEFORE = re.compile(r"(?P<comma>,?) who$")
_UNREAL = re.compile(r"\s+(?:have|like|rather|love|prefer|seem|appear|be (?:better|nice|wrong|unwise|a|an|the|like))\b")
_PAST_SET = re.compile(r"\b(?:was|were|had)\b", re.IGNORECASE)
_ASIDE = re.compile(r"(?:in|for|at|on|from|under|with|by|near|of) ", re.IGNORECASE)


def clauses(text: str, sentence: Span, told: Sequence[Told]) -> Iterator[Clause]:
    """The binding clauses of a sentence, in order of kind; ``told``: the contents that touch it."""
    if text[sentence.end - 1 : sentence.end] == "?":
        return
    words = frozenset(_WORDS.findall(text[sentence.start : sentence.end].lower()))
    if promises.TELLING.isdisjoint(words) and not promises.TELLING_PAIR.search(text, *sentence):
        return
    if not promises.TRIGGERING.isdisjoint(words):
        found = (_triggered(text, sentence, match, told) for match in promises.TRIGGER.finditer(text, *sentence))
        yield from (clause for clause in found if clause is not None)
    if not promises.DEMANDING.isdisjoint(words):
        yield from _demands(text, sentence, told)
    if not promises.OFFERED.isdisjoint(words):
        yield from _offers(text, sentence)


_HELPING = re.compile(r"(?: (?:has|have|had|also|again|now|repeatedly|\w+ly))+ $")
"""Between who demands and the verb: "the mediator *has* asked both sides to stay"."""


def _demands(text: str, sentence: Span, told: Sequence[Told]) -> Iterator[Clause]:
    for match in promises.DEMAND.finditer(text, *sentence):
        who = Span(*match.span("who"))
        if is_person(text[slice(*who)]):
            helping = _HELPING.search(text, sentence.start, match.start())
            at = helping.start() if helping else match.start()
            asked_by = source_before(text, _start_of(sentence, at, told), at)
            trigger = Span(match.start(), match.end("that") if match["that"] else match.end("verb"))
            yield Clause(who, trigger, match.start("deed"), Force.DEMANDED, bool(match["no"]), asked_by, 0.75)


def _offers(text: str, sentence: Span) -> Iterator[Clause]:
    for match in promises.NOUN.finditer(text, *sentence):
        if match["noun"] in ("commitment", "threat") and match["deed"] not in promises.DEEDS_OF_NOUNS:
            continue
        who = _possessor(text, match)
        if is_person(text[slice(*who)]) or _OWN.match(text, who.start):
            force = Force.PLANNED if match["noun"] in ("plan", "decision", "intention", "proposal") else Force.PROMISED
            trigger = Span(match.start("noun"), match.end("noun") + 3)
            yield Clause(who, trigger, match.start("deed"), force, False, None, 0.65)


def is_person(words: str) -> bool:
    """May a noun phrase name somebody who does things: a name, a pronoun, a role or a body?"""
    if "," in words and any(is_person(part) for part in words.split(",")):
        return True
    head = re.split(r" (?:of|for|in|at|from|who|with|on|near|to)\b", words.strip(), maxsplit=1)[0].split()
    if not head:
        return False
    last = head[-1].strip(".,’'").removesuffix("’s").removesuffix("'s")
    if last.lower() in promises.PERSON_WORDS or last.lower() in ("him", "her", "them"):
        return True
    named = last[:1].isupper() and last.lower() not in _NOBODY
    return named or (any(part[:1].isupper() for part in head[1:]) and last.lower() in promises.PERSON_WORDS)


_NOBODY = listed(" ".join(WEEKDAY_NAMES).lower(), "it this that these those there here nothing something")


def _triggered(text: str, sentence: Span, match: re.Match[str], told: Sequence[Told]) -> Clause | None:
    if match["until"]:
        return _until(text, sentence, match)
    verb = _VERB.match(text, match.end())
    if verb is None:
        return None
    who = _subject(text, sentence, match.start(), told)
    if who is not None and (_NO_SUBJECT.fullmatch(text, *who) or (match["must"] and _needs(text, match, who))):
        return None
    inside = next((one for one in told if one.content.start <= match.start() < one.content.end), None)
    if not _may_bind(text, sentence, match, inside):
        return None
    clause = Clause(
        who, Span(*match.span()), verb.start("verb"), _force(text, match, who, inside), _negated(match), None, 0.8
    )
    return _with_deed(text, sentence, clause, verb["verb"], inside)


_NO_SUBJECT = re.compile(
    r"you|what|so|once|first|then|here|there|now|also|today|(?:this|that) [a-z]+s (?:the|its|his|her|their|a) .*",
    re.IGNORECASE,
)
"""A word that is nobody, or a clause cut short ("this imperils the firm's *plan to* …")."""
_NEEDS = re.compile(r"(?:needs?|has|have) to")
_ANYBODY = re.compile(r"(?:i|we|you|they|it|one|people|users|everyone|everybody|many|both)", re.IGNORECASE)


def _needs(text: str, match: re.Match[str], who: Span) -> bool:
    """ "We need to build", "people have to wait": what is needed, and no demand on anybody."""
    return _NEEDS.match(match.group()) is not None and _ANYBODY.fullmatch(text, *who) is not None


def _until(text: str, sentence: Span, match: re.Match[str]) -> Clause | None:
    """ "Has until Friday to answer"."""
    to = _TO.match(text, match.end())
    who = source_before(text, sentence.start, match.start())
    if to is None or who is None or not is_person(text[slice(*who)]):
        return None
    return Clause(who, Span(*match.span()), to.end(), Force.DEMANDED, False, None, 0.75)


def _subject(text: str, sentence: Span, at: int, told: Sequence[Told]) -> Span | None:
    """Who stands before the trigger, or at the head of the sentence where verbs are joined."""
    start = _start_of(sentence, at, told)
    if glued := _GLUED.search(text, start, at):
        return Span(*glued.span())
    left = text[start:at].rstrip()
    pronoun = _IN_CLAUSE.search(left)
    if pronoun is not None:
        return Span(start + pronoun.start("who"), start + pronoun.end("who"))
    if left.endswith((" that", " which")):
        return None
    relative = _WHO_BEFORE.search(left)
    who = source_before(text, start, start + relative.start() if relative else at)
    if who is not None and _ASIDE.match(text, *who):
        who = None
    if who is None:
        head = speech.SUBJECT.match(text, start, at)
        joined = _JOINED.match(text, head.end("who"), at) if head else None
        who = Span(head.start("who"), joined.end() if joined else head.end("who")) if head else None
    return who


_GLUED = re.compile(r"[A-Za-z]+$")
"""Right before a contracted trigger: "*you*'re going to"."""
_IN_CLAUSE = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Oo]nce|[Ww]hen) [^,;.]{3,100} (?P<who>we|I|he|she|they)$")
"""A pronoun right behind another clause: "if they bring a rubber *we* shall get on"."""
_JOINED = re.compile(r" and [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")


def _start_of(sentence: Span, at: int, told: Sequence[Told]) -> int:
    """Where what was said begins, or the sentence."""
    return max([sentence.start, *(one.content.start for one in told if one.content.start <= at < one.content.end)])


def _may_bind(text: str, sentence: Span, match: re.Match[str], inside: Told | None) -> bool:
    """Not a guess, not what was long past, not what would only be."""
    before = text[max(sentence.start, match.start() - 90) : match.start()]
    word = match.group().lower()
    if _WHETHER.search(before):
        return False
    if match["vow"] is None and promises.GUESS.search(before + match.group()):
        return False
    if any(one.search(before) for one in (_LONG_SAID, _NOT_BOUND, _ASKED, _NOT_SAID, _HABIT)):
        return False
    if (match["must"] and (_A_NEED.search(before) or _HAS_TO_DO.match(text, match.end()))) or (
        match["is_to"] and (_BEFORE_IT.search(before) or _A_TASK.search(before))
    ):
        return False
    if word.startswith("would"):
        if any(one.search(before) for one in (_NOBODY_BEFORE, _REMARKED, _WOULD_BE)):
            return False
        vowed = promises.THAT.search(text, sentence.start, match.start()) is not None
        return (inside is not None or vowed) and _UNREAL.match(text, match.end()) is None
    if match["vow"] or match["plan"]:
        around = text[match.start() : min(sentence.end, match.end() + 60)]
        return inside is not None or promises.SOONER.search(before[-30:] + around.removeprefix("had")) is None
    return True


_NOBODY_BEFORE = re.compile(r"\b(?:nobody|no one|no-one|none|nothing) $", re.IGNORECASE)
"""Whoever "would" do it is nobody: a forecast."""
_REMARKED = re.compile(
    r"\b(?:stunn|shock|amaz|sad|disappoint|surpris|unthinkable|incredible|absurd|outrag|appall|strange|odd|wonder|shame)\w*"
    r"[^,;.]{0,24} that (?:the )?[\w’'-]+ $"
)
"""Whoever "would" do it is only remarked upon: "it is stunning that we would send it away"."""
_WOULD_BE = re.compile(
    r"\b(?:(?:who|which|usually|often|always|normally|sometimes) |even if [^,.;]{3,60}, \w+ |"
    r"so (?:that )?(?:[\w’'-]+ ){1,3}|"
    r"(?:words?|things?|kind|sort|way|people|those|decisions?|questions?) (?:that )?(?:some )?[\w’'-]+ |"
    r"(?:when|because) (?:the )?(?:[\w’'-]+ ){1,2})$",
    re.IGNORECASE,
)
"""Before a "would" of habit, purpose, refusal or what is not so: "*who* would go out of his way"."""
_ASKED = re.compile(
    r"\b(?:told|tell|know|knows|knew|clear|unclear|sure|certain|say|said|asked?|see|idea|questions?|explain\w*|"
    r"wonder\w*|figure out) (?:when|how|where|what|who|why|which)(?: [\w’'-]+){0,4} ?$",
    re.IGNORECASE,
)
"""Before the words that bind: it is asked, or not known ("not been *told when it* will be fixed")."""
_NOT_SAID = re.compile(
    r"(?:\bnever|\bnot|n['’]t) (?:say|said|saying|think|believe|suggest\w*|mean|certain|sure|know)(?: that)?"
    r" (?:[\w’'-]+ ?){1,4}$"
)
"""Before the words that bind: nobody says it, or it is not certain ("he'd *never say she* is going to")."""
_HABIT = re.compile(
    r"\b(?:usually|often|normally|sometimes|a lot of (?:the )?times?|most of the time),? [\w’'-]+ ?$", re.I
)
"""Before them: it happens again and again."""
_A_TASK = re.compile(
    r"\b(?:job|mission|goal|aim|purpose|task|role|idea|duty|intention|point|hope|challenge|key|answer|way|solution|step|"
    r"bet|trick|best|option|focus|priority|objective|theory|strategy)s? $"
)
"""Before "was to": what something is, and nothing that somebody is bound to ("whose *job* was to find out")."""
_A_NEED = re.compile(r"\b(?:no|the|a|any|his|her|its|their|our|urgent|great|real|of)\s$", re.IGNORECASE)
"""Before "need to": a noun ("saw *no* need to change")."""
_HAS_TO_DO = re.compile(r" do (?:is|was|with)\b")
""" "All they have to *do is* wait": nobody demands it."""
_BEFORE_IT = re.compile(r"\b(?:before|nights?|days?|evening|morning|hours?|weeks?) (?:[\w’'-]+ ){1,2}$")
"""Before "was to": it only dates something else ("the *night before she* was to testify")."""
_LONG_SAID = re.compile(r"\bhad (?:previously|once|earlier|originally|long|already|repeatedly) \w+(?:ed|id|ought)\b")
"""Said before what the text tells of: it may bind no more."""
_NOT_BOUND = re.compile(r"(?:\b(?:not|never|no longer|nor|without|denied having)|n['’]t)\s+$", re.IGNORECASE)
"""Before the words that bind: "has *not* agreed to", "is *not* intended to" bind nobody."""
_WHETHER = re.compile(r"\b(?:if|whether)(?: [\w’'-]+){1,4} ?$")


def _force(text: str, match: re.Match[str], who: Span | None, inside: Told | None) -> Force:
    if match["must"] or match["obliged"]:
        return Force.DEMANDED
    if match["expected"]:
        return Force.EXPECTED
    if match["vow"]:
        return Force.PROMISED
    if (match["modal"] or match["going"] or match["chose"]) and who is not None:
        words = text[slice(*who)]
        if _PERSONAL.match(words) or (inside is not None and _is_own(text, words, inside)):
            return Force.PROMISED
    return Force.PLANNED


def _is_own(text: str, who: str, inside: Told) -> bool:
    """Does the source speak of itself: "he", "his government", or a name that it shares?"""
    if inside.source is None:
        return False
    names = {word.strip(".,’'") for word in text[slice(*inside.source)].split() if word[:1].isupper()} - {"The", "A"}
    direct = text[inside.content.start : inside.content.start + 1] in '“"‘' or text[: inside.content.start].endswith(
        "“"
    )
    return (_OWN.match(who) is not None and not direct) or bool(names & {word.strip(".,’'") for word in who.split()})


def _negated(match: re.Match[str]) -> bool:
    word = match.group().lower()
    marked = any(match[name] for name in ("no", "vow_no", "set_no", "plan_no", "must_no", "going_no", "chose_no"))
    return marked or word.startswith(("won't", "won’t", "wouldn"))


def _with_deed(text: str, sentence: Span, clause: Clause, verb: str, inside: Told | None) -> Clause | None:
    """The clause with its deed judged: done by a person, or done to a thing by somebody; None for what binds nobody."""
    verb = verb.rpartition(" ")[2]
    after = text[clause.deed + len(verb) :]
    if verb == "have" and after.startswith(" to be "):
        return None
    if verb == "have" and after.startswith(" to "):
        return _person(text, clause._replace(deed=clause.deed + len("have to "), force=Force.DEMANDED))
    if verb == "be":
        passive = promises.PARTICIPLE.match(after.lstrip())
        return _passive(text, sentence, clause, inside) if passive else None
    if verb in promises.NO_DEED and not (
        verb in promises.DEED_WITH_A_DAY and clause.who is not None and is_person(text[slice(*clause.who)])
    ):
        return None
    if _PAST_SET.match(text, clause.trigger.start) and inside is None:
        clause = clause._replace(confidence=0.45)
    return _person(text, clause)


def _person(text: str, clause: Clause) -> Clause | None:
    if clause.who is None:
        return None
    words = text[slice(*clause.who)]
    if words.lower() in ("it", "they"):
        return clause._replace(confidence=clause.confidence - 0.15)
    if is_person(words):
        return clause
    binds = clause.force in (Force.PLANNED, Force.PROMISED) and _THING.match(words) is not None
    binds = binds and promises.NOBODYS.isdisjoint(words.lower().split())
    return clause._replace(confidence=_THINGS) if binds else None


_THING = re.compile(r"(?:The|the|His|his|Her|her|Its|its|Their|their|All|all|Most|\d+|Two|Three)\b")
_THINGS = 0.45
"""What is not known to be a person or a body is believed to be bound only where a deadline is named too."""


def _passive(text: str, sentence: Span, clause: Clause, inside: Told | None) -> Clause:
    """ "The bridge will be repaired (by the council)": who does it is bound, where that is said."""
    by = re.compile(r" by (?P<who>(?:the |its |his |her |their )?[\w’'-]+(?: [A-Z][\w’'-]*)*)").search(
        text, clause.deed, sentence.end
    )
    who = Span(*by.span("who")) if by and is_person(by["who"]) else None
    force = Force.PLANNED if clause.force is Force.PROMISED and who is None else clause.force
    return clause._replace(
        who=who, force=force, confidence=0.6 if inside and clause.force is not Force.DEMANDED else 0.45
    )


def _possessor(text: str, match: re.Match[str]) -> Span:
    start, end = match.span("who")
    for mark in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(mark):
            return Span(start, end - len(mark))
    return Span(start, end)
