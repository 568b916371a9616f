"""Posts that are empty, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.staffing.queries.establishments import establishments_under
from npt.staffing.queries.timeline import timeline
from npt.staffing.rules import Shortage, shortage_on, stage_on


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Empty posts of a role at a unit, as the staffing of that unit shows them on the day."""

    unit: Unit
    role: PolicingRole
    strength: Decimal
    establishment: Decimal
    shortage: Shortage


def vacancies(session: Session, path: str, day: date, role: PolicingRole | None = None) -> list[Vacancy]:
    """The vacancies on `day` where posts are recorded, at `path` or under it; the oldest first.

    A unit that has posts of its own is compared with what is at it and under it, as on its page: people over
    establishment in one team do not fill the posts of another. Four statements.
    """
    through_time = timeline(session, path)
    found: dict[tuple[str, PolicingRole], Vacancy] = {}
    for record in establishments_under(session, path, as_at=day, role=role):
        at = record.unit.path, record.role
        stages = through_time.stages(*at)
        shortage = shortage_on(stages, day)
        stage = stage_on(stages, day)
        if shortage is not None and stage.establishment is not None:
            found[at] = Vacancy(record.unit, record.role, stage.strength, stage.establishment, shortage)
    order = list(PolicingRole)
    return sorted(
        found.values(),
        key=lambda vacancy: (vacancy.shortage.since, vacancy.unit.path, order.index(vacancy.role)),
    )


def empty_posts(found: Iterable[Vacancy]) -> Decimal:
    """How many posts the vacancies are, in FTE: those of a unit hold those of the units under it already."""
    posts, outermost = Decimal(0), dict[PolicingRole, str]()
    for each in sorted(found, key=lambda vacancy: vacancy.unit.path):
        wider = outermost.get(each.role)
        if wider is None or not each.unit.path.startswith(wider):
            outermost[each.role] = each.unit.path
            posts += each.shortage.vacancy
    return posts
