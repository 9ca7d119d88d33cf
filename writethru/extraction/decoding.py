"""Bytes to characters, as browsers do it but more suspicious of wrong labels.

Order: byte order mark, then the bytes themselves when they are valid UTF-8 with multi-byte
characters (a legacy label on such bytes is wrong), HTTP charset, ``<meta>``, the language,
Windows-1252. Follows the WHATWG Encoding Standard for the meaning of labels.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from writethru.errors import UnknownKind

MAX_CHARS = 8_000_000
"""Longer pages are cut here and a note says so: 20 times the longest real article page."""

_PRESCAN = 4096
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_LANG = re.compile(rb"""<html[^>]{0,400}?\blang\s*=\s*["']?([a-z]{2})""", re.I)
_NON_ASCII = re.compile(rb"[\x80-\xff]")

# WHATWG: these labels mean their Windows or vendor supersets.
_SUPERSETS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_BY_LANGUAGE = {"ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "pl": "cp1250", "cs": "cp1250", "hu": "cp1250"}
_BY_LANGUAGE |= {"el": "cp1253", "tr": "cp1254", "he": "cp1255", "ar": "cp1256", "ja": "cp932", "ko": "cp949"}
_BY_LANGUAGE |= {"zh": "gb18030", "th": "cp874"}

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"(\xb5/\xfd", "a zstd file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"RIFF", "a RIFF media file"),
    (b"OggS", "an Ogg media file"),
    (b"ID3", "an MP3 file"),
)
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]{1,3}")
_TWICE_SIGN = re.compile(rb"\xc3(?:\xa2\xc2\x80\xc2[\x80-\xbf]|[\x83-\x85]\xc2[\x80-\x9f])")
"""In UTF-8: "â" and two C1 controls, or "Ã", "Ä", "Å" and one. One first byte, so that the search may leap."""
_TWICE_AT_LEAST = 3  # C1 control characters are in no text; a few may be an accident
_CONTROL = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 27})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters of a page, the encoding they were read with, and remarks."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(page: bytes | str, content_type: str = "") -> Decoded:
    """The characters of ``page``; NUL characters removed; at most ``MAX_CHARS``.

    Args:
        page: raw bytes, or characters somebody decoded already.
        content_type: the HTTP header's value, or "".

    Raises:
        UnknownKind: the bytes are no text (PDF, image, archive, program).
    """
    if isinstance(page, str):
        return _finish(page, "", ())
    refuse_binary(page)
    return _decode_bytes(page, content_type)


def refuse_binary(page: bytes) -> None:
    """Raise UnknownKind when the bytes are not a text page."""
    for magic, name in _MAGIC:
        if page.startswith(magic):
            raise UnknownKind(f"this is {name}, not a page: give the HTML or a text dump of it")
    head = page[:_PRESCAN]
    controls = len(head) - len(head.translate(None, _CONTROL))
    if controls * 20 > len(head) and not _utf16_guess(head) and not _bom(head):
        raise UnknownKind("these bytes are not text: give the HTML of a page or a text dump of it")


def _decode_bytes(page: bytes, content_type: str) -> Decoded:
    bom = _bom(page)
    if bom:
        mark, name = bom
        return _finish(_lenient(page[len(mark) :], name), name, ())
    if wide := _utf16_guess(page[:_PRESCAN]):
        return _finish(_lenient(page, wide), wide, ("read as UTF-16 without a byte order mark",))
    label = _label(page, content_type)
    if page.isascii() and label in ("", "utf-8", "cp1252"):
        return _finish(page.decode("ascii"), label or "ascii", (), page)
    return _decode_labelled(page, label)


def _decode_labelled(page: bytes, label: str) -> Decoded:
    utf8 = _strict(page, "utf-8")
    if utf8 is not None and not page.isascii():
        wrong = label not in ("", "utf-8")
        return _finish(utf8, "utf-8", (f"labelled {label}, but the bytes are UTF-8",) if wrong else (), page)
    if label in ("", "utf-8"):
        return _decode_broken_utf8(page, label)
    return _finish(_lenient(page, label), label, ())


def _decode_broken_utf8(page: bytes, label: str) -> Decoded:
    """Not valid UTF-8: a damaged UTF-8 page, or a legacy page with a wrong or missing label."""
    replaced = page.decode("utf-8", "replace")
    high = len(_NON_ASCII.findall(page))
    damaged = replaced.count("\ufffd")
    if damaged * 3 < high:
        return _finish(replaced, "utf-8", (f"{damaged} broken UTF-8 sequences were replaced",))
    match = _LANG.search(page[:_PRESCAN])
    guess = _BY_LANGUAGE.get(match.group(1).decode().lower(), "cp1252") if match else "cp1252"
    if guess == "cp932" and _strict(page, "euc_jp") is not None:
        guess = "euc_jp"  # whatever is not Shift JIS by accident breaks its pairs
    notes = (f"labelled {label}, read as {guess}",) if label else ()
    return _finish(_lenient(page, guess), guess, notes)


def _finish(text: str, encoding: str, notes: tuple[str, ...], raw: bytes = b"") -> Decoded:
    """What was decoded, mended; ``raw``: the same as UTF-8, where it came so."""
    text = text.lstrip("\ufeff")
    raw = raw or text.encode("utf-8", "replace")  # bytes are searched much faster than wide characters
    text, repaired = _decode_again(text, raw)
    if repaired:
        notes = (*notes, f"{repaired} characters had been encoded as UTF-8 twice; they were decoded twice")
    if b"\x00" in raw:
        text = text.replace("\x00", "")
        notes = (*notes, "NUL characters were removed")
    if len(text) > MAX_CHARS:
        notes = (*notes, f"the page has {len(text):,} characters; only the first {MAX_CHARS:,} were read")
        text = text[:MAX_CHARS]
    return Decoded(text, encoding, notes)


def _decode_again(text: str, raw: bytes) -> tuple[str, int]:
    """Text that was taken for Latin-1 and encoded once more ("â\\x80\\x99" for "’"), and how often it was."""
    if len(_TWICE_SIGN.findall(raw)) < _TWICE_AT_LEAST:
        return text, 0
    count = 0

    def once(match: re.Match[str]) -> str:
        nonlocal count
        found = match.group()
        for end in range(len(found), 1, -1):
            decoded = _strict(found[:end].encode("latin-1"), "utf-8")
            if decoded is not None and len(decoded) == 1:
                count += 1
                return decoded + found[end:]
        return found

    return _TWICE.sub(once, text), count


def _bom(page: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _BOMS if page.startswith(mark)), None)


def _utf16_guess(head: bytes) -> str:
    """Every second byte NUL in mostly Latin text: UTF-16 without its mark."""
    half = len(head) // 2
    if half < 8:
        return ""
    if head[1::2].count(0) > half * 0.4 and head[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return ""


def _label(page: bytes, content_type: str) -> str:
    """The Python codec the page's own labels name, HTTP before meta; "" where there is none."""
    head = page[:_PRESCAN]
    http = _HTTP.search(content_type)
    meta = _META.search(head) or _META.search(page[: 16 * _PRESCAN]) or _XML.search(head)
    names = [http.group(1)] if http else []
    names += [meta.group(1).decode("ascii", "replace")] if meta else []
    return next((codec for name in names if (codec := _codec(name))), "")


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name.strip().lower()).name
    except (LookupError, ValueError):
        return ""
    if codec.startswith("utf-16") or codec.startswith("utf-32"):
        return "utf-8"  # a page whose ASCII label could be read is not UTF-16 (WHATWG)
    codec = _SUPERSETS.get(codec, codec)
    return codec if _is_text_codec(codec) else ""


def _is_text_codec(codec: str) -> bool:
    try:
        b"a".decode(codec)
    except (LookupError, ValueError, UnicodeError):
        return False
    return True


def _strict(page: bytes, codec: str) -> str | None:
    try:
        return page.decode(codec)
    except UnicodeDecodeError:
        return None


def _lenient(page: bytes, codec: str) -> str:
    try:
        return page.decode(codec, "replace")
    except (ValueError, LookupError):
        return page.decode("cp1252", "replace")
