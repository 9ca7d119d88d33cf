"""Notifications: rules say of what, targets say where to; what is to be sent stands in a journal first.

Enter: the change log and a rules file; leave: messages. ``rules``, ``hours`` and ``message`` are pure.
May import ``storage``, ``publish`` and what is below them; ``apprise`` only when a message goes out.
"""
