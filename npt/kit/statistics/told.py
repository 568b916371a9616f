"""A change as programs are told of it: numbers as texts with a fixed number of decimals, null for unknown."""

from fractions import Fraction
from typing import Any

from npt.kit.shares import rounded_half_up
from npt.kit.statistics.changes import CountChange, Elsewhere, Prevented

#: the method of every interval of a share
EXACT = "exact 95% interval (Clopper-Pearson)"


def in_text(value: Fraction | None, places: int) -> str | None:
    """The value with so many decimals, rounded half up; None when it is not known."""
    return None if value is None else f"{rounded_half_up(value, places):f}"


def change_told(
    found: CountChange, beside: Elsewhere | None, fewer: Prevented | None, *, has_buffers: bool
) -> dict[str, Any]:
    """Whether a count changed, and more than elsewhere, as one object."""
    return {
        **_ratio(found),
        "p": in_text(found.p, 4),
        "changed": found.has_changed,
        "elsewhere": None
        if beside is None
        else {**_ratio(beside), "prevented": None if fewer is None else _prevented(fewer)},
        "method": method(beside, fewer, has_buffers=has_buffers),
    }


def _ratio(found: CountChange | Elsewhere) -> dict[str, str | None]:
    return {
        "ratio": in_text(found.ratio, 4),
        "low": in_text(found.low, 4),
        "high": in_text(found.high, 4),
    }


def _prevented(found: Prevented) -> dict[str, Any]:
    return {
        "difference": found.difference,
        "variance": found.variance,
        "z": in_text(found.z, 3),
        "low": in_text(found.low, 2),
        "high": in_text(found.high, 2),
    }


def method(beside: Elsewhere | None, fewer: Prevented | None, *, has_buffers: bool) -> str:
    """How it was worked out, in words."""
    parts = [f"exact conditional test, {EXACT} as a rate ratio, p twice the smaller tail"]
    if beside is not None:
        parts.append("elsewhere: ratio of ratios, interval of its logarithm")
    if fewer is not None:
        told = "with buffers" if has_buffers else "buffers not given"
        parts.append(f"prevented: weighted displacement difference, {told}")
    return "; ".join(parts)
