"""Reasons added and closed, definitions copied and changed from a day on: what moves, and what never does."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.actions import (
    ChangedSince,
    DefinitionClosed,
    DefinitionFacts,
    DefinitionNameTaken,
    DefinitionNeeded,
    NothingCountsOtherwise,
    ReasonCodeTaken,
    ReasonFacts,
    WhyMissing,
    add_reason,
    change_counting,
    change_definition,
    change_reason,
    changes_back,
    copy_definition,
    planned_changes,
)
from npt.counting.models import DefinitionChange, DefinitionReason
from npt.counting.queries import (
    DatedDefinition,
    changes_of,
    definition_record,
    definitions,
    reason_record,
    records_behind,
    restatement,
    use_of,
)
from npt.counting.rollup.settle import differences
from npt.kit.clock import parse_instant
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.figures_code import figures_code
from npt.performance.queries import rates
from npt.reporting.queries import judgements
from npt.shifts.actions import AwayEntry, AwayRecording, WantedAway, correct_away, record_away
from npt.shifts.models import Away, Shift
from npt.shifts.queries import reasons
from npt.shifts.rules import ReasonClosed, ReasonKind
from npt.store.versions import StaleRecord
from tests import make
from tests.records.november import busy_team, defined, eight_hours

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MID = date(2026, 11, 16)


def change(
    session: Session, code: str, *chosen: str, counts: bool, starts_on: date = MID, why: str = "Agreed"
) -> DefinitionChange:
    """Change what counts under a definition from a day on, as the page does."""
    record = definition_record(session, code)
    assert record is not None
    planned = planned_changes(
        session, defined(session, code), chosen=chosen, counts=counts, starts_on=starts_on
    )
    return change_counting(session, record, planned, why=why, stamp=Stamp(None, NOW))


def put_back(session: Session, made: DefinitionChange, code: str = "local-2008") -> DefinitionChange:
    record = definition_record(session, code)
    assert record is not None
    (found,) = [each for each in changes_of(session, record) if each.id == made.id]
    back = changes_back(session, defined(session, code), found)
    return change_counting(session, record, back, why="A mistake", stamp=Stamp(None, NOW), puts_back=found)


def lost(session: Session, unit: Unit, month: Month, code: str = "local-2008") -> tuple[int, int]:
    """Numerator and denominator of the officers of a unit's month."""
    (row,) = [
        row
        for row in rates(session, unit=unit, first=month, last=month, definition=code)
        if row.group == "officers"
    ]
    return row.abstracted, row.denominator


NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)


# Reasons ----------------------------------------------------------------------------------------------------


def test_a_new_reason_counts_where_every_abstraction_does_and_elsewhere_only_if_it_is_said(
    session: Session,
) -> None:
    add_reason(session, code="mutual-aid", kind=ReasonKind.ABSTRACTION, facts=ReasonFacts("Mutual aid"))
    add_reason(
        session,
        code="football",
        kind=ReasonKind.ABSTRACTION,
        facts=ReasonFacts("Football"),
        counts_under=["local-2008"],
    )
    for code, counting in {
        "local-2008": {"football"},
        "inspectorate": {"mutual-aid", "football"},
        "all-time-lost": {"mutual-aid", "football"},
    }.items():
        on = defined(session, code).on(date(1999, 1, 1)).counting_reasons
        assert on & {"mutual-aid", "football"} == counting
    assert [reason.code for reason in reasons(session)][-2:] == ["mutual-aid", "football"]


def test_a_reason_of_absence_is_in_no_table_of_what_counts(session: Session) -> None:
    added = add_reason(session, code="jury", kind=ReasonKind.ABSENCE, facts=ReasonFacts("Jury service"))
    marks = select(func.count()).select_from(DefinitionReason).where(DefinitionReason.reason_id == added.id)
    assert session.scalar(marks) == 0


def test_a_code_or_a_name_is_given_once(session: Session) -> None:
    with pytest.raises(ReasonCodeTaken):
        add_reason(session, code="court", kind=ReasonKind.ABSTRACTION, facts=ReasonFacts("Law courts"))
    session.rollback()
    with pytest.raises(Refusal, match="this name"):
        add_reason(session, code="law-courts", kind=ReasonKind.ABSTRACTION, facts=ReasonFacts("Court"))
    session.rollback()
    with pytest.raises(DefinitionNameTaken):
        copy_definition(
            session, source="local-2008", code="mine", facts=DefinitionFacts("Inspectorate", "So"), now=NOW
        )


def test_a_new_reason_is_recorded_and_counted_like_any_other(session: Session) -> None:
    team = make.team(session)
    add_reason(
        session,
        code="football",
        kind=ReasonKind.ABSTRACTION,
        facts=ReasonFacts("Football"),
        counts_under=["local-2008"],
    )
    eight_hours(session, make.member(session, team=team), "2026-11-02", "football", 2)
    session.commit()
    assert lost(session, team, NOVEMBER) == (120, 480)
    assert differences(session) == []


def test_closing_a_reason_changes_no_figure_and_opening_it_none(session: Session) -> None:
    team = busy_team(session)
    session.commit()
    before = {code: lost(session, team, NOVEMBER, code) for code in ("local-2008", "all-time-lost")}
    event = reason_record(session, "event")
    assert event is not None
    for closed_on in (date(2026, 11, 1), None):
        change_reason(session, event, ReasonFacts("Event, planned", closed_on=closed_on))
        session.commit()
        assert {code: lost(session, team, NOVEMBER, code) for code in before} == before
        assert differences(session) == []
    assert use_of(session, event).last_on == date(2026, 11, 23)


def test_who_opened_the_reason_before_it_changed_is_told(session: Session) -> None:
    event = reason_record(session, "event")
    assert event is not None
    change_reason(session, event, ReasonFacts("Match day"), expected_version=1)
    with pytest.raises(StaleRecord):
        change_reason(session, event, ReasonFacts("Festival"), expected_version=1)


@pytest.fixture
def closed(session: Session) -> Shift:
    """A shift of the 16th of November with custody on record; custody and response are closed since then."""
    shift = make.shift(session)
    make.away(session, shift=shift, ends="2026-11-16T15:00", reason="custody")
    for code in ("custody", "response"):
        record = reason_record(session, code)
        assert record is not None
        change_reason(session, record, ReasonFacts(record.name, closed_on=date(2026, 11, 15)))
    return shift


def _record(session: Session, shift: Shift) -> None:
    begins, ends = (parse_instant(f"2026-11-16T{hour}:00").instant for hour in (16, 17))
    record_away(
        session,
        stamp=Stamp(make.account(session).id, NOW),
        unit=session.get_one(Unit, shift.unit_id),
        day=MID,
        entries=[AwayEntry(shift.id, begins, ends)],
        reason="response",
        note=None,
        expected={shift.id: shift.version},
    )


def _import(session: Session, shift: Shift) -> None:
    begins, ends = (parse_instant(f"2026-11-16T{hour}:00").instant for hour in (16, 17))

    def refused(_place: int, refusal: Refusal) -> None:
        raise refusal

    AwayRecording(session).take([WantedAway(shift.member_id, begins, ends, "response", None)], refused)


def _correct(session: Session, shift: Shift, reason: str = "response") -> None:
    away = session.scalars(select(Away).where(Away.shift_id == shift.id)).one()
    correct_away(
        session,
        stamp=Stamp(make.account(session).id, NOW),
        unit=session.get_one(Unit, shift.unit_id),
        day=MID,
        away_id=away.id,
        expected_version=away.version,
        starts=away.starts_at,
        ends=parse_instant("2026-11-16T15:30").instant,
        reason=reason,
        note=None,
    )


@pytest.mark.parametrize("way", [_record, _import, _correct])
def test_a_closed_reason_is_not_recorded_for_a_later_day(
    session: Session, closed: Shift, way: Callable[[Session, Shift], None]
) -> None:
    with pytest.raises(ReasonClosed, match="after 15 November 2026"):
        way(session, closed)


def test_what_is_recorded_for_a_closed_reason_can_still_be_corrected(session: Session, closed: Shift) -> None:
    _correct(session, closed, reason="custody")
    assert session.scalars(select(Away.minutes)).one() == 90


# What counts ------------------------------------------------------------------------------------------------


def test_a_change_counts_from_its_day_and_never_before(session: Session) -> None:
    team = busy_team(session)
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-10-20", "training", 3)
    eight_hours(session, member, "2026-11-15", "training", 3)
    eight_hours(session, member, "2026-11-16", "training", 4)
    session.commit()
    before = lost(session, team, OCTOBER), lost(session, team, NOVEMBER)
    change(session, "local-2008", "training", counts=True)
    assert lost(session, team, NOVEMBER) == (before[1][0] + 240, before[1][1])  # read before the commit
    session.commit()
    assert (lost(session, team, OCTOBER), lost(session, team, NOVEMBER)) == (
        before[0],
        (before[1][0] + 240, before[1][1]),
    )
    assert differences(session) == []


@pytest.mark.parametrize(
    "from_day",
    [date(2026, 11, day) for day in (1, 2, 29, 30)] + [date(2026, 12, 1), date(2026, 12, 31)],
    ids=str,
)
def test_a_change_on_the_first_or_last_days_of_a_month_counts_from_just_that_day(
    session: Session, from_day: date
) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    days = [date(2026, 11, day) for day in (1, 2, 29, 30)] + [date(2026, 12, day) for day in (1, 30, 31)]
    for day in days:
        eight_hours(session, member, str(day), "training", 1)
    session.commit()
    change(session, "local-2008", "training", counts=True, starts_on=from_day)
    session.commit()
    changed = defined(session)
    for month in (NOVEMBER, Month(2026, 12)):
        counting = [day for day in days if Month.of(day) == month and day >= from_day]
        assert lost(session, team, month)[0] == 60 * len(counting)
        behind = records_behind(session, team.path, month.first, month.last, counted_under=changed)
        assert [record.on_date for record in behind.records] == counting
        judged = judgements(
            session,
            team.path,
            month.first,
            month.last,
            roles=[PolicingRole.CONSTABLE],
            definition=changed,
        )
        assert judged[None].records == len(counting)
    assert differences(session) == []


def test_a_change_dated_later_leaves_every_earlier_month_as_it_was(session: Session) -> None:
    team = busy_team(session)
    session.commit()
    before = [
        lost(session, team, month, code)
        for month in (OCTOBER, NOVEMBER)
        for code in ("local-2008", "inspectorate", "all-time-lost")
    ]
    change(session, "local-2008", "event", "response", counts=False, starts_on=date(2026, 12, 1))
    session.commit()
    after = [
        lost(session, team, month, code)
        for month in (OCTOBER, NOVEMBER)
        for code in ("local-2008", "inspectorate", "all-time-lost")
    ]
    assert after == before
    assert differences(session) == []


def test_what_a_change_restates_is_said_by_month_and_group_before_it_is_saved(session: Session) -> None:
    team = busy_team(session)  # an event of two hours on the 23rd; that of a special is in no figure
    pcso = make.member(session, team=team, role=PolicingRole.PCSO)
    eight_hours(session, pcso, "2026-12-01", "event", 1)
    dated = defined(session)
    planned = planned_changes(session, dated, chosen=["event"], counts=False, starts_on=date(2026, 11, 2))
    found = restatement(session, dated, planned)
    assert [(str(m.month), m.group, m.counts, m.records, m.minutes) for m in found.months] == [
        ("2026-11", RoleGroup.OFFICERS, False, 1, 120),
        ("2026-12", RoleGroup.PCSOS, False, 1, 60),
    ]
    assert (found.records, found.minutes) == (2, 180)
    before = lost(session, team, NOVEMBER)
    change(session, "local-2008", "event", counts=False, starts_on=date(2026, 11, 2))
    assert lost(session, team, NOVEMBER) == (before[0] - 120, before[1])


def test_a_restatement_is_told_from_that_of_other_records(session: Session) -> None:
    team = busy_team(session)
    dated = defined(session)
    planned = planned_changes(session, dated, chosen=["event"], counts=False, starts_on=MID)
    seen = restatement(session, dated, planned)
    assert restatement(session, dated, planned).digest == seen.digest
    eight_hours(session, make.member(session, team=team), "2026-11-24", "event", 1)
    assert restatement(session, dated, planned).digest != seen.digest


def test_a_change_put_back_leaves_the_table_and_the_figures_as_they_were(session: Session) -> None:
    team = busy_team(session)
    session.commit()
    marks, before = defined(session).marks, lost(session, team, NOVEMBER)
    made = change(session, "local-2008", "event", "training", counts=True, starts_on=date(2026, 11, 1))
    session.commit()
    put_back(session, made)
    session.commit()
    assert defined(session).marks == marks
    assert lost(session, team, NOVEMBER) == before
    assert differences(session) == []


def test_what_was_changed_again_is_not_put_back_over_it(session: Session) -> None:
    first = change(session, "local-2008", "event", counts=False)
    change(session, "local-2008", "event", counts=True)
    with pytest.raises(ChangedSince):
        put_back(session, first)


def test_a_change_is_put_back_once(session: Session) -> None:
    made = change(session, "local-2008", "event", counts=False)
    put_back(session, made)
    with pytest.raises(ChangedSince):
        put_back(session, made)


def test_every_change_is_kept_with_its_day_and_reason(session: Session) -> None:
    change(session, "local-2008", "event", counts=False, why="The board of 3 November")
    record = definition_record(session, "local-2008")
    assert record is not None
    (kept,) = changes_of(session, record)
    assert (kept.starts_on, kept.why, kept.changed_at) == (MID, "The board of 3 November", NOW)
    assert [(line.counted, line.counts) for line in kept.lines] == [(None, False)]
    assert defined(session).changed_at == NOW
    assert defined(session, "inspectorate").changed_at is None


def test_a_change_that_changes_nothing_or_says_no_why_is_refused(session: Session) -> None:
    with pytest.raises(NothingCountsOtherwise):
        change(session, "local-2008", "event", counts=True)
    with pytest.raises(NothingCountsOtherwise):
        change(session, "local-2008", "sickness", counts=True)
    with pytest.raises(WhyMissing):
        change(session, "local-2008", "event", counts=False, why=" ")


def test_who_opened_the_definition_before_it_changed_is_told(session: Session) -> None:
    record = definition_record(session, "local-2008")
    assert record is not None
    seen = record.version
    change(session, "local-2008", "event", counts=False)
    with pytest.raises(StaleRecord):
        change_definition(session, record, DefinitionFacts("Mine", "So"), expected_version=seen)


# Definitions ------------------------------------------------------------------------------------------------


def test_a_copy_counts_as_its_source_does_on_every_day_and_changes_alone(session: Session) -> None:
    team = busy_team(session)
    eight_hours(session, make.member(session, team=team), "2026-11-17", "training", 4)
    change(session, "inspectorate", "training", counts=False)
    copy_definition(
        session, source="inspectorate", code="board-2026", facts=DefinitionFacts("Board", "Ours"), now=NOW
    )
    session.commit()
    assert defined(session, "board-2026").marks == defined(session, "inspectorate").marks
    assert lost(session, team, NOVEMBER, "board-2026") == lost(session, team, NOVEMBER, "inspectorate")
    change(session, "board-2026", "event", counts=False)
    assert lost(session, team, NOVEMBER, "board-2026") != lost(session, team, NOVEMBER, "inspectorate")


def test_a_closed_definition_counts_its_own_months_and_no_later_ones(session: Session) -> None:
    team = busy_team(session)
    record = definition_record(session, "inspectorate")
    assert record is not None
    facts = DefinitionFacts(record.name, record.explanation, closed_on=date(2026, 11, 30))
    change_definition(session, record, facts)
    assert lost(session, team, NOVEMBER, "inspectorate") == (180, 1440)
    with pytest.raises(Refusal, match="closed after 30 November 2026"):
        lost(session, team, Month(2026, 12), "inspectorate")
    with pytest.raises(DefinitionClosed):
        change(session, "inspectorate", "event", counts=False, starts_on=date(2026, 12, 1))


def test_the_definition_under_which_targets_are_judged_stays_open(session: Session) -> None:
    record = definition_record(session, "local-2008")
    assert record is not None
    with pytest.raises(DefinitionNeeded):
        change_definition(session, record, DefinitionFacts("Local", "So", closed_on=MID))


def test_the_code_of_the_same_records_is_the_same_on_every_engine(session: Session) -> None:
    team = busy_team(session)
    session.commit()
    found = rates(session, unit=team, first=NOVEMBER, last=NOVEMBER, definition="local-2008")
    assert [(row.abstracted, row.denominator) for row in found] == [(180, 1440), (0, 480)]
    assert figures_code(found) == "0ad7f1bf31a1"


# Always -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_under_every_definition_and_after_any_change_the_reasons_that_count_make_what_is_lost(
    session: Session, seed: int
) -> None:
    chance = random.Random(seed)
    codes = [reason.code for reason in reasons(session) if reason.code != "other"]
    shifts = []
    for role in (PolicingRole.CONSTABLE, PolicingRole.PCSO):
        team = make.team(session)
        member = make.member(session, team=team, role=role)
        for day in range(1, 29, 3):
            eight_hours(session, member, f"2026-11-{day:02}", chance.choice(codes), chance.randint(1, 8))
            shifts.append((team, day))
    session.commit()
    for _ in range(4):
        definition = chance.choice(definitions(session))
        chosen = chance.sample(codes, 4)
        try:
            change(
                session,
                definition.code,
                *chosen,
                counts=chance.random() < 0.5,
                starts_on=date(2026, 11, chance.randint(1, 28)),
            )
        except NothingCountsOtherwise:
            continue
        session.commit()
    assert differences(session) == []
    for definition in definitions(session):
        for unit in {team for team, _ in shifts}:
            assert _lost(session, unit, definition) == _by_hand(session, unit, definition)


def _lost(session: Session, unit: Unit, definition: DatedDefinition) -> int:
    found = rates(session, unit=unit, first=NOVEMBER, last=NOVEMBER, definition=definition.code)
    return sum(row.abstracted for row in found)


def _by_hand(session: Session, unit: Unit, definition: DatedDefinition) -> int:
    """What counts, record by record, as the definition stood on the day of each."""
    kinds = {reason.id: (reason.code, reason.kind) for reason in reasons(session)}
    asked = (
        select(Shift.on_date, Away.reason_id, Away.minutes)
        .join(Away, Away.shift_id == Shift.id)
        .where(Shift.unit_id == unit.id)
    )
    return sum(
        minutes
        for day, reason_id, minutes in session.execute(asked)
        if definition.on(day).counts(*kinds[reason_id])
    )
