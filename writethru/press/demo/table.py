"""The reference page of the demo press: which class is shown by which article, from the lessons in the files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from writethru.press.demo.manuscript import Manuscript

Line = Mapping[str, Any]

CLASSES: Mapping[str, Mapping[str, str]] = {
    "Edits": {
        "headline-only": "only the headline changes",
        "decimal-shift": "1.5 million becomes 15 million",
        "killed-12-21": "12 killed becomes 21 killed",
        "scare-quotes": "scare quotes are put round a word",
        "not-inserted": "“not” is inserted",
        "after-published": "text changes after the word “published”",
        "comma": "a comma changes the meaning",
        "paragraph-moved": "a paragraph moves",
        "paragraph-inserted": "a paragraph is inserted",
        "paragraph-deleted": "a paragraph is deleted",
        "one-word": "one word changes",
        "correction-note": "a correction or clarification note comes, changes or goes",
        "byline": "the byline changes",
        "caption": "a caption changes",
    },
    "Noise": {
        "adverts": "adverts change",
        "most-read": "the most-read list changes",
        "related": "related links change",
        "updated-ago": "“updated N minutes ago” counts on",
        "curly-quotes": "straight quotation marks become curly: a real difference, typographic",
        "no-break-space": "spaces become no-break spaces: a real difference, typographic",
    },
    "Unavailable": {
        "bot-check": "a bot check comes with status 200",
        "teaser": "a paywall shows only a teaser",
        "redirect-home": "the address redirects to the home page",
        "empty": "an empty page comes with status 200",
        "403": "403 Forbidden",
        "404": "404 Not Found",
        "soft-404": "“page not found” comes with status 200",
        "consent": "a consent wall comes with status 200",
        "429": "429 Too Many Requests with Retry-After",
    },
    "Stories of a text": {
        "formal-correction": "a formal correction with its note, days later",
        "silent-correction": "a figure is corrected and nothing says so",
        "headline-revert": "a headline changes and changes back",
        "flip-flop": "two cached texts come in turn",
        "deleted": "an article is deleted: 404, later 410",
        "returned": "a deleted article returns",
        "outage": "an outlet is down for 24 hours",
        "live-blog": "entries are added to a live blog",
        "quotation-altered": "words inside quotation marks change",
        "attribution-altered": "the same claim gets another source",
        "hedge-dropped": "“about 1,400” becomes “1,429”",
        "deadline": "a promise with a deadline",
        "paragraph-moved-up": "a paragraph moves up",
        "sentence-split": "one sentence becomes two",
        "sentences-merged": "two sentences become one",
        "replaced-before-any-look": "a state is replaced within minutes, before any look",
        "redesign": "the outlet gets a new layout; the texts are the same",
        "restamped": "only the stated time of change moves; the text is the same",
        "markup-in-text": "the text quotes markup, which must stay text",
        "unchanged": "nothing changes in 40 days, in a page that never stands still",
    },
    "Stories across articles": {
        "wire-original": "an agency's text with full credit",
        "wire-reuse-credited": "the agency's text, altered, with credit",
        "wire-reuse-uncredited": "the agency's text, altered, without credit",
        "quotations-only": "own reporting that shares only quotations",
        "storyline-older": "the earlier event of a storyline, 2028",
        "storyline-later": "the later event, 2031: same cast, same place",
    },
}
"""Every class the demo shows, by group, with what happens."""

_HEAD = """# The demo press

*Generated from the lessons in `writethru/press/demo` by `python -m writethru.press.demo.build`; do not edit by hand.*

Four fictional outlets play {states} states of {articles} articles over 40 virtual days, from 1 March to 10 April
2031. Looked at without a gap they give **{versions} versions and {changes} changes**; a watcher on the normal schedule
misses only the states that are replaced within minutes and finds **{watched_versions} versions and
{watched_changes} changes**. (Two caches that serve old and new text in turn may add returns to these.)
`expected.json` gives both counts and the kinds of every change for each article. All names, places, companies and
agencies are invented.

`expected.json` also groups the articles into events and storylines and says which text was taken from which. Kinds
are those of the comparison. The operations (`added`, `removed`, `rewritten`, `moved`, `split`, `merged`) are declared
for the running text only; `figure`, `date`, `name`, `hedge`, `negation`, `modality` and `attribution` only where a
sentence that stands on both sides says something else.

To add an article, write a manuscript in `writethru/press/demo/articles` (the format is described in `manuscript.py`),
run the command above, and let the tests check that every state stays up long enough to be seen.
"""

_CLASS_HEAD = "| class | article | state | what to say |\n|---|---|---|---|\n"
_ARTICLE_HEAD = "| article | subject | states | headline at the end |\n|---|---|---|---|\n"
_CODES = re.compile(r"\[([^\]]+)\]\s*(.*)", re.S)


def codes_and_lesson(lesson: str) -> tuple[tuple[str, ...], str]:
    """The class codes at the head of a lesson (``[comma, silent] …``) and the rest of it."""
    match = _CODES.fullmatch(lesson)
    return (tuple(code.strip() for code in match[1].split(",")), match[2]) if match else ((), lesson)


def reference_page(
    made: Sequence[tuple[Manuscript, Sequence[Line]]], events: Sequence[Line], totals: Mapping[str, int]
) -> str:
    """The whole page in Markdown."""
    shown = _shown(made, events)
    parts = [_HEAD.format(**totals)]
    for group, classes in CLASSES.items():
        rows = [row for code, meaning in classes.items() for row in _class_rows(code, meaning, shown[code])]
        parts.append(
            f"## {group}\n\n| class | article | state | what to say |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    parts.append(_article_table(made))
    return "\n".join(parts)


def _shown(made: Sequence[tuple[Manuscript, Sequence[Line]]], events: Sequence[Line]) -> dict[str, list[str]]:
    """Class code to the table cells (article, state, lesson) that show it."""
    shown: dict[str, list[str]] = defaultdict(list)
    for manuscript, lines in made:
        for number, line in enumerate(lines, start=1):
            codes, lesson = codes_and_lesson(line["lesson"])
            for code in codes:
                shown[code].append(f"`{manuscript.place}` | {number} | {_cell(lesson)}")
    for event in events:
        codes, lesson = codes_and_lesson(event["lesson"])
        for code in codes:
            place = f"`{event['host']}{event.get('path') or '/…'}`"
            shown[code].append(f"{place} | {_day(event['from'])} to {_day(event['until'])} | {_cell(lesson)}")
    return shown


def _class_rows(code: str, meaning: str, cells: Sequence[str]) -> list[str]:
    return [f"| {f'**{code}**: {meaning}' if not i else ''} | {cell} |" for i, cell in enumerate(cells)]


def _article_table(made: Sequence[tuple[Manuscript, Sequence[Line]]]) -> str:
    rows = [f"| `{m.place}` | {_cell(m.topic)} | {len(lines)} | {_cell(lines[-1]['headline'])} |" for m, lines in made]
    return f"## The articles\n\n{_ARTICLE_HEAD}" + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _day(time: str) -> str:
    return time[5:16].replace("T", " ")
