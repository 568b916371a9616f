"""The journal: who did what, when, from what to what.

Written by one listener in the same transaction as the change, append-only by trigger, each entry chained to
the one before by its hash. Personal data is not copied into it: field names and keyed digests stand for it.
"""
