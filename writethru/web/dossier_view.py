"""What the page of a dossier and the paper show of its form: parts, numbers, chosen rows, order of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from writethru.dossier import wording
from writethru.dossier.form import by_texts, drawn_from
from writethru.dossier.listing import spoken, standings
from writethru.dossier.schema import DossierForm, StatementForm, copies_of, found_in
from writethru.reuse.drawing import to_svg
from writethru.web.stories import BASES

CHANGES_SHOWN: Final = 60
SMALL: Final = 80
"""Sentences up to which all parts of a page are open; of a larger dossier disagreements are, and what is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of a dossier.

    Attributes:
        speaker, issue, outlet: of the statements listed, "" for all.
        ranked: days by how many independent texts name them, not by the calendar.
        whole: nothing is folded.
    """

    speaker: str = ""
    issue: str = ""
    outlet: str = ""
    ranked: bool = False
    whole: bool = False

    @property
    def chosen(self) -> bool:
        """Statements are chosen from."""
        return bool(self.speaker or self.issue or self.outlet)


def shown(form: DossierForm, asked: Asked) -> dict[str, Any]:
    """What the templates need."""
    said = [one for one in form["statements"] if _is_chosen(one, asked)]
    days = by_texts(form["timeline"]) if asked.ranked else list(form["timeline"])
    numbers = _numbers(form)
    contents = [name for name in wording.HEADINGS if name == "method" or numbers[name]]
    small = len(form["evidence"]) <= SMALL
    return {
        "dossier": form,
        "evidence": found_in(form["evidence"]),
        "spoken": spoken(said),
        "ledger": standings(form["commitments"]),
        "days": days,
        "asked": asked,
        "choices": _choices(form["statements"]),
        "numbers": numbers,
        "contents": contents,
        "opened": contents if small else _opened(asked),
        "whole": asked.whole,
        "paper": False,
        "wording": wording,
        "changes": form["changes"][-CHANGES_SHOWN:],
        "more_changes": max(0, len(form["changes"]) - CHANGES_SHOWN),
        "stemma": _drawing(form),
        "basis_of": BASES,
        "copies": copies_of(form["articles"]),
        "outlets": {one["article"]: one["outlet"] for one in form["articles"]},
    }


def _opened(asked: Asked) -> list[str]:
    found = ["disagreements"]
    return found + ["said"] * asked.chosen + ["timeline"] * asked.ranked


def _is_chosen(one: StatementForm, asked: Asked) -> bool:
    pairs = (one["person"], asked.speaker), (one["issue"], asked.issue), (one["outlet"], asked.outlet)
    return all(value == wanted for value, wanted in pairs if wanted)


def _choices(rows: Sequence[StatementForm]) -> Mapping[str, Sequence[str]]:
    return {
        "speaker": list(dict.fromkeys(one["person"] for one in rows)),
        "issue": sorted({one["issue"] for one in rows} - {""}),
        "outlet": sorted({one["outlet"] for one in rows}),
    }


def _numbers(form: DossierForm) -> dict[str, int]:
    """How much each part holds."""
    found = {
        "disagreements": len(form["figures"]) + len(form["deadlines"]) + len(form["blame"]) + len(form["utterances"]),
        "said": len(form["statements"]),
        "descent": len(form["stemma"]),
        "open": len(form["open"]["dates"]) + len(form["open"]["unattributed"]),
        "method": 0,
    }
    lists: Mapping[str, Any] = form
    names = ("timeline", "counted", "commitments", "changes", "alone", "editors", "articles")
    return found | {name: len(lists[name]) for name in names}


def _drawing(form: DossierForm) -> Markup | str:
    drawn = drawn_from(form)
    return Markup(to_svg(drawn)) if drawn.links else ""  # noqa: S704 (to_svg escapes)
