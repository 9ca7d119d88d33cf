"""The rule files of an archive: ``NAME.rules/*.toml`` beside its evidence folder ``NAME.evidence``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from writethru.errors import MalformedInput, UnreadableInput
from writethru.extraction.site_rules import MOST_BYTES, SiteRules, read_rules

FOLDER_SUFFIX: Final = ".rules"
MOST_FILES: Final = 2_000


class RuleBook:
    """Rules by host.

    Args:
        rules: the first one that is for a host counts.
    """

    def __init__(self, rules: Iterable[SiteRules] = ()) -> None:
        self._rules = tuple(rules)
        self._by_host: dict[str, SiteRules | None] = {}

    @classmethod
    def beside(cls, evidence: Path) -> RuleBook:
        """The rules in the folder beside an evidence folder; none where there is no such folder.

        Raises:
            UnreadableInput: a file cannot be read; MalformedInput: it is no rule file.
        """
        folder = evidence.with_suffix(FOLDER_SUFFIX)
        if not folder.is_dir():
            return cls()
        files = sorted(folder.glob("*.toml"))[:MOST_FILES]
        rules = [read_file(path) for path in files]
        seen: dict[str, Path] = {}
        for path, one in zip(files, rules, strict=True):
            for host in one.hosts:
                if host in seen:
                    raise MalformedInput(f"{host} has rules in {seen[host].name} already", key=path)
                seen[host] = path
        return cls(rules)

    def of(self, host: str) -> SiteRules | None:
        """The rules for a host."""
        if not self._rules or not host:
            return None
        if host not in self._by_host:
            self._by_host[host] = next((rules for rules in self._rules if rules.is_for(host)), None)
        return self._by_host[host]


def read_file(path: Path) -> SiteRules:
    """One rule file.

    Raises:
        UnreadableInput: it is missing, too large or not UTF-8; MalformedInput: see ``read_rules``.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput(f"a rule file has at most {MOST_BYTES} bytes", key=path)
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput("the rule file cannot be read", key=path) from error
    return read_rules(text, str(path))
