"""Who may write, what was written by whom, what was withdrawn.

A name and a password, or a token, enter; an ``Actor`` leaves, who may do what his role allows.
May import ``storage``, ``evidence``, ``watch`` and what is below them; faces reach it as ``archive.safety``.
"""
