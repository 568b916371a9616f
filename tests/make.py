"""Builders: the records a test needs, with the least that has to be said. What a test relies on, it says.

Each takes the session, adds its record and sends it to the database; none commits. Builders of other features
stand at the end, in the order of the floors.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role, ShareLevel
from npt.accounts.models import Account
from npt.categories.models import Category
from npt.kin.models import KeyIndividual
from npt.kin.rules import Basis, Sector, Stage
from npt.kit.clock import local_midnight, minutes_between, parse_instant
from npt.kit.stamps import Stamp
from npt.matters.actions import open_matter
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.actions import place_unit
from npt.organisation.models import Unit
from npt.organisation.rules import Level, UnitFacts
from npt.partners.actions import open_agency, share_with_agency
from npt.partners.models import Agency, PartnerAccount, Share
from npt.partners.rules import AgencyFacts, LegalBasis, ShareTerms, Vetting
from npt.people.actions import mark_specialist, name_line_manager, set_student_rule
from npt.people.models import Grant, Holder, LineManagement, Member, Posting, Specialist, StudentRule
from npt.people.rules import PolicingRole, PostingKind, student_last_day
from npt.places.actions import keep_boundary
from npt.places.rules import UNIT, Point, Shape
from npt.problems.models import Problem
from npt.problems.rules import Bearing, Noticed, Outcome
from npt.problems.rules import Stage as ProblemStage
from npt.shifts.actions import WantedShift, roster_shifts
from npt.shifts.models import Away, Confirmation, Reason, Shift
from npt.staffing.actions import WantedTime, name_contact, record_time, set_establishment
from npt.staffing.models import Contact, Establishment
from npt.staffing.rules import ContactKind, GivenWork
from tests.hashing import CHEAP

#: The day on which units open and postings start unless the test says otherwise.
START = date(2008, 4, 1)
#: The password of every account that is made with one.
PASSWORD = "correct horse battery staple"


# Structure --------------------------------------------------------------------------------------------------


def force(
    session: Session, *, code: str | None = None, opened_on: date = START, closed_on: date | None = None
) -> Unit:
    """A force."""
    return _unit(session, Level.FORCE, None, code, opened_on, closed_on)


def bcu(
    session: Session,
    *,
    under: Unit | None = None,
    code: str | None = None,
    opened_on: date = START,
    closed_on: date | None = None,
) -> Unit:
    """A basic command unit, in a force of its own unless `under` is given."""
    return _unit(session, Level.BCU, under or force(session), code, opened_on, closed_on)


def area(
    session: Session,
    *,
    under: Unit | None = None,
    code: str | None = None,
    opened_on: date = START,
    closed_on: date | None = None,
) -> Unit:
    """An area, in a BCU of its own unless `under` is given."""
    return _unit(session, Level.AREA, under or bcu(session), code, opened_on, closed_on)


def team(
    session: Session,
    *,
    under: Unit | None = None,
    code: str | None = None,
    opened_on: date = START,
    closed_on: date | None = None,
) -> Unit:
    """A team, in an area of its own unless `under` is given."""
    return _unit(session, Level.TEAM, under or area(session), code, opened_on, closed_on)


def neighbourhood(
    session: Session,
    *,
    under: Unit | None = None,
    code: str | None = None,
    opened_on: date = START,
    closed_on: date | None = None,
    priority_class: int | None = None,
) -> Unit:
    """A neighbourhood, of a team of its own unless `under` is given."""
    under = under or team(session)
    return _unit(session, Level.NEIGHBOURHOOD, under, code, opened_on, closed_on, priority_class)


def boundary(
    session: Session, *, unit: Unit, south: float = 52.0, west: float = -0.5, size: float = 0.01
) -> Shape:
    """A square, `size` degrees wide and high, that the unit has as its boundary."""
    shape = square(south, west, size)
    keep_boundary(session, unit, shape)
    return shape


def square(south: float, west: float, size: float = 0.01) -> Shape:
    """A square of so many degrees, by its corner in the south and the west."""
    low, left = round(south * UNIT), round(west * UNIT)
    high, right = low + round(size * UNIT), left + round(size * UNIT)
    return Shape.spelt([[(left, low, right, low, right, high, left, high)]])


def _unit(
    session: Session,
    level: Level,
    parent: Unit | None,
    code: str | None,
    opened_on: date,
    closed_on: date | None,
    priority_class: int | None = None,
) -> Unit:
    code = code or f"U{_count(session, Unit) + 1}"
    unit = place_unit(
        session,
        code=code,
        facts=UnitFacts(
            name=f"{level.wording.capitalize()} {code}",
            opened_on=opened_on,
            closed_on=closed_on,
            priority_class=priority_class,
        ),
        level=level,
        parent=parent,
    )
    session.flush()
    return unit


# People -----------------------------------------------------------------------------------------------------


def member(
    session: Session,
    *,
    number: str | None = None,
    name: str | None = None,
    email: str | None = None,
    role: PolicingRole | None = None,
    team: Unit | None = None,
) -> Member:
    """A member; with a role or a team (or area), also substantively posted to it, full time, from `START`."""
    number = number or str(1001 + _count(session, Member))
    made = Member(number=number, name=name or f"Member {number}", email=email)
    session.add(made)
    session.flush()
    if role is not None or team is not None:
        posting(session, member=made, unit=team, role=role)
    return made


def posting(
    session: Session,
    *,
    member: Member | None = None,
    unit: Unit | None = None,
    role: PolicingRole | None = None,
    fte: str = "1.00",
    kind: PostingKind = PostingKind.SUBSTANTIVE,
    starts_on: date = START,
    ends_on: date | None = None,
) -> Posting:
    """A posting of a new member to a new team as a constable, unless said otherwise."""
    if role is None:
        is_area = unit is not None and unit.level is Level.AREA
        role = PolicingRole.INSPECTOR if is_area else PolicingRole.CONSTABLE
    if unit is None:
        unit = area(session) if role is PolicingRole.INSPECTOR else team(session)
    made = Posting(
        member=member or _new_member(session),
        unit=unit,
        role=role,
        fte=Decimal(fte),
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(made)
    session.flush()
    return made


def _new_member(session: Session) -> Member:
    return member(session)


def specialist(
    session: Session,
    *,
    posting: Posting | None = None,
    starts_on: date = START,
    ends_on: date | None = None,
    is_payment_due: bool = True,
) -> Specialist:
    """That a constable is an NSO in a posting: a new one unless said otherwise."""
    return mark_specialist(
        session,
        posting or _new_posting(session),
        starts_on=starts_on,
        ends_on=ends_on,
        is_payment_due=is_payment_due,
    )


def _new_posting(session: Session) -> Posting:
    return posting(session)


def line_management(
    session: Session,
    *,
    specialist: Specialist,
    pcso: Member | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> LineManagement:
    """That the NSO line-manages a PCSO, a new one of the same team unless said otherwise."""
    return name_line_manager(
        session,
        pcso or posting(session, unit=specialist.posting.unit, role=PolicingRole.PCSO).member,
        specialist,
        starts_on=starts_on or specialist.starts_on,
        ends_on=ends_on,
    )


def student(session: Session, *, unit: Unit | None = None, starts_on: date, fte: str = "1.00") -> Posting:
    """A student officer attachment of three months, of a new member to a new team unless said otherwise."""
    return posting(
        session,
        unit=unit,
        fte=fte,
        kind=PostingKind.STUDENT,
        starts_on=starts_on,
        ends_on=student_last_day(starts_on),
    )


def student_rule(
    session: Session, *, force: Unit, starts_on: date = START, is_counted: bool = True
) -> StudentRule:
    """That student officers of the force count in its strength."""
    return set_student_rule(
        session,
        force=force,
        starts_on=starts_on,
        is_counted=is_counted,
        stamp=Stamp(None, local_midnight(starts_on)),
    )


def account(
    session: Session,
    *,
    role: Role | None = None,
    unit: Unit | None = None,
    email: str | None = None,
    name: str | None = None,
    password: str | None = PASSWORD,
    member: Member | None = None,
    has_agency: bool = True,
) -> Account:
    """An account; with a role, granted on `unit` (a new force without one); with a member, theirs.

    A partner acts for a new agency, unless `has_agency` says that they act for none.
    """
    email = email or f"person{_count(session, Account) + 1}@force.example"
    hashed = None if password is None else _cheap_hash(password)
    made = Account(email=email, name=name or email.partition("@")[0].capitalize(), password_hash=hashed)
    session.add(made)
    session.flush()
    if role is not None:
        session.add(Grant(account_id=made.id, unit=unit or force(session), role=role))
    if member is not None:
        session.add(Holder(account_id=made.id, member=member))
    session.flush()
    if role is Role.PARTNER and has_agency:
        partner(session, made, agency=_new_agency(session))
    return made


@cache
def _cheap_hash(password: str) -> str:
    return CHEAP.hash(password)


# Partners ---------------------------------------------------------------------------------------------------


def agency(
    session: Session, *, code: str | None = None, opened_on: date = START, closed_on: date | None = None
) -> Agency:
    """A partner agency."""
    code = code or f"AGENCY{_count(session, Agency) + 1}"
    return open_agency(session, code=code, facts=AgencyFacts(f"Agency {code}", opened_on, closed_on))


def partner(
    session: Session,
    account: Account,
    *,
    agency: Agency,
    vetting: Vetting = Vetting.NPPV2_FULL,
    vetted_until: date | None = date(2027, 12, 31),
    began_on: date = START,
) -> PartnerAccount:
    """That an account acts for the agency and no other, vetted for long unless said otherwise."""
    session.execute(delete(PartnerAccount).where(PartnerAccount.account_id == account.id))
    made = PartnerAccount(
        account_id=account.id,
        agency_id=agency.id,
        vetting=vetting,
        vetted_until=vetted_until,
        began_at=local_midnight(began_on),
    )
    session.add(made)
    session.flush()
    return made


def _new_agency(session: Session) -> Agency:
    return agency(session)


def matter(
    session: Session,
    *,
    unit: Unit | None = None,
    title: str = "Plan for the town centre",
    reference: str | None = None,
    kind: MatterKind = MatterKind.DOCUMENT,
) -> Matter:
    """A matter of a new team unless said otherwise."""
    return open_matter(
        session, kind=kind, title=title, unit=unit or team(session), opened_on=START, reference=reference
    )


def share(
    session: Session,
    *,
    matter: Matter,
    agency: Agency,
    level: ShareLevel = ShareLevel.SUMMARY,
    until: date = date(2026, 12, 31),
    now: datetime,
) -> Share:
    """That the matter is shared with the agency from `now` on."""
    return share_with_agency(
        session,
        matter=matter,
        agency=agency,
        level=level,
        terms=ShareTerms("Joint plan", LegalBasis.CRIME_AND_DISORDER, until),
        stamp=Stamp(None, now),
    )


# Staffing ---------------------------------------------------------------------------------------------------


def establishment(
    session: Session,
    *,
    unit: Unit,
    role: PolicingRole = PolicingRole.CONSTABLE,
    posts: str | int = 1,
    starts_on: date = START,
    ends_on: date | None = None,
    ends_previous: bool = False,
    by: Account | None = None,
    reason: str = "Budget agreed",
) -> Establishment:
    """Funded posts of a role at `unit`, of one constable unless said otherwise."""
    return set_establishment(
        session,
        unit=unit,
        role=role,
        posts=Decimal(posts),
        starts_on=starts_on,
        ends_on=ends_on,
        ends_previous=ends_previous,
        stamp=Stamp(None if by is None else by.id, local_midnight(starts_on)),
        reason=reason,
    )


def contact(
    session: Session,
    *,
    neighbourhood: Unit,
    member: Member | None = None,
    kind: ContactKind = ContactKind.CONTACT,
    starts_on: date = START,
    ends_on: date | None = None,
) -> Contact:
    """A contact of the neighbourhood: a new PCSO of its team unless said otherwise."""
    if member is None:
        team = session.get_one(Unit, neighbourhood.parent_id)
        member = posting(session, unit=team, role=PolicingRole.PCSO).member
    return name_contact(
        session,
        neighbourhood=neighbourhood,
        member=member,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def key_individual(
    session: Session,
    *,
    unit: Unit,
    name: str = "Ann Example",
    recorded_on: date = START,
    sector: Sector = Sector.FAITH,
    **facts: Any,
) -> KeyIndividual:
    """Somebody active in the key individual network of a neighbourhood since they were recorded."""
    wanted = {
        "basis": Basis.PUBLIC_TASK,
        "basis_on": recorded_on,
        "stage": Stage.ACTIVE,
        "active_on": recorded_on,
        "reviewed_on": recorded_on,
        "quiet_since": recorded_on,
        "reference": f"K{_count(session, KeyIndividual) + 1}",
        **facts,
    }
    made = KeyIndividual(unit=unit, name=name, sector=sector, recorded_on=recorded_on, **wanted)
    session.add(made)
    session.flush()
    return made


def given_time(
    session: Session,
    *,
    member: Member,
    day: date,
    minutes: int = 240,
    work: GivenWork = GivenWork.PATROL,
) -> None:
    """Time that a special constable or a volunteer gave on a day."""
    record_time(session, [WantedTime(member.id, day, work, minutes)])


# Duty -------------------------------------------------------------------------------------------------------


def shift(
    session: Session,
    *,
    member: Member | None = None,
    starts: str = "2026-11-16T14:00",
    ends: str = "2026-11-16T22:00",
    team: Unit | None = None,
) -> Shift:
    """A shift of a new constable, in local time; `team` when the roster names it."""
    member = member or posting(session).member
    begins = parse_instant(starts).instant
    wanted = WantedShift(member.id, begins, parse_instant(ends).instant, None if team is None else team.id)
    roster_shifts(session, [wanted])
    return session.scalars(select(Shift).where(Shift.member_id == member.id, Shift.starts_at == begins)).one()


def away(
    session: Session,
    *,
    shift: Shift | None = None,
    starts: str | None = None,
    ends: str | None = None,
    reason: str = "response",
    note: str | None = None,
) -> Away:
    """Time away in a new shift, the whole of it unless local times are given."""
    shift = shift or _new_shift(session)
    begins = shift.starts_at if starts is None else parse_instant(starts).instant
    until = shift.ends_at if ends is None else parse_instant(ends).instant
    made = Away(
        shift_id=shift.id,
        starts_at=begins,
        ends_at=until,
        minutes=minutes_between(begins, until),
        reason_id=session.scalars(select(Reason.id).where(Reason.code == reason)).one(),
        note=note,
    )
    session.add(made)
    session.flush()
    return made


def _new_shift(session: Session) -> Shift:
    return shift(session)


def confirmation(
    session: Session, *, unit: Unit, day: date = date(2026, 11, 16), by: Account | None = None
) -> Confirmation:
    """The confirmation of a unit's day, by a new account unless one is given."""
    made = Confirmation(
        unit_id=unit.id,
        on_date=day,
        account_id=(by or account(session)).id,
        confirmed_at=local_midnight(day),
    )
    session.add(made)
    session.flush()
    return made


# Problems ---------------------------------------------------------------------------------------------------


def problem(
    session: Session,
    *,
    unit: Unit | None = None,
    title: str = "Mopeds raced on the car park",
    category: str = "asb",
    stage: ProblemStage = ProblemStage.SCANNING,
    outcome: Outcome | None = None,
    bearing: Bearing | None = None,
    owner: Member | Agency | None = None,
    raised_on: date = date(2026, 9, 1),
    closed_on: date | None = None,
    place: str = "High Street",
    point: Point | None = None,
    harmed: str = "People who live there",
) -> Problem:
    """A problem of a new team, owned by one of its members, unless said otherwise; no stage says anything."""
    unit = unit or team(session)
    owner = owner or posting(session, unit=unit).member
    if stage is ProblemStage.CLOSED:
        outcome, closed_on = outcome or Outcome.NO_CHANGE, closed_on or raised_on
    opened = open_matter(session, kind=MatterKind.PROBLEM, title=title, unit=unit, opened_on=raised_on)
    opened.closed_on = closed_on
    made = Problem(
        matter=opened,
        category=session.scalars(select(Category).where(Category.code == category)).one(),
        stage=stage,
        place=place,
        lat=point and point.lat,
        lng=point and point.lng,
        noticed=Noticed.RESIDENT,
        harmed=harmed,
        recorded_at=local_midnight(raised_on),
        outcome=outcome,
        bearing=outcome and (bearing or Bearing.NOT_SHOWN),
        owner_member_id=owner.id if isinstance(owner, Member) else None,
        owner_agency_id=owner.id if isinstance(owner, Agency) else None,
    )
    session.add(made)
    session.flush()
    return made


def _count(
    session: Session,
    table: type[Unit] | type[Member] | type[Account] | type[Agency] | type[KeyIndividual],
) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
