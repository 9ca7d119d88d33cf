"""Settings of the pages are checked where they are made, and documented."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from writethru.errors import ConfigError
from writethru.web import WebSettings

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "web.md"


@pytest.mark.parametrize("wrong", [{"base_url": "record.example"}, {"page_size": 0}, {"feed_size": 501}])
def test_wrong_settings_are_refused(wrong: dict[str, str | int]) -> None:
    with pytest.raises(ConfigError):
        WebSettings(**wrong)  # type: ignore[arg-type]


def test_ids_keep_their_authority_when_the_address_changes() -> None:
    assert WebSettings(base_url="https://new.example", tag_authority="old.example").authority == "old.example"
    assert WebSettings(base_url="https://new.example:8000/news").authority == "new.example"
    assert WebSettings().authority == "localhost"


def test_every_setting_is_in_the_reference() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    assert [item.name for item in fields(WebSettings) if f"`{item.name}`" not in reference] == []
