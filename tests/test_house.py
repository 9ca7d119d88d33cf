"""The house keeps its rules: layers, purity, light start-up, and no import cycles."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "writethru"

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "export": {"model", "errors", "storage"},
    "client": {"errors", "api", "dossier"},
    "model": set(),
    "config": {"errors"},
    "text": {"model", "errors"},
    "extraction": {"model", "errors", "text"},
    "comparison": {"model", "errors", "text"},
    "reuse": {"model", "errors", "text", "comparison"},
    "events": {"model", "errors", "text", "reuse"},
    "statements": {"model", "errors", "text", "comparison", "reuse"},
    "dossier": {"model", "errors", "text", "comparison", "reuse", "statements", "rulings"},
    "nlp": {"errors", "text", "reuse", "statements"},
    "search": {"model", "errors", "text", "comparison"},
    "schedule": {"model", "errors"},
    "health": {"model", "errors"},
    "press": {"model", "errors", "text"},
    "fetch": {"model", "errors", "config"},
    "evidence": {"model", "errors", "fetch"},
    "storage": {"model", "errors", "config", "text", "comparison", "health", "search", "alerts", "rulings"},
    "sources": {"model", "errors", "text", "extraction", "fetch", "evidence"},
    "watch": {
        "model", "errors", "config", "text", "extraction", "comparison", "schedule", "fetch", "evidence", "storage",
        "sources", "health", "analyse", "alerts",
    },
    "safety": {"model", "errors", "storage", "evidence", "watch"},
    "slices": {"model", "storage", "evidence", "analyse"},
    "bulk": {
        "model", "errors", "text", "extraction", "reuse", "statements", "storage", "sources", "watch", "analyse",
        "export",
    },
    "backup": {"model", "errors", "evidence", "storage"},
    "doctor": {"config", "errors", "evidence", "storage", "analyse", "nlp", "watch"},
    "alerts": {"model"},
    "cursors": {"model", "errors"},
    "rulings": set(),
    "views": {"model", "errors", "text", "comparison", "storage", "alerts", "health"},
    "mementos": {"model", "errors", "text", "storage"},
    "notify": {
        "model", "errors", "config", "text", "comparison", "storage", "publish", "alerts", "fetch", "watch",
        "statements", "dossier", "analyse",
    },
    "happenings": {"model", "comparison", "cursors", "storage", "views"},
    "lives": {"model", "comparison", "storage"},
    "analyse": {
        "model", "errors", "config", "text", "comparison", "reuse", "events", "search", "statements", "storage",
        "dossier", "nlp", "rulings",
    },
    "publish": {
        "model", "errors", "text", "comparison", "storage", "views", "health", "alerts", "mementos", "search",
    },
    "listing": {"model", "errors", "comparison", "storage", "views"},
    "histories": {"model", "cursors", "listing", "storage", "views"},
    "river": {"model", "errors", "cursors", "listing", "storage", "views", "publish"},
    "outlet_figures": {"model"},
    "outlet_history": {"model", "errors", "storage", "outlet_figures"},
    "article_views": {"model", "alerts", "comparison", "listing", "storage", "views"},
    "archive": {
        "article_views", "model", "errors", "config", "extraction", "schedule", "fetch", "evidence", "storage",
        "listing", "services", "sources", "watch", "views", "health", "lives", "analyse", "safety", "cursors", "notify",
    },
    "services": {
        "analyse", "evidence", "export", "happenings", "histories", "mementos", "outlet_history", "river", "storage",
        "watch",
    },
    "api": {
        "model", "errors", "config", "text", "comparison", "reuse", "storage", "alerts", "views", "publish", "archive",
        "health", "lives", "analyse", "safety", "river", "search",
        "dossier", "statements", "rulings",
    },
    "web": {
        "model", "errors", "config", "text", "comparison", "reuse", "storage", "alerts", "views", "publish", "archive",
        "api", "health", "lives", "analyse", "safety", "river", "search", "listing", "happenings", "mementos",
        "outlet_figures", "outlet_history",
        "dossier", "statements",
    },
    "demo": {"model", "errors", "config", "text", "watch", "archive", "press"},
    "cli": {
        "export",
        "demo", "model", "errors", "config", "text", "extraction", "comparison", "schedule", "storage", "sources",
        "watch", "alerts", "views", "publish", "archive", "api", "web", "press", "health", "lives", "reuse", "analyse",
        "safety", "backup", "doctor", "notify", "river", "search", "bulk", "slices", "evidence",
        "dossier", "statements", "nlp",
    },
    "__main__": {"cli"},
}  # fmt: skip
"""Each part of the house and what it may import; what is not listed may not be imported."""

PURE = (
    "model", "errors", "text", "extraction", "comparison", "reuse", "events", "statements", "schedule", "alerts",
    "health", "search", "cursors", "outlet_figures", "dossier", "rulings",
)  # fmt: skip
DOING_IO = {
    "socket", "ssl", "subprocess", "sqlite3", "sqlalchemy", "httpx2", "httpcore2", "requests", "urllib.request",
    "http.client", "http.server", "shutil", "tempfile", "threading", "multiprocessing", "asyncio", "time",
}  # fmt: skip


def parts() -> dict[str, list[Path]]:
    """Each top-level part of the package and its files."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        name = inside.parts[0].removesuffix(".py")
        if name != "__init__" or len(inside.parts) > 1:
            found.setdefault(name, []).append(path)
    return found


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module a file imports anywhere, with its line; TYPE_CHECKING ones too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found.append((node.module or "", node.lineno))
    return found


def imported(path: Path, files: dict[str, Path]) -> set[str]:
    """Which of ``files`` a file imports; ``from package import file`` means the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in files else str(node.module) for name in inside}
    return found & set(files)


def test_every_part_of_the_house_has_a_place() -> None:
    assert set(parts()) <= set(MAY_IMPORT)


@pytest.mark.parametrize("part", sorted(parts()))
def test_layers(part: str) -> None:
    wrong = []
    for path in parts()[part]:
        for module, line in imports(path):
            names = module.split(".")
            if names[0] != "writethru" or len(names) == 1:
                continue
            if names[1] != part and names[1] not in MAY_IMPORT[part]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {module}")
    assert not wrong


def test_the_layers_themselves_have_no_cycle() -> None:
    done: set[str] = set()
    while len(done) < len(MAY_IMPORT):
        free = {part for part, below in MAY_IMPORT.items() if part not in done and below <= done}
        assert free, f"a cycle among {set(MAY_IMPORT) - done}"
        done |= free


@pytest.mark.parametrize("part", PURE)
def test_pure_packages_do_no_io(part: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in parts().get(part, [])
        for module, line in imports(path)
        if module in DOING_IO or module.split(".")[0] in DOING_IO
    ]
    opened = [
        f"{path.relative_to(ROOT)}:{node.lineno} opens a file"
        for path in parts().get(part, [])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    assert not wrong + opened


@pytest.mark.parametrize("part", sorted(parts()))
def test_no_cycle_between_the_files_of_a_part(part: str) -> None:
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in parts()[part]
    }
    below = {name: {module for module in imported(path, files) if module != name} for name, path in files.items()}
    done: set[str] = set()
    while len(done) < len(below):
        free = {name for name, needs in below.items() if name not in done and needs <= done}
        assert free, f"a cycle among {sorted(set(below) - done)}"
        done |= free


def test_every_package_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_the_command_starts_without_heavy_imports() -> None:
    heavy = {"lxml", "sqlalchemy", "httpx2", "httpcore2", "fastapi", "rich", "feedparser", "warcio", "fastwarc"}
    code = "import sys, writethru.cli; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())
