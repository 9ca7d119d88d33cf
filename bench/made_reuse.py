"""Made-up copying: an article of one outlet into which a passage of another outlet's was put and edited.

Sources and hosts are real texts, read where they are and never kept: posts of a US government newsroom
(CC0) and, where they are there, PolNeAR and ECB+. Machine edits change, leave out and put in words;
human edits are those that the newsroom's own versions and the arXivEdits corpus show.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

SHORT, LONG = 250, 900
"""Words of a host."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its outlet: those of one outlet are never compared."""

    id: str
    outlet: str
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up case.

    Attributes:
        source, host: ids.
        text: the host with the passage in it, a paragraph of its own.
        paragraph: its number.
        kept: for each word of that paragraph: does it stand in the source there? Of a passage that people reworded: does it
            stand anywhere in the old one?
        in_order: of such a passage: is it one of those that stand in both in one order (``difflib``)? A word that the
            new wording has more often than the old is so no more often than there.
    """

    source: str
    host: str
    outlet: str
    text: str
    paragraph: int
    kept: tuple[bool, ...]
    in_order: tuple[bool, ...] = ()


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Lines of a gzip'd JSON Lines file; none where it is absent."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def corpus(data: Path) -> list[Source]:
    """Every text that is there, each newsroom post by its last version."""
    last = {row["url"]: row["text"] for row in rows(data / "revisions" / "digitalgov_dev.jsonl.gz")}
    found = [Source(url, "digitalgov", text) for url, text in last.items()]
    for part in ("train", "dev"):
        for row in rows(data / "statements" / f"polnear_{part}.jsonl.gz"):
            found.append(Source(row["id"], row["outlet"], row["text"]))
    found += [Source(row["id"], "ecbplus", row["body"]) for row in rows(data / "stories" / "ecbplus_dev.jsonl.gz")]
    return list(_without_twins(found))


def _without_twins(texts: Iterable[Source]) -> Iterator[Source]:
    """Texts of which less than a tenth stood in earlier ones: a passage must have one true source."""
    seen: set[int] = set()
    for text in texts:
        words = text.text.lower().split()
        runs = {hash(tuple(words[at : at + 6])) for at in range(len(words) - 5)}
        if len(runs & seen) * 10 < len(runs):
            yield text
        seen |= runs


def cases(texts: Sequence[Source], count: int, share: float, edited: float, seed: int) -> Iterator[Made]:
    """So many cases of one cell: this share of the article copied, this share of the copied words edited."""
    chance = random.Random(seed)
    sources = [text for text in texts if len(text.text.split()) >= SHORT]
    vocabulary = [word for text in chance.sample(sources, min(60, len(sources))) for word in text.text.split()]
    for _ in range(count):
        source = chance.choice(sources)
        host = chance.choice([text for text in sources if text.outlet != source.outlet])
        paragraphs, words = _opening(host.text, share)
        copied = _stretch(source.text.split(), round(words * share / (1 - share)), chance)
        yield _planted(source, host, paragraphs, _edited(copied, edited, vocabulary, chance), chance)


def human_cases(texts: Sequence[Source], edits: Sequence[tuple[str, str]], count: int, seed: int) -> Iterator[Made]:
    """Cases of which the passage was edited by people: the old wording stands in the source, the new in the copy.

    The id of the source is ``old:`` and the number of the case; ``human_source`` gives its text.
    """
    chance = random.Random(seed)
    hosts = [text for text in texts if SHORT <= len(text.text.split()) <= LONG]
    for number in range(count):
        at = chance.randrange(len(edits) - 3)
        new = " ".join(edits[at + step][1] for step in range(3))
        old = " ".join(edits[at + step][0] for step in range(3)).split()
        host, elsewhere = chance.sample(hosts, 2)
        paragraphs = _opening(host.text, 0.15)[0]
        copied = [(word, word in old) for word in new.split()]
        source = Source(f"old:{number}", "people", f"{elsewhere.text}\n{' '.join(old)}")
        yield replace(_planted(source, host, paragraphs, copied, chance), in_order=_in_order(old, new.split()))


def _in_order(old: Sequence[str], new: Sequence[str]) -> tuple[bool, ...]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {at for block in blocks for at in range(block.b, block.b + block.size)}
    return tuple(at in kept for at in range(len(new)))


def human_source(texts: Sequence[Source], edits: Sequence[tuple[str, str]], count: int, seed: int) -> list[Source]:
    """The sources of ``human_cases``."""
    chance = random.Random(seed)
    hosts = [text for text in texts if SHORT <= len(text.text.split()) <= LONG]
    found = []
    for number in range(count):
        at = chance.randrange(len(edits) - 3)
        old = " ".join(edits[at + step][0] for step in range(3))
        host, elsewhere = chance.sample(hosts, 2)
        found.append(Source(f"old:{number}", "people", f"{elsewhere.text}\n{old}"))
        _planted(found[-1], host, _opening(host.text, 0.15)[0], [("x", False)], chance)
    return found


def human_edits(data: Path) -> list[tuple[str, str]]:
    """Passages before and after people edited them: the newsroom's reworded paragraphs, arXivEdits' sentences."""
    found = list(_scholars(data / "revisions" / "arxivedits" / "dev.json.gz"))
    before: dict[str, list[str]] = {}
    for row in rows(data / "revisions" / "digitalgov_dev.jsonl.gz"):
        paragraphs = [line for line in row["text"].split("\n") if len(line.split()) >= 12]
        found += _reworded(before.get(row["url"], []), paragraphs)
        before[row["url"]] = paragraphs
    return found


def _scholars(path: Path) -> Iterator[tuple[str, str]]:
    """Sentence pairs that are not the same, long enough to be told from others."""
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = json.load(lines).values()
    for pair in pairs:
        old, new = pair["sentence-1"], pair["sentence-2"]
        if old != new and min(len(old.split()), len(new.split())) >= 12:
            yield old, new


def _reworded(old: Iterable[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that changed but are one another's: at least half of the words stay."""
    standing = set(new)
    for paragraph in old:
        if paragraph in standing:
            continue
        words = set(paragraph.split())
        best = max(new, key=lambda line: len(words & set(line.split())), default="")
        if best and 0.5 <= len(words & set(best.split())) / len(words) < 1.0 and len(words) <= 80:
            yield paragraph, best


def _opening(text: str, share: float) -> tuple[list[str], int]:
    """The host's first paragraphs, up to what is not to be copied; and their words."""
    total = min(len(text.split()), LONG)
    kept: list[str] = []
    words = 0
    for paragraph in filter(str.strip, text.split("\n")):
        if words >= total * (1 - share):
            break
        kept.append(" ".join(paragraph.split()[:LONG]))
        words += len(kept[-1].split())
    return kept, words


def _stretch(words: Sequence[str], length: int, chance: random.Random) -> list[str]:
    """So many neighbouring words, from the beginning of a sentence if one is near."""
    length = min(length, len(words) - 5)
    at = chance.randrange(len(words) - length)
    begins = next((b for b in range(at, max(-1, at - 40), -1) if b == 0 or words[b - 1][-1] in ".!?"), at)
    return list(words[begins : begins + length])


def _edited(
    words: Sequence[str], rate: float, vocabulary: Sequence[str], chance: random.Random
) -> list[tuple[str, bool]]:
    """Of the edited words six tenths are replaced, two left out, two followed by a new one."""
    found: list[tuple[str, bool]] = []
    for word in words:
        if chance.random() >= rate:
            found.append((word, True))
            continue
        kind = chance.random()
        if kind < 0.6:
            found.append((chance.choice(vocabulary), False))
        elif kind >= 0.8:
            found += [(word, True), (chance.choice(vocabulary), False)]
    return found


def _planted(
    source: Source, host: Source, paragraphs: Sequence[str], words: Sequence[tuple[str, bool]], chance: random.Random
) -> Made:
    at = chance.randrange(len(paragraphs) + 1)
    passage = " ".join(word for word, _ in words)
    text = "\n".join([*paragraphs[:at], passage, *paragraphs[at:]])
    return Made(source.id, host.id, host.outlet, text, at, tuple(kept for _, kept in words))
