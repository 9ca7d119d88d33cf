"""Quotation identity: altered printings planted among real quotations, and pairs marked by hand.

Quotations of 8 words or more are taken from PolNeAR, each with its speaker. Of some, a second printing is made: some words
exchanged, left out or put in, a number changed, a negation put in or taken out, besides cuts, contractions and marks. All
go into one call. Right: a planted printing is called altered, in the utterance of its original. A pair of two originals
that is called altered is listed with ``--errors``: one paper's slip, or a mistake of the rules; it counts against precision
unless its two texts share two thirds of their words in order (then one may well be a printing of the other).

    python -m bench statement_quotes [--errors] [--split dev|train] [--seed N]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from difflib import SequenceMatcher

from machine import data_folder, heading, machine
from marked_quotes import judged, marked_pairs

from writethru.reuse.quoting import quoted_stretches
from writethru.statements.attribution import attributions_in
from writethru.statements.utterances import Quote, Utterance, utterances

SMALL = "the a to of in that and it is was for with on this we they".split()
OTHER = "clearly people again today house because never trade money country".split()
CONTRACTED = (("it is", "it's"), ("do not", "don't"), ("we are", "we're"), ("I am", "I'm"), ("that is", "that's"))


def by_hand(*, errors: bool) -> dict[str, object]:
    """Scores on the marked pairs."""
    n: Counter[str] = Counter()
    for one, other, form, *moves in marked_pairs():
        found, moved = judged(one, other)
        n.update(pairs=1, form=found == form, marked=form == "altered", called=found == "altered")
        n["altered"] += form == found == "altered"
        n["one or two"] += (found == "different") == (form == "different")
        if form == found == "altered":
            n["moves"] += moved == moves[0]
        if errors and (found != form or (form == "altered" and moved != moves[0])):
            print(f"  {one!r}\n  {other!r}: marked {form} {moves}, found {found} {moved}")
    return {"pairs": n["pairs"], "one utterance or two": round(n["one or two"] / n["pairs"], 4),
            "form": round(n["form"] / n["pairs"], 4), "altered P": round(n["altered"] / n["called"], 4),
            "altered R": round(n["altered"] / n["marked"], 4), "moves": round(n["moves"] / n["altered"], 4)}  # fmt: skip


def real_quotations(split: str) -> list[Quote]:
    """Attributed quotations of 8 to 120 words, one printing of each text."""
    place = data_folder() / "statements" / f"polnear_{split}.jsonl.gz"
    if not place.exists():
        sys.exit(f"no data at {place}: set WRITETHRU_DATA")
    found: dict[str, Quote] = {}
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        text = row["text"]
        known = [(one, text[slice(*one.source)]) for one in attributions_in(text) if one.source]
        for line in re.finditer(r"[^\n]+", text):
            for start, end, _ in quoted_stretches(line.group()):
                a, b = start + line.start(), end + line.start()
                words = text[a + 1 : b - 1]
                who = next((name for one, name in known if any(s.start <= a and b <= s.end for s in one.content)), "")
                if 8 <= len(words.split()) <= 120 and words not in found:
                    found[words] = Quote(f"{row['id']}:{a}", words, who.split(",")[0].split()[-1] if who else "", 1)
    return list(found.values())


def altered(text: str, make: random.Random) -> str:
    """A second printing with other words: one edit, and one more for every twelve words."""
    words = text.split()
    for _ in range(1 + make.randrange(1 + len(words) // 12)):
        at = make.randrange(len(words))
        kind = make.choice(("small", "other", "out", "in", "negation", "number", "order"))
        if kind == "small":
            words[at] = make.choice(SMALL)
        elif kind == "other":
            words[at] = make.choice(OTHER)
        elif kind == "out" and len(words) > 6:
            del words[at : at + make.randrange(1, 3)]
        elif kind == "in":
            words.insert(at, make.choice(SMALL + OTHER))
        elif kind == "negation":
            nots = [k for k, word in enumerate(words) if word in ("not", "never", "no")]
            if nots:
                del words[nots[0]]
            else:
                words.insert(at, "not")
        elif kind == "number":
            words[at] = str(make.randrange(3, 900))
        elif at + 1 < len(words):
            words[at], words[at + 1] = words[at + 1], words[at]
    return printed_otherwise(" ".join(words), make)


def printed_otherwise(text: str, make: random.Random) -> str:
    """The same words with other marks, contractions and capitals, and sometimes a cut at an end."""
    for long, short in CONTRACTED:
        if make.random() < 0.5:
            text = text.replace(long, short)
    text = text.replace("'", make.choice("'’")).replace(",", make.choice((",", "", " –"))).rstrip(".,")
    words = text.split()
    if make.random() < 0.4 and len(words) > 14:
        words = words[: -len(words) // 3] if make.random() < 0.5 else words[len(words) // 3 :]
    return " ".join(words)


def said(text: str) -> list[str]:
    """Words for the comparison of texts that do not come from the rules."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def planted(quotes: list[Quote], seed: int) -> tuple[list[Quote], set[str]]:
    """All quotations and a second printing of every other one; the keys of those that do differ in a word."""
    make = random.Random(seed)
    found = list(quotes)
    differing = set()
    for quote in quotes[::2]:
        other = altered(quote.text, make) if make.random() < 0.7 else printed_otherwise(quote.text, make)
        found.append(Quote(f"{quote.key}+", other, quote.speaker if make.random() < 0.8 else "", 2))
        if not is_cut(said(expanded(quote.text)), said(expanded(other))):
            differing.add(f"{quote.key}+")
    return found, differing


def expanded(text: str) -> str:
    """Without the contractions that the harness makes."""
    for long, short in CONTRACTED:
        text = text.replace(short.replace("'", "’"), long).replace(short, long)
    return text


def is_cut(whole: list[str], part: list[str]) -> bool:
    """Is a list of words one stretch of another?"""
    return any(whole[k : k + len(part)] == part for k in range(len(whole) - len(part) + 1))


def called_altered(found: list[Utterance]) -> list[tuple[Quote, Quote, Utterance]]:
    """Each altered printing with its fullest."""
    return [(r.quote, one.fullest, one) for one in found for r in one.altered]


def by_harness(split: str, seed: int, *, errors: bool) -> dict[str, object]:
    """Scores on planted printings."""
    quotes, differing = planted(real_quotations(split), seed)
    began = time.process_time()
    found = utterances(quotes)
    spent = time.process_time() - began
    n: Counter[str] = Counter()
    hit = set()
    for quote, fullest, _ in called_altered(found):
        keys = {quote.key.rstrip("+"), fullest.key.rstrip("+")}
        planted_pair = len(keys) == 1 and {quote.key, fullest.key} & differing
        alike = SequenceMatcher(None, said(quote.text), said(fullest.text), autojunk=False)
        size = sum(block.size for block in alike.get_matching_blocks())
        natural = len(keys) == 2 and size >= 2 / 3 * min(len(said(quote.text)), len(said(fullest.text)))
        n.update(called=not natural, right=bool(planted_pair), natural=natural)
        hit |= {quote.key, fullest.key} & differing if planted_pair else set()
        if errors and not planted_pair:
            print(
                "NATURAL" if natural else "WRONG",
                repr(quote.text),
                quote.speaker,
                "\n   ",
                repr(fullest.text),
                fullest.speaker,
            )
    if errors:
        texts = {quote.key: quote.text for quote in quotes}
        for key in sorted(differing - hit):
            print("MISSED", repr(texts[key]), "\n   ", repr(texts[key.rstrip("+")]))
    return {"quotations": len(quotes), "planted altered": len(differing), "altered P": round(n["right"] / n["called"], 4),
            "altered R": round(len(hit) / len(differing), 4), "pairs of real ones alike": n["natural"],
            "quotations per CPU second": round(len(quotes) / spent)}  # fmt: skip


def main() -> None:
    """Print the scores of both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    marked = by_hand(errors=options.errors)
    made = by_harness(options.split, options.seed, errors=options.errors)
    print(heading(machine()))
    print("marked by hand:", marked)
    print("planted:", made)


if __name__ == "__main__":
    main()
