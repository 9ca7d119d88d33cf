"""How outlets and sources are doing, and when to raise an alarm: pure functions over hourly sums.

What enters: ``OutletHour`` and ``SourceHour`` as they are stored; what leaves: figures and verdicts with reason codes.
May import ``model`` and ``errors`` only.
"""
