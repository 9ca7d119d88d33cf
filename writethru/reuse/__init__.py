"""Who copied whom: shared passages of two articles, their verdict and direction, descent and copy groups.

What may enter: pure functions over article texts and small summaries of them.
May import: ``model``, ``errors``, ``text`` and ``comparison``; no I/O, nothing outside the standard library.
"""
