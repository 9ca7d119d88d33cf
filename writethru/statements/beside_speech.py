"""Who said what beside the main cue: "…, saying it was shut", "called the plan “a gamble”", "accused Holm of …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from writethru.comparison.lexicon import listed
from writethru.reuse.quoting import Stretch
from writethru.statements import speech
from writethru.statements.attributed import REPORTS, Attribution, Directness, Rule
from writethru.statements.source_phrases import source_before
from writethru.text.tokens import Span

WORDS = listed(
    "saying adding arguing noting insisting stating claiming explaining warning suggesting acknowledging asserting",
    "stressing predicting complaining pointing telling called calls accused accuses described describes dubbed",
    "emphasizing emphasising reiterating alleging cautioning contending conceding admitting boasting lamenting",
    "dismissed derided denounced blasted slammed likened calling describing",
)
"""A sentence without any of these has nothing of the kind."""
FINDS = listed("show shows showed shown find finds found")
FINDINGS = re.compile(
    r"\b(?:polls?|polling|surveys?|study|studies|reports?|reviews?|records|data|figures|results|documents|emails|"
    r"analysis|research|audit|inquiry|investigations?|filings?|papers|transcripts?|census|numbers|findings|statistics|"
    r"videos?|footage|recordings?)\b",
    re.IGNORECASE,
)
"""Who finds and shows is one of these where it is said at all."""
FOUND_BY = re.compile(
    r"(?:(?:But|And|Meanwhile|Still),? )?(?P<who>(?:[\w’'.-]+ ){0,6}?(?:study|poll|survey|report|analysis|review|"
    r"audit|inquiry|investigation|research) (?:by|of|from|for|in|on|released|conducted|published|commissioned) "
    r"(?:(?!\b(?:that|which|who|is|are|was|were|has|have|had|said|says)\b)[^,;:“”]){3,100}?)\s+"
)
"""All that stands before "found" or "shows": an inquiry, with whose it is and of what."""
APART = re.compile(
    r"\s*(?P<who>[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,4}, [^“”;:]{2,110}|"
    r"(?:an?|the|another|one|his|her) [a-z][a-z -]{2,40}, (?:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,4}|[\w -]{3,40}))"
    r"\s*,?\s*"
)
"""Right behind a quotation and before a cue: a name with more than one apposition, a calling with its name."""
PLAIN_PHRASE = re.compile(
    r" (?P<who>(?!(?:this|that|which|what|it|in|on|at|a|an|the)\b)[a-z-]+"
    r"(?: (?!(?:in|on|at|that|which|who)\b)[a-z-]+){0,4}"
    r"(?: (?:from|of|by|in) \w+(?: [A-Z]\w*)*)?)(?=[,.]| that\b|$)"
)
"""Behind "according to": a noun without an article."""
CALLING = re.compile(r"\s*(?P<who>(?:an?|another|one) [a-z][a-z -]{2,40}, [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3})\s*")
"""Right behind a quotation and before a cue: a calling with its name, and no comma behind it."""
BY_SAYING = re.compile(
    r"\b(?P<who>he|she|they|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) "
    r"(?:began|opened|started|ended|closed|concluded|responded|replied|answered|continued|reacted) by $"
)
"""Right before "saying": who began, or answered, so."""
_SAYING = (
    "saying|adding|asking|arguing|noting|declaring|writing|insisting|reporting|tweeting|shouting|yelling|stating|"
    "claiming|explaining|warning|concluding|joking|replying|responding|chanting|remarking"
)
PARTICIPLES = frozenset(("telling", *_SAYING.split("|")))
SAYING = re.compile(
    rf",? (?P<cue>{_SAYING}|telling(?= [^,:“\"]{{2,60}}[,:]))"
    rf"(?: (?:in|on|at) (?:an? |the |his |her )?[\w’' -]{{2,40}}?(?=[:,]))?,?:?"
    rf"(?:(?<=telling) [^,:“\"]{{2,60}}[,:])? ?(?=[\"“])"
)
"""A participle before a quotation; whose it is stands at the head of the sentence (``SUBJECT``)."""
WITH_SAYING = re.compile(
    rf"\bwith (?P<who>(?:the |an? |his |her |its )?[\w’'-]+(?: [\w’'-]+){{0,4}}?)(?: \w+ly)? (?P<cue>{_SAYING}),?:? ?$"
)
""" "With the crowd shouting" before a quotation: who shouts is named right there."""
_CLAUSE = re.compile(
    r", (?P<cue>(?:also |then )?(?:saying|adding|arguing|noting|insisting|stating|claiming|explaining|warning|"
    r"suggesting|acknowledging|asserting|stressing|predicting|complaining|pointing out|emphasi[sz]ing|reiterating|"
    r"alleging|cautioning|contending|conceding|admitting|boasting|lamenting|"
    r"telling (?:reporters|[A-Z]\w+|him|her|them)|calling(?= [^,;:“”]{2,60} “)|"
    r"describing(?= [^,;:“”]{2,60} as “)))"
    r" (?=(?:that|there|it|he|she|they|him|them|the|an?|his|her|its|their|this|if|whether|how|[A-Z]\w+)\b)"
)
"""A participle and the clause that it reports; a quotation behind it is read elsewhere."""
CIRCUMSTANCE = re.compile(
    r"[“\"]?\s*(?:But|And|(?:In|On|At|As|After|Before|When|While|For|During|Despite|Since|By|With|From|To|If|Although|Though|Under|"
    r"Until|Among|Amid|Because|Even|Earlier|Later|Last|Then|Still|Meanwhile)\b[^,]*|[A-Z]\w+ [A-Z]\w+),?\s*"
)
"""All that stands before a source: when and where, or only a name; nothing that could have been said."""
_PLAIN_SAYING = listed(
    "said says say told tells added adds noted announced argued argues warned insisted explained wrote writes claimed",
    "suggested acknowledged denied confirmed predicted testified admitted complained concluded stressed stated",
)
_NO_CLAUSE = re.compile(
    r"(?:in|on|at|with|for|and|including|voting|so|of|from|to|by|about|as|when|-|\d)(?!\w)|[A-Z]\w+ly\b|\w+ly\b"
)
_LONGEST_PLAIN = 6
"""Words of a source; longer ones are more often cut wrong."""


def is_plain(text: str, cue: re.Match[str], source: Span, content: Span) -> bool:
    """Is it a plain verb of saying between a short source and a clause?"""
    words = text[slice(*source)].split()
    if not says(cue) or len(words) > _LONGEST_PLAIN or words[-1] == "who":
        return False
    return _NO_CLAUSE.match(text, content.start) is None and speech.VERB.search(text, *content) is not None


UNCLEAR: Final = 0.6
"""Share of right ones, on a third of PolNeAR train, where another verb stands behind words without quotation marks."""


def says(cue: re.Match[str]) -> bool:
    """Is it a plain verb of saying?"""
    return not _PLAIN_SAYING.isdisjoint(cue.group().lower().split())


_NOUNS = listed(
    "states reports claims fears tweets comments hopes demands charges estimates promises thoughts pledged charged"
)
_SUBJECT = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]ho|I|[Ww]e|that|which)|[A-Z][\w.’'-]*|"
    r"\b(?:the|a|an|The|A|An)(?: [\w-]+){1,3})"
    r",?\s+(?:\w+ly )?$"
)
_NOUN_BEFORE = re.compile(
    r"\d[\d,.]* $|\b(?:their|his|her|its|our|of|in|recent|several|many|some|two|three|news|battleground|key|big) $"
)


_STATES_THAT = re.compile(
    r"\s*(?:[,:“]|(?:that|how|why|the|it|he|she|they|there|in (?:its|the|an?)|clearly|plainly)\b)"
)


def is_noun(text: str, cue: re.Match[str]) -> bool:
    """ "In 30 states", "his recent comments": words that look like verbs, where no subject stands before them."""
    if cue.group().lower() not in _NOUNS:
        return False
    if cue.group().lower() == "states" and _STATES_THAT.match(text, cue.end()) is None:
        return not text[: cue.start()].rstrip().endswith(("”", '"', ","))
    before = text[max(0, cue.start() - 60) : cue.start()]
    if _NOUN_BEFORE.search(before) or _SUBJECT.search(before) is None:
        return not before.rstrip().endswith(("”", '"', ","))
    return _NO_CLAUSE.match(text, cue.end() + 1) is not None


_CALLS = re.compile(
    r"(?<!so-)(?<!\bwhat )\b(?P<cue>(?:(?:has|have|had|also|then|later|once|repeatedly|[a-z]+ly) ){0,2}"
    r"(?:(?P<name>called|calls|dubbed)|accused|accuses|described|describes|"
    r"dismissed|derided|denounced|blasted|slammed|(?P<like>likened))) "
    r"(?P<what>(?:(?!\b(?:and|but|for|on|by|in|to)\b)[\w’'.,-]+ ){0,12}?)"
    r"(?(name)(?=“)|(?(like)(?=to (?:an? |the )?“)|(?=of [a-z]+\b|as (?:an? |the |her |his )?“)))"
)
"""Words of judgement about somebody or something: a name in quotation marks, a charge, a description as something."""
_ENDS = re.compile(
    r",? (?:and|but) (?:(?:has|had|have|also|then|later|\w+ly) )?[a-z]+(?:ed|s)\b|"
    r", (?:a|the|which|who|though|while|as|after|when|\w+ing)\b|[;:—]"
)
"""Where what was said so ends: another verb of the same subject, or something about it."""
_WHICH = re.compile(r"\b(?:which|what|whom) $")
"""Before whoever calls something so that is named before: "what *Holm calls “a gift”*"."""
_AGAIN = re.compile(r" (?:and (?=“)|(?:(?!\b(?:and|but|or|which|who|that|as|while|then)\b)[^,.;:“”\s]+ ){1,8})“[^”]*”")
"""Behind words in quotation marks that are only part of a name: "called his *“claim of right” to it “absurd”*"."""
_NOT_SO = re.compile(
    r"\b(?:would|could|might|may|should|can|to|not|never|nor|without|be|being|been|was|were|is|are|n['’]t) $"
)
"""Before words of judgement: nobody spoke so, or it is not said who did."""


def beside(
    text: str, start: int, end: int, quotes: Sequence[Stretch], found: Sequence[Attribution]
) -> list[Attribution]:
    """What a sentence attributes beside the cues of speech that stand behind their subject.

    Args:
        start: where the sentence begins.
        end: where it ends.
        found: its attributions that were read already.
    """
    told = [
        one
        for match in _CLAUSE.finditer(text, start, end)
        if (one := _clause(text, start, end, match, found)) is not None
    ]
    judged = [
        one for match in _CALLS.finditer(text, start, end) if (one := _judged(text, start, end, match)) is not None
    ]
    return [one for one in [*told, *judged] if one.cue is not None and not _quoted(one.cue.start, quotes)]


def parted(text: str, found: Sequence[Attribution], told: Sequence[Attribution]) -> list[Attribution]:
    """What was read before, without the participles and clauses that were read beside it."""
    kept = []
    for one in found:
        inside = (other.cue.start for other in told if other.cue is not None and not _is_relative(text, other))
        last = one.content[-1]
        cut = min((at for at in inside if last.start < at < last.end), default=None)
        whole = one.rule not in REPORTS or cut is None
        deed = one.cue is not None and not speech.OF_DEEDS.isdisjoint(text[slice(*one.cue)].lower().split())
        if (
            not whole
            and not deed
            and _NO_CLAUSE.match(text, last.start)
            and not speech.VERB.search(text, last.start, cut or last.end)
        ):
            continue  # "said in the hall, adding …": only where
        kept.append(one if whole else replace(one, content=(*one.content[:-1], Span(last.start, cut or last.end))))
    return kept


def _is_relative(text: str, one: Attribution) -> bool:
    """Does it say how somebody calls what is told of, inside what somebody else says?"""
    return one.source is not None and _WHICH.search(text, max(0, one.source.start - 8), one.source.start) is not None


def _clause(text: str, start: int, end: int, match: re.Match[str], found: Sequence[Attribution]) -> Attribution | None:
    source = _speaker(text, start, match.start(), found)
    stop = _open_end(text, match.end(), end)
    judges = match["cue"].endswith(("calling", "describing"))
    if source is None or not (judges or speech.VERB.search(text, match.end(), stop)):
        return None
    return _reported(text, source, Span(*match.span("cue")), Span(match.end(), stop))


def _speaker(text: str, start: int, at: int, found: Sequence[Attribution]) -> Span | None:
    """Whoever spoke in the sentence before, else its subject, where no other clause stands between."""
    before = [one for one in found if one.cue is not None and start <= one.cue.start < at]
    if before:
        return before[-1].source
    subject = speech.SUBJECT.match(text, start, at) or speech.SUBJECT_PHRASE.match(text, start, at)
    if subject is None or speech.CLAUSE.search(_unquoted(text[subject.end("who") : at])):
        return None
    return Span(*subject.span("who"))


def _judged(text: str, start: int, end: int, match: re.Match[str]) -> Attribution | None:
    quoted = text.rfind("”", start, match.start())
    unsaid = _NOT_SO.search(text, max(start, match.start() - 10), match.start())
    source = None if unsaid else source_before(text, max(start, quoted + 1), match.start())
    if source is None or text[slice(*source)].lower() in ("who", "which", "that"):
        return None
    if not match["what"] and _WHICH.search(text, start, source.start) is None:
        return None
    begin = match.start("what")
    opening = text.find("“", begin, end)
    closing = text.find("”", opening, end) if 0 <= opening <= match.end() + 4 else -1
    stop = _ENDS.search(text, closing + 1 if closing > 0 else match.end(), end)
    again = _AGAIN.match(text, closing + 1, end) if closing > 0 else None
    until = closing + 1 if match["name"] and closing > 0 else stop.start() if stop else end
    until = again.end() if again is not None and match["name"] else until
    return _reported(text, source, Span(*match.span("cue")), Span(begin, until))


def _reported(text: str, source: Span, cue: Span, content: Span) -> Attribution | None:
    span = speech.trimmed(text, *content)
    if len(text[slice(*span)].split()) < 2:
        return None
    way = Directness.MIXED if "“" in text[slice(*span)] else Directness.INDIRECT
    return Attribution(source, cue, (span,), way, Rule.REPORTED)


def _open_end(text: str, start: int, end: int) -> int:
    """The end of a sentence, or of its part before the next participle."""
    following = _CLAUSE.search(text, start, end)
    return following.start() if following is not None else end


def _unquoted(text: str) -> str:
    return re.sub("“[^”]*”", "", text)


def _quoted(at: int, quotes: Sequence[Stretch]) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)
