"""Settings are checked where they are made, and the User-Agent is honest."""

from __future__ import annotations

from typing import Any

import pytest

from writethru.errors import ConfigError
from writethru.fetch import FetchSettings


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("https://tracker.example/about", "Writethru/0.1 (+https://tracker.example/about)"),
        ("desk@tracker.example", "Writethru/0.1 (+desk@tracker.example)"),
        ("", "Writethru/0.1"),
    ],
)
def test_the_user_agent_names_the_contact(contact: str, expected: str) -> None:
    assert FetchSettings(contact=contact).user_agent == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "call me"},
        {"contact": "Mozilla/5.0"},
        {"contact": "a@b.example) Evil/1.0 (x"},
        {"contact": "a@b.example\r\nX: 1"},
        {"version": "1.0 (fake)"},
        {"connect_to": {"a.example": "localhost:80"}},
        {"connect_to": {"a.example": "127.0.0.1"}},
        {"connect_to": {"a.example": "127.0.0.1:0"}},
        {"connect_to": {"a.example": "::1:80"}},
        {"connect_to": {"a.example": "999.0.0.1:80"}},
        {"total_seconds": 0},
        {"read_seconds": float("inf")},
        {"connect_seconds": float("nan")},
        {"max_body_bytes": 0},
        {"max_redirects": 21},
        {"delay_seconds": -1},
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        FetchSettings(**wrong)
    assert caught.value.key


def test_hosts_are_matched_in_any_case() -> None:
    settings = FetchSettings(connect_to={"News.Example": "[::1]:80"}, allowed_hosts=frozenset({"Home"}))
    assert str(settings.override("NEWS.example")) == "[::1]:80"
    assert settings.override("other.example") is None
    assert settings.allowed_hosts == {"home"}
