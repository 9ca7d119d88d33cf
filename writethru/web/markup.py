"""Small pieces of HTML made in Python: text of articles, times, counts. Everything is escaped here."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from markupsafe import Markup, escape

from writethru.model import TimeBasis
from writethru.publish.moments import DATED, rfc3339, sighting
from writethru.publish.safe_text import MARKED
from writethru.views import stamp

LONGEST_BLOCK: Final = 60_000
"""Characters of one block shown on a page; the rest is counted, and is in the API and the evidence."""

_CONTROL_MARK: Final = Markup('<span class="control" title="control character">⟨U+{:04X}⟩</span>')


def block_text(text: str, limit: int = LONGEST_BLOCK) -> Markup:
    """Text of an article: escaped, controls shown by name, cut where it is absurdly long."""
    html = shown_text(text[:limit])
    if len(text) <= limit:
        return html
    return html + Markup('… <span class="cut">({} more characters are not shown here)</span>').format(
        f"{len(text) - limit:,}"
    )


def shown_text(text: str) -> Markup:
    """Escaped text in which control characters are shown by name."""
    if MARKED.search(text) is None:
        return escape(text)
    parts: list[Markup] = []
    end = 0
    for match in MARKED.finditer(text):
        parts += [escape(text[end : match.start()]), _CONTROL_MARK.format(ord(match.group()))]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def time_element(moment: datetime) -> Markup:
    """A ``<time>`` with the exact moment, shown as every page and citation writes it."""
    return Markup('<time datetime="{}">{}</time>').format(rfc3339(moment), stamp(moment))


def told_element(moment: datetime) -> Markup:
    """When an article was written, as events know it: noon stands for a day whose hour is not known, and is not shown.

    >>> from datetime import UTC
    >>> str(told_element(datetime(2031, 3, 2, 12, tzinfo=UTC)))
    '<time datetime="2031-03-02">2031-03-02</time>'
    """
    if (moment.hour, moment.minute, moment.second) != (12, 0, 0):
        return time_element(moment)
    return Markup('<time datetime="{0}">{0}</time>').format(moment.date().isoformat())


def seen_element(moment: datetime, basis: TimeBasis) -> Markup:
    """A sighting: a ``<time>`` where the date is known, and in words what is known where it is not."""
    return time_element(moment) if basis in DATED else escape(sighting(moment, basis))


def plural(count: int, one: str, many: str = "") -> str:
    """``1 change``, ``2 changes``, ``1,234 changes``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def origin_name(detail: str) -> str:
    """The detail of a look; of a path on the machine that keeps the archive only the file's name."""
    return detail.rpartition("/")[2] or detail if detail.startswith("/") else detail
