"""``python -m bench``: list the benchmarks; ``python -m bench NAME [OPTION…]``: run one."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def benchmarks() -> dict[str, str]:
    """Each benchmark's name and the first line of what it says of itself."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not path.name.startswith("__") and 'if __name__ == "__main__"' in source:
            found[path.stem] = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]
    return found


def main(arguments: list[str]) -> int:
    """Run the benchmark named first with the other arguments; without a name, list them."""
    found = benchmarks()
    if arguments and arguments[0] in found:
        script = HERE / f"{arguments[0]}.py"
        here = {**os.environ, "PYTHONPATH": str(HERE.parent)}  # the code beside it, installed or not
        return subprocess.run([sys.executable, str(script), *arguments[1:]], check=False, env=here).returncode
    if arguments and arguments[0] not in ("-h", "--help", "list"):
        print(f"no benchmark is called {arguments[0]!r}", file=sys.stderr)
    print("python -m bench NAME [OPTION…]; with --help, a benchmark shows its options. There are:\n")
    for name, line in found.items():
        print(f"  {name:<18} {line}")
    return 0 if not arguments or arguments[0] in ("-h", "--help", "list") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
