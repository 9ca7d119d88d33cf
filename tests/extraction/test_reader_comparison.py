"""What ``extract`` makes of a version-comparison page."""

from __future__ import annotations

from writethru.extraction import extract

PAGE = """This article is from the source 'guardian' and was first seen on . It won't be checked again.
You can find the current article at its original source at https://www.theguardian.com/world/2031/mar/01/harbour
The article has changed 3 times. There is an RSS feed of changes available.
Version 1 | Version 2 |
---|---|
Harbour to close | |
(2 hours later) | |
The harbour closes on Monday. | The harbour closes on Tuesday. |
"""


def test_the_newer_version_is_read_and_said_to_be_that() -> None:
    read = extract(PAGE)
    assert (read.headline, read.text) == ("Harbour to close", "The harbour closes on Tuesday.")
    assert "this is version 2" in read.notes[0]
