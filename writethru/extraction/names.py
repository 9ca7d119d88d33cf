"""Names in bylines, credits and datelines; the small table of news agencies.

Names are kept as printed; only the words around them ("By", "Reporting by") go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Agencies are recognised, never assumed: the table only says which printed words name one.
AGENCIES = {
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "ap": "AP",
    "associated press": "AP",
    "the associated press": "AP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "dpa": "dpa",
    "deutsche presse-agentur": "dpa",
    "efe": "EFE",
    "ansa": "ANSA",
    "xinhua": "Xinhua",
    "tass": "TASS",
    "itar-tass": "TASS",
    "interfax": "Interfax",
    "kyodo": "Kyodo",
    "yonhap": "Yonhap",
    "upi": "UPI",
    "pa": "PA",
    "pa media": "PA",
    "press association": "PA",
    "the press association": "PA",
    "bloomberg": "Bloomberg",
    "bloomberg news": "Bloomberg",
    "pti": "PTI",
    "press trust of india": "PTI",
    "ians": "IANS",
    "ani": "ANI",
    "apa": "APA",
    "the canadian press": "The Canadian Press",
    "canadian press": "The Canadian Press",
    "aap": "AAP",
    "australian associated press": "AAP",
    "bernama": "Bernama",
    "anadolu": "Anadolu",
    "anadolu agency": "Anadolu",
    "ritzau": "Ritzau",
    "ntb": "NTB",
    "tt": "TT",
    "belga": "Belga",
    "anp": "ANP",
}

# Names recognised where a page prints them in its own furniture ("Featured on …", "© 2013 …").
OUTLETS = (
    "Al Jazeera",
    "The Independent",
    "The Guardian",
    "The Telegraph",
    "The New York Times",
    "The Washington Post",
    "The Wall Street Journal",
    "Los Angeles Times",
    "USA Today",
    "Financial Times",
    "BBC News",
    "BBC",
    "CNN",
    "NPR",
    "Sky News",
    "Fox News",
    "CBC News",
    "ABC News",
    "NBC News",
    "CBS News",
    "Deutsche Welle",
    "France 24",
    "Le Monde",
    "El País",
    "Der Spiegel",
    "The Hindu",
    "The Times of India",
    "South China Morning Post",
)
_SAID_BY_ITSELF = (
    r"(?:featured|more|latest|top\s+stories|trending|popular|also)\s+(?:on|from|in)\s+{name}\W*\Z",
    r"(?:start\s+your\s+day\s+with|sign\s+up\s+(?:to|for)|subscribe\s+to|welcome\s+to|follow|download|support)\s+{name}\b",
    r"(?:©|\(c\)|copyright)\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?\s*{name}\b",
)

_BY = re.compile(
    r"\A\s*(?:(?:written|reported|posted|published|story|text|words|article)\s+)?(?:by|von|par|por|door|av|af|di|by:|autor(?:in)?:|author:)[\s:]+"
    r"|\A\s*(?-i:(?:Written\s+|Posted\s+)?[Bb]y(?=[A-Z][a-z]+\s+[A-Z]))"
    r"|\A\s*(?:بقلم|كتبت?|إعداد|מאת|автор|текст)\s*[:：]\s*|\A\s*(?:取材・)?文\s*[・／/:：]\s*"
    r"|\A\s*(?:撰文|作者|記者|记者|執筆)\s*[・／/:：]\s*",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\b(?-i:y|e|i|og|och|en|ve|и)\b)\s+", re.I)
_DATELINE = re.compile(
    r"\A(?P<place>[A-ZÀ-ÞŁŚŻ][^()\n—–]{1,70}?)\s*"
    r"(?:,\s*(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:,\s*\d{4})?)\s*)?"
    r"\((?P<agency>[^()\n]{2,40})\)\s*(?:[-–—]{1,2}|:)\s"
)
_BARE_DATELINE = re.compile(r"\A(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:,\s+[A-Z][\w. ]{1,25})?)\s*(?:[–—]|--|\s-)\s")
_ADDED = re.compile(
    r"\A\(?(?:(?:additional\s+)?(?:reporting|writing|editing|research|photography|graphics)\s+by\b"
    r"|additional\s+reporting\b|reporting\s+for\s+\w+\s+by\b|edited\s+by\b|compiled\s+by\b|with\s+(?:files|reporting|agencies|inputs?)\b"
    r"|(?:contributed|contributing)\s+(?:to|by)\b|.{3,80}\bcontributed\s+(?:to\s+this|reporting)\b)",
    re.I,
)
_EDITED_BY = re.compile(r"\A[\[(（【]?\s*(?:责编|责任编辑|責任編輯|編輯|编辑|校对|校對)\s*[:：]")
_CREDITED = re.compile(r"\b(?:by|from|with)\s+(?:the\s+)?([A-Z][\w ,/&-]{1,60})")
_HANDLE = re.compile(r"\s*\(?(?<![\w.])@\w{2,40}\)?|(?<=[^\W\d_])@\w{2,40}(?![\w.])")
_UNCASED_CHARS = 60
_NO_NAME = re.compile(
    r"(?:share|post|twitter|facebook|linkedin|email|print|comments?|articles?|read|more|log|login|sign|free|started|"
    r"subscribe|newsletter|menu|home|about|contact|topics|tags|news|latest|updated|published|page|written|weblog|blog|find|locations?|"
    r"search|click|our|your|shop|view|donate|join|follow|following|profile|bio|posts|website)",
    re.I,
)
_SMALL_WORDS = (
    "and & und et y e i og och en de da di do dos das du del della dello degli dei van von vom vander der den des "
    "ter ten zu zum zur auf dem am la le les lo los el al bin bint ibn ben abu af av ap mac st"
)
_BETWEEN_NAMES = frozenset(_SMALL_WORDS.split())
_DEGREE = re.compile(
    r"(?:M\.?D|D\.?O|Ph\.?\s?D|D\.?V\.?M|V\.?M\.?D|Psy\.?D|Pharm\.?D|Ed\.?D|J\.?D|D\.?D\.?S|D\.?M\.?D|M\.?B\.?A|M\.?P\.?H|M\.?Sc|"
    r"B\.?Sc|M\.?S|M\.?A|B\.?A|B\.?S|M\.?Ed|R\.?N|BSN|MSN|RDN?|LDN?|CDN|CPT|CSCS|CPA|CFP|CFA|LCSW|LMFT|LPC|PA-C|DPT|OTR|F[AR]C\w{1,2}|"
    r"DAC\w{1,3}|LVT|CVT|BCBA|Esq|[JS]r)\.?®?",
    re.I,
)
_NICKNAME = re.compile(r"\s+[(“\"][^\W\d_][\w.’'-]{0,20}[)”\"](?=\s)")  # "Jo (J.L.) Lind"
_NAME_TOKEN = re.compile(r"\A[^\W\d_][\w’'.-]*\Z")
_ELIDED = re.compile(r"\A[dl][’']")
_GLUED = re.compile(r"[a-zß-ÿ]{4}[A-ZÀ-Þ][a-zß-ÿ]{2}")
_MOST_GLUED = 1  # "VanderBerg" is a name; a line with more such words is links without a space between them


@dataclass(frozen=True, slots=True)
class Dateline:
    """``GENEVA (Reuters) - `` in front of a first paragraph: place, agency name or ""."""

    place: str
    agency: str = ""


def agency_named(words: str) -> str:
    """The agency these exact words name ("Associated Press" → "AP"), or ""."""
    return AGENCIES.get(" ".join(words.strip(" .,:;()[]|").lower().split()), "")


def agency_credited(line: str) -> str:
    """The agency a credit line names ("Reporting by Reuters", "With files from The Canadian Press"), or ""."""
    named = _CREDITED.search(line)
    return next(filter(None, map(agency_named, split_names(named.group(1)))), "") if named else ""


def without_by(line: str) -> str:
    """A byline without its leading "By"."""
    return _BY.sub("", line, count=1).strip(" \t|•·—–,")


def without_handle(name: str) -> str:
    """A name without the handle of a social network printed behind it ("Ada Quill@adaquill")."""
    return _HANDLE.sub("", name).strip(" \t|•·—–,") or name


def starts_with_by(line: str) -> bool:
    """Whether the line begins with "By" or its kin in other languages."""
    return bool(_BY.match(line))


def is_by_alone(line: str) -> bool:
    """Whether the line is "By" and nothing else."""
    return len(line) < 14 and bool(_BY.match(f"{line} ")) and not without_by(f"{line} ")


def is_uncased_byline(line: str) -> bool:
    """Whether a short line in a script without capitals begins with a word for "by"."""
    names = without_by(line)
    has_letters = any(char.isalpha() for char in names)
    return starts_with_by(line) and has_letters and len(names) <= _UNCASED_CHARS and names.upper() == names.lower()


def split_names(byline: str) -> list[str]:
    """The parts of a byline between commas and "and"; empty parts dropped."""
    return [part.strip() for part in _SPLIT.split(byline) if part.strip()]


def looks_like_names(line: str) -> bool:
    """Whether every part is two to five capitalised words (or an agency): "Jo Biddle, AFP"."""
    given = split_names(without_by(line))
    parts = [part for number, part in enumerate(given) if not number or not is_degree(part)]
    return 0 < len(parts) <= 8 and all(_is_name(part) for part in parts) and any(not agency_named(p) for p in parts)


def _is_name(part: str) -> bool:
    if agency_named(part):
        return True
    words = unicodedata.normalize("NFC", _NICKNAME.sub("", part)).split()
    if any(_NO_NAME.fullmatch(word) for word in words) or len(_GLUED.findall(part)) > _MOST_GLUED:
        return False
    if not 2 <= len(words) <= 5 or not all(_NAME_TOKEN.match(word) for word in words):
        return False
    bare = [_ELIDED.sub("", word) or word for word in words]
    between = all(not word[0].islower() or word in _BETWEEN_NAMES for word in bare)
    return between and bare[0][0].isupper() and bare[-1][0].isupper()


def is_no_name(word: str) -> bool:
    """Whether a single word is one that pages print on buttons and labels ("Share", "Menu")."""
    return bool(_NO_NAME.fullmatch(word))


def is_degree(words: str) -> bool:
    """Whether words are letters behind a name ("MD", "Ph.D.", "Jr.")."""
    return bool(_DEGREE.fullmatch(words.strip()))


def is_names_alone(line: str) -> bool:
    """Whether a line is names and nothing else: no word of a sentence ("Then I learned Lean.") stands in it."""
    words = line.replace(",", " ").split()
    return looks_like_names(line) and all(word[0].isupper() or word.lower() in _BETWEEN_NAMES for word in words)


def dateline(paragraph: str) -> Dateline | None:
    """The dateline at the start of a first paragraph, or None."""
    match = _DATELINE.match(paragraph)
    if match and (agency_named(match["agency"]) or match["place"].isupper()):
        return Dateline(match["place"].strip(" ,"), agency_named(match["agency"]))
    bare = _BARE_DATELINE.match(paragraph)
    return Dateline(bare["place"].strip(" ,")) if bare else None


def outlet_mentioned(lines: Iterable[str]) -> str:
    """The outlet that a page's own furniture names, or "".

    Only phrases in which a site speaks of itself count; a name inside an article does not.
    """
    furniture = [line for line in lines if len(line) < 200]
    for name in OUTLETS:
        if any(name in line for line in furniture):
            patterns = [re.compile(form.format(name=re.escape(name)), re.I) for form in _SAID_BY_ITSELF]
            if any(pattern.search(line) for line in furniture for pattern in patterns if name in line):
                return name
    return ""


def is_credit(line: str) -> bool:
    """Whether the line credits further work: "Additional reporting by …; Editing by …"."""
    return len(line) < 400 and bool(_ADDED.match(line) or (len(line) < 60 and _EDITED_BY.match(line)))
