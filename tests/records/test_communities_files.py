"""Files of communities and of populations: what comes in, what is refused with its cure, what goes out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.communities.exchange import EXPORTS, IMPORTS
from npt.communities.queries import communities_of, people_of
from npt.communities.rules import Flag
from npt.organisation.models import Unit
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder, Outcome, RowProblem
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DAY = NOW.date()
POLISH = "N1,polish,Polish,ethnic,4.5,emerging,Polish,census,2026-03-21"
CENSUS = "census,2021-03-21,"


@pytest.fixture
def place(session: Session) -> Unit:
    return make.neighbourhood(session, code="N1")


def bring_in(
    session: Session, folder: Path, kind: str, *rows: str, may_update: bool = False, columns: str = ""
) -> Outcome:
    path = folder / f"{kind}.csv"
    header = columns or ",".join(IMPORTS[kind].shape.names)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    if table.problems:
        told = [RowProblem(each.line, each.column, each.message) for each in table.problems]
        return Outcome(problems=told)
    return IMPORTS[kind].save(session, [table.rows], ImportOrder(may_update, NOW, DAY))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


def told(outcome: Outcome) -> list[tuple[int, str | None, str]]:
    return [(each.line, each.column, each.message) for each in outcome.problems]


# Communities ------------------------------------------------------------------------------------------------


def test_a_row_says_name_kind_share_flags_languages_and_since_when(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    assert counts(bring_in(session, tmp_path, "communities", POLISH)) == (1, 0, 0)
    (found,) = communities_of(session, [place.id])
    assert (found.code, found.name, found.languages) == ("polish", "Polish", "Polish")
    assert [(each.flag, each.starts_on, each.reason) for each in found.flags] == [
        (Flag.EMERGING, date(2026, 3, 21), "Source: census")
    ]
    assert [each.percent for each in found.shares] == [Decimal("4.5")]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("N1,polish,Polish,ethnic,101,,,,", "share", "a number from 0 to 100"),
        ("N1,polish,Polish,ethnic,-1,,,,", "share", "a number from 0 to 100"),
        ("N1,polish,Polish,ethnic,,,,,2026-11-17", "as_at", "is still to come: give today"),
        ("N1,polish,Polish,etnic,,,,,", "kind", "did you mean “ethnic”"),
        ("N1,polish,Polish,ethnic,,vulnerabel,,,", "flags", "did you mean “vulnerable”"),
        ("N1,polish,Polish,ethnic,,emerging emerging,,,", "flags", "name each flag once"),
        ("N1,polish,,ethnic,,,,,", "name", "the name of the community"),
        ("N0,polish,Polish,ethnic,,,,,", "neighbourhood", "There is no unit N0"),
        ("T1,polish,Polish,ethnic,,,,,", "neighbourhood", "T1 is not a neighbourhood"),
    ],
)
def test_a_bad_row_is_refused_with_its_cure(
    session: Session, place: Unit, tmp_path: Path, row: str, column: str, words: str
) -> None:
    make.team(session, code="T1")
    ((line, found, message),) = told(bring_in(session, tmp_path, "communities", row))
    assert (line, found) == (2, column)
    assert words in message


def test_an_empty_cell_leaves_what_is_known(session: Session, place: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "communities", POLISH)
    short = bring_in(
        session,
        tmp_path,
        "communities",
        "N1,polish,Polish,ethnic",
        columns="neighbourhood,code,name,kind",
    )
    assert counts(short) == (0, 0, 1)


def test_a_later_share_stands_beside_the_earlier_one_and_a_flag_left_out_ends(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "communities", POLISH)
    later = "N1,polish,Polish,ethnic,6,vulnerable,Polish,council,2026-10-01"
    refused = bring_in(session, tmp_path, "communities", later)
    assert "4.5%, emerging, as at 2026-03-21" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, "communities", later, may_update=True)) == (0, 1, 0)
    session.expire_all()
    (found,) = communities_of(session, [place.id])
    assert [each.percent for each in found.shares] == [Decimal("4.5"), Decimal(6)]
    assert [(each.flag, each.ends_on) for each in found.flags] == [
        (Flag.EMERGING, date(2026, 11, 15)),
        (Flag.VULNERABLE, None),
    ]
    assert counts(bring_in(session, tmp_path, "communities", later, may_update=True)) == (0, 0, 1)


def test_a_later_day_without_a_share_says_nothing_of_the_share_on_that_day(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "communities", POLISH)
    later = "N1,polish,Polish,ethnic,,,,council,2026-10-01"
    assert counts(bring_in(session, tmp_path, "communities", later, may_update=True)) == (0, 1, 0)
    session.expire_all()
    (found,) = communities_of(session, [place.id])
    assert [each.percent for each in found.shares] == [Decimal("4.5"), None]


# Population -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "line", "column", "words"),
    [
        (
            (f"N1,A,10,{CENSUS}", f"N1,A1,6,{CENSUS}", f"N1,A2,5,{CENSUS}"),
            4,
            "people",
            "The parts are Indian (A1) 6, Pakistani (A2) 5.",
        ),
        ((f"N1,ALL,10,{CENSUS}", f"N1,W,11,{CENSUS}"), 3, "people", "more than the 10 of Everybody (ALL)"),
        ((f"N1,O1,10,{CENSUS}",), 2, "ethnicity", "O1 of 16+1 is A4 of 18+1"),
        ((f"N1,A4,10,{CENSUS}16+1",), 2, "ethnicity", "A4 of 18+1 is O1 of 16+1"),
        ((f"N1,XX,10,{CENSUS}",), 2, "ethnicity", "is no code of 18+1"),
        ((f"N1,W1,-1,{CENSUS}",), 2, "people", "give a number from 0"),
        ((f"N1,W1,1.5,{CENSUS}",), 2, "people", "is not a whole number"),
        (("N1,W1,10,census,2026-11-17,",), 2, "as_at", "is still to come"),
        ((f"N1,W1,10,{CENSUS}17+1",), 2, "codes", "one of 18+1, 16+1"),
        ((f"N1,W1,10,{CENSUS}", f"N1,W2,10,{CENSUS}16+1"), 3, "source", "one source and one code system"),
        (("N1,W1,10,,2021-03-21,",), 2, "source", "who counted or estimated it"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_the_cure(
    session: Session,
    place: Unit,
    tmp_path: Path,
    rows: tuple[str, ...],
    line: int,
    column: str,
    words: str,
) -> None:
    ((at, found, message),) = told(bring_in(session, tmp_path, "population", *rows))
    assert (at, found) == (line, column)
    assert words in message


def test_parts_are_judged_with_those_that_are_recorded(session: Session, place: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "population", f"N1,A,10,{CENSUS}", f"N1,A1,6,{CENSUS}")
    ((_, _, message),) = told(bring_in(session, tmp_path, "population", f"N1,A2,5,{CENSUS}"))
    assert "more than the 10 of A" in message
    assert counts(bring_in(session, tmp_path, "population", f"N1,A2,4,{CENSUS}")) == (1, 0, 0)


def test_small_letters_are_read_and_a_changed_source_changes_the_whole_set(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    rows = [f"N1,{code},10,{CENSUS}" for code in ("w", "m", "a", "b", "o", "ns")]
    assert counts(bring_in(session, tmp_path, "population", *rows)) == (6, 0, 0)
    other = rows[0].replace("census", "council")
    assert "--update" in told(bring_in(session, tmp_path, "population", other))[0][2]
    assert counts(bring_in(session, tmp_path, "population", other, may_update=True)) == (0, 1, 0)
    (found,) = people_of(session, place, DAY).neighbourhoods
    assert found.population is not None
    assert (found.population.source, found.population.figures.stated) == ("council", 50)


# Out --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (
            "communities",
            (POLISH, "N1,irish,Irish,ethnic,,,,,", "N1,roma,“Roma”,ethnic,,vulnerable emerging,,,2026-11-01"),
        ),
        ("population", (f"N1,W1,10,{CENSUS}", f"N1,NS,1,{CENSUS}", f"N1,ALL,50,{CENSUS}")),
    ],
)
def test_what_goes_out_comes_in_again_and_changes_nothing(
    session: Session, place: Unit, tmp_path: Path, kind: str, rows: tuple[str, ...]
) -> None:
    assert counts(bring_in(session, tmp_path, kind, *rows)) == (3, 0, 0)
    session.expire_all()
    export, out = EXPORTS[kind], tmp_path / "out.csv"
    write(out, export.shape.names, export.rows(session, ExportOrder(place.path, None)))
    order = ImportOrder(False, NOW, DAY)
    assert counts(IMPORTS[kind].save(session, [read(out, export.shape).rows], order)) == (0, 0, 3)
