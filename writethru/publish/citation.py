"""How to cite a change: what was observed, of which texts, and where to check it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from writethru.model import Version
from writethru.publish.moments import sighting
from writethru.publish.safe_text import one_line
from writethru.views import ChangeView, observed_interval

DIGEST_SHOWN: Final = 12
"""Hex digits of a version's SHA-256 in a citation: 48 bits tell any two versions of one article apart."""

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+!|~])")


@dataclass(frozen=True, slots=True)
class Citation:
    """The facts of a citation, as text on one line each.

    Attributes:
        url: of the article, "" where none is known.
        observed: the interval of the change, or both sightings for versions picked by hand.
        permalink: of the page that shows the difference.
    """

    outlet: str
    headline: str
    url: str
    old: str
    new: str
    observed: str
    permalink: str

    def plain(self) -> str:
        """The citation as plain text."""
        where = f" <{self.url}>" if self.url else " (no URL known)"
        return f"{self.outlet}, “{self.headline}”{where}. {self._states()} {self.permalink}"

    def markdown(self) -> str:
        """The citation as Markdown."""
        headline = f"[{_escaped(self.headline)}]({_bare(self.url)})" if self.url else f"“{_escaped(self.headline)}”"
        return f"{_escaped(self.outlet)}, {headline}. {self._states()} [Writethru]({_bare(self.permalink)})"

    def _states(self) -> str:
        return f"From {self.old} to {self.new}. Observed: {self.observed}."


def cite(view: ChangeView, permalink: str) -> Citation:
    """The citation of a change or of a comparison picked by the reader."""
    url = view.summary.article.url
    return Citation(
        outlet=one_line(view.summary.outlet) or view.summary.article.host or "Outlet not known",
        headline=one_line(view.new_version.headline) or "No headline",
        url=one_line(url, 2_000) if url.startswith(("http://", "https://")) else "",
        old=_state(view.old_version),
        new=_state(view.new_version),
        observed=_observed(view),
        permalink=permalink,
    )


def _state(version: Version) -> str:
    return f"version {version.number} (SHA-256 {version.digest[:DIGEST_SHOWN]})"


def _observed(view: ChangeView) -> str:
    if view.record is not None:
        return observed_interval(view.record)
    return " and ".join(
        f"version {version.number} first seen {sighting(version.first_seen, version.basis)}"
        for version in (view.old_version, view.new_version)
    )


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _bare(url: str) -> str:
    """A URL that cannot break out of Markdown's parentheses."""
    return url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
