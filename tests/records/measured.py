"""What tests of measures share: who asks, of which month, and a figure of a unit."""

from datetime import date

from sqlalchemy.orm import Session

from npt.counting.queries import definition_coded
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.measures.queries import registry
from npt.measures.queries.asked import Asked
from npt.measures.rules import Figure, RecordSeen
from npt.organisation.models import Unit

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 16)


def asked_of(
    session: Session,
    *units: Unit,
    first: Month | None = None,
    month: Month = OCTOBER,
    definition: str = DEFAULT_DEFINITION,
    today: date = TODAY,
) -> Asked:
    """The question for the month, or the months from `first` to it."""
    dated = definition_coded(session, definition)
    assert dated is not None, f"there is no definition {definition}"
    return Asked(units, first or month, month, dated, today)


def figure(session: Session, code: str, unit: Unit, month: Month = OCTOBER, *, today: date = TODAY) -> Figure:
    """One figure, as whoever asks for it alone sees it."""
    asked = asked_of(session, unit, month=month, today=today)
    return registry.figures_of(session, asked, [code])[code][unit.path, month]


def seen(session: Session, code: str, unit: Unit, month: Month = OCTOBER) -> list[RecordSeen]:
    """The records that a figure rests on."""
    return list(registry.records_of(session, code, unit, month, asked_of(session, unit, month=month)))
