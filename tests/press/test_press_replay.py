"""The command: what it reads, what it says, how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from writethru.errors import ConfigError, MalformedInput, UnreadableInput
from writethru.press import ReplayOptions, run_replay

RUN = """
import sys
from pathlib import Path
from writethru.press import ReplayOptions, run_replay
run_replay(ReplayOptions(Path(sys.argv[1]), port=0, speed=float(sys.argv[2]), misbehave=("410@post.example/bridge",)))
"""


def test_it_serves_until_ctrl_c_and_then_says_goodbye(versions_file: Path) -> None:
    versions_file.write_text(versions_file.read_text("utf-8") + "nonsense\n", "utf-8")
    command = [sys.executable, "-W", "error", "-c", RUN, str(versions_file), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("skipped versions.jsonl:5: not a version")
        first = process.stdout.readline()
        address = re.match(r"(http://127\.0\.0\.1:\d+)/  4 versions of 3 articles on 2 hosts: post", first)
        assert address, first
        assert "clock: 2024-01-05T10:00:00Z, stands still until it is set" in process.stdout.readline()
        with urllib.request.urlopen(f"{address[1]}/post.example/robots.txt") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")
    assert "Stopped at 2024-01-05T10:00:00Z; 1 requests served." in rest


@pytest.mark.parametrize(
    ("wrong", "error", "why"),
    [
        ({"path": Path("/nowhere")}, UnreadableInput, "/nowhere: no such file or folder"),
        ({"at": "noon"}, ConfigError, "--at: not an ISO time: 'noon'"),
        ({"speed": -1}, ConfigError, "--speed: a clock cannot run backwards"),
        ({"misbehave": ("sulk@*/*",)}, ConfigError, "no misbehaviour 'sulk'"),
        ({"furniture": "oak"}, ConfigError, "oak: furniture is 'none' or 'lively'"),
        ({"port": 70_000}, ConfigError, "127.0.0.1:70000: cannot listen on this port"),
    ],
)
def test_what_cannot_be_played_is_said_before_anything_is_served(
    versions_file: Path, wrong: dict[str, object], error: type[Exception], why: str
) -> None:
    said: list[str] = []
    options = ReplayOptions(**{"path": versions_file, "port": 0, "say": said.append, **wrong})  # type: ignore[arg-type]
    with pytest.raises(error, match=re.escape(why)):
        run_replay(options)
    assert not said


def test_an_empty_play_names_the_first_problem(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    path.write_text("nonsense\n")
    with pytest.raises(MalformedInput, match=r"v\.jsonl:1: not a version"):
        run_replay(ReplayOptions(path))


def test_the_press_is_light_to_import() -> None:
    program = "import sys, writethru.press; print(' '.join(sorted(sys.modules)))"
    modules = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"jinja2", "lxml", "http.client", "sqlalchemy"} & set(modules)


DATA = Path(os.environ.get("WRITETHRU_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
REAL = DATA / "revisions" / "digitalgov_dev.jsonl.gz"


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL} is absent: set WRITETHRU_DATA to read the real histories")
def test_real_histories_are_served_and_come_back_as_they_are() -> None:
    import http.client

    from lxml import html

    from writethru.press import Press, VirtualClock, as_shown, load_plays

    plays = load_plays(REAL)
    assert (plays.count, plays.warnings) == (1568, ())
    clock = VirtualClock(plays.first)
    with Press(plays, clock) as press:
        connection = http.client.HTTPConnection("127.0.0.1", press.port)
        for article in plays.articles():
            for number, moment in enumerate(article.times, start=1):
                clock.set(moment)
                connection.request("GET", article.path, headers={"Host": article.host})
                page = html.document_fromstring(connection.getresponse().read().decode())
                copy = article.versions[article.number_at(moment) - 1].copy
                got = "\n\n".join(p.text_content() for p in page.xpath('//div[@class="article-body"]/p'))
                assert got == as_shown(copy.text) == copy.text, f"{article.url} {number}"  # type: ignore[attr-defined]
                assert page.findtext(".//h1") == copy.headline  # type: ignore[attr-defined]
        connection.close()
        shown = press.sights()
    # Seven versions have the time of the one after them, so they never stand.
    assert sum(map(len, shown.values())) == 1568 - 7
