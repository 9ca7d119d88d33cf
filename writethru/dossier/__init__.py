"""A storyline told with all that was found in it: timeline, statements, disagreements, changes, open questions.

Pure: what the archive knows comes in as values (``parts``), a dossier comes out, and its JSON form, Markdown, tables
and linked data. May import ``model``, ``errors``, ``text``, ``comparison``, ``reuse`` and ``statements``.
"""
