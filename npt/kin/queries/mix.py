"""Whom a network stands for, held against who lives there, on a day."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, FromClause, func, select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.queries import CommunityGroup, Ground, ground_of
from npt.communities.rules import NOT_STATED, EthnicGroup, Group, Mix, group_of, mix_of
from npt.kin.models import KeyIndividual, Move, SpokenFor
from npt.kin.rules import Sector, Stage
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.store.dated import Day


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who was in the network on a day, without their name."""

    path: str
    sector: Sector
    ethnicity: str | None
    #: the names of the communities that they can speak for, without capitals
    communities: frozenset[str]


@dataclass(frozen=True)
class NetworkMix:
    """The network of a unit on a day, held against its people."""

    unit: Unit
    voices: Sequence[Voice]
    ground: Ground
    communities: Mix
    ethnicities: Mix
    #: how many stand for each sector
    sectors: Counter[Sector]

    @property
    def nobody_for(self) -> list[CommunityGroup]:
        """The communities for which nobody can speak, flagged ones first, then by name."""
        silent = {row.name for row in self.communities.nobody}
        groups = [group for group in self.ground.groups if group.name in silent]
        return sorted(groups, key=lambda group: (not self._is_flagged(group), group.name))

    def _is_flagged(self, group: CommunityGroup) -> bool:
        return any(each.flags_on(self.ground.day) for each in group.communities)


def network_mix(session: Session, unit: Unit, day: date, below: Collection[Unit] = ()) -> list[NetworkMix]:
    """The mix of the network of `unit` on a day, and of each unit of `below`, which lie under it.

    Active members, dormant or not, as they stood on that day and in the neighbourhood that was theirs then;
    ethnicity and communities as they are recorded now. Eight statements, however many units.
    """
    voices = _voices(session, unit.path, day)
    ground = ground_of(session, unit, day)
    return [_mix(each, voices, ground) for each in (unit, *below)]


def _mix(unit: Unit, all_voices: Sequence[Voice], all_ground: Ground) -> NetworkMix:
    voices = [each for each in all_voices if each.path.startswith(unit.path)]
    ground = all_ground.under(unit.path)
    spoken = Counter(name for each in voices for name in each.communities)
    groups = (Group(group.name, group.share, spoken[group.key]) for group in ground.groups)
    ethnicities = Counter(each.ethnicity for each in voices)
    not_stated, not_asked = ethnicities.pop(NOT_STATED, 0), ethnicities.pop(None, 0)
    of_group = Counter[EthnicGroup]()
    for code, count in ethnicities.items():
        if code is not None and (group := group_of(code)) is not None:
            of_group[group] += count
    shares = ground.ethnic_shares
    return NetworkMix(
        unit,
        voices,
        ground,
        mix_of(groups, of=len(voices)),
        mix_of(
            (Group(group.wording, shares[group], of_group[group]) for group in EthnicGroup),
            of=of_group.total(),
            not_stated=not_stated,
            not_asked=not_asked,
        ),
        Counter(each.sector for each in voices),
    )


def place_on(day: Day, *beside: FromClause) -> ColumnElement[int]:
    """The neighbourhood in which somebody was on a day: that of the first move after it, else their own.

    `beside`: the table of the day, where it is a column.
    """
    asked = select(Move.from_unit_id).where(Move.individual_id == KeyIndividual.id, Move.moved_on > day)
    return func.coalesce(
        asked.order_by(Move.moved_on).limit(1).correlate(KeyIndividual, *beside).scalar_subquery(),
        KeyIndividual.unit_id,
    )


def in_network_on(day: Day) -> ColumnElement[bool]:
    """The condition that somebody was in the network on a day."""
    return (
        KeyIndividual.stage.in_((Stage.ACTIVE, Stage.LEFT))
        & (KeyIndividual.active_on <= day)
        & (func.coalesce(KeyIndividual.left_on, day) >= day)
    )


def _voices(session: Session, path: str, day: date) -> list[Voice]:
    here = select(KeyIndividual.id, Unit.path, KeyIndividual.sector, KeyIndividual.ethnicity)
    here = here.join(Unit, Unit.id == place_on(day)).where(within(path), in_network_on(day))
    people = session.execute(here.order_by(KeyIndividual.id)).all()
    asked = select(SpokenFor.individual_id, Community.name).join(Community)
    asked = asked.join(KeyIndividual, KeyIndividual.id == SpokenFor.individual_id)
    asked = asked.join(Unit, Unit.id == place_on(day)).where(within(path), in_network_on(day))
    spoken: dict[int, set[str]] = {}
    for individual_id, name in session.execute(asked):
        spoken.setdefault(individual_id, set()).add(name.casefold())
    return [
        Voice(where, sector, ethnicity, frozenset(spoken.get(key, ())))
        for key, where, sector, ethnicity in people
    ]
