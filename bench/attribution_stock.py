"""Sentences that may be used for training, and parts of them: of digital.gov (CC0) and of MEANTIME (CC BY 4.0, Minard et al. 2016)."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.machine import data_folder
from writethru.statements import speech
from writethru.text.sentences import sentence_spans

_BEGINS = frozenset(
    "The A An This These Those It In At For Most Many Some Every Each There By With As All Both Our They".split()
)
_BASE = frozenset("""make build use help create share provide improve learn keep find work reach protect reduce support open close
cut raise spend pay move publish deliver show explain test change review stop begin join leave sell buy meet serve develop increase
ensure allow give take get see offer send add remove""".split())  # fmt: skip


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
