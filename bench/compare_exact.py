"""Exactness on every file of revisions: each text is made from the other, byte for byte, or it is counted here.

For every pair: ``apply`` and ``revert`` give the texts back, also after a round trip through
JSON; the other direction is the inverse; a text compared with itself is empty; all words of
both texts are in the side-by-side rows. Pairs are neighbouring versions (also equal ones), the
first and the last, two picked at random, and texts that have nothing to do with each other.

    python -m bench compare_exact [--digest] [--small] [--only SET] [--part K/N] [--json]

``--digest`` prints a SHA-256 over the JSON forms of all changes of a set: the same before and
after a piece of work means that no result changed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from compare_common import data_root, histories, require_data
from machine import heading
from machine import machine as machine_now

from writethru.comparison import Change, Edit, compare, side_by_side
from writethru.extraction import extract
from writethru.model import ArticleText

Text = str | ArticleText
Pair = tuple[Text, Text]
_TURNED = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
SMALL = 60
"""Pairs of each set with ``--small``."""


def version_pairs(name: str) -> Iterator[Pair]:
    """Neighbours, first and last, and two at random, of every history; as strings and, with titles, as articles."""
    rng = random.Random(name)
    for versions in histories(name).values():
        chosen = [*pairwise(versions), (versions[0], versions[-1])]
        if len(versions) > 2:
            chosen.append(tuple(rng.sample(versions, 2)))  # type: ignore[arg-type]
        for a, b in chosen:
            yield a["text"], b["text"]
            if a.get("title"):
                yield tuple(ArticleText.from_plain(row["text"], headline=row["title"]) for row in (a, b))  # type: ignore[misc]


def stranger_pairs(name: str) -> Iterator[Pair]:
    """Texts of different articles."""
    texts = [versions[0].get("text") or versions[0]["correction"] for versions in histories(name).values()]
    yield from pairwise(texts)


def sentence_pairs(split: str) -> Iterator[Pair]:
    """The sentence pairs of arXivEdits."""
    with gzip.open(data_root() / "revisions" / "arxivedits" / f"{split}.json.gz", "rt", encoding="utf-8") as file:
        for row in json.load(file).values():
            yield row["sentence-1"], row["sentence-2"]


def page_pairs() -> Iterator[Pair]:
    """Saved pages as they are read: all with all."""
    folder = data_root() / "revisions" / "news_sniffer_pages"
    texts = [extract(path.read_bytes()).article_text for path in sorted(folder.glob("*.html"))]
    yield from ((a, b) for a in texts for b in texts)


SETS: dict[str, Callable[[], Iterator[Pair]]] = {
    "digital.gov": lambda: version_pairs("digitalgov_dev.jsonl.gz"),
    "digital.gov, strangers": lambda: stranger_pairs("digitalgov_dev.jsonl.gz"),
    "selkouutiset": lambda: version_pairs("selkouutiset_noise_dev.jsonl.gz"),
    "correction notices, strangers": lambda: stranger_pairs("npr_corrections_dev.jsonl.gz"),
    "arXivEdits train": lambda: sentence_pairs("train"),
    "arXivEdits dev": lambda: sentence_pairs("dev"),
    "News Sniffer pages": page_pairs,
    "terms of service": lambda: version_pairs("open_terms_dev.jsonl.gz"),
}


def failures(old: Text, new: Text, change: Change) -> Iterator[str]:
    """Names of what does not hold."""
    stored = json.loads(json.dumps(change.to_dict()))
    back = Change.from_dict(stored)
    if back != change or back.to_dict() != change.to_dict():
        yield "round trip"
    for made in (change, back):
        if made.apply(old) != new:
            yield "apply"
        if made.revert(new) != old:
            yield "revert"
    if change.is_empty != (old == new):
        yield "empty"
    if not compare(new, new).is_empty or compare(new, new).edits:
        yield "itself"
    turned = sorted(_shape(edit, turned=True) for edit in compare(new, old).edits)
    if sorted(_shape(edit) for edit in change.edits) != turned:
        yield "inverse"
    if not _shows_all(old, new, change):
        yield "rows"


def _shape(edit: Edit, *, turned: bool = False) -> str:
    old, new = (edit.new, edit.old) if turned else (edit.old, edit.new)
    return repr((_TURNED.get(edit.op, edit.op.value) if turned else edit.op.value, edit.move is None, old, new))


def _shows_all(old: Text, new: Text, change: Change) -> bool:
    found = side_by_side(change, old, new).rows
    for side, text in (("left", old), ("right", new)):
        shown = Counter(word for row in found if (cell := getattr(row, side)) for word in "".join(cell.text.split()))
        if shown != Counter("".join("".join(_pieces(text)).split())):
            return False
    return True


def _pieces(text: Text) -> list[str]:
    if isinstance(text, str):
        return [text]
    return [text.headline, text.standfirst, text.byline, text.dateline, *(block.text for block in text.blocks)]


def measure(name: str, part: slice) -> dict:
    """Pairs, failures by name, and the digest of all changes of (a part of) a set."""
    digest = hashlib.sha256()
    wrong: Counter[str] = Counter()
    count = 0
    for old, new in islice(SETS[name](), part.start, part.stop, part.step):
        change = compare(old, new)
        digest.update(json.dumps(change.to_dict()).encode())
        wrong.update(failures(old, new, change))
        count += 1
    return {"pairs": count, "failures": sum(wrong.values()), **wrong, "digest": digest.hexdigest()[:16]}


def main() -> None:
    """Print a line for each set, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--digest", action="store_true", help="show the digest of the results of every set")
    parser.add_argument("--small", action="store_true", help=f"only {SMALL} pairs of each set")
    parser.add_argument("--only", default="", metavar="SET", help=f"one set: {', '.join(SETS)}")
    parser.add_argument("--part", default="1/1", metavar="K/N", help="every Nth pair from the Kth on")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_data()
    first, step = map(int, options.part.split("/"))
    part = slice(first - 1, SMALL * step if options.small else None, step)
    found = {name: measure(name, part) for name in SETS if options.only in ("", name)}
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(heading(machine_now()))
    for name, row in found.items():
        shown = row if options.digest else {key: value for key, value in row.items() if key != "digest"}
        print(f"{name:<30} " + "  ".join(f"{key} {value}" for key, value in shown.items()))


if __name__ == "__main__":
    main()
