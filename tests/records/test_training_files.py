"""Files of training, in and out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from npt.training.actions import complete_modules, verify_modules
from npt.training.exchange import EXPORTS, IMPORTS
from npt.training.queries import programmes_of, registrations_under, training_of
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HEADER = (
    "number,programme,registered,module,completed,verified,verified_by,"
    "external_asked,external_granted,external_by,withdrawn\n"
)
REGISTERED = "M1,sara,2026-03-02,,,,,,,,\n"
COMPLETED = "M1,sara,2026-03-02,1,2026-04-01,,,,,,\n"
VERIFIED = "M1,sara,2026-03-02,1,2026-04-01,2026-04-02,S1,,,,\n"


@pytest.fixture
def team(session: Session) -> Unit:
    """A team of the force BEDS with the members M1, M2 and the sergeant S1."""
    force = make.force(session, code="BEDS")
    team = make.team(session, under=make.area(session, under=make.bcu(session, under=force)), code="T1")
    for number in ("M1", "M2", "S1"):
        make.member(session, number=number, team=team)
    return team


def bring_in(session: Session, folder: Path, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / "training.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    kind = IMPORTS["training"]
    table = read(path, kind.shape)
    assert table.problems == []
    return kind.save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def take_in(session: Session, path: Path) -> Outcome:
    kind = IMPORTS["training"]
    return kind.save(session, [read(path, kind.shape).rows], ImportOrder(False, NOW, NOW.date()))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


def told(session: Session, outcome: Outcome) -> list[tuple[int, str | None]]:
    session.rollback()
    return sorted(((problem.line, problem.column) for problem in outcome.problems), key=str)


def certificate(number: str, verified: int, external: str = ",,") -> str:
    """The certificate of a member: all seven modules completed, the first so many verified."""
    rows = f"{number},certificate,2026-01-05,,,,,{external},\n"
    for module in range(1, 8):
        check = "2026-06-01,S1" if module <= verified else ","
        rows += f"{number},certificate,2026-01-05,{module},2026-05-01,{check},,,,\n"
    return rows


def test_a_programme_that_ships_comes_with_the_first_row_that_names_it(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    assert counts(bring_in(session, tmp_path, REGISTERED + VERIFIED)) == (2, 0, 0)
    (programme,) = programmes_of(session, team.path)
    assert programme.needed_from == date(2026, 3, 2)
    found = training_of(session, team, NOW.date(), [programme]).counts(programme)
    assert (found.registered, found.verified) == (1, 1)


def test_the_same_file_twice_changes_nothing_in_any_order(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    rows = VERIFIED + REGISTERED + certificate("M2", 7, "2026-07-01,2026-08-01,Body")
    assert counts(bring_in(session, tmp_path, rows)) == (10, 0, 0)
    session.expire_all()
    assert counts(bring_in(session, tmp_path, rows)) == (0, 0, 10)


def test_other_values_need_leave_to_change_what_is_recorded(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, REGISTERED + COMPLETED)
    session.commit()
    refused = bring_in(session, tmp_path, VERIFIED)
    assert "--update" in refused.problems[0].message
    assert told(session, refused) == [(2, "module")]
    assert counts(bring_in(session, tmp_path, VERIFIED, may_update=True)) == (0, 1, 0)


def test_every_bad_line_is_told_with_its_column(session: Session, team: Unit, tmp_path: Path) -> None:
    outcome = bring_in(
        session,
        tmp_path,
        "M9,sara,2026-03-02,,,,,,,,\n"  # line 2: nobody
        "M1,sarah,2026-03-02,,,,,,,,\n"  # no such programme
        "M1,sara,2026-11-17,,,,,,,,\n"  # still to come
        "M2,sara,2026-03-02,,,,,,,,\n"
        "M2,sara,2026-03-02,2,2026-04-01,,,,,,\n"  # 6: no such module
        "M2,sara,2026-03-02,1,2026-04-01,2026-04-02,M2,,,,\n"  # 7: their own
        "M2,duty-recording,2026-03-02,1,2026-04-01,,,,,,\n"  # 8: not registered
        "S1,sara,2026-03-02,,2026-04-01,,,,,,\n"  # 9: a registration is not completed
        "S1,problem-records,2026-03-02,,,,,2026-04-01,,,\n"  # 10: no external verification
        "S1,duty-recording,2026-03-02,,,,,,,,\n"
        "S1,duty-recording,2026-03-02,1,2026-03-01,,,,,,\n",  # 12: before it
    )
    assert told(session, outcome) == [
        (10, "external_asked"),
        (12, "completed"),
        (2, "number"),
        (3, "programme"),
        (4, "registered"),
        (6, "module"),
        (7, "verified_by"),
        (8, "registered"),
        (9, "completed"),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("M1,sara,2026-03-02,1,,,,,,,\n", "completed"),
        ("M1,sara,2026-03-02,1,2026-04-01,2026-04-02,,,,,\n", "verified_by"),
        ("M1,sara,2026-03-02,1,2026-04-01,,S1,,,,\n", "verified"),
        ("M1,sara,2026-03-02,1,2026-04-01,2026-03-31,S1,,,,\n", "verified"),
        ("M1,sara,2026-03-02,1,2026-04-01,2026-04-02,X9,,,,\n", "verified_by"),
        ("M1,sara,2026-03-02,1,2026-04-01,,,2026-05-01,,,\n", "external_asked"),
    ],
)
def test_what_a_row_about_a_module_lacks_is_told(
    session: Session, team: Unit, tmp_path: Path, row: str, column: str
) -> None:
    assert told(session, bring_in(session, tmp_path, REGISTERED + row)) == [(3, column)]


def test_external_verification_in_a_file_waits_for_all_seven_modules_too(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    outcome = bring_in(session, tmp_path, certificate("M1", 6, "2026-07-01,,"))
    assert "6 of 7" in outcome.problems[0].message
    assert told(session, outcome) == [(2, "external_asked")]


def test_two_rows_about_the_same_are_refused_unless_they_say_the_same(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    assert counts(bring_in(session, tmp_path, REGISTERED + REGISTERED)) == (1, 0, 1)
    assert told(session, bring_in(session, tmp_path, REGISTERED + COMPLETED + VERIFIED)) == [(4, "module")]


def test_a_renewal_before_the_end_of_the_first_registration_is_refused(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    again = "M1,sara,2026-05-04,,,,,,,,\n"
    assert told(session, bring_in(session, tmp_path, REGISTERED + again)) == [
        (2, "registered"),
        (3, "registered"),
    ]


def test_an_export_reads_back_unchanged(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, certificate("M1", 7, "2026-07-01,2026-08-01,Awarding body"))
    (registration,) = registrations_under(session, team.path)
    kind = EXPORTS["training"]
    path = tmp_path / "out.csv"
    write(path, kind.shape.names, kind.rows(session, ExportOrder(team.path, None)))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1] == "M1,certificate,2026-01-05,,,,,2026-07-01,2026-08-01,Awarding body,"
    assert lines[8] == "M1,certificate,2026-01-05,7,2026-05-01,2026-06-01,S1,,,,"
    session.expire_all()
    assert counts(take_in(session, path)) == (0, 0, 8)
    assert list(kind.rows(session, ExportOrder(None, Month(2026, 2)))) == []
    assert registration.registered_on == date(2026, 1, 5)


def test_a_verification_by_an_account_without_a_member_comes_back_unchanged(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, REGISTERED)
    (registration,) = registrations_under(session, team.path)
    today = NOW.date()
    complete_modules(session, registration, numbers=(1,), completed_on=today, today=today)
    manager = make.account(session).id
    verify_modules(session, registration, numbers=(1,), verified_on=today, account_id=manager, today=today)
    kind = EXPORTS["training"]
    path = tmp_path / "out.csv"
    write(path, kind.shape.names, kind.rows(session, ExportOrder(None, None)))
    assert "2026-11-16,,,," in path.read_text(encoding="utf-8")
    assert counts(take_in(session, path)) == (0, 0, 2)
