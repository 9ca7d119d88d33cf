"""Benchmarks and measurements: each file that can be run is one; ``python -m bench`` lists and runs them.

Each prints its result with the machine and the versions it ran on, or as JSON with ``--json``.
They may import everything; nothing imports them.
"""
