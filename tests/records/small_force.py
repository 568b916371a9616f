"""Everything that can be done to the duty of a small force, for tests that do it in any order or at once."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from npt.counting.actions import change_counting, planned_changes
from npt.counting.models import DefinitionReason, SumDue
from npt.counting.queries import definition_coded, definition_record
from npt.counting.rollup.settle import differences
from npt.counting.rules import DEFAULT_DEFINITION
from npt.duty.actions import confirm_day, undo, withdraw_confirmation
from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.actions import change_posting, post_member
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, PostingKind, Terms
from npt.performance.queries import headroom_page, rates
from npt.shifts.actions import (
    AwayEntry,
    WantedShift,
    change_shift,
    record_away,
    remove_away,
    remove_shift,
    roster_shifts,
)
from npt.shifts.models import Act, Away, Shift
from npt.store.transaction import writing
from tests import make
from tests.records.desk import NOW
from tests.records.november import counts_from

#: Days on both sides of a month's end.
DAYS = [date(2026, 10, 29) + timedelta(days=number) for number in range(6)]
TEAMS, MEMBERS = 3, 6


class SmallForce:
    """An area with three teams and six members, and everything that can be done to their duty.

    Each act is a transaction of its own, as a page's is. What is refused changes nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with Session(engine) as session, writing(session):
            area = make.area(session)
            teams = [make.team(session, under=area) for _ in range(TEAMS)]
            members = [make.member(session, team=teams[number % TEAMS]) for number in range(MEMBERS)]
            self.by = make.account(session).id
            self.teams = [team.id for team in teams]
            self.members = [member.id for member in members]
            for member in members:
                for day in DAYS[::2]:
                    roster_shifts(session, [self.wanted(member.id, day)])

    def wanted(self, member_id: int, day: date, *, hours: int = 8, team: int | None = None) -> WantedShift:
        starts = local_midnight(day) + timedelta(hours=8)
        return WantedShift(member_id, starts, starts + timedelta(hours=hours), team)

    def act(self, what: Callable[[Session], object]) -> None:
        with Session(self.engine) as session:
            try:
                with writing(session):
                    what(session)
            except Refusal:
                pass

    def shift(self, session: Session, member: int, day: date) -> Shift | None:
        return session.scalars(
            select(Shift).where(Shift.member_id == self.members[member], Shift.on_date == day)
        ).one_or_none()

    def roster(self, member: int, day: date, hours: int, team: int | None) -> None:
        team_id = None if team is None else self.teams[team]
        shift = self.wanted(self.members[member], day, hours=hours, team=team_id)
        self.act(lambda session: roster_shifts(session, [shift], may_update=True))

    def record(self, member: int, day: date, hour: int, reason: str) -> None:
        def save(session: Session) -> None:
            shift = self.shift(session, member, day)
            if shift is not None:
                starts = shift.starts_at + timedelta(hours=hour)
                record_away(
                    session,
                    stamp=Stamp(self.by, NOW),
                    unit=session.get_one(Unit, shift.unit_id),
                    day=day,
                    entries=[AwayEntry(shift.id, starts, starts + timedelta(hours=1))],
                    reason=reason,
                    note=f"For {reason}",
                    expected={shift.id: shift.version},
                )

        self.act(save)

    def unrecord(self, member: int, day: date) -> None:
        def save(session: Session) -> None:
            shift = self.shift(session, member, day)
            away = shift and session.scalars(select(Away).where(Away.shift_id == shift.id)).first()
            if shift and away:
                unit = session.get_one(Unit, shift.unit_id)
                remove_away(
                    session,
                    stamp=Stamp(self.by, NOW),
                    unit=unit,
                    day=day,
                    away_id=away.id,
                    expected_version=away.version,
                )

        self.act(save)

    def undo_last(self, team: int, day: date) -> None:
        def save(session: Session) -> None:
            unit = session.get_one(Unit, self.teams[team])
            asked = select(Act.id).where(Act.unit_id == unit.id, Act.first_on == day, Act.undone_at.is_(None))
            act_id = session.scalars(asked.order_by(Act.id.desc())).first()
            if act_id is not None:
                undo(session, now=NOW, unit=unit, act_id=act_id)

        self.act(save)

    def move(self, member: int, day: date, team: int | None) -> None:
        def save(session: Session) -> None:
            shift = self.shift(session, member, day)
            if shift is not None:
                change_shift(
                    session,
                    unit=session.get_one(Unit, shift.unit_id),
                    day=day,
                    shift_id=shift.id,
                    expected_version=shift.version,
                    starts=shift.starts_at,
                    ends=shift.ends_at,
                    team=None if team is None else session.get_one(Unit, self.teams[team]),
                )

        self.act(save)

    def remove(self, member: int, day: date) -> None:
        def save(session: Session) -> None:
            shift = self.shift(session, member, day)
            if shift is not None:
                unit = session.get_one(Unit, shift.unit_id)
                remove_shift(session, unit=unit, day=day, shift_id=shift.id, expected_version=shift.version)

        self.act(save)

    def confirm(self, team: int, day: date) -> None:
        def save(session: Session) -> None:
            unit = session.get_one(Unit, self.teams[team])
            if not withdraw_confirmation(session, unit=unit, day=day):
                confirm_day(session, stamp=Stamp(self.by, NOW), today=DAYS[-1], unit=unit, day=day)

        self.act(save)

    def transfer(self, member: int, day: date, team: int, role: PolicingRole) -> None:
        """The member's posting ends the day before, and another begins."""

        def save(session: Session) -> None:
            who = session.get_one(Member, self.members[member])
            held = session.scalars(
                select(Posting).where(Posting.member_id == who.id, Posting.ends_on.is_(None))
            ).one()
            if held.starts_on < day:
                change_posting(
                    session,
                    held,
                    terms=Terms(
                        role=held.role,
                        fte=held.fte,
                        kind=held.kind,
                        starts_on=held.starts_on,
                        ends_on=day - timedelta(days=1),
                    ),
                )
                post_member(
                    session,
                    who,
                    unit=session.get_one(Unit, self.teams[team]),
                    terms=Terms(role=role, fte=Decimal(1), kind=PostingKind.SUBSTANTIVE, starts_on=day),
                )

        self.act(save)

    def redefine(self, day: date) -> None:
        """Training counts from the day on; or no longer does, when it does."""

        def save(session: Session) -> None:
            changes = select(DefinitionReason.starts_on).where(DefinitionReason.starts_on == day)
            if session.scalars(changes).first() is None:
                counts_from(session, "local-2008", "training", day, True)
            else:
                session.execute(delete(DefinitionReason).where(DefinitionReason.starts_on == day))

        self.act(save)

    def count_training_from(self, day: date) -> None:
        """Training counts from the day on, or no longer does, as the page changes it."""

        def save(session: Session) -> None:
            dated, record = definition_coded(session, "local-2008"), definition_record(session, "local-2008")
            assert dated is not None
            assert record is not None
            counts = "training" not in dated.on(day).counting_reasons
            changes = planned_changes(session, dated, chosen=["training"], counts=counts, starts_on=day)
            change_counting(session, record, changes, why="Agreed", stamp=Stamp(None, NOW))

        self.act(save)

    def wrong(self) -> list[str]:
        with Session(self.engine) as session:
            left = [str(unit_id) for unit_id in session.scalars(select(SumDue.unit_id))]
            return left + differences(session)

    def unbalanced(self) -> list[str]:
        """Groups of units whose headroom, used and planned are not the target's part of their duty."""
        with Session(self.engine) as session:
            area = session.get_one(Unit, session.get_one(Unit, self.teams[0]).parent_id)
            found: list[str] = []
            for month in sorted({Month.of(day) for day in DAYS}):
                page = headroom_page(session, area, month, today=DAYS[3], definition=DEFAULT_DEFINITION)
                rooms = [*page.own.values(), *(room for rooms in page.under.values() for room in rooms)]
                for room in rooms:
                    kept = room.forecast.room
                    (row,) = (
                        row
                        for row in rates(
                            session, unit=room.unit, first=month, last=month, definition=DEFAULT_DEFINITION
                        )
                        if row.group == room.group.value
                    )
                    taken = kept.used + kept.planned
                    if (
                        kept.left + taken != kept.target * kept.denominator // 100
                        or (taken, kept.denominator) != (row.abstracted, row.denominator)
                        or row.left not in (kept.left, None)
                    ):
                        found.append(f"{room.unit.code} {room.group.value} {month}")
            return found

    def anything(self, member: int, chance: Random) -> None:
        """Something that is done to a member's duty, as chance has it."""
        day, team = chance.choice(DAYS), chance.randrange(TEAMS)
        doings: list[Callable[[], None]] = [
            lambda: self.roster(member, day, 8, team),
            lambda: self.record(member, day, chance.randrange(8), "response"),
            lambda: self.unrecord(member, day),
            lambda: self.move(member, day, team),
            lambda: self.remove(member, day),
            lambda: self.confirm(team, day),
            lambda: self.transfer(member, day, team, PolicingRole.SERGEANT),
        ]
        chance.choice(doings)()
