"""Lines that are furniture, notes, captions or gates by their words alone.

General phrases in the languages of the benchmark pages; each pattern is anchored, so a sentence of
an article that merely contains such words is left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FLAGS = re.I


def _starts(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"\A[\s\W]*(?:" + "|".join(phrases) + r")", _FLAGS)


def _whole(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"\A[\W_]*(?:" + "|".join(phrases) + r")[\W_]*\Z", _FLAGS)


NOTE = _starts(
    r"(?:corrections?|clarifications?)(?:\s*\([^)]{1,60}\))?(?:\s+(?:and|&)\s+clarifications?)?"
    r"(?:,?\s+\w+\.?\s+\d{1,2}(?:,\s*\d{4})?|,?\s+\d{1,2}\s+\w+(?:\s+\d{4})?)?\s*[:—–-]",
    r"(?:this|the)\s+(?:article|story|piece|post|report|headline|column|page|item)\s+(?:was|has\s+been|is|"
    r"were)\s+(?:\w+\s+)?(?:amended|corrected|clarified|revised|updated\s+(?:to\s+(?:correct|clarify|reflect|"
    r"remove|include|add)|on\s.{4,60}\bto\b))",
    r"(?:an|a)\s+(?:earlier|previous|original|prior)\s+version\s+of\s+(?:this|the)",
    r"in\s+an\s+(?:earlier|previous)\s+version\s+of\s+th",
    r"(?:the|this)\s+(?:original|earlier)\s+version\s+of\s+this\s+(?:article|story|post|piece|report)\s",
    r"editor[’']?s?[’']?s?\s+note\s*[:—–-]",
    r"(?:amendment|erratum|errata)\s*[:—–-]",
    r"we\s+have\s+(?:corrected|amended|updated)\s+this\s+(?:article|story)",
    r"(?:korrektur|berichtigung|anmerkung\s+der\s+redaktion|rectificatif|rectificación|fe\s+de\s+errat\w+|"
    r"rettifica|errata\s+corrige|rectificatie|sprostowanie|rettelse|rättelse|oikaisu|исправление|уточнение|"
    r"поправка|تصحيح|توضيح|تنويه|תיקון|訂正|おことわり|更正|勘误|정정)\s*[:：—–-]",
)

NOTE_LABEL = _whole(
    "correction", "corrections?", "clarification", "corrections? (?:and|&) clarifications?", "editor[’']s note"
)

COPYRIGHT = re.compile(r"\A\s*(?:©|\(c\)|copyright\b).{0,12}(?:19|20)\d\d\b", _FLAGS)

AGO_AT_END = re.compile(
    r"[|•·,–—-]\s*(?:\d+|an?)\s+(?:min(?:ute)?s?|hrs?|hours?|days?|weeks?|months?|years?)\s+ago\W*\Z", _FLAGS
)

AGO = _starts(
    r"(?:last\s+)?(?:updated?|published|posted|modified|edited)\s*:?\s*(?:about\s+|over\s+)?(?:\d+|an?|one|"
    r"two)\s*(?:s|m|h|d|min(?:ute)?s?|hrs?|hours?|days?|weeks?|months?|years?|seconds?|secs?)\s+ago",
    r"(?:about\s+)?(?:\d+|an?)\s+(?:min(?:ute)?s?|hrs?|hours?|days?|weeks?|months?|years?|seconds?)\s+ago\b.{0,20}\Z",
    r"(?:vor|il y a|hace)\s+\d+\s+\w+.{0,10}\Z",
)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
META_RUN = re.compile(
    r"(?:(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified)\s*(?:on|at)?\s*:?\s*)?(?:"
    rf"(?:[a-z]{{3,9}}day,?\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}},?)\s+\d{{4}}|\d{{4}}-\d\d-\d\d|"
    r"\d{1,2}[:.]\d{2}\s*(?:am|pm|utc|gmt|[ce]?est|bst)?|(?:\d+|an?)\s+(?:min(?:ute)?|hour|day)s?\s+ago|"
    r"\d+\s*-?\s*min(?:ute)?s?\s+read|\d+\s+(?:shares?|comments?|views?|likes?))[\s|•·,;/–—-]*){2,8}",
    _FLAGS,
)
"""Date, time, age, reading time and counts in one line below a headline, with or without signs between them."""

DATE_LINE = _starts(
    r"(?:(?:this\s+)?(?:page|article|story|content)\s+(?:was\s+)?)?(?:(?:first|last|originally)\s+)?(?:updated?|published|posted|modified|created|edited|revised|"
    r"issued)(?:\s+(?:on|at|date|by))?\s*:?\s+.{0,12}\d{1,4}[\s,./-].{0,50}\Z",
    r"(?:veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|"
    r"gepubliceerd|opublikowano|publicerad|oppdatert)\b.{0,80}\d.{0,30}\Z",
    r"\d{1,2}[:.]\d{2}\s*(?:am|pm|uhr|[A-Z]{2,4})?\Z",
)

READ_MORE = _starts(
    r"read\s+(?:more|also|next|on|the\s+full|the\s+rest|our|this)\b\s*(?:about|:|\||[-–—>»]|here|stories|on\b|\Z|"
    r".{0,140}\Z)",
    r"(?:also\s+read|see\s+also|see\s+more|more\s*:|learn\s+more|find\s+out\s+more|watch\s*(?:more|now|also|:|\||"
    r"live)|listen\s*(?:to\s+(?:this|the)|now|:|\|)|view\s+(?:more|gallery|comments|all))",
    r"(?:related|recommended|trending|popular|don[’']t\s+miss|must\s+read|editor[’']?s[’']?\s+(?:picks?|choice)|"
    r"you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested|have\s+missed)|most\s+(?:read|popular|viewed|"
    r"shared))\b\s*(?::|\||stor|article|content|post|news|reading|link|topic|cover|\Z|in\b|on\b|video)",
    r"(?:more|latest)\s+(?:from|on|in|about|stories|news|articles|headlines|coverage|top|like\s+this)\b.{0,80}\Z",
    r"(?:click|tap)\s+(?:here|to|on|the)\b.{0,100}\Z",
    r"(?:in-depth|full|live|special|complete|continuing)\s+coverage\b",
    r"(?:lesen\s+sie\s+(?:auch|mehr|hier|dazu)|mehr\s+(?:zum\s+thema|lesen|dazu)|auch\s+interessant|zum\s+thema|"
    r"weiterlesen|lire\s+(?:aussi|la\s+suite)|à\s+lire|voir\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)|"
    r"lea\s+(?:también|mas|más)|lee\s+(?:también|más)|te\s+puede\s+interesar|leggi\s+anche|lees\s+(?:ook|meer|"
    r"verder)|leia\s+(?:também|mais)|veja\s+(?:também|mais)|czytaj\s+(?:także|też|więcej|również)|"
    r"zobacz\s+(?:także|też|również)|baca\s+juga|læs\s+(?:også|mere)|läs\s+(?:också|mer|även)|les\s+(?:også|mer)|"
    r"lue\s+(?:myös|lisää)|читайте\s+(?:также|ещё|еще)|смотрите\s+также|關連|関連記事|相关|延伸閱讀|推薦閱讀)",
)

SHORT_FURNITURE = _whole(
    r"advertise?ments?|advert|ad|ads|sponsored(?:\s+(?:content|links?|by.{0,40}))?|promoted(?:\s+\w+)?|"
    r"paid\s+(?:content|post)|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|annons|annonse|annonce|"
    r"reklama|reklam|reklame|реклама|iklan|mainos|advertorial|sponsorisé|広告|广告|廣告|الإعلان",
    r"(?:article|story|content)\s+continues\s+(?:below|after)(?:\s+(?:this\s+)?(?:ad\w*|advertisement|promo\w*))?|"
    r"continues?\s+(?:below|after\s+.{0,30})|continue\s+reading.{0,60}|skip\s+(?:past|to|advert|ad).{0,60}|"
    r"end\s+of\s+.{0,60}|scroll\s+(?:down|to).{0,40}|story\s+continues.{0,40}",
    r"(?:email|print|share|save)\s+(?:this\s+)?(?:article|story|page)|send\s+feedback|printable\s+version|"
    r"e-?mail\s+this\s+to\s+a\s+friend|bookmark(?:\s+this)?(?:\s+with)?|(?:leave|post|add|write)\s+(?:a|"
    r"your)?\s*(?:comment|reply)s?|(?:\d+|no|view|show|hide|all|load\s+more)\s+comments?(?:\s+\(\d+\))?|"
    r"join\s+the\s+(?:conversation|discussion)|(?:log|sign)\s*(?:in|up|out)(?:\s+.{0,30})?|subscribe(?:\s+(?:now|"
    r"today|here|to\s+.{0,60}))?|register(?:\s+now)?|close|menu|search|next|previous|back(?:\s+to\s+top)?|"
    r"loading\.*|play(?:\s+video)?|watch(?:\s+live)?|listen|replay|pause|mute|fullscreen|image|photo|photos|video|"
    r"gallery|enlarge(?:\s+(?:this\s+)?image)?|toggle\s+\w+|view\s+(?:image|photos?|gallery)(?:\s+in\s+\w+)?|"
    r"open\s+image.{0,40}|hide\s+caption|show\s+caption|\d+\s*(?:/|of)\s*\d+|image\s+\d+\s+of\s+\d+|"
    r"show\s+(?:more|less|all)|see\s+(?:more|all)|view\s+all|分享(?:让更多人看到|到[^。，]{0,12})?|[_|~=-]+",
    r"(?:topics?|tags?|keywords?|categor(?:y|ies)|filed\s+under|tagged|posted\s+in|sections?|mehr\s+zum\s+thema|"
    r"themen|schlagworte|mots[- ]clés|etiquetas|temas|tópicos|argomenti|onderwerpen|тэги|"
    r"теги)(?:\s+in\s+this\s+(?:article|story))?\s*(?::.{0,200})?",
    r"(?:we\s+use|this\s+(?:site|website)\s+uses)\s+cookies.{0,300}|(?:accept|reject|manage)\s+(?:all|cookies|"
    r"preferences|settings).{0,40}",
    r"all\s+rights\s+reserved|.{0,40}(?:©|\(c\)|copyright)\s*(?:\d{4}|by).{0,160}",
    r"featured\s+(?:on|video|stories|posts?|articles?|content)(?:\s+.{0,40})?|promoted\s+video|top\s+(?:stories|"
    r"headlines|news|picks)|latest(?:\s+(?:news|stories|headlines|videos?))?|breaking(?:\s+news)?|"
    r"what\s+to\s+(?:read|watch)\s+next|up\s+next|recommended(?:\s+for\s+you)?|(?:from\s+)?around\s+the\s+web"
    r"(?:\s+promoted\s+by.{0,30})?|slideshow(?:\s*\(\s*\d+\s+images?\s*\))?|our\s+standards\s*:.{0,60}|from\s+(?:our|"
    r"the)\s+(?:partners?|web).{0,30}|you\s+may\s+like|more\s+stor(?:y|ies)|related|comments?",
    r"(?:about\s+the\s+author|author)s?|reading\s+time.{0,20}|\d+\s*[- ]?min(?:ute)?s?\s+read|"
    r"estimated\s+read.{0,30}|[\d.,]+k?\s+(?:shares?|likes?|views?|votes?|reactions?)|visited\s+[\d.,]+\s+times.{0,40}|(?:listen|lesezeit|"
    r"temps\s+de\s+lecture|tiempo\s+de\s+lectura).{0,30}",
)

BUTTON = _whole(
    r"(?:share|tweet|pin|email|e-mail|print|save|like|follow|reply|comment|comments|copy\s+link|facebook|twitter|"
    r"whatsapp|linkedin|reddit|pinterest|telegram|flipboard|tumblr|messenger|instagram|google\+?|x|sms|"
    r"more)(?:\s+(?:this|on|via|to|us|article|story|page|link|with|by|in|a|friend|the|your|copy|facebook|twitter|"
    r"whatsapp|linkedin|reddit|pinterest|telegram|email|instagram|friends|it|post|whats\s*app|x|messenger)){0,6}",
)

SIGN_UP = _starts(
    r"[^.!?]{0,80}\bnewsletters?\b[^.!?]{0,50}\Z",
    r"(?:sign\s*up|subscribe|register)\s+(?:(?:now|here|today)\s+)?(?:for|to|with)\b.{0,200}(?:newsletter|email|"
    r"e-mail|inbox|alert|briefing|digest|updates|channel|mailing|free|daily|weekly|podcast|youtube)",
    r"(?:get|receive|start\s+your\s+day\s+with|stay|want)\b.{0,160}(?:newsletter|"
    r"in(?:to)?\s+your\s+(?:email\s+)?inbox|sign\s*up|email\s+(?:updates|alerts|briefing))",
    r"(?:our|the|this)\s+(?:\w+\s+){0,4}newsletter\b.{0,160}",
    r"(?:follow|find|like|join)\s+(?:us|me|him|her|\w+\s+\w+|@\w+|the\s+\w+|.{2,30})\s+on\s+(?:facebook|twitter|"
    r"instagram|x\b|linkedin|whatsapp|telegram|tiktok|youtube|google\s+news|social|threads|bluesky).{0,160}\Z",
    r"download\s+(?:the|our)\s+.{0,60}\bapp\b",
    r"[^.!?]{0,160}\band\s+follow\s+us\s+on\s+(?:facebook|twitter|instagram|linkedin|tiktok|youtube|x|bluesky)\b.{0,100}\Z",
    r"(?:[^.!?]{0,60}[.!]\s+)?(?:talk|speak|chat)\s+(?:to|with)\s+(?:one\s+of\s+)?our\b[^.!?]{0,60}\b"
    r"(?:experts?|specialists?|advis[eo]rs?|sales)(?![^.!?]*[.?])",
    r"(?:schedule|book|request)\s+(?:your|a)\s+free\s+(?:consultation|demo|call|quote|trial|audit)\b[^.!?]{0,40}!?\Z",
    r"(?:support|donate|become\s+a\s+(?:member|subscriber|patron|supporter)|already\s+a\s+(?:subscriber|member)|"
    r"not\s+a\s+subscriber).{0,160}\Z",
    r"(?:have\s+you\s+tried|why\s+not\s+try)\b.{0,120}\bapps?\b",
    r"(?:for\s+more|to\s+(?:get|receive|read)\s+(?:more|the\s+latest))\b.{0,80}\b(?:follow|subscribe|sign\s*up|"
    r"visit|click|download)\b.{0,120}\Z",
    r"(?:do\s+you\s+have|got|have)\s+(?:a|any|an)\s+(?:story|tip|news\s+tip|comment|question|"
    r"information)\b.{0,200}(?:email|e-mail|contact|@|send|call|let\s+us)",
    r"ニュースレター(?:の|を|に|へ)[^。]{0,40}(?:登録|購読|配信)|[^。]{0,20}メールアドレス[^。]{0,20}登録|登録済みです",
    r"(?:abonnieren\s+sie|newsletter\b|abonnez-vous|suscríbete|suscríbase|iscriviti|registr[aei]\w*|"
    r"inscrivez-vous|schrijf\s+je\s+in|assine|zapisz\s+się|подпиш)",
)

GATE = re.compile(
    r"(?:subscribe|sign\s*(?:up|in)|log\s*in|register|become\s+an?\s+(?:paid\s+|full\s+)?(?:subscriber|"
    r"member))\b[^.]{0,60}\b(?:to\s+(?:continue|keep|read|unlock|access|finish|view)|for\s+(?:full|"
    r"unlimited)\s+access)"
    r"|(?:this|the\s+(?:full|rest\s+of\s+this))\s+(?:article|story|content|post)\s+is\s+(?:for|only|reserved|"
    r"available|exclusive)\b[^.]{0,40}\b(?:subscribers|members|premium)"
    r"|to\s+(?:continue\s+reading|read\s+(?:the\s+full|more\s+of\s+this|this))\b[^.]{0,80}\b(?:subscribe|"
    r"sign\s*(?:up|in)|log\s*in|register|subscription)"
    r"|you\s+have\s+(?:reached|read)\s+your\s+(?:limit|free|last|\w+\s+free)"
    r"|already\s+a\s+subscriber\?|\A\W*unlock\s+(?:this|the\s+full)\s+(?:article|story)\b"
    r"|(?:lesen\s+sie\s+(?:diesen|den)\s+artikel\s+mit|jetzt\s+(?:weiterlesen|abonnieren)|réservé\s+aux\s+abonnés|"
    r"cet\s+article\s+est\s+réservé|contenido\s+exclusivo\s+para\s+suscriptores|artikel\s+ist\s+exklusiv)"
    r"|(?:هذا\s+(?:المقال|المحتوى|الخبر)\s+(?:للمشتركين|خاص\s+بالمشتركين|مخصص\s+للمشتركين)|"
    r"اشترك\s+(?:لمتابعة|لقراءة|لإكمال)|للمشتركين\s+فقط)"
    r"|続きを読むには|続きをご覧(?:になる|いただく)には|有料会員限定|会員限定(?:の)?記事|この記事は(?:有料)?会員"
    r"|订阅后(?:继续|可)阅读|(?:仅限|只限)(?:会员|订阅)|訂閱以?繼續閱讀|會員專屬|유료\s*회원|구독자\s*전용"
    r"|(?:только|доступ\w*)\s+(?:для\s+)?подписчик\w+|оформите\s+подписку",
    _FLAGS,
)

_GATE_WORDS = (
    *(
        "subscri",
        "sign up",
        "sign in",
        "signup",
        "signin",
        "sign\xa0",
        "log in",
        "login",
        "log\xa0in",
        "regist",
        "become",
    ),
    *(
        "members",
        "premium",
        "your",
        "unlock",
        "lesen",
        "jetzt",
        "réservé",
        "exclusivo",
        "exklusiv",
        "للمشتركين",
        "اشترك",
    ),
    *("المشتركين", "続き", "会員", "会员", "订阅", "訂閱", "會員", "유료", "구독자", "подписк", "подписч"),
)
"""One of these stands in every text that ``GATE`` finds."""


def is_gate(text: str) -> bool:
    """Whether a text says that the rest is for subscribers (``GATE``, asked only where one of its words stands)."""
    lowered = text.lower()
    for word in _GATE_WORDS:
        if word in lowered:
            return bool(GATE.search(text))
    return False


END_OF_BODY = _whole(
    r"(?:related|recommended|more|further|similar|popular|latest|other|top)\s+(?:stor(?:y|ies)|articles?|posts?|"
    r"news|content|topics?|reading|links?|coverage|videos?|headlines|products|searches)(?:\s+.{0,40})?",
    r"you\s+(?:may|might|could)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in|have\s+missed)|more\s+(?:from|on|"
    r"in|about|like)\b.{0,60}|(?:read|see|what\s+to\s+(?:read|watch))\s+(?:next|also|more)|most\s+(?:read|popular|"
    r"viewed|shared|recent|commented)(?:\s+.{0,30})?|trending(?:\s+(?:now|stories|topics|news))?|"
    r"around\s+the\s+web|from\s+(?:our\s+partners|around\s+the\s+web|the\s+web)|don[’']t\s+miss|"
    r"editors?[’']?s?[’']?\s+(?:picks?|choice)|recommended(?:\s+for\s+you)?|up\s+next|sponsored(?:\s+\w+)?|"
    r"promoted(?:\s+\w+)?",
    r"(?:leave\s+(?:a|your)\s+(?:comment|reply)|(?:\d+\s+)?comments?(?:\s*\(\d+\))?|\d+\s+(?:responses?|replies|"
    r"thoughts)\s+(?:to|on).{0,160}|(?:post|add)\s+a\s+comment|discussion|join\s+the\s+(?:conversation|discussion))",
    r"about\s+(?:the\s+)?authors?|(?:share|tags?|topics?|filed\s+under)(?:\s+.{0,30})?:?|related(?:\s+.{0,40})?|"
    r"in\s+this\s+section|also\s+in\s+.{0,30}",
    r"(?:mehr\s+zum\s+thema|auch\s+interessant|das\s+könnte\s+sie\s+auch\s+interessieren|sur\s+le\s+même\s+sujet|"
    r"à\s+lire\s+aussi|lire\s+aussi|te\s+puede\s+interesar|noticias\s+relacionadas|leggi\s+anche|"
    r"potrebbe\s+interessarti|lees\s+ook|leia\s+também|veja\s+também|zobacz\s+także|kommentare|commentaires|"
    r"comentarios)",
)

PHOTO_CREDIT = re.compile(
    r"(?:(?<=[.!?”\"]\s)(?:REUTERS|AFP|AP|EPA|PA|dpa|EFE|Getty(?:\s+Images)?|Xinhua|TASS|Alamy|Supplied|Submitted\s+photo)|"
    r"(?<=\S\s)\[[^\[\]]{2,40}\]|\([^()/]{2,30}/[^()/]{2,40}\)|"
    r"\b(?:REUTERS|AFP|AP|EPA|Getty(?:\s+Images)?|PA|Alamy|Rex|Shutterstock|dpa|EFE|Bloomberg|Xinhua|"
    r"TASS)\s*(?:Photo\s*)?/\s*[\w'’. -]{2,40}|"
    r"\[(?:[^\[\]]{0,40}/)?(?:Reuters|AFP|AP|EPA|Getty(?:\s+Images)?|Al\s?Jazeera|File|PA|AP\s+Photo|Xinhua|"
    r"Anadolu|EFE)(?:[^\[\]]{0,40})\]|"
    r"\((?:[^()]{0,60}[/ ])?(?:AP\s+Photo|Photo|Getty(?:\s+Images)?|AFP|Reuters|File|Shutterstock|Courtesy|"
    r"Alamy)[^()]{0,60}\)|"
    r"\b(?:Photo(?:graph|s)?|Image|Picture|Credit|Foto|Bild|Crédit|Crédito|Illustration)(?:\s+(?:by|credit|"
    r"courtesy(?:\s+of)?|source))?\s*:\s*[^.]{2,60}|"
    r"\b(?:Getty\s+Images|Shutterstock|iStock|Alamy|EPA-EFE|AP\s+Photo))\.?\s*\Z"
)
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*\s*\Z")


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return bool(_SENTENCE_END.search(text[-12:]))


def is_note(text: str) -> bool:
    """Whether a block is a correction or clarification by its words."""
    return len(text) < 1500 and bool(NOTE.match(text))


def furniture_phrase(text: str) -> str:
    """Name of the kind of furniture the line is by its words, or ""."""
    return "" if len(text) > 400 or text[0] in _QUOTES else _furniture_phrase(text)


@lru_cache(maxsize=4_000)
def _furniture_phrase(text: str) -> str:
    """Asked twice of a block, and again at each look at its page."""
    for pattern, name in _FURNITURE_NAMES:
        if pattern.match(text):
            return name
    return ""


_NO_WORDS = re.compile(r"\A[\d\s:/.,|+-]*[:/][\d\s:/.,|+-]*\Z")
_TRAILING_MORE = re.compile(
    r"(?:full\s+(?:article|story|coverage|text)|(?:read|learn|see|find\s+out|view|show)\s+more|continue\s+reading|mehr|weiterlesen"
    r"|lire\s+la\s+suite|leer\s+más|leggi\s+tutto|lees\s+(?:meer|verder)|read\s+(?:the\s+)?(?:full\s+)?(?:story|article|review))[\s.»›>→…]*\Z",
    re.I,
)


def is_teaser(text: str) -> bool:
    """A pointer to another page that ends in "Full article" or "Read more"."""
    return len(text) < 400 and bool(_TRAILING_MORE.search(text[-40:])) and not ends_sentence(text)


_QUOTES = "\"“‘«„'"  # what somebody said is never a button
_FURNITURE_NAMES = (
    (SHORT_FURNITURE, "control"),
    (BUTTON, "button"),
    (_NO_WORDS, "control"),
    (COPYRIGHT, "copyright"),
    (AGO, "relative-time"),
    (SIGN_UP, "sign-up"),
    (READ_MORE, "read-more"),
)
