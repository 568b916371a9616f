"""All measures, in the order in which a review shows them. A new one is a file, and its name here."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.measures.queries.asked import Asked, Kind
from npt.measures.queries.kinds import (
    abstraction,
    asking,
    kin,
    listening,
    neighbourhoods,
    priorities,
    problems,
    staffing,
    training,
    work,
)
from npt.measures.rules import UNKNOWN, At, Behind, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.performance.queries.rates import stood_in

KINDS: tuple[Kind, ...] = (
    abstraction,
    staffing,
    training,
    neighbourhoods.COUNTED,
    neighbourhoods.SAYINGS,
    kin.COUNTED,
    kin.SPOKEN,
    listening.COUNTED,
    asking,
    priorities.COUNTED,
    problems.COUNTED,
    work.COUNTED,
)


def all_measures() -> tuple[Measure, ...]:
    """Every measure, in order."""
    return tuple(measure for kind in KINDS for measure in kind.MEASURES)


def measure_coded(code: str) -> Measure | None:
    """The measure of a code; None where there is none."""
    return next((measure for measure in all_measures() if measure.code == code), None)


MEASURES = all_measures()
BY_CODE: Mapping[str, Measure] = {measure.code: measure for measure in MEASURES}

_NOT_BEGUN = replace(UNKNOWN, why_unknown="The month has not begun.")
_NOT_STOOD = replace(UNKNOWN, why_unknown="The unit was not open in the month.")
_NOT_HERE = replace(UNKNOWN, why_unknown="It is not counted for units of this level.")
_NOT_KEPT = replace(UNKNOWN, why_unknown="It depends on the day, and was not kept for this month.")
_NO_RECORDS = replace(UNKNOWN, why_unknown="Nothing is recorded to count it from.")


def figures_of(
    session: Session, asked: Asked, codes: Collection[str] | None = None
) -> dict[str, dict[At, Figure]]:
    """By code, the figure of every measure, unit and month asked for, known or not; of all codes, or of some.

    A fixed number of statements, however many units, months and records there are. KeyError for a code that
    no measure has.
    """
    wanted = [each for each in all_measures() if codes is None or each.code in codes]
    if codes is not None and len(wanted) < len(set(codes)):
        raise KeyError(f"no measures are {set(codes) - {each.code for each in wanted}}")
    found: dict[str, Mapping[At, Figure]] = {}
    for kind in KINDS:
        if any(measure in wanted for measure in kind.MEASURES):
            found |= kind.figures(session, asked)
    return {measure.code: _completed(measure, asked, found[measure.code]) for measure in wanted}


def _kind_of(code: str) -> Kind:
    found = next((kind for kind in KINDS if any(each.code == code for each in kind.MEASURES)), None)
    if found is None:
        raise KeyError(f"no measure is {code}")
    return found


def _completed(measure: Measure, asked: Asked, found: Mapping[At, Figure]) -> dict[At, Figure]:
    return {
        (unit.path, month): _figure(measure, unit, month, asked, found.get((unit.path, month)))
        for unit in asked.units
        for month in asked.first.until(asked.last)
    }


def _figure(measure: Measure, unit: Unit, month: Month, asked: Asked, found: Figure | None) -> Figure:
    if unit.level not in measure.levels:
        return _NOT_HERE
    if month.first > asked.today:
        return _NOT_BEGUN
    if not stood_in(unit, month):
        return _NOT_STOOD
    if found is None and not measure.is_recomputable and month not in asked.months_seen:
        return _NOT_KEPT
    return found if found is not None else _NO_RECORDS


def records_of(session: Session, code: str, unit: Unit, month: Month, asked: Asked) -> Iterator[RecordSeen]:
    """What the figure of a unit and month rests on, by kind and number. KeyError for an unknown code."""
    return _kind_of(code).records(session, code, unit, month, asked)


def behind(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    """The page that opens the records behind a figure. KeyError for a code that no measure has."""
    return _kind_of(code).behind(code, unit, month, asked)
