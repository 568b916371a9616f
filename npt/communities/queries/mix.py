"""What the mix of voices is held against: the groups of the population, of a unit and of each under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.queries.communities import communities_under
from npt.communities.queries.population import Inhabited, PeopleOf, people_of
from npt.communities.rules import CommunityKind, EthnicGroup, Part, share_together
from npt.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class CommunityGroup:
    """A community of one name in several neighbourhoods together."""

    name: str
    kind: CommunityKind
    #: of the population of all those neighbourhoods, 0 to 1; None unless all of it is known
    share: Fraction | None
    #: the communities that it is
    communities: Sequence[Community]

    @property
    def key(self) -> str:
        """What communities of one name have in common: the name without its capitals."""
        return self.name.casefold()


@dataclass(frozen=True, slots=True)
class Ground:
    """The neighbourhoods of a unit on a day: their people, and their communities, whole."""

    day: date
    neighbourhoods: Sequence[Inhabited]
    communities: Sequence[Community]

    def under(self, path: str) -> "Ground":
        """The part of it that lies at or under another unit's path."""
        return Ground(
            self.day,
            [each for each in self.neighbourhoods if each.neighbourhood.path.startswith(path)],
            [each for each in self.communities if each.unit.path.startswith(path)],
        )

    @property
    def groups(self) -> list[CommunityGroup]:
        """The communities, those of one name (in capitals or not) as one, by name.

        The share is that of the people of all the neighbourhoods, those without it having none.
        """
        named: dict[str, list[Community]] = {}
        for each in self.communities:
            named.setdefault(each.name.casefold(), []).append(each)
        return [
            CommunityGroup(several[0].name, several[0].kind, self._share(several), several)
            for _, several in sorted(named.items())
        ]

    @property
    def ethnic_shares(self) -> dict[EthnicGroup, Fraction | None]:
        """The share of each of the five groups among those who stated theirs, 0 to 1.

        Of the neighbourhoods with whole figures; None where there are none.
        """
        figures = PeopleOf(self.neighbourhoods).figures
        return {group: None if figures is None else figures.share(group).fraction for group in EthnicGroup}

    def _share(self, several: Sequence[Community]) -> Fraction | None:
        shares: dict[int, Fraction | None] = {
            each.neighbourhood.id: Fraction() for each in self.neighbourhoods
        }
        for each in several:
            known = each.share_on(self.day)
            percent = None if known is None else known.percent
            shares[each.unit_id] = None if percent is None else Fraction(percent) / 100
        people = {
            each.neighbourhood.id: None if each.figures is None else each.figures.everybody
            for each in self.neighbourhoods
        }
        return share_together(Part(people.get(unit_id), share) for unit_id, share in shares.items())


def ground_of(session: Session, unit: Unit, day: date) -> Ground:
    """The neighbourhoods at or under `unit` that stand on a day. Six statements."""
    return Ground(
        day,
        people_of(session, unit, day).neighbourhoods,
        communities_under(session, unit.path, as_at=day),
    )
