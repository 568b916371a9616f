"""Reminders: a letter a day, at most, to supervisors whose teams have days that nobody has confirmed.

A zero that nobody confirmed is not a zero, and a rate with too few confirmed shifts stays provisional; so
whoever can confirm is asked to, by a digest of the days of this month and the last. The words and the rhythm
are ours.
"""
