"""Profiles: what another system calls things, kept in versions, and its files read by them."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.exchange import IMPORTS
from npt.interchange.actions import add_profile, remove_profile
from npt.interchange.exchange import profile_text, read_profile, under_profile
from npt.interchange.models import ProfileVersion
from npt.interchange.queries import profile_named, profiles
from npt.interchange.rules import ProfileRefused, UnknownProfile
from npt.kit.clock import parse_instant
from npt.organisation.models import Unit
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.shifts.models import Away, Shift
from npt.store.exchange import ImportOrder, Outcome
from tests import make
from tests.records.files import NOW, counts, team_of_two, told

CARM = """
time_zone = "Europe/London"
date_format = "%d/%m/%Y %H:%M"
ignored_columns = ["Rank"]

[columns.duty]
"Collar No" = "number"
Start = "starts"
Finish = "ends"
Unit = "team"

[columns.away]
"Collar No" = "number"
From = "starts"
Until = "ends"
Code = "reason"

[reasons]
"ABS/RESP" = "response"

[teams]
"Riverside SNT" = "T1"
"""
DUTY = "Collar No,Rank,Start,Finish,Unit\n"


@pytest.fixture
def team(session: Session) -> Unit:
    return team_of_two(session)


def bring_in(session: Session, text: str, file: Path, kind: str = "duty") -> Outcome:
    """Take a file of the other system in under the profile that the text says."""
    importer = under_profile(IMPORTS[kind], read_profile(session, "carm", text))
    table = read(file, importer.shape)
    assert table.problems == []
    return importer.save(session, [table.rows], ImportOrder(False, NOW, NOW.date()))


def faults(session: Session, text: str) -> str:
    with pytest.raises(ProfileRefused) as refused:
        read_profile(session, "carm", text)
    return refused.value.message


# Kept -------------------------------------------------------------------------------------------------------


def test_a_profile_comes_back_as_it_was_added(session: Session, team: Unit) -> None:
    profile = read_profile(session, "carm", CARM)
    assert add_profile(session, profile, now=NOW) == (1, True)
    session.expire_all()
    assert profile_named(session, "carm").profile == profile


def test_what_is_shown_of_a_profile_can_be_added_again(session: Session, team: Unit) -> None:
    profile = read_profile(session, "carm", CARM)
    assert read_profile(session, "carm", profile_text(profile)) == profile


def test_a_profile_added_again_is_its_next_version_and_the_earlier_one_stays(
    session: Session, team: Unit
) -> None:
    add_profile(session, read_profile(session, "carm", CARM), now=NOW)
    changed = read_profile(session, "carm", "may_update = true\n" + CARM)
    assert add_profile(session, changed, now=NOW) == (2, True)
    assert profile_named(session, "carm").profile.may_update
    assert not profile_named(session, "carm", 1).profile.may_update


def test_a_profile_that_says_the_same_is_not_added_twice(session: Session, team: Unit) -> None:
    for is_new in (True, False):
        assert add_profile(session, read_profile(session, "carm", CARM), now=NOW) == (1, is_new)
    assert len(session.scalars(select(ProfileVersion)).all()) == 1


def test_a_removed_profile_counts_no_longer_and_can_be_added_anew(session: Session, team: Unit) -> None:
    profile = read_profile(session, "carm", CARM)
    add_profile(session, profile, now=NOW)
    remove_profile(session, "carm", now=NOW)
    assert profiles(session) == []
    with pytest.raises(UnknownProfile, match="There is no profile carm: add one first"):
        profile_named(session, "carm")
    assert profile_named(session, "carm", 1).removed_at == NOW
    assert add_profile(session, profile, now=NOW) == (2, True)


def test_an_unknown_profile_is_refused_with_those_there_are(session: Session, team: Unit) -> None:
    add_profile(session, read_profile(session, "carm", CARM), now=NOW)
    with pytest.raises(UnknownProfile, match="no profile crown: the profiles are carm"):
        profile_named(session, "crown")


# Refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[columns.duty]\nStart = "start"', "no column “start”: did you mean “starts”?"),
        ('[columns.dutty]\nStart = "starts"', "no setting “dutty”: did you mean “duty”?"),
        ('[reasons]\nRESP = "respons"', "no reason “respons”: did you mean “response”?"),
        ('[teams]\nRiverside = "T11"', "no team or area “T11”: did you mean “T1”?"),
        ('timezone = "UTC"', "no setting “timezone”: did you mean “time_zone”?"),
        ('time_zone = "Europe/Bedford"', "not a time zone: give a name such as Europe/London"),
        ('date_format = "%d/%m/%Y"', "does not tell day, month, year, hour and minute"),
        ("may_update = 1", "neither true nor false"),
        ("time_zone = 1", "is not text"),
        ('ignored_columns = "Rank"', "it is not a list of names"),
        ("reasons = 1", "write [reasons]"),
        ("[reasons]\nRESP = 1", "no reason “1”"),
        ('[columns.duty]\nStart = "starts"\nBegin = "starts"', "both stand for starts"),
        ('[columns.duty]\nends = "starts"', "two columns would be called “ends”"),
        ('ignored_columns = ["Start"]\n[columns.duty]\nstart = "starts"', "two columns would be called"),
        ("time_zone = ", "The profile is not TOML"),
        ('[columns.duty]\n"" = "starts"', "is not a name"),
        ('[columns.duty]\n" " = "starts"', "is not a name"),
        ('[columns.duty]\n"a  b" = "starts"\n"a\\nb" = "ends"', "differ only in spaces"),
        ('[columns.duty]\nDay = "starts date"', "starts has a date and no time"),
        ('[columns.duty]\nAt = "starts time"', "starts has a time and no date"),
        (
            '[columns.duty]\nAt = "starts time"\nDay = "starts date"\nBegin = "starts"',
            "starts has a column of its own, “Begin”",
        ),
        (
            'date_format = "%d/%m %H:%M %Y"\n[columns.duty]\nDay = "starts date"\nAt = "starts time"',
            "for two columns write one after the other",
        ),
    ],
)
def test_a_profile_that_cannot_be_says_why_and_names_the_nearest(
    session: Session, team: Unit, text: str, words: str
) -> None:
    assert words in faults(session, text)


def test_everything_wrong_in_a_profile_is_told_at_once(session: Session, team: Unit) -> None:
    told_at_once = faults(session, '[columns.duty]\nStart = "start"\n[reasons]\nRESP = "respons"')
    assert "“starts”" in told_at_once
    assert "“response”" in told_at_once


def test_a_name_that_is_no_code_is_refused(session: Session) -> None:
    with pytest.raises(ProfileRefused, match="name: “two words” holds a space"):
        read_profile(session, "two words", "")


# Read by ----------------------------------------------------------------------------------------------------


def test_shifts_are_read_in_the_words_of_the_other_system(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(DUTY + "1,PC,16/11/2026 14:00,16/11/2026 22:00,Riverside SNT\n")
    assert counts(bring_in(session, CARM, file)) == (1, 0, 0)
    shift = session.scalars(select(Shift)).one()
    assert (shift.starts_at, shift.unit_id) == (parse_instant("2026-11-16T14:00").instant, team.id)
    assert shift.is_team_named


def test_white_space_in_a_heading_is_one_blank(session: Session, team: Unit, tmp_path: Path) -> None:
    text = '[columns.duty]\n"Collar\\nNo" = "number"\nignored = "team"\n'.replace("ignored", '"Home  team"')
    file = tmp_path / "roster.csv"
    file.write_text(
        '"Collar\r\nNo",starts,ends,Home\u00a0team\n1,2026-11-16T14:00,2026-11-16T22:00,\n', encoding="utf-8"
    )
    assert counts(bring_in(session, text, file)) == (1, 0, 0)


TWO_COLUMNS = """
date_format = "%d/%m/%Y %H:%M"

[columns.duty]
"Collar No" = "number"
Day = "starts date"
Start = "starts time"
Finish = "ends time"
"""


def test_a_date_and_a_time_in_two_columns_are_one_moment(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("Collar No,Day,Start,Finish\n1,16/11/2026,8:00,16:00\n2,16/11/2026,22:00,07:00\n")
    assert counts(bring_in(session, TWO_COLUMNS, file)) == (2, 0, 0)
    day, night = session.scalars(select(Shift).order_by(Shift.starts_at))
    assert (day.starts_at, day.ends_at) == (
        parse_instant("2026-11-16T08:00").instant,
        parse_instant("2026-11-16T16:00").instant,
    )
    assert night.ends_at == parse_instant("2026-11-17T07:00").instant


def test_what_is_wrong_in_one_of_two_columns_is_told_there(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    rows = [
        "1,16/13/2026,8:00,16:00",
        "1,16/11/2026,8,16:00",
        "1,29/03/2026,01:30,16:00",
        "1,16/11/2026,8:00,8:00",
    ]
    file.write_text("\n".join(["Collar No,Day,Start,Finish", *rows, "1,25/10/2026,01:30,09:00"]))
    outcome = bring_in(session, TWO_COLUMNS, file)
    assert told(outcome) == [(2, "Day"), (3, "Start"), (4, "Start"), (5, "Finish")]
    assert [(each.line, each.column) for each in outcome.warnings] == [(6, "Start")]


def test_a_profile_with_two_columns_comes_back_as_it_was_added(session: Session) -> None:
    profile = read_profile(session, "two", TWO_COLUMNS)
    add_profile(session, profile, now=NOW)
    assert profile_named(session, "two").profile == profile
    assert read_profile(session, "two", profile_text(profile)) == profile


def test_a_workbook_of_the_other_system_is_read_too(session: Session, team: Unit, tmp_path: Path) -> None:
    starts = parse_instant("2026-11-16T14:00").instant
    midnight = parse_instant("2026-11-17T00:00").instant
    file = tmp_path / "roster.xlsx"
    write(file, DUTY.strip().split(","), [("1", "PC", starts, midnight, None)])
    assert counts(bring_in(session, CARM, file)) == (1, 0, 0)
    assert session.scalars(select(Shift.minutes)).one() == 600


def test_times_are_those_of_the_profiles_zone(session: Session, team: Unit, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(DUTY + "1,PC,16/07/2026 14:00,16/07/2026 22:00,\n")
    bring_in(session, CARM.replace("Europe/London", "UTC"), file)
    assert session.scalars(select(Shift.starts_at)).one() == parse_instant("2026-07-16T15:00").instant


def test_time_away_is_read_with_the_other_systems_reasons(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    member = make.member(session, number="7", team=team)
    make.shift(session, member=member, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    file = tmp_path / "away.csv"
    file.write_text(
        "Collar No,From,Until,Code\n7,16/11/2026 15:00,16/11/2026 16:00,ABS/RESP\n"
        "7,16/11/2026 17:00,16/11/2026 18:00,custody\n7,16/11/2026 19:00,16/11/2026 20:00,ABS/WHAT\n"
    )
    done = bring_in(session, CARM, file, "away")
    assert counts(done) == (2, 0, 0)
    assert told(done) == [(4, "Code")]
    assert sorted(session.scalars(select(Away.minutes))) == [60, 60]


def test_what_is_wrong_is_told_in_the_columns_of_the_file(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(
        DUTY + "9,PC,16/11/2026 14:00,16/11/2026 22:00,\n1,PC,16/11/2026 14:00,16/11/2026 13:00,\n"
    )
    assert told(bring_in(session, CARM, file)) == [(2, "Collar No"), (3, "Finish")]


def test_a_column_that_the_profile_does_not_know_is_named_with_the_nearest(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    importer = under_profile(IMPORTS["duty"], read_profile(session, "carm", CARM))
    file = tmp_path / "roster.csv"
    file.write_text("Collar No,Start,Finnish\n1,16/11/2026 14:00,16/11/2026 22:00\n")
    problems = [str(problem) for problem in read(file, importer.shape).problems]
    assert any("Finnish: duty has no such column: did you mean “Finish”?" in line for line in problems)


def test_corrections_are_taken_where_the_profile_allows_them(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(DUTY + "1,PC,16/11/2026 14:00,16/11/2026 22:00,\n")
    bring_in(session, CARM, file)
    file.write_text(DUTY + "1,PC,16/11/2026 14:00,16/11/2026 23:00,\n")
    assert told(bring_in(session, CARM, file)) == [(2, "Finish")]
    assert counts(bring_in(session, "may_update = true\n" + CARM, file)) == (0, 1, 0)


def test_a_team_that_has_closed_is_refused_when_it_is_used(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    make.team(session, code="OLD", closed_on=date(2026, 11, 15))
    file = tmp_path / "roster.csv"
    file.write_text(DUTY + "1,PC,16/11/2026 14:00,16/11/2026 22:00,Old SNT\n")
    done = bring_in(session, CARM + '"Old SNT" = "OLD"\n', file)
    assert told(done) == [(2, "Unit")]
