"""``python -m writethru``."""

from writethru.cli import main

main()
