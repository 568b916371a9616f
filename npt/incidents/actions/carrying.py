"""Incidents since the first day of what took over from a neighbourhood: they happened there."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.incidents.models import Incident
from npt.organisation.models import Unit


def hand_over_since(session: Session, closed: Unit, first: date, into: Unit) -> None:
    """Let what happened in `closed` from the day `first` on have happened in `into`, which stands by then."""
    asked = select(Incident).where(Incident.unit_id == closed.id, Incident.on_date >= first)
    for incident in session.scalars(asked):
        incident.unit_id = into.id
    session.flush()
