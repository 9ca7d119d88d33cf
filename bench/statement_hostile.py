"""Texts that the rules of statements could choke on."""

from __future__ import annotations


def hostile(size: int) -> dict[str, str]:
    """Texts that rules could choke on, of so many units."""
    return {
        "no sentences": "word " * (200 * size),
        "one long line of signs": "“”‘’«»\"' " * (100 * size),
        "marks never closed": "\n".join(f'"Paragraph {k} opens and “never closes, he said' for k in range(size)),
        "apostrophes": "the farmers’ boys’ dogs’ toys’ " * (50 * size),
        "figures in a table": "\n".join(f"{k}\t{k * 7:,}\t{k / 3:.2f} %\t${k}m" for k in range(50 * size)),
        "said said said": "said " * (200 * size),
        "will will will": "He will not " * (100 * size),
        "capitals": "Anna Berg Lund Holm " * (100 * size),
        "dates": "on Monday by 3 May 2024 within 15 days after the vote " * (50 * size),
        "commas": "Holm, a, b, the, of, in, " * (60 * size),
        "brackets": "[(" * (300 * size),
        "no language": "ǂʘ ʞə ɯɐ " * (100 * size),
    }
