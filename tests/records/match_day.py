"""An inspector who plans a football match: an area with two teams on shift on the Saturday of the match."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.counting.queries import default_definition, headrooms
from npt.counting.rules import Headroom
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.operations.actions import (
    Chosen,
    Planned,
    ask_unit,
    cancel,
    choose,
    commit,
    plan_operation,
)
from npt.operations.models import Ask, Choice, Operation
from npt.operations.queries import candidates, chosen, operation_planned_in
from npt.operations.rules import Candidate, OperationKind, ranked
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole, RoleGroup
from npt.shifts.models import Away, Shift
from tests import make

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)
MATCH = date(2026, 11, 21)
FOOTBALL = Planned(
    name="Town against Rovers",
    kind=OperationKind.FOOTBALL,
    first_on=MATCH,
    last_on=MATCH,
    starts=time(12),
    ends=time(18),
    reason="event",
    note=None,
)


@dataclass
class MatchDay:
    """The inspector's desk. Three constables and a PCSO a team work from 10:00 to 20:00 on the day."""

    session: Session
    area: Unit
    teams: Sequence[Unit]
    by: Account
    shifts: dict[str, Shift]
    #: the keys of the shifts, which can be asked for without a transaction
    ids: dict[str, int]
    #: where the area stands, and the key of the planner's account; likewise
    path: str
    by_id: int

    def plan(self, planned: Planned = FOOTBALL, unit: Unit | None = None) -> Operation:
        made = plan_operation(
            self.session, stamp=Stamp(self.by.id, NOW), unit=unit or self.area, planned=planned
        )
        return self.load(made)

    def load(self, operation: Operation) -> Operation:
        found = operation_planned_in(self.session, self.area.path, operation.id)
        assert found is not None
        return found

    def ask(
        self,
        operation: Operation,
        number: int,
        *,
        unit: Unit | None = None,
        role: PolicingRole = PolicingRole.CONSTABLE,
    ) -> Ask:
        made = ask_unit(
            self.session,
            now=NOW,
            today=TODAY,
            operation=operation,
            expected_version=operation.version,
            unit=unit or self.area,
            role=role,
            number=number,
        )
        self.load(operation)
        return made

    def candidates(
        self,
        operation: Operation,
        unit: Unit | None = None,
        role: PolicingRole = PolicingRole.CONSTABLE,
    ) -> list[Candidate]:
        found = candidates(
            self.session,
            operation,
            unit or self.area,
            role,
            today=TODAY,
            definition=default_definition(self.session),
        )
        return ranked(found)

    def choose(
        self,
        operation: Operation,
        numbers: Collection[str],
        ask: Ask | None = None,
        seen: dict[int, int] | None = None,
    ) -> Chosen:
        made = choose(
            self.session,
            stamp=Stamp(self.by.id, NOW),
            today=TODAY,
            operation=operation,
            ask=ask or operation.asks[0],
            expected_version=operation.version,
            wanted=[(MATCH, self.shifts[number].id) for number in numbers],
            seen=self.versions() if seen is None else seen,
        )
        self.load(operation)
        return made

    def commit(self, operation: Operation, seen: dict[int, int] | None = None) -> int:
        made = commit(
            self.session,
            stamp=Stamp(self.by.id, NOW),
            operation=operation,
            expected_version=operation.version,
            seen=self.versions() if seen is None else seen,
        )
        self.load(operation)
        return made

    def cancel(self, operation: Operation) -> int:
        return cancel(
            self.session,
            stamp=Stamp(self.by.id, NOW),
            operation=operation,
            expected_version=operation.version,
        )

    def committed(self, *numbers: str) -> Operation:
        """An operation that has taken these constables."""
        operation = self.plan()
        self.ask(operation, len(numbers))
        self.choose(operation, numbers)
        self.commit(operation)
        return operation

    def versions(self) -> dict[int, int]:
        return {row.id: row.version for row in self.session.execute(select(Shift.id, Shift.version))}

    def chosen(self, operation: Operation) -> list[str]:
        return [line.number for line in chosen(self.session, operation)]

    def away(self) -> list[tuple[int, datetime, datetime, str | None]]:
        """All time away there is."""
        rows = self.session.execute(
            select(Away.shift_id, Away.starts_at, Away.ends_at, Away.note).order_by(
                Away.shift_id, Away.starts_at
            )
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def choices(self, operation: Operation) -> list[Choice]:
        return list(self.session.scalars(select(Choice).where(Choice.operation_id == operation.id)))

    def room(self, team: Unit) -> Headroom:
        """The headroom of the officers of a team in the month of the match."""
        definition = default_definition(self.session)
        month = Month.of(MATCH)
        found = headrooms(self.session, team.path, month, today=TODAY, definition=definition)
        return found[RoleGroup.OFFICERS]


def open_match_day(session: Session) -> MatchDay:
    area = make.area(session, code="A1")
    teams = [make.team(session, under=area, code=code) for code in ("T1", "T2")]
    shifts: dict[str, Shift] = {}
    for letter, team in zip("12", teams, strict=True):
        people = [(f"{letter}00{place}", PolicingRole.CONSTABLE) for place in (1, 2, 3)]
        for number, role in [*people, (f"{letter}009", PolicingRole.PCSO)]:
            member: Member = make.member(session, number=number, name=f"Name {number}", role=role, team=team)
            shifts[number] = make.shift(
                session, member=member, starts="2026-11-21T10:00", ends="2026-11-21T20:00"
            )
    ids = {number: shift.id for number, shift in shifts.items()}
    by = make.account(session)
    return MatchDay(session, area, teams, by, shifts, ids, area.path, by.id)
