"""The words that changed, with what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.web.excerpt import excerpt_segments

WORDS = st.lists(st.sampled_from(["the", "pier", "12", "1.5", "15", "is", "shut"]), max_size=12).map(" ".join)


def marked(old: str, new: str) -> str:
    signs = {"removed": "[-{}-]", "added": "{{+{}+}}", "": "{}"}
    return "".join(signs[segment.mark].format(segment.text) for segment in excerpt_segments(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("cost 1.5 million crowns", "cost 15 million crowns", "cost [-1.5-]{+15+} million crowns"),
        ("12 killed", "21 killed", "[-12-]{+21+} killed"),
        ("shut", "shut for now", "shut{+ for now+}"),
        ("", "new", "{+new+}"),
        ("gone", "", "[-gone-]"),
        ("same", "same", "same"),
        ("", "", ""),
        (
            "two of the seats went to Ida",
            "all of the seats went to Una",
            "[-two-]{+all+} of the seats went to [-Ida-]{+Una+}",
        ),
        ("it lies of it", "he said of her", "[-it lies of it-]{+he said of her+}"),
        (
            "1.5 million people in eleven …",
            "15 million people in eleven countries …",
            "[-1.5-]{+15+} million people in eleven …",
        ),
        ("it rained …", "it rained hard …", "it rained {+hard +}…"),
        ("a" * 70 + " x", "a" * 70 + " y", "… [-x-]{+y+}"),
    ],
)
def test_only_what_differs_is_marked(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    segments = excerpt_segments(old, new)
    assert "".join(s.text for s in segments if s.mark != "added") in (old, *([new] if not old else []))
    assert "".join(s.text for s in segments if s.mark != "removed") in (new, *([old] if not new else []))
