"""What the schedule learnt of each outlet, and what was spent of daily budgets of looks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from writethru.storage.dialect import insert_if_new
from writethru.storage.prepared import Prepared
from writethru.storage.queue_tables import rhythms, spendings

Form = dict[str, Any]

_FORM = select(rhythms.c.form).where(rhythms.c.outlet_id == bindparam("outlet"))
_READ = Prepared(_FORM)
_LOCKED = Prepared(_FORM.with_for_update())
_WRITE = Prepared(update(rhythms).where(rhythms.c.outlet_id == bindparam("outlet")), ["form"])

KEPT_DAYS = 40
"""Days after which spendings are forgotten."""

_spent = (spendings.c.name == bindparam("of"), spendings.c.day == bindparam("on"))
_SPENT = Prepared(select(spendings.c.looks).where(*_spent))
_SPENT_LOCKED = Prepared(select(spendings.c.looks).where(*_spent).with_for_update())
_SPEND = Prepared(update(spendings).where(*_spent), ["looks"])
_FORGET = Prepared(delete(spendings).where(spendings.c.day < bindparam("before")))


def rhythm(connection: Connection, outlet_id: int) -> Form:
    """What was kept for an outlet, {} if nothing."""
    kept = _READ.value(connection, {"outlet": outlet_id})
    return {} if kept is None else dict(json.loads(kept))


def change_rhythm(connection: Connection, outlet_id: int, change: Callable[[Form], Form]) -> Form:
    """Keep what ``change`` makes of what was kept; nobody else changes it meanwhile."""
    insert_if_new(connection, rhythms, {"outlet_id": outlet_id, "form": "{}"})
    form = change(json.loads(_LOCKED.value(connection, {"outlet": outlet_id})))
    _WRITE.run(connection, {"outlet": outlet_id, "form": json.dumps(form)})
    return form


def spend(connection: Connection, name: str, day: int, wanted: int, allowed: int) -> int:
    """How many of the wanted looks the day still allows; they count as made. Negative: given back."""
    if insert_if_new(connection, spendings, {"name": name, "day": day, "looks": 0}):
        _FORGET.run(connection, {"before": day - KEPT_DAYS})
    spent = int(_SPENT_LOCKED.value(connection, {"of": name, "on": day}))
    granted = max(wanted, -spent) if wanted < 0 else max(min(wanted, allowed - spent), 0)
    if granted:
        _SPEND.run(connection, {"of": name, "on": day, "looks": spent + granted})
    return granted


def spent(connection: Connection, name: str, day: int) -> int:
    """Looks counted for a name on a day."""
    return int(_SPENT.value(connection, {"of": name, "on": day}) or 0)
