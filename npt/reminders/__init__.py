"""Reminders: what the daily letter tells supervisors whose teams have days that nobody has confirmed.

A zero that nobody confirmed is not a zero, and a rate with too few confirmed shifts stays provisional; so
whoever can confirm is asked to, by a digest of the days of this month and the last. The letter itself, and
that there is one a day at most, is the work of `npt.outbox`. The words and the rhythm are ours.
"""
