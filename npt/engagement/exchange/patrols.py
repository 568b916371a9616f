"""The file of patrols, in and out. A patrol is known by its reference, for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from npt.engagement.actions import PatrolFacts, change_patrol, take_patrol
from npt.engagement.exchange.instants import hold, instant_of
from npt.engagement.models import Patrol
from npt.engagement.queries import patrols_referred, patrols_told
from npt.engagement.rules import LONGEST_NOTE, PatrolMode
from npt.kit.clock import moment_in_words
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.people.exchange import MEMBERS_NUMBERED
from npt.people.models import Member
from npt.sheets.columns import Column, Shape, choice, code, instant, integer, text
from npt.store.exchange import ExportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow


@dataclass(frozen=True, slots=True)
class PatrolRow(KeyedRow):
    """One row of the file."""

    reference: str
    member: Member | None
    neighbourhood: Unit
    starts: datetime
    ends: datetime
    mode: PatrolMode
    spoken_to: int | None
    note: str | None

    def __post_init__(self) -> None:
        # A cell gives an instant with what is doubtful about it; a record has none of that.
        object.__setattr__(self, "starts", instant_of(self.starts))
        object.__setattr__(self, "ends", instant_of(self.ends))


def _as_row(patrol: Patrol) -> PatrolRow:
    return PatrolRow(
        0,
        patrol.reference,
        patrol.member,
        patrol.unit,
        patrol.starts_at,
        patrol.ends_at,
        patrol.mode,
        patrol.spoken_to,
        patrol.note,
    )


def _differs(was: PatrolRow, row: PatrolRow) -> str:
    return (
        f"{row.reference} is recorded with other values ({was.neighbourhood.code},"
        f" {moment_in_words(was.starts)}, {was.mode.value})"
    )


def _facts(row: PatrolRow) -> PatrolFacts:
    return PatrolFacts(row.neighbourhood, row.starts, row.ends, row.mode, row.spoken_to, row.note)


def _take(intake: Intake[PatrolRow, Patrol]) -> None:
    session, order = intake.session, intake.order
    hold(
        session,
        [*(row.neighbourhood for row, _ in intake.changing), *(row.neighbourhood for row in intake.new)],
    )
    for row, patrol in intake.changing:
        with intake.telling(row):
            patrol.member = row.member
            change_patrol(session, patrol, facts=_facts(row), stamp=order.stamp)
    for row in intake.new:
        with intake.telling(row):
            take_patrol(
                session, reference=row.reference, member=row.member, facts=_facts(row), stamp=order.stamp
            )


def _load(session: Session, rows: Sequence[PatrolRow]) -> list[Patrol]:
    return patrols_referred(session, [row.reference for row in rows])


def _records(session: Session, order: ExportOrder) -> Iterator[Patrol]:
    return patrols_told(session, order.path, order.month)


PATROLS = Keyed(
    shape=Shape(
        "patrols",
        (
            Column("ref", code, hint="a reference that no other patrol has"),
            Column("number", code, hint="the member's force number", is_required=False),
            Column("neighbourhood", code, hint="the code of the neighbourhood"),
            Column("starts", instant, hint="when it starts, like 2026-11-30T09:00"),
            Column("ends", instant, hint="when it ends, like 2026-11-30T10:30"),
            Column("mode", choice(PatrolMode), hint="foot, cycle, vehicle, bus or mobile-station"),
            Column("spoken_to", integer, is_required=False),
            Column("note", text(LONGEST_NOTE), is_required=False),
        ),
    ),
    row=PatrolRow,
    known_by=("reference",),
    names={"number": MEMBERS_NUMBERED, "neighbourhood": UNITS_CODED},
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=_take,
    records=_records,
)
