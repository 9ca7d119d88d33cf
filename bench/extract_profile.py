"""Body F1 page-alone and with what was learnt from the outlet's other pages, leaving out the page itself.

    python -m bench extract_profile [--others N] [--recaptures] [--show]

Groups the annotated pages (``$WRITETHRU_DATA/extraction``) by host; a page counts where at least N other pages of
its host are there. ``--recaptures`` adds the pages of real recaptures to what may be learnt from. The profile is used
from N pages on (in the archive: from five).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from urllib.parse import urlsplit

from extract_accuracy import DATA, Answer, Tally, add_page
from machine import heading, machine

from writethru.errors import InputError
from writethru.extraction import profile as profiles
from writethru.extraction.guide import Knowledge
from writethru.extraction.knowing import read_known, summarise
from writethru.extraction.profile import OutletProfile, PageSummary, learn

SETS = ("aeb", "wcxb-dev", "fundus")


def host_of(url: str | None) -> str:
    """The host without ``www.``."""
    return urlsplit(url or "").netloc.removeprefix("www.")


def annotated() -> dict[str, list[dict[str, object]]]:
    """Annotated pages with a body, by host."""
    groups: dict[str, list[dict[str, object]]] = defaultdict(list)
    with gzip.open(DATA / "truth_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["set"] in SETS and row["truth"].get("body") and host_of(row["url"]):
                groups[host_of(row["url"])].append(row)
    return groups


def bytes_of(name: str) -> bytes:
    """A page of the data."""
    return gzip.decompress((DATA / name).read_bytes())


def recaptured() -> dict[str, list[tuple[str, str]]]:
    """(URL, file) of recaptured pages, the first of each pair, by host."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(next(DATA.glob("recaptures/pairs_dev*")), "rt", encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            groups[host_of(pair["url"])].append((pair["url"], f"recaptures/{pair['a']}"))
    return groups


def learnt(pages: list[tuple[str, str]]) -> OutletProfile:
    """The profile of some pages."""
    made = OutletProfile()
    for url, name in pages:
        try:
            summary: PageSummary | None = summarise(bytes_of(name), url)
        except InputError:
            continue
        made = learn(made, summary) if summary else made
    return made


def score(row: dict[str, object], made: OutletProfile | None, tally: Tally) -> float:
    """Read one page and score its body."""
    read = read_known(bytes_of(str(row["file"])), str(row["url"]), Knowledge(profile=made)).extraction
    body = f"{read.standfirst}\n{read.text}" if read.standfirst else read.text
    add_page(tally, row["truth"], Answer(body), str(row["file"]))  # type: ignore[arg-type]
    return tally.scores[-1][0]


def run(options: argparse.Namespace) -> None:
    """Leave one out, host by host."""
    more = recaptured() if options.recaptures else {}
    alone, known, hosts = Tally(), Tally(), set()
    for host, rows in sorted(annotated().items()):
        for row in rows:
            others = [(str(o["url"]), str(o["file"])) for o in rows if o is not row]
            others += [(url, name) for url, name in more.get(host, []) if url != row["url"]]
            if len({url for url, _ in others}) < options.others:
                continue
            hosts.add(host)
            scores = score(row, None, alone), score(row, learnt(others), known)
            if options.show and scores[0] != scores[1]:
                print(f"{scores[0]:.4f} -> {scores[1]:.4f} {row['file']}")
    for name, tally in (("page alone", alone), ("with profile", known)):
        print(f"{name:14} {tally.pages} pages of {len(hosts)} hosts, body F1 {tally.body:.4f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=int, default=5)
    parser.add_argument("--recaptures", action="store_true")
    parser.add_argument("--show", action="store_true", help="list pages whose score differs")
    options = parser.parse_args()
    profiles.ENOUGH = options.others
    print(heading(machine()))
    run(options)


if __name__ == "__main__":
    main()
