"""When to look again, and when to rest: pure functions of an article's history.

Times in, times and reasons out; no clock is read here. May import ``model`` and ``errors``.
"""

from writethru.schedule.policy import NextLook, SchedulePolicy, next_look, next_source_look

__all__ = ["NextLook", "SchedulePolicy", "next_look", "next_source_look"]
