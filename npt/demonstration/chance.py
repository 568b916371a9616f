"""Chance that can be repeated: every part of the force draws from its own stream of one seed.

A stream of its own for each person and team means that a change to one of them leaves all others as they are.
"""

from random import Random


def stream(seed: int, *of: object) -> Random:
    """The stream of `seed` for the part that `of` names."""
    name = "/".join(str(each) for each in (seed, *of))
    return Random(name)  # noqa: S311 - it invents records and protects nothing


def rounded_to_quarters(minutes: float) -> int:
    """The minutes as somebody would write them down: to the nearest quarter of an hour, at least one."""
    return max(15, round(minutes / 15) * 15)
