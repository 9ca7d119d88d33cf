"""From what a look came to, to the next one; and what the outlet's rhythm is to learn from it."""

from __future__ import annotations

from datetime import datetime

from writethru.model import Outcome
from writethru.schedule import History, NextLook, SchedulePolicy, Watched, next_look, section_of
from writethru.schedule.policy import MINUTE
from writethru.storage.store import ArticleState
from writethru.watch.record import Recorded
from writethru.watch.rhythms import Rhythms


class Pacing:
    """The schedule as the watcher uses it.

    Args:
        policy: its settings.
        rhythms: what is known of outlets.
    """

    def __init__(self, policy: SchedulePolicy, rhythms: Rhythms) -> None:
        self.policy = policy
        self.rhythms = rhythms

    def after(self, recorded: Recorded, now: datetime, doubts: int) -> NextLook:
        """When to look next after a look that is recorded; ``doubts``: suspect looks in a row, this one included."""
        article = recorded.article
        watched = watched_before(recorded)
        if watched is not None:
            self.rhythms.learn(article.outlet_id, watched)
        changes = max(recorded.texts - 1, 0)
        history = History(
            article.id,
            article.added_at,
            now,
            recorded.decision.outcome,
            recorded.decision.reason,
            changes,
            recorded.newest_text_at if changes else None,
            doubts,
            section_of(article.url),
        )
        return next_look(self.policy, history, self.rhythms.outset(article.outlet_id))


def watched_before(recorded: Recorded) -> Watched | None:
    """The article from its last believed look to this one; None where this one tells nothing of it."""
    known, outcome = recorded.known, recorded.decision.outcome
    if known is None or known.last_seen is None or outcome not in (Outcome.SAME, Outcome.EDITED):
        return None
    look = recorded.capture.look
    since, changes = _since(known)
    return Watched(
        changes,
        max((since - known.article.added_at) / MINUTE, 0.0),
        max((known.last_seen - since) / MINUTE, 0.0),
        max((look.captured_at - since) / MINUTE, 0.0),
        known.last_seen.timestamp() / 60,
        recorded.texts > len(known.numbers),
        section_of(look.url),
    )


def _since(known: ArticleState) -> tuple[datetime, int]:
    """What quiet time was counted from before the look, and the changes until then."""
    changes = max(len(known.numbers) - 1, 0)
    newest = known.newest_text_at
    return (newest, changes) if changes and newest is not None else (known.article.added_at, 0)
