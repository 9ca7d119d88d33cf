"""Names for "he", "Holm" and "the mayor", how anonymous a source is, and whose words stand inside whose: marked articles.

python -m bench statement_speakers [--half dev|held] [--errors]
"""

from __future__ import annotations

import argparse

from machine import heading, machine
from marked_speakers import marked_speakers, outcomes


def main() -> None:
    """Print the shares that are right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("dev", "held"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    articles = [one for one in marked_speakers() if options.half in (None, one.half)]
    found = [outcome for article in articles for outcome in outcomes(article)]
    for one in found:
        if options.errors and not (one.named and one.anonymity and one.nested):
            print(one.mark, "found", repr(one.found), "nested" if one.nested else "nesting differs")
    many = len(found)
    print(heading(machine()))
    print(
        {
            "articles": len(articles),
            "things said": many,
            "found": sum(one.found != "" for one in found),
            "name": round(sum(one.named for one in found) / many, 4),
            "wrong name": sum(one.found != "" and not one.named and not one.found.startswith(" (") for one in found),
            "anonymity": round(sum(one.anonymity for one in found) / many, 4),
            "nesting": round(sum(one.nested for one in found) / many, 4),
        }
    )


if __name__ == "__main__":
    main()
