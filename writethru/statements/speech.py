"""The words that attribute speech in English, and the noun phrases beside them that say whose it is."""

from __future__ import annotations

import re

from writethru.comparison.lexicon import by_letter, listed
from writethru.statements.calendar import WEEKDAY_NAMES
from writethru.text.tokens import Span

_SAY = (
    "said|says|say|told|tells|added|adds|wrote|writes|asked|asks|noted|notes|announced|announces|argued|argues|"
    "explained|"
    "explains|warned|warns|denied|denies|claimed|claims|insisted|insists|tweeted|tweets|continued|declared|"
    "declares|stated|"
    "states|replied|replies|responded|responds|suggested|suggests|acknowledged|acknowledges|conceded|concedes|admitted|"
    "admits|recalled|recalls|concluded|concludes|predicted|predicts|complained|complains|joked|jokes|stressed|stresses|"
    "reiterated|reiterates|confirmed|confirms|asserted|asserts|alleged|alleges|testified|testifies|lamented|quipped|"
    "exclaimed|remarked|observed|vowed|vows|pledged|promised|promises|agreed|agrees|maintained|contended|cautioned|"
    "countered|recounted|mused|posted|demanded|demands|sang|sings|reported|reports|revealed|reveals|charged|emphasized|"
    "emphasised|boasted|urged|thundered|shouted|commented|comments|yelled|yells|cried|whispered|opined|texted|believes|"
    "believed|thinks|thought|hopes|hoped|fears|feared|estimates|estimated|expects|pointed out|points out|"
    "echoed|echoes|assured|assures|proclaimed|proclaims|mocked|mocks|remembered|remembers|confessed|answered|answers|repeated|interjected|interjects|barked|fumed|retorted|chanted|boomed|pressed|bellowed|screamed|snapped|roared|"
    "continues|questioned|wondered|went on to say|goes on to say|put it|puts it|"
    "shot back|shoots back|fired back|fires back|hit back|hits back|"
    "write|argue|conclude|insist|believe|think|agree|warn|predict|suggest|admit|acknowledge|complain|allege|"
    "contend|maintain|assert|concede|explain|show|shows|showed|find|finds|found|ruled"
)
CUE_WORDS = frozenset(words.split()[0] for words in _SAY.split("|")) | {"according", "words", "read", "reads", "shown"}
"""A sentence without any of these has no cue."""


_SAY = by_letter(_SAY.split("|"))
_PAPERS = "letter|article|statement|report|memo|sign|post|headline|email|note|message|story|banner|caption|leaflet|text"
_READS = [
    *(f"(?<=\\b{paper} )reads?" for paper in _PAPERS.split("|")),
    '(?<=[”"] )reads?(?= (?:one|the|an?|another)\\b)',
    rf"reads?(?= (?:the|a|one) (?:{_PAPERS})\b)",
]
_SAY += f"|(?=r)(?:{'|'.join(_READS)})|(?<=\\bhave )shown|(?<=\\bhas )shown"
_ALSO = (
    r"(?:has|have|had|also|later|then|once|recently|repeatedly|(?-i:would|will)|did|often|always|even|just|still|"
    r"does|do|(?-i:[a-z]++)(?<=\wly)) "
)
NEGATED = re.compile(
    r"(?:\b(?:not|never|nor|cannot|without|(?:declin|refus|fail)ed to|yet to|rather than)|n['’]t)\s+(?:\w+ )?$",
    re.IGNORECASE,
)
"""Before a verb of speech: it was not said, and must not be printed as if it was."""
QUOTE_ONLY = listed(
    "questioned mocked mocks barked fumed retorted interjected interjects repeated answered answers echoed echoes",
    "confessed chanted boomed pressed bellowed screamed snapped roared",
)
LOUD = listed("chanted boomed pressed bellowed screamed snapped roared")
"""Of these, those that report nothing but a quotation."""
"""Verbs that report speech only before a quotation or a clause; "questioned the offer" reports none."""
OF_THINGS = listed(
    "added adds continued continues posted maintained maintain revealed reveals repeated tweeted texted emphasized",
    "emphasised show shows showed find finds found shown ruled agree agreed agrees",
)
"""Verbs with which things are done as well; what stands behind them was said only where it is a clause."""
FINITE = re.compile(
    r"\W*(?:[\w’'-]+ ){1,7}?(?:is|are|was|were|will|would|had|has|have|could|should|can|must|may|might|did|does|do|"
    r"(?:was|were|is|are|do|does|did)n['’]t)\b"
)
WITH_OBJECTS = listed(
    "think thinks thought asked asks argued argues argue complained complains complain wrote writes write"
)
OBJECT = re.compile(r"(?:of|about|for|over|with|to)\b")
"""Behind these verbs: what it was about, and nothing that was said."""
NO_CONTENT = re.compile(r"(?:of|about|for|at|to)\b")
"""Behind "think", "ask" and the verbs of things: no clause follows."""
TOLD_TALE = re.compile(
    r"(?:an?|the|his|her|their) (?:[\w-]+ ){0,2}(?:story|stories|tales?|jokes?|lies?|truth)\b(?! (?:is|was)\b)"
)
"""Behind a cue: that something was told, and not what."""
SAID_SO = re.compile(r"so\b(?! (?:that|many|much|few|far|long|little|called)\b|-)")
"""Behind a cue: what was said stands elsewhere."""
CLAUSE_SIGN = re.compile(r"[“\"]|(?:that|whether|why|how|if|what|when|where|who)\b")
_WHERE_SAID = "statement|interview|email|tweet|speech|letter|memo|phone interview"
CUE = re.compile(
    rf"(?<![\w-])(?<!\bto )(?:{_ALSO})*(?:(?P<say>{_SAY})(?! to be\b)(?!(?:(?<=agree)|(?<=agreed)|(?<=agrees)) "
    rf"(?:to|on|with)\b)(?: in an? (?:{_WHERE_SAID}))?|"
    r"(?P<by>according to|in the words of))(?![\w-])", re.IGNORECASE,
)  # fmt: skip
"""A verb of speech with what belongs to it, or "according to"."""
LABEL = re.compile(
    r"(?:[^“”:]{3,240} [-–—] ?)?"
    r"(?:(?:More )?[Ff]rom (?P<from>(?:the |a )[a-z][\w -]{2,40}|[A-Z][\w’'-]+[’']s [\w -]{3,40}|"
    r"[A-Z][\w’'-]+(?: (?:and )?[A-Z][\w’'-]+){0,3}):\s*|"
    r"(?P<who>(?!(?:Update|Read|Watch|Related|Exclusive|Breaking|Video|Photo|Question|Answer|Note|Correction|Headline|"
    r"Caption|Title|Translation|Transcript|More|See|Q|A)\b)(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. )?"
    r"[A-Z][\w’'-]+(?: (?:and |of |secretary |state |president |minister )*[A-Z][\w.’'-]+){0,4})"
    r"(?: \([^()]{1,24}\))?:\s*)$"
)
"""A name and a colon, and nothing else before a quotation but a headline and a dash, or "from"."""
OF_OTHERS = re.compile(
    r"\b(?:quot(?:e[sd]?|ing)|cit(?:e[sd]?|ing)|according|asked|read(?:s|ing)?|from|by|chant\w*|sign|signs|titled|"
    r"entitled|called|headlined|played|showed|shows?|reference\w*|recall\w*|paraphras\w*|attribut\w*)\b"
)
"""Words before a colon that make the quotation behind it somebody else's, or nobody's."""
ANOTHERS_WORDS = re.compile(
    r"[’']s? (?:[\w-]+ ){0,2}(?:slogan|motto|word|tweet|statement|claim|promise|message|question|post|quote|comment|"
    r"remark|letter|speech|argument|line|warning|phrase)s?\b|"
    r"\b(?:received|receives|got|gets|heard|hears|saw|sees|found|faced|faces|was (?:told|greeted|met|handed)|"
    r"were (?:told|greeted|met)|learned|reviewed|ignored|rejected|mocked|repeated|reacted to|responded to|slogan|motto|"
    r"title|lyrics?)\b|"
    r"(?<!\bto)(?<!\btold)(?<!\bin)(?<!\bon)(?<!\bfor)(?<!\bwith) [A-Z][\w’'-]+ [A-Z][\w’'-]+(?=:)"
)
"""Before a colon: what stands behind it may be somebody else's."""
COLON = re.compile(r":\s*$|\b(?:statement|tweet|email|letter|post|message),\s*$")
_PLAIN = r"(?:(?!(?:that|which|who|whose|when|where|the|an?|his|her|its)\b)[\w’'-]+ )"
BEHIND_ANY = re.compile(
    rf"\s+(?P<who>he|she|it|they|(?:(?:the|an?|one|another|his|her) )?{_PLAIN}{{0,5}}?[A-Z][\w.’'-]+|"
    rf"(?:the|an?|one|another|his|her) {_PLAIN}{{0,3}}?(?!(?:that|which|who|whose)\b)[a-z’'-]+)"
    r"(?P<cue> (?!was\b|is\b|has\b|does\b|his\b|its\b|us\b|this\b|as\b)"
    r"(?:[a-z]{3,}(?:ed|[^su]s)|read)(?: back| out| up| off| on)?|"
    r" went on| cut in)"
    r"(?=[.,:;]| (?:on|in|at|to|of|with|during|after|before|as|when|while|about|from|last|this|earlier|later)\b| [A-Z])"
)
"""Behind a quotation that ends in a comma: whoever stands there before a verb said it, whatever the verb."""
_LEAD = (
    r"(?:(?:Although|Though|If|On|In|At|For|Since|By|From|During|After|Before|When|While|As|Last|Earlier|"
    r"[A-Z]\w+ing)\b[^,]{2,90}, )?"
)
_NO_SUBJECT = (
    "Outside|Inside|Nearby|Across|Around|Alongside|Its|His|Her|Yesterday|Today|Tomorrow|Earlier|Later|Last|"
    f"{'|'.join(WEEKDAY_NAMES)}|From|Since|Here|Here’s|There|Then|"
)
_NO_SUBJECT += "The|This|That|It|In|But|And|When|To|As|While|If|After|Before|At|On|By|For|With|During|Of|[A-Z]\\w+ing"
SUBJECT = re.compile(
    rf"[\"”]?\s*{_LEAD}"
    r"(?P<who>He|She|he|she|They|they|"
    r"(?:(?:[A-Z][\w’'-]+ |[a-z-]+ ){0,4}(?:nominee|candidate|leader|spokesman|spokeswoman|adviser|director|"
    r"chairman|manager|professor|secretary|strategist|president|minister|editor|author|founder) )?"
    rf"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. )?(?!(?:{_NO_SUBJECT})\b)[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){{0,4}}"
    r"(?: and [A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){0,3})?)(?<![’']s)"
    r"(?: \([^()]{1,24}\))?(?:, (?!and\b|but\b)[^,:;“\"]{2,80},)?"
    r"(?= (?:(?!and\b|or\b|of\b)\w+ )?(?!(?:of|and|as|at|but|its|his|this)\b)"
    r"(?:[a-z]+(?:ed|s|t|k|d|w|ke)|rose|came|began|gave|ran|see|say|agree|hope|have|share|deny|believe)\b)"
)
SUBJECT_PHRASE = re.compile(
    rf"{_LEAD}"
    r"(?P<who>(?:The|An?|His|Her|Their|Its|the|an?|his|her|their|its)(?: [\w’'.-]+){1,7}?)"
    r"(?= (?:\w+ly |also |then |once |further |later )?(?:"
    r"(?!limited|based|supposed|united|aged)[a-z]{3,}ed|was|went|gave|sent|made|"
    r"took|put|began|told|wrote|issued)\b)"
)
"""The like with an article, where a colon or a participle leads to a quotation."""
ISSUED = re.compile(
    r"\b(?:released|issued|put out|sent(?: out)?|published|posted|emailed|e-mailed|tweeted|gave|made|read out)\b"
)
"""Whoever did this to a paper says what the paper says."""
AND_BEFORE = re.compile(r"(?:,? (?:and|but|then)|, and then)(?: (?:also|later|then|\w+ly))?\s+$")
"""Between a verb and the cue that shares its subject: "rose and said"."""
CLAUSE = re.compile(r"[;:“]|\b(?:which|who|that(?! clear:)|because|(?<!as )if|whose|where)\b")
"""Between a subject and a joined verb: another clause, whose subject may be another."""
NOUNS = listed(
    "reports report claims claim demands estimates promises comments fears hopes charges thoughts notes",
    "notices states",
)
NOUN_AHEAD = re.compile(
    r" (?:emerged|came|were|was|have|had|has|are|is|suggest|suggested|say|said|about|of|from|"
    r"by|surfaced|began|grew|rose|fell|over)\b"
)
"""Behind a noun that looks like a cue: "reports emerged"."""
NO_VERB = re.compile(r"(?:continued|promised|estimated|believed|feared|alleged|reported|charged|claimed|repeated)\b")
"""Behind a comma without quotation marks these are as good as always adjectives: "he said, continued losses …"."""
ASKED = re.compile(
    r"(?:Asked|Told|Reported|Believed|Thought|Pressed)(?: \w+)? (?:about|by|if|whether|to|that|why|"
    r"how|in|on|what|when)\b"
)
"""A participle at the head of a sentence, which says what somebody was asked."""
SIGNATURE = re.compile(r"[\"”]\s*[―—–-]{1,2}\s*(?P<name>(?:[A-Z][\w.’'-]*)(?:,? [\w.’'()-]+){0,9})\s*$")
"""A name behind a dash behind a quotation."""
ANNOUNCES = re.compile(
    rf"(?P<source>[^,.;:!?\"“”]{{2,80}}?) (?P<cue>(?:{_SAY}))(?: in an? [\w ]{{3,40}})?:\s*$", re.IGNORECASE
)
"""The end of a paragraph before one that is quoted."""
_DAY = "|".join(WEEKDAY_NAMES)
ADDRESSEE = re.compile(
    r"\s+(?:(?:the )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*(?:’s|'s)?(?: [A-Z][\w’']*)*|reporters|him|her|them|me|"
    "us|people|journalists|lawmakers|parliament|delegates|officials|supporters|viewers|readers|MPs|"
    r"(?:the |an? |his |her |its |their )?[a-z]+(?: [a-z]+){0,3}?(?= that\b| to\b| if\b| whether\b|[,:]? “)|"
    r"voters|the [a-z]+(?: (?!(?:in|on|at|during|that|to|of|for)\b)[a-z]+)?)(?![\w’'])"
)
"""Who was told."""
TOLD_WHOM = re.compile(
    r"\s+(?:(?!\b(?:that|if|whether|to|he|she|it|they|we|I|is|are|was|were|will|would|had|has|have|could|should)\b)"
    r"[^,;:“”\s]+ ){1,9}(?=(?:that|if|whether) (?!(?:of|is|was)\b))"
)
"""The same in more words, up to what he was told: "told *a crowd in the old town on Tuesday* that …"."""
OF_DEEDS = listed("urged asked vowed vows promised promises pledged agreed agrees hopes hoped expects warned told")
"""Verbs behind which an infinitive is what was said."""
INFINITIVE = re.compile(r"\s*to (?!(?:the|an?|his|her|its|their|this|[A-Z]\w*)\b)[a-z]+ ")
"""Behind those who were urged: what to do."""
SAID_WITHIN = re.compile(r"\b(?:said|says|told|added|announced|insisted|warned)\b")
TOLD_OF = re.compile(r"\s+(?:that )?(?P<who>(?:the|an?|his|her|its|their)\b)")
"""Who is told of, behind such a word."""
WHEN_SAID = re.compile(
    r"(?:\s+(?:with|to|on|for) [A-Z][^,“:]{2,50}?(?= that\b|,? “|:))?"
    r"(?:,?\s+(?:meanwhile|later|earlier|again|separately|also|however|repeatedly|simply|flatly|bluntly|for example|"
    r"for instance)\b,?)?"
    rf"(?:\s+(?:on |last |this )?(?:{_DAY}|week|month|year|today|yesterday)(?: (?:morning|night|afternoon|"
    r"evening))?)?(?:\s+(?:in|at|from) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?= that\b|[,:]? “))?"
    rf"(?:\s+(?:in|during|at|on) (?:an?|the|his|her|its|their) (?:[\w’'-]+ ){{0,3}}(?:{_WHERE_SAID}|television|"
    r"conference|hearing|debate|briefing|report|podcast)(?: (?:with|to|on|in|for|at) [^,“:]{2,50}?)?"
    r"(?= that\b|,? “|:|,))?"
    r"[,:]?\s*"
)
"""Between a cue and its content: when, where and through what it was said."""
WHERE_THAT = re.compile(
    r"(?:in|on|at|during|after|before|to|from|with|last|this|earlier|by|through|via)\b[^,;:“”]{2,80}?[,:]? (?=that\b|“)"
)
"""Between a cue and its content, where nothing finer is read: up to "that" or a quotation."""
SUBORDINATE = re.compile(
    r"[“\"]?\s*(?:When|While|As|After|Before|If|(?:Ever )?[Ss]ince|Because|Although|Though|Once|Even as|"
    r"(?:When )?[Aa]sked|Pressed)\b[^,]*$"
)
"""From the head of a sentence to a source: the source stands in a clause that another one follows."""
AS_RELATIVE = re.compile(r",\s+(?:which|whom|where)\s+$")
""" "…, *which* Washington says killed …, should": what is said ends at the next comma."""
TURNS = re.compile(r" (?:but|while|though|although|whereas|yet) ")
ANOTHERS = re.compile(r",? (?P<turn>(?:but|while|though|although|whereas|yet) )(?!that\b)(?:[^,;“”]{2,70} )$")
"""Before a cue: another clause begins, whose speaker is another."""
CIRCUMSTANCE = re.compile(
    r",?\s*(?:$|[.]|(?:without|in|on|at|during|after|when|as|while|who|and|but|with|though|although|before|because|"
    r"which|where|whose|according|noting|if|from|to|for|by|about|a|an|the day|his|her|its)\b|\w+ing\b)"
)
"""Behind a cue and a comma: what begins so is not more of what was said."""
CONTINUES = re.compile(
    r",\s+(?:that|would|will|was|were|is|are|has|have|had|could|may|might|should|must|can|did|does)\b"
)
"""Behind a source and a comma: the clause that it interrupted goes on."""
AND_WOULD = re.compile(
    r",\s+(?:and|but) (?!(?:then|later|also)\b)(?:that )?(?:[\w’'-]+ ){1,6}?(?:would|had|could|should)(?:n[’']t)? "
)
"""Behind a cue and a comma: another clause of what was said, put as reported speech puts it."""
ELSEWHERE = re.compile(
    r"\b(?:titled|entitled|called|dubbed|headlined|named),? $|"
    r"\b(?:when|after|as|while|before|because|since|where|who)\b.*\b\w+ing,? $"
)
"""Before a quotation behind a cue and its source: the words are a name, or another's."""
INSIDE = re.compile(r"(?<!\band)(?<!\bbut)(?<!\bthat)(?<!\bor)(?<!\bthen)(?<=[\w’')]) $")
"""The like: it stands inside a clause, and is a name where it is short or begins with a capital."""
RESUMED = re.compile(rf", (?=(?:\w+ly |also |then |has |had )*(?:{_SAY})\b)")
"""A clause with "who" is over, and the verb of the one it tells of follows."""
RESUMED_SO = re.compile(
    r", (?=(?:\w+ly |also |then )*(?:[a-z]{3,}ed|has|had|have|was|were|is|are|will|would|did|does|went|came|took|made|"
    r"gave|ran|left|met|won|lost|sent|wrote|built|began)\b(?! (?:and|or)\b))"
)
"""The same with another verb than one of speech."""
ANOTHER_DOES = re.compile(
    r",? and (?:his|her|the|an?|their|its|[A-Z][\w’'-]+)"
    r"(?: (?!(?:who|which|that|whose)\b)[\w’'-]+){0,4}? (?:[a-z]+ed|cut|broke|shot|came)\b"
)
"""Behind a source: somebody else does something."""
VERB = re.compile(
    r"\b(?:\w+n['’]t|is|are|was|were|will|would|had|has|have|could|should|can|must|may|might|did|does|do|"
    r"[a-z]{2,}ed)\b"
)
"""Of a clause."""
TO_COLON = re.compile(r"(?!\s*(?:that|if|whether|how|why)\b)(?:(?! - | that )[^:;“”–—]){1,90}:\s*(?=“)")
"""Between a cue and a quotation."""
WHEN_AND_WHERE = re.compile(
    r",?\s*(?:after|before|when|as|on|in|at|during|to|of|about|following|while|with|this|from|last|through|via)\b|"
    rf",? (?:{_DAY})\b"
)
ENDS_QUOTED = re.compile(r"[.!?…]”(?=\s+[A-Z])")
"""A quotation ends, and another sentence begins."""
ON_PAPER = re.compile(rf"\b(?:{_PAPERS})s?$")
"""Before "saying": what says so is a thing."""
ENDS = re.compile(
    rf"\s*(?:[.]|$|(?:in|on|at|during|after|of|to|later|{_DAY}|"
    r"(?:yesterday|today|tonight|earlier)\b(?!.* that ))\b[^\"“]*$)"
)
"""What stands behind a cue that ends its sentence: nothing, or when and where."""
SPEAKS = re.compile(
    rf"(?:He|She|They|(?:(?:The|An?|One|His|Her) )?(?:[\w’'-]+ ){{0,3}}?[\w’'.-]+(?:, [^,.;“”]{{3,90}},)?)"
    rf" (?:\w+ly |then |also )?(?:{_SAY}|Tweeted)"
    rf"(?:[.,]|$| (?:in|on|at|to|of|with|during|after|as|when|while|about|from|\w+ly|"
    rf"later|{_DAY}|[A-Z]\w+)\b)(?![^.“”]{{0,60}}(?:“|\bthat\b|\bwhether\b|\bif\b))"
)
"""A sentence that says who said the quotation in front of it: "Why now?" *the mayor asked.*"""
TOLD_NEXT = re.compile(rf"\.”\s+(?=(?:[^\W\d_][\w.'’-]*\s+){{1,4}}?(?:{_SAY})(?:, | that |: ?)“)")
"""Between two sentences: "… a wreck.” *He added, “*"."""
APPOSED = re.compile(
    r",\s+(?:(?:an?|the|who|whose|which|one|his|her|its|their|of|now|then|also|both|[RDI]-|\d\d?)\b|"
    r"[^,]*\b(?:of|for|at|from|with)\b)[^,]*,\s*$|"
    r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Aa]nother)|\w[’']s?) [^,.;“”]{2,60},\s+"
    r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4},\s*$|[A-Z]\w*,\s+(?:\d\d|[RDI]-[A-Z][\w.]*|[A-Z][a-z]+\.?),\s*$"
)
"""Ends with words between commas that say who somebody is."""
OPENS = re.compile(r"\s*(?:But|And|So|Still|Yet|However|Now|Then),\s*")
"""What may stand before a cue that begins its sentence: "But, said Holm, …"."""


def trimmed(text: str, start: int, end: int) -> Span:
    """Without white space at the ends, and without signs that part clauses; a comma in front goes too."""
    while start < end and (text[start].isspace() or text[start] in ",;:—–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ";:—–"):
        end -= 1
    return Span(start, end)
