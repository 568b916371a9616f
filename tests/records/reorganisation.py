"""A force whose units merge, split and hand members to each other, while its shifts go on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.rules import DEFAULT_DEFINITION
from npt.duty.actions import withdraw_confirmation
from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.actions import end_posting, post_member
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, PostingKind, Terms
from npt.performance.queries import rates
from npt.performance.rules import Breakdown, RateRow
from npt.shifts.actions import WantedShift, roster_shifts
from npt.shifts.models import Away, Confirmation, Reason, Shift
from tests import make

#: Ten-hour shifts of everybody, in the past month and in that of the changes.
DAYS = [date(2026, 10, 20)] + [date(2026, 11, day) for day in (3, 9, 10, 14, 15, 24)]
REASONS = ("response", "custody", "sickness", "training")
ROLES = (PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.SERGEANT, PolicingRole.SPECIAL)
#: Whoever confirmed days: the account of the first member.
CONFIRMER = "confirmer@force.example"


@dataclass
class Structure:
    """Force F, BCU C and its areas A1 (teams T1 to T4) and A2 (T5); an inspector in each area."""

    force: Unit
    bcu: Unit
    areas: list[Unit]
    teams: list[Unit]
    members: list[Member]

    @property
    def units(self) -> list[Unit]:
        """Every unit of before."""
        return [self.force, self.bcu, *self.areas, *self.teams]


def build(session: Session) -> Structure:
    """The force as it was, everybody on duty, some of them away, some days confirmed."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="C")
    areas = [make.area(session, under=bcu, code=f"A{number}") for number in (1, 2)]
    teams = [make.team(session, under=areas[number > 4], code=f"T{number}") for number in range(1, 6)]
    members: list[Member] = []
    for place, unit in enumerate([*teams, *areas]):
        roles = ROLES if unit in teams else (PolicingRole.INSPECTOR,)
        for number, role in enumerate(roles):
            number_of_member = f"{place + 1}{number}"
            members.append(make.member(session, number=number_of_member, role=role, team=unit))
            if role is not PolicingRole.INSPECTOR:
                make.establishment(session, unit=unit, role=role, posts=2)
    account = make.account(session, email=CONFIRMER, member=members[0])
    _roster(session, members)
    session.add_all(
        Confirmation(unit_id=team.id, on_date=day, account_id=account.id, confirmed_at=local_midnight(day))
        for team in teams
        for day in DAYS[:3]
    )
    session.flush()
    return Structure(force, bcu, areas, teams, members)


def _roster(session: Session, members: Sequence[Member]) -> None:
    """Everybody's shifts, two thirds of them with time away from their beginning, each of another length."""
    hour = timedelta(hours=1)
    wanted = [
        WantedShift(member.id, local_midnight(day) + 8 * hour, local_midnight(day) + 18 * hour, None)
        for member in members
        for day in DAYS
    ]
    roster_shifts(session, wanted)
    reasons = dict(session.execute(select(Reason.code, Reason.id)).all())
    for number, shift in enumerate(session.scalars(select(Shift).order_by(Shift.member_id, Shift.starts_at))):
        if number % 3:
            minutes = 7 + number
            session.add(
                Away(
                    shift_id=shift.id,
                    starts_at=shift.starts_at,
                    ends_at=shift.starts_at + timedelta(minutes=minutes),
                    minutes=minutes,
                    reason_id=reasons[REASONS[number % len(REASONS)]],
                )
            )
    session.flush()


def take_over(
    session: Session, closing: Sequence[Unit], opening: Sequence[str], on: date, area: Unit | None = None
) -> list[Unit]:
    """On the day `on` teams with the codes `opening` take over from those `closing`, with their members.

    In the same area unless another is given; members are dealt out in turn. What was confirmed of the days
    from then on is withdrawn: others answer for them.
    """
    yesterday = on - timedelta(days=1)
    area = area or session.get_one(Unit, closing[0].parent_id)
    opened = [make.team(session, under=area, code=code, opened_on=on) for code in opening]
    held = session.scalars(
        select(Posting)
        .where(Posting.unit_id.in_([unit.id for unit in closing]), Posting.ends_on.is_(None))
        .order_by(Posting.id)
    ).all()
    for number, posting in enumerate(held):
        move(session, posting, opened[number % len(opened)], on)
    for unit in closing:
        for day in DAYS:
            if day >= on:
                withdraw_confirmation(session, unit=unit, day=day)
        close_unit(session, unit, on=yesterday, taken_over_by=opened)
    session.flush()
    return opened


def move(session: Session, posting: Posting, to: Unit, on: date) -> None:
    """The member of an open posting goes to another unit on the day `on`, in the same role."""
    end_posting(session, posting, on=on - timedelta(days=1))
    post_member(
        session,
        session.get_one(Member, posting.member_id),
        unit=to,
        terms=Terms(role=posting.role, fte=Decimal(1), kind=PostingKind.SUBSTANTIVE, starts_on=on),
    )


#: What rows of rates add up to, by group (and reason): minutes of duty and lost, shifts, confirmed shifts.
Sums = Counter[tuple[str, str]]


def of(
    session: Session, unit: Unit, month: Month, each: Level | None = None, by: str = "group"
) -> list[RateRow]:
    return rates(
        session,
        unit=unit,
        first=month,
        last=month,
        each=each,
        definition=DEFAULT_DEFINITION,
        by=Breakdown(by),
    )


def summed(rows: list[RateRow]) -> Sums:
    """Minutes and shifts of each group, over all the rows."""
    found: Sums = Counter()
    for row in rows:
        key = f"{row.group} {row.reason or ''}"
        found[key, "duty"] += row.denominator
        found[key, "lost"] += row.abstracted
        found[key, "shifts"] += row.coverage.whole
        found[key, "confirmed"] += row.coverage.part
    return found
