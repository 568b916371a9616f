"""Abstraction rates of units, month by month. The sums are made in SQL; what is left here is to fold them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, counted_sums, definitions
from npt.counting.rollup.read import whole_sums
from npt.counting.rollup.sums import MonthSum
from npt.counting.rules import check_settled
from npt.kit.clock import day_in_words
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.spans import lasts
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.performance.queries.signed import NONE_SIGNED, SignedRates, signed_rates
from npt.performance.rules import (
    NOTHING,
    Breakdown,
    Counted,
    Folded,
    Part,
    RateRow,
    counted,
    folded,
    rate_row,
)
from npt.shifts.queries import ReasonLine, reasons


class UnknownDefinition(Refusal):
    """A way of counting was named that is not there, or not for the months asked for."""


def definition_named(session: Session, code: str, month: Month | None = None) -> DatedDefinition:
    """The definition of the code, for a month if one is given. UnknownDefinition when there is none."""
    return definition_in(definitions(session), code, month)


def definition_in(known: Sequence[DatedDefinition], code: str, month: Month | None = None) -> DatedDefinition:
    """The definition of the code among those that are `known`.

    UnknownDefinition when there is none, or when the month begins after it was closed; DefinitionNotSettled
    for one that is not settled yet.
    """
    check_settled(code)
    definition = next((each for each in known if each.code == code), None)
    if definition is None:
        raise UnknownDefinition(
            f"There is no definition with the code “{code[:40]}”: name one of those the force has,"
            " such as local-2008.",
            field="definition",
        )
    if month is not None and definition.closed_on is not None and not definition.covers(month):
        raise UnknownDefinition(
            f"The definition {definition.code} is closed after {day_in_words(definition.closed_on)}: ask for"
            " earlier months, or name another definition.",
            field="definition",
        )
    return definition


def structure_under(session: Session, path: str) -> list[Unit]:
    """The unit at `path` and all that ever lay under it, the closed ones too, in the order of their paths."""
    return list(session.scalars(select(Unit).where(within(path)).order_by(Unit.path)))


def counted_in(
    session: Session,
    units: Sequence[Unit],
    first: Month,
    last: Month,
    definition: DatedDefinition,
    by: Breakdown = Breakdown.GROUP,
) -> Folded:
    """What `definition` counts of each of the units with all that lies under it, month by month.

    What time was lost to is there when it is broken down by reason. Two statements.
    """
    if by is Breakdown.REASON:
        sums = whole_sums(session, [unit.path for unit in units], first, last)
        return folded(parts_of(sums, units, definition), by)
    path_of = {unit.id: unit.path for unit in units}
    found: dict[tuple[str, str, Month], Counted] = {}
    month_of: dict[date, Month] = {}
    for each in counted_sums(session, units, first, last, definition, by.roles):
        if each.first not in month_of:
            month_of[each.first] = Month.of(each.first)
        counted = Counted(each.lost, each.denominator, {}, each.shifts, each.confirmed_shifts)
        key = path_of[each.unit_id], each.group, month_of[each.first]
        found[key] = counted if key not in found else Counted.total([found[key], counted])
    return found


def stood_in(unit: Unit, month: Month) -> bool:
    """Whether the unit was open on at least one day of the month."""
    return unit.opened_on <= month.last and lasts(unit.closed_on, month.first)


def parts_of(sums: Sequence[MonthSum], units: Sequence[Unit], definition: DatedDefinition) -> list[Part]:
    """The sums of the units as `definition` counts them on their days, each with the path of its unit."""
    path_of = {unit.id: unit.path for unit in units}
    stands = {first: definition.on(first) for first in {each.first for each in sums}}
    return [
        Part(path_of[each.unit_id], each.role, each.month, counted(each, stands[each.first])) for each in sums
    ]


def counting_reasons(
    known: Sequence[ReasonLine], definition: DatedDefinition, month: Month
) -> list[ReasonLine]:
    """Those of the `known` reasons that count under `definition` on some day of `month`."""
    stands = [definition.on(day) for day, _counting in definition.stands(month.first, month.last)]
    return [reason for reason in known if any(each.counts(reason.code, reason.kind) for each in stands)]


def rates(
    session: Session,
    *,
    unit: Unit,
    first: Month,
    last: Month,
    each: Level | None = None,
    definition: str,
    by: Breakdown = Breakdown.GROUP,
) -> list[RateRow]:
    """The rates of `unit`, or of each unit of the level `each` at or under it, from `first` to `last`.

    Every unit, group (or role, or reason of a group) and month has its row, also without duty; with `each`,
    the units that stood in that month. Sorted by unit, group, month and reason. UnknownDefinition.
    """
    dated = definition_named(session, definition, last)
    asked = [unit]
    if each is not None:
        asked = list(session.scalars(select(Unit).where(within(unit.path), Unit.level == each)))
    return rates_of_units(session, asked, first, last, dated, by, while_open=each is not None)


def rates_of_units(
    session: Session,
    units: Sequence[Unit],
    first: Month,
    last: Month,
    definition: DatedDefinition,
    by: Breakdown = Breakdown.GROUP,
    *,
    while_open: bool = False,
) -> list[RateRow]:
    """As `rates`, of each of these units; with `while_open`, only of the months in which it stood."""
    sums = counted_in(session, units, first, last, definition, by)
    signed = signed_rates(session, units, first, last, definition.code)
    months = first.until(last)
    reasons_in: dict[Month, tuple[str | None, ...]] = dict.fromkeys(months, (None,))
    if by is Breakdown.REASON:
        known = sorted(reasons(session), key=lambda reason: reason.code)
        reasons_in = {
            month: tuple(reason.code for reason in counting_reasons(known, definition, month))
            for month in months
        }
    return [
        row_in(sums, found, key, month, definition.code, reason, signed)
        for found in sorted(units, key=lambda found: found.code)
        for open_in in [[month for month in months if not while_open or stood_in(found, month)]]
        for key in by.keys
        for month in open_in
        for reason in reasons_in[month]
    ]


def row_in(
    sums: Folded,
    unit: Unit,
    key: str,
    month: Month,
    definition: str,
    reason: str | None = None,
    signed: SignedRates = NONE_SIGNED,
) -> RateRow:
    """The row of a unit, a group or role and a month in sums that were folded; without duty, an empty one.

    It tells what was `signed` off of it, where that is another rate.
    """
    at = unit.path, key, month
    found = sums.get(at, NOTHING)
    return rate_row(unit.code, unit.level, key, month, definition, found, reason, signed.get(at))
