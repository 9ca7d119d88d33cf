"""From a budget to a price: how much interest a look must be worth for an article to cost so many looks.

The price is the only thing that a budget moves: the looks that are left are those worth most.
"""

from __future__ import annotations

import math
from typing import Final

from writethru.schedule.outlook import Outlook, prior

LOOKS: Final = 22.0
"""Looks that an average article may cost; active ones get more, quiet ones fewer."""

FITTED: Final = 1.0
"""Looks made for each that the expectation says; jitter, the floor and late sight of changes make the difference."""


def price_of(looks: float, outlook: Outlook) -> float:
    """The price at which an average article of an outlet costs at most so many looks.

    An outlet that changes its articles more than the prior says pays more for a look, so that it keeps to the same
    number; one that changes them less pays no less, so it gets fewer.
    """
    if looks <= 0:
        return math.inf
    return FITTED * max(outlook.lifetime, prior().lifetime) / looks
