"""The groups of a unit's population that the mix of voices is held against, with their shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.queries.communities import communities_under
from npt.communities.queries.population import people_of
from npt.communities.rules import CommunityKind, EthnicGroup, Part, share_together
from npt.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class CommunityGroup:
    """A community of one name in the neighbourhoods of a unit together."""

    name: str
    kind: CommunityKind
    #: of the population of all those neighbourhoods, 0 to 1; None unless all of it is known
    share: Fraction | None
    #: the communities that it is, one or more in a neighbourhood
    communities: tuple[Community, ...]

    @property
    def ids(self) -> frozenset[int]:
        """The keys of the communities that it is."""
        return frozenset(each.id for each in self.communities)


def community_groups(session: Session, unit: Unit, day: date) -> list[CommunityGroup]:
    """The communities at or under `unit` on a day, those of one name (in capitals or not) as one, by name.

    Its share is that of the people of all neighbourhoods, those without it having none. Six statements.
    """
    people = {
        each.neighbourhood.id: None if each.figures is None else each.figures.everybody
        for each in people_of(session, unit, day).neighbourhoods
    }
    named: dict[str, list[Community]] = {}
    for each in communities_under(session, unit.path, as_at=day):
        named.setdefault(each.name.casefold(), []).append(each)
    return [
        CommunityGroup(several[0].name, several[0].kind, _share(several, people, day), tuple(several))
        for _, several in sorted(named.items())
    ]


def _share(several: list[Community], people: Mapping[int, int | None], day: date) -> Fraction | None:
    shares: dict[int, Fraction | None] = dict.fromkeys(people, Fraction())
    for each in several:
        known = each.share_on(day)
        percent = None if known is None else known.percent
        shares[each.unit_id] = None if percent is None else Fraction(percent) / 100
    return share_together(Part(people.get(unit_id), share) for unit_id, share in shares.items())


def ethnic_shares(session: Session, unit: Unit, day: date) -> dict[EthnicGroup, Fraction | None]:
    """The share of each of the five groups among those who stated theirs at or under `unit`, 0 to 1.

    Of the neighbourhoods with whole figures on that day; None where there are none. Three statements.
    """
    figures = people_of(session, unit, day).figures
    return {group: None if figures is None else figures.share(group).fraction for group in EthnicGroup}
