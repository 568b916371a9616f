"""The figures that were signed, of many units and months at once: what every page of figures asks."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.queries.registry import all_measures
from npt.measures.rules import SignedFigure
from npt.organisation.models import Unit
from npt.people.rules import RoleGroup
from npt.performance.rules import SignedRate
from npt.seals.models import Seal, SealedFigure
from npt.store.batches import batches

#: The code of a measure, the path of a unit, a month.
Key = tuple[str, str, Month]


def signed_figures(
    session: Session,
    units: Iterable[Unit],
    first: Month,
    last: Month,
    *,
    codes: Collection[str] = (),
    definition: str | None = None,
) -> Mapping[Key, SignedFigure]:
    """The signed figures of these units from the first month to the last, of the latest edition of each.

    `codes`: of these measures alone; `definition`: a measure that goes by one only where that was it. One
    statement for each few thousand units.
    """
    latest = (
        select(Seal.unit_id, Seal.month_on, func.max(Seal.edition).label("edition"))
        .where(Seal.month_on.between(first.first, last.first))
        .group_by(Seal.unit_id, Seal.month_on)
        .subquery()
    )
    asked = (
        select(Unit.path, Seal, SealedFigure)
        .join(latest, (Seal.unit_id == latest.c.unit_id) & (Seal.month_on == latest.c.month_on))
        .join(SealedFigure, SealedFigure.seal_id == Seal.id)
        .join(Unit, Unit.id == Seal.unit_id)
        .where(Seal.edition == latest.c.edition)
    )
    if codes:
        asked = asked.where(SealedFigure.code.in_(codes))
    if definition is not None:
        by_definition = [each.code for each in all_measures() if each.goes_by_definition]
        asked = asked.where((Seal.definition == definition) | SealedFigure.code.not_in(by_definition))
    return {
        (each.code, path, seal.month): SignedFigure(
            each.figure, seal.edition, local_day(seal.signed_at), each.is_recomputable
        )
        for some in batches(sorted({unit.id for unit in units}))
        for path, seal, each in session.execute(asked.where(Seal.unit_id.in_(some)))
    }


#: The measure that is the rate of a group.
RATE_OF = {f"abstraction-{group.value}": group.value for group in RoleGroup}


def signed_of_rates(
    session: Session, units: Sequence[Unit], first: Month, last: Month, definition: str
) -> Mapping[tuple[str, str, Month], SignedRate]:
    """The signed rates of these units, as the pages and files of rates ask for them. One statement."""
    found = signed_figures(session, units, first, last, codes=RATE_OF, definition=definition)
    return {
        (path, RATE_OF[code], month): SignedRate(
            each.figure.counted, each.figure.of, each.edition, each.signed_on
        )
        for (code, path, month), each in found.items()
    }


def signed_of_measures(session: Session, asked: Asked) -> Mapping[Key, SignedFigure]:
    """The signed figures of what is asked for, as the pages and files of measures ask. One statement."""
    return signed_figures(session, asked.units, asked.first, asked.last, definition=asked.definition.code)
