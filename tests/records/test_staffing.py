"""Strength against establishment, and the establishments behind it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from npt.kit.spans import EndsBeforeItStarts
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.actions import (
    EstablishmentOverlaps,
    NoEstablishmentHere,
    PostsOutOfRange,
    ReasonMissing,
    UnitNotOpen,
    change_establishment,
    end_establishment,
)
from npt.staffing.exchange import staffing_as_json, staffing_lines
from npt.staffing.models import Establishment
from npt.staffing.queries import Staffing, changes_under, establishments_under, staffing_of
from npt.store.versions import StaleRecord
from tests import make
from tests.world import world

DAY = date(2026, 10, 31)
NOW = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
INSPECTOR, SERGEANT = PolicingRole.INSPECTOR, PolicingRole.SERGEANT
CONSTABLE, PCSO = PolicingRole.CONSTABLE, PolicingRole.PCSO

#: HMIC 2008: in post and funded of each role, by BCU.
PUBLISHED = {
    "C": {CONSTABLE: (22, 28), PCSO: (46, 54), INSPECTOR: (3, 3), SERGEANT: (6, 7)},
    "J": {CONSTABLE: (46, 48), PCSO: (60, 68), INSPECTOR: (7, 7), SERGEANT: (13, 13)},
}


def published_force(session: Session) -> Unit:
    """A force with the published numbers: one area and one team a BCU hold them all."""
    force = make.force(session, code="BEDS")
    for code, roles in PUBLISHED.items():
        bcu = make.bcu(session, under=force, code=code)
        area = make.area(session, under=bcu)
        team = make.team(session, under=area)
        for role, (in_post, funded) in roles.items():
            unit = area if role is INSPECTOR else team
            for _ in range(in_post):
                make.member(session, role=role, team=unit)
            make.establishment(session, unit=bcu, role=role, posts=funded)
    session.flush()
    return force


def staffing(session: Session, unit: Unit, day: date = DAY) -> Staffing:
    return staffing_of(session, unit, day, with_children=True)


def posts(
    session: Session,
    unit: Unit,
    number: str,
    starts_on: date = make.START,
    *,
    ends_on: date | None = None,
    ends_previous: bool = False,
) -> None:
    make.establishment(
        session,
        unit=unit,
        posts=number,
        starts_on=starts_on,
        ends_on=ends_on,
        ends_previous=ends_previous,
    )


def correct(
    session: Session,
    record: Establishment,
    number: str,
    *,
    ends_on: date | None = None,
    expected_version: int | None = None,
    by: int | None = None,
    reason: str = "Miscounted",
) -> None:
    change_establishment(
        session,
        record,
        posts=Decimal(number),
        ends_on=ends_on,
        expected_version=expected_version,
        stamp=Stamp(by, NOW),
        reason=reason,
    )


def in_post_and_funded(found: Staffing, role: PolicingRole) -> tuple[str, str]:
    line = found.of(role)
    return f"{line.strength:f}", "not known" if line.establishment is None else f"{line.establishment:f}"


# Who counts where -------------------------------------------------------------------------------------------


def test_the_published_tables_come_out_exactly(session: Session) -> None:
    force = published_force(session)
    found = staffing(session, force)
    by_code = {child.unit.code: child for child in found.children}
    for code, roles in PUBLISHED.items():
        for role, (in_post, funded) in roles.items():
            assert in_post_and_funded(by_code[code], role) == (str(in_post), str(funded))
    assert [str(by_code["C"].of(role).fill) for role in (CONSTABLE, PCSO)] == ["78.6", "85.2"]
    assert [str(by_code["J"].of(role).fill) for role in (CONSTABLE, PCSO)] == ["95.8", "88.2"]
    assert in_post_and_funded(found, CONSTABLE) == ("68", "76")
    assert in_post_and_funded(found, PCSO) == ("106", "122")
    assert [str(found.of(role).fill) for role in (CONSTABLE, PCSO)] == ["89.5", "86.9"]


def test_the_published_supervisory_ratios_come_out_exactly(session: Session) -> None:
    bcu_c, bcu_j = staffing(session, published_force(session)).children
    assert (str(bcu_c.ratio_on_strength), str(bcu_j.ratio_on_strength)) == ("11.3", "8.2")
    assert (str(bcu_c.ratio_on_establishment), str(bcu_j.ratio_on_establishment)) == ("11.7", "8.9")


def test_a_member_attached_elsewhere_counts_there_and_not_at_home(session: Session) -> None:
    home, host = make.team(session), make.team(session)
    member = make.member(session, role=CONSTABLE, team=home)
    make.posting(session, member=member, unit=host, kind=PostingKind.TEMPORARY)
    make.posting(session, member=member, unit=home, kind=PostingKind.ATTACHMENT, starts_on=DAY, ends_on=DAY)
    assert staffing(session, home, DAY).of(CONSTABLE).strength == 1
    assert staffing(session, host, DAY).of(CONSTABLE).strength == 0
    the_day_after = date(2026, 11, 1)
    assert staffing(session, home, the_day_after).of(CONSTABLE).strength == 0
    assert staffing(session, host, the_day_after).of(CONSTABLE).strength == 1


def test_two_part_time_postings_add_up_and_are_one_person_where_both_are(session: Session) -> None:
    area = make.area(session)
    first, second = make.team(session, under=area), make.team(session, under=area)
    member = make.member(session)
    make.posting(session, member=member, unit=first, fte="0.45")
    make.posting(session, member=member, unit=second, fte="0.55")
    found = staffing(session, area)
    assert (found.of(CONSTABLE).strength, found.heads[CONSTABLE]) == (Decimal("1.00"), 1)
    assert [child.heads[CONSTABLE] for child in found.children] == [1, 1]


def test_a_posting_counts_on_its_last_day_and_not_on_the_next(session: Session) -> None:
    team = make.team(session)
    make.posting(session, unit=team, ends_on=DAY)
    assert staffing(session, team, DAY).of(CONSTABLE).strength == 1
    assert staffing(session, team, date(2026, 11, 1)).of(CONSTABLE).strength == 0


def test_an_establishment_that_nobody_recorded_is_not_known(session: Session) -> None:
    found = staffing(session, make.team(session)).of(CONSTABLE)
    assert found.strength == 0
    assert (found.establishment, found.vacancy, found.fill) == (None, None, None)


def test_a_parents_establishment_is_the_sum_of_what_is_recorded_at_and_under_it(session: Session) -> None:
    area = make.area(session)
    posts(session, make.team(session, under=area), "2.5")
    posts(session, make.team(session, under=area), "3")
    posts(session, area, "1")
    make.team(session, under=area)
    found = staffing(session, area)
    assert found.of(CONSTABLE).establishment == Decimal("6.50")
    assert [child.of(CONSTABLE).establishment for child in found.children] == [Decimal("2.50"), 3, None]


def test_children_are_those_that_stand_on_the_day(session: Session) -> None:
    area = make.area(session)
    make.team(session, under=area, code="OLD", closed_on=DAY)
    make.team(session, under=area, code="NEW", opened_on=date(2026, 11, 1))
    assert [child.unit.code for child in staffing(session, area, DAY).children] == ["OLD"]
    assert [child.unit.code for child in staffing(session, area, date(2026, 11, 1)).children] == ["NEW"]


@pytest.mark.parametrize("scale", [1, 2])
def test_staffing_takes_four_statements_for_any_force(session: Session, scale: int) -> None:
    home = world(session, scale=scale).home
    session.flush()
    statements: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda _c, _k, text, *_: statements.append(text))
    found = staffing(session, home.force)
    assert len(statements) == 4
    assert found.of(CONSTABLE).strength == len(home.members[CONSTABLE])


# Establishments ---------------------------------------------------------------------------------------------


def test_two_establishments_of_a_role_on_one_day_are_refused(session: Session) -> None:
    team = make.team(session)
    posts(session, team, "3", ends_on=DAY)
    with pytest.raises(EstablishmentOverlaps, match="1 April 2008 to 31 October 2026"):
        posts(session, team, "4", DAY)
    posts(session, team, "4", date(2026, 11, 1))
    assert staffing(session, team, DAY).of(CONSTABLE).establishment == 3
    assert staffing(session, team, date(2026, 11, 1)).of(CONSTABLE).establishment == 4


def test_a_new_establishment_ends_the_one_before_it_when_asked(session: Session) -> None:
    team = make.team(session)
    posts(session, team, "3")
    posts(session, team, "4", DAY, ends_previous=True)
    first, second = establishments_under(session, team.path)
    assert (first.ends_on, second.starts_on) == (date(2026, 10, 30), DAY)


def test_ending_the_one_before_does_not_hide_a_later_one(session: Session) -> None:
    team = make.team(session)
    posts(session, team, "3", date(2026, 12, 1))
    with pytest.raises(EstablishmentOverlaps, match="1 December 2026 until further notice"):
        posts(session, team, "4", DAY, ends_previous=True)


def test_an_establishment_of_a_neighbourhood_is_refused(session: Session) -> None:
    with pytest.raises(NoEstablishmentHere, match="name its team"):
        posts(session, make.neighbourhood(session), "1")


@pytest.mark.parametrize("number", ["-1", "0.001", "100000.01", "NaN", "Infinity"])
def test_an_impossible_number_of_posts_is_refused(session: Session, number: str) -> None:
    with pytest.raises(PostsOutOfRange):
        posts(session, make.team(session), number)


def test_an_establishment_that_ends_before_it_starts_is_refused(session: Session) -> None:
    with pytest.raises(EndsBeforeItStarts):
        posts(session, make.team(session), "1", DAY, ends_on=date(2026, 10, 30))


def test_an_establishment_on_days_without_its_unit_is_refused(session: Session) -> None:
    with pytest.raises(UnitNotOpen, match="opened on 31 October 2026"):
        posts(session, make.team(session, opened_on=DAY), "1", date(2026, 10, 30))
    with pytest.raises(UnitNotOpen, match="closed on 31 October 2026"):
        posts(session, make.team(session, closed_on=DAY), "1", ends_on=date(2026, 11, 1))


def test_an_establishment_without_a_last_day_ends_with_its_unit(session: Session) -> None:
    area = make.area(session)
    posts(session, make.team(session, under=area, closed_on=DAY), "3")
    for day, known in ((DAY, 3), (date(2026, 11, 1), None)):
        found = staffing_of(session, area, day, with_children=False)
        assert found.of(PolicingRole.CONSTABLE).establishment == known


def test_a_correction_by_somebody_who_saw_an_older_version_is_refused(session: Session) -> None:
    team = make.team(session)
    posts(session, team, "3")
    (record,) = establishments_under(session, team.path)
    correct(session, record, "4", expected_version=1)
    with pytest.raises(StaleRecord):
        correct(session, record, "5", expected_version=1)
    assert record.posts == 4


def test_an_ended_establishment_is_not_known_from_the_next_day(session: Session) -> None:
    team = make.team(session)
    posts(session, team, "3")
    (record,) = establishments_under(session, team.path)
    end_establishment(session, record, ends_on=DAY, stamp=Stamp(None, NOW), reason="Posts moved")
    assert staffing(session, team, DAY).of(CONSTABLE).establishment == 3
    assert staffing(session, team, date(2026, 11, 1)).of(CONSTABLE).establishment is None


# Why it changed ---------------------------------------------------------------------------------------------


def history(session: Session, unit: Unit) -> list[tuple[str, str | None, str, str | None]]:
    """Each change, latest first: why, from how many posts to how many, and who did it."""
    return [
        (
            change.reason,
            None if change.old_posts is None else f"{change.old_posts:f}",
            f"{change.posts:f}",
            None if change.account is None else change.account.name,
        )
        for change in changes_under(session, unit.path, CONSTABLE)
    ]


def test_every_change_of_an_establishment_says_who_why_and_from_what_to_what(session: Session) -> None:
    team = make.team(session)
    manager = make.account(session, name="Max Manager")
    record = make.establishment(session, unit=team, posts=3, reason="Budget of 2008")
    correct(session, record, "4.5", by=manager.id, reason="Half a post from the council")
    assert history(session, team) == [
        ("Half a post from the council", "3", "4.5", "Max Manager"),
        ("Budget of 2008", None, "3", None),
    ]


def test_an_establishment_that_is_ended_by_the_next_says_so_in_its_history(session: Session) -> None:
    team = make.team(session)
    posts(session, team, "3")
    make.establishment(
        session, unit=team, posts=2, starts_on=DAY, ends_previous=True, reason="A post was cut"
    )
    ended, _, _ = sorted(changes_under(session, team.path), key=lambda change: change.ends_on or date.max)
    assert (ended.reason, ended.ends_on, ended.old_ends_on) == ("A post was cut", date(2026, 10, 30), None)


def test_a_correction_that_changes_nothing_leaves_no_trace(session: Session) -> None:
    team = make.team(session)
    record = make.establishment(session, unit=team, posts=3)
    correct(session, record, "3", reason="Nothing, after all")
    assert len(changes_under(session, team.path)) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_change_without_a_reason_that_can_be_kept_is_refused(session: Session, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        make.establishment(session, unit=make.team(session), reason=reason)


# For scripts ------------------------------------------------------------------------------------------------


def test_staffing_as_json_is_what_scripts_rely_on(session: Session) -> None:
    area = make.area(session, code="A1")
    team = make.team(session, under=area, code="T1")
    make.posting(session, unit=team, fte="0.50")
    posts(session, team, "3")
    printed = staffing_as_json(staffing(session, area))
    assert list(printed) == ["unit", "as_at", "roles", "ratio", "children"]
    assert (printed["unit"], printed["as_at"]) == ("A1", "2026-10-31")
    assert [line["role"] for line in printed["roles"]] == [role.value for role in PolicingRole]
    constables = {"role": "constable", "strength": 0.5, "establishment": 3, "vacancy": 2.5, "fill": 16.7}
    assert printed["roles"][2] == constables
    assert printed["roles"][3] == {
        "role": "pcso",
        "strength": 0,
        "establishment": None,
        "vacancy": None,
        "fill": None,
    }
    assert printed["ratio"] == {"strength": None, "establishment": None}
    (child,) = printed["children"]
    assert child["unit"] == "T1"
    assert child["roles"][2] == constables
    assert child["children"] == []


def test_the_table_of_staffing_has_a_line_for_each_role_of_the_unit_and_of_each_under_it(
    session: Session,
) -> None:
    area = make.area(session, code="A1")
    make.team(session, under=area, code="T1")
    lines = staffing_lines(staffing(session, area))
    assert [line[0] for line in lines] == ["A1"] * 6 + ["T1"] * 6
