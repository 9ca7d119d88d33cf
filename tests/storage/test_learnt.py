"""What is learnt from readings is kept and given back: memories, profiles by time, rules, replaced readings."""

from __future__ import annotations

from dataclasses import replace

from tests.storage.made import NOON, after, article, look
from writethru.model import ArticleText
from writethru.storage.learnt import FormerVersion, ProfileState, TemplateChange
from writethru.storage.store import Store

HOST = "ledger.example"


def state(serial: int, minutes: float) -> ProfileState:
    return ProfileState(HOST, serial, after(minutes), 5 * (serial or 1), f"d{serial}", {"pages": serial, "é": "\ud800"})


def test_a_memory_replaces_the_one_before_and_is_forgotten_with_what_was_derived(store: Store) -> None:
    one = article(store)
    assert store.memory(one.id) is None
    assert store.fingerprint(one.id) == ""
    store.keep_memory(one.id, "a", {"blocks": [], "fingerprint": "seen"})
    store.keep_memory(one.id, "b", {"blocks": ["é"], "fingerprint": "seen again"})
    assert store.memory(one.id) == {"blocks": ["é"]}
    assert store.fingerprint(one.id) == "seen again"
    store.clear_derived(one.id)
    assert store.memory(one.id) is None


def test_a_profile_is_used_for_later_captures_only(store: Store) -> None:
    store.keep_profile(state(0, 9))
    store.keep_profile(state(1, 1))
    store.keep_profile(state(2, 5))
    assert store.profile_at(HOST, after(1)) is None
    assert store.profile_at(HOST, after(2)) == state(1, 1)
    assert store.profile_at(HOST, after(60)) == state(2, 5)
    assert store.profile_at("other.example", after(60)) is None
    assert store.working_profile(HOST) == state(0, 9)


def test_the_working_profile_is_replaced(store: Store) -> None:
    store.keep_profile(state(0, 1))
    store.keep_profile(replace(state(0, 2), digest="later"))
    assert [kept.digest for kept in store.profiles(HOST)] == ["later"]
    store.forget_profiles()
    assert store.profiles(HOST) == []


def test_a_template_change_is_noted_once_for_each_look(store: Store) -> None:
    one = article(store)
    capture = store.add_capture(one.id, look())
    change = TemplateChange(capture.id, HOST, one.id, NOON, "moved")
    store.note_template(change)
    store.note_template(change)
    assert list(store.templates(HOST)) == [change]
    store.clear_derived(one.id)
    assert list(store.templates(HOST)) == []


def test_rules_that_were_used_stay(store: Store) -> None:
    assert store.rules("d") is None
    store.keep_rules("d", "The Ledger", "[body]\n", NOON)
    store.keep_rules("d", "The Ledger", "[body]\n", after(5))
    assert store.rules("d") == "[body]\n"


def test_a_version_that_vanished_can_be_read(store: Store) -> None:
    one = article(store)
    text = ArticleText.from_plain("As it was read before.", headline="Before")
    former = FormerVersion(one.id, 2, text.digest(), "page/1", NOON, text)
    store.keep_former(former)
    store.clear_derived(one.id)
    assert list(store.former_versions(one.id)) == [former]
