"""A text written anew from end to end becomes a version, with an honest label and the interval of the first sight."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.test_misbehaviour import LONG, SNOW
from tests.acceptance.watching import NOON, state, watched
from writethru.model import Reason

HERE = "http://post.example/bridge"


def test_a_total_rewrite_is_accepted_as_one(store_url: str, tmp_path: Path) -> None:
    lines = [state(HERE, 0, "Bridge shut", LONG), state(HERE, 3, "Snow is coming", SNOW)]
    with watched(lines, tmp_path, store_url) as run:
        run.follow(HERE)
        run.run(8)
        article = run.archive.store.find_article(HERE)
        assert article is not None
        (row,) = run.archive.article(article.id).changes
        assert row.record.reason is Reason.REWRITTEN
        suspects = [c for c in run.captures(HERE) if c.look.outcome.value == "suspect"]
        assert {c.look.reason for c in suspects} == {Reason.OTHER_ARTICLE}
        assert row.record.before == suspects[0].look.captured_at > NOON
        assert run.archive.rebuild().different == ()


def test_a_rewrite_that_never_stands_still_is_accepted_in_time(sqlite_made: Path, tmp_path: Path) -> None:
    later = [state(HERE, 3 + n / 20, "Snow is coming", f"{SNOW}\nUpdate number {n}.") for n in range(60)]
    with watched([state(HERE, 0, "Bridge shut", LONG), *later], tmp_path, str(tmp_path / "w.db")) as run:
        run.follow(HERE)
        run.run(8)
        reasons = [reason for outcome, reason in run.outcomes(HERE) if outcome == "edited"]
        assert reasons[:2] == ["first_seen", "rewritten"]
        assert set(reasons[2:]) <= {"text_changed"}
