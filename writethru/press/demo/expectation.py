"""Ground truth: what a tracker that looks at every state must have found at the end.

Made from the manuscripts, never from Writethru's own comparison: versions are counted by the characters of the text,
changes by neighbouring states that differ, and the kinds are the ones the author declared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from writethru.errors import MalformedInput
from writethru.press.demo.manuscript import Manuscript

Line = Mapping[str, Any]

TEXT_FIELDS = ("headline", "standfirst", "byline", "dateline")

FLIP_FLOP = "flip-flop"

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "404": ("gone", "status_gone"),
    "410": ("gone", "status_gone"),
    "soft-404": ("gone", "soft_404"),
    "403": ("blocked", "status_forbidden"),
    "429": ("blocked", "rate_limited"),
    "bot-check": ("blocked", "challenge_page"),
    "consent": ("blocked", "consent_wall"),
    "503": ("error", "status_server"),
    "redirect-home": ("moved", "redirect_home"),
    "teaser": ("teaser", "paywall"),
    "empty": ("suspect", "text_empty"),
}
"""Misbehaviour kind to the outcome and reason code a look should be given."""


def text_key(line: Line) -> str:
    """What makes two states the same version: the four text fields and the blocks; never the stated dates."""
    blocks = [[block["kind"], block["text"]] for block in line["blocks"]]
    return json.dumps([[line[name] for name in TEXT_FIELDS], blocks], ensure_ascii=False)


def expectations(made: Sequence[tuple[Manuscript, Sequence[Line]]], events: Sequence[Line]) -> dict[str, Any]:
    """The whole of ``expected.json``: totals, one object an article by ``host/path``, and how they hang together."""
    articles = {m.place: _article(m, lines, events) for m, lines in made}
    totals = {
        "articles": len(articles),
        "states": sum(a["states"] for a in articles.values()),
        "versions": sum(a["versions"] for a in articles.values()),
        "changes": sum(a["changes"] for a in articles.values()),
        "watched_versions": sum(a["watched"]["versions"] for a in articles.values()),
        "watched_changes": sum(a["watched"]["changes"] for a in articles.values()),
    }
    return {"totals": totals, "articles": articles, **_relations([m for m, _ in made])}


def _relations(manuscripts: Sequence[Manuscript]) -> dict[str, Any]:
    """What the articles have to do with each other: events, storylines (of events), reuse, shared quotations."""
    events = sorted({m.event for m in manuscripts if m.event})
    storylines = sorted({m.storyline for m in manuscripts if m.storyline})
    return {
        "events": {name: [m.place for m in manuscripts if m.event == name] for name in events},
        "storylines": {name: sorted({m.event for m in manuscripts if m.storyline == name}) for name in storylines},
        "reuse": [{"from": m.reuses[0], "to": m.place, "credit": m.reuses[1]} for m in manuscripts if m.reuses],
        "quotations_only": [{"from": m.quotes, "to": m.place} for m in manuscripts if m.quotes],
    }


def _article(manuscript: Manuscript, lines: Sequence[Line], events: Sequence[Line]) -> dict[str, Any]:
    states = list(zip(manuscript.states, lines, strict=True))
    watched = [(state, line) for state, line in states if "unseen" not in state.flags]
    mine = [event for event in events if _concerns(event, manuscript)]
    return {
        "headline": lines[-1]["headline"],
        "states": len(lines),
        **_counted([line for _, line in states], [list(s.kinds) for s, _ in states], [s.time for s, _ in states]),
        "watched": _counted([line for _, line in watched], *_watched_kinds(manuscript)),
        "unseen": [state.time for state in manuscript.states if "unseen" in state.flags],
        "flip_flop": any(event["kind"] == FLIP_FLOP for event in mine),
        "unavailable": [_unavailable(event) for event in mine if event["kind"] in OUTCOMES],
    }


def _counted(lines: Sequence[Line], kinds: Sequence[list[str]], times: Sequence[str]) -> dict[str, Any]:
    keys = [text_key(line) for line in lines]
    changed = [i for i in range(1, len(keys)) if keys[i] != keys[i - 1]]
    return {
        "versions": len(set(keys)),
        "changes": len(changed),
        "kinds": [kinds[i] for i in changed],
        "changed_at": [times[i] for i in changed],
    }


def _watched_kinds(manuscript: Manuscript) -> tuple[list[list[str]], list[str]]:
    """Kinds and times of the states that stay up, when the unseen ones are left out.

    An unseen state is either the first, or a slip that the next state takes back exactly; anything else would need
    kinds of its own for the jump across it.
    """
    kept = [state for state in manuscript.states if "unseen" not in state.flags]
    for before, state, after in zip(manuscript.states, manuscript.states[1:], manuscript.states[2:], strict=False):
        if "unseen" in state.flags and before.pieces != after.pieces:
            raise MalformedInput("an unseen state must be the first or be taken back exactly", key=manuscript.path)
    return [list(state.kinds) for state in kept], [state.time for state in kept]


def _concerns(event: Line, manuscript: Manuscript) -> bool:
    return event["host"] == manuscript.outlet and event.get("path", "") in ("", manuscript.path)


def _unavailable(event: Line) -> dict[str, str]:
    outcome, reason = OUTCOMES[event["kind"]]
    return {"kind": event["kind"], "outcome": outcome, "reason": reason, "from": event["from"], "until": event["until"]}
