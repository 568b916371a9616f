"""What a unit heard in a month, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.engagement.models import Contact, Patrol
from npt.engagement.queries.asking import asking_days
from npt.engagement.rules import AskingSums, summed
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import within


@dataclass(frozen=True, slots=True)
class MonthHeard:
    """The contacts, the patrols and the days of asking of a unit in a month so far."""

    unit: Unit
    month: Month
    contacts: int
    #: contacts that somebody was promised an answer to
    promised: int
    #: codes of categories, those of most contacts first
    matters: Sequence[tuple[str, int]]
    patrols: int
    patrol_minutes: int
    spoken_to: int
    sums: AskingSums


def month_heard(session: Session, unit: Unit, month: Month, today: date) -> MonthHeard:
    """What the unit and those under it heard in a month, up to today. Ten statements."""
    in_month = Contact.on_date.between(month.first, month.last)
    spoken = select(func.count(), func.count(Contact.matter_id)).select_from(Contact).join(Contact.unit)
    contacts, promised = session.execute(spoken.where(within(unit.path), in_month)).one()
    count = func.count()
    matters = select(Category.code, count).select_from(Contact).join(Contact.unit).join(Contact.category)
    matters = matters.where(within(unit.path), in_month).group_by(Category.code)
    walked = select(func.count(), func.sum(Patrol.minutes), func.sum(Patrol.spoken_to)).join(Patrol.unit)
    walked = walked.where(within(unit.path), Patrol.on_date.between(month.first, month.last))
    patrols, minutes, people = session.execute(walked).one()
    days = asking_days(session, unit.path, month.first, min(month.last, today))
    return MonthHeard(
        unit,
        month,
        contacts,
        promised,
        [(code, several) for code, several in session.execute(matters.order_by(count.desc(), Category.code))],
        patrols,
        minutes or 0,
        people or 0,
        summed(each.day for each in days),
    )
