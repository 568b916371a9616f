"""What the figures show, in words: how far a count has to fall, whether it fell, and what cannot be said."""

from collections.abc import Iterator
from fractions import Fraction

from npt.incidents.wording import direction_in_words, reach_in_words
from npt.kit.shares import rounded_half_up
from npt.kit.statistics import CountChange, Elsewhere, Prevented
from npt.outcomes.queries.figures_shown import Shown
from npt.outcomes.rules import CanShow, Figures, a_month
from npt.webkit.filters import day, number, plural

_LEAST_P = Fraction(1, 10_000)


def needed_in_words(shows: CanShow) -> list[str]:
    """What a count before can show at all, in sentences."""
    before = shows.before
    told = [
        f"{number(before.count)} in {plural(before.days, 'day')}, about {_about(a_month(before))} a month."
    ]
    if shows.most_after is None:
        told.append(
            "So few can show nothing: even none at all in as many days after could be chance. Look for"
            " something else to count."
            if not before.count
            else "So few can show nothing: even none at all in as many days after could be chance."
        )
    else:
        most = "none at all" if not shows.most_after else f"{number(shows.most_after)} or fewer"
        told.append(f"With as many days after you need a fall to {most} to know that it fell.")
    if shows.days is not None:
        told.append(
            f"For a fall by half to show you need {number(shows.enough)} before: about"
            f" {plural(shows.days, 'day')} at this rate, or more ground in the same days."
        )
    return told


def _about(rate: float) -> str:
    """A rate a month, to be read: "12", "3.3", "0.4"."""
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def ratio_in_words(change: CountChange | Elsewhere) -> str:
    """A ratio with its interval: "0.48 (0.22 to 0.99)"."""
    ratio = "no ratio" if change.ratio is None else two_places(change.ratio)
    if change.low is None:
        return "not known"
    high = "no upper end" if change.high is None else two_places(change.high)
    return f"{ratio} ({two_places(change.low)} to {high})"


def two_places(value: Fraction) -> str:
    """A number with two decimals, a half rounded up."""
    return str(rounded_half_up(value, 2))


def p_in_words(change: CountChange) -> str:
    """How often chance alone would do as much: "p 0.047"."""
    return "p under 0.0001" if change.p < _LEAST_P else f"p {rounded_half_up(change.p, 4)}"


def change_in_words(change: CountChange) -> str:
    """Whether a count changed, in a few words."""
    if change.has_changed is None:
        return "Nothing counted, so nothing can be said"
    if change.has_changed:
        return direction_in_words(change).capitalize()
    return "No change is shown: zero is not proof" if change.ratio == 0 else "No change is shown"


def said_of(shown: Shown, figures: Figures, elsewhere: str) -> Iterator[str]:
    """What may be said of the figures, the headline first. `elsewhere`: what the other area is called."""
    if figures.beside is not None:
        verdict = (
            "The change here is not that of there"
            if figures.beside.differs
            else "No difference from there is shown"
        )
        yield f"Against {elsewhere}: {ratio_in_words(figures.beside)} times the change there. {verdict}."
    if figures.fewer is not None:
        yield f"{prevented_in_words(figures.fewer, elsewhere)} {_around_words(figures)}".rstrip()
    if figures.why_no_number is not None:
        yield figures.why_no_number
    yield (
        f"Here: {number(figures.before.count)} in {plural(figures.before.days, 'day')}, then"
        f" {number(figures.after.count)} in {plural(figures.after.days, 'day')}. Rate after to rate before"
        f" {ratio_in_words(figures.change)}, {p_in_words(figures.change)}."
        f" {change_in_words(figures.change)}."
    )
    if not figures.is_same_length and figures.beside is None:
        yield "The two windows differ in length, so rates are compared."
    around = figures.around_change
    if around is not None and around.has_changed:
        yield f"Around it the count changed too: {direction_in_words(around)}. Look whether it moved there."
    yield from unknown_in_words(shown)


def unknown_in_words(shown: Shown) -> Iterator[str]:
    """What is not known of the figures, and why."""
    seen = shown.seen
    if shown.is_itself:
        yield (
            "The area to compare with is the ground of this problem: an area cannot be compared with itself."
            " Name another one on the response."
        )
    if seen is None:
        return
    missing = [each for each in (shown.before, shown.after) if each is not None and not seen.knows(each)]
    if missing:
        days = " and ".join(f"{day(each.first)} to {day(each.last)}" for each in missing)
        yield f"Not known for {days}. {reach_in_words(seen.reach)}"
    windows = [each for each in (shown.before, shown.after) if each is not None]
    nowhere = seen.nowhere_in(*windows)
    if nowhere:
        verb = "has" if nowhere == 1 else "have"
        yield (
            f"{plural(nowhere, 'incident')} of the unit in these days {verb} no point on the map, so that"
            " nobody knows whether they were here: not counted."
        )


def prevented_in_words(fewer: Prevented, elsewhere: str) -> str:
    """How many fewer or more than elsewhere foretells, with the interval."""
    low, high = rounded_half_up(fewer.low, 0), rounded_half_up(fewer.high, 0)
    much = f"{abs(fewer.difference):,} {'fewer' if fewer.difference <= 0 else 'more'}"
    return f"{much} than {elsewhere} foretells, 95% interval {low:,} to {high:,}."


def _around_words(figures: Figures) -> str:
    if figures.around is not None and figures.around_elsewhere is not None:
        return "What moved next door is counted in."
    return "What moved next door is not counted in."


def kept_in_words(shown: Shown) -> str:
    """What was kept when a problem was closed, where it counts otherwise now; "" where it does not."""
    if shown.kept is None or shown.figures is None or not shown.is_otherwise_now:
        return ""
    kept, now = shown.kept, shown.figures
    return (
        f"Kept when it was closed: {number(kept.before.count)}, then {number(kept.after.count)}. Counted"
        f" again today: {number(now.before.count)}, then {number(now.after.count)}. Incidents were imported"
        " or corrected since; the outcome stays as it was kept."
    )
