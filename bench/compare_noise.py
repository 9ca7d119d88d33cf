"""Noise: pairs that differ only by conversion or by print conventions must have no substantial edit.

Conversion noise is told from real edits by a rule of its own, without this project's code:
the two texts are the same once white space, dashes, equal signs and bars are left out.

    python bench/compare_noise.py [--json]
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from compare_common import digitalgov, pairs, report

from writethru.comparison import compare

_ORNAMENT = re.compile(r"[\s=\-–—…|]+")

TRANSFORMS: dict[str, Callable[[str], str]] = {
    "curly quotation marks": lambda t: re.sub(r'"([^"\n]*)"', "“\\1”", t).replace("'", "’"),
    "straight quotation marks": lambda t: t.translate(str.maketrans("“”‘’", "\"\"''")),
    "no-break spaces": lambda t: re.sub(r"(?<=\d) (?=[a-z])", "\u00a0", t),
    "decomposed letters": lambda t: unicodedata.normalize("NFD", t),
    "soft hyphens": lambda t: re.sub(r"(?<=[a-z]{5})(?=[a-z]{5})", "\u00ad", t),
    "doubled spaces": lambda t: t.replace(". ", ".  "),
    "ellipsis character": lambda t: t.replace("...", "…"),
}


def measure() -> dict:
    """Pairs, and how many have an edit that is more than typography, white space or paragraph breaks."""
    found: dict[str, dict] = {}
    noisy = [
        (a, b) for a, b in pairs("selkouutiset_noise_dev.jsonl.gz") if _ORNAMENT.sub("", a) == _ORNAMENT.sub("", b)
    ]
    found["conversion (selkouutiset)"] = _count(noisy)
    texts = digitalgov()
    for name, transform in TRANSFORMS.items():
        found[f"{name} (digital.gov)"] = _count([(t, transform(t)) for t in texts if transform(t) != t])
    return found


def _count(noise: list[tuple[str, str]]) -> dict:
    kinds: Counter[str] = Counter()
    wrong = 0
    for old, new in noise:
        change = compare(old, new)
        wrong += change.substantial
        kinds.update(kind.value for kind in change.kinds)
    return {"pairs": len(noise), "with a substantial edit": wrong, "kinds": dict(kinds)}


if __name__ == "__main__":
    report(__doc__, measure)
