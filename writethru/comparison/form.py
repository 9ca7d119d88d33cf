"""The JSON form of a change, version 1: writing and reading its parts.

Lists stand for tuples. A string in which a high surrogate is directly followed by a low
one (two code points, not one character) is written as a list of two strings, because
JSON would read the pair back as one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from writethru.comparison.edits import Edit, Evidence, Finding, Kind, Op, Sentence
from writethru.comparison.longest_common import common_words
from writethru.comparison.patch import Copy, Part, Patch, Recipe, Run
from writethru.comparison.words import common_prefix
from writethru.errors import MalformedInput
from writethru.text.tokens import Span, solid_spans

FORMAT = 1
LONG = 1_000
"""Characters above which a new sentence is written as parts of the old one."""
_SURROGATE_PAIR = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")


@contextmanager
def reading() -> Iterator[None]:
    """Turns what a wrong form raises into one clear error."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as wrong:
        raise MalformedInput(f"not the JSON form of a change: {type(wrong).__name__}: {wrong}") from wrong


def check_format(stored: Mapping[str, Any]) -> None:
    """Refuse what a newer Writethru wrote."""
    if stored["format"] != FORMAT:
        raise MalformedInput(f"a change in format {stored['format']}; this Writethru reads format {FORMAT}")


def edit_form(edit: Edit) -> dict[str, Any]:
    """An edit; a new sentence with the old one's characters leaves out ``text``.

    A long one that only partly differs is written as ``parts`` of the old one, so that
    unchanged text is not stored twice.
    """
    shared = edit.old[0] if edit.old else None
    form: dict[str, Any] = {"op": edit.op.value, "where": edit.where, "kinds": [kind.value for kind in edit.kinds]}
    if edit.move is not None:
        form["move"] = edit.move
    form["old"] = [_sentence_form(s, None) for s in edit.old]
    form["new"] = [_sentence_form(s, shared) for s in edit.new]
    form["findings"] = [_finding_form(f) for f in edit.findings]
    return form


def read_edit(form: Mapping[str, Any]) -> Edit:
    """Inverse of ``edit_form``."""
    old = tuple(_read_sentence(s, "") for s in form["old"])
    new = tuple(_read_sentence(s, old[0].text if old else "") for s in form["new"])
    findings = tuple(_read_finding(f) for f in form["findings"])
    return Edit(Op(form["op"]), old, new, form.get("move"), findings)


def _sentence_form(sentence: Sentence, shared: Sentence | None) -> dict[str, Any]:
    form: dict[str, Any] = {"where": sentence.where, "block": sentence.block, "start": sentence.start}
    if shared is None or len(sentence.text) <= LONG:
        if shared is None or sentence.text != shared.text:
            form["text"] = _text_form(sentence.text)
    elif sentence.text != shared.text:
        form["parts"] = [_text_form(p) if isinstance(p, str) else p for p in _parts_of(sentence.text, shared.text)]
    form["marks"] = [list(span) for span in sentence.marks]
    for name in ("shifted", "recased"):
        spans = getattr(sentence, name)
        if spans:
            form[name] = [list(span) for span in spans]
    return form


def _read_sentence(form: Mapping[str, Any], shared: str) -> Sentence:
    text = _read_text(form["text"]) if "text" in form else shared
    if "parts" in form:
        text = "".join(shared[p[0] : p[1]] if isinstance(p[0], int) else _read_text(p) for p in form["parts"])
    spans = [tuple(Span(a, b) for a, b in form.get(name, ())) for name in ("marks", "shifted", "recased")]
    return Sentence(form["where"], form["block"], form["start"], text, *spans)


def _parts_of(text: str, shared: str) -> list[str | list[int]]:
    """``text`` as copies ``[start, end]`` of ``shared`` and literal strings."""
    head = common_prefix(text, shared)
    tail = common_prefix(text[head:][::-1], shared[head:][::-1])
    parts: list[str | list[int]] = [[0, head]] if head else []
    parts += _middle_parts(text[head : len(text) - tail], shared[head : len(shared) - tail], head)
    if tail:
        parts.append([len(shared) - tail, len(shared)])
    return parts


def _middle_parts(text: str, shared: str, offset: int) -> list[str | list[int]]:
    """By the words both have, in order; ``offset`` is added to the places."""
    spans_old, spans_new = solid_spans(shared), solid_spans(text)
    pairs = common_words([shared[a:b] for a, b in spans_old], [text[a:b] for a, b in spans_new])
    parts: list[str | list[int]] = []
    end_old = end_new = 0
    for i, j in pairs:
        (start_old, stop_old), (start_new, stop_new) = spans_old[i], spans_new[j]
        last = parts[-1] if parts else ""
        if isinstance(last, list) and shared[end_old:start_old] == text[end_new:start_new]:
            last[1] = stop_old + offset
        else:
            if start_new > end_new:
                parts.append(text[end_new:start_new])
            parts.append([start_old + offset, stop_old + offset])
        end_old, end_new = stop_old, stop_new
    if end_new < len(text):
        parts.append(text[end_new:])
    return parts


def _finding_form(finding: Finding) -> dict[str, Any]:
    form: dict[str, Any] = {"kind": finding.kind.value}
    if finding.old:
        form["old"] = [list(e) for e in finding.old]
    if finding.new:
        form["new"] = [list(e) for e in finding.new]
    if finding.detail:
        form["detail"] = {name: _text_form(value) for name, value in finding.detail}
    return form


def _read_finding(form: Mapping[str, Any]) -> Finding:
    old = tuple(Evidence(*e) for e in form.get("old", ()))
    new = tuple(Evidence(*e) for e in form.get("new", ()))
    detail = tuple((name, _read_text(value)) for name, value in form.get("detail", {}).items())
    return Finding(Kind(form["kind"]), old, new, detail)


def patch_form(patch: Patch) -> dict[str, Any]:
    """A patch; a copy is a list of three numbers, a sentence a number, the rest strings."""
    return {
        "units": [patch.old_units, patch.new_units],
        "runs": [list(run) for run in patch.runs],
        "old": [_recipe_form(recipe) for recipe in patch.old],
        "new": [_recipe_form(recipe) for recipe in patch.new],
    }


def read_patch(form: Mapping[str, Any]) -> Patch:
    """Inverse of ``patch_form``."""
    runs = tuple(Run(*run) for run in form["runs"])
    old = tuple(_read_recipe(recipe) for recipe in form["old"])
    new = tuple(_read_recipe(recipe) for recipe in form["new"])
    return Patch(form["units"][0], form["units"][1], runs, old, new)


def _recipe_form(recipe: Recipe) -> list[Any]:
    return [recipe.unit, recipe.kind, _text_form(recipe.gap), [_part_form(part) for part in recipe.parts]]


def _read_recipe(form: Sequence[Any]) -> Recipe:
    unit, kind, gap, parts = form
    return Recipe(unit, kind, _read_text(gap), tuple(_read_part(part) for part in parts))


def _part_form(part: Part) -> Any:
    if isinstance(part, str):
        return _text_form(part)
    return part if isinstance(part, int) else list(part)


def _read_part(form: Any) -> Part:
    if isinstance(form, int):
        return form
    if isinstance(form, str) or (form and isinstance(form[0], str)):
        return _read_text(form)
    return Copy(*form)


def _text_form(text: str) -> str | list[str]:
    if text.isascii():
        return text
    pieces = _SURROGATE_PAIR.split(text)
    return text if len(pieces) == 1 else pieces


def _read_text(form: str | Sequence[str]) -> str:
    return form if isinstance(form, str) else "".join(form)
