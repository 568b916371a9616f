"""What is done to the figures of a population: recorded, corrected, and removed where they were a mistake."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from npt.communities.actions.places import lock_neighbourhood
from npt.communities.models import Population, PopulationCount
from npt.communities.rules import (
    LONGEST_SOURCE,
    CodeSystem,
    Figures,
    check_figures,
    check_past,
    check_words,
)
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class FiguresThere(Refusal):
    """The neighbourhood has figures of that day."""


name_violation(
    "uq_population_unit_id_as_at",
    lambda: FiguresThere(
        "The neighbourhood has figures of that day: correct those, or give another day.", field="as_at"
    ),
)


def record_population(
    session: Session,
    *,
    neighbourhood: Unit,
    as_at: date,
    codes: CodeSystem,
    source: str,
    people: Mapping[str, int],
    today: date,
) -> Population:
    """Record the people of a neighbourhood by ethnicity as at a day, which may be before it opened.

    NotANeighbourhood, InTheFuture, DayOutOfRange, BadText, what `check_figures` refuses, FiguresThere.
    """
    lock_neighbourhood(session, neighbourhood)
    _check(as_at, source, Figures(codes, people), today)
    population = Population(
        unit=neighbourhood,
        as_at=as_at,
        codes=codes,
        source=source,
        counts=[PopulationCount(ethnicity=code, people=count) for code, count in people.items()],
    )
    with refusing(session):
        session.add(population)
    return population


def change_population(
    session: Session,
    population: Population,
    *,
    as_at: date,
    codes: CodeSystem,
    source: str,
    people: Mapping[str, int],
    today: date,
    expected_version: int | None = None,
) -> Population:
    """Correct figures; those that are no longer given go. `population` is whole. As `record_population`."""
    check_version(population, expected_version)
    lock_neighbourhood(session, population.unit)
    _check(as_at, source, Figures(codes, people), today)
    known = {each.ethnicity: each for each in population.counts}
    for code in known.keys() - people.keys():
        population.counts.remove(known[code])
    for code, count in people.items():
        if code in known:
            known[code].people = count
        else:
            population.counts.append(PopulationCount(ethnicity=code, people=count))
    population.as_at, population.codes, population.source = as_at, codes, source
    # Also where only a count has changed: whoever has the page open sees other figures.
    population.version += 1
    with refusing(session):
        return population


def remove_population(
    session: Session, population: Population, *, expected_version: int | None = None
) -> None:
    """Remove figures that were recorded by mistake. `population` is whole. StaleRecord."""
    check_version(population, expected_version)
    lock_neighbourhood(session, population.unit)
    session.delete(population)
    with refusing(session):
        return


def _check(as_at: date, source: str, figures: Figures, today: date) -> None:
    check_day(as_at, "as_at")
    check_past(as_at, today, "as_at")
    check_words(source, LONGEST_SOURCE, "source", "Give the source: who counted or estimated it?")
    check_figures(figures)
