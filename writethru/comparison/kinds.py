from __future__ import annotations

from writethru.comparison.edits import Edit, Finding, Kind, Op
from writethru.text.folding import fold_invisible, fold_typography

_FIELDS = {
    "headline": Kind.HEADLINE,
    "standfirst": Kind.STANDFIRST,
    "byline": Kind.BYLINE,
    "dateline": Kind.DATELINE,
    "caption": Kind.CAPTION,
    "credit": Kind.CREDIT,
    "note": Kind.CORRECTION,
}


def findings_of(edit: Edit) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for s in (*edit.old, *edit.new):
        kind = _FIELDS.get(s.where)
        if kind and kind not in [f.kind for f in found]:
            found.append(Finding(kind))
    if edit.op is Op.MOVED:
        found.append(Finding(Kind.ORDER))
    if edit.rewritten:
        if edit.old and edit.new and fold_invisible(edit.old_text) == fold_invisible(edit.new_text):
            found.append(Finding(Kind.WHITESPACE))
        elif edit.old and edit.new and fold_typography(edit.old_text) == fold_typography(edit.new_text):
            found.append(Finding(Kind.TYPOGRAPHIC))
        else:
            found.append(Finding(Kind.WORDING))
    return tuple(found)
