"""Typographic folding: what two texts are once print conventions are set aside.

Used **only to label** a difference that was already found exactly, never before comparing.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_SPACES = re.compile(r"\s+")
_PRINT = {
    **dict.fromkeys(map(ord, "“”„‟«»″〝〞＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›′ʼʹ`´＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
    ord("…"): "...",
    ord("•"): "*",
    ord("·"): "*",
}
_DASH_RUN = re.compile(r"-{2,3}")
_RULE = re.compile(r"(?:^|(?<=\s))(?:[-=_*~#])(?:[-=_*~#]{3,}(?=\s|$)|[-=_*~#]{2}$)")
"""A printed rule standing for a line under a heading, as converters write it."""
_DOUBLED = re.compile(r"''")
_ELLIPSIS = re.compile(r"\. ?\. ?\.")


def fold_invisible(text: str) -> str:
    """``text`` with what no reader sees set aside.

    Canonical Unicode form, soft hyphens, zero-width characters, and the kind and number
    of white-space characters.
    """
    bare = _INVISIBLE.sub("", text)
    if not bare.isascii():
        bare = unicodedata.normalize("NFC", bare)
    return _SPACES.sub(" ", bare).strip()


def fold_typography(text: str) -> str:
    """``text`` with the printer's conventions set aside as well.

    Shape of quotation marks and apostrophes, kind of dash, one-character ellipsis,
    ligatures and width (NFKC), rules of dashes under a heading; letter case and every
    other sign stay.
    """
    bare = fold_invisible(text)
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", bare.translate(_PRINT)).translate(_PRINT)
    if "---" in bare or "===" in bare or "***" in bare or "___" in bare:
        bare = _RULE.sub("", bare)
    bare = _DASH_RUN.sub("-", _DOUBLED.sub('"', _ELLIPSIS.sub("...", bare)))
    return _SPACES.sub(" ", bare).strip()
