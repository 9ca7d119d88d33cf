"""Golden pairs of a rule file: saved pages, and the text that they are to be read as.

For ``ledger.toml`` the pairs stand in the folder ``ledger/``: ``NAME.html`` and ``NAME.txt``.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from writethru.errors import UnreadableInput
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known
from writethru.extraction.site_rules import SiteRules
from writethru.model import Extraction
from writethru.watch.rulebook import read_file


@dataclass(frozen=True, slots=True)
class PairResult:
    """One pair: its page, and how what was read differs from what was expected (no lines: it does not)."""

    page: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """What a check of one rule file found."""

    rules: SiteRules
    pairs: tuple[PairResult, ...]

    @property
    def failed(self) -> int:
        """Pairs that differ."""
        return sum(1 for pair in self.pairs if pair.differences)


def check_rules(path: Path) -> RuleCheck:
    """Read a rule file and hold it against its golden pairs.

    Raises:
        InputError: the file is wrong, or a page has no expected text.
    """
    rules = read_file(path)
    pages = sorted(path.with_suffix("").glob("*.html"))
    return RuleCheck(rules, tuple(_pair(rules, page) for page in pages))


def _pair(rules: SiteRules, page: Path) -> PairResult:
    wanted = page.with_suffix(".txt")
    try:
        body, expected = page.read_bytes(), wanted.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput("a page needs its expected text beside it (NAME.html, NAME.txt)", key=wanted) from error
    said = as_text(read_known(body, None, Knowledge(rules=rules)).extraction)
    lines = difflib.unified_diff(expected.strip().split("\n"), said.split("\n"), "expected", "read", n=0, lineterm="")
    return PairResult(page.name, tuple(lines))


def as_text(extraction: Extraction) -> str:
    """A reading as lines: headline, then one line for each block, with its kind unless it is a paragraph."""
    lines = [f"# {extraction.headline}"]
    lines += [f"published: {extraction.published}"] if extraction.published else []
    for block in extraction.blocks:
        kind = "" if block.kind.value == "paragraph" else f"[{block.kind.value}] "
        lines.append(f"{kind}{block.text}")
    return "\n".join(lines)
