"""Texts with their attributions marked, for training: ours, made-up ones around sentences that may be used, and what the rules mark.

python -m bench attribution_texts OUT.jsonl [--copies N] [--made N] [--plain N] [--held N] [--seed N]

Marked: ``data/statements/attributions.txt``, several times with other names. Made: frames and words of ours
(``attribution_words``) filled with sentences of digital.gov (CC0) and of MEANTIME (CC BY 4.0, Minard et al. 2016; English
Wikinews). By the rules: passages of the same two sets, where the rules are sure of an attribution or see no word of one. One in twelve
of those made and those by the rules is ``held`` out: ``attribution_train`` calibrates on them. The defaults are the
amounts behind the weights that ship; the same seed and the same rules give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any

from bench import attribution_words as words
from bench.machine import data_folder
from writethru.statements import speech
from writethru.statements.attributed import PUBLISHED
from writethru.statements.attribution import attributions_in
from writethru.text.sentences import sentence_spans

MARKED = Path(__file__).parent / "data" / "statements" / "attributions.txt"
_OPEN = re.compile(r"\[([sct])(\d*) ?")
_KINDS = {"s": "source", "c": "cue", "t": "content"}
_BEGINS = frozenset(
    "The A An This These Those It In At For Most Many Some Every Each There By With As All Both Our They".split()
)
_BASE = frozenset("""make build use help create share provide improve learn keep find work reach protect reduce support open close
cut raise spend pay move publish deliver show explain test change review stop begin join leave sell buy meet serve develop increase
ensure allow give take get see offer send add remove""".split())  # fmt: skip


def unmarked(line: str) -> dict[str, Any]:
    """A text and its attributions from a line with brackets."""
    text, spans = "", []
    opened: list[tuple[str, str, int]] = []
    at = 0
    while at < len(line):
        match = _OPEN.match(line, at)
        if match is not None:
            opened.append((match[1], match[2] or "0", len(text)))
            at = match.end()
        elif line[at] == "]":
            kind, digits, start = opened.pop()
            spans.append((kind, digits, start, len(text)))
            at += 1
        else:
            text += line[at]
            at += 1
    found: dict[str, dict[str, list[list[int]]]] = {}
    for kind, digits, start, end in sorted(spans, key=lambda one: one[2]):
        for digit in digits:
            found.setdefault(digit, {"source": [], "cue": [], "content": []})[_KINDS[kind]].append([start, end])
    return {"text": text, "attributions": [one for one in found.values() if one["cue"] and one["content"]]}


@dataclass
class Stock:
    """Sentences that may be used, and parts of them."""

    clauses: list[str]
    spoken: list[str]
    things: list[str]
    deeds: list[str]


def sources() -> Iterator[str]:
    """The paragraphs of the two sets; of a post's versions the last."""
    with gzip.open(data_folder() / "revisions" / "digitalgov_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        posts = {row["url"]: row["text"] for row in map(json.loads, lines)}
    for text in posts.values():
        yield from (part for part in text.split("\n") if part.strip())
    with gzip.open(data_folder() / "stories" / "meantime.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["lang"] == "en" and row["body"]:
                body = re.sub(r" ([,.;:!?%)])", r"\1", row["body"])
                spans = sentence_spans(body)
                yield from (
                    body[spans[at].start : spans[min(at + 2, len(spans) - 1)].end] for at in range(0, len(spans), 3)
                )


def stock(paragraphs: Sequence[str]) -> Stock:
    """What can be filled in."""
    found = Stock([], [], [], [])
    thing = re.compile(r"\b(?:the|a|an) (?:[a-z]+ ){1,2}(?:of|for|on|to) (?:the )?[a-z]+(?: [a-z]+)?(?=[,.])")
    deed = re.compile(r"\bto ([a-z]+)( [^.;:,\"“”()]{8,90})(?=[.,])")
    for paragraph in paragraphs:
        for span in sentence_spans(paragraph):
            text = paragraph[span.start : span.end]
            if not 6 <= len(text.split()) <= 32 or text[-1] != "." or re.search(r"[\"“”:;()\[\]#@/‘|<>{}]|\.\.", text):
                continue
            if not speech.CUE_WORDS.isdisjoint(re.findall(r"[a-z]+", text.lower())):
                continue
            found.things += [match.group() for match in thing.finditer(text)]
            found.deeds += [match[1] + match[2] for match in deed.finditer(text) if match[1] in _BASE]
            if re.search(r"\b(?:we|our|us|I|you|your)\b", text, re.IGNORECASE):
                found.spoken.append(text[:-1])
            elif text.split()[0] in _BEGINS or text.split()[0].isupper():
                found.clauses.append(text[:-1])
    return found


class Maker:
    """Makes marked sentences."""

    def __init__(self, some: Stock, seed: int) -> None:
        self._stock = some
        self._draw = random.Random(seed)

    def _one(self, some: Sequence[str]) -> str:
        text = self._draw.choice(some)
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
        text = self._one(self._stock.clauses)
        head = text.split()[0]
        return text if head.isupper() and len(head) > 1 else text[0].lower() + text[1:]

    def _spoken(self) -> str:
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
        return self._draw.choices(kinds, (26, 26, 12, 8, 10, 8, 8, 4, 4))[0]()

    def _that(self) -> str:
        return self._draw.choice(("that ", "that ", "", ""))

    def _cue(self, some: Sequence[str]) -> str:
        cue = self._one(some)
        split = re.match(
            r"(told|tells|assured|warned|reminded|informed|has told|urged|called on|asked|ordered|encouraged|advised|wants) (\S.*)$",
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
        return f"{lead}[s {self.who(first=first)}] {cue} [t {self._that()}{self._mixed(self.clause())}]."

    def _quoted(self) -> str:
        (a, b), said, who = self._marks(), self._spoken(), self.who(first=False)
        cue, kind = self._one(words.QUOTE), self._draw.random()
        more = f" [t {a}{self._spoken()}.{b}]" if self._draw.random() < 0.4 else ""
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
        deed, lead = self._one(self._stock.deeds), self._lead()
        return f"{lead[0]}[s {self.who(first=lead[1])}] {self._cue(words.WILL)} [t to {deed}]."

    def _behind(self) -> str:
        clause, who = self._one(self._stock.clauses), self.who(first=False)
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
        return f"{begun}, {side} [t2 {self._that()}{self._mixed(self.clause())}]."

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
        if who in ("He", "She", "They", "We", "I", "It"):
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
                parts.append(self._one(self._stock.clauses) + ".")
        return " ".join(parts)


def _apart(sentence: str, number: int) -> str:
    """Marks of one sentence numbered apart from another's."""
    digits = {"": 1, "1": 1, "2": 2}

    def renamed(match: re.Match[str]) -> str:
        told = [str(digits[one] + 2 * number) for one in (match[2] or " ")] if match[2] else [str(1 + 2 * number)]
        return f"[{match[1]}{''.join(told)} "

    return _OPEN.sub(renamed, sentence)


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
    marks = [{"source": [list(one.source)], "cue": [list(one.cue)], "content": [_unstopped(paragraph, *span) for span in one.content]}
             for one in found if one.source and one.cue]  # fmt: skip
    return {"text": paragraph, "attributions": marks, "weight": 0.7}


def _unstopped(text: str, start: int, end: int) -> list[int]:
    """A content without the stop of its sentence, as the guideline has it."""
    return [start, len(text[:end].rstrip(". "))] if text[start:end].rstrip().endswith(".") else [start, end]


@dataclass(frozen=True)
class Amounts:
    """How much of what.

    Attributes:
        copies: times that our marked paragraphs are taken, all but the first with other names.
        made: made paragraphs that are trained on.
        plain: paragraphs without an attribution, by the rules, that are trained on; those with marks are all taken.
        held: one row in so many of those made and those by the rules is held out, beside those trained on.
        seed: of every draw.
    """

    copies: int = 4
    made: int = 2_300
    plain: int = 250
    held: int = 12
    seed: int = 11

    def with_held(self, trained: int) -> int:
        """Rows of which so many are trained on."""
        return trained + trained // (self.held - 1)


def rows(many: Amounts) -> list[dict[str, Any]]:
    """All texts: ``text``, ``attributions``, ``of`` (what they are from), ``held``, some with a ``weight``."""
    draw = random.Random(many.seed)
    lines = [line for line in MARKED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    marked = [
        {**unmarked(renamed(line, draw) if number else line), "of": "marked", "held": False}
        for number in range(many.copies)
        for line in lines
    ]
    paragraphs = list(sources())
    maker = Maker(stock(paragraphs), many.seed + 1)
    made = ({**unmarked(maker.paragraph()), "of": "made"} for _ in range(many.with_held(many.made)))
    ruled = ({**one, "of": "rules"} for one in _ruled(paragraphs, many, draw))
    others = [{**row, "held": number % many.held == many.held - 1} for number, row in enumerate(chain(made, ruled))]
    trained = {row["text"] for row in others if not row["held"]}
    return marked + [row for row in others if not row["held"] or row["text"] not in trained]


def _ruled(paragraphs: Sequence[str], many: Amounts, draw: random.Random) -> list[dict[str, Any]]:
    """All that the rules are sure of, and some of what has no attribution."""
    found = [one for paragraph in paragraphs if (one := by_rules(paragraph)) is not None]
    plain = [one for one in found if not one["attributions"]]
    kept = draw.sample(plain, min(len(plain), many.with_held(many.plain)))
    return [one for one in found if one["attributions"]] + kept


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    for one in fields(Amounts):
        parser.add_argument(f"--{one.name}", type=int, default=one.default)
    options = vars(parser.parse_args())
    out = options.pop("out")
    told = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(Amounts(**options)))
    out.write_text(told, encoding="utf-8")
    print(told.count("\n"), "texts, SHA-256", hashlib.sha256(told.encode()).hexdigest())


if __name__ == "__main__":
    main()
