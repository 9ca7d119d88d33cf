"""An outlet that builds its pages anew: said once, while articles go on to be found in the new template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writethru.health.alarms import REACH, Alarm, Standing, Verdict

SEVERAL: Final = 3
"""So many articles in a new template are a new template of the outlet's; fewer, if they are half of those watched."""

QUIET: Final[timedelta] = REACH
"""After so long without another one it is over: all articles that are looked at have come by."""


@dataclass(frozen=True, slots=True)
class TemplateShift:
    """An outlet's articles that were found in another template than before.

    Attributes:
        articles: how many, within ``QUIET``.
        watched: how many articles of the outlet have a next look planned.
        first, last: looks at which the first and the last of them was found so.
    """

    outlet_id: int
    articles: int
    watched: int
    first: datetime
    last: datetime


def new_template(shift: TemplateShift | None) -> Verdict:
    """Whether an outlet has a new template; ``shift``: of the last ``QUIET``, None where no article was found so."""
    if shift is None:
        return Verdict(Alarm.NEW_TEMPLATE, Standing.CLEAR)
    if shift.articles < SEVERAL and 2 * shift.articles < shift.watched:
        return Verdict(Alarm.NEW_TEMPLATE, Standing.NOT_TOLD)
    articles = "1 article" if shift.articles == 1 else f"{shift.articles} articles"
    why = f"{articles} found in another template since {shift.first:%Y-%m-%d %H:%M} UTC; that edits no text"
    return Verdict(Alarm.NEW_TEMPLATE, Standing.RAISED, why)
