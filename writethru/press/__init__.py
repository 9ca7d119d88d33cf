"""The replay press: a local HTTP server that plays versions of articles, feeds and robots.txt on a virtual clock.

May enter: what is served and how it goes wrong, nothing that looks at pages; may import model, errors, text.
``Press(plays, clock)`` serves in process, ``load_plays(path)`` reads what to serve, ``run_replay`` is the command.
"""

from writethru.press.answers import Manner
from writethru.press.clock import Clock, VirtualClock
from writethru.press.furniture import Style
from writethru.press.log import Record
from writethru.press.plays import Article, Plays, Site, Version
from writethru.press.replay import ReplayOptions, load_plays, run_replay, serve
from writethru.press.rules import Kind, Rule, parse_rule
from writethru.press.server import Press
from writethru.press.template import as_shown

__all__ = [
    "Article",
    "Clock",
    "Kind",
    "Manner",
    "Plays",
    "Press",
    "Record",
    "ReplayOptions",
    "Rule",
    "Site",
    "Style",
    "Version",
    "VirtualClock",
    "as_shown",
    "load_plays",
    "parse_rule",
    "run_replay",
    "serve",
]
