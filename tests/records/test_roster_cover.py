"""Minimum cover: setting what a unit wants, and who is there against it."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.journal.models import Entry
from npt.kit.clock import to_local
from npt.kit.spans import EndsBeforeItStarts
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.rostering.actions import (
    BadMinimum,
    CoverOverlaps,
    NoCoverHere,
    WantedCover,
    change_cover,
    remove_cover,
    set_cover,
)
from npt.rostering.queries import Cover, cover_rules_of, cover_touching, cover_under
from npt.rostering.rules import CoverRole, Days
from npt.store.versions import StaleRecord
from tests import make

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
WEEK = Days(MONDAY, date(2026, 11, 22))
LATES = WantedCover(CoverRole.PCSO, range(7), time(18), time(22), 2, date(2026, 11, 1), None)


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


def gaps(cover: Cover) -> list[str]:
    """The gaps as a sergeant would note them: day, from, to, how many of how many."""
    return [
        f"{to_local(gap.interval.starts):%d %H:%M}-{to_local(gap.interval.ends):%H:%M}"
        f" {gap.count}/{gap.line.minimum.number}"
        for gap in cover.gaps()
    ]


def pcso(
    session: Session, team: Unit, *shifts: tuple[str, str], role: PolicingRole = PolicingRole.PCSO
) -> list[int]:
    member = make.member(session, role=role, team=team)
    return [make.shift(session, member=member, starts=starts, ends=ends).id for starts, ends in shifts]


# Who is there -----------------------------------------------------------------------------------------------


def test_a_gap_is_where_fewer_of_the_role_are_on_duty_than_are_wanted(session: Session, team: Unit) -> None:
    set_cover(session, unit=team, wanted=LATES)
    pcso(session, team, ("2026-11-16T14:00", "2026-11-16T22:00"))
    pcso(session, team, ("2026-11-16T12:00", "2026-11-16T20:00"))
    pcso(session, team, ("2026-11-16T14:00", "2026-11-16T22:00"), role=PolicingRole.CONSTABLE)
    assert gaps(cover_under(session, team.path, Days(MONDAY, MONDAY))) == ["16 20:00-22:00 1/2"]


@pytest.mark.parametrize("reason", ["leave", "response", "training"])
def test_whoever_is_absent_or_taken_off_is_not_there(session: Session, team: Unit, reason: str) -> None:
    set_cover(session, unit=team, wanted=replace(LATES, number=1))
    member = make.member(session, role=PolicingRole.PCSO, team=team)
    shift = make.shift(session, member=member, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    make.away(session, shift=shift, starts="2026-11-16T17:00", ends="2026-11-16T19:30", reason=reason)
    assert gaps(cover_under(session, team.path, Days(MONDAY, MONDAY))) == ["16 18:00-19:30 0/1"]


def test_a_night_shift_of_the_day_before_covers_the_morning(session: Session, team: Unit) -> None:
    set_cover(session, unit=team, wanted=replace(LATES, starts=time(0), ends=time(8), number=1))
    pcso(session, team, ("2026-11-15T22:00", "2026-11-16T07:00"))
    assert gaps(cover_under(session, team.path, Days(MONDAY, MONDAY))) == ["16 07:00-08:00 0/1"]


def test_a_band_over_midnight_is_covered_by_shifts_of_both_days(session: Session, team: Unit) -> None:
    set_cover(session, unit=team, wanted=replace(LATES, starts=time(22), ends=time(6), number=1))
    pcso(session, team, ("2026-11-16T14:00", "2026-11-17T00:00"), ("2026-11-17T01:00", "2026-11-17T09:00"))
    assert gaps(cover_under(session, team.path, Days(MONDAY, MONDAY))) == ["17 00:00-01:00 0/1"]


@pytest.mark.parametrize(
    ("day", "minutes"), [("2026-10-24", 600), ("2027-03-27", 480)], ids=["October", "March"]
)
def test_a_night_is_covered_whole_when_the_clocks_change(
    session: Session, team: Unit, day: str, minutes: int
) -> None:
    night = date.fromisoformat(day)
    set_cover(
        session,
        unit=team,
        wanted=replace(LATES, starts=time(22), ends=time(7), number=1, first=date(2026, 10, 1)),
    )
    after = night.replace(day=night.day + 1)
    pcso(session, team, (f"{day}T22:00", f"{after}T07:00"))
    cover = cover_under(session, team.path, Days(night, night))
    assert gaps(cover) == []
    (parts,) = cover.bands.values()
    assert sum(part.interval.minutes for part in parts) == minutes


def test_an_areas_minimum_is_met_by_its_teams_together_and_a_teams_only_by_itself(
    session: Session, team: Unit
) -> None:
    area = session.get_one(Unit, team.parent_id)
    other = make.team(session, under=area, code="T2")
    for unit in (team, other):
        pcso(session, unit, ("2026-11-16T14:00", "2026-11-16T22:00"))
    set_cover(session, unit=area, wanted=LATES)
    assert gaps(cover_under(session, area.path, Days(MONDAY, MONDAY))) == []
    set_cover(session, unit=other, wanted=LATES)
    assert gaps(cover_under(session, area.path, Days(MONDAY, MONDAY))) == ["16 18:00-22:00 1/2"]
    assert cover_under(session, team.path, WEEK).lines == ()


def test_a_change_at_a_team_touches_the_minimums_above_it_and_none_beside_it(
    session: Session, team: Unit
) -> None:
    area = session.get_one(Unit, team.parent_id)
    other = make.team(session, under=area, code="T2")
    for unit in (area, team, other):
        set_cover(session, unit=unit, wanted=LATES)
    touched = cover_touching(session, [team], WEEK)
    assert {line.unit_code for line in touched.lines} == {area.code, "T1"}


def test_the_shifts_behind_a_number_are_those_that_reach_into_the_band(session: Session, team: Unit) -> None:
    set_cover(session, unit=team, wanted=LATES)
    (late,) = pcso(session, team, ("2026-11-16T14:00", "2026-11-16T22:00"))
    pcso(session, team, ("2026-11-16T07:00", "2026-11-16T15:00"))
    cover = cover_under(session, team.path, Days(MONDAY, MONDAY))
    (line,) = cover.lines
    band = line.minimum.band(MONDAY)
    assert band is not None
    assert [presence.shift_id for presence in cover.behind(line, band)] == [late]


def test_a_closed_unit_wants_nobody_after_its_last_day(session: Session) -> None:
    closed = make.team(session, code="T9", closed_on=TUESDAY)
    set_cover(session, unit=closed, wanted=LATES)
    assert gaps(cover_under(session, closed.path, WEEK)) == ["16 18:00-22:00 0/2", "17 18:00-22:00 0/2"]


# Setting ----------------------------------------------------------------------------------------------------


def test_a_minimum_that_overlaps_another_is_refused_by_its_name(session: Session, team: Unit) -> None:
    set_cover(session, unit=team, wanted=replace(LATES, weekdays=(4, 5), ends=time(2)))
    with pytest.raises(
        CoverOverlaps, match=r"already needs 2 PCSOs, Fridays and Saturdays 18:00 to 02:00, from 1 Nov"
    ):
        set_cover(session, unit=team, wanted=replace(LATES, weekdays=(6,), starts=time(0), ends=time(6)))
    assert len(cover_rules_of(session, team, MONDAY)) == 1


def test_another_role_other_days_or_the_day_after_the_end_is_no_overlap(session: Session, team: Unit) -> None:
    first = set_cover(session, unit=team, wanted=replace(LATES, weekdays=(0,), last=date(2026, 11, 30)))
    set_cover(session, unit=team, wanted=replace(LATES, weekdays=(0,), role=CoverRole.CONSTABLE))
    set_cover(session, unit=team, wanted=replace(LATES, weekdays=(1,)))
    set_cover(session, unit=team, wanted=replace(LATES, weekdays=(0,), number=3, first=date(2026, 12, 1)))
    assert first.id in {line.id for line in cover_rules_of(session, team, MONDAY)}
    assert len(cover_rules_of(session, team, date(2026, 12, 1))) == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(LATES, number=0), "number"),
        (replace(LATES, number=100), "number"),
        (replace(LATES, weekdays=()), "weekdays"),
        (replace(LATES, last=date(2026, 10, 31)), "ends_on"),
    ],
)
def test_a_minimum_that_cannot_be_is_refused(
    session: Session, team: Unit, wrong: WantedCover, field: str
) -> None:
    with pytest.raises(EndsBeforeItStarts if field == "ends_on" else BadMinimum) as refused:
        set_cover(session, unit=team, wanted=wrong)
    assert refused.value.field == field


def test_a_neighbourhood_and_a_unit_closed_before_have_no_minimum(session: Session, team: Unit) -> None:
    for unit in (
        make.neighbourhood(session, under=team),
        make.team(session, code="T9", closed_on=date(2026, 10, 31)),
    ):
        with pytest.raises(NoCoverHere):
            set_cover(session, unit=unit, wanted=LATES)


def test_a_minimum_is_changed_ended_and_taken_out(session: Session, team: Unit) -> None:
    rule = set_cover(session, unit=team, wanted=LATES)
    change_cover(session, rule, number=1, last=MONDAY, expected_version=1)
    assert gaps(cover_under(session, team.path, WEEK)) == ["16 18:00-22:00 0/1"]
    with pytest.raises(StaleRecord):
        change_cover(session, rule, number=3, last=None, expected_version=1)
    remove_cover(session, rule)
    assert cover_under(session, team.path, WEEK).lines == ()


def test_a_minimum_cannot_be_prolonged_into_the_one_that_follows(session: Session, team: Unit) -> None:
    rule = set_cover(session, unit=team, wanted=replace(LATES, last=MONDAY))
    set_cover(session, unit=team, wanted=replace(LATES, first=TUESDAY))
    with pytest.raises(CoverOverlaps):
        change_cover(session, rule, number=2, last=TUESDAY)


def test_setting_a_minimum_stands_in_the_journal(session: Session, team: Unit) -> None:
    session.info["actor"] = (None, "set minimum cover")
    set_cover(session, unit=team, wanted=LATES)
    session.commit()
    entry = session.scalars(select(Entry).where(Entry.record_type == "cover_rule")).one()
    assert (entry.act, entry.change) == ("set minimum cover", "added")
