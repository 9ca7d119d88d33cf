"""The same article captured twice: is the second reading the same where only furniture changed, and exact where it did?

    python bench/extract_memory.py [--every N] [--offset N] [--seed N] [--show KIND] [--json]

Each annotated page (``$WRITETHRU_DATA/extraction``) is read once page-alone; a copy is altered in every way of
``furniture_variants`` and read again, page-alone and with the memory of the first reading. *Same* means headline,
byline, standfirst and every block. An edit is *seen exactly* when what differs is the edit and nothing else.
``--recaptures`` counts the differences by the classes of ``data/extraction/recaptures_judged.tsv`` and lists those that
nobody has judged yet (then it ends with 1; ``--show memory`` lists all). ``fast`` says how often ``unchanged`` already knew that nothing had changed; ``missed`` how often it was wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator

from extract_stability import DATA, Count, _squeeze, altered, beds, make_bed, serialise
from lxml.html import HtmlElement
from machine import heading, machine
from recaptures_judged import CLASSES, judged

from bench.article_edits import EDITS, stated_author
from bench.furniture_variants import FURNITURE
from writethru.errors import InputError
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import Known, read_known
from writethru.extraction.unchanged import is_unchanged
from writethru.model import BlockKind, Extraction

LOOKS_LIKE_BODY = ("read_more", "see_also", "newsletter_unnamed", "newsletter_box", "related_box", "related_unnamed")
NOTES = ("note_on_top", "note_at_end", "note_in_aside", "note_in_footer")


def whole(read: Extraction) -> tuple[object, ...]:
    """All that makes a version (the address of a player does not)."""
    return (read.headline, read.byline, read.standfirst, read.article_text.blocks)


def changed(old: Extraction, new: Extraction) -> tuple[Counter[str], Counter[str], set[str]]:
    """(texts gone, texts come, fields that differ)."""
    before, after = (Counter(b.text for b in read.article_text.blocks) for read in (old, new))
    fields = {name for name in ("headline", "byline", "standfirst") if getattr(old, name) != getattr(new, name)}
    return before - after, after - before, fields


def exact(kind: str, old: Extraction, new: Extraction, target: str) -> bool:
    """Whether the difference is this edit and nothing else; ``target``: the paragraph that was taken, squeezed."""
    gone, come, fields = changed(old, new)
    counts = (gone.total(), come.total())
    if kind == "byline_changed":  # the name may also stand in a block
        named = all("Quillfeather" in text for text in come)
        return fields == {"byline"} and named and counts[0] == counts[1]
    if kind == "headline_changed":  # some pages print it as a standfirst too
        return counts == (0, 0) and "headline" in fields and fields <= {"headline", "standfirst"}
    if fields and kind != "one_word":
        return False
    if kind == "one_word":
        return counts == (1, 1) and any("notably" in text for text in come)
    if kind == "paragraph_moved":
        return counts == (0, 0) and old.blocks != new.blocks
    if kind == "paragraph_deleted":
        return counts[0] > 0 == counts[1] and all(_squeeze(text) in target for text in gone)
    if counts != (0, 1):
        return False
    wanted = BlockKind.NOTE if kind in NOTES else BlockKind.CAPTION if kind == "caption_added" else None
    return wanted is None or any(b.kind is wanted and b.text in come for b in new.blocks)


def describe(old: Extraction, new: Extraction) -> str:
    """What differs, in short."""
    gone, come, fields = changed(old, new)
    parts = [f"{name}: {getattr(old, name)[:60]!r} -> {getattr(new, name)[:60]!r}" for name in sorted(fields)]
    parts += [f"- {text[:110]}" for text in list(gone)[:4]] + [f"+ {text[:110]}" for text in list(come)[:4]]
    return "\n    ".join(parts or ["order or kind only"])


class Table:
    """Counts by kind and column."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Count] = {}

    def add(self, kind: str, column: str, good: bool) -> None:
        """One trial."""
        self.counts.setdefault((kind, column), Count()).add(good)

    def total(self, kinds: tuple[str, ...], column: str) -> Count:
        """Over several kinds."""
        both = Count()
        for kind in kinds:
            one = self.counts.get((kind, column), Count())
            both.good, both.all = both.good + one.good, both.all + one.all
        return both


def pages(options: argparse.Namespace) -> Iterator[tuple[str, HtmlElement, str]]:
    """The annotated pages of this run that have paragraphs to alter."""
    for name, root, truth in beds(options.every, options.offset):
        if make_bed(root, truth) is not None:
            yield name, root, truth


def run(options: argparse.Namespace) -> Table:
    """All variations on all pages."""
    table = Table()
    for name, root, truth in pages(options):
        first = read_known(serialise(root).encode(), None, Knowledge())
        table.add("fingerprint", "fast", bool(first.memory and first.memory.fingerprint))
        for kind, variation in (FURNITURE | EDITS).items():
            if options.only and kind not in options.only.split(","):
                continue
            page = altered(root, truth, variation, f"{options.seed}/{name}/{kind}")
            if page is not None and _is_read(kind, root, first):
                seed = f"{options.seed}/{name}/{kind}"
                _trial(table, kind, first, page, options.show, (name, _target(root, truth, seed)))
                _fast(table, kind, first, page, name)
    return table


def _is_read(kind: str, root: HtmlElement, first: Known) -> bool:
    """Whether what an edit alters is what was read: a headline, and the name of an author and not of a photographer."""
    if kind == "byline_changed":
        return stated_author(root) in first.extraction.byline
    return kind != "headline_changed" or _prints_headline(root, first)


def _prints_headline(root: HtmlElement, first: Known) -> bool:
    """Whether the heading that is altered is the article's (some pages' first heading is the site's name)."""
    head = root.find(".//h1")
    said = _squeeze("".join(map(str, head.itertext()))) if head is not None else ""
    return bool(said) and said in _squeeze(first.extraction.headline)


def _target(root: HtmlElement, truth: str, seed: str) -> str:
    """The paragraph that an edit with this seed takes, squeezed."""
    bed = make_bed(root, truth)
    assert bed is not None
    chosen = bed.paragraphs[random.Random(seed).randrange(1, len(bed.paragraphs) - 1)]
    return _squeeze("".join(map(str, chosen.itertext())))


def _trial(table: Table, kind: str, first: Known, page: str, show: str, where: tuple[str, str]) -> None:
    name, target = where
    readings = {
        "alone": read_known(page, None, Knowledge()).extraction,
        "memory": read_known(page, None, Knowledge(memory=first.memory)).extraction,
    }
    for column, read in readings.items():
        if kind in FURNITURE:
            good = whole(read) == whole(first.extraction)
            table.add(kind, f"{column} body", read.text == first.extraction.text)
        else:
            good = exact(kind, first.extraction, read, target)
            table.add(kind, f"{column} body", whole(read) != whole(first.extraction))
        table.add(kind, column, good)
        if not good and show in (kind, column):
            print(f"{name} {kind} {column}\n    {describe(first.extraction, read)}")


def _fast(table: Table, kind: str, first: Known, page: str, name: str) -> None:
    """Does the fast path know that nothing changed, and is it ever wrong?"""
    if first.memory is None or not first.memory.fingerprint:
        return
    said = is_unchanged(page.encode(), "", first.memory.fingerprint)
    table.add(kind, "fast", said)
    if said:
        now = read_known(page, None, Knowledge(memory=first.memory)).extraction
        wrong = whole(now) != whole(first.extraction) or kind in EDITS
        table.add(kind, "missed", wrong)
        if wrong:
            print(f"MISSED {name} {kind}\n    {describe(first.extraction, now)}")


def report(table: Table) -> None:
    """The table for people."""
    columns = ("alone", "alone body", "memory", "memory body", "fast", "missed")
    for title, kinds in (("furniture changed: same", tuple(FURNITURE)), ("edited: seen exactly / seen", tuple(EDITS))):
        print(f"{title:30}" + "".join(f"{column:>20}" for column in columns))
        for kind in kinds:
            print(f"  {kind:28}" + "".join(f"{table.total((kind,), column)!s:>20}" for column in columns))
        print(f"  {'all':28}" + "".join(f"{table.total(kinds, column)!s:>20}" for column in columns))
    print(f"  {'looks like body':28}" + "".join(f"{table.total(LOOKS_LIKE_BODY, c)!s:>20}" for c in columns))
    print(f"  {'has a fingerprint':28}{table.total(('fingerprint',), 'fast')!s:>100}")
    print(f"  {'correction notes':28}" + "".join(f"{table.total(NOTES, c)!s:>20}" for c in columns))


def recaptures(options: argparse.Namespace) -> int:
    """Real pairs of captures of one URL: every difference with memory; how many of them nobody has judged yet."""
    known, classes, unjudged = judged(), Counter[str](), 0
    path = next(DATA.glob("recaptures/pairs_dev*"))
    counts = {name: Count() for name in ("alone", "memory", "fast")}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    for number, pair in enumerate(pairs):
        one, two = (gzip.decompress((DATA / "recaptures" / pair[side]).read_bytes()) for side in "ab")
        try:
            first = read_known(one, pair["url"], Knowledge())
            alone = read_known(two, pair["url"], Knowledge())
            second = read_known(two, pair["url"], Knowledge(memory=first.memory))
        except InputError as error:
            print(f"{number} refused: {error}")
            continue
        counts["alone"].add(whole(first.extraction) == whole(alone.extraction))
        counts["memory"].add(same := whole(first.extraction) == whole(second.extraction))
        fast = bool(first.memory) and is_unchanged(two, "", first.memory.fingerprint if first.memory else "")
        counts["fast"].add(fast)
        if not same:
            classes[known[number].kind if number in known else "not judged yet"] += 1
            unjudged += number not in known
        if (not same and number not in known) or options.show in ("alone", "memory"):
            note = " REDESIGN" if second.redesigned else ""
            print(f"{number} {pair['kind']} {pair['url']}{note}{' FAST' if fast else ''}")
            print(f"    {describe(first.extraction, second.extraction)}")
    for name, count in counts.items():
        print(f"{name}: unchanged {count}")
    print(*[f"{count} {kind}: {CLASSES.get(kind, 'judge it')}" for kind, count in classes.most_common()], sep="\n")
    return unjudged


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=6, help="only every Nth page")
    parser.add_argument("--offset", type=int, default=0, help="starting with this one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="these kinds only, separated by commas")
    parser.add_argument("--show", default="", help="list what differed for one kind or one column")
    parser.add_argument("--recaptures", action="store_true", help="real pairs of captures instead")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no {DATA}: set WRITETHRU_DATA to the folder with the annotated pages", file=sys.stderr)
        return 3
    if options.recaptures:
        return 1 if recaptures(options) else 0
    about, table = machine(), run(options)
    if options.json:
        rows = [[kind, column, c.good, c.all] for (kind, column), c in sorted(table.counts.items())]
        print(json.dumps({"machine": about, "results": rows}, indent=2))
        return 0
    print(heading(about))
    report(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
