"""A client of the API for scripts: typed answers, listings as iterators, nothing to install beside Writethru.

::

    from writethru.client import Client

    record = Client("http://127.0.0.1:8000")
    for hit in record.search('"ought to be consequences" removed:yes'):
        print(hit["outlet"], hit["headline"], hit["versions"])

Answers that the server says have not changed (304) are taken from memory. Where the server asks to wait (429), the
client waits as long as it is told, if that is within its patience.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from writethru.errors import WritethruError

if TYPE_CHECKING:
    from writethru.api import json_forms as forms
    from writethru.api import watch_forms
    from writethru.api.history_forms import ArticleHistoryForm
    from writethru.api.routes import PostedText, VersionList
    from writethru.api.search_forms import MatchForm, SavedSearchForm, SearchHitForm
    from writethru.api.statement_forms import StatementsForm
    from writethru.dossier.schema import DossierForm

ROOT: Final = "/api/v1"
REMEMBERED: Final = 256
"""Answers kept with their ETags."""

LARGEST_ANSWER: Final = 200_000_000
"""Bytes; a server that sends more is none of ours."""


class ApiError(WritethruError):
    """The server refused, or could not be asked.

    Attributes:
        code: the server's own (``not_in_archive``, ``query_malformed``, …), ``unreachable`` where none answered.
        status: HTTP status, 0 where none answered.
        retry_after: seconds to wait before asking again, as far as the server says.
    """

    def __init__(self, status: int, error: Mapping[str, str], retry_after: float = 0.0) -> None:
        super().__init__(error.get("message", "no message"), key=error.get("key", ""))
        self.code = error.get("code", "error")  # type: ignore[misc]  # the server's, not this class's
        self.status = status
        self.retry_after = retry_after


class Client:
    """Reads one archive over HTTP.

    Args:
        base_url: of the pages, as ``https://record.example``.
        token: sent as a bearer token, for what needs one.
        timeout: seconds for one answer.
        patience: seconds to wait at most, in all, when the server says that it was asked too often.
        sleep: how to wait.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str = "",
        timeout: float = 60.0,
        patience: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if urllib.parse.urlsplit(base_url).scheme not in ("http", "https"):
            raise ValueError("the base URL must start with http:// or https://")
        self.base_url = base_url.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._patience = patience
        self._sleep = sleep
        self._known: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    # one thing

    def status(self) -> watch_forms.StatusForm:
        """Counts over the whole archive."""
        return cast("watch_forms.StatusForm", self.get("/status"))

    def outlets(self) -> list[watch_forms.OutletForm]:
        """All outlets by name."""
        return cast("list[watch_forms.OutletForm]", self.get("/outlets")["items"])

    def article(self, article_id: int) -> ArticleHistoryForm:
        """One article with its counts, addresses and alerts."""
        return cast("ArticleHistoryForm", self.get(f"/articles/{article_id}"))

    def versions(self, article_id: int) -> VersionList:
        """All of an article's versions without texts, and its appearances."""
        pages = list(self._whole(f"/articles/{article_id}/versions", limit=500))
        seen = [appearance for page in pages for appearance in page["appearances"]]
        return {
            "items": [version for page in pages for version in page["items"]],
            "appearances": sorted(seen, key=lambda appearance: int(appearance["ordinal"])),
            "next": None,
        }

    def version(self, article_id: int, number: int) -> forms.VersionTextForm:
        """One version with its text."""
        return cast("forms.VersionTextForm", self.get(f"/articles/{article_id}/versions/{number}"))

    def change(self, article_id: int, number: int) -> forms.ChangeDetailForm:
        """One change with every edit."""
        return cast("forms.ChangeDetailForm", self.get(f"/articles/{article_id}/changes/{number}"))

    def sentences(self, article_id: int) -> forms.SentencesForm:
        """Every sentence of an article, standing or lost."""
        return cast("forms.SentencesForm", self.get(f"/articles/{article_id}/sentences"))

    def statements(self, article_id: int, number: int) -> StatementsForm:
        """What a version states: figures, times and attributions, each a slice of its text."""
        return cast("StatementsForm", self.get(f"/articles/{article_id}/versions/{number}/statements"))

    def dossier(self, story_id: int) -> DossierForm:
        """A storyline told with all that was found in it."""
        return cast("DossierForm", self.get(f"/stories/{story_id}/dossier"))

    def searches(self) -> list[SavedSearchForm]:
        """Saved searches by id."""
        return cast("list[SavedSearchForm]", self.get("/searches")["items"])

    def compare(self, old: str | PostedText, new: str | PostedText) -> dict[str, Any]:
        """The difference of two texts; nothing is stored."""
        return cast("dict[str, Any]", self._ask("/compare", body={"old": old, "new": new}))

    # listings: a page is asked for when it is needed

    def articles(self) -> Iterator[forms.ArticleForm]:
        """All articles by id."""
        return self.pages("/articles", limit=500)

    def changes(self, article_id: int | None = None) -> Iterator[forms.ChangeForm]:
        """Changes of all articles or of one, newest first."""
        return self.pages("/changes" if article_id is None else f"/articles/{article_id}/changes", limit=100)

    def captures(self, article_id: int) -> Iterator[watch_forms.CaptureForm]:
        """Looks at an article, oldest first."""
        return self.pages("/captures", article=article_id, limit=500)

    def search(self, query: str, *, order: str = "best") -> Iterator[SearchHitForm]:
        """Articles in some version of which a query matches."""
        return self.pages("/search", q=query, order=order)

    def matches(self, search_id: int) -> Iterator[MatchForm]:
        """What a saved search found, oldest first."""
        return self.pages(f"/searches/{search_id}/matches", limit=500)

    # any route

    def get(self, path: str, **parameters: Any) -> Any:
        """The answer to a GET under the API's root. Raises ApiError."""
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        return self._ask(f"{path}{query}")

    def pages(self, path: str, **parameters: Any) -> Iterator[Any]:
        """The rows of a listing, page after page. Raises ApiError."""
        for page in self._whole(path, **parameters):
            yield from page["items"]

    def _whole(self, path: str, **parameters: Any) -> Iterator[Any]:
        page = self.get(path, **parameters)
        yield page
        while following := page["next"]:
            page = self._ask(following[following.index(ROOT) + len(ROOT) :])
            yield page

    def _ask(self, target: str, body: Any = None) -> Any:
        waited = 0.0
        while True:
            try:
                return self._ask_once(target, body)
            except ApiError as error:
                waited += max(1.0, error.retry_after)
                if error.status != 429 or waited > self._patience:
                    raise
                self._sleep(max(1.0, error.retry_after))

    def _ask_once(self, target: str, body: Any) -> Any:
        url = f"{self.base_url}{ROOT}{target}"
        known = self._known.get(url) if body is None else None
        request = urllib.request.Request(url, headers=self._headers(known), method="GET")  # noqa: S310 (http only)
        if body is not None:
            request = urllib.request.Request(  # noqa: S310
                url,
                json.dumps(body).encode(),
                {**self._headers(None), "content-type": "application/json"},
                method="POST",
            )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                return self._kept(url, answer, body is None)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304 and known is not None:
                    return known[1]
                raise _refusal(error) from None
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            raise ApiError(0, {"code": "unreachable", "key": url, "message": f"no answer: {error}"}) from error

    def _headers(self, known: tuple[str, Any] | None) -> dict[str, str]:
        headers = {"accept": "application/json"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        if known is not None:
            headers["if-none-match"] = known[0]
        return headers

    def _kept(self, url: str, answer: http.client.HTTPResponse, is_read: bool) -> Any:
        body = answer.read(LARGEST_ANSWER + 1)
        if len(body) > LARGEST_ANSWER:
            raise ApiError(answer.status, {"code": "too_large", "key": url, "message": "the answer is too large"})
        value = json.loads(body)
        tag = answer.headers.get("etag")
        if is_read and tag:
            self._known[url] = tag, value
            self._known.move_to_end(url)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return value


def _refusal(error: urllib.error.HTTPError) -> ApiError:
    """The server's own words, or what can be said without them."""
    after = error.headers.get("retry-after", "")
    seconds = float(after) if after.isdigit() else 0.0
    try:
        told = json.loads(error.read(1_000_000))["error"]
        return ApiError(error.code, {name: str(told[name]) for name in ("code", "key", "message")}, seconds)
    except (ValueError, KeyError, TypeError):
        message = f"HTTP {error.code} without an error of ours; is this the address of a record?"
        return ApiError(error.code, {"code": "error", "key": error.url, "message": message}, seconds)
