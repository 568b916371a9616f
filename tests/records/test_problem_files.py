"""The file of problems: at any stage, and never past the gates of a record that went through them here."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.matters.actions import open_matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.problems.exchange import EXPORTS
from npt.problems.models import Problem
from npt.problems.rules import Bearing, Outcome, Stage
from npt.store.exchange import ExportOrder
from tests import make
from tests.records.test_keyed_files import bring_in, counts, told


@pytest.fixture
def team(session: Session) -> Unit:
    team = make.team(session, code="T1")
    make.member(session, number="1", team=team)
    session.commit()
    return team


def exported(session: Session) -> list[str]:
    rows = EXPORTS["problems"].rows(session, ExportOrder(None, None))
    return [",".join("" if value is None else str(value) for value in row) for row in rows]


def test_what_is_taken_out_comes_in_again_as_it_was(session: Session, tmp_path: Path, team: Unit) -> None:
    rows = [
        "OLD-1,T1,Mopeds raced,asb,analysis,2026-09-01,1,,",
        "OLD-2,T1,Bins on fire,arson,closed,2008-05-01,1,2008-09-30,reduced",
    ]
    assert counts(bring_in(session, tmp_path, "problems", *rows)) == (2, 0, 0)
    assert exported(session) == rows
    assert counts(bring_in(session, tmp_path, "problems", *exported(session))) == (0, 0, 2)


def test_a_row_at_a_later_stage_says_that_its_stages_are_not_proved_here(
    session: Session, tmp_path: Path, team: Unit
) -> None:
    bring_in(
        session, tmp_path, "problems", "OLD-1,T1,Bins on fire,arson,closed,2008-05-01,,2008-09-30,reduced"
    )
    problem = session.scalars(select(Problem)).one()
    assert (problem.is_unproved, problem.stage) == (True, Stage.CLOSED)
    assert (problem.outcome, problem.bearing) == (Outcome.REDUCED, Bearing.NOT_SHOWN)


def test_a_file_moves_what_came_from_a_file_and_nothing_that_went_through_its_stages(
    session: Session, tmp_path: Path, team: Unit
) -> None:
    bring_in(session, tmp_path, "problems", "OLD-1,T1,Bins on fire,arson,analysis,2026-05-01,1,,")
    moved = "OLD-1,T1,Bins on fire,arson,closed,2026-05-01,,2026-09-30,no-change"
    assert counts(bring_in(session, tmp_path, "problems", moved, may_update=True)) == (0, 1, 0)
    problem = make.problem(session, unit=team, stage=Stage.ANALYSIS, raised_on=date(2026, 9, 1))
    reference = problem.matter.reference
    session.commit()
    same = f"{reference},T1,Another sentence,asb,analysis,2026-09-01,1,,"
    assert counts(bring_in(session, tmp_path, "problems", same, may_update=True)) == (0, 1, 0)
    further = f"{reference},T1,Another sentence,asb,response,2026-09-01,1,,"
    assert told(bring_in(session, tmp_path, "problems", further, may_update=True)) == [(2, "stage")]


def test_a_problem_nobody_owns_is_whoevers_the_team_is_and_refused_where_there_is_nobody(
    session: Session, tmp_path: Path, team: Unit
) -> None:
    make.team(session, code="T2")
    session.commit()
    row = "OLD-{},{},Bins on fire,arson,scanning,2026-05-01,,,"
    outcome = bring_in(session, tmp_path, "problems", row.format(1, "T1"), row.format(2, "T2"))
    assert told(outcome) == [(3, "owner")]
    assert counts(bring_in(session, tmp_path, "problems", row.format(1, "T1"))) == (1, 0, 0)


def test_a_reference_that_another_kind_of_record_has_is_told_and_ends_the_file(
    session: Session, tmp_path: Path, team: Unit
) -> None:
    make.matter(session, unit=team, reference="DOC-1")
    session.commit()
    row = "{},T1,Bins on fire,arson,scanning,2026-05-01,1,,"
    outcome = bring_in(session, tmp_path, "problems", row.format("DOC-1"), row.format("OLD-2"))
    assert told(outcome) == [(2, "ref")]


@pytest.mark.parametrize("reference", ["C12/07/2008", "..", "a?b", "~x", "_"])
def test_a_reference_that_no_address_could_hold_is_refused(
    session: Session, tmp_path: Path, team: Unit, reference: str
) -> None:
    row = f"{reference},T1,Bins on fire,arson,scanning,2026-05-01,1,,"
    assert told(bring_in(session, tmp_path, "problems", row)) == [(2, "ref")]


def test_a_problem_started_here_has_a_reference_of_its_own_beside_those_of_files(
    session: Session, tmp_path: Path, team: Unit
) -> None:
    rows = [f"P-{number},T1,Bins on fire,arson,scanning,2026-05-01,1,," for number in range(1, 6)]
    bring_in(session, tmp_path, "problems", *rows[1:])
    made = open_matter(
        session, kind=MatterKind.PROBLEM, title="Mopeds raced", unit=team, opened_on=date(2026, 9, 1)
    )
    assert made.reference == f"P-{made.id}-2"


def test_what_came_of_a_problem_goes_once_a_file_says_that_it_is_at_an_earlier_stage(
    session: Session, tmp_path: Path, team: Unit
) -> None:
    closed = "OLD-1,T1,Bins on fire,arson,closed,2008-05-01,1,2008-09-30,reduced"
    bring_in(session, tmp_path, "problems", closed)
    early = "OLD-1,T1,Bins on fire,arson,response,2008-05-01,1,,{}"
    told_early = bring_in(session, tmp_path, "problems", early.format("worse"), may_update=True)
    assert told(told_early) == [(2, "outcome")]
    assert counts(bring_in(session, tmp_path, "problems", early.format(""), may_update=True)) == (0, 1, 0)
    assert exported(session) == [early.format("")]
    new = "OLD-2,T1,Bins on fire,arson,analysis,2008-05-01,1,,reduced"
    assert told(bring_in(session, tmp_path, "problems", new)) == [(2, "outcome")]
