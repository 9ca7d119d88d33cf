"""What an edit is about: its kinds, each with the words that show it.

The order of work keeps it cheap: gaps that differ only in typography are set apart first,
and a list of words is searched only when one of its words stands in a gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from writethru.comparison.corrections import is_correction
from writethru.comparison.edits import Edit, Finding, Kind, Sentence
from writethru.comparison.figures import figure_findings
from writethru.comparison.gaps import Gap, Side, gaps_of, sides_of
from writethru.comparison.lexicon import Lexicon, lemma, lexicon
from writethru.comparison.names import name_findings
from writethru.comparison.quotations import changed_quotations, lone_quotations
from writethru.comparison.quotes import Quote, quotes_in
from writethru.comparison.significance import WEIGHTS
from writethru.comparison.units import FIRST_BLOCK, Unit, unit_index
from writethru.model import BODY_KINDS
from writethru.text.folding import fold_invisible, fold_typography
from writethru.text.languages import language_of
from writethru.text.tokens import Span, word_list

_PLACES = {
    "headline": Kind.HEADLINE,
    "standfirst": Kind.STANDFIRST,
    "byline": Kind.BYLINE,
    "dateline": Kind.DATELINE,
    "caption": Kind.CAPTION,
    "credit": Kind.CREDIT,
    "note": Kind.CORRECTION,
}
_QUOTE_SIGNS = ("“", '"', "«", "‘", " '", "„", "「", "»")
_LINK = re.compile(r"https?://[^\s<>\"”»)\]]+")
_NEAR = 60


@dataclass(slots=True)
class Surroundings:
    """The two texts around the edits, with what was worked out about them."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    _quotes: dict[tuple[bool, int], list[Quote]] = field(default_factory=dict)
    _language: str | None = None

    @property
    def language(self) -> str:
        """Of the new text, or of the old one where the new is too short to tell."""
        if self._language is None:
            texts = (
                " ".join(u.text[:200] for u in units[FIRST_BLOCK : FIRST_BLOCK + 4]) for units in (self.new, self.old)
            )
            self._language = next(filter(None, map(language_of, texts)), "en")
        return self._language

    def quotes(self, sentence: Sentence, *, is_old: bool) -> list[Quote]:
        """Quotations of the sentence's block that touch it, by places in the sentence."""
        units = self.old if is_old else self.new
        at = unit_index(sentence.where, sentence.block, len(units))
        key = is_old, at
        if key not in self._quotes:
            text = units[at].text
            self._quotes[key] = quotes_in(text) if any(sign in text for sign in _QUOTE_SIGNS) else []
        start, end = sentence.start, sentence.end
        return [
            Quote(q.start - start, q.end - start, q.closed)
            for q in self._quotes[key]
            if q.start < end and q.end > start
        ]

    def lead(self, *, is_old: bool) -> int | None:
        """Index of the first block of the running text."""
        units = self.old if is_old else self.new
        body = (at for at, unit in enumerate(units[FIRST_BLOCK:-1]) if unit.kind in BODY_KINDS)
        return next(body, None)


def findings_of(edit: Edit, around: Surroundings) -> tuple[Finding, ...]:
    """The kinds of an edit with their evidence, the heaviest first."""
    found = list(_place_findings(edit, around))
    if edit.old and edit.new:
        if edit.rewritten:
            found += _rewritten_findings(edit, around)
    else:
        found += _lone_findings(edit, around)
    found.sort(key=lambda finding: -WEIGHTS[finding.kind])
    return tuple(found)


def _place_findings(edit: Edit, around: Surroundings) -> Iterator[Finding]:
    """Kinds that follow from where the edit stands."""
    for where in dict.fromkeys(s.where for s in (*edit.old, *edit.new)):
        if where in _PLACES:
            yield Finding(_PLACES[where])
    if edit.move is not None:
        yield Finding(Kind.ORDER, detail=(("direction", _direction(edit)),))
        lead = edit.old[0].block == around.lead(is_old=True), edit.new[0].block == around.lead(is_old=False)
        if lead[0] != lead[1]:
            yield Finding(Kind.LEAD, detail=(("lead", "into" if lead[1] else "out of"),))


def _direction(edit: Edit) -> str:
    return "up" if (edit.new[0].block or 0) < (edit.old[0].block or 0) else "down"


def _lone_findings(edit: Edit, around: Surroundings) -> Iterator[Finding]:
    """Kinds of a sentence that was added or removed."""
    is_old = bool(edit.old)
    sentence = (edit.old or edit.new)[0]
    if sentence.where == "entry":
        yield Finding(Kind.ENTRY_REMOVED if is_old else Kind.ENTRY_ADDED)
    if sentence.where != "note" and is_correction(sentence.text):
        yield Finding(Kind.CORRECTION)
    yield from lone_quotations(sentence, around.quotes(sentence, is_old=is_old), is_old=is_old)


def _rewritten_findings(edit: Edit, around: Surroundings) -> list[Finding]:
    """Kinds of a sentence whose words differ on the two sides."""
    old, new = sides_of(edit)
    gaps, found = _set_apart_typography(old, new, gaps_of(edit))
    if gaps:
        quotes = _quotes(edit.old, around, is_old=True), _quotes(edit.new, around, is_old=False)
        found += _word_findings(old, new, gaps, lexicon(around.language), around.language)
        found += _attribution_findings(old, new, gaps, lexicon(around.language), quotes)
        if quotes[0] or quotes[1]:
            found += changed_quotations(old, new, gaps, quotes)
        if is_correction(new.text) or is_correction(old.text):
            found.append(Finding(Kind.CORRECTION))
    return found or [_plain_finding(old, new, gaps)]


def _plain_finding(old: Side, new: Side, gaps: Sequence[Gap]) -> Finding:
    """No kind has a word for it: other words, or only punctuation."""
    pieces = (side.text[span.start : span.end] for gap in gaps for side, span in ((old, gap.old), (new, gap.new)))
    wording = not gaps or any(any(map(str.isalnum, piece)) for piece in pieces)
    return Finding(Kind.WORDING if wording else Kind.PUNCTUATION)


def _quotes(sentences: Sequence[Sentence], around: Surroundings, *, is_old: bool) -> list[Quote]:
    """Quotations by places in the joined text of a side."""
    found = []
    offset = 0
    for sentence in sentences:
        for quote in around.quotes(sentence, is_old=is_old):
            found.append(Quote(quote.start + offset, quote.end + offset, quote.closed))
        offset += len(sentence.text) + 1
    return found


def _set_apart_typography(old: Side, new: Side, gaps: Sequence[Gap]) -> tuple[list[Gap], list[Finding]]:
    """Gaps that differ in more than typography, and the findings of the others."""
    kept: list[Gap] = []
    apart: dict[Kind, list[Gap]] = {}
    for gap in gaps:
        kind = _typographic(old.text[gap.old.start : gap.old.end], new.text[gap.new.start : gap.new.end])
        if kind is None:
            kept.append(gap)
        else:
            apart.setdefault(kind, []).append(gap)
    findings = [
        Finding(
            kind,
            tuple(old.evidence(*gap.old) for gap in found if gap.old.start < gap.old.end),
            tuple(new.evidence(*gap.new) for gap in found if gap.new.start < gap.new.end),
        )
        for kind, found in apart.items()
    ]
    return kept, findings


def _typographic(old: str, new: str) -> Kind | None:
    """Is the difference of two pieces one of white space, or of print only?"""
    if old.isascii() and new.isascii() and _PRINT.isdisjoint(old) and _PRINT.isdisjoint(new):
        return Kind.WHITESPACE if old.split() == new.split() else None
    if abs(len(old) - len(new)) > _NEAR:
        return None
    if fold_invisible(old) == fold_invisible(new):
        return Kind.WHITESPACE
    return Kind.TYPOGRAPHIC if fold_typography(old) == fold_typography(new) else None


_PRINT = frozenset("\"'`-.*")


def _word_findings(old: Side, new: Side, gaps: Sequence[Gap], words: Lexicon, language: str) -> list[Finding]:
    """Kinds known by words, figures and names; each sought only where a word of the gaps calls for it."""
    topics = words.topics(_words_in(old, new, gaps))
    found: list[Finding] = []
    for kind, key in _COUNTED.items():
        if kind in topics:
            pattern = words.patterns[kind]
            found += _counted(kind, key, _matches(pattern, old), _matches(pattern, new), (old, new))
    capitals = any(_holds_capital(old, gap.old) or _holds_capital(new, gap.new) for gap in gaps)
    if Kind.DATE in topics or Kind.FIGURE in topics or capitals:
        found += _dated_findings(old, new, gaps, words, language)
    if "://" in old.text or "://" in new.text:
        found += _counted(Kind.LINK, str, _matches(_LINK, old), _matches(_LINK, new), (old, new))
    return found


_COUNTED: dict[Kind, Callable[[str], str]] = {Kind.NEGATION: lambda _: "not", Kind.MODALITY: lemma, Kind.HEDGE: lemma}
"""What two matches must share to count as the same."""


def _dated_findings(old: Side, new: Side, gaps: Sequence[Gap], words: Lexicon, language: str) -> list[Finding]:
    """Dates, and what must know of them: a year is no figure, a month no name."""
    dates = _matches(words.patterns[Kind.DATE], old), _matches(words.patterns[Kind.DATE], new)
    found = _date_findings(old, new, dates)
    if Kind.FIGURE in words.topics(_words_in(old, new, gaps)) or _holds_currency(old, new, gaps):
        found += figure_findings(old, new, language, dates)
    return found + name_findings(old, new, gaps, dates)


def _words_in(old: Side, new: Side, gaps: Sequence[Gap]) -> list[str]:
    pieces = [old.text[gap.old.start : gap.old.end] for gap in gaps]
    pieces += [new.text[gap.new.start : gap.new.end] for gap in gaps]
    return word_list(" ".join(pieces))


def _holds_capital(side: Side, span: Span) -> bool:
    piece = side.text[span.start : span.end]
    return piece != piece.lower()


def _holds_currency(old: Side, new: Side, gaps: Sequence[Gap]) -> bool:
    return any(
        not _CURRENCY.isdisjoint(side.text[span.start : span.end])
        for gap in gaps
        for side, span in ((old, gap.old), (new, gap.new))
    )


_CURRENCY = frozenset("$£€¥₹₽₩₪₺₴%")


def _matches(pattern: re.Pattern[str], side: Side) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(side.text)]


def _counted(
    kind: Kind, key: Callable[[str], str], olds: Sequence[Span], news: Sequence[Span], sides: tuple[Side, Side]
) -> list[Finding]:
    """A finding if the two sides do not have the same matches (by ``key``), as often."""
    keyed_old = [(key(sides[0].text[s.start : s.end]), s) for s in olds]
    keyed_new = [(key(sides[1].text[s.start : s.end]), s) for s in news]
    gone = _excess(keyed_old, Counter(k for k, _ in keyed_new))
    come = _excess(keyed_new, Counter(k for k, _ in keyed_old))
    if not gone and not come:
        return []
    detail = [("old", ", ".join(sides[0].text[s.start : s.end].strip() for s in gone))] if gone else []
    detail += [("new", ", ".join(sides[1].text[s.start : s.end].strip() for s in come))] if come else []
    evidence = tuple(sides[0].evidence(*s) for s in gone), tuple(sides[1].evidence(*s) for s in come)
    return [Finding(kind, *evidence, tuple(detail))]


def _excess(found: Sequence[tuple[str, Span]], other: Counter[str]) -> list[Span]:
    """Spans whose key the other side has no more of."""
    left = other.copy()
    spans = []
    for key, span in reversed(found):
        if left[key] > 0:
            left[key] -= 1
        else:
            spans.append(span)
    return spans[::-1]


_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def _date_key(text: str) -> str:
    parts = re.findall(r"\w+", _ORDINAL.sub("", text.lower()))
    return " ".join(sorted(part.rstrip("s") for part in parts))


def _date_findings(old: Side, new: Side, dates: tuple[Sequence[Span], Sequence[Span]]) -> list[Finding]:
    """A finding if the two sides do not name the same dates and times, as often."""
    if not (any(old.marked(*span) for span in dates[0]) or any(new.marked(*span) for span in dates[1])):
        return []
    return _counted(Kind.DATE, _date_key, *dates, (old, new))


_SUBJECT = 9


def _attribution_findings(
    old: Side,
    new: Side,
    gaps: Sequence[Gap],
    words: Lexicon,
    quotes: tuple[Sequence[Quote], Sequence[Quote]],
) -> list[Finding]:
    """Another verb of saying, or someone else is said to say it; not inside quotation marks."""
    speech = words.patterns.get(Kind.ATTRIBUTION)
    if speech is None:
        return []
    if Kind.ATTRIBUTION in words.topics(_words_in(old, new, gaps)):
        olds, news = _outside(_matches(speech, old), quotes[0]), _outside(_matches(speech, new), quotes[1])
        found = _counted(Kind.ATTRIBUTION, lemma, olds, news, (old, new))
        if found:
            return found
    return _speaker_findings(old, new, gaps, speech)


def _outside(spans: Sequence[Span], quotes: Sequence[Quote]) -> list[Span]:
    return [s for s in spans if not any(q.start < s.start < q.end for q in quotes)]


def _speaker_findings(old: Side, new: Side, gaps: Sequence[Gap], speech: re.Pattern[str]) -> list[Finding]:
    """The subject of a verb of saying that both sides have was replaced."""
    for gap in gaps:
        if gap.old.start < gap.old.end and gap.new.start < gap.new.end and _is_subject(new, gap.new, speech):
            a, b = old.text[gap.old.start : gap.old.end].strip(), new.text[gap.new.start : gap.new.end].strip()
            if not _respelled(a, b):
                evidence = (old.evidence(*gap.old),), (new.evidence(*gap.new),)
                return [Finding(Kind.ATTRIBUTION, *evidence, (("old", a), ("new", b)))]
    return []


def _is_subject(side: Side, span: Span, speech: re.Pattern[str]) -> bool:
    """Does the span begin a clause whose verb of saying follows, or directly follow one?"""
    before = side.text[: span.start].rstrip()
    verb = re.search(r"(?:\w+ )?\w+$", before[-24:])
    if verb is not None and speech.search(verb.group()) and speech.search(before[-24:].split(" ")[-1]):
        return True
    begins = re.search(r"(?:^|[,;.:\"”»]|\b(?:the|a|an))\s*$", side.text[: span.start], re.IGNORECASE)
    if begins is None or not side.text[span.start : span.end].strip():
        return False
    clause = re.split(r"[,;.:\"“«]", side.text[span.end : span.end + 120], maxsplit=1)[0]
    verb = speech.search(clause)
    return verb is not None and len(clause[: verb.start()].split()) <= _SUBJECT


def _respelled(a: str, b: str) -> bool:
    """Nearly the same letters: a spelling, not another speaker."""
    if " " in a or " " in b or abs(len(a) - len(b)) > 2:
        return False
    return sum(x == y for x, y in zip(a.casefold(), b.casefold(), strict=False)) >= max(len(a), len(b)) - 2
