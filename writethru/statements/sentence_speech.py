"""Who said what inside one sentence, by rules: a cue with a source beside it and a content around it.

A quotation that no verb of speech stands beside is given to the name or the clause before a colon, or to whoever stands
behind it before any verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from writethru.reuse.quoting import Stretch
from writethru.statements import beside_speech, speech
from writethru.statements.attributed import REPORTS, Attribution, Directness, Rule
from writethru.statements.said_clauses import Sentence, content_after, content_end
from writethru.statements.source_phrases import antecedent, source_after, source_before
from writethru.statements.subjects import ANY, alone, subject_of
from writethru.text.tokens import Span

_LETTERS = re.compile(r"[a-z]+")
_DETERMINED = re.compile(r"\b(?:an?|the|his|its|their) $", re.IGNORECASE)
"""Before what looks like a cue and is an adjective, or a noun: "lost *an* estimated 28,000 journeys"."""


def in_sentence(
    text: str, sentence: Sentence, quotes: Sequence[Stretch], before: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions of a sentence; ``before``: those of its paragraph found before it."""
    words = frozenset(_LETTERS.findall(text[sentence.start : sentence.end].lower()))
    found = _saying(text, sentence, quotes) if not beside_speech.PARTICIPLES.isdisjoint(words) else []
    if not speech.CUE_WORDS.isdisjoint(words):
        for cue in speech.CUE.finditer(text, sentence.start, sentence.end):
            negated = speech.NEGATED.search(text, max(sentence.start, cue.start() - 30), cue.start())
            if (
                negated
                or _quoted(cue.start(), quotes)
                or _is_name(text, sentence, cue)
                or beside_speech.is_noun(text, cue)
                or _DETERMINED.search(text, sentence.start, cue.start())
            ):
                continue
            attribution = _attribution(text, sentence, cue, quotes) or _joined_to(
                text, sentence, cue, [*before, *found], quotes
            )
            if attribution is not None:
                found = [*_ended(text, found, attribution), attribution]
    if not beside_speech.WORDS.isdisjoint(words):
        told = beside_speech.beside(text, *sentence, quotes, found)
        found = [*beside_speech.parted(text, found, told), *told]
    claimed = [span for one in found for span in one.content]
    for quote in quotes:
        if sentence.start <= quote.start < sentence.end and not any(_touch(span, quote) for span in claimed):
            found += _without_cue(text, sentence, quote)
    return found


def _touch(span: Span, quote: Stretch) -> bool:
    return span.start < quote.end and quote.start < span.end


def _without_cue(text: str, sentence: Sentence, quote: Stretch) -> list[Attribution]:
    """A quotation that no verb of speech stands beside: behind a name or a clause and a colon, or before any verb."""
    content = (Span(quote.start, quote.end),)
    label = speech.LABEL.fullmatch(text, sentence.start, quote.start)
    if label is not None:
        who = Span(*label.span("who" if label["who"] else "from"))
        return [Attribution(who, None, content, Directness.DIRECT, Rule.LABEL)]
    if len(text[quote.start : quote.end].split()) < FEW:
        return []
    behind = speech.BEHIND_ANY.match(text, quote.end, sentence.end) if _runs_on(text, quote) else None
    if behind is not None:
        source, cue = Span(*behind.span("who")), speech.trimmed(text, *behind.span("cue"))
        return [Attribution(source, cue, content, Directness.DIRECT, Rule.VERB)]
    leader = _with_colon(text, sentence, quote)
    return [] if leader is None else [Attribution(leader, None, content, Directness.DIRECT, Rule.COLON)]


FEW = 5
"""Words: fewer in quotation marks may be a title or a phrase, and not what somebody said."""


def _runs_on(text: str, quote: Stretch) -> bool:
    """Does the quotation end in a comma, inside its marks or behind them?"""
    return quote.closed and (last_sign(text, quote.end) == "," or text[quote.end : quote.end + 1] == ",")


def last_sign(text: str, end: int) -> str:
    """What stands before the closing marks of a quotation that ends here."""
    return text[end - 3] if text[end - 2 : end] == "'”" else text[end - 2 : end - 1]


def _with_colon(text: str, sentence: Sentence, quote: Stretch) -> Span | None:
    """The subject of the clause that announces a quotation with a colon."""
    if not speech.COLON.search(text, sentence.start, quote.start):
        return None
    subject = subject_of(text, sentence.start, quote.start)
    if subject is None:
        return None
    colon = max(text.rfind(":", subject.end(), quote.start), subject.end())
    if speech.OF_OTHERS.search(text, subject.end(), colon) or speech.CLAUSE.search(text, subject.end(), colon):
        return None
    if speech.ANOTHERS_WORDS.search(text, subject.end(), colon + 1):
        return None
    return Span(*subject.span("who"))


def _is_name(text: str, sentence: Sentence, cue: re.Match[str]) -> bool:
    """ "The United States": a capital inside a sentence makes no cue, nor a noun with its verb."""
    return (
        cue.group()[0].isupper()
        and cue["say"] != "Tweeted"
        and text[sentence.start : cue.start()].strip(' “"') != ""
        and not cue["by"]
    )


def _saying(text: str, sentence: Sentence, quotes: Sequence[Stretch]) -> list[Attribution]:
    """ "He defended the remark, saying, "…"": the subject of the sentence said it, where it can be told."""
    match = beside_speech.SAYING.search(text, sentence.start, sentence.end)
    if match is None or _quoted(match.start("cue"), quotes):
        return []
    beside = beside_speech.WITH_SAYING.search(text, sentence.start, match.end())
    beside = beside or beside_speech.BY_SAYING.search(text, sentence.start, match.start("cue"))
    subject = beside or subject_of(text, sentence.start, match.start())
    if subject is None or _quoted(subject.start("who"), quotes):
        return []
    comma, loud = text[match.start()] == ",", match["cue"] in ("chanting", "shouting", "yelling")
    if beside is None and loud and (not comma or alone(text, match.start(), subject) is None):
        return []
    thing = speech.ON_PAPER.search(text, subject.end(), match.start()) is not None or subject.re is ANY
    paper = beside is None and not comma and thing
    if paper and not speech.ISSUED.search(text, subject.end(), match.start()):
        return []
    contents = [Span(quote.start, quote.end) for quote in quotes if quote.start in (match.end(), match.end() + 1)]
    made = _made((Span(*subject.span("who")), Rule.PARTICIPLE), Span(*match.span("cue")), contents, quotes)
    return [made] if made else []


def _quoted(at: int, quotes: Sequence[Stretch]) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)


def _attribution(text: str, sentence: Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    if cue["by"]:
        return _according_to(text, sentence, cue, quotes)
    left = text[sentence.start : cue.start()]
    if not left.strip():
        return _begun(text, sentence, cue, quotes)
    told = left.rstrip().endswith(",") and not speech.APPOSED.search(left) and not speech.NO_VERB.match(cue.group())
    told = told and cue["say"].lower() not in speech.QUOTE_ONLY
    if re.search(r"[\"”]\s*$", left) or told:
        found = _inverted(text, sentence, cue, quotes)
        if found is not None:
            return found
    behind = max([sentence.start, *(quote.end for quote in quotes if quote.end <= cue.start())])
    source = None if text.count(",", behind, cue.start()) > _APPOSITIONS else source_before(text, behind, cue.start())
    if behind > sentence.start and text[behind - 1] == "”":
        apart = beside_speech.APART if source is None else beside_speech.CALLING
        whole = apart.fullmatch(text, behind, cue.start())
        source = source if whole is None else Span(whole.start("who"), whole.start() + len(whole.group().rstrip(" ,")))
    source = source or source_before(text, behind, cue.start())
    if cue["say"].lower() in beside_speech.FINDS:
        whole = beside_speech.FOUND_BY.fullmatch(text, sentence.start, cue.start())
        source = Span(*whole.span("who")) if whole else source
    return None if source is None else _with_source(text, sentence, cue, source, quotes)


_APPOSITIONS = 2
"""Commas between a quotation and a cue; with more of them all that stands there is one name with what is said of it."""


def _joined_to(
    text: str, sentence: Sentence, cue: re.Match[str], found: Sequence[Attribution], quotes: Sequence[Stretch]
) -> Attribution | None:
    """ "Holm rose and said …", "Holm said, and added …": whose the verb before "and" is."""
    joined = speech.AND_BEFORE.search(text, max(sentence.start, cue.start() - 14), cue.start())
    content = content_after(text, sentence, cue) if joined else None
    if joined is None or content is None:
        return None
    one = found[-1] if found else None
    if one is not None and one.cue is not None and one.source is not None and one.cue.start >= sentence.start:
        told = max(one.cue.end, one.source.end)
        shared = one.rule in REPORTS and joined.group().startswith(",") and one.source.end < one.cue.start
        source = one.source if shared or not text[told : joined.start()].strip(" ,") else None
    else:
        source = _subject(text, sentence, joined.start())
    return None if source is None else _made((source, Rule.JOINED), Span(*cue.span()), [content], quotes)


def _ended(text: str, found: Sequence[Attribution], joined: Attribution) -> list[Attribution]:
    """What was reported before a verb with the same subject ends there: "Holm said it was safe, but added …"."""
    if joined.rule is not Rule.JOINED or not found or joined.cue is None or found[-1].source != joined.source:
        return list(found)
    last = found[-1].content[-1]
    turn = speech.AND_BEFORE.search(text, max(last.start, joined.cue.start - 14), joined.cue.start)
    if turn is None or not last.start < turn.start() < last.end:
        return list(found)
    cut = replace(found[-1], content=(*found[-1].content[:-1], Span(last.start, turn.start())))
    return [*found[:-1], cut]


def _subject(text: str, sentence: Sentence, before: int) -> Span | None:
    """The subject at the head of a sentence, where no other clause stands between."""
    subject = speech.SUBJECT.match(text, sentence.start, before)
    between = "" if subject is None else re.sub("“[^”]*”", "", text[subject.end("who") : before])
    return None if subject is None or speech.CLAUSE.search(between) else Span(*subject.span("who"))


def _with_source(
    text: str, sentence: Sentence, cue: re.Match[str], source: Span, quotes: Sequence[Stretch]
) -> Attribution | None:
    """The source stands before the cue: was the content before it, or is it behind?"""
    if cue["say"].lower() in beside_speech.FINDS and not beside_speech.FINDINGS.search(text, *source):
        return None
    if text[slice(*source)].lower().split()[-1] == "who":
        return _of_antecedent(text, sentence, cue, Span(source.end - 3, source.end), quotes)
    if _is_said_before(text, sentence, cue, source, quotes):
        begun = _announced(text, sentence, source.start, quotes)
        whole = text[begun] == "“" and text[begun : source.start].rstrip(" ,").endswith("”")
        whole = whole and not speech.CONTINUES.match(text, cue.end())
        rest = _rest_quote(text, cue.end(), sentence, quotes) if whole else _rest(text, sentence, cue, quotes)
        contents = [speech.trimmed(text, begun, source.start), *rest]
        made = _made((source, Rule.BEHIND), Span(*cue.span()), contents, quotes)
        clear = made is None or made.directness is Directness.DIRECT or beside_speech.says(cue)
        return made if made is None or clear else replace(made, sure=beside_speech.UNCLEAR)
    content = content_after(text, Sentence(sentence.start, content_end(text, sentence, cue, source.start)), cue)
    if content is None:
        return None
    plain = Rule.CLAUSE if beside_speech.is_plain(text, cue, source, content) else Rule.REPORTED
    return _made((source, Rule.BEFORE if text[content.start] == "“" else plain), Span(*cue.span()), [content], quotes)


def _announced(text: str, sentence: Sentence, end: int, quotes: Sequence[Stretch]) -> int:
    """Where the words before a source begin: a quotation behind a colon begins by itself."""
    last = next((quote for quote in reversed(quotes) if sentence.start < quote.start < quote.end <= end), None)
    whole = last is not None and not text[last.end : end].strip(" ,") and text[: last.start].rstrip().endswith(":")
    return last.start if last is not None and whole else sentence.start


def _is_said_before(text: str, sentence: Sentence, cue: re.Match[str], source: Span, quotes: Sequence[Stretch]) -> bool:
    before, after = text[sentence.start : source.start], text[cue.end() : sentence.end]
    quoted = re.search(r"(?:[,?!.…][\"”’' ]{0,3}[\"”]|[\"”],)\s*$", before) is not None
    said = re.search(r"(?:[,?!.…][\"”’']|,|[\"”])\s*$", before) is not None and (quoted or len(before.split()) >= 2)
    begins = re.match(r"[\w’' ]{0,40}[,:]?\s*[\"“]", after) is not None and not re.search(r",[\"”’']\s*$", before)
    if not said or begins or (not quoted and _is_when(before, after)):
        return False
    ends = speech.ENDS.match(after) is not None or after.startswith(",")
    last = max((quote for quote in quotes if quote.end <= source.start), default=None, key=lambda quote: quote.end)
    fragment = (
        last is not None
        and last.start > sentence.start + 1
        and not text[last.end : source.start].strip(" ,")
        and len(text[last.start : last.end].split()) < FEW
    )
    return ends or (quoted and not fragment)


def _is_when(before: str, after: str) -> bool:
    """Is what stands before only when and where? Between commas a speaker interrupts it: "On Friday, Holm said, …"."""
    whole = after.strip(" .") and beside_speech.CIRCUMSTANCE.fullmatch(before)
    if re.search(r"\b(?:and|but|that),?\s*$", before):
        return True  # "While the jet is old and, records show, does not …": the speaker interrupts another clause
    return bool(whole) and (not after.startswith(",") or speech.CIRCUMSTANCE.match(after) is not None)


def _rest(text: str, sentence: Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> list[Span]:
    """More of what was said, behind the cue that interrupts it: quotations, or the clause going on."""
    quoted = _rest_quote(text, cue.end(), sentence, quotes)
    after = text[cue.end() : sentence.end]
    if not after.startswith(",") or (quoted and not text[cue.end() + 1 : quoted[0].start].strip()):
        return quoted
    if speech.CIRCUMSTANCE.match(after) and not speech.AND_WOULD.match(after):
        return quoted
    return [speech.trimmed(text, cue.end(), sentence.end)]


def _of_antecedent(
    text: str, sentence: Sentence, cue: re.Match[str], who: Span, quotes: Sequence[Stretch]
) -> Attribution | None:
    """ "Holm, who said it was safe, told …": whoever "who" stands for said what stands before the next comma."""
    source = source_before(text, sentence.start, len(text[: who.start].rstrip(", ")))
    source = None if source is None else antecedent(text, source)
    resumed = speech.RESUMED.search(text, cue.end(), sentence.end)
    if resumed is None and text[: who.start].rstrip().endswith(","):
        resumed = speech.RESUMED_SO.search(text, cue.end(), sentence.end)
    content = content_after(text, Sentence(sentence.start, resumed.start() if resumed else sentence.end), cue)
    if content is None:
        return None
    rule = Rule.BEFORE if source is not None and text[content.start] == "“" else Rule.REPORTED
    return _made((source or who, rule), Span(*cue.span()), [content], quotes)


def _begun(text: str, sentence: Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    """Said the mayor: "…"."""
    if speech.ASKED.match(text, cue.start()):
        return None
    colon = text.find(":", cue.end(), sentence.end)
    source = source_after(text, cue.end(), colon) if colon > 0 else None
    contents = [speech.trimmed(text, colon + 1, sentence.end)]
    return _made((source, Rule.BEGUN), Span(*cue.span()), contents, quotes) if source else None


def _inverted(text: str, sentence: Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    """ "…," said the minister."""
    source = source_after(text, cue.end(), sentence.end)
    opens = speech.OPENS.fullmatch(text, sentence.start, cue.start()) is not None
    told = text[: cue.start()].rstrip().endswith(",")
    behind = "" if source is None else text[source.end : source.end + 3]
    interrupts = behind == ", “" and _TELLS_ALONE.match(cue["say"]) is not None
    goes_on = told and not opens and not interrupts
    if source is None or (goes_on and speech.VERB.search(text, cue.end(), sentence.end)):
        return None  # "Holm, the mayor's deputy, said they would meet"
    if goes_on and behind.lstrip(" ,:").startswith("“"):
        return None  # "Holm, smiling, asked the crew: …"
    if opens:  # "But, said Holm, …"
        return _made((source, Rule.BEGUN), Span(*cue.span()), [speech.trimmed(text, source.end, sentence.end)], quotes)
    if told and not speech.VERB.search(text, sentence.start, cue.start()):
        return None
    contents = [speech.trimmed(text, sentence.start, cue.start()), *_rest_quote(text, source.end, sentence, quotes)]
    contents += _going_on(text, source.end, sentence) if len(contents) == 1 else []
    return _made((source, Rule.INVERTED), Span(*cue.span()), contents, quotes)


def _may_be_name(text: str, quote: Stretch) -> bool:
    return not text[quote.start + 1].islower() or len(text[quote.start : quote.end].split()) < _PHRASE


_PHRASE = 3
"""Words: fewer of them inside a clause are a name, or what everybody calls it."""
_TELLS_ALONE = re.compile(r"(?:said|says|explained|added|adds|argued|argues|wrote|writes|recalled|noted)$")
"""Verbs that take nobody who is told: "…, explained Holm, “…”"."""


def _rest_quote(text: str, at: int, sentence: Sentence, quotes: Sequence[Stretch]) -> list[Span]:
    """Quotations that go on behind the source in the same sentence, up to one that stands in another's clause."""
    found = []
    for quote in quotes:
        if at <= quote.start < sentence.end:
            if speech.ELSEWHERE.search(text, at, quote.start) or speech.CUE.search(text, at, quote.start):
                break
            if not (speech.INSIDE.search(text, at, quote.start) and _may_be_name(text, quote)):
                found.append(Span(quote.start, quote.end))
                at = quote.end
    return found


def _according_to(text: str, sentence: Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    stands_before = bool(text[sentence.start : cue.start()].strip(" ,"))
    source = source_after(text, cue.end(), sentence.end, leading=not stands_before)
    plain = beside_speech.PLAIN_PHRASE.match(text, cue.end(), sentence.end) if source is None else None
    source = source if plain is None else Span(*plain.span("who"))
    if source is None:
        return None
    circumstance = beside_speech.CIRCUMSTANCE.fullmatch(text, sentence.start, cue.start())
    stands_before = stands_before and not (circumstance and text[source.end : source.end + 1] == ",")
    ends = (sentence.start, cue.start()) if stands_before else (source.end, sentence.end)
    contents = [speech.trimmed(text, *ends), *(_going_on(text, source.end, sentence) if stands_before else ())]
    return _made((source, Rule.ACCORDING), Span(*cue.span()), contents, quotes)


def _going_on(text: str, at: int, sentence: Sentence) -> list[Span]:
    """The rest of a clause that cue and source interrupt: "the pier, according to Holm, *would be shut*"."""
    return [speech.trimmed(text, at, sentence.end)] if speech.CONTINUES.match(text, at, sentence.end) else []


def _made(
    who: tuple[Span | None, Rule], cue: Span, contents: Sequence[Span], quotes: Sequence[Stretch]
) -> Attribution | None:
    kept = tuple(span for span in contents if span.end > span.start)
    if not kept:
        return None
    source, rule = who
    return Attribution(source, cue, kept, _directness(kept, quotes), rule)


def _directness(contents: Sequence[Span], quotes: Sequence[Stretch]) -> Directness:
    whole = sum(span.end - span.start for span in contents)
    inside = sum(
        max(0, min(span.end, quote.end) - max(span.start, quote.start)) for span in contents for quote in quotes
    )
    if not inside:
        return Directness.INDIRECT
    return Directness.DIRECT if inside >= 0.9 * whole - 2 else Directness.MIXED
