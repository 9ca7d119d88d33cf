"""What it costs to follow every sentence through a history: live pages of many versions, and the longest real ones.

    python -m bench compare_chain [--json]

A live page begins with 600 words; at most versions an entry comes on top, one word changes, now
and then a paragraph goes. Real: the longest histories of digital.gov.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from compare_common import histories, report
from compare_speed import sentences

from writethru.comparison import follow
from writethru.lives import MOST_APPEARANCES


def live_page(source: Sequence[str], versions: int) -> list[str]:
    """The texts of a live page."""
    rng = random.Random(versions)
    paragraphs = [" ".join(source[at : at + 3]) for at in range(0, 36, 3)]
    texts = []
    for number in range(versions):
        texts.append("\n\n".join(paragraphs))
        if rng.random() < 0.7:
            paragraphs.insert(0, f"{10 + number // 60}.{number % 60:02} " + " ".join(rng.sample(source, 2)))
        at = rng.randrange(len(paragraphs))
        words = paragraphs[at].split(" ")
        words[rng.randrange(len(words))] = "changed"
        paragraphs[at] = " ".join(words)
        if rng.random() < 0.2:
            del paragraphs[rng.randrange(len(paragraphs))]
    return texts


def measure(texts: Sequence[str]) -> dict:
    """CPU and what was found."""
    started = time.process_time()
    chain = follow(texts)
    seconds = time.process_time() - started
    return {
        "versions": len(texts),
        "words of the last": len(texts[-1].split()),
        "words in all": sum(len(text.split()) for text in texts),
        "CPU s": round(seconds, 2),
        "standing": len(chain.blame),
        "lost": len(chain.lost),
        "reworded": sum(len(life.wordings) > 1 for life in chain.blame),
    }


def measure_all() -> dict[str, dict]:
    """Live pages of several lengths, and the three real histories with the most versions."""
    source = sentences()
    found = {f"live page, {count}": measure(live_page(source, count)) for count in (50, 150, MOST_APPEARANCES)}
    real = sorted(histories("digitalgov_dev.jsonl.gz").values(), key=len, reverse=True)[:3]
    return found | {
        row[0]["url"].rpartition("/")[2][:30]: measure([version["text"] for version in row]) for row in real
    }


if __name__ == "__main__":
    report(__doc__, measure_all)
