"""One sentence for people, made from the edits only: the same edits always read the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from writethru.comparison.edits import Edit, Finding, Kind, Op
from writethru.comparison.patch import Copy, Patch, Recipe
from writethru.comparison.phrases import FIELDS, arrow, is_exchange, short
from writethru.comparison.units import END, FIRST_BLOCK

EMPTY = "No difference."
INVISIBLE = "No visible difference: white space or invisible characters only."
MOST_PHRASES = 8
MOST_OF_A_KIND = 3
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def summarise(edits: Sequence[Edit], patch: Patch, *, visible: bool) -> str:
    """Such as ``Headline rewritten; 12 → 21 people; one quotation altered; two paragraphs moved up.``"""
    if patch.is_empty:
        return EMPTY
    if not visible:
        return INVISIBLE
    phrases = _without_repeats([phrase for source in _SOURCES for phrase in source(edits, patch)])
    if len(phrases) > MOST_PHRASES:
        left = len(phrases) - MOST_PHRASES + 1
        phrases[MOST_PHRASES - 1 :] = [f"{left} more kinds of change"]
    text = "; ".join(phrases) or "layout changed"
    return text[0].upper() + text[1:] + "."


def _without_repeats(phrases: Sequence[str]) -> list[str]:
    """Each once; ``12 → 21`` not beside ``12 → 21 people``."""
    once = list(dict.fromkeys(phrases))
    return [p for p in once if "→" not in p or not any(other.startswith(f"{p} ") for other in once)]


def count_of(count: int, noun: str) -> str:
    """``one sentence``, ``12 sentences``."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {_plural(noun)}"


def _plural(noun: str) -> str:
    head, _, last = noun.rpartition(" ")
    last = f"{last[:-1]}ies" if last.endswith("ry") else f"{last}s"
    return f"{head} {last}".strip()


def _fields(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    for name in FIELDS:
        ops = [edit.op for edit in edits if edit.where == name and edit.substantial]
        if ops:
            yield f"{name} {ops[0].value if len(set(ops)) == 1 and ops[0] is not Op.MERGED else 'rewritten'}"


def _corrections(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    ops = {e.op for e in edits if Kind.CORRECTION in e.kinds and (e.op is not Op.MOVED or e.rewritten)}
    if ops:
        verb = "added" if ops == {Op.ADDED} else "removed" if ops == {Op.REMOVED} else "altered"
        yield f"correction note {verb}"


def _arrows(kind: Kind, noun: str) -> Callable[[Sequence[Edit], Patch], Iterator[str]]:
    """Phrases ``old → new`` for the findings of a kind."""

    def phrases(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
        found = [(edit, f) for edit in edits for f in edit.findings if f.kind is kind]
        both = [pair for pair in found if is_exchange(pair[1])]
        shown = found if len(found) <= MOST_OF_A_KIND else both[:MOST_OF_A_KIND]
        yield from (arrow(edit, finding, noun) for edit, finding in shown)
        left = len(found) - len(shown)
        if left:
            yield f"{count_of(left, f'more {noun}' if shown else noun)} altered"

    return phrases


def _quotations(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    counts = Counter(_quotation_verb(f) for edit in edits for f in edit.findings if f.kind in _QUOTATIONS)
    for verb in ("altered", "shortened", "lengthened", "added", "removed"):
        if counts[verb]:
            yield f"{count_of(counts[verb], 'quotation')} {verb}"


_QUOTATIONS = {Kind.QUOTATION: "altered", Kind.QUOTATION_ADDED: "added", Kind.QUOTATION_REMOVED: "removed"}


def _quotation_verb(finding: Finding) -> str:
    """Shortened if words only went, lengthened if they only came."""
    if finding.kind is not Kind.QUOTATION or (finding.old and finding.new):
        return _QUOTATIONS[finding.kind]
    return "shortened" if finding.old else "lengthened"


def _scare_quotes(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    """Which words were put in quotation marks, or out of them."""
    for verb, is_old in (("put around", False), ("taken from", True)):
        words = [
            short(sentences[place.sentence].text[place.start : place.end])
            for edit in edits
            for finding in edit.findings
            if finding.kind is Kind.SCARE_QUOTES
            for sentences, places in ((edit.old, finding.old) if is_old else (edit.new, finding.new),)
            for place in places
        ]
        named = list(dict.fromkeys(words))
        if 0 < len(named) <= MOST_OF_A_KIND:
            yield f"quotation marks {verb} {', '.join(f'“{word}”' for word in named)}"
        elif named:
            yield f"quotation marks {verb} {count_of(len(named), 'wording')}"


def _moves(edits: Sequence[Edit], patch: Patch) -> Iterator[str]:
    """By direction: how many blocks of a kind, or sentences, stand elsewhere, and whether the lead was touched."""
    whole = _moved_whole(patch)
    for direction in ("up", "down"):
        counts: Counter[str] = Counter()
        seen: set[int] = set()
        leads: dict[str, None] = {}
        for edit in edits:
            order = dict(next((f.detail for f in edit.findings if f.kind is Kind.ORDER), ()))
            if edit.move is None or order.get("direction") != direction:
                continue
            unit = -1 if edit.new[0].block is None else edit.new[0].block + FIRST_BLOCK
            counts[_noun(edit.where) if unit in whole else "sentence"] += unit not in seen
            seen |= {unit} & whole
            leads |= {dict(f.detail)["lead"]: None for f in edit.findings if f.kind is Kind.LEAD}
        named = [count_of(count, noun) for noun, count in counts.items() if count]
        if named:
            yield f"{' and '.join(named)} moved {direction}{''.join(f', {way} the lead' for way in leads)}"


def _moved_whole(patch: Patch) -> set[int]:
    """New units that are one old unit and nothing else."""
    whole = {run.new + k for run in patch.runs for k in range(run.length)}
    origins = {recipe.unit: _only_source(recipe) for recipe in patch.old}
    for recipe in patch.new:
        source = _only_source(recipe)
        if source is not None and origins.get(source, recipe.unit) == recipe.unit:
            whole.add(recipe.unit)
    return whole


def _only_source(recipe: Recipe) -> int | None:
    """The unit of the other text that a unit is copied from as a whole, if there is just one."""
    units = {part.unit if isinstance(part, Copy) else -1 for part in recipe.parts}
    return units.pop() if len(units) == 1 and -1 not in units else None


def _added_and_removed(edits: Sequence[Edit], patch: Patch) -> Iterator[str]:
    """Whole blocks by kind, and single sentences."""
    for op, recipes in ((Op.ADDED, patch.new), (Op.REMOVED, patch.old)):
        chosen = [edit for edit in edits if edit.op is op and edit.where not in FIELDS]
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
    return {
        "note": "correction note",
        "entry": "live-blog entry",
        "list-item": "list item",
        "quote": "quotation block",
    }.get(where, where)


def _reworked(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    """Sentences split, merged, and those reworded without a kind that was named already."""
    counts = Counter(edit.op for edit in edits)
    for op in (Op.SPLIT, Op.MERGED):
        if counts[op]:
            yield f"{count_of(counts[op], 'sentence')} {'split' if op is Op.SPLIT else 'merged from several'}"
    for where in ("caption", "credit"):
        altered = [e for e in edits if e.where == where and e.old and e.new and e.substantial and e.move is None]
        if altered:
            yield f"{count_of(len(altered), where)} altered"
    plain = [edit for edit in edits if edit.where not in (*FIELDS, "caption", "credit") and _only_reworded(edit)]
    if plain:
        yield f"{count_of(len(plain), 'sentence')} reworded"
    for kind, phrase in ((Kind.SPELLING, "spelling"), (Kind.PUNCTUATION, "punctuation")):
        slight = sum(kind in edit.kinds and Kind.WORDING not in edit.kinds for edit in edits)
        if slight:
            yield f"{phrase} changed in {count_of(slight, 'sentence')}"
    if restored := sum(Kind.RESTORED in edit.kinds for edit in edits):
        yield f"{count_of(restored, 'sentence')} restored from an earlier version"


def _only_reworded(edit: Edit) -> bool:
    """Other words and no more to be said of it."""
    named = Kind.CORRECTION in edit.kinds or edit.op in (Op.LAYOUT, Op.SPLIT, Op.MERGED)
    return bool(edit.old and edit.new) and Kind.WORDING in edit.kinds and not named


def _slight(edits: Sequence[Edit], _: Patch) -> Iterator[str]:
    counts = Counter(kind for edit in edits for kind in edit.kinds)
    for kind, phrase in _SLIGHT.items():
        if counts[kind]:
            yield phrase


_SLIGHT = {
    Kind.LINK: "link altered",
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
    _scare_quotes,
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
