"""What staffing, contacts and training of a unit ask of the person who answers for them, counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from npt.access.rules import Permission, Viewer
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.performance.queries import away_all_day
from npt.staffing.forms import AHEAD
from npt.staffing.queries import Ending, Ratios, Vacancy, cover_of, endings, ratios, vacancies
from npt.training.queries import programmes_of, training_of
from npt.training.rules import Sought

#: How many days ahead the ends of postings are looked for.
DAYS_AHEAD = AHEAD[0]


@dataclass(frozen=True, slots=True)
class Concerns:
    """What there is to look at; None or empty where it is not the person's, or where there is nothing."""

    unit: Unit
    #: the oldest first
    vacancies: Sequence[Vacancy] = ()
    ratios: Ratios | None = None
    endings: Sequence[Ending] = ()
    #: neighbourhoods for which the contact does not answer today, and all there are
    without_contact: int = 0
    neighbourhoods: int = 0
    #: members who are due for training, and those with modules to verify; not counted for a whole force,
    #: whose teams and areas do it
    due: int = 0
    to_verify: int = 0


def concerns_of(session: Session, viewer: Viewer, unit: Unit, today: date) -> Concerns:
    """What of `unit` and of all under it `viewer` may mend, each only where they may.

    At most some twenty statements, whatever the size.
    """
    contacts = contact_concerns(session, viewer, unit, today)
    return replace(
        people_concerns(session, viewer, unit, today),
        without_contact=contacts.without_contact,
        neighbourhoods=contacts.neighbourhoods,
    )


def contact_concerns(session: Session, viewer: Viewer, unit: Unit, today: date) -> Concerns:
    """The neighbourhoods whose contact does not answer."""
    may_name = viewer.may(Permission.NAME_CONTACTS, unit.path)
    named = cover_of(session, unit, today, away=away_all_day) if may_name else []
    return Concerns(
        unit=unit,
        without_contact=sum(each.answering.is_flagged for each in named),
        neighbourhoods=len(named),
    )


def people_concerns(session: Session, viewer: Viewer, unit: Unit, today: date) -> Concerns:
    """Posts and training."""
    fills_posts = viewer.may(Permission.MANAGE_MEMBERS, unit.path)
    trains = viewer.may(Permission.RECORD_TRAINING, unit.path) and unit.level is not Level.FORCE
    due, to_verify = _training(session, unit, today) if trains else (0, 0)
    return Concerns(
        unit=unit,
        vacancies=vacancies(session, unit.path, today) if fills_posts else (),
        ratios=ratios(session, unit, today) if fills_posts else None,
        endings=endings(session, unit.path, today, within_days=DAYS_AHEAD) if fills_posts else (),
        due=due,
        to_verify=to_verify,
    )


def concerns_at(session: Session, viewer: Viewer, units: Iterable[Unit], today: date) -> dict[str, Concerns]:
    """The concerns of those units that lie under no other of them, by the codes of the units."""
    places = sorted(units, key=lambda unit: unit.path)
    outermost: list[Unit] = []
    for unit in places:
        if not any(unit.path.startswith(wider.path) for wider in outermost):
            outermost.append(unit)
    return {unit.code: concerns_of(session, viewer, unit, today) for unit in outermost}


def _training(session: Session, unit: Unit, today: date) -> tuple[int, int]:
    """How many members are due for some programme, and how many have modules of one to be verified."""
    found = training_of(session, unit, today, programmes_of(session, unit.path))
    due, to_verify = (
        sum(any(sought.fits(standing) for standing in each.standings.values()) for each in found.members)
        for sought in (Sought.DUE, Sought.TO_VERIFY)
    )
    return due, to_verify
