"""Ctrl-C at a place where nothing is half done."""

from __future__ import annotations

import signal
import threading

import click


def stop_on_signals(stop: threading.Event, in_hand: str) -> None:
    """First signal: finish what is in hand. Second: as the system would."""

    def on_signal(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.default_int_handler)
        click.echo(f"finishing the {in_hand} in hand …", err=True)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
