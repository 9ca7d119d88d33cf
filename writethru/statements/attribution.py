"""Who said what: the source, the cue and the content of attributions in English news, by rules.

Quotations are found first; each cue of speech outside them is then given a source beside it and a content around it.
What cannot be told is left out: a quotation without a cue in its paragraph has no source. Every span is a slice of the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from writethru.reuse.quoting import Stretch, begins_quoted, plain_marks, quoted_stretches
from writethru.statements import speech
from writethru.statements.attributed import REPORTS, Attribution, Directness, Rule
from writethru.statements.continued import MOST_BELOW, below_reaction, continued, sentences_of, speaks_last, told_below
from writethru.statements.datelines import dateline_end
from writethru.statements.said_clauses import Sentence
from writethru.statements.said_ends import bounded
from writethru.statements.sentence_speech import in_sentence, last_sign
from writethru.text.tokens import Span

LONGEST_PARAGRAPH = 20_000
"""Characters of one paragraph that are read; the rest of a longer one is not."""


_INNER_SPACE = re.compile("(?<!“)[\u00a0\u2009\u202f](?!”)")
"""Fixed spaces, but those that set guillemets apart from their words, by which these are known."""


def attributions_in(text: str) -> list[Attribution]:
    """The attributions of an English text, in order; paragraphs are its lines."""
    text = _INNER_SPACE.sub(" ", plain_marks(text))
    found: list[Attribution] = []
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    before: list[Attribution] = []
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        taken_up = begins_quoted(following)
        mine = _paragraph(text, start, min(end, start + LONGEST_PARAGRAPH), taken_up=taken_up)
        taken = _taken_up(text, lines, number, before, alone=not mine)
        if taken is not None:
            found[found.index(before[-1])] = taken
            mine = [one for one in mine if not _holds(one, taken.content[-1])]
            before = [taken]
        reaction = below_reaction(text, lines, number) if taken is None and not mine else None
        mine = mine if reaction is None else [reaction]
        found += mine
        before = mine or (before if taken is not None else [])
        if taken_up and text[max(start, end - 4) : end].rstrip().endswith(":"):
            told = told_below(text, (start, end), lines[number + 1 : number + 1 + MOST_BELOW])
            before = before if told is None else [told]
            found += [] if told is None else [told]
    cleared = [bounded(text, one) for each in found if (one := _clear(text, each)) is not None]
    return sorted((_unstopped(text, _unbarred(text, one)) for one in cleared), key=_place)


def _unbarred(text: str, one: Attribution) -> Attribution:
    """Without the bars that part the cells of a table: they are neither of the speaker nor of the words."""
    if "|" not in text:
        return one
    content = tuple(_between_bars(text, span) for span in one.content)
    return replace(one, source=one.source and _between_bars(text, one.source), content=content)


def _between_bars(text: str, span: Span) -> Span:
    """The span without bars and white space at its ends; as it is where there is nothing else."""
    words = text[slice(*span)]
    if not words.strip("| \t"):
        return span
    return Span(span.end - len(words.lstrip("| \t")), span.start + len(words.rstrip("| \t")))


def _unstopped(text: str, one: Attribution) -> Attribution:
    """Without the stop of the sentence, the comma before the cue, a dateline: none of these is of what was said."""
    content = tuple(Span(dateline_end(text, *span), _end_of_words(text, *span)) for span in one.content)
    return one if content == one.content else replace(one, content=content)


_STOPPED = re.compile(r"(?<![.\s])(?<!\b[A-Z])[.,:;]\s*$|(?<=\S)[,:;\s]+$")
""""Not of "U.S.", nor of three dots."""


def _end_of_words(text: str, start: int, end: int) -> int:
    if text.find(")", start, end) >= 0:
        end = _closed_before(text, start, end)
    if text.count("“", start, end) > text.count("”", start, end):
        return end  # a quotation is left open: the stop is the speaker's
    found = _STOPPED.search(text, max(start, end - 3), end)
    return found.start() if found is not None and found.start() > start else end


def _closed_before(text: str, start: int, end: int) -> int:
    """Where a bracket ends that was opened before, else the end."""
    depth = 0
    for match in _BRACKET.finditer(text, start, end):
        depth += 1 if match.group() == "(" else -1
        if depth < 0 and match.start() > start:
            return match.start()
    return end


_BRACKET = re.compile(r"\(|(?<!\b\d)(?<!\b\d\d)(?<!\b[a-z])\)")
"""Not those of "1) …, 2) …"."""


def _clear(text: str, one: Attribution) -> Attribution | None:
    """Nobody is "a spokesman said Friday the board": such a source is none, and what is only reported of it nothing.

    In "Holm said the report warned" the source of the warning is the report.
    """
    said = None if one.source is None else speech.SAID_WITHIN.search(text, *one.source)
    if one.source is None or said is None:
        return one
    inner = speech.TOLD_OF.match(text, said.end(), one.source.end)
    if inner is not None and speech.SAID_WITHIN.search(text, inner.start("who"), one.source.end) is None:
        return replace(one, source=Span(inner.start("who"), one.source.end))
    return None if one.directness is Directness.INDIRECT else replace(one, source=None)


def _place(one: Attribution) -> tuple[int, int]:
    return one.content[0].start, one.cue.start if one.cue else 0


def _holds(one: Attribution, span: Span) -> bool:
    return one.source is None and all(span.start <= other.start and other.end <= span.end for other in one.content)


def _taken_up(
    text: str, lines: Sequence[tuple[int, int]], number: int, before: Sequence[Attribution], *, alone: bool
) -> Attribution | None:
    """The attribution of the paragraph before, with the quotation that goes on in this one.

    It goes on where it was left open; or, with ``alone``, where this paragraph is one quotation of which nobody else is
    said to be the speaker.
    """
    start, end = lines[number]
    if not before or before[-1].source is None or not number or not begins_quoted(text[start:end]):
        return None
    if before[-1].content[-1].end > start:  # the line above announced it
        return None
    one, above = before[-1], text[slice(*lines[number - 1])]
    goes_on = number + 1 < len(lines) and begins_quoted(text[slice(*lines[number + 1])])
    quotes = quoted_stretches(text[start:end], taken_up=goes_on)
    last = quoted_stretches(above, taken_up=True)[-1:]
    left_open = bool(last) and not last[0].closed and one.content[-1].end >= lines[number - 1][0] + last[0].end
    whole = len(quotes) == 1 and quotes[0].end >= len(text[start:end].rstrip())
    if not quotes or not (left_open or (alone and whole and speaks_last(text, one, lines[number - 1]))):
        return None
    content = (*one.content, Span(start + quotes[0].start, start + quotes[0].end))
    return replace(one, content=content, rule=one.rule if left_open else Rule.ALONE)


def _paragraph(text: str, start: int, end: int, *, taken_up: bool) -> list[Attribution]:
    paragraph = text[start:end]
    quotes = [Stretch(a + start, b + start, closed) for a, b, closed in quoted_stretches(paragraph, taken_up=taken_up)]
    sentences = [Sentence(a + start, b + start) for a, b in sentences_of(paragraph)]
    found: list[Attribution] = []
    for sentence in _with_speaker(text, list(_joined(sentences, quotes))):
        found += in_sentence(text, sentence, quotes, found)
    signed = _signed(text, start, end, quotes)
    return signed or continued(text, sentences, quotes, _apart(_yielding(text, _inside(found))))


_BY = re.compile(r" by\s*$")


def _yielding(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """What is reported ends before a quotation whose speaker stands behind it: 'He said it was shut: "Go," he said.'"""
    begins = [span.start for one in found if one.rule in (Rule.BEHIND, Rule.INVERTED) for span in one.content[:1]]
    begins += [one.cue.start for one in found if one.rule is Rule.PARTICIPLE and one.cue is not None]
    kept = []
    for one in found:
        last = one.content[-1]
        cut = min((at for at in begins if last.start < at < last.end), default=None)
        if one.rule not in REPORTS or cut is None:
            kept.append(one)
        elif cut > last.start + 2:
            by = _BY.search(text, last.start, cut)
            kept.append(replace(one, content=(*one.content[:-1], Span(last.start, by.start() if by else cut))))
    return kept


def _signed(text: str, start: int, end: int, quotes: Sequence[Stretch]) -> list[Attribution]:
    """A paragraph that is a quotation with a name behind a dash."""
    match = speech.SIGNATURE.search(text, start, end)
    if match is None or not quotes or quotes[0].start > start + 2:
        return []
    return [
        Attribution(
            Span(*match.span("name")), None, (Span(quotes[0].start, match.start() + 1),), Directness.DIRECT, Rule.SIGNED
        )
    ]


def _joined(sentences: Sequence[Sentence], quotes: Sequence[Stretch]) -> Iterator[Sentence]:
    """Sentences that a quotation runs across are one."""
    open_start: int | None = None
    for sentence in sentences:
        first = sentence.start if open_start is None else open_start
        if any(quote.start < sentence.end < quote.end for quote in quotes):
            open_start = first
            continue
        yield Sentence(first, sentence.end)
        open_start = None
    if open_start is not None:
        yield Sentence(open_start, sentences[-1].end)


def _with_speaker(text: str, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """A question or cry in quotation marks, and the sentence behind it that says whose it is, are one."""
    held: Sentence | None = None
    for sentence in sentences:
        asked = held is not None and text[held.end - 1] == "”" and last_sign(text, held.end) in ("?", "!", "…")
        if held is not None and asked and speech.SPEAKS.match(text, sentence.start, sentence.end):
            held = Sentence(held.start, sentence.end)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def _apart(found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution a cue; a content that two claim whole is the nearer cue's, else the surer's."""
    kept: list[Attribution] = []
    for one in found:
        if kept and kept[-1].content == one.content:
            continue
        if one.rule is Rule.BEFORE and any(_is_stronger(other, one) for other in found):
            continue
        kept.append(one)
    return kept


def _inside(found: Sequence[Attribution]) -> list[Attribution]:
    """What is reported inside a content that its speaker stands behind ends where that content ends."""
    ends = [one.content[0] for one in found if one.rule in (Rule.BEHIND, Rule.INVERTED)]
    kept = []
    for one in found:
        outer = next((span for span in ends if one.cue is not None and span.start <= one.cue.start < span.end), None)
        if outer is None or one.rule not in REPORTS:
            kept.append(one)
            continue
        content = tuple(Span(span.start, min(span.end, outer.end)) for span in one.content if span.start < outer.end)
        if content:
            kept.append(replace(one, content=content))
    return kept


def _is_stronger(other: Attribution, one: Attribution) -> bool:
    """Does another claim the quotation by the words behind it, which say so more surely than those before it?"""
    first = one.content[0]
    return other.rule in (Rule.INVERTED, Rule.BEHIND) and any(
        span.start <= first.start < span.end for span in other.content
    )


def is_noun_phrase(text: str, one: Attribution) -> bool:
    """ "The United *States*", "the Russian *estimates* had been lower": no verb of saying."""
    if one.source is None or one.cue is None or text[slice(*one.cue)].lower() not in _NOUNS_TOO:
        return False
    source = text[slice(*one.source)]
    is_name = text[one.cue.start].isupper() and source[-1:].isalpha()
    return is_name or source.endswith(("’s", "'s")) or _GOES_ON.match(text, one.cue.end) is not None


_NOUNS_TOO = frozenset({"states", "reports", "estimates", "promises", "claims", "demands", "charges"})
_GOES_ON = re.compile(r"\s+(?:of|had|have|has|were|was|are|came|come|emerged|about|on|in|from|suggest\w*|and)\b")
