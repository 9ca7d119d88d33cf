"""Names that a page states: which meta tags name authors, what of it is a name, and how names are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from writethru.extraction.names import is_degree, looks_like_names, split_names, without_by, without_handle
from writethru.extraction.structured import Stated

META_OUTLET = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "twitter:app:name:iphone",
    "copyright_holder",
)
_META_AUTHOR = (
    "author",
    "byl",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "rnews:author",
    "authors",
    "cxenseparse:author",
    "article:author",
    "og:article:author",
    "citation_author",
    "citation_authors",
    "itemprop:author",
)
_INDEXED = ("citation_author", "citation_authors", "dc.creator", "dc.contributor")  # may say "Lind, Jo"
_LABELS = range(1, 5)
_WRITTEN_BY = re.compile(
    r"\W*(?:(?:written|posted|published)\s+by|authors?|autor(?:in|es)?|auteurs?|autore|verfasst\s+von|geschrieben\s+von|"
    r"escrito\s+por|publicado\s+por|écrit\s+par|rédigé\s+par|scritto\s+da|geschreven\s+door|skriv[et]+n?\s+a[vf]|"
    r"napisane\s+przez|yazan|написано|автор)\W*",
    re.I,
)
_ADDRESS = re.compile(r"\.(?:com|org|net|html?)\b", re.I)
_NO_PERSON = re.compile(
    r"\A[a-z]{3,12}:\s|[{}%<>\[\]]|\A(?:null|undefined|none|n/a|unknown)\Z|"
    r"\bon\s+(?:facebook|twitter|instagram|linkedin|youtube|tiktok|x)\Z",
    re.I,
)
_BEHIND_DASH = re.compile(r"\s+[-–—]\s+\S.*\Z")
_PORTRAIT = 25  # letters behind a name
_INVERTED = re.compile(r"([^,]+), ([^,]+)")


def joined_names(names: Iterable[str]) -> str:
    """Names in their order, each once, "By", URLs and what stands behind a dash left out."""
    kept: list[str] = []
    for name in names:
        clean = name_alone(without_handle(without_by(" ".join(name.split()))))
        if clean not in kept and could_be_name(clean) and not _is_portrait(clean, kept):
            kept.append(clean)
    return ", ".join(kept)


def _is_portrait(name: str, kept: list[str]) -> bool:
    """Whether a statement begins with a name that was stated before and goes on at length about it."""
    return any(name.startswith(known) and len(name) > len(known) + _PORTRAIT for known in kept)


def could_be_name(name: str) -> bool:
    """Not a URL, a number, a handle, a template's placeholder or an image credit that was marked as author."""
    if not 1 < len(name) < 300 or not any(char.isalpha() for char in name) or _NO_PERSON.search(name):
        return False
    return "://" not in name and "@" not in name and not name.startswith(("(", "www.")) and not _ADDRESS.search(name)


def name_alone(name: str) -> str:
    """A name without the post or desk behind a dash ("Jo Lind - Ledger Editorial Team")."""
    alone = _BEHIND_DASH.sub("", name)
    return alone if alone != name and looks_like_names(alone) else name


def outlet_names(stated: Stated) -> list[str]:
    """All names the page's meta tags give the site."""
    return [name for key in META_OUTLET for name in stated.meta.get(key, ())]


def meta_authors(stated: Stated) -> Iterator[list[str]]:
    """What each meta tag says of authors, in order of trust; first the longest that also names whom the first does."""
    found = [names for key in _META_AUTHOR if (names := _names_of(key, stated.meta.get(key, ())))]
    found += [[name] for name in _labelled(stated)]
    sets = [frozenset(split_names(joined_names(names))) for names in found]
    if sets and sets[0]:
        more = [names for names, said in zip(found, sets, strict=True) if said > sets[0]]
        found = [max(more, key=len), *found] if more else found
    yield from found


def _names_of(key: str, names: Iterable[str]) -> list[str]:
    """The names one tag gives; the first name before the last where an index turned them."""
    given = list(names)
    turned = key in _INDEXED and all(_INVERTED.fullmatch(name) for name in given)
    if turned and not any(is_degree(name.split(",")[1]) for name in given):
        return [_INVERTED.sub(r"\2 \1", name) for name in given]
    return given


def _labelled(stated: Stated) -> Iterator[str]:
    """Names in pairs of tags that say what they are ("twitter:label1" is "Written by")."""
    for number in _LABELS:
        if _WRITTEN_BY.fullmatch(stated.first_meta(f"twitter:label{number}")):
            yield stated.first_meta(f"twitter:data{number}")
