"""A team with people who can own work, for tests of actions and clocks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.kit.stamps import Stamp
from npt.matters.actions import open_matter
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.partners.models import Agency
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.work.actions import set_action
from npt.work.models import Action
from npt.work.rules import ActionFacts, Owner, OwnerKind
from tests import make

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


def of_member(member: Member) -> Owner:
    """The member as an owner."""
    return Owner(OwnerKind.MEMBER, member.id)


def of_account(account: Account) -> Owner:
    """The account as an owner."""
    return Owner(OwnerKind.ACCOUNT, account.id)


def of_agency(agency: Agency) -> Owner:
    """The agency as an owner."""
    return Owner(OwnerKind.AGENCY, agency.id)


@dataclass
class WorkDesk:
    """The team T1 of a force, a PCSO and a sergeant of it, a partner and their agency, and a document."""

    session: Session
    force: Unit
    team: Unit
    pcso: Member
    sergeant: Account
    partner: Account
    council: Agency
    document: Matter
    #: a constable of another force
    stranger: Member

    @property
    def stamp(self) -> Stamp:
        """The sergeant, now."""
        return Stamp(self.sergeant.id, NOW)

    def facts(self, **said: Any) -> ActionFacts:
        """Something for the PCSO to do in a week, unless said otherwise."""
        usual = {"what": "Ask the shops", "owner": of_member(self.pcso), "due_on": date(2026, 11, 23)}
        return ActionFacts(**{**usual, **said})

    def set(self, *, matter: Matter | None = None, may_be_past: bool = False, **said: Any) -> Action:
        """Set an action of the team."""
        return set_action(
            self.session,
            stamp=self.stamp,
            today=TODAY,
            unit=self.team,
            matter=matter,
            facts=self.facts(**said),
            may_be_past=may_be_past,
        )


def open_work_desk(session: Session) -> WorkDesk:
    """Make it. Nothing is committed."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="B1")
    team = make.team(session, under=make.area(session, under=bcu, code="A1"), code="T1")
    pcso = make.member(session, number="P1", name="Pat Example", role=PolicingRole.PCSO, team=team)
    make.account(session, role=Role.PCSO, unit=team, email="pcso@force.example", member=pcso)
    sergeant = make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    partner = make.account(
        session,
        role=Role.PARTNER,
        unit=bcu,
        email="partner@council.example",
        name="Robin Partner",
        has_agency=False,
    )
    away = make.team(session, code="X1")
    council = make.agency(session, code="council")
    make.partner(session, partner, agency=council)
    document = open_matter(
        session,
        kind=MatterKind.DOCUMENT,
        title="Alcohol strategy",
        unit=team,
        opened_on=TODAY,
        reference="DOC-A",
    )
    return WorkDesk(
        session,
        force,
        team,
        pcso,
        sergeant,
        partner,
        council,
        document,
        make.member(session, number="X9", team=away),
    )
