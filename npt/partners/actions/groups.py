"""Groups of agencies: naming them, and which agency belongs to which when."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.kit.spans import check_free, checked_span
from npt.partners.models import Agency, AgencyGroup, GroupMembership
from npt.partners.rules import check_agency_code
from npt.store.constraints import name_violation, refusing
from npt.store.loading import loaded_with
from npt.store.versions import check_version

_DAY = timedelta(days=1)


class GroupCodeTaken(Refusal):
    """A group was to be added under a code that another has."""


class InGroupAlready(Refusal):
    """An agency was to belong to a group on days on which it does already."""


name_violation(
    "uq_agency_group_code",
    lambda: GroupCodeTaken("Another group has this code: give another one.", field="code"),
)
name_violation(
    "uq_group_membership_agency_id_group_id_starts_on",
    lambda: InGroupAlready("The agency joins the group on that day already.", field="starts_on"),
)


def add_group(session: Session, *, code: str, name: str) -> AgencyGroup:
    """A new group, sent to the database. BadAgencyCode, BadName, GroupCodeTaken."""
    check_agency_code(code)
    check_name(name)
    group = AgencyGroup(code=code, name=name)
    with refusing(session):
        session.add(group)
    return group


def rename_group(
    session: Session, group: AgencyGroup, *, name: str, expected_version: int | None = None
) -> None:
    """Give a group another name. StaleRecord, BadName."""
    check_version(group, expected_version)
    check_name(name)
    group.name = name


def join_group(
    session: Session,
    *,
    agency: Agency,
    group: AgencyGroup,
    starts_on: date,
    ends_on: date | None = None,
) -> GroupMembership:
    """Let an agency belong to a group on these days. DayOutOfRange, EndsBeforeItStarts, InGroupAlready."""
    membership = GroupMembership(agency_id=agency.id, group=group, starts_on=starts_on, ends_on=ends_on)
    _check(session, membership)
    with refusing(session):
        session.add(membership)
    return membership


def change_group_membership(
    session: Session,
    membership: GroupMembership,
    *,
    starts_on: date,
    ends_on: date | None,
    expected_version: int | None = None,
) -> None:
    """Correct the days on which an agency belongs to a group. StaleRecord, and what `join_group` refuses."""
    check_version(membership, expected_version)
    wanted = GroupMembership(
        id=membership.id,
        agency_id=membership.agency_id,
        group_id=membership.group_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _check(session, wanted)
    membership.starts_on, membership.ends_on = starts_on, ends_on
    with refusing(session):
        session.flush()


def set_groups(session: Session, agency: Agency, groups: Collection[AgencyGroup], today: date) -> None:
    """Let the agency belong from today on to these groups, and to no others any more."""
    asked = loaded_with(GroupMembership, GroupMembership.group)
    held = session.scalars(
        asked.where(GroupMembership.agency_id == agency.id, GroupMembership.holding(today))
    ).all()
    wanted = {group.id for group in groups}
    for each in held:
        if each.group_id in wanted:
            continue
        if each.starts_on == today:
            session.delete(each)
        else:
            each.ends_on = today - _DAY
    session.flush()
    known = {each.group_id for each in held}
    for group in groups:
        if group.id not in known:
            join_group(session, agency=agency, group=group, starts_on=today)


def _check(session: Session, wanted: GroupMembership) -> None:
    span = checked_span(wanted.starts_on, wanted.ends_on)
    with session.no_autoflush:
        group_id = wanted.group_id or wanted.group.id
        others = session.scalars(
            select(GroupMembership).where(
                GroupMembership.agency_id == wanted.agency_id,
                GroupMembership.group_id == group_id,
                GroupMembership.id != (wanted.id or 0),
            )
        ).all()
    check_free(
        others,
        span,
        lambda _: InGroupAlready(
            "The agency belongs to the group on some of these days already: correct that entry instead.",
            field="starts_on",
        ),
    )
