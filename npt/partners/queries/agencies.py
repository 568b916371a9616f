"""Questions about agencies, which follow which, and the groups they belong to."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from npt.partners.models import Agency, AgencyGroup, AgencySuccession, GroupMembership
from npt.store.batches import found_by
from npt.store.dated import holding
from npt.store.loading import loaded_with


def agency_coded(session: Session, code: str) -> Agency | None:
    """The agency of the code, compared exactly, open or closed; None when there is none."""
    return session.scalar(select(Agency).where(Agency.code == code))


def agencies_coded(session: Session, codes: Collection[str]) -> dict[str, Agency]:
    """The agencies of these codes, open or closed, by code; a code that none has is left out."""
    return {agency.code: agency for agency in found_by(session, select(Agency), Agency.code, codes)}


def all_agencies(session: Session) -> list[Agency]:
    """Every agency, open or closed, by name."""
    return list(session.scalars(select(Agency).order_by(Agency.name, Agency.id)))


def agencies_standing(session: Session, day: date, group: AgencyGroup | None = None) -> list[Agency]:
    """The agencies that stand on the day, by name; those of a group on that day where one is given."""
    asked = select(Agency).where(holding(Agency.opened_on, Agency.closed_on, day))
    if group is not None:
        asked = asked.join(GroupMembership, GroupMembership.agency_id == Agency.id)
        asked = asked.where(GroupMembership.group_id == group.id, GroupMembership.holding(day))
    return list(session.scalars(asked.order_by(Agency.name, Agency.id)))


def successors(session: Session, agency: Agency) -> list[Agency]:
    """The agencies that took over from `agency`, by name."""
    asked = select(Agency).join(AgencySuccession, AgencySuccession.successor_id == Agency.id)
    return list(
        session.scalars(asked.where(AgencySuccession.predecessor_id == agency.id).order_by(Agency.name))
    )


def predecessors(session: Session, agency: Agency) -> list[Agency]:
    """The agencies that `agency` took over from, by name."""
    asked = select(Agency).join(AgencySuccession, AgencySuccession.predecessor_id == Agency.id)
    return list(
        session.scalars(asked.where(AgencySuccession.successor_id == agency.id).order_by(Agency.name))
    )


def following(session: Session) -> dict[str, list[str]]:
    """The codes of the agencies that took over from each, by its code; one without any is left out."""
    before, after = aliased(Agency), aliased(Agency)
    asked = (
        select(before.code, after.code)
        .join(AgencySuccession, AgencySuccession.predecessor_id == before.id)
        .join(after, AgencySuccession.successor_id == after.id)
        .order_by(before.code, after.code)
    )
    found: dict[str, list[str]] = {}
    for code, taken_over_by in session.execute(asked):
        found.setdefault(code, []).append(taken_over_by)
    return found


def groups(session: Session) -> list[AgencyGroup]:
    """Every group, by name."""
    return list(session.scalars(select(AgencyGroup).order_by(AgencyGroup.name, AgencyGroup.id)))


def group_coded(session: Session, code: str) -> AgencyGroup | None:
    """The group of the code, compared exactly; None when there is none."""
    return session.scalar(select(AgencyGroup).where(AgencyGroup.code == code))


def groups_coded(session: Session, codes: Collection[str]) -> dict[str, AgencyGroup]:
    """The groups of these codes, by code; a code that none has is left out."""
    return {group.code: group for group in found_by(session, select(AgencyGroup), AgencyGroup.code, codes)}


def groups_on(session: Session, day: date) -> dict[int, list[AgencyGroup]]:
    """The groups to which each agency belongs on the day, by the key of the agency, in the order of codes."""
    asked = loaded_with(GroupMembership, GroupMembership.group).where(GroupMembership.holding(day))
    found: dict[int, list[AgencyGroup]] = {}
    for each in session.scalars(asked.order_by(AgencyGroup.code)):
        found.setdefault(each.agency_id, []).append(each.group)
    return found


def lasting_groups(session: Session) -> dict[int, list[AgencyGroup]]:
    """The groups to which each agency belongs until further notice, by the key of the agency, by code."""
    asked = loaded_with(GroupMembership, GroupMembership.group).where(GroupMembership.ends_on.is_(None))
    found: dict[int, list[AgencyGroup]] = {}
    for each in session.scalars(asked.order_by(AgencyGroup.code)):
        found.setdefault(each.agency_id, []).append(each.group)
    return found


def memberships_in_groups(session: Session, agency: Agency) -> list[GroupMembership]:
    """When the agency belonged to which group, the latest first; the groups are loaded."""
    asked = loaded_with(GroupMembership, GroupMembership.group)
    asked = asked.where(GroupMembership.agency_id == agency.id)
    return list(session.scalars(asked.order_by(GroupMembership.starts_on.desc(), AgencyGroup.name)))


def group_membership_of(session: Session, agency: Agency, membership_id: int) -> GroupMembership | None:
    """One of the agency's memberships in groups; the group is loaded."""
    asked = loaded_with(GroupMembership, GroupMembership.group)
    return session.scalar(
        asked.where(GroupMembership.agency_id == agency.id, GroupMembership.id == membership_id)
    )
