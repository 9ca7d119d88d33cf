"""A citation for reference managers: BibTeX and CSL-JSON, with all that identifies the two texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from writethru.model import TimeBasis, Version
from writethru.publish.citation import cite
from writethru.publish.moments import DATED, rfc3339, sighting
from writethru.views import ChangeView

BIBTEX_TYPE: Final = "application/x-bibtex"
CSL_TYPE: Final = "application/vnd.citationstyles.csl+json"

_TEX: Final[Mapping[str, str]] = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)
"""BibTeX counts braces even behind a backslash, so a brace is written as a command."""

_SPECIAL: Final = re.compile(r"[\\{}~^$&#_%]")
_NOT_IN_KEY: Final = re.compile(r"[^a-z0-9]+")


def bibtex(view: ChangeView, permalink: str) -> str:
    """A BibTeX entry (``@misc``, UTF-8)."""
    facts = cite(view, permalink)
    fields = {
        "author": f"{{{_tex(facts.outlet)}}}",
        "title": f"{{{_tex(facts.headline)}}}",
        "howpublished": _tex("Writethru, two versions compared"),
        "url": _bare(permalink),
        "urldate": f"{_seen(view)[1]:%Y-%m-%d}" if view.new_version.basis in DATED else "",
        "note": _tex(_note(view, facts.url, facts.observed)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(view)},\n" + ",\n".join(lines) + "\n}\n"


def csl(view: ChangeView, permalink: str) -> list[dict[str, Any]]:
    """CSL-JSON 1.0: a list of one item; what CSL has no name for stands in ``custom``."""
    facts = cite(view, permalink)
    item: dict[str, Any] = {
        "id": _key(view),
        "type": "article-newspaper",
        "title": facts.headline,
        "author": [{"literal": facts.outlet}],
        "container-title": facts.outlet,
        "archive": "Writethru",
        "URL": permalink,
        "version": f"{view.old_version.number} and {view.new_version.number}",
        "note": _note(view, facts.url, facts.observed),
        "custom": {
            "article": facts.url,
            "observed": facts.observed,
            "old": _custom(view.old_version, _seen(view)[0]),
            "new": _custom(view.new_version, _seen(view)[1]),
        },
    }
    if view.new_version.basis in DATED:
        seen = _seen(view)[1]
        item["accessed"] = {"date-parts": [[seen.year, seen.month, seen.day]]}
    return [item]


def _key(view: ChangeView) -> str:
    """``ledger-example-12-3``: host, article, and the change or both versions."""
    host = _NOT_IN_KEY.sub("-", view.summary.article.host.lower()).strip("-") or "writethru"
    which = f"{view.record.number}" if view.record else f"v{view.old_version.number}-v{view.new_version.number}"
    return f"{host[:60]}-{view.summary.article.id}-{which}"


def _seen(view: ChangeView) -> tuple[datetime, datetime]:
    """When the old text was last seen and the new one first; of two picked by hand when each was first seen."""
    if view.record is not None:
        return view.record.after, view.record.before
    return view.old_version.first_seen, view.new_version.first_seen


def _note(view: ChangeView, url: str, observed: str) -> str:
    words = ("last seen", "first seen") if view.record is not None else ("first seen", "first seen")
    sides = zip((view.old_version, view.new_version), words, _seen(view), strict=True)
    texts = "; ".join(
        f"version {version.number}, SHA-256 {version.digest}, {word} {sighting(at, version.basis)}"
        for version, word, at in sides
    )
    where = f" Article: {url}" if url else ""
    return f"{texts[0].upper()}{texts[1:]}. Observed: {observed}.{where}"


def _custom(version: Version, seen: datetime) -> dict[str, Any]:
    dated = version.basis in DATED
    return {
        "version": version.number,
        "sha256": version.digest,
        "seen": rfc3339(seen) if dated or version.basis is TimeBasis.IMPORTED else None,
        "time_basis": version.basis.value,
    }


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _TEX[match.group()], text)


def _bare(url: str) -> str:
    """A URL that cannot end a field: braces, backslashes and spaces encoded."""
    for sign in "{}\\ ":
        url = url.replace(sign, f"%{ord(sign):02X}")
    return url
