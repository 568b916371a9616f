"""Who was spoken to in a period, held against who lives there."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from npt.communities.models import Community
from npt.communities.queries import Ground, ground_of
from npt.communities.rules import NOT_STATED, EthnicGroup, Group, Mix, group_of, mix_of
from npt.engagement.models import Contact, MixCheck
from npt.organisation.models import Unit
from npt.organisation.queries import within


class Counted(NamedTuple):
    """Contacts of one kind of people in a neighbourhood."""

    path: str
    #: a code, a group's letter, NS, or None where nobody asked
    ethnicity: str | None
    #: the name of their community, without capitals; None where they are of none here, or nobody asked
    community: str | None
    #: whether they said that they are of none of the communities here
    is_of_none: bool
    people: int


@dataclass(frozen=True)
class ContactMix:
    """The contacts of a unit in a period, held against its people."""

    unit: Unit
    contacts: int
    communities: Mix
    ethnicities: Mix


def contacts_counted(session: Session, path: str, first: date, last: date) -> list[Counted]:
    """The contacts at and under `path` from the first to the last day, by neighbourhood and kind of people.

    Two statements.
    """
    places: dict[int, str] = {}
    names: dict[int | None, str | None] = {None: None}
    named = select(Unit.id, Unit.path, Community.id, Community.name).outerjoin(
        Community, Community.unit_id == Unit.id
    )
    for unit_id, where, community_id, name in session.execute(named.where(within(path))):
        places[unit_id] = where
        if name is not None:
            names[community_id] = name.casefold()
    # By keys, and without the units beside it: the database takes a quarter longer to group by their paths.
    kind = Contact.unit_id, Contact.ethnicity, Contact.community_id, Contact.is_of_none
    asked = select(*kind, func.count()).where(
        Contact.unit_id.in_(places), Contact.on_date.between(first, last)
    )
    return [
        Counted(places[unit_id], ethnicity, names.get(community_id), is_of_none, count)
        for unit_id, ethnicity, community_id, is_of_none, count in session.execute(asked.group_by(*kind))
    ]


def contact_mix(
    session: Session, unit: Unit, first: date, last: date, below: Collection[Unit] = ()
) -> list[ContactMix]:
    """The mix of the contacts of `unit` in a period, and of each unit of `below`, which lie under it.

    The people are those of the last day. Eight statements, however many units.
    """
    counted = contacts_counted(session, unit.path, first, last)
    ground = ground_of(session, unit, last)
    return [mix_of_contacts(each, counted, ground) for each in (unit, *below)]


def mix_of_contacts(unit: Unit, all_counted: Sequence[Counted], all_ground: Ground) -> ContactMix:
    """The mix of one unit among the contacts of a wider one.

    n of communities is everybody who is of one, or said that they are of none of those here. Whoever gave
    their ethnicity alone was not asked: that says nothing of a community.
    """
    path = unit.path
    counted = [each for each in all_counted if each.path.startswith(path)]
    ground = all_ground.under(path)
    of_group, of_community = Counter[EthnicGroup](), Counter[str]()
    beside = Counter[str | None]()
    answered = not_asked = 0
    for each in counted:
        group = None if each.ethnicity is None else group_of(each.ethnicity)
        if group is not None:
            of_group[group] += each.people
        else:
            beside[each.ethnicity] += each.people
        if each.community is not None:
            of_community[each.community] += each.people
        if each.community is not None or each.is_of_none:
            answered += each.people
        else:
            not_asked += each.people
    shares = ground.ethnic_shares
    return ContactMix(
        unit,
        sum(each.people for each in counted),
        mix_of(
            (Group(group.name, group.share, of_community[group.key]) for group in ground.groups),
            of=answered,
            not_asked=not_asked,
        ),
        mix_of(
            (Group(group.wording, shares[group], of_group[group]) for group in EthnicGroup),
            of=of_group.total(),
            not_stated=beside[NOT_STATED],
            not_asked=beside[None],
        ),
    )


def checks_of(session: Session, unit: Unit) -> list[MixCheck]:
    """The latest checks of the mix of the unit itself, the latest first."""
    asked = select(MixCheck).where(MixCheck.unit_id == unit.id).options(joinedload(MixCheck.checked_by))
    return list(session.scalars(asked.order_by(MixCheck.checked_at.desc(), MixCheck.id.desc()).limit(10)))
