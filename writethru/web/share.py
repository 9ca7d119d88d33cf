"""A picture of a change for those who pass a link on: 1200 by 630, drawn as SVG, all text escaped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from writethru.comparison import Segment
from writethru.comparison.significance import most_telling
from writethru.publish.safe_text import one_line
from writethru.views import ChangeView, observed_interval
from writethru.web.excerpt import excerpt_segments

WIDTH: Final = 1200
HEIGHT: Final = 630

_MARGIN: Final = 80
_SERIF: Final = "Charter, Georgia, 'Liberation Serif', serif"
_SANS: Final = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
_INK, _QUIET, _PAPER = "#1e1c19", "#5c564d", "#fcfaf5"
_MARKS: Final = {
    "removed": Markup('fill="#8a2c0d" text-decoration="line-through"'),
    "added": Markup('fill="#0b4a86" text-decoration="underline" font-weight="bold"'),
    "": Markup('fill="#1e1c19"'),
}
_LONGEST: Final = 300
"""Characters of an edit that are looked at; the picture has room for about as many."""

_HEADLINE: Final = 40
_EXCERPT: Final = 62
"""Letters of a line, at the size it is drawn; somewhat fewer than fit."""


@dataclass(frozen=True, slots=True)
class Share:
    """What the picture shows, and the same in words for who does not see it."""

    outlet: str
    headline: str
    words: tuple[Segment, ...]
    when: str

    @property
    def alt(self) -> str:
        """The picture in words."""
        said = {"removed": "removed", "added": "added", "": ""}
        told = " ".join(
            f"[{said[segment.mark]}: {segment.text.strip()}]" if segment.mark else segment.text.strip()
            for segment in self.words
        )
        return one_line(f"{self.outlet}: “{self.headline}”. {told} {self.when}", 600)


def share_of(view: ChangeView) -> Share:
    """What to show of a change: its most telling edit."""
    edits = view.change.edits
    edit = edits[most_telling(edit.kinds for edit in edits)] if edits else None
    words = excerpt_segments(_cut(edit.old_text), _cut(edit.new_text)) if edit else ()
    when = f"Observed {observed_interval(view.record)}" if view.record else "Two versions compared"
    outlet = one_line(view.summary.outlet, 60) or one_line(view.summary.article.host, 60) or "Outlet not known"
    return Share(outlet, one_line(view.new_version.headline, 140) or "No headline", words, when)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0] or text[:_LONGEST]} …"


def share_svg(share: Share, title: str) -> str:
    """The picture."""
    y = 190
    lines = []
    for line in _wrapped([Segment(share.headline)], _HEADLINE, 2):
        lines.append(_line(line, y, 52, Markup('font-weight="bold"')))
        y += 62
    y += 28
    top = y - 40
    for line in _wrapped(share.words, _EXCERPT, 5):
        lines.append(_line(line, y, 33, Markup(), indent=34))
        y += 46
    rule = Markup('<path d="M{} {}V{}" stroke="{}" stroke-width="4"/>').format(_MARGIN + 4, top, y - 34, _QUIET)
    return Markup("\n").join([_head(share), *lines, rule if share.words else Markup(), _foot(share, title)])


def _head(share: Share) -> Markup:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-label="{alt}"><rect width="{w}" height="{h}" fill="{paper}"/>'
        '<text x="{x}" y="108" font-family="{font}" font-size="28" font-weight="bold" fill="#17475c">{outlet}</text>'
    ).format(
        w=WIDTH, h=HEIGHT, alt=share.alt, paper=_PAPER, x=_MARGIN, font=_SANS, outlet=share.outlet
    )  # fmt: skip


def _foot(share: Share, title: str) -> Markup:
    return Markup(
        '<path d="M{x} 546H{right}" stroke="{quiet}" stroke-width="2"/>'
        '<text x="{x}" y="590" font-family="{sans}" font-size="22" fill="{quiet}">{when}</text>'
        '<text x="{right}" y="590" text-anchor="end" font-family="{serif}" font-size="28" font-weight="bold" '
        'fill="{ink}">{title}</text></svg>'
    ).format(
        x=_MARGIN, right=WIDTH - _MARGIN, quiet=_QUIET, ink=_INK, sans=_SANS, serif=_SERIF,
        when=one_line(share.when, 84), title=one_line(title, 24),
    )  # fmt: skip


def _line(segments: Sequence[Segment], y: int, size: int, style: Markup, indent: int = 0) -> Markup:
    spans = Markup(" ").join(
        Markup("<tspan {}>{}</tspan>").format(_MARKS[segment.mark], segment.text) for segment in segments
    )
    return Markup('<text x="{}" y="{}" font-family="{}" font-size="{}" {}>{}</text>').format(
        _MARGIN + indent, y, _SERIF, size, style, spans
    )


def _wrapped(segments: Iterable[Segment], width: int, most: int) -> Iterator[list[Segment]]:
    """Words in lines of about so many letters, at most so many lines; neighbours of one mark are one segment."""
    line: list[Segment] = []
    used = lines = 0
    for segment in segments:
        for word in one_line(segment.text, 400).split():
            if line and used + len(word) > width:
                lines += 1
                if lines == most:
                    yield [*line[:-1], Segment(f"{line[-1].text} …", line[-1].mark)]
                    return
                yield line
                line, used = [], 0
            used += len(word) + 1
            if line and line[-1].mark == segment.mark:
                line[-1] = Segment(f"{line[-1].text} {word}", segment.mark)
            else:
                line.append(Segment(word[: 2 * width], segment.mark))
    if line:
        yield line
