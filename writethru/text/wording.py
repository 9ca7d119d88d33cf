"""Small pieces of English that several parts print."""

from __future__ import annotations


def counted(amount: int, noun: str) -> str:
    """``1 version``, ``3 versions``, ``1,568 versions``."""
    return f"{amount:,} {noun}" if amount == 1 else f"{amount:,} {noun}s"
