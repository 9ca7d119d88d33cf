"""Articles written for these tests: ordinary, returning, moving, long, hostile."""

from __future__ import annotations

from tests.web.fakes import FakeArchive, Look
from writethru.model import ArticleText, Block, BlockKind, Outcome, Reason, TimeBasis

PARAGRAPHS = (
    "HARTWELL — The harbour board will close the north pier on Friday after engineers found cracks in 12 of its piles.",
    "“We would rather lose a season than lose the pier,” said Ida Maren, who chairs the board. "
    "She put the cost of the repair at 1.5 million crowns.",
    "Ferries to Skerry Island will leave from the coal quay until the work is done.",
    "Fishermen who met the board on Tuesday said that nobody had asked them.",
    "The pier was built in 1911 and last repaired in 1987.",
    "Traders on the front expect about 1,400 fewer visitors a day in the summer.",
    "The board will meet again on 14 March.",
)


def article(headline: str, *paragraphs: str, byline: str = "By Tomas Veld", caption: str = "") -> ArticleText:
    """An article of paragraphs."""
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in paragraphs or PARAGRAPHS]
    if caption:
        blocks.insert(1, Block(BlockKind.CAPTION, caption))
    return ArticleText(headline, "A season without the north pier, and a bill to come.", byline, "", tuple(blocks))


FIRST = article("Harbour board shuts north pier over cracks", caption="The north pier on Monday. Photo: L. Brandt")
FIGURES = article(
    "Harbour board shuts north pier over cracks",
    PARAGRAPHS[0].replace("12 of", "21 of"),
    PARAGRAPHS[1].replace("1.5 million", "15 million"),
    *PARAGRAPHS[2:],
    caption="The north pier on Monday. Photo: L. Brandt",
)
MOVED = article(
    "North pier shut ‘for a season at least’ as board admits it knew of cracks",
    PARAGRAPHS[0].replace("12 of", "21 of"),
    PARAGRAPHS[5],
    PARAGRAPHS[1].replace("1.5 million", "15 million"),
    PARAGRAPHS[2],
    "The board had known of the cracks since November, according to minutes seen by this newspaper.",
    PARAGRAPHS[4],
    "The board will meet again on 16 March.",
    byline="By Tomas Veld and Runa Aasen",
    caption="The north pier on Monday. Photo: L. Brandt",
)
HEBREW = (
    article("המזח הצפוני נסגר", "מועצת הנמל תסגור את המזח הצפוני ביום שישי. 12 עמודים נסדקו.", byline="דנה לוי"),
    article("המזח הצפוני נסגר", "מועצת הנמל תסגור את המזח הצפוני ביום שישי. 21 עמודים נסדקו.", byline="דנה לוי"),
)
HOSTILE = article(
    "<script>alert('headline')</script> \u202egnp.exe\u202c <img src=x onerror=alert(1)>",
    "</p></div><script>document.title='owned'</script><style>body{display:none}</style>",
    "javascript:alert(1) <svg onload=alert(2)> \x00\x1b[31m \ud800 \u2066isolated\u2069 & &amp; &lt;",
    "{{ 7 * 7 }} {% raw %} ${7*7} `x` ]]> <!-- -->",
    byline="By <b onmouseover=alert(3)>Mallory</b>",
)
HOSTILE_LATER = article(
    "<script>alert('headline 2')</script> \u202egnp.exe <img src=x onerror=alert(1)>",
    "</ins></del><script>document.title='owned'</script><style>body{display:none}</style> more",
    "javascript:alert(1) <svg onload=alert(2)> \x00\x1b[32m \ud800 \u2067isolated & &amp; &lt;",
    byline="By <b onmouseover=alert(3)>Mallory & Co</b>",
)


def ordinary(archive: FakeArchive) -> int:
    """Three versions, three changes, one of them a return; an outage, a bot check."""
    blocked = (Outcome.BLOCKED, Reason.CHALLENGE_PAGE)
    return archive.play(
        [
            Look(0, FIRST),
            Look(20),
            Look(40),
            Look(60, FIGURES),
            Look(80),
            Look(150, None, *blocked),
            Look(200, None, *blocked),
            Look(240, MOVED),
            Look(320),
            Look(500, None, Outcome.ERROR, Reason.TIMEOUT),
            Look(900, FIGURES),
            Look(1500),
            Look(4000),
        ]
    )


def single(archive: FakeArchive) -> int:
    """One version, looked at once."""
    return archive.play([Look(0, article("Nothing happened in Hartwell on Sunday"))], outlet="Skerry Post")


def many(archive: FakeArchive, count: int = 40) -> int:
    """As many versions as wanted: a live story whose toll is corrected every quarter of an hour."""
    looks = [
        Look(
            15 * number,
            article(
                f"Storm toll rises to {number + 3} as rescue boats return",
                f"At least {number + 3} people were rescued, the coastguard said at hour {number}.",
                *PARAGRAPHS[2:],
                byline="By our staff",
            ),
        )
        for number in range(count)
    ]
    return archive.play(looks, outlet="Norrland Wire")


def hostile(archive: FakeArchive) -> int:
    """An article that tries to be the page."""
    return archive.play(
        [Look(0, HOSTILE), Look(30, HOSTILE_LATER)],
        url="javascript:alert(document.cookie)",
        outlet="<b>Evil</b> & \u202eSons",
    )


def huge(archive: FakeArchive, size: int = 10_000_000) -> int:
    """An article with a headline of ten million characters."""
    return archive.play(
        [Look(0, article("A" * size, "Short text.")), Look(30, article("A" * size + " B", "Short text, longer."))],
        outlet="Loud Press",
    )


def long_headlines(archive: FakeArchive) -> int:
    """Long words, long lines, another script."""
    long = (
        "Verkehrsinfrastrukturfinanzierungsgesellschaftsvorstandsvorsitzendenrücktrittsforderung: minister, board, "
        "union and five district councils trade blame for hours over who knew what, and when, about the pier"
    )
    return archive.play(
        [
            Look(0, article(long, *PARAGRAPHS)),
            Look(55, article(long + ", again", *PARAGRAPHS[:3], "أغلق مجلس الميناء الرصيف الشمالي يوم الجمعة.")),
        ],
        outlet="Allgemeine Hartweller Zeitung für Handel und Schifffahrt",
    )


def whole_archive() -> FakeArchive:
    """All of these in one archive, without the ten-million-character headline."""
    archive = FakeArchive()
    for add in (single, many, long_headlines, hostile, ordinary):
        add(archive)
    return archive


def undated(archive: FakeArchive, basis: TimeBasis) -> int:
    """Two versions whose dates are not known."""
    return archive.play([Look(0, FIRST), Look(35, FIGURES)], outlet="The Old Sentinel", basis=basis)
