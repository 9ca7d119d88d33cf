"""The bytes of a dossier in each of its forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal

from writethru.dossier.ledger import to_calendar
from writethru.dossier.linked import to_annotations, to_schema_org
from writethru.dossier.markdown import to_markdown
from writethru.dossier.schema import DossierForm
from writethru.dossier.tables import to_tables

DossierFormat = Literal["md", "json", "zip", "annotations.json", "jsonld", "ics"]


def written(made: DossierForm, form: DossierFormat, base: str) -> tuple[bytes, str]:
    """The bytes of a form, and their media type."""
    if form == "zip":
        return to_tables(made), "application/zip"
    if form == "ics":
        return to_calendar(made, base).encode("utf-8", "replace"), "text/calendar; charset=utf-8"
    if form == "md":
        return to_markdown(made, base).encode("utf-8", "replace"), "text/markdown; charset=utf-8"
    values: dict[str, Callable[[], Any]] = {
        "json": lambda: made,
        "annotations.json": lambda: to_annotations(made, base),
        "jsonld": lambda: to_schema_org(made, base),
    }
    kinds = {
        "json": "application/json",
        "annotations.json": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        "jsonld": "application/ld+json",
    }
    return json.dumps(values[form](), ensure_ascii=True).encode(), kinds[form]
