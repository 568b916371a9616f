"""`npt share`, `npt limits`, `npt compare`: what may be said of a figure. They ask no database."""

import re
import sys
from decimal import Decimal
from fractions import Fraction

import click

from npt.commands.numbers import COUNT, FORMAT, NUMBER, print_json, told_as_usage
from npt.commands.speech import say
from npt.kit.numbers import read_decimal
from npt.kit.statistics import (
    EXACT,
    FEWEST,
    Figure,
    NotJudged,
    Rule,
    Survey,
    Verdict,
    check_count,
    comparison,
    in_text,
    limits_of,
    proportion,
    signals_in,
)

_VERDICTS = {
    Verdict.UNDER: "Under: the whole interval is below the share.",
    Verdict.OVER: "Over: the whole interval is above the share.",
    Verdict.IN_LINE: "In line: the interval holds the share.",
    Verdict.TOO_FEW: "Too few to say: fewer than 5 were expected, and the interval holds the share.",
}
_RULES = {
    Rule.OUTSIDE: "outside a limit",
    Rule.RUN: "7 or more in a row on one side of the mean",
    Rule.TREND: "7 or more in a row rising or falling",
    Rule.NEAR: "2 of 3 beyond two thirds of the way to a limit",
}


@click.command()
@click.option("--heard", type=COUNT, required=True, help="How many of the group were heard.")
@click.option("--of", type=COUNT, required=True, help="How many were heard in all.")
@click.option(
    "--share", "percent", type=NUMBER, required=True, help="The group's share of the population, in percent."
)
@FORMAT
def share(heard: int, of: int, percent: Decimal, form: str) -> None:
    """Is a group heard in proportion to its share of the population?

    \b
    Example: npt share --heard 3 --of 40 --share 18
    """
    with told_as_usage():
        found = proportion(heard=heard, of=of, share=percent)
    low, high = (in_text(100 * end, 2) for end in (found.ends.low, found.ends.high))
    method = f"{EXACT} of the heard share, against the share of the population"
    if form == "json":
        print_json(
            expected=in_text(found.expected, 2),
            low=low,
            high=high,
            verdict=found.verdict.value,
            method=method,
        )
        return
    say(f"Heard {heard:,} of {of:,}, {in_text(found.expected, 2)} expected.")
    observed = in_text(Fraction(100 * heard, of), 2)
    say(f"Heard share {observed}%, 95% interval {low}% to {high}%; share {percent}%.")
    say(_VERDICTS[found.verdict])
    say(f"Method: {method}.")


@click.command()
@click.option(
    "--values",
    "text",
    required=True,
    metavar="12,14,…",
    help="The series in order; - reads standard input.",
)
@click.option("--baseline", type=COUNT, help="Draw the limits from the first so many. [default: from all]")
@FORMAT
def limits(text: str, baseline: int | None, form: str) -> None:
    """XmR limits of a series, and which of its values are out of the ordinary.

    Limits need eight values at least, and are on trial under twelve.

    \b
    Example: npt limits --values 12,14,9,11,13,10,12,15,11,12,10,13,24 --baseline 12
             cut -d, -f2 months.csv | npt limits --values - --format json
    """
    with told_as_usage():
        values = _series(_standard_input() if text.strip() == "-" else text)
        if baseline is not None:
            check_count(baseline, "baseline", least=FEWEST, most=max(len(values), FEWEST))
        drawn = limits_of(values[:baseline])
        found = signals_in(values, drawn)
    mean, low, high = (in_text(each, 2) for each in (drawn.mean, drawn.low, drawn.high))
    if form == "json":
        signals = [{"at": signal.at, "rule": signal.rule.value} for signal in found]
        print_json(
            mean=mean, low=low, high=high, floored=drawn.is_floored, signals=signals, trial=drawn.is_trial
        )
        return
    if low is None:
        say(f"Mean {mean}. No limits: the values they would be drawn from do not vary.")
    else:
        say(f"Mean {mean}, limits {low} to {high}.")
    if drawn.is_floored:
        say("The lower limit is 0, so a fall cannot signal.")
    if drawn.is_trial and low is not None:
        say("On trial: drawn from fewer than 12 values.")
    for signal in found:
        say(f"Value {signal.at}, {values[signal.at - 1]}: {_RULES[signal.rule]}.")
    if not found:
        say("No signal.")


def _standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise NotJudged("standard input is no text: give numbers in UTF-8", field="values") from error


def _series(text: str) -> list[Decimal]:
    """The numbers of a text, parted by commas, semicolons or blanks. NotJudged for what is none."""
    values = []
    for place, each in enumerate(re.split(r"\s*[,;]\s*|\s+", text.strip()), start=1):
        if not each:
            raise NotJudged(
                f"value {place} is empty: limits need known values without a gap, and 0 only where it was 0",
                field="values",
            )
        try:
            values.append(read_decimal(each))
        except ValueError as error:
            raise NotJudged(f"value {place}: {error}", field="values") from error
    return values


@click.command()
@click.option("--p", "percent", type=NUMBER, required=True, help="The figure, in percent.")
@click.option("--n", "people", type=COUNT, help="How many were asked.")
@click.option("--ci", "half_width", type=NUMBER, help="Or its published 95% interval, ± percentage points.")
@click.option(
    "--with", "other", type=NUMBER, required=True, help="The figure it is held against, in percent."
)
@click.option("--with-n", "other_people", type=COUNT, help="How many were asked for that (of each peer).")
@click.option("--with-ci", "other_half_width", type=NUMBER, help="Or its published interval (of each peer).")
@click.option(
    "--peers", type=COUNT, help="The other figure is the mean of so many forces, this one left out."
)
@click.option(
    "--survey",
    type=click.Choice([each.value for each in Survey]),
    default=Survey.SATISFACTION.value,
    show_default=True,
    help="The survey that --n and --with-n are of: how much wider than by chance its intervals are.",
)
@FORMAT
def compare(
    percent: Decimal,
    people: int | None,
    half_width: Decimal | None,
    other: Decimal,
    other_people: int | None,
    other_half_width: Decimal | None,
    peers: int | None,
    survey: str,
    form: str,
) -> None:
    """Are two figures of a survey different?

    \b
    Example: npt compare --p 78.0 --n 1200 --with 79.4 --with-n 1200
             npt compare --p 52.7 --n 1000 --with 50.4 --with-n 1000 --peers 7 --survey bcs
    """
    deft = Survey(survey).deft
    with told_as_usage(percent="--p", people="--n", half_width="--ci"):
        first = _figure("", percent, people, half_width, deft)
    with told_as_usage(percent="--with", people="--with-n", half_width="--with-ci"):
        second = _figure("with-", other, other_people, other_half_width, deft)
        if peers is not None:
            second = second.as_mean_of(peers)
    found = comparison(first, second)
    difference, half, z = (in_text(each, 2) for each in (found.difference, found.half_width, found.z))
    method = _survey_method(
        first,
        second,
        deft,
        peers,
        has_people=(people, other_people) != (None, None),
        has_interval=(half_width, other_half_width) != (None, None),
    )
    if form == "json":
        print_json(
            difference=difference, half_width=half, z=z, significant=found.is_significant, method=method
        )
        return
    widths = [in_text(each.half_width, 2) for each in (first, second)]
    say(f"{percent}% ± {widths[0]} against {other}% ± {widths[1]}.")
    say(f"Difference {difference} percentage points, ± {half}" + (f", z {z}." if z is not None else "."))
    say(_SIGNIFICANT[found.is_significant])
    say(f"Method: {method}.")


_SIGNIFICANT = {
    True: "Significantly different.",
    False: "Not significantly different.",
    None: "Cannot be tested: figures of 0% and 100% have no interval by this method.",
}


def _figure(
    prefix: str, percent: Decimal, people: int | None, half_width: Decimal | None, deft: Fraction
) -> Figure:
    if people is not None and half_width is None:
        return Figure.of_people(percent, people, deft)
    if half_width is not None and people is None:
        return Figure.with_half_width(percent, half_width)
    raise click.UsageError(f"Give either --{prefix}n or --{prefix}ci.")


def _survey_method(
    first: Figure, second: Figure, deft: Fraction, peers: int | None, *, has_people: bool, has_interval: bool
) -> str:
    errors = " and ".join(f"{in_text(each.standard_error, 2)}" for each in (first, second))
    parts = [f"difference against 1.96 x its standard error, SE {errors} points"]
    if has_people:
        parts.append(f"design factor {in_text(deft, 1)}")
    if has_interval:
        parts.append("published intervals as they are, without a design factor")
    if peers is not None:
        parts.append(f"mean of {peers} forces, each with the interval given")
    return "; ".join(parts)


COMMANDS = [share, limits, compare]
