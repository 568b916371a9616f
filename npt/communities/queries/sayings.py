"""Questions about what neighbourhoods have said of their vulnerable and emerging communities."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.communities.models import Community, CommunityFlag, CommunityStatement
from npt.communities.rules import ASKED, Flag, Said, Saying, Standing, standing_of
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level


@dataclass(frozen=True, slots=True)
class NeighbourhoodSaid:
    """A neighbourhood on a day, and how it stands with each of its lists."""

    neighbourhood: Unit
    standings: Mapping[Flag, Standing]

    @property
    def is_met(self) -> bool:
        """Whether it has said both what HMIC's first recommendation asks for."""
        return not self.missing

    @property
    def missing(self) -> Sequence[Standing]:
        """The lists of the recommendation that are not said."""
        return [self.standings[flag] for flag in ASKED if not self.standings[flag].is_said]

    @property
    def is_silent(self) -> bool:
        """Whether nobody ever said one of the two, or signed that there are none."""
        return any(each.said is Said.SILENT for each in self.missing)

    @property
    def silent_from(self) -> date:
        """Since when something is missing; the first day on which something will be, where nothing is."""
        return min(each.silent_from for each in self.missing or [self.standings[flag] for flag in ASKED])

    @property
    def to_confirm(self) -> Sequence[Standing]:
        """The lists, hard to reach too, that ask to be re-confirmed: said more than twelve months ago."""
        return [each for each in self.standings.values() if each.said is Said.LAPSED]


def said_under(session: Session, unit: Unit, day: date) -> list[NeighbourhoodSaid]:
    """Every neighbourhood at or under `unit` that stands on `day`, by path. Three statements."""
    return said_on_days(session, unit.path, [day])[day]


def said_on_days(session: Session, path: str, days: Collection[date]) -> dict[date, list[NeighbourhoodSaid]]:
    """As `said_under` of the unit at `path`, on each of several days. Three statements, however many."""
    last = max(days, default=date.min)
    flags: defaultdict[tuple[int, Flag], list[Span]] = defaultdict(list)
    asked = select(Community.unit_id, CommunityFlag.flag, CommunityFlag.starts_on, CommunityFlag.ends_on)
    asked = asked.join(CommunityFlag, CommunityFlag.community_id == Community.id)
    asked = asked.join(Unit, Unit.id == Community.unit_id).where(within(path))
    for unit_id, flag, starts_on, ends_on in session.execute(asked.where(CommunityFlag.starts_on <= last)):
        flags[unit_id, flag].append(Span(starts_on, ends_on))
    said: defaultdict[tuple[int, Flag], list[Saying]] = defaultdict(list)
    statements = select(CommunityStatement).join(CommunityStatement.unit)
    statements = statements.where(within(path), CommunityStatement.said_on <= last)
    for each in session.scalars(statements):
        said[each.unit_id, each.flag].append(each.saying)

    def standing(place: Unit, flag: Flag, day: date) -> Standing:
        key = place.id, flag
        begun = [span for span in flags[key] if span.first <= day]
        return standing_of(flag, begun, said[key], day=day, since=place.opened_on)

    neighbourhoods = select(Unit).where(within(path), Unit.level == Level.NEIGHBOURHOOD).order_by(Unit.path)
    places = session.scalars(neighbourhoods.where(Unit.opened_on <= last)).all()
    return {
        day: [
            NeighbourhoodSaid(each, {flag: standing(each, flag, day) for flag in Flag})
            for each in places
            if each.stands_on(day)
        ]
        for day in days
    }


def statements_of(session: Session, unit: Unit, *, as_at: date) -> list[CommunityStatement]:
    """What was said of the neighbourhood up to a day, with who said it, latest first."""
    asked = select(CommunityStatement).options(joinedload(CommunityStatement.said_by))
    asked = asked.where(CommunityStatement.unit_id == unit.id, CommunityStatement.said_on <= as_at)
    return list(
        session.scalars(asked.order_by(CommunityStatement.said_at.desc(), CommunityStatement.id.desc()))
    )
