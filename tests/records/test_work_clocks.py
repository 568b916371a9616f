"""Clocks as records: set, paused, ended, and found when they are in breach."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.kit.clock import parse_instant
from npt.kit.paging import FIRST_PAGE
from npt.store.versions import StaleRecord
from npt.work.actions import change_clock, end_clock, move_action, pause_clock, resume_clock, start_clock
from npt.work.actions.clocks import ActionEnded, ClockEnded, StartsLater
from npt.work.models import Clock, ClockPause
from npt.work.queries import ClockShow, clock_in, clocks_of_matter, clocks_of_unit
from npt.work.rules import (
    SHIPPED,
    ActionState,
    BadRule,
    ClockFacts,
    ClockKind,
    Measure,
    OwnerGone,
    PauseRefused,
    Rule,
    until_day,
)
from tests.records.work_desk import NOW, TODAY, WorkDesk, of_agency, of_member, open_work_desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(session: Session) -> WorkDesk:
    return open_work_desk(session)


def start(
    desk: WorkDesk,
    what: str = "Ring back",
    *,
    kind: ClockKind = ClockKind.REPLY,
    ago: timedelta = HOUR,
    **said: object,
) -> Clock:
    """Set a clock of the team that started a while ago."""
    given = {"owner": of_member(desk.pcso), "rule": SHIPPED.get(kind), "starts_at": NOW - ago, **said}
    facts = ClockFacts(kind=kind, what=what, **given)  # type: ignore[arg-type]  # as the test says
    return start_clock(desk.session, unit=desk.team, matter=desk.document, facts=facts, now=NOW, today=TODAY)


def shown(desk: WorkDesk, show: ClockShow = ClockShow.RUNNING, now: datetime = NOW) -> list[str]:
    """What the list of the force shows."""
    part = clocks_of_unit(desk.session, desk.force.path, show, now=now, today=TODAY, page=FIRST_PAGE)
    return [line.clock.what for line in part.rows]


def test_a_clock_keeps_when_it_is_due_and_lists_name_breaches_first(desk: WorkDesk) -> None:
    start(desk, "in time")
    start(desk, "over", ago=4 * DAY)
    paused = start(desk, "paused", kind=ClockKind.COMPLAINT)
    pause_clock(
        desk.session, paused, at=NOW, reason="Waiting for the person", expected_version=paused.version
    )
    assert paused.due_at is None
    assert shown(desk) == ["over", "in time", "paused"]
    assert shown(desk, ClockShow.BREACHES) == ["over"]
    (line, *_) = clocks_of_matter(desk.session, desk.document, today=TODAY)
    assert (line.clock.what, line.owner_name) == ("over", "Pat Example")
    assert line.running.state_in_words(NOW) == "24 h over"


def test_a_pause_moves_the_limit_and_a_clock_paused_for_ever_is_listed(desk: WorkDesk) -> None:
    clock = start(desk, ago=2 * DAY)
    pause_clock(desk.session, clock, at=NOW - DAY, reason="Waiting for the person", expected_version=1)
    resume_clock(desk.session, clock, at=NOW, expected_version=clock.version)
    assert clock.due_at == NOW + 2 * DAY
    assert shown(desk, ClockShow.PAUSED_LONG) == []
    pause_clock(desk.session, clock, at=NOW, reason="Waiting again", expected_version=clock.version)
    assert shown(desk, ClockShow.PAUSED_LONG) == ["Ring back"]
    assert shown(desk, ClockShow.BREACHES, NOW + 500 * DAY) == []


def test_one_pause_of_more_than_fourteen_days_is_listed(desk: WorkDesk) -> None:
    clock = start(desk)
    pause_clock(desk.session, clock, at=NOW, reason="Abroad", expected_version=clock.version)
    assert shown(desk, ClockShow.PAUSED_LONG, NOW + 14 * DAY) == []
    assert shown(desk, ClockShow.PAUSED_LONG, NOW + 14 * DAY + HOUR) == ["Ring back"]


def test_an_ended_clock_stays_ended_and_its_pause_ends_with_it(desk: WorkDesk) -> None:
    clock = start(desk)
    pause_clock(desk.session, clock, at=NOW, reason="Abroad", expected_version=clock.version)
    end_clock(desk.session, clock, at=NOW + HOUR, expected_version=clock.version)
    assert clock.pauses[0].ends_at == clock.ended_at == NOW + HOUR
    assert shown(desk) == []
    assert shown(desk, ClockShow.ENDED) == ["Ring back"]
    with pytest.raises(ClockEnded):
        end_clock(desk.session, clock, at=NOW + DAY, expected_version=clock.version)
    with pytest.raises(ClockEnded):
        pause_clock(desk.session, clock, at=NOW + DAY, reason="Abroad", expected_version=clock.version)


def test_a_clock_is_paused_once_at_a_time_and_never_once_it_is_over(desk: WorkDesk) -> None:
    clock, over = start(desk), start(desk, ago=4 * DAY)
    with pytest.raises(PauseRefused):
        resume_clock(desk.session, clock, at=NOW, expected_version=clock.version)
    for reason, at in ((" ", NOW), ("Abroad", NOW + 4 * DAY)):
        with pytest.raises(PauseRefused):
            pause_clock(desk.session, clock, at=at, reason=reason, expected_version=clock.version)
    with pytest.raises(PauseRefused):
        pause_clock(desk.session, over, at=NOW, reason="Abroad", expected_version=over.version)
    pause_clock(desk.session, clock, at=NOW, reason="Abroad", expected_version=clock.version)
    with pytest.raises(PauseRefused):
        pause_clock(desk.session, clock, at=NOW, reason="Abroad", expected_version=clock.version)
    desk.session.add(ClockPause(clock_id=clock.id, starts_at=NOW, reason="Twice"))
    with pytest.raises(IntegrityError):
        desk.session.flush()


def test_two_who_change_a_clock_are_told_apart(desk: WorkDesk) -> None:
    clock = start(desk)
    seen = clock.version
    change_clock(
        desk.session,
        clock,
        today=TODAY,
        what="Ring back the shop",
        owner=of_agency(desk.council),
        expected_version=seen,
    )
    with pytest.raises(StaleRecord):
        end_clock(desk.session, clock, at=NOW, expected_version=seen)


@pytest.mark.parametrize("written", ["2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"])
def test_a_clock_that_started_in_the_repeated_hour_keeps_which_of_the_two(
    desk: WorkDesk, written: str
) -> None:
    started = parse_instant(written).instant
    clock = start(desk, kind=ClockKind.GATEKEEPER, starts_at=started)
    desk.session.expire(clock)
    assert (clock.starts_at, clock.due_at) == (started, started + DAY)


def test_a_review_a_year_and_more_ahead_is_a_clock_of_its_document(desk: WorkDesk) -> None:
    rule = until_day(TODAY + 500 * DAY, NOW)
    clock = start(desk, "Review of the strategy", kind=ClockKind.REVIEW, rule=rule, starts_at=NOW)
    line = clock_in(desk.session, desk.force.path, clock.id, today=TODAY)
    assert line is not None
    assert line.running.rule == Rule(500, Measure.DAYS)
    assert clock.due_at == parse_instant("2028-03-30T23:59").instant


def test_no_clock_is_set_on_an_action_that_is_done(desk: WorkDesk) -> None:
    action = desk.set()

    def set_clock() -> Clock:
        facts = ClockFacts(ClockKind.REPLY, "Ring back", of_member(desk.pcso), SHIPPED[ClockKind.REPLY], NOW)
        return start_clock(desk.session, unit=desk.team, action=action, facts=facts, now=NOW, today=TODAY)

    assert set_clock().action is action
    move_action(
        desk.session,
        action,
        stamp=desk.stamp,
        today=TODAY,
        state=ActionState.DONE,
        expected_version=None,
    )
    with pytest.raises(ActionEnded):
        set_clock()


def test_what_cannot_be_is_refused(desk: WorkDesk) -> None:
    with pytest.raises(StartsLater):
        start(desk, starts_at=NOW + HOUR)
    with pytest.raises(BadRule):
        start(desk, kind=ClockKind.OTHER, rule=Rule(0, Measure.HOURS))
    desk.council.closed_on = TODAY - DAY
    desk.session.flush()
    with pytest.raises(OwnerGone):
        start(desk, owner=of_agency(desk.council))
