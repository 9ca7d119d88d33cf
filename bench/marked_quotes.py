"""The pairs of printings that are marked by hand (``data/statements/quote_pairs.tsv``), and what the rules say of one."""

from __future__ import annotations

from pathlib import Path

from writethru.statements.renderings import Form
from writethru.statements.utterances import Quote, utterances

PAIRS = Path(__file__).parent / "data" / "statements" / "quote_pairs.tsv"


def marked_pairs() -> list[tuple[str, ...]]:
    """Columns of the marked pairs."""
    lines = PAIRS.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def judged(one: str, other: str) -> tuple[str, str]:
    """What the rules say of a pair: the form or "different", and what moves."""
    found = utterances([Quote("a", one, "S"), Quote("b", other, "S")])
    if len(found) == 2:
        return "different", ""
    forms = [rendering for rendering in found[0].renderings if rendering.quote.key != found[0].fullest.key]
    moves = ",".join(sorted(forms[0].moves)) or "-"
    return forms[0].form.value, moves if forms[0].form is Form.ALTERED else ""
