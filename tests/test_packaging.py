"""What is shipped beside the package: units that systemd accepts, a container that is nobody special."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[1] / "packaging"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """The programs that they start are not installed here, so they are replaced."""
    names = []
    for path in sorted((PACKAGING / "systemd").iterdir()):
        text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", path.read_text(encoding="utf-8"))
        text = text.replace("User=writethru", "User=root").replace("Documentation=man:writethru(1)\n", "")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / path.name))
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    about_ours = [line for line in done.stderr.splitlines() if "writethru" in line]
    assert about_ours == []


def test_the_units_call_commands_that_there_are() -> None:
    from writethru.cli import COMMANDS

    called = set()
    for path in (PACKAGING / "systemd").iterdir():
        called |= set(re.findall(r"/bin/writethru (\S+)", path.read_text(encoding="utf-8")))
    assert called == {"up", "backup"}
    assert called <= set(COMMANDS)


def test_the_container_runs_as_nobody_special_and_answers_for_its_health() -> None:
    lines = (PACKAGING / "Containerfile").read_text(encoding="utf-8").splitlines()
    final = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER 10001" in final
    assert any(line.startswith("HEALTHCHECK") for line in final)
    assert any("/healthz" in line for line in final)
    assert all("-slim" in line for line in lines if line.startswith("FROM"))
