"""Every reason code of a verdict in a sentence, for the explanation of a reading and for the record."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

REASONS: Final = MappingProxyType(
    {
        # by tag and place
        "paragraph": "running text in the article's box",
        "among-paragraphs": "plain words between two paragraphs of running text",
        "lead": "running text between headline and body",
        "subhead": "a heading between the article's paragraphs",
        "bold-line": "a short line in bold, from end to end",
        "list-item": "an item of a list in the article's box",
        "quote": "stands in a quotation",
        "table": "a cell of a table",
        "caption": "stands in a figure or in a box named after captions",
        "under-picture": "a short line that is all the text of a box with a picture",
        "image-credit": "names who made a picture",
        "credit": "names who else worked on the article",
        "pull-quote": "a box named after quotations pulled out of the text",
        "note": "begins as a correction or clarification does",
        "note-box": "stands in a box named after corrections",
        "note-label": "the heading of a correction or clarification",
        # left out, by place
        "no-container": "no box of the page holds running text",
        "elsewhere": "stands outside the article and its header",
        "outside-body": "stands beside the article's text",
        "box": "stands in a box named as furniture",
        "teaser": "points to another page",
        "weak-box": "stands in a box of controls with little text",
        "form-box": "stands in a box with a form and little text",
        "folded": "stands in a box that is not shown at first",
        "hidden": "stands in a box that is hidden from readers",
        "article-meta": "a line about the article: author, date, topic",
        "figure-control": "a control or a remark on a figure",
        "link": "is a link and no sentence",
        "link-list": "an item of a list of links",
        "link-heading": "a heading that is a link",
        "end-heading": "a heading that ends the article's text",
        "after-end-heading": "stands below a heading that ends the article's text",
        "promotion": "stands in a small box with a button to buy, book or join",
        "apart-pressed": "a small box among the paragraphs with something to press or to fill in",
        "apart-played": "a small box among the paragraphs with a heading and something to play",
        "apart-card": "a small box among the paragraphs that points to another page of the outlet",
        "apart-link": "a small box among the paragraphs with a link on a line of its own",
        "apart-author": "a small box below the text with a picture and a name",
        "apart-appeal": "a small box among the paragraphs in which the outlet speaks of what keeps it up",
        "lone-heading": "a heading with nothing of the article under it",
        # left out, by words
        "control": "by its words a label or a control",
        "button": "by its words a button",
        "copyright": "a copyright line",
        "relative-time": "says how long ago something was",
        "sign-up": "asks the reader to sign up, follow or pay",
        "read-more": "points to other pages by its words",
        "disclosure": "says that the site is paid for what readers buy",
        "call": "calls the reader to do something: to buy, to join, to keep the page",
        "signature": "says by whom the text was written or posted",
        "gate": "says that the rest is for subscribers",
        "date-line": "says when the page was made, and nothing else",
        "field": "is the headline or the standfirst, read already",
        # lines of a page saved as text
        "prose": "a line of running text",
        "short": "a short line outside the article's text",
        "listed": "an item of a list outside the article's text",
        "time": "a date or a time",
        "byline": "names the author",
        "title": "the title of something else",
        "furniture": "by its words furniture",
        "end": "a line that ends the article's text",
        "likely-line": "likely the article's, by itself and the lines around it",
        "unlikely-line": "not likely the article's, by itself and the lines around it",
        # by what was read before
        "remembered": "stands where it stood, with the same words",
        "remembered-moved": "the same words stand at another place",
        "remembered-edited": "plainly the same block, edited",
        "remembered-moved-edited": "plainly the same block, edited, at another place",
        "remembered-out": "stood here before and was left out then",
        "new-in-place": "new, where the article's blocks stand",
        "new-earned": "new, in a box made of running text beside the article's blocks",
        "new-entry": "new, in the list of entries that the article grows by",
        "new-outside": "new, outside the article's box",
        "new-apart": "new, apart from the article's blocks",
        "new-repeat": "new, and the article's own words printed a second time",
        "new-unproven": "new, and not yet believed: what came with it is not like the article",
        "new-heading": "new, a heading with no text of the article under it",
        "new-template": "came with a new template, outside the article's known blocks",
        "kept-still": "a field whose source says what it said before",
        "known-box": "the box that held the article before, or on the outlet's other pages",
        # by the outlet's other pages, by rules
        "recurs": "stands on other articles' pages too",
        "recurring-place": "stands where other articles' pages repeat themselves",
        "rule-drop": "a site rule leaves its box out",
        "rule-outside": "stands outside the box that a site rule keeps",
        "rule-teaser": "a site rule calls such words a teaser",
        "rule-note": "a site rule calls such words a note",
        "rule-caption": "a site rule calls such words a caption",
    }
)
"""Reason code to sentence; the codes are stable."""


def sentence_of(reason: str) -> str:
    """The sentence for a reason code; the code itself, with spaces, where there is none."""
    return REASONS.get(reason, reason.replace("-", " "))
