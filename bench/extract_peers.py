"""What other public extractors read on the annotated pages, kept on disk so that each runs once.

    python bench/extract_peers.py --cache FOLDER [--only NAMES] [--sets aeb,wcxb-dev,fundus,readability,newspaper4k] [--every N]

Needs an environment of its own with ``trafilatura readability-lxml newspaper4k goose3 htmldate
resiliparse`` beside lxml; a peer that is not installed is named and left out. Each gets the page's
bytes (or, where it takes only characters, the characters our decoder reads, so that none loses by a
wrong label) and the page's URL. ``extract_accuracy --peers FOLDER`` scores what is kept here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("WRITETHRU_DATA", "../shared/data")) / "extraction"
SETS = "aeb,wcxb-dev,fundus,readability,newspaper4k"


@dataclass
class Answer:
    """What an extractor says about one page: ``date`` as it writes it, ``authors`` joined by ``; ``."""

    body: str
    title: str = ""
    authors: str = ""
    date: str = ""
    seconds: float = 0.0  # CPU


def trafilatura(page: bytes, url: str | None) -> Answer:
    """trafilatura with its defaults, comments off."""
    return _trafilatura(page, url)


def trafilatura_fast(page: bytes, url: str | None) -> Answer:
    """trafilatura without its fallbacks."""
    return _trafilatura(page, url, fast=True)


def _trafilatura(page: bytes, url: str | None, **options: Any) -> Answer:
    import trafilatura as peer

    form = peer.extract(page, url=url, output_format="json", include_comments=False, with_metadata=True, **options)
    read = json.loads(form) if form else {}
    return Answer(read.get("text") or "", read.get("title") or "", read.get("author") or "", read.get("date") or "")


def readability(page: bytes, url: str | None) -> Answer:
    """readability-lxml; its summary's text, a line for each block."""
    from readability import Document

    document = Document(_characters(page), url=url)
    return Answer(_text_of_html(document.summary(html_partial=True)), document.short_title() or "")


def newspaper4k(page: bytes, url: str | None) -> Answer:
    """newspaper4k with its defaults, nothing fetched."""
    import newspaper

    article = newspaper.Article(url or "https://example.org/", fetch_images=False)
    article.download(input_html=_characters(page))
    article.parse()
    day = article.publish_date.isoformat() if article.publish_date else ""
    return Answer(article.text or "", article.title or "", "; ".join(article.authors or ()), day)


def goose3(page: bytes, url: str | None) -> Answer:
    """goose3 with its defaults, nothing fetched."""
    article = _goose().extract(url=None, raw_html=_characters(page))
    return Answer(
        article.cleaned_text or "",
        article.title or "",
        "; ".join(article.authors or ()),
        str(article.publish_date or ""),
    )


@cache
def _goose() -> Any:
    from goose3 import Configuration, Goose

    settings = Configuration()
    settings.enable_image_fetching = False
    return Goose(settings)


def htmldate(page: bytes, url: str | None) -> Answer:
    """htmldate: the original date, and nothing else."""
    from htmldate import find_date

    return Answer("", date=find_date(_characters(page), original_date=True, url=url) or "")


def resiliparse(page: bytes, url: str | None) -> Answer:
    """Resiliparse's main content as plain text."""
    from resiliparse.extract.html2text import extract_plain_text

    return Answer(extract_plain_text(_characters(page), main_content=True, preserve_formatting=True, comments=False))


PEERS: dict[str, tuple[Callable[[bytes, str | None], Answer], str]] = {
    "trafilatura": (trafilatura, "trafilatura"),
    "trafilatura_fast": (trafilatura_fast, "trafilatura"),
    "readability": (readability, "readability-lxml"),
    "newspaper4k": (newspaper4k, "newspaper4k"),
    "goose3": (goose3, "goose3"),
    "htmldate": (htmldate, "htmldate"),
    "resiliparse": (resiliparse, "resiliparse"),
}
"""Name → (extractor, package)."""


def _characters(page: bytes) -> str:
    from writethru.extraction.decoding import decode

    return decode(page).text


def _text_of_html(form: str) -> str:
    from lxml import html

    root = html.fragment_fromstring(form, create_parent="div")
    for element in root.iter():
        if element.tag in ("p", "div", "li", "br", "h1", "h2", "h3", "h4", "td", "blockquote", "pre"):
            element.tail = f"\n{element.tail or ''}"
    return str(root.text_content())


def pages(sets: set[str], every: int = 1) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The annotated pages of some sets with their bytes."""
    with gzip.open(DATA / "truth_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["set"] in sets]
    for row in rows[::every]:
        yield row, gzip.decompress((DATA / row["file"]).read_bytes())


def installed(package: str) -> str:
    """The installed version of a peer's package, or ""."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def kept(cache_folder: Path, name: str) -> dict[str, Answer]:
    """What a peer answered before, by the page's file name."""
    for path in sorted(cache_folder.glob(f"{name}-*.jsonl"))[-1:]:
        rows = map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n")))  # not at U+2028
        return {row.pop("file"): Answer(**row) for row in rows}
    return {}


def _answer(extractor: Callable[[bytes, str | None], Answer], row: dict[str, Any], page: bytes) -> Answer:
    start = time.process_time()
    try:
        answer = extractor(page, row["url"])
    except Exception as error:  # a peer that crashes on a page has read nothing there
        print(f"{row['file']}: {extractor.__name__}: {error!r}", file=sys.stderr)
        answer = Answer("")
    answer.seconds = time.process_time() - start
    return answer


def main() -> int:
    """Run every peer on every page it has not read yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--only", default=",".join(PEERS))
    parser.add_argument("--sets", default=SETS)
    parser.add_argument("--every", type=int, default=1, help="only every Nth page of these sets")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    options.cache.mkdir(parents=True, exist_ok=True)
    for name in options.only.split(","):
        extractor, package = PEERS[name]
        if not installed(package):
            print(f"{package} is not installed; left out", file=sys.stderr)
            continue
        known = kept(options.cache, name)
        path = options.cache / f"{name}-{installed(package)}.jsonl"
        with path.open("a", encoding="utf-8") as out:
            for row, page in pages(set(options.sets.split(",")), options.every):
                if row["file"] not in known:
                    answer = asdict(_answer(extractor, row, page))
                    out.write(json.dumps({"file": row["file"], **answer}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
