"""The Python client, and the page of examples, against the real server."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.served import made_archive, serving
from writethru.client import ApiError, Client
from writethru.web import WebSettings, create_app

EXAMPLES = Path(__file__).resolve().parent.parent / "docs" / "how-to" / "use-the-api.md"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a record answers."""
    with made_archive(tmp_path_factory.mktemp("served")) as archive, serving(create_app(archive)) as url:
        yield url


def test_everything_can_be_read(address: str) -> None:
    record = Client(address)
    assert record.status()["versions"] == 9
    assert [outlet["name"] for outlet in record.outlets()] == ["Courier"]
    assert [article["id"] for article in record.articles()] == [1, 2, 3]
    assert record.article(1)["versions"] == 3
    assert len(record.versions(1)["items"]) == len(record.versions(1)["appearances"]) == 3
    assert record.version(1, 2)["text"].startswith("The board denies it")
    assert record.change(1, 1)["difference"]["edits"]
    assert record.sentences(1)["lost"]
    assert len(list(record.captures(1))) == 3
    assert [hit["versions"] for hit in record.search("engineers removed:yes")] == [[[1, 1]]] * 3
    assert [saved["name"] for saved in record.searches()] == ["Kerry"]
    assert [match["event"] for match in record.matches(1)] == ["began"] * 3 + ["ended"] * 3
    assert record.compare("12 were killed.", {"text": "21 were killed."})["edits"]


def test_listings_go_over_all_pages(address: str) -> None:
    record = Client(address)
    numbers = [(row["article"], row["number"]) for row in record.pages("/changes", limit=2)]
    assert numbers == [(row["article"], row["number"]) for row in record.changes()]
    assert len(set(numbers)) == 6
    assert [row["number"] for row in record.changes(2)] == [2, 1]


def test_refusals_are_errors_with_the_servers_words(address: str) -> None:
    record = Client(address)
    with pytest.raises(ApiError) as missing:
        record.article(99)
    assert (missing.value.status, missing.value.code, missing.value.key) == (404, "not_in_archive", "99")
    with pytest.raises(ApiError, match="⟦"):
        list(record.search('"open'))
    with pytest.raises(ApiError) as elsewhere:
        Client(f"{address}/nothing").status()
    assert (elsewhere.value.status, elsewhere.value.code) == (404, "error")
    with pytest.raises(ApiError) as silent:
        Client("http://127.0.0.1:9", timeout=5).status()
    assert (silent.value.status, silent.value.code) == (0, "unreachable")
    with pytest.raises(ValueError, match="http"):
        Client("file:///etc")


def test_what_has_not_changed_is_taken_from_memory(address: str) -> None:
    record = Client(address)
    first = record.outlets()
    (key,) = record._known
    record._known[key] = record._known[key][0], {"items": ["from memory"]}
    assert record.outlets() == ["from memory"]
    record._known[key] = 'W/"old"', None
    assert record.outlets() == first


def test_the_client_waits_where_it_is_told_to(tmp_path: Path) -> None:
    settings = WebSettings(requests_per_second=0.0001, requests_at_once=1)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        raise InterruptedError

    with made_archive(tmp_path) as archive, serving(create_app(archive, settings)) as url:
        Client(url).outlets()
        with pytest.raises(InterruptedError):
            Client(url, patience=20_000, sleep=wait).status()
        with pytest.raises(ApiError) as impatient:
            Client(url, patience=5, sleep=wait).status()
    assert impatient.value.code == "too_many_requests"
    assert [0 < seconds <= 10_000 for seconds in waits] == [True]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_example_of_the_page_works(address: str) -> None:
    lines = re.search(r"```sh\n(.*?)```", EXAMPLES.read_text(encoding="utf-8"), re.DOTALL)
    assert lines is not None
    commands = [line for line in lines[1].splitlines() if line.startswith("curl")]
    assert len(commands) >= 12
    for command in commands:
        words = [word.replace("http://127.0.0.1:8000", address) for word in shlex.split(command)]
        done = subprocess.run([*words, "--noproxy", "*"], capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        assert answer == 304 or "error" not in answer, command
    python = re.search(r"```python\n(.*?)```", EXAMPLES.read_text(encoding="utf-8"), re.DOTALL)
    assert python is not None
    exec(python[1].replace("http://127.0.0.1:8000", address), {})
