"""One sentence for people, made from the edits only: the same edits always read the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from writethru.comparison.edits import Edit, Finding, Kind, Op
from writethru.comparison.lexicon import listed
from writethru.comparison.patch import Patch, Recipe
from writethru.comparison.units import END, FIRST_BLOCK

EMPTY = "No difference."
INVISIBLE = "No visible difference: white space or invisible characters only."
MOST_PHRASES = 8
MOST_OF_A_KIND = 3
LONGEST_WORDING = 40
_FIELDS = ("headline", "standfirst", "byline", "dateline")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOUN = re.compile(r"(?: ?%| (?:[^\W\d_A-Z][^\W\d_]*))")
_NOT_NOUNS = listed("of in on at by to for from and or but as is was are were per a an the this that with")


def summarise(edits: Sequence[Edit], patch: Patch, *, visible: bool) -> str:
    """Such as ``Headline rewritten; 12 → 21 people; one quotation altered; two paragraphs moved up.``"""
    if patch.is_empty:
        return EMPTY
    if not visible:
        return INVISIBLE
    phrases = list(dict.fromkeys(phrase for source in _SOURCES for phrase in source(edits, patch)))
    if len(phrases) > MOST_PHRASES:
        left = len(phrases) - MOST_PHRASES + 1
        phrases[MOST_PHRASES - 1 :] = [f"{left} more kinds of change"]
    text = "; ".join(phrases) or "layout changed"
    return text[0].upper() + text[1:] + "."


def count_of(count: int, noun: str) -> str:
    """``one sentence``, ``12 sentences``."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {_plural(noun)}"


def _plural(noun: str) -> str:
    head, _, last = noun.rpartition(" ")
    last = f"{last[:-1]}ies" if last.endswith("ry") else f"{last}s"
    return f"{head} {last}".strip()


def _fields(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    for name in _FIELDS:
        ops = [edit.op for edit in edits if edit.where == name and edit.substantial]
        if ops:
            yield f"{name} {ops[0].value if len(set(ops)) == 1 and ops[0] is not Op.MERGED else 'rewritten'}"


def _corrections(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    ops = {edit.op for edit in edits if Kind.CORRECTION in edit.kinds}
    if ops:
        verb = "added" if ops == {Op.ADDED} else "removed" if ops == {Op.REMOVED} else "altered"
        yield f"correction note {verb}"


def _arrows(kind: Kind, noun: str) -> Callable[[Sequence[Edit], Patch], Iterator[str]]:
    """Phrases ``old → new`` for the findings of a kind."""

    def phrases(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
        found = [(edit, f) for edit in edits for f in edit.findings if f.kind is kind]
        for edit, finding in found[:MOST_OF_A_KIND]:
            yield _arrow(edit, finding, noun)
        if len(found) > MOST_OF_A_KIND:
            yield count_of(len(found) - MOST_OF_A_KIND, f"more {noun}").replace("one more", "one other")

    return phrases


def _arrow(edit: Edit, finding: Finding, noun: str) -> str:
    detail = dict(finding.detail)
    old, new = (_short(detail.get(side, "")) for side in ("old", "new"))
    if old and new:
        return f"{old} → {new}{_counted_noun(edit, finding)}"
    if old or new:
        quoted = old or new
        return f"{noun} “{quoted}” {'removed' if old else 'added'}"
    return f"{noun} altered"


def _short(wording: str) -> str:
    flat = " ".join(wording.split())
    return flat if len(flat) <= LONGEST_WORDING else flat[: LONGEST_WORDING - 1].rstrip() + "…"


def _counted_noun(edit: Edit, finding: Finding) -> str:
    """What a figure counts: the word after it."""
    if finding.kind is not Kind.FIGURE or not finding.new:
        return ""
    place = finding.new[0]
    match = _NOUN.match(edit.new[place.sentence].text, place.end)
    return match.group() if match and match.group().strip() not in _NOT_NOUNS else ""


def _quotations(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    counts = Counter(finding.kind for edit in edits for finding in edit.findings)
    for kind, verb in _QUOTATION_VERBS.items():
        if counts[kind]:
            yield f"{count_of(counts[kind], 'quotation')} {verb}"


_QUOTATION_VERBS = {
    Kind.QUOTATION: "altered",
    Kind.QUOTATION_ADDED: "added",
    Kind.QUOTATION_REMOVED: "removed",
}


def _moves(edits: Sequence[Edit], patch: Patch) -> Iterator[str]:
    """By direction: how many paragraphs, or sentences, stand elsewhere."""
    blocks: dict[str, set[int]] = {"up": set(), "down": set()}
    sentences = {"up": 0, "down": 0}
    whole = {run.new + k for run in patch.runs for k in range(run.length)}
    for edit in edits:
        if edit.move is None:
            continue
        direction = "up" if (edit.new[0].block or 0) <= (edit.old[0].block or 0) else "down"
        block = edit.new[0].block
        if block is not None and block + FIRST_BLOCK in whole:
            blocks[direction].add(block)
        else:
            sentences[direction] += 1
    for direction in ("up", "down"):
        if blocks[direction]:
            yield f"{count_of(len(blocks[direction]), 'paragraph')} moved {direction}"
        if sentences[direction]:
            yield f"{count_of(sentences[direction], 'sentence')} moved {direction}"


def _added_and_removed(edits: Sequence[Edit], patch: Patch) -> Iterator[str]:
    """Whole blocks by kind, and single sentences."""
    for op, recipes in ((Op.ADDED, patch.new), (Op.REMOVED, patch.old)):
        chosen = [edit for edit in edits if edit.op is op and edit.where not in _FIELDS]
        whole = _whole_blocks(recipes)
        sentences = 0
        blocks: Counter[str] = Counter()
        seen = set()
        for edit in chosen:
            sentence = (edit.new or edit.old)[0]
            if Kind.CORRECTION in edit.kinds:
                continue
            if sentence.block not in whole:
                sentences += 1
            elif sentence.block not in seen:
                seen.add(sentence.block)
                blocks[_noun(sentence.where)] += 1
        yield from (f"{count_of(count, noun)} {op.value}" for noun, count in sorted(blocks.items()))
        if sentences:
            yield f"{count_of(sentences, 'sentence')} {op.value}"


def _whole_blocks(recipes: Iterable[Recipe]) -> set[int]:
    """Blocks with nothing copied from the other side."""
    return {
        recipe.unit - FIRST_BLOCK
        for recipe in recipes
        if recipe.kind != END and recipe.unit >= FIRST_BLOCK and not any(isinstance(p, tuple) for p in recipe.parts)
    }


def _noun(where: str) -> str:
    return {"entry": "live-blog entry", "list-item": "list item", "quote": "quotation block"}.get(where, where)


def _reworked(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    """Sentences split, merged, and those reworded without a kind that was named already."""
    counts = Counter(edit.op for edit in edits)
    for op in (Op.SPLIT, Op.MERGED):
        if counts[op]:
            yield f"{count_of(counts[op], 'sentence')} {'split' if op is Op.SPLIT else 'merged from several'}"
    plain = [edit for edit in edits if edit.where not in _FIELDS and _only_reworded(edit)]
    if plain:
        yield f"{count_of(len(plain), 'sentence')} reworded"


def _only_reworded(edit: Edit) -> bool:
    return bool(edit.old and edit.new) and bool(_PLAIN.intersection(edit.kinds)) and edit.op is not Op.LAYOUT


_PLAIN = frozenset({Kind.WORDING, Kind.PUNCTUATION, Kind.SPELLING})


def _slight(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    counts = Counter(kind for edit in edits for kind in edit.kinds)
    for kind, phrase in _SLIGHT.items():
        if counts[kind]:
            yield phrase


_SLIGHT = {
    Kind.LINK: "link altered",
    Kind.SCARE_QUOTES: "quotation marks put around or taken from words",
    Kind.LEAD: "the first paragraph is another",
    Kind.BLOCK_KIND: "a block became another kind",
    Kind.PARAGRAPHS: "paragraph breaks changed",
    Kind.TYPOGRAPHIC: "typography changed",
}

_SOURCES: tuple[Callable[[Sequence[Edit], Patch], Iterator[str]], ...] = (
    _fields,
    _corrections,
    _arrows(Kind.FIGURE, "figure"),
    _arrows(Kind.NEGATION, "negation"),
    _quotations,
    _arrows(Kind.NAME, "name"),
    _arrows(Kind.DATE, "date"),
    _arrows(Kind.ATTRIBUTION, "attribution"),
    _arrows(Kind.MODALITY, "modal verb"),
    _arrows(Kind.HEDGE, "hedge"),
    _added_and_removed,
    _moves,
    _reworked,
    _slight,
)
