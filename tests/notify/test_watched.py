"""Rules on a story and on a speaker: what a change belongs to is read off the record and off the changed sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import config_for
from tests.dossier.told import ferry
from tests.notify.samples import book
from writethru.archive import open_archive
from writethru.errors import ConfigError
from writethru.notify.happened import stories_of
from writethru.notify.noting import known_of, speakers_in
from writethru.notify.rules import Verdict, judge
from writethru.storage.feed_store import Selection

RULES = """
[targets]
desk = "json://example.com"
[[rule]]
name = "figures of the ferry"
to = "desk"
stories = [1]
kinds = ["figure"]
[[rule]]
name = "what the mayor says"
to = "desk"
speakers = ["Mayor"]
[[rule]]
name = "another story"
to = "desk"
stories = [2]
"""


def test_a_changed_figure_of_a_story_and_of_a_speaker_is_known_by_its_rule(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_archive(url, config_for(url, tmp_path)) as archive:
        ferry(archive, tmp_path)
        assert stories_of(archive.store, 3) == (1,)
        places = archive.store.feeds.places(Selection((3,)), 10)
        (known,) = known_of(archive.store, archive.store.feeds.rows(places))
    assert "figure" in known.subject.kinds
    verdicts = {rule.name: judge(rule, known.subject) for rule in book(tmp_path, RULES).rules}
    assert verdicts == {
        "figures of the ferry": Verdict.MATCH,
        "what the mayor says": Verdict.MATCH,
        "another story": Verdict.OTHER_STORY,
    }


def test_speakers_are_those_of_the_sentences_that_changed() -> None:
    assert speakers_in(["The pier is shut, said Anna Holm.", "The pier is shut, said Anna Holm.", "Nine left."]) == (
        "Anna Holm",
    )


def test_a_story_is_a_number_or_its_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="stories"):
        book(tmp_path, RULES.replace("[2]", "[true]"))
