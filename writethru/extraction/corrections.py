"""Corrections that a page states in its JSON-LD: printed they are notes, unprinted they stand beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from writethru.extraction import structured
from writethru.extraction.headlines import folded
from writethru.extraction.structured import Object
from writethru.model import Statement

_MOST = 20
_LONGEST = 2_000


def unprinted(article: Object, printed: Iterable[str]) -> Iterator[Statement]:
    """The stated corrections (schema.org ``correction``, text or ``CorrectionComment``) that no block says."""
    known = "\n".join(map(folded, printed))
    given = article.get("correction")
    for thing in (given if isinstance(given, list) else [given])[:_MOST]:
        said = structured.text(thing.get("text") or thing.get("description")) if isinstance(thing, dict) else ""
        said = said or structured.text(thing)
        if said and "://" not in said.split()[0] and folded(said) not in known:
            yield Statement("correction", said[:_LONGEST], "json-ld")
