"""Lines that are no reporting, whoever prints them: rights, reprint notes, sign-offs, offers to subscribe or to share.

An outlet's other furniture is known by its standing under several of its articles (``analyse.partners``); what is
here may stand under the first article that is seen, and under those of several outlets.
"""

from __future__ import annotations

import re
from typing import Final

MOST_WORDS: Final = 60
"""A longer paragraph is reporting, whatever it says of rights or newsletters."""

_SAID = (
    r"all rights reserved",
    r"alle rechte vorbehalten",
    r"tous droits réservés",
    r"(?:todos los derechos reservados|reservados todos los derechos)",
    r"may not be (?:published|reproduced|republished|copied|broadcast|rewritten|redistributed)",
    r"(?:has|have) not been edited by",
    r"without (?:any )?(?:changes|modifications?) to the (?:text|wording)",
    r"(?:auto-?generated|published|taken) (?:automatically )?from an? (?:syndicated|agency|wire)\b[^.]{0,20} feed",
    r"terms (?:of use|of service|and conditions) (?:apply|and)",
    r"(?:share|like) this (?:article|story|page)",
    r"join the (?:conversation|discussion)",
    r"follow (?:us|the \w+|@\w+) on",
    r"read (?:more|next)\s*:",
)
_BEGUN = (
    r"(?:©|\(c\)|copyright)",
    r"(?:please )?(?:sign up|subscribe|register|abonnez-vous|abonnieren sie|suscríbete|suscríbase)\b",
    r"(?:get|receive) (?:the|our|all|more)\b[^.]{0,60}\b(?:newsletter|inbox|app)\b",
    r"(?:additional |further )?(?:reporting|writing|editing|compiled|edited) by\b",
    r"(?:download|get) (?:our|the) \w*\s*app\b",
    r"(?:click|tap) here\b",
    r"(?:do you have|got) a (?:story|tip|correction)\b",
    r"(?:send|email|write to) (?:us|your|the)\b[^.]{0,60}@",
)
_FURNITURE = re.compile(rf"\b(?:{'|'.join(_SAID)})|\A\W*(?:{'|'.join(_BEGUN)})", re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Is a paragraph no reporting by what it says?

    >>> is_furniture("Subscribe to the Gazette for £1 a week."), is_furniture("He said all hands were needed.")
    (True, False)
    """
    return _FURNITURE.search(text) is not None and len(text.split()) <= MOST_WORDS
