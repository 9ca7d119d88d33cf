"""Who said what: the source, the cue and the content of attributions in English news, by rules.

Quotations are found first; each cue of speech outside them is then given a source beside it and a content around it.
What cannot be told is left out: a quotation without a cue in its paragraph has no source. Every span is a slice of the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from writethru.reuse.quoting import Stretch, begins_quoted, plain_marks, quoted_stretches
from writethru.statements import speech
from writethru.text.characters import plain_spaces
from writethru.text.sentences import sentence_spans
from writethru.text.tokens import Span

LONGEST_PARAGRAPH = 20_000
"""Characters of one paragraph that are read; the rest of a longer one is not."""
MOST_BELOW = 40
"""Quoted paragraphs that one line above them is believed to announce."""


class Directness(StrEnum):
    """How the content is given."""

    DIRECT = "direct"
    """In quotation marks."""
    MIXED = "mixed"
    """In reported speech with quoted words in it."""
    INDIRECT = "indirect"
    """In reported speech."""


class Rule(StrEnum):
    """By which pattern of words an attribution was read."""

    INVERTED = "inverted"
    """ "…," said the mayor."""
    BEHIND = "behind"
    """ "…," the mayor said."""
    BEFORE = "before"
    """The mayor said: "…"."""
    REPORTED = "reported"
    """The mayor said that …, with or without quoted words in it."""
    BEGUN = "begun"
    """Said the mayor: "…"."""
    ACCORDING = "according"
    """According to the mayor, …"""
    PARTICIPLE = "participle"
    """The mayor defended it, saying: "…"."""
    JOINED = "joined"
    """The mayor rose and said …: the source is the subject at the head of the sentence."""
    LABEL = "label"
    """The mayor: "…"."""
    COLON = "colon"
    """The mayor went further: "…", with a verb that is no verb of speech."""
    VERB = "verb"
    """ "…," the mayor fumed, with whatever verb."""
    FOLLOWS = "follows"
    """The pier was shut, the mayor said. "…": a quotation right behind what is reported of its speaker."""
    SIGNED = "signed"
    """ "…" — the mayor"""
    BELOW = "below"
    """Quoted paragraphs below a line that ends "the mayor said:"."""
    ALONE = "alone"
    """A paragraph that is one quotation, below one that ends with its speaker's."""


CONFIDENCE: Final = {
    Rule.INVERTED: 0.98,
    Rule.BEHIND: 0.98,
    Rule.BEFORE: 0.97,
    Rule.REPORTED: 0.7,
    Rule.BEGUN: 0.95,
    Rule.ACCORDING: 0.95,
    Rule.PARTICIPLE: 0.9,
    Rule.JOINED: 0.8,
    Rule.LABEL: 0.9,
    Rule.COLON: 0.8,
    Rule.VERB: 0.9,
    Rule.FOLLOWS: 0.9,
    Rule.SIGNED: 0.95,
    Rule.BELOW: 0.9,
    Rule.ALONE: 0.95,
}
"""Share of quotations given the right speaker, by rule, on a quarter of PolNeAR train; rarer rules are set low."""
PUBLISHED: Final = 0.9
"""Confidence from which an attribution may be printed as one: see ``bench/README.md`` for how often it is right."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words, as the text attributes them.

    Attributes:
        source: who; None where the text does not say, or does not say it clearly.
        cue: the words that attribute ("said", "according to"); None for a quotation without any.
        content: the stretches of what was said, in order.
        directness: quoted, reported, or both.
        rule: by which pattern of words it was read.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    directness: Directness
    rule: Rule = Rule.REPORTED

    @property
    def confidence(self) -> float:
        """How often the rule gives a quotation its right speaker, 0 to 1; 0 without a source."""
        return CONFIDENCE[self.rule] if self.source is not None else 0.0


class _Sentence(NamedTuple):
    start: int
    end: int


def attributions_in(text: str) -> list[Attribution]:
    """The attributions of an English text, in order; paragraphs are its lines."""
    text = plain_marks(plain_spaces(text))
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
        found += mine
        before = mine or (before if taken is not None else [])
        announces = taken_up and text[max(start, end - 4) : end].rstrip().endswith(":")
        announced = speech.ANNOUNCES.search(text, max(start, end - 200), end) if announces else None
        if announced is not None:
            before = [_told_below(text, announced, lines[number + 1 : number + 1 + MOST_BELOW])]
            found += before
    return sorted((one for each in found if (one := _clear(text, each)) is not None), key=_place)


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
    if not quotes or not (left_open or (alone and whole and one.directness is Directness.DIRECT)):
        return None
    content = (*one.content, Span(start + quotes[0].start, start + quotes[0].end))
    return replace(one, content=content, rule=one.rule if left_open else Rule.ALONE)


def _told_below(text: str, announced: re.Match[str], lines: Sequence[tuple[int, int]]) -> Attribution:
    """The quoted paragraphs below such a line, up to the one whose quotation ends."""
    contents = []
    for start, end in lines:
        if not begins_quoted(text[start:end]):
            break
        contents.append(Span(start, end))
        if text[start:end].rstrip().endswith(('"', "”", "»")):
            break
    source = speech.trimmed(text, *announced.span("source"))
    return Attribution(source, Span(*announced.span("cue")), tuple(contents), Directness.DIRECT, Rule.BELOW)


_LETTERS = re.compile(r"[a-z]+")


def _paragraph(text: str, start: int, end: int, *, taken_up: bool) -> list[Attribution]:
    paragraph = text[start:end]
    quotes = [Stretch(a + start, b + start, closed) for a, b, closed in quoted_stretches(paragraph, taken_up=taken_up)]
    sentences = [_Sentence(a + start, b + start) for a, b in sentence_spans(paragraph)]
    found: list[Attribution] = []
    for sentence in _with_speaker(text, list(_joined(sentences, quotes))):
        found += _of_sentence(text, sentence, quotes, found)
    signed = _signed(text, start, end, quotes)
    return signed or _continued(text, sentences, quotes, _apart(_inside(found)))


def _of_sentence(
    text: str, sentence: _Sentence, quotes: Sequence[Stretch], before: Sequence[Attribution]
) -> list[Attribution]:
    found = _saying(text, sentence, quotes)
    if not speech.CUE_WORDS.isdisjoint(_LETTERS.findall(text[sentence.start : sentence.end].lower())):
        for cue in speech.CUE.finditer(text, sentence.start, sentence.end):
            if _quoted(cue.start(), quotes) or _is_name(text, sentence, cue):
                continue
            attribution = _attribution(text, sentence, cue, quotes) or _joined_to(
                text, sentence, cue, [*before, *found], quotes
            )
            if attribution is not None:
                found.append(attribution)
    claimed = [span for one in found for span in one.content]
    for quote in quotes:
        if sentence.start <= quote.start < sentence.end and not any(_touch(span, quote) for span in claimed):
            found += _without_cue(text, sentence, quote)
    return found


def _touch(span: Span, quote: Stretch) -> bool:
    return span.start < quote.end and quote.start < span.end


def _without_cue(text: str, sentence: _Sentence, quote: Stretch) -> list[Attribution]:
    """A quotation that no verb of speech stands beside: behind a name or a clause and a colon, or before any verb."""
    content = (Span(quote.start, quote.end),)
    label = speech.LABEL.fullmatch(text, sentence.start, quote.start)
    if label is not None:
        return [Attribution(Span(*label.span("who")), None, content, Directness.DIRECT, Rule.LABEL)]
    if len(text[quote.start : quote.end].split()) < _FEW:
        return []
    behind = speech.BEHIND_ANY.match(text, quote.end, sentence.end) if _runs_on(text, quote) else None
    if behind is not None:
        source, cue = Span(*behind.span("who")), speech.trimmed(text, *behind.span("cue"))
        return [Attribution(source, cue, content, Directness.DIRECT, Rule.VERB)]
    who = _with_colon(text, sentence, quote)
    return [] if who is None else [Attribution(who, None, content, Directness.DIRECT, Rule.COLON)]


_FEW = 5
"""Words: fewer in quotation marks may be a title or a phrase, and not what somebody said."""


def _runs_on(text: str, quote: Stretch) -> bool:
    """Does the quotation end in a comma, inside its marks or behind them?"""
    return quote.closed and (text[quote.end - 2] == "," or text[quote.end : quote.end + 1] == ",")


def _with_colon(text: str, sentence: _Sentence, quote: Stretch) -> Span | None:
    """The subject of the clause that announces a quotation with a colon."""
    if not speech.COLON.search(text, sentence.start, quote.start):
        return None
    subject = _announcing(text, sentence.start, quote.start)
    if subject is None:
        return None
    colon = text.rindex(":", subject.end(), quote.start)
    if speech.OF_OTHERS.search(text, subject.end(), colon) or speech.CLAUSE.search(text, subject.end(), colon):
        return None
    return Span(*subject.span("who"))


def _announcing(text: str, start: int, end: int) -> re.Match[str] | None:
    """The subject at the head of a sentence that leads to a quotation."""
    return speech.SUBJECT.match(text, start, end) or speech.SUBJECT_PHRASE.match(text, start, end)


def _is_name(text: str, sentence: _Sentence, cue: re.Match[str]) -> bool:
    """ "The United States": a capital inside a sentence makes no cue, nor a noun with its verb."""
    return cue.group()[0].isupper() and text[sentence.start : cue.start()].strip(' “"') != "" and not cue["by"]


def _saying(text: str, sentence: _Sentence, quotes: Sequence[Stretch]) -> list[Attribution]:
    """ "He defended the remark, saying, "…"": the subject of the sentence said it, where it can be told."""
    match = speech.SAYING.search(text, sentence.start, sentence.end)
    if match is None or _quoted(match.start("cue"), quotes):
        return []
    beside = speech.WITH_SAYING.search(text, sentence.start, match.end())
    subject = beside or _announcing(text, sentence.start, match.start())
    if subject is None or _quoted(subject.start("who"), quotes):
        return []
    paper = beside is None and speech.ON_PAPER.search(text, subject.end(), match.start())
    if paper and not speech.ISSUED.search(text, subject.end(), match.start()):
        return []
    contents = [Span(quote.start, quote.end) for quote in quotes if quote.start in (match.end(), match.end() + 1)]
    made = _made((Span(*subject.span("who")), Rule.PARTICIPLE), Span(*match.span("cue")), contents, quotes)
    return [made] if made else []


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


def _joined(sentences: Sequence[_Sentence], quotes: Sequence[Stretch]) -> Iterator[_Sentence]:
    """Sentences that a quotation runs across are one."""
    open_start: int | None = None
    for sentence in sentences:
        first = sentence.start if open_start is None else open_start
        if any(quote.start < sentence.end < quote.end for quote in quotes):
            open_start = first
            continue
        yield _Sentence(first, sentence.end)
        open_start = None
    if open_start is not None:
        yield _Sentence(open_start, sentences[-1].end)


def _with_speaker(text: str, sentences: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """A question or cry in quotation marks, and the sentence behind it that says whose it is, are one."""
    held: _Sentence | None = None
    for sentence in sentences:
        asked = held is not None and text[held.end - 2 : held.end] in ("?”", "!”", "…”")
        if held is not None and asked and speech.SPEAKS.match(text, sentence.start, sentence.end):
            held = _Sentence(held.start, sentence.end)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def _quoted(at: int, quotes: Sequence[Stretch]) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)


def _attribution(text: str, sentence: _Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    if cue["by"]:
        return _according_to(text, sentence, cue, quotes)
    left = text[sentence.start : cue.start()]
    if not left.strip():
        return _begun(text, sentence, cue, quotes)
    told = left.rstrip().endswith(",") and not speech.APPOSED.search(left) and not speech.NO_VERB.match(cue.group())
    if re.search(r"[\"”]\s*$", left) or told:
        found = _inverted(text, sentence, cue, quotes)
        if found is not None:
            return found
    behind = max([sentence.start, *(quote.end for quote in quotes if quote.end <= cue.start())])
    source = speech.source_before(text, behind, cue.start())
    if source is not None:
        return _with_source(text, sentence, cue, source, quotes)
    return None


def _joined_to(
    text: str, sentence: _Sentence, cue: re.Match[str], found: Sequence[Attribution], quotes: Sequence[Stretch]
) -> Attribution | None:
    """ "Holm rose and said …", "Holm said, and added …": whose the verb before "and" is."""
    joined = speech.AND_BEFORE.search(text, max(sentence.start, cue.start() - 14), cue.start())
    content = _content_after(text, sentence, cue) if joined else None
    if joined is None or content is None:
        return None
    one = found[-1] if found else None
    if one is not None and one.cue is not None and one.source is not None and one.cue.start >= sentence.start:
        told = max(one.cue.end, one.source.end)
        source = one.source if not text[told : joined.start()].strip(" ,") else None
    else:
        source = _subject(text, sentence, joined.start())
    return None if source is None else _made((source, Rule.JOINED), Span(*cue.span()), [content], quotes)


def _subject(text: str, sentence: _Sentence, before: int) -> Span | None:
    """The subject at the head of a sentence, where no other clause stands between."""
    subject = speech.SUBJECT.match(text, sentence.start, before)
    if subject is None or speech.CLAUSE.search(text, subject.end("who"), before):
        return None
    return Span(*subject.span("who"))


def _with_source(
    text: str, sentence: _Sentence, cue: re.Match[str], source: Span, quotes: Sequence[Stretch]
) -> Attribution | None:
    """The source stands before the cue: was the content before it, or is it behind?"""
    before, after = text[sentence.start : source.start], text[cue.end() : sentence.end]
    quoted_before = re.search(r"(?:[,?!.…][\"”’' ]{0,3}[\"”]|[\"”],)\s*$", before) is not None
    begins = re.match(r"[\w’' ]{0,40}[,:]?\s*[\"“]", after) is not None and not re.search(r",[\"”’']\s*$", before)
    said_before = re.search(r"(?:[,?!.…][\"”’']|,|[\"”])\s*$", before) is not None and (
        quoted_before or len(before.split()) >= 2
    )
    if said_before and not begins and (quoted_before or speech.ENDS.match(after)):
        contents = [speech.trimmed(text, sentence.start, source.start), *_rest_quote(cue.end(), sentence, quotes)]
        return _made((source, Rule.BEHIND), Span(*cue.span()), contents, quotes)
    content = _content_after(text, sentence, cue)
    if content is None:
        return None
    rule = Rule.BEFORE if text[content.start] == "“" else Rule.REPORTED
    return _made((source, rule), Span(*cue.span()), [content], quotes)


def _begun(text: str, sentence: _Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    """Said the mayor: "…"."""
    if speech.ASKED.match(text, cue.start()):
        return None
    colon = text.find(":", cue.end(), sentence.end)
    source = speech.source_after(text, cue.end(), colon) if colon > 0 else None
    contents = [speech.trimmed(text, colon + 1, sentence.end)]
    return _made((source, Rule.BEGUN), Span(*cue.span()), contents, quotes) if source else None


def _inverted(text: str, sentence: _Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    """ "…," said the minister."""
    source = speech.source_after(text, cue.end(), sentence.end)
    opens = speech.OPENS.fullmatch(text, sentence.start, cue.start()) is not None
    if source is None or (
        not opens
        and text[: cue.start()].rstrip().endswith(",")
        and text[source.end : source.end + 3].lstrip(" ,:").startswith("“")
    ):  # "Holm, smiling, asked the crew: …"
        return None
    if opens:  # "But, said Holm, …"
        return _made((source, Rule.BEGUN), Span(*cue.span()), [speech.trimmed(text, source.end, sentence.end)], quotes)
    contents = [speech.trimmed(text, sentence.start, cue.start()), *_rest_quote(source.end, sentence, quotes)]
    return _made((source, Rule.INVERTED), Span(*cue.span()), contents, quotes)


def _rest_quote(at: int, sentence: _Sentence, quotes: Sequence[Stretch]) -> list[Span]:
    """Quotations that go on behind the source in the same sentence."""
    return [Span(quote.start, quote.end) for quote in quotes if at <= quote.start < sentence.end]


def _according_to(text: str, sentence: _Sentence, cue: re.Match[str], quotes: Sequence[Stretch]) -> Attribution | None:
    stands_before = bool(text[sentence.start : cue.start()].strip(" ,"))
    source = speech.source_after(text, cue.end(), sentence.end, leading=not stands_before)
    if source is None:
        return None
    ends = (sentence.start, cue.start()) if stands_before else (source.end, sentence.end)
    return _made((source, Rule.ACCORDING), Span(*cue.span()), [speech.trimmed(text, *ends)], quotes)


def _content_after(text: str, sentence: _Sentence, cue: re.Match[str]) -> Span | None:
    """What follows the cue: behind "that", a colon, or the one who was told."""
    at = cue.end()
    if cue["say"].lower() in ("told", "tells", "asked", "asks", "warned", "reminded", "urged"):
        addressee = speech.ADDRESSEE.match(text, at, sentence.end)
        at = addressee.end() if addressee else at
    when = speech.WHEN_SAID.match(text, at, sentence.end)
    start = when.end() if when else at
    ended = speech.ENDS_QUOTED.search(text, start, sentence.end) if text[start : start + 1] == "“" else None
    span = speech.trimmed(text, start, ended.end() if ended else sentence.end)
    return span if len(text[span.start : span.end].split()) > 1 else None


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
        if outer is None or one.rule is not Rule.REPORTED:
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


def _continued(
    text: str, sentences: Sequence[_Sentence], quotes: Sequence[Stretch], found: list[Attribution]
) -> list[Attribution]:
    """A quotation that begins the sentence right behind an attributed one is its speaker's too."""
    claimed = [span for one in found for span in one.content]
    ends = [_sentence_end(one, sentences) for one in found]
    for quote in quotes:
        if any(span.start <= quote.start and quote.end <= span.end for span in claimed):
            continue
        for k, one in enumerate(found):
            quoted = one.source is not None and one.directness is not Directness.INDIRECT
            if quoted and ends[k] <= quote.start and not text[ends[k] : quote.start].strip(' \u201c"'):
                found[k] = replace(one, content=(*one.content, Span(quote.start, quote.end)))
                ends[k] = quote.end
                break
        else:
            found += _following(text, sentences, quote, found)
    return found


def _following(
    text: str, sentences: Sequence[_Sentence], quote: Stretch, found: Sequence[Attribution]
) -> list[Attribution]:
    """The attribution of a whole quoted sentence by what is reported right before it, with the speaker behind."""
    whole = quote.closed and text[quote.end - 2] in ".?!…" and len(text[quote.start : quote.end].split()) >= _FEW
    for one in found if whole else ():
        behind = one.source is not None and one.cue is not None and one.rule in (Rule.BEHIND, Rule.INVERTED)
        end = _sentence_end(one, sentences)
        if (
            behind
            and one.directness is Directness.INDIRECT
            and end <= quote.start
            and not text[end : quote.start].strip()
        ):
            return [Attribution(one.source, None, (Span(quote.start, quote.end),), Directness.DIRECT, Rule.FOLLOWS)]
    return []


def _sentence_end(one: Attribution, sentences: Sequence[_Sentence]) -> int:
    """The end of the sentence in which an attribution ends."""
    last = max(span.end for span in (*one.content, one.source, one.cue) if span is not None)
    return next((sentence.end for sentence in sentences if sentence.end >= last), last)
