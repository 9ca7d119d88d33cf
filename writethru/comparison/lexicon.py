"""The words by which kinds are known, by language; patterns are compiled on first use.

A language without an entry gets no negation, modality, hedge, attribution or date
findings; figures, names, quotations, links and typography need no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from writethru.comparison.edits import Kind


def listed(*words: str) -> frozenset[str]:
    """The words of some lines, as a set."""
    return frozenset(" ".join(words).split())


def by_letter(words: Iterable[str]) -> str:
    """A pattern of alternatives grouped by their first letter: most words are then refused at once."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


MONTHS = {
    "en": "January February March April May June July August September October November December "
    "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec.",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fi": r"tammikuu\w* helmikuu\w* maaliskuu\w* huhtikuu\w* toukokuu\w* kesäkuu\w* heinäkuu\w* elokuu\w* "
    r"syyskuu\w* lokakuu\w* marraskuu\w* joulukuu\w*",
    "ru": "январ[яеь] феврал[яеь] марта? марте апрел[яеь] ма[яей] июн[яеь] июл[яеь] августа? августе сентябр[яеь] "
    "октябр[яеь] ноябр[яеь] декабр[яеь]",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "fi": r"maanantai\w* tiistai\w* keskiviik\w* torstai\w* perjantai\w* lauantai\w* sunnuntai\w*",
    "ru": "понедельник(?:а|у)? вторник(?:а|у)? сред[ауы] четверг(?:а|у)? пятниц[ауы] суббот[ауы] воскресень[еюя]",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "bg": "понеделник вторник сряда четвъртък петък събота неделя",
}
DEICTIC = {
    "en": "today|yesterday|tomorrow|tonight|noon|midnight|midday|dawn|dusk|sunrise|sunset|"
    r"(?:(?:last|next|this|early|late|mid) )?(?:spring|summer|autumn|winter)s?|(?:last|next|this) (?:week|month|"
    r"year|night)|"
    r"(?:end|beginning|start|middle) of(?= \d{4}| [A-Z])|(?:early|late|mid)(?=[ -](?:January|February|March|"
    r"April|May|"
    r"June|July|August|September|October|November|December|\d{4}))|(?:morning|afternoon|evening|night)s?|"
    r"[\w-]+ (?:minutes|hours|days|weeks|months|years|decades) ago|(?:a|an) (?:hour|day|week|month|year) ago",
    "de": "heute|gestern|morgen|vorgestern|mittags?|mitternacht|(?:im )?(?:Frühjahr|Sommer|Herbst|Winter)|vor "
    "\\w+ (?:Tagen|Wochen|Monaten|Jahren)",
    "fr": "aujourd['’]hui|hier|demain|avant-hier|midi|minuit|printemps|été|automne|hiver|il y a \\w+ (?:jours|"
    "semaines|mois|ans)",
    "es": "hoy|ayer|anteayer|mañana|mediodía|medianoche|primavera|verano|otoño|invierno|hace \\w+ (?:horas|días|"
    "semanas|meses|años)|(?:la semana|el mes|el año) (?:pasad[oa]|próxim[oa]|que viene)",
    "fi": "tänään|eilen|huomenna|keskiyöllä|keväällä|kesällä|syksyllä|talvella",
    "ru": "сегодня|вчера|завтра|накануне|полдень|полночь|весной|летом|осенью|зимой",
    "bg": "днес|вчера|утре|снощи|полунощ|пролетта|лятото|есента|зимата",
}
NEGATIONS = {
    "en": r"not|no(?! ?\.? ?\d)|no one|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t",
    "de": r"nicht|nichts|nie|niemals|niemand\w*|kein\w*|ohne|weder",
    "fr": r"ne|n['’]\w+|sans|ni|non",
    "es": r"no|nunca|jamás|nadie|nada|ning[uú]n\w*|sin|ni|tampoco",
    "fi": r"ei|en|et|emme|ette|eivät|älä|ilman|eikä|eivätkä",
    "ru": r"не|нет|ни|никто|ничего|никогда|без|нельзя",
    "bg": r"не|няма\w*|никой|нищо|никога|без|нито",
}
MODALS = {
    "en": r"(?-i:may)|(?<!\ba )(?<!\bthe )(?:can|will)(?= )|cannot|can['’]t|"
    r"won['’]t|shan['’]t|(?:might|could|must|should|would|shall|"
    r"ought)(?:n['’]t)?",
    "de": r"kann|können|könnten?|konnten?|muss|müssen|müssten?|soll|sollen|sollten?|dürften?|darf|dürfen|"
    r"würden?|mag|will|wollen",
    "fr": r"peut|peuvent|pourrait|pourraient|doit|doivent|devrait|devraient|pourra|pourront|devra|devront",
    "es": r"puede|pueden|podría|podrían|podrá|podrán|debe|deben|debería|deberían|deberá|deberán|podía|podían",
    "fi": r"voi|voivat|voisi|voisivat|saattaa|saattavat|pitää|pitäisi|täytyy|lienee|aikoo|aikovat",
    "ru": r"может|могут|мог|могла|могли|должен|должна|должны|следует|нужно|надо",
    "bg": r"може|могат|можеше|трябва|трябвало|би|биха|следва",
}
HEDGES = {
    "en": r"purported(?:ly)?|apparently|alleged(?:ly)?|reportedly|possibly|perhaps|probably|presumably|supposedly|"
    r"seemingly|(?:un)?likely|"
    r"belie(?:ved?|ves)|(?:thought|understood|reported|alleged) to|said to (?=be|have)|expect(?:s|ed)? to|"
    r"plans? to|suspects?|suspected|accused|an estimated|"
    r"estimated|appears?(?=,| to)|appeared to|seem(?:s|ed)? to|suggest(?:s|ed)?|nearly|almost|approximately|roughly",
    "de": r"angeblich|mutmaßlich\w*|offenbar|vermutlich|wahrscheinlich|möglicherweise|vielleicht|wohl|anscheinend",
    "fr": r"apparemment|peut-être|probablement|présumé\w*|selon toute vraisemblance|sans doute|semble",
    "es": r"al parecer|presunt\w*|probablemente|posiblemente|quizás?|supuest(?:o|a|os|as|amente)|aparentemente|tal vez",
    "fi": r"ilmeisesti|luultavasti|mahdollisesti|todennäköisesti|ehkä|kai|väitetysti|epäilty",
    "ru": r"вероятно|возможно|предположительно|якобы|видимо|по-видимому|кажется",
    "bg": r"вероятно|възможно|предполагаем\w*|уж|изглежда|навярно|може би",
}
NUMBER_HEDGES = {
    "en": r"about|around|some|over|under|up to|at least|at most|more than|less than|fewer than|as many as|close to|"
    r"nearly|almost|approximately|roughly|perhaps|an estimated|no more than|no fewer than",
    "de": r"etwa|rund|ungefähr|circa|ca\.|knapp|mehr als|weniger als|mindestens|höchstens|fast|bis zu|gut|über",
    "fr": r"environ|près de|plus de|moins de|au moins|au plus|quelque|jusqu['’]à|presque|une? dizaine de",
    "es": r"unos|unas|cerca de|alrededor de|más de|menos de|al menos|por lo menos|como máximo|casi|"
    r"aproximadamente|hasta",
    "fi": r"noin|lähes|yli|alle|vähintään|enintään|ainakin|jopa|runsaat|vajaat|arviolta",
    "ru": r"около|примерно|почти|более|менее|не менее|не более|порядка|свыше|до|как минимум",
    "bg": r"около|приблизително|почти|над|под|поне|най-малко|повече от|по-малко от|до",
}
SPEECH = {
    "en": r"(?P<said>said(?! to (?:be|have)\b)|says|say)|tells?|told|"
    r"claim(?:s|ed)?(?! (?:the|an?|his|her|its|their) [\w-]+(?:[.,;]| (?:in|at|of|for|from|on|by)\b))|insist(?:s|ed)?|"
    r"argu(?:e|es|ed)|admit(?:s|ted)?|warn(?:s|ed)?|announc(?:e|es|ed)|den(?:y|ies|ied)|confirm(?:s|ed)?|"
    r"according to|ask(?:s|ed)(?! for\b)|add(?:s|ed)(?= that|,|\.)|stat(?:es|ed)|wrote|writes|tweeted|"
    r"posted(?= that| on)|"
    r"reveal(?:s|ed)|ruled|(?:found|finds)(?= that\b|[.,]|$)|hint(?:s|ed)|estimates|shout(?:s|ed)|declar(?:es|ed)|"
    r"replied|"
    r"acknowledg(?:es?|ed)|conced(?:es?|ed)|alleg(?:es?|ed(?= that|[.,]|$))|report(?:s(?= that)|ed(?! to\b))|"
    r"remind(?:s|ed)|reject(?:s|ed)(?= (?:the )?(?:claims?|suggestions?|reports?|allegations?)\b)|"
    r"testif(?:ies|ied)|vow(?:s|ed)|pledg(?:es|ed)|predict(?:s|ed)|complain(?:s|ed)|stress(?:es|ed)(?= that|,|\.)|"
    r"maintain(?:s|ed)(?= that)|recall(?:s|ed)(?= that|,|\.)|point(?:s|ed) out|respond(?:s|ed)|countered|joked|boasted|"
    r"explain(?:s|ed)|emphasi[sz](?:es|ed)|contend(?:s|ed)|assert(?:s|ed)|swore|recounted|spokes(?:man|woman|person|people)",
    "de": r"sagten?|sagt|erklärten?|erklärt|behauptet\w*|betont\w*|zufolge|laut|teilten?|meinten?|warnten?|"
    r"bestritt\w*|bestätigt\w*|berichte(?:t|te|ten)|räumten?|versicherten?|kündigten?|kritisierten?|forderten?|"
    r"gab(?:en)? an|nach Angaben",
    "fr": r"a dit|dit|a déclaré|déclare|a affirmé|affirme|selon|a annoncé|annonce|a assuré|a expliqué|"
    r"d['’]après|a nié|a confirmé|a rapporté|rapporte|a indiqué|indique|a précisé|précise|a averti|estime|assure",
    "es": r"dijo|dice|dijeron|afirm(?:ó|a|aron)|declar(?:ó|a|aron)|asegur(?:ó|a|aron)|según|anunci(?:ó|a|aron)|"
    r"advirti(?:ó|eron)|neg(?:ó|aron)|niega|confirm(?:ó|a|aron)|explic(?:ó|a|aron)|sostiene|señal(?:ó|a|aron)",
    "fi": r"sanoo|sanoi|kertoo|kertoi|mukaan|väittää|väitti|vahvisti|kiisti|ilmoitti|arvioi|varoitti",
    "ru": r"сказал[аи]?|заявил[аи]?|сообщил[аи]?|утверждает|утверждал[аи]?|по словам|отметил[аи]?|"
    r"подтвердил[аи]?|опроверг\w*",
    "bg": r"каза\w*|заяви\w*|съобщи\w*|твърди|твърдя\w*|според|по думите|потвърди\w*|отрече\w*|обяви\w*",
}
_CONTRACTED = r"|(?<=\w)['’]ll(?!\w)"
_LEMMAS = {
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "won": "will",
    "shan": "shall",
    "'ll": "will",
    "’ll": "will",
    "says": "say",
    "said": "say",
}
_NOT = re.compile(r"(?:n['’]t|['’]t|not)$")
_DATES = (
    r"\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?(?:MONTH)(?:(?:,| de)? \d{4})?|"
    r"(?:MONTH) \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4})?"
    r"|(?:MONTH)(?:,? \d{4})?|(?:DAY)s?"
    r"|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)|\d{1,2} ?[ap]\.?m\.?(?!\w)|\d{1,2}:\d\d|\d{1,2}\.\d{1,2}\.\d{4}|"
    r"\d{4}-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(?<![\d.,£$€-])(?:1[5-9]|20)\d\d(?:s\b)?(?![\d,.]\d|-\d|\d| ?%)"
)


_LETTERS = re.compile(r"[^\W\d_]{3,}")
_SHORT = frozenset({"up", "at", "as", "до", "по", "zu"})
_COMMON = frozenset({"the", "for", "and", "this", "last", "next", "year", "with", "that"})
_MOST_WORDS = 20_000
_NUMBERISH = re.compile(r"\d|%|[$£€¥₹]")


class Lexicon:
    """The patterns of one language, and which of them a word is worth searching for.

    Attributes:
        language: its code.
        patterns: by kind; a language without a list lacks the kind.
    """

    def __init__(
        self, language: str, sources: dict[Kind, str], patterns: dict[Kind, re.Pattern[str]], numbers: str
    ) -> None:
        self.language = language
        self.patterns = patterns
        self._letters = {kind: frozenset(_LETTERS.findall(source.lower())) for kind, source in sources.items()}
        self._number = re.compile(numbers, re.IGNORECASE)
        self._known: dict[str, frozenset[Kind]] = {}

    def topics(self, words: Iterable[str]) -> set[Kind]:
        """The kinds whose patterns may match where one of these words stands."""
        found: set[Kind] = set()
        for word in words:
            topics = self._known.get(word)
            if topics is None:
                if len(self._known) > _MOST_WORDS:
                    self._known.clear()
                topics = self._known[word] = self._topics(word)
            found |= topics
        return found

    def is_number(self, word: str) -> bool:
        """Is a lower-case word a number word?"""
        return self._number.fullmatch(word) is not None

    def _topics(self, word: str) -> frozenset[Kind]:
        lower = word.lower()
        phrases = f"{word} | {word} to 5 | {word} that"
        found = {kind for kind, pattern in self.patterns.items() if pattern.search(phrases)} - {Kind.DATE, Kind.FIGURE}
        if self.patterns[Kind.DATE].search(word):
            found.add(Kind.DATE)
        if lower not in _COMMON:
            found |= {kind for kind, letters in self._letters.items() if lower in letters}
        if lower in _SHORT:
            found.add(Kind.HEDGE)
        if _NUMBERISH.search(word) or lower in UNITS or self._number.fullmatch(lower):
            found |= {Kind.FIGURE, Kind.DATE, Kind.NAME}
        return frozenset(found)


@cache
def lexicon(language: str) -> Lexicon:
    """The patterns of a language (``text.languages``); "" and unknown ones have dates in digits only."""
    hedges = HEDGES.get(language, "")
    if language in NUMBER_HEDGES:
        number = r"(?=(?: (?:the|a|an))? ?[£$€]?(?:\d|NUMBER))".replace("NUMBER", number_words(language))
        hedges = rf"(?:{NUMBER_HEDGES[language]}){number}|{hedges}"
    sources = {
        Kind.NEGATION: NEGATIONS.get(language, ""),
        Kind.MODALITY: MODALS.get(language, ""),
        Kind.HEDGE: hedges,
        Kind.ATTRIBUTION: SPEECH.get(language, ""),
    }
    patterns = {kind: _compiled(source, kind, language) for kind, source in sources.items() if source}
    dates = _date_source(language)
    patterns[Kind.DATE] = re.compile(rf"(?<![^\W_])(?:{dates})(?![^\W_])")
    return Lexicon(
        language,
        {**sources, Kind.DATE: dates},
        patterns,
        number_words(language).replace("an? ", "") + "|thirds?|quarters?",
    )


def lemma(word: str) -> str:
    """What forms of one word have in common, as far as this matters here."""
    lower = _NOT.sub("", word.lower())
    return _LEMMAS.get(lower, lower)


def _compiled(alternatives: str, kind: Kind, language: str) -> re.Pattern[str]:
    also = _CONTRACTED if kind is Kind.MODALITY and language == "en" else ""
    return re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_]){also}", re.IGNORECASE)


def _date_source(language: str) -> str:
    months = "|".join(re.escape(m) if m.endswith(".") else m for m in MONTHS.get(language, "").split())
    days = "|".join(DAYS.get(language, "").split())
    pattern = _DATES.replace("MONTH", months or "(?!)").replace("DAY", days or "(?!)")
    return f"{DEICTIC[language]}|{pattern}" if language in DEICTIC else pattern


NUMBERS = {
    "en": {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "dozens": 24, "hundred": 100, "hundreds": 200,
        "thousand": 1000, "thousands": 2000, "million": 1e6, "millions": 2e6, "billion": 1e9, "billions": 2e9,
        "trillion": 1e12, "half": 0.5, "halved": 0.5, "doubled": 2, "tripled": 3, "twice": 2, "both": 2, "thrice": 3,
    },
    "es": {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
           "once": 11, "doce": 12, "veinte": 20, "cien": 100, "ciento": 100, "mil": 1000, "miles": 2000,
           "millón": 1e6, "millones": 1e6, "docena": 12, "docenas": 24, "decenas": 20, "cientos": 200},
    "de": {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
           "elf": 11, "zwölf": 12, "hundert": 100, "tausend": 1000, "million": 1e6, "millionen": 1e6,
           "milliarden": 1e9, "milliarde": 1e9, "dutzend": 12},
    "fr": {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10, "onze": 11,
           "douze": 12, "vingt": 20, "cent": 100, "cents": 100, "mille": 1000, "million": 1e6, "millions": 1e6,
           "milliard": 1e9, "milliards": 1e9},
    "fi": {"kaksi": 2, "kolme": 3, "neljä": 4, "viisi": 5, "kuusi": 6, "seitsemän": 7, "kahdeksan": 8,
           "yhdeksän": 9, "kymmenen": 10, "sata": 100, "sataa": 100, "tuhat": 1000, "tuhatta": 1000,
           "miljoona": 1e6, "miljoonaa": 1e6, "miljardi": 1e9, "miljardia": 1e9},
    "ru": {"два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
           "десять": 10, "сто": 100, "тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "миллион": 1e6,
           "миллиона": 1e6, "миллионов": 1e6, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9},
    "bg": {"два": 2, "две": 2, "три": 3, "четири": 4, "пет": 5, "шест": 6, "седем": 7, "осем": 8, "девет": 9,
           "десет": 10, "сто": 100, "хиляда": 1000, "хиляди": 1000, "милион": 1e6, "милиона": 1e6,
           "милиард": 1e9, "милиарда": 1e9},
}  # fmt: skip
"""Number words and their values; plurals of rough size ("dozens") have a value of their own."""

MULTIPLIERS = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "hundred": 100,
    "tausend": 1e3, "millionen": 1e6, "milliarden": 1e9, "mio": 1e6, "mrd": 1e9,
    "mille": 1e3, "millions": 1e6, "mil": 1e3, "millones": 1e6, "millón": 1e6,
    "milliards": 1e9, "miljoonaa": 1e6, "miljardia": 1e9, "tuhatta": 1e3,
    "тыс": 1e3, "млн": 1e6, "млрд": 1e9, "тысяч": 1e3, "миллионов": 1e6, "миллиардов": 1e9, "хиляди": 1e3,
    "милиона": 1e6, "милиарда": 1e9,
}  # fmt: skip

UNITS = listed(
    "% percent cent points km kg ft mi h hrs min kilometre kilometer metre meter kilo foot mile hour minute tonne",
    "dollar",
    "kilometres kilometers miles metres meters feet ft mph km/h kg kilos kilograms",
    "pounds tonnes tons grams litres liters gallons barrels acres hectares degrees crowns kroner kronor euros",
    "euro dollars pounds yen rubles roubles francs pence cents mw gw kwh megawatts gigawatts mb gb kb hours",
    "minutes days weeks months years prozent kilometer meter tonnen franken stunden tage wochen monate jahre",
    "pour-cent heures jours semaines mois ans prosenttia metriä kilometriä euroa tuntia päivää viikkoa",
    "kuukautta vuotta процентов рублей долларов евро километров метров часов дней недель месяцев лет лева",
    "процента",
)
"""Words after a number that change what the number says."""


_TENS_AND_ONES = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-‑](?:one|two|three|four|five|six|seven|eight|nine)"
)
""" "Twenty-four", one number."""


@cache
def number_words(language: str) -> str:
    """Alternatives of a pattern: the number words of a language, and "a third", "three quarters" in English."""
    words = "|".join(sorted(NUMBERS.get(language, ()), key=len, reverse=True))
    fractions = (
        r"an? (?:third|quarter|fifth|tenth)(?= of\b| in\b| to\b| from\b| by\b| on\b| at\b| since\b| after\b|"
        r"\W*$|[.,;:])"
        r"|(?:one|two|three)[ -](?:third|quarter|fifth|tenth)s?"
    )
    return f"{fractions}|{_TENS_AND_ONES}|{words}" if language == "en" else words or "(?!)"
