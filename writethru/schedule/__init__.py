"""When to look again, and when to rest: pure functions of an article's history.

Times, counts and prices in; times and reasons out; no clock is read here. May import ``model`` and ``errors``.
"""

from writethru.schedule.outlook import Outlook, outlook_of
from writethru.schedule.policy import History, NextLook, Outset, SchedulePolicy, next_look, next_source_look
from writethru.schedule.section import section_of
from writethru.schedule.tally import Tally, Watched

__all__ = [
    "History",
    "NextLook",
    "Outlook",
    "Outset",
    "SchedulePolicy",
    "Tally",
    "Watched",
    "next_look",
    "next_source_look",
    "outlook_of",
    "section_of",
]
