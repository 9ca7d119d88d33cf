"""Outcomes, reasons, media and time bases in plain words, for pages, feeds and the terminal.

Every member of the enums in ``writethru.model`` is explained here; a test fails if one is missing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from writethru.health.alarms import Alarm
from writethru.model import Medium, Outcome, Reason, TimeBasis

if TYPE_CHECKING:
    from writethru.comparison import Edit

OUTCOMES: Final = MappingProxyType(
    {
        Outcome.SAME: "The article was there and its text is the one we had.",
        Outcome.EDITED: "The article was there with another text than at the look before. Only this makes a version.",
        Outcome.SUSPECT: "The text looked damaged or replaced. It is kept aside until a second look confirms it.",
        Outcome.BLOCKED: "Something stood between us and the article: a bot check, a consent wall, a refusal.",
        Outcome.TEASER: "Only the free opening of the article was shown.",
        Outcome.GONE: "The outlet says that there is no such page.",
        Outcome.MOVED: "The address led somewhere else.",
        Outcome.ERROR: "No usable response came back. This says nothing about the article.",
    }
)
"""What one look can come to."""

REASONS: Final = MappingProxyType(
    {
        Reason.FIRST_SEEN: "the first text seen of this article",
        Reason.TEXT_CHANGED: "the text differs from the one before",
        Reason.RETURNED: "an earlier text of this article is back",
        Reason.ALTERNATING: "known texts are shown in turn: old copies, or a test of two forms",
        Reason.ALTERNATED: "one more turn between known texts; kept, and not reported again",
        Reason.CONFIRMED: "a text that looked suspect stood there again at the next look",
        Reason.REWRITTEN: "the text was written anew from end to end, and stood so at several looks",
        Reason.STATED_BY_SOURCE: "the source itself says that this is another version",
        Reason.NOT_MODIFIED: "the server says that nothing was modified (status 304)",
        Reason.BYTES_EQUAL: "the page is the same, byte for byte",
        Reason.TEXT_EQUAL: "the page differs, the article's text does not",
        Reason.REGION_EQUAL: "the page differs, but not where the article, its notes and its metadata stand",
        Reason.NEW_TEMPLATE: "the outlet has built its pages anew; the article's words are those we had",
        Reason.TEXT_COLLAPSED: "most of the text was missing",
        Reason.TEXT_EMPTY: "no text was found on the page",
        Reason.TEMPLATE_BREAK: "the page is built in a new way, so the text may be misread",
        Reason.OTHER_ARTICLE: "the text has hardly a word in common with the article",
        Reason.ANOTHER_ARTICLE: "the page shown here names itself as another article, and has its text",
        Reason.TRUNCATED: "the response broke off before its stated end",
        Reason.CHALLENGE_PAGE: "a bot check was shown in place of the article",
        Reason.CONSENT_WALL: "a consent wall was shown in place of the article",
        Reason.STATUS_FORBIDDEN: "the server refused (status 401, 402, 403 or 451)",
        Reason.RATE_LIMITED: "the server asked for fewer requests (status 429)",
        Reason.ROBOTS: "robots.txt asks not to be read here, so it was not",
        Reason.PAYWALL: "a paywall hides the rest of the article",
        Reason.STATUS_GONE: "the server says that the page does not exist (status 404 or 410)",
        Reason.SOFT_404: "the page itself says that it was not found",
        Reason.REDIRECT_HOME: "the address led to the home page",
        Reason.REDIRECT_ELSEWHERE: "the address led to another page that is not this article",
        Reason.STATUS_SERVER: "the server failed (status 500 or above)",
        Reason.STATUS_OTHER: "the server answered with a status that brings no article",
        Reason.TIMEOUT: "the answer took too long",
        Reason.CONNECTION: "no connection could be made",
        Reason.REFUSED_ADDRESS: "the address is private or reserved, so it was not asked",
        Reason.TOO_LARGE: "the response was larger than the limit",
        Reason.BROKEN_RESPONSE: "the response broke the protocol or its own encoding",
        Reason.NOT_TEXT: "the response was not a page of text",
        Reason.READING_FAILED: "the page could not be read in the time that a page is given",
    }
)
"""Why an outcome was decided."""

MEDIA: Final = MappingProxyType(
    {
        Medium.HTTP: "fetched by us",
        Medium.WARC: "read from a web archive file made by someone else",
        Medium.PAGE: "read from a saved HTML page",
        Medium.DUMP: "read from a page saved as plain text",
        Medium.JSONL: "read from a line of a versions file",
        Medium.NEWS_SNIFFER: "read from a News Sniffer comparison page",
        Medium.WIRE: "read from a news wire's item (ninjs, NewsML-G2)",
        Medium.MEMENTO: "fetched by us from a web archive, which states the time",
    }
)
"""What kind of evidence a capture rests on."""

BASES: Final = MappingProxyType(
    {
        TimeBasis.OBSERVED: "Timed by our own clock when we looked.",
        TimeBasis.STATED: "Timed by the file it came from; we did not see it ourselves.",
        TimeBasis.RELATIVE: "Only the time between two versions is known, not the date.",
        TimeBasis.IMPORTED: "Not known. The time of import is the latest it can have been.",
    }
)
"""How far the time of a look can be trusted."""

ADDRESSES: Final = MappingProxyType(
    {
        "canonical": "The address under which the article is followed.",
        "redirect": "It led to the article's text.",
        "found": "The file that was imported names it.",
        "stated": "The article's page names it as its own; no look has proved it yet.",
        "contested": "Pages with different texts name it, so it says nothing about any of them.",
        "merged": "It was followed as an article of its own until both showed the same text.",
    }
)
"""Why an address belongs to an article: the kinds of ``model.Alias``."""

OPERATIONS: Final = MappingProxyType(
    {
        "added": "Added",
        "removed": "Removed",
        "rewritten": "Rewritten",
        "moved": "Moved",
        "split": "Split into several sentences",
        "merged": "Joined into one sentence",
        "layout": "Layout",
    }
)
"""What became of a sentence: the values of ``comparison.Op``, which need not be loaded for this."""


def operation_of(edit: Edit) -> str:
    """What became of the sentences of an edit; of one with the same words, what else differs."""
    if edit.op.value == "layout":
        for finding in edit.findings:
            detail = dict(finding.detail)
            if finding.kind.value == "block-kind":
                return f"Same words: {_block(detail['old'])} became {_block(detail['new'])}"
            if finding.kind.value == "paragraphs":
                return f"Same words: paragraph break before them {detail['break']}"
        return "Same words: other white space before them"
    return OPERATIONS[edit.op.value]


def _block(kind: str) -> str:
    name = kind.replace("-", " ")
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


KINDS: Final = MappingProxyType(
    {
        "headline": "in the headline",
        "standfirst": "in the standfirst, the lines between headline and text",
        "byline": "in the names of the writers",
        "dateline": "in the place and date at the head of the text",
        "caption": "in the caption of a picture",
        "credit": "in the credits at the end",
        "correction-note": "a correction or clarification was added, removed or reworded",
        "figure": "a number, an amount or a share is another one",
        "date": "a date or a time is another one",
        "name": "a name is another one, or is spelled differently",
        "quotation-altered": "words inside quotation marks differ",
        "quotation-added": "somebody is quoted who was not",
        "quotation-removed": "a quotation is gone",
        "attribution": "who is said to have said it, or how, differs",
        "negation": "a “not” or its like came or went",
        "modality": "what must, can, may or will be differs",
        "hedge": "“about”, “alleged”, “reportedly” or their like came or went",
        "scare-quotes": "quotation marks around single words came or went",
        "link": "an address in the text differs",
        "order": "the same words stand elsewhere",
        "lead": "in the first paragraph",
        "entry-added": "a live blog has a new entry",
        "entry-removed": "an entry of a live blog is gone",
        "restored": "words of an earlier version are back",
        "block-kind": "a paragraph became a subhead, a quote became a paragraph, and so on",
        "paragraphs": "paragraph breaks differ",
        "spelling": "a word is spelled differently",
        "wording": "other words, of no more particular kind",
        "punctuation": "commas, stops or other signs differ; the words are the same, their sense may not be",
        "typographic": "quotation marks, dashes or spaces of another shape; the words are the same",
        "whitespace": "white space or invisible characters only",
    }
)
"""What an edit is about: the values of ``comparison.Kind``."""

ALARMS: Final = MappingProxyType(
    {
        Alarm.SOURCE_SILENT: "The source brings nothing new although its own rhythm promised several articles",
        Alarm.SOURCE_FAILING: "The source could not be read several times in a row",
        Alarm.OUTLET_ERRORS: "Most looks at the outlet's articles fail",
        Alarm.OUTLET_BLOCKED: "The outlet turns many looks away",
        Alarm.OUTLET_SUSPECT: "Many pages of the outlet cannot be believed",
        Alarm.NEW_TEMPLATE: "The outlet has built its pages anew; its articles are not edited by that",
        Alarm.EXTRACTION_COLLAPSED: "Much less text is read from the outlet's pages than before: a new design, perhaps",
    }
)
"""What each alarm means, in a sentence."""
