"""Serving the pages until stopped."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from writethru.archive import Archive
from writethru.errors import ConfigError
from writethru.web.app import create_app
from writethru.web.settings import WebSettings


def serve(archive: Archive, *, host: str, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Serve the pages of an archive until Ctrl-C.

    Args:
        archive: what is shown.
        host, port: where to listen; port 0 = any free one.
        ready: told the address once the port is ours.

    Raises:
        ConfigError: the address is taken or not ours.
    """
    listening = listen(host, port)
    address = f"http://{host}:{listening.getsockname()[1]}/"
    web = archive.config.web
    settings = WebSettings(
        base_url=web.base_url,
        private=bool(web.private),
        hub_url=web.hub_url if web.base_url else "",
        requests_per_second=web.requests_per_second,
        requests_at_once=web.requests_at_once,
    )
    if not settings.base_url:  # a private archive: no other site may read it, and its owner as often as they like
        settings = replace(settings, allow_origins=(), requests_per_second=0.0)
    if settings.private:
        settings = replace(settings, allow_origins=())
    server = uvicorn.Server(uvicorn.Config(create_app(archive, settings), log_level="warning", lifespan="off"))
    if ready:
        ready(address)
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def ensure_free(host: str, port: int) -> None:
    """Before long work: the address can be listened on. Raises ConfigError."""
    listen(host, port).close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections send at once: an answer is a head and a body, and a kernel that waits for
    more to send with the head waits for the reader's acknowledgement, 40 ms. Raises ConfigError."""
    try:
        listening = socket.create_server((host, port), backlog=128)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does so only where it made the socket
        return listening
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        todo = "is taken by another program; choose another with --port" if taken else "cannot be listened on"
        raise ConfigError(f"this address {todo}", key=f"{host}:{port}") from error
