"""Lines that are no reporting, whoever prints them: rights, reprint notes, sign-offs, offers to subscribe or to share.

An outlet's other furniture is known by its standing under several of its articles (``analyse.partners``); what is
here may stand under the first article that is seen, and under those of several outlets.
"""

from __future__ import annotations

import re
from typing import Final

MOST_WORDS: Final = 60
"""A longer paragraph is reporting, whatever it says of rights or newsletters."""

_SAID: Final = (
    ("rights reserved", r"all rights reserved"),
    ("vorbehalten", r"alle rechte vorbehalten"),
    ("droits réserv", r"tous droits réservés"),
    ("derechos", r"(?:todos los derechos reservados|reservados todos los derechos)"),
    ("may not be ", r"may not be (?:published|reproduced|republished|copied|broadcast|rewritten|redistributed)"),
    ("not been edited", r"(?:has|have) not been edited by"),
    ("without ", r"without (?:any )?(?:changes|modifications?) to the (?:text|wording)"),
    (
        " feed",
        r"(?:auto-?generated|published|taken) (?:automatically )?from an? (?:syndicated|agency|wire)\b[^.]{0,20} feed",
    ),
    ("terms ", r"terms (?:of use|of service|and conditions) (?:apply|and)"),
    (" this ", r"(?:share|like) this (?:article|story|page)"),
    ("join the ", r"join the (?:conversation|discussion)"),
    ("follow ", r"follow (?:us|the \w+|@\w+) on"),
    ("read ", r"read (?:more|next)\s*:"),
)
"""What such a line says, each behind letters without which it cannot be there: most paragraphs have none of them."""
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
_PATTERNS: Final = tuple((letters, re.compile(rf"\b{pattern}", re.IGNORECASE)) for letters, pattern in _SAID)
_BEGINS: Final = re.compile(rf"\A\W*(?:{'|'.join(_BEGUN)})", re.IGNORECASE)


def is_furniture(text: str) -> bool:
    """Is a paragraph no reporting by what it says?

    >>> is_furniture("Subscribe to the Gazette for £1 a week."), is_furniture("He said all hands were needed.")
    (True, False)
    """
    if not text or len(text.split(None, MOST_WORDS)) > MOST_WORDS:
        return False
    small = text.lower()
    said = any(letters in small and pattern.search(text) for letters, pattern in _PATTERNS)
    return said or _BEGINS.match(text) is not None
