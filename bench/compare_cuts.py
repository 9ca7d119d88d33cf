"""Marks that begin or end inside a word or a number, on every pair of every set.

What a cut is, is told without this project's tokeniser: a place between two letters,
digits or combining marks, or beside a point, comma or colon that stands between two digits.
Scripts without spaces (Han, kana, Thai) have no words to cut by this rule.

    python bench/compare_cuts.py [--json]
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator

from compare_common import pairs, report
from compare_plant import STRENGTHS, Planter, articles
from compare_words import corpus

from writethru.comparison import compare
from writethru.text import word_list

_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "HANGUL")


def in_a_word(char: str) -> bool:
    """A letter, digit or combining mark of a script that parts words by spaces."""
    return unicodedata.category(char)[0] in "LNM" and not unicodedata.name(char, "").startswith(_NO_SPACES)


def is_cut(text: str, at: int) -> bool:
    """Does a mark that begins or ends at ``at`` cut a word or a number?"""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if in_a_word(before) and in_a_word(after):
        return True
    if after in ".,:":
        return before.isdigit() and text[at + 1 : at + 2].isdigit()
    return before in ".,:" and after.isdigit() and text[at - 2 : at - 1].isdigit()


def sets() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every set of pairs by name."""
    for name in ("digitalgov_dev", "open_terms_dev", "selkouutiset_noise_dev"):
        yield name, pairs(f"{name}.jsonl.gz")
    for split in ("train", "dev"):
        yield f"arxivedits {split}", [(row["sentence-1"], row["sentence-2"]) for row in corpus(split)]
    sources = articles(150)
    words = [w for p in sources[0] + sources[1] + sources[2] for s in p for w in word_list(s)]
    spare = [s for p in sources[-1] for s in p]
    for strength, share in STRENGTHS.items():
        planter = Planter(random.Random(1), words, spare * 40, share)
        yield f"planted, {strength}", [planter.plant(source).texts for source in sources[:-1]]


def measure() -> dict[str, dict[str, int]]:
    """By set: pairs, marks, and marks that cut."""
    found = {}
    for name, rows in sets():
        row = {"pairs": len(rows), "marks": 0, "cuts": 0}
        for old, new in rows:
            for edit in compare(old, new).edits:
                for sentence in (*edit.old, *edit.new):
                    spans = (*sentence.marks, *sentence.shifted, *sentence.recased)
                    row["marks"] += len(spans)
                    row["cuts"] += sum(is_cut(sentence.text, at) for span in spans for at in span)
        found[name] = row
    return found


if __name__ == "__main__":
    report(__doc__, measure)
