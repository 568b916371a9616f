"""A small force whose units also merge and split, whose records are corrected, and which has operations."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.duty.actions import undo
from npt.journal.queries import verify
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.operations.actions import Planned, ask_unit, cancel, choose, commit, plan_operation
from npt.operations.models import Operation
from npt.operations.queries import candidates, operation_planned_in
from npt.operations.rules import OperationKind, OperationStatus, suggested
from npt.organisation.actions import close_unit, open_unit
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level, UnitFacts
from npt.people.actions import end_posting, post_member
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, Terms
from npt.shifts.actions import AwayEntry, correct_away, record_away, remove_away
from npt.shifts.models import Act, Away, Shift
from tests.records.desk import NOW
from tests.records.duty_laws import Laws, rows_of_duty
from tests.records.small_force import DAYS, SmallForce

#: In the middle, so that some of what is recorded is used and some planned.
TODAY = DAYS[3]
MONTHS = [Month.of(DAYS[0]), Month.of(DAYS[-1])]


class BusyForce(SmallForce):
    """Each act is a transaction of its own; what is refused changes nothing."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        with Session(engine) as session:
            team = session.get_one(Unit, self.teams[0])
            self.area = team.path.rsplit("/", 2)[0] + "/"
            self.force_code = team.path.strip("/").split("/")[0]
        self.operations: list[int] = []
        self.opened = 0
        for place, day in enumerate(DAYS[::2]):
            self.record(place, day, 4 + place, "response")
            self.plan(day, 1 + place)

    # Records ------------------------------------------------------------------------------------------------

    def correct(self, which: int, hours: int, reason: str) -> None:
        """Some time away lasts so long, and for this reason."""

        def save(session: Session) -> None:
            found = self.some_away(session, which)
            if found is not None:
                self._correct(session, *found, hours, reason)

        self.act(save)

    def do_and_undo(self, how: str, which: int, hours: int, reason: str) -> list[str]:
        """Record, correct or remove something, and take that back: what differs then from before."""
        differing: list[str] = []

        def save(session: Session) -> None:
            before = rows_of_duty(session)
            act = self._do(session, how, which, hours, reason)
            if act is None:
                return
            session.flush()
            undo(session, now=NOW, unit=session.get_one(Unit, act.unit_id), act_id=act.id)
            session.flush()
            if rows_of_duty(session) != before:
                differing.append(f"{how} for {reason} and undone is not as before")

        self.act(save)
        return differing

    def _do(self, session: Session, how: str, which: int, hours: int, reason: str) -> Act | None:
        if how == "record":
            shifts = session.scalars(
                select(Shift).where(Shift.member_id.in_(self.members)).order_by(Shift.id)
            ).all()
            return self._record(session, shifts[which % len(shifts)], hours, reason) if shifts else None
        found = self.some_away(session, which)
        if found is None:
            return None
        if how == "correct":
            return self._correct(session, *found, hours, reason)
        shift, away = found
        return remove_away(
            session,
            stamp=Stamp(self.by, NOW),
            unit=session.get_one(Unit, shift.unit_id),
            day=shift.on_date,
            away_id=away.id,
            expected_version=away.version,
        )

    def some_away(self, session: Session, which: int) -> tuple[Shift, Away] | None:
        """One of the times away of the force; None while there is none."""
        asked = select(Shift, Away).join(Away, Away.shift_id == Shift.id)
        found = session.execute(asked.where(Shift.member_id.in_(self.members)).order_by(Away.id)).all()
        if not found:
            return None
        shift, away = found[which % len(found)]
        return shift, away

    def _record(self, session: Session, shift: Shift, hours: int, reason: str) -> Act:
        starts = shift.starts_at + timedelta(hours=hours)
        return record_away(
            session,
            stamp=Stamp(self.by, NOW),
            unit=session.get_one(Unit, shift.unit_id),
            day=shift.on_date,
            entries=[AwayEntry(shift.id, starts, starts + timedelta(minutes=45))],
            reason=reason,
            note="Invented",
            expected={shift.id: shift.version},
        )

    def _correct(self, session: Session, shift: Shift, away: Away, hours: int, reason: str) -> Act:
        return correct_away(
            session,
            stamp=Stamp(self.by, NOW),
            unit=session.get_one(Unit, shift.unit_id),
            day=shift.on_date,
            away_id=away.id,
            expected_version=away.version,
            starts=away.starts_at,
            ends=away.starts_at + timedelta(hours=hours),
            reason=reason,
            note=away.note,
        )

    # Units --------------------------------------------------------------------------------------------------

    def succeed(self, team: int, day: date, into: int | None) -> None:
        """The team ends the day before and another takes over, or two new ones do; its people go along."""

        def save(session: Session) -> None:
            ending = session.get_one(Unit, self.teams[team])
            if into is None:
                heirs = [self._open(session, ending, day), self._open(session, ending, day)]
            else:
                heirs = [session.get_one(Unit, self.teams[into])]
            held = session.scalars(
                select(Posting).where(Posting.unit_id == ending.id, Posting.ends_on.is_(None))
            )
            for place, posting in enumerate(held.all()):
                end_posting(session, posting, on=day - timedelta(days=1))
                post_member(
                    session,
                    session.get_one(Member, posting.member_id),
                    unit=heirs[place % len(heirs)],
                    terms=Terms(role=posting.role, fte=Decimal(1), kind=posting.kind, starts_on=day),
                )
            close_unit(session, ending, on=day - timedelta(days=1), taken_over_by=heirs)
            session.flush()
            new = [heir.id for heir in heirs if heir.id not in self.teams]
            done.extend([new] if new else [])

        done: list[list[int]] = []
        if into != team and self._succeeds(save) and done:
            # The first of the new teams stands where the old one stood, so that there are never more of them.
            self.teams[team] = done[0][0]

    def _succeeds(self, what: Callable[[Session], object]) -> bool:
        reached: list[bool] = []

        def save(session: Session) -> None:
            what(session)
            reached.append(True)

        self.act(save)
        return bool(reached)

    def _open(self, session: Session, like: Unit, day: date) -> Unit:
        self.opened += 1
        parent = session.get_one(Unit, like.parent_id)
        return open_unit(
            session,
            code=f"N{parent.id}.{self.opened}",
            facts=UnitFacts(name=f"New team {self.opened}", opened_on=day),
            level=Level.TEAM,
            parent=parent,
        )

    # Operations ---------------------------------------------------------------------------------------------

    def plan(self, day: date, number: int) -> None:
        """Plan an operation of the area that asks for so many constables, with the best of them chosen."""

        def save(session: Session) -> None:
            area = session.scalars(select(Unit).where(Unit.path == self.area)).one()
            planned = Planned("A match", OperationKind.FOOTBALL, day, day, time(9), time(12), "event", None)
            operation = self._read(
                session, plan_operation(session, stamp=Stamp(self.by, NOW), unit=area, planned=planned).id
            )
            ask = ask_unit(
                session,
                now=NOW,
                today=TODAY,
                operation=operation,
                expected_version=operation.version,
                unit=area,
                role=PolicingRole.CONSTABLE,
                number=number,
            )
            operation = self._read(session, operation.id)
            found = candidates(
                session,
                operation,
                area,
                PolicingRole.CONSTABLE,
                today=TODAY,
                definition=default_definition(session),
            )
            choose(
                session,
                stamp=Stamp(self.by, NOW),
                today=TODAY,
                operation=operation,
                ask=ask,
                expected_version=operation.version,
                wanted=[each.key for each in suggested(found, number)],
                seen={},
            )
            planned_ids.append(operation.id)

        planned_ids: list[int] = []
        if self._succeeds(save):
            self.operations += planned_ids

    def commit_one(self, which: int) -> None:
        """Commit one of the drafts."""
        key = self._one_in(OperationStatus.DRAFT, which)
        if key is not None:
            self.act(lambda session: self._commit(session, key))

    def cancel_one(self, which: int) -> None:
        """Cancel one of the committed operations."""
        key = self._one_in(OperationStatus.COMMITTED, which)
        if key is not None:
            self.act(lambda session: self._cancel(session, key))

    def _one_in(self, status: OperationStatus, which: int) -> int | None:
        with Session(self.engine) as session:
            keys = session.scalars(
                select(Operation.id)
                .where(Operation.id.in_(self.operations), Operation.status == status)
                .order_by(Operation.id)
            ).all()
        return keys[which % len(keys)] if keys else None

    def commit_and_cancel(self, which: int) -> list[str]:
        """Commit a draft and cancel it again: what differs then from before."""
        differing: list[str] = []
        key = self._one_in(OperationStatus.DRAFT, which)

        def save(session: Session) -> None:
            assert key is not None
            before = rows_of_duty(session)
            self._commit(session, key)
            session.flush()
            self._cancel(session, key)
            session.flush()
            if rows_of_duty(session) != before:
                differing.append("an operation committed and cancelled leaves something behind")

        if key is not None:
            self.act(save)
        return differing

    def _commit(self, session: Session, key: int) -> None:
        operation = self._read(session, key)
        seen = {row.id: row.version for row in session.execute(select(Shift.id, Shift.version))}
        commit(
            session,
            stamp=Stamp(self.by, NOW),
            operation=operation,
            expected_version=operation.version,
            seen=seen,
        )

    def _cancel(self, session: Session, key: int) -> None:
        operation = self._read(session, key)
        cancel(session, stamp=Stamp(self.by, NOW), operation=operation, expected_version=operation.version)

    def _read(self, session: Session, key: int) -> Operation:
        found = operation_planned_in(session, self.area, key)
        assert found is not None
        return found

    # What holds ---------------------------------------------------------------------------------------------

    def broken(self) -> list[str]:
        """Everything that does not hold now."""
        with Session(self.engine) as session:
            force = unit_at(session, self.force_code)
            assert force is not None
            found = Laws(session, force, MONTHS, TODAY).broken()
            committed = select(func.count()).select_from(Operation)
            if session.scalar(
                committed.where(
                    Operation.status == OperationStatus.COMMITTED, Operation.committed_at.is_(None)
                )
            ):
                found.append("an operation is committed and nobody knows when")
        return found

    def has_whole_journal(self) -> bool:
        """Whether the journal's chain holds. It only grows: what broke it once is seen at the end as well."""
        with Session(self.engine) as session:
            return verify(session, None).is_whole
