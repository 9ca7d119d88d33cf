"""What a page asks of its readers, or says of its own business, by the words of one block alone.

Disclosures of commissions, calls to buy, join or share, and bylines set as text. Each pattern is anchored at the
block's first word and most at its last, so that a sentence of an article that merely has such words is left alone.
"""

from __future__ import annotations

import re

LONGEST = 600  # a longer block is text, whatever it begins with
_SHORT = 140  # calls to do something are short

_DISCLOSURE = re.compile(
    r"\A\W*(?:"
    r"we\s+(?:may|might|could)?\s*(?:earn|receive|get|make)\s+(?:an?\s+)?(?:small\s+|affiliate\s+)?"
    r"(?:commissions?|compensation)\b"
    r"|we\s+may\s+be\s+compensated\s+(?:when|if)\b"
    r"|(?:this|our)\s+(?:post|article|page|site|website|story|review|guide|podcast|blog|newsletter|recipe|list)\s+"
    r"(?:may\s+|might\s+)?(?:contains?|includes?|uses?)\s+"
    r"(?:\w+\s+){0,2}affiliate\b"
    r"|(?:all\s+)?(?:the\s+)?(?:products?|items?|services)\b[^.!?]{0,60}\b(?:chosen|selected|reviewed)\s+independently\s+by\b"
    r"|(?:editorial\s+note|disclosure|disclaimer|note|affiliate\s+(?:disclosure|disclaimer|links?))\s*:[^\n]{0,200}"
    r"\b(?:affiliate\s+(?:links?|marketer|partner|program)|commissions?\s+(?:for|on|from|at|if|when)|qualifying\s+purchases)\b"
    r"|(?:as\s+an?\s+(?:amazon\s+)?(?:associate|affiliate)|when\s+you\s+(?:buy|purchase|shop)\s+(?:through|via|using))\b[^.!?]{0,120}"
    r"\b(?:earn|commissions?)\b"
    r"|if\s+you\s+(?:[^.!?]{1,40}\s+and\s+)?(?:buy|purchase|click)[^.!?]{0,80},\s*(?:we|i)\s+(?:may|might|will)\s+(?:earn|receive|get)\b"
    r"|(?:some|many|all|most)\s+of\s+the\s+links\s+(?:in|on)\s+(?:this|our)\s+\w+\s+(?:are|may\s+be)\s+(?:\w+\s+)?affiliate\b"
    r"|(?:by\s+using\s+(?:the|our|my)\s+)?affiliate\s+links\b[^.!?]{0,80}\b(?:in|on)\s+(?:this|the|our)\s+(?:\w+\s+)?(?:post|article|page|site)\b"
    r"|every\s+(?:item|product)\s+(?:on|in)\s+this\s+(?:page|list|story|article)\s+(?:was|has\s+been|is)\b"
    r"|(?:buying|purchases?|shopping)\s+(?:made\s+)?(?:through|via)\s+(?:our\s+)?links\b"
    r"|we(?:\s+are|[’']re)\s+(?:a\s+)?reader[- ]supported\b"
    r"|we\s+independently\s+(?:test|review|research|evaluate|select|choose)\w*\b"
    r"|accuracy\s+and\s+availability\s+of\s+[\w ]{2,30}\btranscripts\s+may\s+vary\b"
    r"|this\s+is\s+an\s+open[- ]access\s+article\s+(?:distributed|published|licen[sc]ed)\s+under\b"
    r"|(?-i:The\s+post\s+[^\sa-z][^\n]{3,200}\sappeared\s+first\s+on\s+[^\sa-z][^\n]{2,60})\Z"
    r")",
    re.I,
)
_NO_ADVICE = re.compile(
    r"\A\W*(?:[^.!?]{2,80}[,.]?\s+is\s+an?\s+registered\s+investment\s+advis[eo]r\.\s+advisory\s+services\b"
    r"|[^.!?]{2,80}\bdo(?:es)?\s+not\s+provide\s+(?:\w+,\s+)*(?:\w+\s+or\s+)?(?:tax|legal|accounting|investment)"
    r"\s+advice\.\s+this\s+material\b)",
    re.I,
)
_CALL = re.compile(
    r"\A\W*(?:"
    r"get\s+started(?:\s+(?:for\s+free|today|now|here|free))?"
    r"|(?:talk|speak)\s+(?:to|with)\s+(?:our|an?)\s+(?:\w+\s+){0,3}(?:experts?|team|specialists?|advis[eo]rs?)\b.{0,60}"
    r"|join\s+(?:our|the|my)\s+(?:mailing\s+list|(?:facebook|telegram|whatsapp)\s+(?:group|channel|page))\b.{0,100}"
    r"|stay\s+(?:connected|in\s+touch)\s+with\s+(?:me|us)"
    r"|help\s+(?:me|us)\s+spread\s+the\s+word\b.{0,60}"
    r"|(?:pin|save)\s+(?:this|it)?\s*(?:recipe|post|article)?\s*for\s+later"
    r"|(?:get|download|grab)\s+(?:the|our|your|my)\s+free\s+[\w -]{1,40}"
    r"|how\s+was\s+this\s+(?:issue|article|post|newsletter)|was\s+this\s+(?:\w+\s+)?(?:article|page|post)?\s*helpful"
    r"|here[’']s\s+the\s+unsubscribe"
    r"|want\s+to\s+use\s+code\s+from\s+this\s+post\b.{0,60}"
    r"|(?:comment|discuss)\s+(?:via|on|at)\s*:.{0,80}"
    r"|(?-i:Follow\s+(?:[A-Z@][\w’'.-]*)(?:\s+[A-Z][\w’'.-]*){0,3})(?:\s+on\s+\w+)?"
    r"|join\s+[\w ]{2,20}\s+for\s+free\s+to\b.{0,60}"
    r"|buy\s+(?:now|it|yours)\b.{0,60}|shop\s+(?:now|here)\b.{0,40}"
    r"|this\s+(?:story|article|work|reporting)\s+is\s+(?:funded|supported|made\s+possible)\s+by\s+(?:our\s+)?readers\b.{0,40}"
    r"|(?:love|like|enjoy(?:ed|ing)?)\s+[^.!?]{1,60}\?\s*tell\s+your\s+friends\b.{0,60}"
    r"|(?:receive|get|have)\b.{1,60}\b(?:delivered|sent|straight)\s+(?:straight\s+|right\s+)?(?:in)?to\s+your\s+(?:inbox|email)"
    r"|advertisement\s*:.{1,60}|(?:or\s+)?call\s+us(?:\s+(?:directly|today|now|at|on))?\b[\W\d]{0,4}[\d\w() +-]{0,30}"
    r"|e-?mail\s*:\s*\S+@\S+"
    r"|was\s+this\s+(?:newsletter|e-?mail|issue)\s+forwarded\s+to\s+you\?.{0,80}"
    r"|summari[sz]e\s+(?:this|the)\s+(?:article|post|page)\s+(?:with|using)\b.{0,40}|you\s+are\s+(?:not\s+)?(?:signed|logged)\s+(?:in|out)"
    r"|prevent\s+your\s+screen\s+from\s+going\s+dark\b.{0,40}|(?:cook|bake|cooking)\s+mode"
    r"|start\s+(?:your|a)\s+free\s+trial\b.{0,60}|(?:enjoy(?:ed)?|like[d]?|love[d]?)\s+(?:this|the)\s+(?:post|article|recipe)\?\s*(?:pin|save|share)\b.{0,60}"
    r"|(?:to\s+(?:find\s+out|learn|know|discover)\s+more\b[^.!?]{0,90},\s+)?(?:book|schedule|request)\s+(?:your|a)\s+(?:free\s+)?(?:demo|consultation|call|tour)\b(?:\s+today|\s+now)?"
    r"|if\s+you\s+(?:liked|enjoyed)\s+this\s+(?:post|article|story)\b[^.!?]{0,20}\byou\s+(?:might|may|will|[’']ll)\b.{0,40}:"
    r"|jump\s+to\s+(?:the\s+|a\s+)?(?:\w+\s+)?(?:list|recipe|section|comments|content|video|topic)"
    r"|support\s+[\w .]{2,40}!\s+donate\b.{0,100}"
    r")\W*\Z",
    re.I,
)
_SIGNED = re.compile(
    r"\A\W*(?:written|posted|published|reported)\s+by\s*:?\s+[^.!?]{2,60}\Z",
    re.I,
)
_RECIPE = re.compile(
    r"\A\W*did\s+you\s+(?:make|try|cook|bake)\s+(?:one\s+of\s+my|this|these|my|our)\s+recipes?\b", re.I
)

_WE = re.compile(r"\b(?:us|our|ours|we)\b", re.I)
_YOU = re.compile(r"\b(?:you|your|yours|readers|subscribers|supporters|members)\b", re.I)
_KEPT_UP = re.compile(
    r"\b(?:donat\w+|contribut\w+|subscri\w+|costs?\s+money|paid\s+for|pay\s+for|fund(?:s|ed|ing)?|support\w*|"
    r"(?:a|per|each|every)\s+(?:week|month|year)|independen\w+|advertis\w+|membership|free\s+to\s+(?:read|all)|"
    r"help\s+us|your\s+(?:help|gift)|chip\s+in|keeps?\s+(?:us|going)|join\s+us|become\s+a\s+(?:member|patron)|without\s+you|"
    r"newsrooms?|journalism|no\s+owners?)\b",
    re.I,
)
_QUOTED = ('"', "“", "«", "„", "'", "‘", "—", "–")


def asks_for_support(text: str) -> bool:
    """Whether an outlet speaks of what keeps it up, to its readers or of itself.

    Sentences of an article can say the same: to be asked of boxes that stand apart only.
    """
    if len(text) > _SHORT * 2 or text[:1] in _QUOTED or "”" in text or '"' in text:
        return False
    return bool(_KEPT_UP.search(text)) and bool(_WE.search(text) or _YOU.search(text))


def appeal(text: str) -> str:
    """Name of the kind of appeal the block is (``disclosure``, ``call``, ``signature``), or ""."""
    if len(text) > LONGEST:
        return ""
    if _DISCLOSURE.match(text) or (" advi" in text.lower() and _NO_ADVICE.match(text)):
        return "disclosure"
    if len(text) <= _SHORT and _CALL.match(text):
        return "call"
    if len(text) <= _SHORT and _SIGNED.match(text):
        return "signature"
    return "call" if _RECIPE.match(text) else ""
