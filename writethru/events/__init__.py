"""Events and storylines: which articles tell of one happening, and which happenings continue each other.

What may enter: pure functions over article texts, their days and what was found before.
May import: ``model``, ``errors``, ``text`` and ``reuse`` (folded words); no I/O, nothing outside the standard library.
"""
