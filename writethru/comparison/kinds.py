"""What an edit is about: its kinds, each with the words that show it.

The order of work keeps it cheap: gaps that differ only in typography are set apart first,
and a list of words is searched only when one of its words stands in a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from writethru.comparison.corrections import is_correction
from writethru.comparison.edits import INSUBSTANTIAL, INVISIBLE, Edit, Finding, Kind, Sentence
from writethru.comparison.figures import figure_findings
from writethru.comparison.gaps import Gap, Side, gaps_of, sides_of
from writethru.comparison.lexicon import Lexicon, lexicon
from writethru.comparison.names import name_findings
from writethru.comparison.quotations import changed_quotations, lone_quotations
from writethru.comparison.quotes import Quote, quotes_in
from writethru.comparison.reading import Reading
from writethru.comparison.significance import WEIGHTS
from writethru.comparison.units import FIRST_BLOCK, Unit, unit_index
from writethru.comparison.wordings import attribution_findings, counted_findings, date_findings, spelling_findings
from writethru.model import BODY_KINDS
from writethru.text.folding import fold_invisible, fold_typography
from writethru.text.languages import language_of
from writethru.text.tokens import word_spans

_PLACES = {
    "headline": Kind.HEADLINE,
    "standfirst": Kind.STANDFIRST,
    "byline": Kind.BYLINE,
    "dateline": Kind.DATELINE,
    "caption": Kind.CAPTION,
    "credit": Kind.CREDIT,
    "note": Kind.CORRECTION,
}
_PLACE_KINDS = frozenset(_PLACES.values())
"""Not named where only typography or the place differs: the edit says where it stands anyway."""
_QUOTE_SIGNS = ("“", '"', "«", "‘", "„", "「", "『", "»", "＂", " '")
_PRINT = frozenset("\"'`-.*=_~#")
_SHAPED = frozenset("\"'`´‘’‚‛“”„«»–—-‑‐…")
_NEAR = 60
_LANGUAGE_SAMPLE = 160


class Surroundings:
    """The two texts around the edits, with what was worked out about them."""

    __slots__ = ("_lexicon", "_quotes", "_wholes", "new", "old")

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old = old
        self.new = new
        self._quotes: dict[tuple[bool, int], list[Quote]] = {}
        self._lexicon: Lexicon | None = None
        self._wholes: list[str | None] = [None, None]

    @property
    def lexicon(self) -> Lexicon:
        """Of the language of the new text, or of the old one where the new is too short to tell."""
        if self._lexicon is None:
            samples = (
                " ".join(unit.text[:_LANGUAGE_SAMPLE] for unit in units[FIRST_BLOCK : FIRST_BLOCK + 3])
                for units in (self.new, self.old)
            )
            self._lexicon = lexicon(next(filter(None, map(language_of, samples)), "en"))
        return self._lexicon

    def quotes(self, sentence: Sentence, *, is_old: bool) -> list[Quote]:
        """Quotations of the sentence's block that touch it, by places in the sentence."""
        units = self.old if is_old else self.new
        at = unit_index(sentence.where, sentence.block, len(units))
        found = self._quotes.get((is_old, at))
        if found is None:
            text = units[at].text
            found = self._quotes[is_old, at] = quotes_in(text) if _may_quote(text) else []
        start, end = sentence.start, sentence.end
        return [Quote(q.start - start, q.end - start, q.closed) for q in found if q.start < end and q.end > start]

    def rest_stands(self, sentence: Sentence, quote: Quote, *, is_old: bool) -> bool:
        """Does what a quotation holds outside this sentence stand in the other text?"""
        units, others = (self.old, self.new) if is_old else (self.new, self.old)
        text = units[unit_index(sentence.where, sentence.block, len(units))].text
        start, end = quote.inner[0] + sentence.start, quote.inner[1] + sentence.start
        pieces = text[start : max(start, sentence.start)].strip(), text[min(end, sentence.end) : end].strip()
        rest = max(pieces, key=len)
        return bool(rest) and rest in self._whole(others)

    def _whole(self, units: Sequence[Unit]) -> str:
        """All units as one text, made once: quotations are many, and looking in each unit takes long."""
        at = units is self.old
        if self._wholes[at] is None:
            self._wholes[at] = "\0".join([unit.text for unit in units])
        return self._wholes[at] or ""

    def direction(self, edit: Edit) -> str:
        """Did a moved sentence go ``up`` or ``down``: by its block, in one block by what stands before it."""
        old, new = edit.old[0], edit.new[0]
        if old.block != new.block or old.block is None:
            return "up" if (new.block or 0) < (old.block or 0) else "down"
        before = [
            sum(len(unit.text) for unit in units[: FIRST_BLOCK + old.block]) + sentence.start
            for units, sentence in ((self.old, old), (self.new, new))
        ]
        return "up" if before[1] < before[0] else "down"

    def lead(self, *, is_old: bool) -> int:
        """Index of the first block of the running text, or the number of blocks."""
        units = self.old if is_old else self.new
        at = FIRST_BLOCK
        while at < len(units) - 1 and (units[at].kind not in BODY_KINDS or units[at].kind == "note"):
            at += 1
        return at - FIRST_BLOCK


def _may_quote(text: str) -> bool:
    """A quick look for anything that opens a quotation."""
    for sign in _QUOTE_SIGNS:
        if sign in text:
            return True
    return text[:1] == "'"


def findings_of(edit: Edit, around: Surroundings) -> tuple[Finding, ...]:
    """The kinds of an edit with their evidence, the heaviest first."""
    found = list(_place_findings(edit, around))
    if not (edit.old and edit.new):
        found += _lone_findings(edit, around)
    elif edit.rewritten:
        words = _rewritten_findings(edit, around)
        if all(finding.kind in INSUBSTANTIAL for finding in words):
            found = [finding for finding in found if finding.kind not in _PLACE_KINDS]
        found += words
    else:
        found = [finding for finding in found if finding.kind not in _PLACE_KINDS]
    if len(found) > 1:
        found.sort(key=lambda finding: -WEIGHTS[finding.kind])
    return tuple(found)


def _place_findings(edit: Edit, around: Surroundings) -> Iterator[Finding]:
    """Kinds that follow from where the edit stands."""
    for where in dict.fromkeys([s.where for s in (*edit.old, *edit.new)]):
        if where in _PLACES:
            yield Finding(_PLACES[where])
    if edit.move is not None:
        yield Finding(Kind.ORDER, detail=(("direction", around.direction(edit)),))
        lead = edit.old[0].block == around.lead(is_old=True), edit.new[0].block == around.lead(is_old=False)
        if lead[0] != lead[1]:
            yield Finding(Kind.LEAD, detail=(("lead", "into" if lead[1] else "out of"),))


def _lone_findings(edit: Edit, around: Surroundings) -> Iterator[Finding]:
    """Kinds of a sentence that was added or removed."""
    is_old = bool(edit.old)
    sentence = (edit.old or edit.new)[0]
    if sentence.where == "entry":
        yield Finding(Kind.ENTRY_REMOVED if is_old else Kind.ENTRY_ADDED)
    if sentence.where != "note" and is_correction(sentence.text):
        yield Finding(Kind.CORRECTION)
    quotes = around.quotes(sentence, is_old=is_old)
    if quotes:
        yield from lone_quotations(
            sentence, quotes, lambda quote: around.rest_stands(sentence, quote, is_old=is_old), is_old=is_old
        )


def _rewritten_findings(edit: Edit, around: Surroundings) -> list[Finding]:
    """Kinds of a sentence whose words differ on the two sides."""
    old, new = sides_of(edit)
    gaps, printed = _set_apart_typography(old, new, gaps_of(edit))
    if not gaps:
        return printed or [Finding(Kind.WORDING)]
    quotes = _quotes(edit.old, around, is_old=True), _quotes(edit.new, around, is_old=False)
    found = _word_findings(Reading((old, new), gaps, around.lexicon, quotes))
    if quotes[0] or quotes[1]:
        found += changed_quotations(old, new, gaps, quotes)
    if edit.new[0].where != "note" and (is_correction(new.text) or is_correction(old.text)):
        found.append(Finding(Kind.CORRECTION))
    return printed + (found or [_plain_finding(old, new, gaps)])


def _word_findings(reading: Reading) -> list[Finding]:
    found = counted_findings(reading)
    found += attribution_findings(reading)
    found += date_findings(reading)
    if Kind.FIGURE in reading.topics:
        found += figure_findings(reading)
    if reading.capitals or Kind.NAME in reading.topics:
        found += name_findings(reading)
    return found or spelling_findings(reading)


def _plain_finding(old: Side, new: Side, gaps: Sequence[Gap]) -> Finding:
    """No kind has a word for it: other words, or only punctuation."""
    pieces = ((old.text[gap.old.start : gap.old.end], new.text[gap.new.start : gap.new.end]) for gap in gaps)
    wording = any(_words(one) != _words(other) for one, other in pieces)
    return Finding(Kind.WORDING if wording else Kind.PUNCTUATION)


def _words(piece: str) -> list[str]:
    return [piece[start:end] for start, end in word_spans(piece)]


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
    apart: dict[tuple[Kind, bool], list[Gap]] = {}
    for gap in gaps:
        label = _typographic(old.text[gap.old.start : gap.old.end], new.text[gap.new.start : gap.new.end])
        if label is None:
            kept.append(gap)
            if _partly_typographic(old.text[gap.old.start : gap.old.end], new.text[gap.new.start : gap.new.end]):
                apart.setdefault((Kind.TYPOGRAPHIC, True), []).append(gap)
        else:
            apart.setdefault(label, []).append(gap)
    findings = [
        Finding(
            kind,
            tuple(old.evidence(*gap.old) for gap in found if gap.old.start < gap.old.end),
            tuple(new.evidence(*gap.new) for gap in found if gap.new.start < gap.new.end),
            () if seen else INVISIBLE,
        )
        for (kind, seen), found in apart.items()
    ]
    return kept, findings


def _partly_typographic(old: str, new: str) -> bool:
    """Do two pieces with other words also hold a sign in another shape: ``Peter O'Hara``, ``Pete O’Hara``?"""
    if (old.isascii() and new.isascii()) or abs(len(old) - len(new)) > _NEAR:
        return False
    signs = [[c for c in piece if c in _SHAPED] for piece in (old, new)]
    folded = [fold_typography("".join(side)) for side in signs]
    return signs[0] != signs[1] and len(signs[0]) == len(signs[1]) > 0 and folded[0] == folded[1]


def _typographic(old: str, new: str) -> tuple[Kind, bool] | None:
    """Is the difference of two pieces one of white space, or of print only? And does a reader see it?"""
    if old.isascii() and new.isascii() and _PRINT.isdisjoint(old) and _PRINT.isdisjoint(new):
        return (Kind.WHITESPACE, False) if old.split() == new.split() else None
    if abs(len(old) - len(new)) > _NEAR:
        return None
    if fold_invisible(old) == fold_invisible(new):
        plain = "".join(old.split(" ")) == "".join(new.split(" "))
        return (Kind.WHITESPACE if plain else Kind.TYPOGRAPHIC), False
    return (Kind.TYPOGRAPHIC, True) if fold_typography(old) == fold_typography(new) else None
