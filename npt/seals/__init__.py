"""Seals: a month signed off, whose figures stand as they were signed whatever is corrected afterwards.

A manager answers for the month of their BCU, the board's lead for that of the force. What they signed is kept
as an edition: the figures of all measures, how they were counted, limits and targets, and the set of records
that they rest on, under one hash. Nothing reopens a seal; a second sign-off is another edition. Source: ours.
"""
