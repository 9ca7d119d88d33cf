"""Texts with their attributions marked, for training: ours, made-up ones around sentences that may be used, and what the rules mark.

python -m bench attribution_texts OUT.jsonl [--copies N] [--made N] [--plain N] [--held N] [--seed N] [--weight W] [--apart FILE]

Marked: ``data/statements/attributions*.txt``, several times with other names. Made: frames and words of ours
(``attribution_words``) filled with sentences of digital.gov (CC0) and of MEANTIME (CC BY 4.0, Minard et al. 2016; English
Wikinews). By the rules: passages of the same two sets, where the rules are sure of an attribution or see no word of one. One in eight
of those marked is ``held`` out, with all its copies: ``attribution_train`` calibrates on them. The defaults are the
amounts behind the weights that ship; the same seed and the same rules give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any

from bench import attribution_words as words
from bench.attribution_calibration import read_rows
from bench.attribution_clauses import Clauses, capital
from bench.attribution_frames import FRAMES, OWNERS
from bench.attribution_marks import OPEN, marked_lines, unmarked
from bench.attribution_stock import Stock, sources, stock
from writethru.statements import speech
from writethru.statements.attributed import PUBLISHED
from writethru.statements.attribution import attributions_in

OWN = 0.65
"""Share of clauses, deeds and spoken sentences of our own words; the rest is of the two sets."""


class Maker:
    """Makes marked sentences."""

    def __init__(self, some: Stock, seed: int) -> None:
        self._stock = some
        self._draw = random.Random(seed)
        self._news = Clauses(self._draw)

    def _one(self, some: Sequence[str]) -> str:
        return self._filled(self._draw.choice(some))

    def _filled(self, text: str) -> str:
        for slot, filling in (("{whom}", words.WHOM), ("{org}", words.ORGS), ("{place}", words.PLACES),
                              ("{first}", words.FIRST), ("{last}", words.LAST)):  # fmt: skip
            while slot in text:
                text = text.replace(slot, self._draw.choice(filling), 1)
        return text

    def who(self, *, first: bool) -> str:
        """A source, with a capital where it stands first."""
        name, family = self._one(words.FIRST), self._one(words.LAST)
        made = self._draw.random()
        if made < 0.14:
            return f"{name} {family}"
        if made < 0.26:
            return f"{name} {family}, {self._one(words.ROLES)},"
        if made < 0.36:
            return f"{self._one(words.TITLES)} {self._draw.choice(('', name + ' '))}{family}"
        if made < 0.5:
            return family
        if made < 0.55:
            return f"{family}'s {self._draw.choice(('lawyer', 'office', 'campaign', 'spokesman', 'allies', 'rivals'))}"
        told = self._one(words.HEADS)
        return told[0].upper() + told[1:] if first else told

    def clause(self) -> str:
        """A clause inside a sentence."""
        if self.chance(OWN):
            return self._filled(self._news.clause())
        text = self._one(self._stock.clauses)
        head = text.split()[0]
        return text if head.isupper() and len(head) > 1 else text[0].lower() + text[1:]

    def spoken(self) -> str:
        """A sentence as somebody says it, without its stop."""
        if self.chance(OWN):
            return self._filled(self._news.spoken())
        return self._one(self._stock.spoken if self._draw.random() < 0.6 else self._stock.clauses)

    def _marks(self) -> tuple[str, str]:
        return self._draw.choice(
            (('"', '"'), ("“", "”"), ("“", "”"), ("''", "''") if self._draw.random() < 0.2 else ("‘", "’"))
        )

    def _mixed(self, clause: str) -> str:
        """A clause some of whose words are quoted."""
        parts = clause.split()
        if self._draw.random() < 0.75 or len(parts) < 8:
            return clause
        start = self._draw.randrange(2, len(parts) - 3)
        end = min(len(parts), start + self._draw.randrange(1, 8))
        a, b = self._marks()
        parts[start], parts[end - 1] = a + parts[start], parts[end - 1] + b
        return " ".join(parts)

    def thing(self) -> str:
        """What one can be for or against."""
        return self._one(words.THINGS) if self._draw.random() < 0.5 else self._one(self._stock.things)

    def sentence(self) -> str:
        """One sentence, marked."""
        kinds = (
            self._reported,
            self._quoted,
            self._stance,
            self._willing,
            self._behind,
            self._beside,
            self._two,
            self._nested,
            self._named,
        )
        if self.chance(0.45):
            return self._draw.choices(list(FRAMES), list(FRAMES.values()))[0](self)
        return self._draw.choices(kinds, (26, 26, 12, 8, 10, 8, 8, 4, 4))[0]()

    def that(self) -> str:
        """The word before a reported clause, or nothing."""
        return self._draw.choice(("that ", "that ", "", ""))

    def chance(self, share: float) -> bool:
        """True so often."""
        return self._draw.random() < share

    def drawn(self, some: Sequence[str]) -> str:
        """One of some, its slots filled."""
        return self._one(some)

    def deed(self) -> str:
        """What one can do, without "to"."""
        return self._filled(self._news.deed()) if self.chance(OWN) else self._one(self._stock.deeds)

    def clause_first(self) -> str:
        """A clause that begins a sentence, without its stop."""
        return capital(self._filled(self._news.clause())) if self.chance(OWN) else self._one(self._stock.clauses)

    def full_name(self) -> str:
        """A name of two words."""
        return f"{self._one(words.FIRST)} {self._one(words.LAST)}"

    def owner(self) -> str:
        """Whose: a name, or a pronoun with a capital."""
        if self.chance(0.4):
            return self._one(OWNERS)
        who = self.who(first=True).rstrip(",").partition(",")[0]
        return (
            self._one(OWNERS)
            if who in words.PRONOUNS
            else f"{who}{'’' if self.chance(0.5) else chr(39)}{'' if who.endswith('s') else 's'}"
        )

    def _cue(self, some: Sequence[str]) -> str:
        cue = self._one(some)
        split = re.match(
            r"(told|tells|assured|warned|reminded|informed|has told) (\S.*)$",
            cue,
        )
        return f"[c {split[1]}] {split[2]}" if split and some is not words.QUOTE else f"[c {cue}]"

    def _lead(self) -> tuple[str, bool]:
        lead = self._draw.choice(
            (
                "",
                "",
                "",
                "",
                "On Thursday, ",
                "In a speech in Kolm, ",
                "But ",
                "Meanwhile, ",
                "Earlier, ",
                "At the hearing, ",
            )
        )
        return lead, not lead

    def _reported(self) -> str:
        lead, first = self._lead()
        cue = self._cue(words.THAT if self._draw.random() < 0.85 else words.TOLD)
        return f"{lead}[s {self.who(first=first)}] {cue} [t {self.that()}{self._mixed(self.clause())}]."

    def _quoted(self) -> str:
        (a, b), said, who = self._marks(), self.spoken(), self.who(first=False)
        cue, kind = self._one(words.QUOTE), self._draw.random()
        more = f" [t {a}{self.spoken()}.{b}]" if self._draw.random() < 0.4 else ""
        end = self._draw.choice((",", ",", ",", "?", "!"))
        if kind < 0.35 and " " not in cue and who not in ("he", "she", "they", "we", "I", "it"):
            return f"[t {a}{said}{end}{b}] [c {cue}] [s {who.rstrip(',')}].{more}"
        if kind < 0.72:
            return f"[t {a}{said}{end}{b}] [s {who}] [c {cue}].{more}"
        if kind < 0.82:
            half = said.split()
            middle = max(2, len(half) // 2)
            rest = " ".join(half[middle:])
            return f"[t {a}{' '.join(half[:middle])},{b}] [s {who}] [c {cue}], [t {a}{rest}.{b}]"
        who = self.who(first=True)
        mark = self._draw.choice((":", ":", ","))
        return f"[s {who}] [c {cue}]{mark} [t {a}{said}.{b}]"

    def _stance(self) -> str:
        lead, first = self._lead()
        tail = self._draw.choice(("", "", " on Monday", " after the vote", ", and the meeting went on"))
        return f"{lead}[s {self.who(first=first)}] [c {self._one(words.ABOUT)}] [t {self.thing()}]{tail}."

    def _willing(self) -> str:
        deed, lead = self.deed(), self._lead()
        cue = self._one(words.WILL)
        asked = re.match(r"(urged|called on|asked|ordered|encouraged|advised|wants) (\S.*)$", cue)
        told = f"[c {asked[1]}] [t {asked[2]} to {deed}]" if asked else f"[c {cue}] [t to {deed}]"
        return f"{lead[0]}[s {self.who(first=lead[1])}] {told}."

    def _behind(self) -> str:
        clause, who = self.clause_first(), self.who(first=False)
        if self._draw.random() < 0.4:
            return f"[t {clause}], [c {self._one(words.ACCORDING)}] [s {who.rstrip(',')}]."
        if self._draw.random() < 0.3:
            according = self._one(words.ACCORDING)
            return f"[c {according[0].upper()}{according[1:]}] [s {who.rstrip(',')}], [t {self.clause()}]."
        return f"[t {self._mixed(clause)}], [s {who}] [c {self._one(words.THAT[:60])}]."

    def _beside(self) -> str:
        who = self.who(first=True)
        begun = f"[s12 {who}] [c1 {self._one(words.ABOUT)}] [t1 {self.thing()}]"
        side = self._cue(words.SIDE).replace("[c ", "[c2 ")
        if self._draw.random() < 0.4:
            return f"{begun}, [c2 {self._one(words.SIDE_ABOUT)}] [t2 {self.thing()}]."
        return f"{begun}, {side} [t2 {self.that()}{self._mixed(self.clause())}]."

    def _two(self) -> str:
        who, joined = self.who(first=True), self._draw.choice((" and ", ", but ", ", and "))
        second = self._draw.choice((f"[c2 {self._one(words.ABOUT)}] [t2 {self.thing()}]",
                                    f"[c2 {self._one(words.THAT[:60])}] [t2 that {self.clause()}]"))  # fmt: skip
        if self._draw.random() < 0.4:
            first = f"[s1 {who}] [c1 {self._one(words.THAT[:60])}] [t1 that {self.clause()}]"
            return f"{first}, while [s2 {self.who(first=False)}] {second}."
        return f"[s12 {who}] [c1 {self._one(words.ABOUT)}] [t1 {self.thing()}]{joined}{second}."

    def _nested(self) -> str:
        inner = f"[s2 {self.who(first=False)}] [c2 {self._one(words.THAT[:60])}] [t2 that {self.clause()}]"
        return f"[s1 {self.who(first=True)}] [c1 {self._one(words.THAT[:60])}] [t1 that {inner}]."

    def _named(self) -> str:
        cue, who = self._one(words.NOUN_CUES), self.who(first=True).rstrip(",")
        if who in words.PRONOUNS:
            who = {"He": "His", "She": "Her", "They": "Their", "We": "Our", "I": "My", "It": "Its"}[who]
            return f"[s {who}] [c {cue}] [t {self.thing()}] went on for weeks."
        return f"[s {who}'s] [c {cue}] [t {self.thing()}] drew few replies."

    def paragraph(self) -> str:
        """Some sentences, marked; those without a bracket say nothing of anyone."""
        parts = []
        for _ in range(self._draw.choices((1, 2, 3), (50, 35, 15))[0]):
            kind = self._draw.random()
            if kind < 0.62:
                parts.append(_apart(self.sentence(), len(parts)))
            elif kind < 0.8:
                parts.append(self._one(words.PLAIN))
            else:
                parts.append(self.clause_first() + ".")
        return " ".join(parts)


def _apart(sentence: str, number: int) -> str:
    """Marks of one sentence numbered apart from another's."""
    digits = {"": 1, "1": 1, "2": 2}

    def renamed(match: re.Match[str]) -> str:
        told = [str(digits[one] + 2 * number) for one in (match[2] or " ")] if match[2] else [str(1 + 2 * number)]
        return f"[{match[1]}{''.join(told)} "

    return OPEN.sub(renamed, sentence)


def renamed(line: str, draw: random.Random) -> str:
    """A marked line with other names."""
    for some in (words.FIRST, words.LAST):
        for name in some:
            line = re.sub(rf"\b{name}\b", draw.choice(some), line)
    return line


def by_rules(paragraph: str) -> dict[str, Any] | None:
    """What the rules mark where they are sure; None where they are not."""
    if len(paragraph) > 1_500 or len(paragraph) < 40:
        return None
    found = attributions_in(paragraph)
    if not found:
        plain = speech.CUE_WORDS.isdisjoint(re.findall(r"[a-z]+", paragraph.lower())) and not re.search(
            '["“”]', paragraph
        )
        return {"text": paragraph, "attributions": [], "weight": 0.5} if plain else None
    if any(one.cue is None or one.confidence < PUBLISHED for one in found):
        return None
    marks = [
        {"source": [list(one.source)], "cue": [list(one.cue)], "content": [list(span) for span in one.content]}
        for one in found
        if one.source and one.cue
    ]
    return {"text": paragraph, "attributions": marks, "weight": 0.7}


@dataclass(frozen=True)
class Amounts:
    """How much of what.

    Attributes:
        copies: times that our marked paragraphs are taken, all but the first with other names.
        made: made paragraphs.
        plain: paragraphs without an attribution, by the rules; those with marks are all taken.
        held: one marked paragraph in so many is held out, with all of its copies.
        seed: of every draw.
        weight: of a made paragraph, beside 1 of a marked one.
    """

    copies: int = 4
    made: int = 800
    plain: int = 250
    held: int = 8
    seed: int = 11
    weight: float = 0.5


def rows(many: Amounts, apart: Collection[str] = ()) -> list[dict[str, Any]]:
    """All texts: ``text``, ``attributions``, ``of`` (what they are from), ``held``, some with a ``weight``.

    Args:
        apart: marked texts that are held out, in the place of one in so many: a run that begins with the weights of
            another must not train on what that one held out.
    """
    draw = random.Random(many.seed)
    lines = marked_lines()
    held = [
        unmarked(line)["text"] in apart if apart else number % many.held == many.held - 1
        for number, line in enumerate(lines)
    ]
    marked = [
        {**unmarked(renamed(line, draw) if number else line), "of": "marked", "held": apart}
        for number in range(many.copies)
        for line, apart in zip(lines, held, strict=True)
        if not (number and apart)
    ]
    paragraphs = list(sources())
    maker = Maker(stock(paragraphs), many.seed + 1)
    made = [{**unmarked(maker.paragraph()), "of": "made", "weight": many.weight} for _ in range(many.made)]
    ruled = [{**one, "of": "rules"} for one in _ruled(paragraphs, many, draw)]
    return [*marked, *({**row, "held": False} for row in chain(made, ruled))]


def _ruled(paragraphs: Sequence[str], many: Amounts, draw: random.Random) -> list[dict[str, Any]]:
    """All that the rules are sure of, and some of what has no attribution."""
    found = [one for paragraph in paragraphs if (one := by_rules(paragraph)) is not None]
    plain = [one for one in found if not one["attributions"]]
    kept = draw.sample(plain, min(len(plain), many.plain))
    return [one for one in found if one["attributions"]] + kept


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    for one in fields(Amounts):
        parser.add_argument(f"--{one.name}", type=type(one.default), default=one.default)
    parser.add_argument(
        "--apart", type=Path, help="a file of such texts: what is held out there is here, and nothing else"
    )
    options = vars(parser.parse_args())
    out, apart = options.pop("out"), options.pop("apart")
    held = {row["text"] for row in read_rows(apart) if row["held"]} if apart else ()
    told = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(Amounts(**options), held))
    out.write_text(told, encoding="utf-8")
    print(told.count("\n"), "texts, SHA-256", hashlib.sha256(told.encode()).hexdigest())


if __name__ == "__main__":
    main()
