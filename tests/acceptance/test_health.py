"""One failing outlet never delays another."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tests.acceptance.test_faults import env_for, reach, write
from tests.acceptance.watching import NOON, at
from tests.cli.command import Command
from writethru.press import Kind, Press, Rule, VirtualClock, load_plays

TEXT = "The council of ward {n} met on Friday to speak about the bridge, the ferry and the mill.\n" * 9


def lines_of(host: str, count: int) -> list[str]:
    """So many articles at one host, as a versions file has them."""
    return [
        json.dumps(
            {
                "outlet": host.partition(".")[0].title(),
                "url": f"http://{host}/ward-{n}",
                "time": at(0),
                "title": f"Ward {n} meets",
                "text": TEXT.format(n=n),
            }
        )
        for n in range(count)
    ]


def healthy_looks(press: Press) -> int:
    """Answers of the hosts that do not hang."""
    return sum(bool(record.version) and record.host != "slow.example" for record in press.log.records())


def test_a_host_that_hangs_delays_no_other(tmp_path: Path) -> None:
    """Six articles each at one host that never answers and at three healthy ones, on the machine's clock."""
    hosts = ["slow.example", "a.example", "b.example", "c.example"]
    lines = [line for host in hosts for line in lines_of(host, 6)]
    plays = load_plays(write(tmp_path / "played.jsonl", lines))
    user = Command(tmp_path)
    env = env_for(f"sqlite:///{tmp_path / 'w.db'}", tmp_path)
    env |= {"WRITETHRU_FETCH_READ_SECONDS": "4", "WRITETHRU_FETCH_TOTAL_SECONDS": "5"}
    with Press(plays, VirtualClock(NOON), rules=[Rule(Kind.STALL, "", host="slow.example", path="/ward-*")]) as press:
        env |= reach(press)
        urls = write(tmp_path / "urls.txt", [json.loads(line)["url"] for line in lines])
        assert user("import", urls, env=env).code == 0
        process = user.start("watch", "--json", env=env)
        while time.monotonic() < process.begun + 60 and healthy_looks(press) < 18:
            time.sleep(0.05)
        process.send(15)
        process.wait()
        stalled = sum(record.host == "slow.example" and "/ward" in record.path for record in press.log.records())
        healthy = healthy_looks(press)
    assert healthy == 18
    assert stalled <= 2, "it was left alone after it failed once"
