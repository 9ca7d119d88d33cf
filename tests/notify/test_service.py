"""From the change log to targets: once each, at least once after a crash, on both databases."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.notify.samples import RULES, SECRET, Box, Harbour, book
from tests.storage.made import after
from writethru.errors import ConfigError, DeliveryFailed
from writethru.model import TimeBasis
from writethru.notify.beside import Errands
from writethru.notify.message import REPEATED, SHOWN, Told, message_of, trial_message
from writethru.notify.service import SENDING, Notifier, Run
from writethru.notify.target import AppriseTarget
from writethru.publish.feed import Entry
from writethru.storage.feed_store import Selection
from writethru.storage.notice_store import NoticeState
from writethru.storage.store import Store

TEXTS = [
    f"{number} piles <b>were</b> cracked, the board said. Ferries leave from the quay." for number in range(20, 60)
]


def notifier(store: Store, folder: Path, box: Box, text: str = RULES) -> Notifier:
    return Notifier(store, book(folder, text), "https://record.example", box.reach)


def states(store: Store) -> list[tuple[str, int]]:
    return [(one.state.value, one.tries) for one in reversed(store.notices.journal(99))]


def test_a_change_is_told_once_with_its_words(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    harbour.change(1, TEXTS[0])
    one = notifier(store, tmp_path, box)
    assert one.run(after(2)) == Run(), "what was there before anybody asked is not told"
    harbour.change(3, TEXTS[1])
    assert one.run(after(4)) == Run(noted=1, sent=1)
    ((name, message),) = box.sent
    assert name == "desk"
    assert message.title == "Harbour reopens (change 2)"
    assert "Before: [-20-] piles <b>were</b> cracked" in message.text
    assert "After: {+21+} piles" in message.text
    assert "https://record.example/articles/1/changes/2" in message.text
    assert "<del>20</del> piles &lt;b&gt;were&lt;/b&gt;" in message.html
    assert "<b>" not in message.html
    assert one.run(after(99)) == Run()
    assert notifier(store, tmp_path, box).run(after(100)) == Run(), "nor by another process"
    assert states(store) == [("sent", 0)]


def test_disappearances_are_told(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box, RULES.replace('to = "desk"', 'to = "desk"\nkinds = "disappeared"'))
    one.run(after(1))
    harbour.change(2, TEXTS[0])
    harbour.vanish(10)
    assert one.run(after(260)) == Run(noted=1, sent=1)
    assert box.sent[0][1].title == "Harbour reopens (disappeared)"
    assert "not there at 3 looks" in box.sent[0][1].text, "as it was known when it was settled"


def test_what_is_new_at_one_time_is_one_message(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box)
    one.run(after(0))
    for minute in range(1, 4):
        harbour.change(minute, TEXTS[minute])
    assert one.run(after(5)) == Run(noted=3, sent=3)
    assert [message.title for _, message in box.sent] == ["3 changes: pier"]
    places = [box.sent[0][1].text.index(f"(change {number})") for number in (1, 2, 3)]
    assert places == sorted(places)


def test_history_is_no_news(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box)
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    harbour.change(2, TEXTS[2], TimeBasis.IMPORTED)
    harbour.change(4320, TEXTS[3], TimeBasis.STATED)
    assert one.run(after(4330)).noted == 1, "the first is three days old, the second of no known time"


def test_digests_wait_for_their_hour_and_quiet_hours_pass(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    rules = RULES.replace('to = "desk"', 'to = "desk"\nwhen = "hourly"\nquiet = "12:30-15:00"')
    one = notifier(store, tmp_path, box, rules)
    one.run(after(0))
    harbour.change(5, TEXTS[1])
    assert one.run(after(6)) == Run(noted=1)
    harbour.change(50, TEXTS[2])
    assert one.run(after(51)) == Run(noted=1)
    assert one.run(after(179)) == Run(), "quiet until 15:00"
    assert one.run(after(180)) == Run(sent=2)
    assert len(box.sent) == 1


def test_a_failing_target_is_left_alone_longer_each_time_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    rules = RULES.replace('to = "desk"', 'to = ["desk", "other"]')
    one = notifier(store, tmp_path, box, rules)
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    box.fail()
    assert one.run(after(2)) == Run(noted=2, failed=2)
    asked = 0

    def failing() -> None:
        nonlocal asked
        asked += 1
        raise DeliveryFailed("no answer", key="desk")

    box.first = failing
    for minute in (2.5, 3, 4, 4.9, 5, 6, 8.9, 9):
        one.run(after(minute))
    assert asked == 2 * 3, "after one minute, two more, four more"
    harbour.change(10, TEXTS[2])
    box.first = None
    assert one.run(after(16.9)).sent == 0
    assert one.run(after(17)) == Run(sent=4)
    assert sorted(name for name, _ in box.sent) == ["desk", "other"]
    assert {state for state, _ in states(store)} == {"sent"}


def test_one_target_that_fails_keeps_no_other_waiting(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()

    def reach(name: str, address: str) -> object:
        if name == "desk":
            raise RuntimeError(f"cannot reach {address}")
        return box.reach(name, address)

    one = Notifier(store, book(tmp_path, RULES.replace('to = "desk"', 'to = ["desk", "other"]')), "", reach)  # type: ignore[arg-type]
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    with capture_logs() as said:
        assert one.run(after(2)) == Run(noted=2, sent=1, failed=1)
    assert [name for name, _ in box.sent] == ["other"]
    assert "hunter2" not in repr(said) + repr(store.notices.journal(9))
    assert "RuntimeError" in repr(said)


def test_what_could_not_be_sent_for_a_week_is_given_up_and_says_so(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box)
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    box.fail()
    one.run(after(2))
    assert one.run(after(2) + timedelta(days=7)) == Run(dropped=1)
    (notice,) = store.notices.journal(9)
    assert (notice.state, notice.detail) == (NoticeState.DROPPED, "given up: no answer")


class Killed(BaseException):
    """As a kill: nothing catches it."""


def test_a_crash_before_it_was_sent_sends_it_later_once(store: Store, tmp_path: Path) -> None:
    """And one after it was sent, before that could be noted, sends it again, and says that it may be a repeat.

    Between the two nothing tells them apart: a message whose arrival is not noted may have arrived. At least once is
    kept, at most once is given up for that one moment, and the second message says so.
    """
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box)
    one.run(after(0))
    harbour.change(1, TEXTS[1])

    def killed() -> None:
        raise Killed

    box.first = killed
    with pytest.raises(Killed):
        one.run(after(2))
    assert states(store) == [("sending", 0)]
    box.first = None
    again = notifier(store, tmp_path, box)
    assert again.run(after(3)) == Run(), "it may still be under way in another process"
    assert again.run(after(2) + SENDING) == Run(sent=1)
    assert REPEATED in box.sent[0][1].text
    assert REPEATED.split(",")[0] in box.sent[0][1].html
    assert again.run(after(99)) == Run()
    assert states(store) == [("sent", 1)]


def test_a_crash_while_noting_notes_the_same_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box)
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    with monkeypatch.context() as patched:
        patched.setattr(store, "set_host_state", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            one.run(after(2))
    assert store.notices.journal(9) == []
    assert one.run(after(3)) == Run(noted=1, sent=1)


def test_two_processes_send_each_thing_once(store: Store, tmp_path: Path) -> None:
    """While one is sending, the other finds nothing to do."""
    harbour, box = Harbour(store), Box()
    one, other = notifier(store, tmp_path, box), notifier(store, tmp_path, Box())
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    inner: list[Run] = []
    box.first = lambda: inner.append(other.run(after(3)))
    assert one.run(after(3)) == Run(noted=1, sent=1)
    assert inner == [Run()]


def test_a_rule_that_is_no_more_sends_nothing(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    daily = RULES.replace('to = "desk"', 'to = "desk"\nwhen = "daily"')
    one = notifier(store, tmp_path, box, daily)
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    one.run(after(2))
    assert notifier(store, tmp_path, box, daily.replace("pier", "quay")).run(after(3000)) == Run(dropped=1)
    assert box.sent == []


def test_a_rebuild_numbers_changes_anew_and_tells_nothing_twice(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    one = notifier(store, tmp_path, box)
    one.run(after(0))
    harbour.change(1, TEXTS[1])
    one.run(after(2))
    store.log("rebuilt", harbour.id, 0, after(3))
    assert one.run(after(4)) == Run()
    assert len(box.sent) == 1


def test_a_dry_run_shows_what_would_have_been_sent_and_sends_nothing(store: Store, tmp_path: Path) -> None:
    harbour, box = Harbour(store), Box()
    for minute, text in enumerate(TEXTS[:5], 1):
        harbour.change(600 * minute, text)
    daily = RULES + '\n[[rule]]\nname = "daily"\nto = "other"\nwhen = "daily"\n'
    found = notifier(store, tmp_path, box, daily).preview(after(0), after(9000))
    assert [(one.rule, one.changes) for one in found if one.rule == "pier"] == [("pier", 1)] * 5
    assert [one.changes for one in found if one.rule == "daily"] == [1, 3, 1]
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert "[-20-]" in "".join(one.message.text for one in found)
    assert notifier(store, tmp_path, box, daily).preview(after(1800), after(9000))[0].at >= after(1800)
    assert (box.sent, list(store.notices.journal(9))) == ([], [])
    assert len(store.feeds.places(Selection(), 9)) == 5


def test_a_long_message_counts_what_it_does_not_show() -> None:
    entry = Entry(
        "id", "A <i>title</i>", "https://r.example/1", after(0), "O & P", "It\u202e changed.", "<p>c</p>", (), ""
    )
    message = message_of("rule <b>", [Told(entry)] * (SHOWN + 5))
    assert message.title == f"{SHOWN + 5} changes: rule <b>"
    assert "5 more of this rule" in message.text
    assert "⟨U+202E⟩" in message.text
    assert message.html.count("<h3>") == SHOWN
    assert "<i>" not in message.html
    assert "<b>" not in message.html
    assert "O &amp; P" in message.html


def test_an_unknown_target_cannot_be_tested(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such target"):
        notifier(sqlite_store, tmp_path, Box()).test("nobody")


def test_errands_run_beside_and_their_failure_stops_nothing() -> None:
    begun, go = threading.Event(), threading.Event()

    def errand() -> None:
        begun.set()
        go.wait(20)
        raise RuntimeError(SECRET)

    errands = Errands(errand)
    with capture_logs() as said:
        errands.keep_up()
        assert begun.wait(20)
        errands.keep_up()  # returns at once, though the first is under way
        go.set()
        errands.end()
        errands.catch_up(threading.Event())
    assert [line["error"] for line in said] == ["RuntimeError"] * 2
    assert "hunter2" not in repr(said)


class _Hook(BaseHTTPRequestHandler):
    bodies: list[bytes] = []  # noqa: RUF012 (one server, one test)
    status = 200

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise's own
def test_apprise_carries_it_and_keeps_its_mouth_shut(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("apprise", reason="apprise is not installed (extra notify)")
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        target = AppriseTarget("desk", f"json://reporter:hunter2@127.0.0.1:{server.server_port}/x")
        target.send(trial_message("desk"))
        assert json.loads(_Hook.bodies[0])["title"] == "Test: desk"
        _Hook.status = 500
        with pytest.raises(DeliveryFailed) as failed:
            target.send(trial_message("desk"))
        with pytest.raises(ConfigError) as misread:
            AppriseTarget("desk", "hunter2").send(trial_message("desk"))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "hunter2" not in f"{failed.value} {failed.value.__cause__} {misread.value} {caplog.text}"
