"""Files of NSOs, of the PCSOs they line-manage, and of whether student officers count, in and out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.exchange import EXPORTS, IMPORTS
from npt.people.queries import managements_of, marks_under, member_ids_numbered, student_rules
from npt.people.rules import PolicingRole, PostingKind
from npt.sheets.reading import read
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HEADERS = {
    "specialists": "number,team,from,to,payment\n",
    "line-management": "pcso,manager,from,to\n",
    "student-strength": "unit,counted,from\n",
    "postings": "number,team,role,fte,kind,from,to\n",
}
NSO = "501,T1,2026-05-04,,due\n"


@pytest.fixture
def force(session: Session) -> Unit:
    """Constable 501 and PCSO 701 of team T1, PCSO 702 of T2 in the same area, constable 503 of another."""
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force)
    area = make.area(session, under=bcu)
    for place, unit in enumerate((area, area, make.area(session, under=bcu)), 1):
        team = make.team(session, under=unit, code=f"T{place}")
        make.member(session, number=f"50{place}", role=PolicingRole.CONSTABLE, team=team)
        make.member(session, number=f"70{place}", role=PolicingRole.PCSO, team=team)
    return force


def bring_in(session: Session, folder: Path, kind: str, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / f"{kind}.csv"
    path.write_text(HEADERS[kind] + rows, encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    return IMPORTS[kind].save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


def told(outcome: Outcome) -> list[tuple[int, str | None, str]]:
    return [(problem.line, problem.column, problem.message) for problem in outcome.problems]


def taken_out(
    session: Session, kind: str, path: str | None = None, month: Month | None = None
) -> list[tuple[object, ...]]:
    return [tuple(row) for row in EXPORTS[kind].rows(session, ExportOrder(path, month))]


@pytest.mark.usefixtures("force")
def test_a_file_of_nsos_comes_out_as_it_went_in_and_twice_changes_nothing(
    session: Session, tmp_path: Path
) -> None:
    rows = NSO + "502,T2,2026-05-04,2026-06-30,not-due\n502,T2,2026-07-01,,due\n"
    assert counts(bring_in(session, tmp_path, "specialists", rows)) == (3, 0, 0)
    assert counts(bring_in(session, tmp_path, "specialists", rows)) == (0, 0, 3)
    assert taken_out(session, "specialists") == [
        ("501", "T1", date(2026, 5, 4), None, "due"),
        ("502", "T2", date(2026, 5, 4), date(2026, 6, 30), "not-due"),
        ("502", "T2", date(2026, 7, 1), None, "due"),
    ]
    assert len(taken_out(session, "specialists", month=Month(2026, 6))) == 2
    assert taken_out(session, "specialists", path="BEDS/NONE/") == []


@pytest.mark.usefixtures("force")
def test_an_nso_is_changed_only_when_changes_are_allowed(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "specialists", NSO)
    changed = "501,T1,2026-05-04,2026-12-31,not-due\n"
    ((line, _, message),) = told(bring_in(session, tmp_path, "specialists", changed))
    assert line == 2
    assert "recorded without a last day with the payment due" in message
    assert "--update" in message
    assert counts(bring_in(session, tmp_path, "specialists", changed, may_update=True)) == (0, 1, 0)
    (mark,) = marks_under(session, None)
    assert (mark.ends_on, mark.is_payment_due) == (date(2026, 12, 31), False)


@pytest.mark.usefixtures("force")
@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("701,T1,2026-05-04,,due\n", "team", "701 is not posted to T1 as a constable"),
        ("501,T2,2026-05-04,,due\n", "team", "501 is not posted to T2 as a constable"),
        ("999,T1,2026-05-04,,due\n", "number", "There is no member 999"),
        ("501,T9,2026-05-04,,due\n", "team", "There is no unit T9"),
        ("501,T1,2026-05-04,2026-05-03,due\n", "to", "before the first"),
        ("501,T1,2026-05-04,2026-05-31,due\n501,T1,2026-05-31,,due\n", "from", "recorded as an NSO"),
    ],
)
def test_a_bad_row_of_an_nso_is_told_at_its_column_with_the_cure(
    session: Session, tmp_path: Path, row: str, column: str, words: str
) -> None:
    ((_, at, message),) = told(bring_in(session, tmp_path, "specialists", row))
    assert at == column
    assert words in message


@pytest.mark.usefixtures("force")
def test_of_two_postings_at_the_team_the_row_means_the_one_that_counts(
    session: Session, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "postings", "501,T1,constable,1.00,temporary,2026-05-01,2026-12-31\n")
    bring_in(session, tmp_path, "specialists", NSO)
    (mark,) = marks_under(session, None)
    assert mark.posting.kind is PostingKind.TEMPORARY


@pytest.mark.usefixtures("force")
def test_a_file_of_line_management_comes_out_as_it_went_in_and_twice_changes_nothing(
    session: Session, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "specialists", NSO + "502,T2,2026-05-04,,due\n")
    rows = "701,501,2026-05-04,2026-06-30\n701,502,2026-07-01,\n702,501,2026-06-01,\n"
    assert counts(bring_in(session, tmp_path, "line-management", rows)) == (3, 0, 0)
    assert counts(bring_in(session, tmp_path, "line-management", rows)) == (0, 0, 3)
    assert taken_out(session, "line-management") == [
        ("701", "501", date(2026, 5, 4), date(2026, 6, 30)),
        ("701", "502", date(2026, 7, 1), None),
        ("702", "501", date(2026, 6, 1), None),
    ]
    assert len(taken_out(session, "line-management", month=Month(2026, 5))) == 1


@pytest.mark.usefixtures("force")
def test_a_file_may_end_one_line_manager_and_begin_the_next_in_any_order(
    session: Session, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "specialists", NSO + "502,T2,2026-05-04,,due\n")
    bring_in(session, tmp_path, "line-management", "701,501,2026-05-04,\n")
    rows = "701,502,2026-07-01,\n701,501,2026-05-04,2026-06-30\n"
    assert counts(bring_in(session, tmp_path, "line-management", rows, may_update=True)) == (1, 1, 0)


@pytest.mark.usefixtures("force")
@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("701,502,2026-05-04,\n", "manager", "502 is no neighbourhood specialist officer on 4 May 2026"),
        ("701,501,2026-05-03,\n", "manager", "501 is no neighbourhood specialist officer on 3 May 2026"),
        ("703,501,2026-05-04,\n", "from", "not posted as a PCSO to a team of the area of T1"),
        ("502,501,2026-05-04,\n", "from", "not posted as a PCSO"),
        ("701,501,2026-05-04,\n701,501,2026-06-01,\n", "from", "is recorded as the line manager"),
    ],
)
def test_a_bad_row_of_line_management_is_told_at_its_column_with_the_cure(
    session: Session, tmp_path: Path, row: str, column: str, words: str
) -> None:
    bring_in(session, tmp_path, "specialists", NSO)
    ((_, at, message),) = told(bring_in(session, tmp_path, "line-management", row))
    assert at == column
    assert words in message


@pytest.mark.usefixtures("force")
def test_a_line_manager_is_corrected_by_a_file_that_may_update(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "specialists", NSO + "502,T2,2026-05-04,,due\n")
    bring_in(session, tmp_path, "line-management", "701,501,2026-05-04,\n")
    row = "701,502,2026-05-04,\n"
    ((_, at, message),) = told(bring_in(session, tmp_path, "line-management", row))
    assert (at, "501 is recorded without a last day" in message) == ("manager", True)
    assert counts(bring_in(session, tmp_path, "line-management", row, may_update=True)) == (0, 1, 0)
    (management,) = managements_of(session, member_ids_numbered(session, ["701"]).values())
    assert management.specialist.posting.member.number == "502"


def test_whether_student_officers_count_comes_in_and_out(
    session: Session, tmp_path: Path, force: Unit
) -> None:
    rows = "BEDS,yes,2026-05-01\nBEDS,no,2026-09-01\n"
    assert counts(bring_in(session, tmp_path, "student-strength", rows)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, "student-strength", rows)) == (0, 0, 2)
    assert taken_out(session, "student-strength") == [
        ("BEDS", "yes", date(2026, 5, 1)),
        ("BEDS", "no", date(2026, 9, 1)),
    ]
    changed = "BEDS,no,2026-05-01\n"
    ((_, column, _),) = told(bring_in(session, tmp_path, "student-strength", changed))
    assert column == "counted"
    assert counts(bring_in(session, tmp_path, "student-strength", changed, may_update=True)) == (0, 1, 0)
    (rule, _) = student_rules(session, force.path)
    assert (rule.is_counted, rule.account_id, rule.changed_at) == (False, None, NOW)
    ((_, column, message),) = told(bring_in(session, tmp_path, "student-strength", "T1,yes,2026-05-01\n"))
    assert (column, "T1 is not a force" in message) == ("unit", True)


@pytest.mark.usefixtures("force")
@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("501,T1,constable,1.00,student,2026-05-01,\n", "to", "give 31 July 2026 as its last day"),
        ("501,T1,constable,1.00,student,2026-05-01,2026-08-01\n", "to", "lasts 3 months at most"),
        ("501,T1,pcso,1.00,student,2026-05-01,2026-07-31\n", "role", "A student officer is a constable"),
    ],
)
def test_student_officers_come_in_with_the_file_of_postings(
    session: Session, tmp_path: Path, row: str, column: str, words: str
) -> None:
    ((_, at, message),) = told(bring_in(session, tmp_path, "postings", row))
    assert at == column
    assert words in message
    good = "501,T1,constable,1.00,student,2026-05-01,2026-07-31\n"
    assert counts(bring_in(session, tmp_path, "postings", good)) == (1, 0, 0)
    assert good.split(",")[4] in {row[4] for row in taken_out(session, "postings")}
