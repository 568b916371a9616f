"""Incidents in words: where one was, and whether a count changed."""

from collections.abc import Sequence
from fractions import Fraction

from npt.incidents.models import Incident
from npt.incidents.rules import Comparison, Reach
from npt.kit.clock import days_in_words
from npt.kit.months import Month
from npt.kit.statistics import CountChange, Windows
from npt.webkit.filters import number

#: Of how many tests one comes out by chance: those of 95%.
_BY_CHANCE = Fraction(1, 20)


def place_in_words(incident: Incident) -> str:
    """Where it was: the street, else the point; "" where only the neighbourhood is known."""
    if incident.street:
        return incident.street
    return "" if incident.point is None else incident.point.words


def months_in_words(months: Sequence[Month]) -> str:
    """Months in a row: "August to October 2026", "December 2025 to February 2026"."""
    first, last = months[0], months[-1]
    if first == last:
        return first.title
    begins = first.title if first.year != last.year else first.title.partition(" ")[0]
    return f"{begins} to {last.title}"


def reach_in_words(reach: Reach | None) -> str:
    """Which days the imported incidents reach over."""
    if reach is None:
        return "No incidents have been imported yet."
    return f"Incidents are known from {days_in_words(reach.first, reach.last)}."


def change_in_words(change: CountChange, windows: Windows) -> str:
    """Whether a count changed: "down 36%", "no clear change"."""
    if change.has_changed is None:
        return "none in either"
    if not change.has_changed:
        return "no clear change" if windows.after else "no clear change: zero is not proof"
    return direction_in_words(change)


def direction_in_words(change: CountChange) -> str:
    """Which way a count went, and how far: "up 40%", "down 36%", "up from none"."""
    if change.ratio is None:
        return "none" if change.has_changed is None else "up from none"
    if change.ratio == 1:
        return "level"
    percent = abs(round((change.ratio - 1) * 100))
    return f"{'up' if change.ratio > 1 else 'down'} {f'{percent:,}' if percent else 'less than 1'}%"


def interval_in_words(change: CountChange) -> str:
    """The interval of the ratio of rates: "0.38 to 0.91"; "0.52 or more" where it has no upper end."""
    if change.low is None:
        return "not known"
    if change.high is None:
        return f"{float(change.low):.2f} or more"
    return f"{float(change.low):.2f} to {float(change.high):.2f}"


def tone_of(change: CountChange) -> str:
    """The tone of the words for a change."""
    if not change.has_changed:
        return "quiet"
    return "caution" if change.ratio is None or change.ratio > 1 else "good"


def headline(comparison: Comparison, windows: Windows, change: CountChange) -> str:
    """The change of all incidents in a sentence."""
    return (
        f"{months_in_words(comparison.after)}: {number(windows.after)} incidents, against"
        f" {number(windows.before)} in {months_in_words(comparison.before)}: {_said_of(change, windows)}."
    )


def _said_of(change: CountChange, windows: Windows) -> str:
    """What a change is worth, in a clause."""
    words = change_in_words(change, windows)
    if change.has_changed is None:
        return f"{words}, so nothing can be said"
    why = "more than chance explains" if change.has_changed else "the difference may be chance"
    return f"{words}, {why}"


def chance_in_words(tests: int) -> str:
    """How many of so many tests come out by chance alone."""
    expected = float(tests * _BY_CHANCE)
    return (
        f"{tests} lines are tested. If nothing had changed, about {expected:.1f} would still come out as"
        " changed, by chance alone."
    )
