"""``compare``, ``extract`` and ``statements`` on anything a person can name, without needing an archive."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from writethru.errors import InputError, UnreadableInput
from writethru.extraction import extract
from writethru.model import ArticleText, Extraction
from writethru.text.urls import canonical

if TYPE_CHECKING:
    from writethru.config import Config

MAX_BYTES: Final = 50_000_000
"""Largest file taken; a page is thousands of times smaller."""

_VERSION = re.compile(r"(\d+)@(\d+)")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|article|p|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """Bytes with what is known of them; ``url`` is None where they have no address."""

    body: bytes
    url: str | None = None
    content_type: str = ""


def bytes_of(name: str, config: Callable[[], Config] | None = None, *, may_be_empty: bool = False) -> Given:
    """The bytes of a file, a URL, or ``-`` for standard input.

    Raises:
        UnreadableInput: missing, a directory, not permitted, empty or too large.
        FetchError: the URL did not answer.
    """
    if name.startswith(("http://", "https://")):
        return _fetched(name, config)
    if name == "-":
        return Given(_checked(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", may_be_empty=may_be_empty))
    path = Path(name)
    try:
        with path.open("rb") as file:
            return Given(_checked(file.read(MAX_BYTES + 1), name, may_be_empty=may_be_empty))
    except IsADirectoryError:
        raise UnreadableInput("this is a directory; give one file", key=name) from None
    except OSError as error:
        raise UnreadableInput(f"cannot be read: {error.strerror or error}", key=name) from None


def read_alone(name: str) -> ArticleText | Extraction:
    """A page as it is read, where a file, a URL or standard input has markup; else the plain text, line by line.

    Raises:
        UnreadableInput, FetchError: see ``bytes_of``.
        InputError: binary data, or an encoding that cannot be read.
    """
    return _read(bytes_of(name), name)


def text_of(name: str, config: Callable[[], Config]) -> ArticleText:
    """The text of a file, a URL, a version of an archive (``12@3``) or standard input.

    Plain text is taken exactly as it is, line by line; only pages with markup are extracted.
    An empty file is an empty text: so ``git difftool`` shows a file that came or went.
    """
    version = _VERSION.fullmatch(name)
    if version and not Path(name).exists():
        return _version_text(int(version[1]), int(version[2]), config)
    read = _read(bytes_of(name, config, may_be_empty=True), name)
    return read.article_text if isinstance(read, Extraction) else read


def _read(given: Given, name: str) -> ArticleText | Extraction:
    if _MARKUP.search(given.body[:100_000]) or given.url is not None:
        return extract(given.body, given.url, content_type=given.content_type)
    return ArticleText.from_plain(_decoded(given.body, name))


def _checked(body: bytes, name: str, *, may_be_empty: bool) -> bytes:
    if not body and not may_be_empty:
        raise UnreadableInput("empty: there is nothing to read", key=name)
    if len(body) > MAX_BYTES:
        raise UnreadableInput(f"larger than {MAX_BYTES // 1_000_000} MB; give one page or text", key=name)
    return body


def _decoded(body: bytes, name: str) -> str:
    if b"\x00" in body[:4096] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("binary data, not a text", key=name)
    for encoding in ("utf-8", "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "cp1252", "latin-1"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("the encoding cannot be read; save it as UTF-8", key=name)


def _fetched(url: str, config: Callable[[], Config] | None) -> Given:
    from writethru.config import load_config
    from writethru.fetch import Fetcher
    from writethru.watch.settings import fetch_settings, private_hosts

    canonical(url)  # refuses what is no URL
    settings = fetch_settings((config() if config else load_config(None, os.environ)).fetch, private_hosts([url]))
    exchange = Fetcher(settings).get(url)
    if exchange.status != 200:
        raise UnreadableInput(f"the server answered {exchange.status}", key=url)
    return Given(exchange.body, exchange.final_url, exchange.header("content-type"))


def _version_text(article_id: int, number: int, config: Callable[[], Config]) -> ArticleText:
    from writethru.storage import open_store

    store = open_store(config().archive.database)
    try:
        return store.version_text(article_id, number)
    finally:
        store.close()
