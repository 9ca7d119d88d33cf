"""What leaves the archive: feeds, citations and the words that explain a verdict.

Views of the service layer enter; documents (Atom, JSON Feed) and plain sentences leave.
May import everything below it (``views``, ``comparison``, ``model``, ``errors``); no database, no HTTP.
"""
