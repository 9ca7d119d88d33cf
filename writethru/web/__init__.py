"""The archive as web pages and feeds for people: read-only, complete without JavaScript.

An ``Archive`` and ``WebSettings`` enter ``create_app``; a FastAPI application leaves.
May import ``api``, ``archive``, ``views``, ``publish`` and everything below.
"""

from writethru.web.app import create_app
from writethru.web.settings import WebSettings

__all__ = ["WebSettings", "create_app"]
