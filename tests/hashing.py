"""Passwords hashed at next to no cost: at the product's own, signing in takes a good part of a run.

A test of what is delivered takes `DELIVERED`.
"""

import copy

from npt.accounts.actions import HASHER, Hasher
from npt.accounts.rules import HashCost

#: the product's hasher as it is delivered
DELIVERED = copy.copy(HASHER)
CHEAP = Hasher(HashCost(rounds=1, kibibytes=8, lanes=1))


def hash_cheaply() -> None:
    """Hash as `CHEAP` does wherever this process names no hasher. A program that a test starts does not."""
    vars(HASHER).update(vars(CHEAP))
