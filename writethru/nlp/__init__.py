"""The optional extra ``[nlp]``: an encoder of sentences, and the tagger of attributions on it.

Everything heavy is loaded when it is first used; without the extra each use says what to install. May import the pure
packages whose work it extends (``text``, ``reuse``, ``statements``), and reads its own files and the cache folder.
"""
