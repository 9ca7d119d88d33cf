"""Whose a quotation is that no cue stands beside: it goes on from the sentence, paragraph or line before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from writethru.reuse.quoting import Stretch, begins_quoted, quoted_stretches
from writethru.statements import speech
from writethru.statements.attributed import REPORTS, Attribution, Directness, Rule
from writethru.statements.said_clauses import Sentence
from writethru.statements.sentence_speech import FEW, in_sentence, last_sign
from writethru.statements.subjects import reacts
from writethru.text.sentences import sentence_spans
from writethru.text.tokens import Span

MOST_BELOW = 40
"""Quoted paragraphs that one line above them is believed to announce."""


def sentences_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """Its sentences; one that ends in a quotation ends there where the next words say who quotes what follows."""
    for start, end in sentence_spans(paragraph):
        at = start
        for match in speech.TOLD_NEXT.finditer(paragraph, start, end):
            yield at, match.start() + 2
            at = match.end()
        yield at, end


def continued(
    text: str, sentences: Sequence[Sentence], quotes: Sequence[Stretch], found: list[Attribution]
) -> list[Attribution]:
    """A quotation that begins the sentence right behind an attributed one is its speaker's too."""
    claimed = [span for one in found for span in one.content]
    ends = [_sentence_end(one, sentences) for one in found]
    for quote in quotes:
        if any(span.start <= quote.start and quote.end <= span.end for span in claimed):
            continue
        for k, one in sorted(enumerate(found), key=lambda row: row[1].rule in REPORTS):
            quoted = one.source is not None and one.directness is not Directness.INDIRECT
            if quoted and _others(text, one, ends[k]):
                continue
            if quoted and ends[k] <= quote.start and not text[ends[k] : quote.start].strip(' \u201c"'):
                found[k] = replace(one, content=(*one.content, Span(quote.start, quote.end)))
                ends[k] = quote.end
                break
        else:
            found += _following(text, sentences, quote, found)
    return found


def _others(text: str, one: Attribution, end: int) -> bool:
    """Does the sentence go on with another's deed, whose the next words may be: "…, Holm said, and *he cut in*"?"""
    last = max(span.end for span in (*one.content, one.source, one.cue) if span is not None)
    return speech.ANOTHER_DOES.search(text, last, end) is not None


def _following(
    text: str, sentences: Sequence[Sentence], quote: Stretch, found: Sequence[Attribution]
) -> list[Attribution]:
    """The attribution of a whole quoted sentence by what is reported right before it, with the speaker behind."""
    whole = quote.closed and last_sign(text, quote.end) in ".?!…" and len(text[quote.start : quote.end].split()) >= FEW
    for one in found if whole else ():
        end = _sentence_end(one, sentences)
        behind = end <= quote.start and not text[end : quote.start].strip()
        if behind and one.directness is Directness.INDIRECT and _tells(one):
            return [_follows(one.source, quote)]
    before = next(
        (one for one in sentences if one.end <= quote.start and not text[one.end : quote.start].strip()), None
    )
    subject = reacts(text, *before) if whole and before is not None else None
    return [] if subject is None else [_follows(Span(*subject.span("who")), quote)]


def _follows(source: Span | None, quote: Stretch) -> Attribution:
    return Attribution(source, None, (Span(quote.start, quote.end),), Directness.DIRECT, Rule.FOLLOWS)


def below_reaction(text: str, lines: Sequence[tuple[int, int]], number: int) -> Attribution | None:
    """A paragraph of nothing but a quotation, by whoever took something so in the last sentence before it."""
    if not number or not begins_quoted(text[slice(*lines[number])]):
        return None
    quotes, (start, end) = _stretches(text, *lines[number]), lines[number]
    last = [
        Sentence(a + lines[number - 1][0], b + lines[number - 1][0])
        for a, b in sentences_of(text[slice(*lines[number - 1])])
    ][-1:]
    if len(quotes) != 1 or quotes[0].end < start + len(text[start:end].rstrip()) or not last:
        return None
    subject = reacts(text, *last[0])
    return None if subject is None else _follows(Span(*subject.span("who")), quotes[0])


def _tells(one: Attribution) -> bool:
    """Does it say who speaks so plainly that whole sentences in quotation marks behind it are that speaker's?"""
    return one.source is not None and one.cue is not None and one.rule in _PLAINLY


_PLAINLY = frozenset({Rule.BEHIND, Rule.INVERTED, Rule.CLAUSE, Rule.JOINED})


def _sentence_end(one: Attribution, sentences: Sequence[Sentence]) -> int:
    """The end of the sentence in which an attribution ends."""
    last = max(span.end for span in (*one.content, one.source, one.cue) if span is not None)
    return next((sentence.end for sentence in sentences if sentence.end >= last), last)


def speaks_last(text: str, one: Attribution, line: tuple[int, int]) -> bool:
    """Is a paragraph of nothing but a quotation below this line its speaker's?"""
    if one.directness is Directness.DIRECT:
        return True
    last = max(span.end for span in (*one.content, one.source, one.cue) if span is not None)
    sentence = [start + line[0] for start, _ in sentences_of(text[slice(*line)])][-1]
    return _tells(one) and last >= sentence


def told_below(text: str, line: tuple[int, int], lines: Sequence[tuple[int, int]]) -> Attribution | None:
    """The quoted paragraphs below a line that ends in a colon, up to the one whose quotation ends."""
    who = _announces(text, line, lines[0])
    if who is None:
        return None
    contents = []
    for start, end in lines:
        if not begins_quoted(text[start:end]):
            break
        contents.append(Span(start, end))
        if text[start:end].rstrip().endswith(('"', "”", "»")):
            break
    return replace(who, content=tuple(contents), directness=Directness.DIRECT, rule=Rule.BELOW)


def _announces(text: str, line: tuple[int, int], below: tuple[int, int]) -> Attribution | None:
    """Whose the quotation below a line is: whoever would have said it, stood it in the line's last sentence."""
    quotes = _stretches(text, *below)
    spoken = _stretches(text, *line)
    begins = [start + line[0] for start, _ in sentences_of(text[slice(*line)])]
    for one in in_sentence(text, Sentence(begins[-1], quotes[0].end), quotes[:1], []) if begins and quotes else ():
        inside = one.source is not None and any(quote.start <= one.source.start < quote.end for quote in spoken)
        if one.source is not None and one.source.end < below[0] <= one.content[-1].start and not inside:
            return one
    last = speech.ANNOUNCES.search(text, max(line[0], line[1] - 200), line[1])
    if last is None or any(quote.start <= last.start("cue") < quote.end for quote in spoken):
        return None
    source = speech.trimmed(text, *last.span("source"))
    return Attribution(source, Span(*last.span("cue")), (), Directness.DIRECT, Rule.BELOW)


def _stretches(text: str, start: int, end: int) -> list[Stretch]:
    found = quoted_stretches(text[start:end], taken_up=True)
    return [Stretch(a + start, b + start, closed) for a, b, closed in found]
