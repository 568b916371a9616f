"""Incidents as a file brings them in, where each is placed, what is counted, and what repeats."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.commands.files import EXPORTS, TakenIn, take_in
from npt.incidents.actions import NotAForce, set_repeats
from npt.incidents.models import Incident
from npt.incidents.queries import (
    Sought,
    counts_by_month,
    incidents_at,
    reach_of,
    repeat_locations,
    repeats_of,
)
from npt.incidents.rules import DEFAULT_REPEATS, BadRepeats, Reach, Repeats
from npt.journal.models import Entry
from npt.kit.months import Month
from npt.kit.paging import FIRST_PAGE
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.places.actions import add_street
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder
from npt.store.versions import StaleRecord
from tests import make
from tests.records.features import NOW, TODAY, counts, problems

HEADER = "ref,at,category,lat,lng,neighbourhood,street\n"
#: in N1
INSIDE = "52.005,-0.495"
STAMP = Stamp(None, NOW)


@pytest.fixture(autouse=True)
def patch(session: Session) -> dict[str, Unit]:
    """Neighbourhoods N1 and N2 side by side, and N3 without a boundary, of team T1 in force F."""
    team = make.team(session, code="T1")
    units = {code: make.neighbourhood(session, under=team, code=code) for code in ("N1", "N2", "N3")}
    make.boundary(session, unit=units["N1"], south=52.0, west=-0.5)
    make.boundary(session, unit=units["N2"], south=52.0, west=-0.49)
    return {"T1": team, **units}


def bring_in(session: Session, folder: Path, rows: str, *, may_update: bool = False) -> TakenIn:
    """Take the rows in; what is bad stays in the session, as before a rollback."""
    file = folder / "incidents.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return take_in(session, "incidents", file, ImportOrder(may_update, NOW, TODAY))


def refused(session: Session, folder: Path, row: str) -> tuple[str, str]:
    """Column and message of the one thing that is wrong with a row."""
    (problem,) = problems(bring_in(session, folder, f"{row}\n"))
    return problem


def placed(session: Session) -> dict[str, str]:
    """The neighbourhood of each incident, by reference."""
    rows = session.execute(select(Incident.reference, Unit.code).join(Incident.unit))
    return {row.reference: row.code for row in rows}


# Where it was -----------------------------------------------------------------------------------------------


def test_a_point_is_found_in_its_one_neighbourhood(session: Session, tmp_path: Path) -> None:
    rows = f"1,2026-11-01T10:00,asb,{INSIDE},,\n2,2026-11-01T10:00,asb,52.005,-0.485,,Mill Lane\n"
    assert counts(bring_in(session, tmp_path, rows)) == (2, 0, 0)
    assert placed(session) == {"1": "N1", "2": "N2"}


def test_a_point_on_the_line_between_two_belongs_to_one_of_them(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "1,2026-11-01T10:00,asb,52.005,-0.49,,\n")
    assert placed(session) == {"1": "N1"}


def test_a_neighbourhood_without_boundary_is_named_with_or_without_a_street(
    session: Session, tmp_path: Path
) -> None:
    rows = "1,2026-11-01T10:00,asb,,,N3,\n2,2026-11-01T10:00,asb,,,N3,Mill Lane\n"
    assert counts(bring_in(session, tmp_path, f"{rows}3,2026-11-01T10:00,asb,51.5,-0.4,N3,\n")) == (3, 0, 0)
    assert set(placed(session).values()) == {"N3"}


def test_a_street_alone_is_found_where_it_is_in_one_neighbourhood(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    add_street(session, name="Wagtail Rd", lat=Decimal("52.005"), lng=Decimal("-0.495"), neighbourhood=None)
    add_street(
        session, name="Teasel Walk", lat=Decimal("52.005"), lng=Decimal("-0.495"), neighbourhood=patch["N3"]
    )
    rows = "1,2026-11-01T10:00,asb,,,,WAGTAIL ROAD\n2,2026-11-01T10:00,asb,,,,Teasel Walk\n"
    assert counts(bring_in(session, tmp_path, rows)) == (2, 0, 0)
    assert placed(session) == {"1": "N1", "2": "N3"}


def test_a_street_of_several_neighbourhoods_or_of_none_is_told_with_the_cure(
    session: Session, tmp_path: Path
) -> None:
    for lng in ("-0.495", "-0.485"):
        add_street(session, name="High Street", lat=Decimal("52.005"), lng=Decimal(lng), neighbourhood=None)
    column, message = refused(session, tmp_path, "1,2026-11-01T10:00,asb,,,,High Street")
    assert (column, "N1, N2" in message, "give the neighbourhood" in message) == ("street", True, True)
    column, message = refused(session, tmp_path, "1,2026-11-01T10:00,asb,,,,Nowhere Lane")
    assert (column, "give the neighbourhood" in message) == ("street", True)


@pytest.mark.parametrize(
    ("row", "column", "cure"),
    [
        ("1,2026-11-01T10:00,asb,-0.495,52.005,,", "lat", "look swapped"),
        ("1,2026-11-01T10:00,asb,40.7,-74.0,,", "lat", "not in Britain"),
        ("1,2026-11-01T10:00,asb,53.5,-2.2,,", "lat", "leave the row out if it is another force’s"),
        ("1,2026-11-01T10:00,asb,505,226,,", "lat", "not in Britain"),
        ("1,2026-11-01T10:00,asb,52.005,,,", "lng", "give both, or neither"),
        ("1,2026-11-01T10:00,asb,,-0.495,,", "lat", "give both, or neither"),
        (f"1,2026-11-01T10:00,asb,{INSIDE},N2,", "neighbourhood", "lies in N1, not in N2"),
        ("1,2026-11-01T10:00,asb,,,,", "lat", "There is no place"),
        ("1,2026-11-01T10:00,asb,,,T1,", "neighbourhood", "not a neighbourhood"),
        ("1,2026-11-01T10:00,asb,,,N9,", "neighbourhood", "There is no unit N9"),
        ("1,2008-03-31T10:00,asb,,,N1,", "neighbourhood", "opened on 1 April 2008"),
        (f"1,2026-11-01T10:00,witchcraft,{INSIDE},,", "category", "There is no category witchcraft"),
        (f"1,2026-11-16T09:01,asb,{INSIDE},,", "at", "is still to come"),
        (f"1,2026-03-29T01:30,asb,{INSIDE},,", "at", "never happens"),
        (f"1,yesterday,asb,{INSIDE},,", "at", "not a date and time"),
        (f"{'9' * 41},2026-11-01T10:00,asb,{INSIDE},,", "ref", "41 characters"),
        (",2026-11-01T10:00,asb,52.005,-0.495,,", "ref", "reference"),
    ],
)
def test_what_cannot_be_is_told_with_its_cure_and_nothing_is_saved(
    session: Session, tmp_path: Path, row: str, column: str, cure: str
) -> None:
    told, message = refused(session, tmp_path, row)
    assert (told, cure in message) == (column, True), message
    assert placed(session) == {}


def test_every_bad_row_is_told_beside_the_good_ones(session: Session, tmp_path: Path) -> None:
    rows = (
        f"1,2026-11-01T10:00,asb,{INSIDE},,\n"
        "2,2026-11-01T10:00,asb,53.5,-2.2,,\n"
        "3,2026-11-01T10:00,nothing,-0.495,52.005,,\n"
        "4,2026-11-01T10:00,asb,-0.495,52.005,,\n"
    )
    taken = bring_in(session, tmp_path, rows)
    assert [(each.line, each.column) for each in taken.problems] == [(3, "lat"), (4, "category"), (5, "lat")]


def test_a_neighbourhood_that_closed_names_who_took_over(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    close_unit(session, patch["N1"], on=date(2026, 10, 31), taken_over_by=[patch["N2"]])
    column, message = refused(session, tmp_path, "1,2026-11-01T10:00,asb,,,N1,")
    assert (column, "closed on 31 October 2026 (N2 took over)" in message) == ("neighbourhood", True)


def test_an_incident_belongs_to_the_neighbourhood_of_its_day(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    close_unit(session, patch["N1"], on=date(2026, 10, 31), taken_over_by=[])
    later = make.neighbourhood(session, under=patch["T1"], code="N4", opened_on=date(2026, 11, 1))
    make.boundary(session, unit=later, south=52.0, west=-0.5)
    rows = f"1,2026-10-31T23:59,asb,{INSIDE},,\n2,2026-11-01T00:00,asb,{INSIDE},,\n"
    assert counts(bring_in(session, tmp_path, rows)) == (2, 0, 0)
    assert placed(session) == {"1": "N1", "2": "N4"}


def test_a_category_that_is_closed_is_taken_for_days_before_alone(session: Session, tmp_path: Path) -> None:
    noise = session.scalars(select(Category).where(Category.code == "noise")).one()
    noise.closed_on = date(2026, 10, 31)
    session.flush()
    assert counts(bring_in(session, tmp_path, f"1,2026-10-31T10:00,noise,{INSIDE},,\n")) == (1, 0, 0)
    column, message = refused(session, tmp_path, f"2,2026-11-01T10:00,noise,{INSIDE},,")
    assert (column, "choose another category" in message) == ("category", True)


def test_the_hour_that_happens_twice_is_taken_as_the_first_with_a_warning(
    session: Session, tmp_path: Path
) -> None:
    taken = bring_in(session, tmp_path, f"1,2026-10-25T01:30,asb,{INSIDE},,\n")
    assert (counts(taken), len(taken.warnings)) == ((1, 0, 0), 1)
    assert session.scalars(select(Incident.happened_at)).one() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# Again ------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing_and_leaves_no_trace(session: Session, tmp_path: Path) -> None:
    rows = "".join(f"{n},2026-11-01T10:00,asb,{INSIDE},,\n" for n in range(2500))
    again = f"7,2026-11-01T10:00,asb,{INSIDE},,\n"
    assert counts(bring_in(session, tmp_path, rows + again)) == (2500, 0, 1)
    session.commit()
    before = session.query(Entry).count()
    assert counts(bring_in(session, tmp_path, rows + again)) == (0, 0, 2501)
    session.commit()
    assert session.query(Entry).count() == before


def test_two_rows_of_one_reference_that_differ_are_refused_with_the_line_of_the_first(
    session: Session, tmp_path: Path
) -> None:
    rows = f"1,2026-11-01T10:00,asb,{INSIDE},,\n1,2026-11-01T10:00,noise,{INSIDE},,\n"
    ((column, message),) = problems(bring_in(session, tmp_path, rows))
    assert (column, "on line 2 already with other values" in message) == ("ref", True)


def test_also_where_the_first_was_in_an_earlier_piece_of_the_file(session: Session, tmp_path: Path) -> None:
    rows = "".join(f"{n},2026-11-01T10:00,asb,{INSIDE},,\n" for n in range(2500))
    bring = bring_in(session, tmp_path, f"{rows}0,2026-11-01T10:00,noise,{INSIDE},,\n", may_update=True)
    ((column, message),) = problems(bring)
    assert (column, "on line 2 already" in message) == ("ref", True)


def test_next_week_with_other_values_it_is_refused_unless_it_may_change(
    session: Session, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, f"1,2026-10-31T10:00,asb,{INSIDE},,\n")
    moved = "1,2026-11-01T11:00,noise,52.005,-0.485,,Mill Lane\n"
    column, message = refused(session, tmp_path, moved.strip())
    assert (column, "--update" in message) == ("ref", True)
    assert counts(bring_in(session, tmp_path, moved, may_update=True)) == (0, 1, 0)
    session.expire_all()
    found = session.scalars(select(Incident)).one()
    assert (found.on_date, found.month, found.street) == (date(2026, 11, 1), 2026 * 12 + 10, "Mill Lane")
    assert placed(session) == {"1": "N2"}


def test_one_that_is_recorded_stays_where_it_was_when_boundaries_move(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    row = f"1,2026-11-01T10:00,asb,{INSIDE},,\n"
    bring_in(session, tmp_path, row)
    make.boundary(session, unit=patch["N1"], south=54.0)
    assert counts(bring_in(session, tmp_path, row)) == (0, 0, 1)
    assert placed(session) == {"1": "N1"}


def test_what_goes_out_comes_in_again_as_the_same(session: Session, tmp_path: Path) -> None:
    rows = f'1,2026-10-25T01:30+00:00,asb,{INSIDE},,"Mill Lane, ""top"""\n2,2026-11-01T10:00,noise,,,N3,\n'
    bring_in(session, tmp_path, rows)
    kind, file = EXPORTS["incidents"], tmp_path / "out.csv"
    write(file, kind.shape.names, kind.rows(session, ExportOrder(None, None, TODAY)))
    assert counts(take_in(session, "incidents", file, ImportOrder(False, NOW, TODAY))) == (0, 0, 2)
    november = list(kind.rows(session, ExportOrder(None, Month(2026, 11), TODAY)))
    assert [each[0] for each in november] == ["2"]


# Counted ----------------------------------------------------------------------------------------------------


def test_incidents_are_counted_by_their_local_month(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    # Half past midnight in summer time is the evening before in UTC.
    rows = f"1,2026-09-01T00:30,asb,{INSIDE},,\n2,2026-08-31T23:30,asb,{INSIDE},,\n"
    bring_in(session, tmp_path, f"{rows}3,2026-09-02T10:00,noise,,,N3,\n")
    asb, noise = session.scalars(
        select(Category.id).where(Category.code.in_(("asb", "noise"))).order_by("id")
    )
    found = counts_by_month(session, patch["T1"].path, Month(2026, 8), Month(2026, 9))
    assert found == {(Month(2026, 8), asb): 1, (Month(2026, 9), asb): 1, (Month(2026, 9), noise): 1}
    of_one = counts_by_month(session, patch["N3"].path, Month(2026, 8), Month(2026, 9))
    assert of_one == {(Month(2026, 9), noise): 1}


def test_the_reach_is_that_of_the_whole_force_and_of_no_other(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    assert reach_of(session, patch["N3"].path) is None
    bring_in(session, tmp_path, f"1,2026-09-01T10:00,asb,{INSIDE},,\n2,2026-10-31T10:00,asb,,,N3,\n")
    abroad = make.bcu(session, under=make.force(session, code="G"))
    other = make.neighbourhood(
        session, under=make.team(session, under=make.area(session, under=abroad)), code="G1"
    )
    bring_in(session, tmp_path, "3,2020-01-01T10:00,asb,,,G1,\n")
    assert reach_of(session, patch["N2"].path) == Reach(date(2026, 9, 1), date(2026, 10, 31))
    assert reach_of(session, other.path) == Reach(date(2020, 1, 1), date(2020, 1, 1))


def test_the_list_shows_what_is_asked_the_latest_first(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    rows = "".join(
        f"{n},2026-11-0{n}T10:00,{'asb' if n % 2 else 'noise'},,,N3,Mill Lane\n" for n in range(1, 6)
    )
    bring_in(session, tmp_path, rows)

    def shown(**sought: object) -> list[str]:
        asked = Sought(**sought)  # type: ignore[arg-type]  # each test gives what the fields take
        found = incidents_at(session, patch["T1"].path, asked, FIRST_PAGE)
        return [row[0].reference for row in found.rows]

    assert shown() == ["5", "4", "3", "2", "1"]
    assert shown(category="noise", first=date(2026, 11, 3)) == ["4"]
    assert shown(spot="mill lane", last=date(2026, 11, 2)) == ["2", "1"]
    assert shown(spot="@1 2") == []


# Repeats ----------------------------------------------------------------------------------------------------


def repeating(session: Session, path: str, rule: Repeats = DEFAULT_REPEATS) -> list[tuple[str, int, str]]:
    """The names of locations that repeat today, with how many incidents, and whose they are."""
    found = repeat_locations(session, path, rule, TODAY)
    return [(each.name, each.count, each.unit.code) for each in found]


def test_three_incidents_in_ninety_days_make_a_repeat_location(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    first = Repeats(3, 90).first_day(TODAY)
    rows = (
        f"1,{first}T00:00,asb,{INSIDE},,\n2,2026-11-01T10:00,noise,52.00501,-0.49501,,\n"
        "4,2026-11-01T10:00,asb,,,N3,Mill Lane\n5,2026-11-02T10:00,asb,,,N3,mill la\n"
        "6,2026-11-02T10:00,asb,,,N3,\n7,2026-11-02T10:00,asb,,,N3,\n8,2026-11-02T10:00,asb,,,N3,\n"
    )
    bring_in(session, tmp_path, rows)
    assert repeating(session, patch["T1"].path) == []
    bring_in(session, tmp_path, f"3,2026-11-15T10:00,asb,{INSIDE},,\n")
    assert repeating(session, patch["T1"].path) == [("52.00500, -0.49500", 3, "N1")]
    (found,) = repeat_locations(session, patch["T1"].path, DEFAULT_REPEATS, TODAY)
    assert found.categories == [("Anti-social behaviour", 2), ("Noise", 1)]
    assert repeat_locations(session, patch["T1"].path, DEFAULT_REPEATS, date(2026, 11, 17)) == []


def test_a_street_repeats_in_its_neighbourhood_and_is_another_in_the_next(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    rows = "".join(f"{n},2026-11-0{n}T10:00,asb,,,N{1 + n % 2},High Street\n" for n in range(1, 6))
    bring_in(session, tmp_path, rows)
    assert repeating(session, patch["T1"].path) == [("High Street", 3, "N2")]
    assert repeating(session, patch["T1"].path, Repeats(2, 90)) == [
        ("High Street", 3, "N2"),
        ("High Street", 2, "N1"),
    ]


def test_a_point_goes_on_repeating_when_its_neighbourhood_becomes_another(
    session: Session, tmp_path: Path, patch: dict[str, Unit]
) -> None:
    close_unit(session, patch["N1"], on=date(2026, 10, 31), taken_over_by=[])
    later = make.neighbourhood(session, under=patch["T1"], code="N4", opened_on=date(2026, 11, 1))
    make.boundary(session, unit=later, south=52.0, west=-0.5)
    days = ("2026-10-01", "2026-10-02", "2026-11-02")
    bring_in(session, tmp_path, "".join(f"{day},{day}T10:00,asb,{INSIDE},,\n" for day in days))
    assert repeating(session, patch["T1"].path) == [("52.00500, -0.49500", 3, "N4")]
    assert repeating(session, later.path) == []


def test_a_force_says_what_repeats_and_others_keep_what_everybody_does(
    session: Session, patch: dict[str, Unit]
) -> None:
    force = session.scalars(select(Unit).where(Unit.path == patch["T1"].path.split("/")[0] + "/")).one()
    assert repeats_of(session, patch["N1"].path) == DEFAULT_REPEATS
    set_repeats(session, force, Repeats(5, 60), stamp=STAMP, expected_version=0)
    assert repeats_of(session, patch["N1"].path) == Repeats(5, 60)
    with pytest.raises(StaleRecord):
        set_repeats(session, force, Repeats(4, 60), stamp=STAMP, expected_version=0)
    with pytest.raises(BadRepeats):
        set_repeats(session, force, Repeats(1, 60), stamp=STAMP)
    with pytest.raises(NotAForce):
        set_repeats(session, patch["T1"], Repeats(5, 60), stamp=STAMP)


def test_the_journal_names_no_street(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "1,2026-11-01T10:00,asb,,,N3,12 Mill Lane\n")
    session.commit()
    bring_in(session, tmp_path, "1,2026-11-01T10:00,asb,,,N3,14 Mill Lane\n", may_update=True)
    session.commit()
    assert "Mill Lane" not in str([vars(entry) for entry in session.query(Entry)])
