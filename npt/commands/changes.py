"""`npt change`: did a count change, and did it change more than elsewhere? It asks no database."""

from fractions import Fraction

import click

from npt.commands.numbers import COUNT, FORMAT, print_json, told_as_usage
from npt.commands.speech import say
from npt.kit.statistics import (
    CountChange,
    Elsewhere,
    Prevented,
    Windows,
    change_beside,
    change_told,
    count_change,
    in_text,
    method,
    prevented,
)


@click.command()
@click.option("--before", type=COUNT, required=True, help="Events before.")
@click.option("--before-days", type=COUNT, required=True, help="Days in which those were counted.")
@click.option("--after", type=COUNT, required=True, help="Events after.")
@click.option("--after-days", type=COUNT, required=True, help="Days in which those were counted.")
@click.option("--elsewhere-before", type=COUNT, help="Events before in a place where nothing was done.")
@click.option("--elsewhere-after", type=COUNT, help="Events after there, in the same days.")
@click.option("--buffer-before", type=COUNT, help="Events before in the surroundings of the first place.")
@click.option("--buffer-after", type=COUNT, help="Events after there, where they may have moved to.")
@click.option("--buffer-elsewhere-before", type=COUNT, help="Events before in the surroundings elsewhere.")
@click.option("--buffer-elsewhere-after", type=COUNT, help="Events after there.")
@FORMAT
def change(
    before: int,
    before_days: int,
    after: int,
    after_days: int,
    elsewhere_before: int | None,
    elsewhere_after: int | None,
    buffer_before: int | None,
    buffer_after: int | None,
    buffer_elsewhere_before: int | None,
    buffer_elsewhere_after: int | None,
    form: str,
) -> None:
    """Did a count change, and did it change more than elsewhere?

    Counts of events only: a weighted score cannot be tested so. The number prevented is told for windows of
    equal length and places alike in size.

    \b
    Example: npt change --before 25 --before-days 92 --after 12 --after-days 92
             npt change --before 207 --before-days 365 --after 110 --after-days 365 \\
                 --elsewhere-before 308 --elsewhere-after 318
    """
    here, days = Windows(before, after), {"before_days": before_days, "after_days": after_days}
    there = _windows("elsewhere", elsewhere_before, elsewhere_after)
    around = _windows("buffer", buffer_before, buffer_after)
    around_there = _windows("buffer-elsewhere", buffer_elsewhere_before, buffer_elsewhere_after)
    if (around is None) != (around_there is None):
        raise click.UsageError("Give the buffer of both places, here and elsewhere, or of neither.")
    if around is not None and there is None:
        raise click.UsageError("Buffers need --elsewhere-before and --elsewhere-after: give them too.")
    buffers = (around, around_there) if around is not None and around_there is not None else None
    with told_as_usage():
        found = count_change(here, **days)
        beside = change_beside(here, there) if there is not None else None
        fewer = prevented(here, there, buffers=buffers, **days) if there is not None else None
    if form == "json":
        print_json(**change_told(found, beside, fewer, has_buffers=buffers is not None))
        return
    if beside is not None:
        say(f"Beside elsewhere: {_interval(beside)}. {_DIFFERS[beside.differs]}")
        say(_prevented_in_words(fewer))
    say(f"Here: {before:,} in {before_days:,} days, then {after:,} in {after_days:,} days.")
    say(_change_in_words(found))
    say(f"Method: {method(beside, fewer, has_buffers=buffers is not None)}.")


_DIFFERS = {True: "The change differs from elsewhere.", False: "No difference from elsewhere is shown."}


def _windows(name: str, before: int | None, after: int | None) -> Windows | None:
    if before is None and after is None:
        return None
    if before is None or after is None:
        raise click.UsageError(f"Give both --{name}-before and --{name}-after, or neither.")
    return Windows(before, after)


def _interval(found: CountChange | Elsewhere) -> str:
    ratio, low, high = (in_text(each, 2) for each in (found.ratio, found.low, found.high))
    return f"ratio {ratio or 'not known'}, 95% interval {low} to {high or 'no upper end'}"


def _change_in_words(found: CountChange) -> str:
    if found.has_changed is None:
        return "Nothing can be said: nothing was counted, before or after."
    verdict = "Changed: the interval leaves 1." if found.has_changed else "No change is shown."
    zero = " Zero is not proof." if found.ratio == 0 and not found.has_changed else ""
    return f"Rate after to rate before: {_interval(found)}, {_p(found)}. {verdict}{zero}"


def _p(found: CountChange) -> str:
    return f"p {in_text(found.p, 4)}" if found.p >= Fraction(1, 10_000) else "p under 0.0001"


def _prevented_in_words(found: Prevented | None) -> str:
    if found is None:
        return "Number prevented: not told, since it needs windows of equal length and places alike in size."
    low, high = in_text(found.low, 0), in_text(found.high, 0)
    return f"Events more or fewer than elsewhere foretells: {found.difference}, 95% interval {low} to {high}."


COMMANDS = [change]
