"""What a page asks of its readers, told from sentences that merely have such words."""

from __future__ import annotations

import pytest

from writethru.extraction.appeals import appeal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We may earn commission from links on this page.", "disclosure"),
        ("Disclosure: As an Affiliate Marketer, I earn from what you buy.", "disclosure"),
        ("If you buy through our links, we may earn a fee.", "disclosure"),
        ("We’re reader-supported.", "disclosure"),
        ("Get started for free", "call"),
        ("Pin this for later!", "call"),
        ("Follow Harbour Notes on Facebook", "call"),
        ("Receive harbour tips, delivered to your inbox", "call"),
        ("Did you make one of my recipes? Leave a star rating. I read them all.", "call"),
        ("Written by Ada Quill", "signature"),
        ("Posted by Ada at May 4, 2031 11:15 AM", "signature"),
        ("Some of the links in this article are affiliate ones.", "disclosure"),
        ("If you find this helpful and buy through my links, I may receive a small commission.", "disclosure"),
        ("Every item on this page was chosen by a Harbour editor.", "disclosure"),
        ("*Affiliate links are used in the post which means I can receive a commission.", "disclosure"),
        ("Quay & Sons, LLC is a Registered Investment Adviser. Advisory services are only for clients.", "disclosure"),
        ("Quay & Sons do not provide tax, legal or accounting advice. This material is general.", "disclosure"),
        ("The post Ferry fares rise appeared first on Harbour Notes.", "disclosure"),
        ("Was this newsletter forwarded to you? Sign up to get it in your inbox.", "call"),
        ("Summarize this article with:", "call"),
        ("To find out more about Quayside, the ferry software, book a free demo.", "call"),
        ("Jump to recipe ↓", "call"),
        ("Enjoy the post? Pin it for later!", "call"),
        ("Quay & Sons is a registered investment adviser. The regulator fined it on Monday.", ""),
        ("The post office appeared first on the quay in 1890.", ""),
        ("Jump to the front of the queue, the captain told the crew.", ""),
        ("The bank does not provide legal advice. Its clients sued.", ""),
        ("We may earn less next year, the board said.", ""),
        ("Disclosure: The writer owns shares of the ferry company.", ""),
        ("Get started early, the harbour master advised the crews of both ferries.", ""),
        ("Written by Ada Quill, the play opened in Norhaven. It ran for a year.", ""),
        ("Follow the coast road to the old quay.", ""),
        ("Call us old-fashioned, the board said.", ""),
        ("Buying through the spring, the fund now holds a third of the line.", ""),
    ],
)
def test_appeals(text: str, kind: str) -> None:
    assert appeal(text) == kind
