"""The socket that the pages are served on."""

from __future__ import annotations

import socket

from writethru.web.serve import listen


def test_answers_are_sent_at_once() -> None:
    """Or each page would wait 40 ms for the acknowledgement of its head."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()[:2]) as client:
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
            assert client.getpeername() == accepted.getsockname()
