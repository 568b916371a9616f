"""The file of key individuals: what only they can have wrong. What all files share: test_keyed_files.py."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.kin.actions import merge
from npt.kin.exchange import EXPORTS, IMPORTS
from npt.kin.models import KeyIndividual
from npt.kin.queries import individuals_of
from npt.organisation.models import Unit
from npt.sheets.reading import Table, read
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make
from tests.records.files import message, told
from tests.records.kin_desk import DAY, NOBODY, NOW, community, join

KIN = IMPORTS["kin"]
HEADER = ",".join(KIN.shape.names)


@pytest.fixture
def place(session: Session) -> Unit:
    """The neighbourhood N1."""
    return make.neighbourhood(session, code="N1")


def row(ref: str = "K1", *, where: str = "N1", communities: str = "", phone: str = "") -> str:
    return f"{where},{ref},Ann Example,,faith,{communities},{phone},,,consent,2026-11-02"


def table_of(folder: Path, *rows: str) -> Table:
    path = folder / "kin.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return read(path, KIN.shape)


def bring_in(session: Session, folder: Path, *rows: str, may_update: bool = False) -> Outcome:
    table = table_of(folder, *rows)
    assert table.problems == []
    return KIN.save(session, [table.rows], ImportOrder(may_update, NOW, DAY))


def one(session: Session, ref: str = "K1") -> KeyIndividual:
    (found,) = individuals_of(session, [ref])
    return found


def test_a_row_is_somebody_in_the_network_who_speaks_for_communities_of_the_place(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    community(session, place, "Polish")
    community(session, place, "Market traders", code="traders")
    bring_in(session, tmp_path, row(communities="traders polish", phone="01632 960123"))
    found = one(session)
    assert (found.active_on, found.phone) == (found.basis_on, "+441632960123")
    assert [each.code for each in found.communities] == ["traders", "polish"]
    again = bring_in(session, tmp_path, row(communities="polish traders", phone="+44 1632 960123"))
    assert (again.unchanged, again.problems) == (1, [])
    bring_in(session, tmp_path, row(communities="polish"), may_update=True)
    assert [each.code for each in one(session).communities] == ["polish"]
    (cells,) = EXPORTS["kin"].rows(session, ExportOrder(place.path, None))
    assert ",".join("" if each is None else str(each) for each in cells) == row(
        communities="polish", phone="+441632960123"
    )


def test_a_telephone_number_that_is_none_and_a_missing_day_of_consent_are_told_with_their_columns(
    tmp_path: Path,
) -> None:
    table = table_of(tmp_path, row(phone="ask at the shop"), row("K2").removesuffix("2026-11-02"))
    assert [(each.line, each.column) for each in table.problems] == [(2, "phone"), (3, "recorded_on")]
    assert "with its area code" in table.problems[0].message


def test_a_community_of_another_neighbourhood_is_told(session: Session, place: Unit, tmp_path: Path) -> None:
    community(session, make.neighbourhood(session))
    outcome = bring_in(session, tmp_path, row(communities="polish"))
    assert message(outcome) == (
        "N1 has no community polish: correct the code, or import the community first."
    )
    assert outcome.problems[0].column == "communities"


def test_nobody_is_moved_by_a_file(session: Session, place: Unit, tmp_path: Path) -> None:
    make.neighbourhood(session, code="N2")
    bring_in(session, tmp_path, row())
    outcome = bring_in(session, tmp_path, row(where="N2"), may_update=True)
    assert outcome.problems[0].column == "neighbourhood"
    assert "is recorded in N1" in message(outcome)


def test_a_team_is_no_place_for_a_network(session: Session, tmp_path: Path) -> None:
    make.team(session, code="T1")
    outcome = bring_in(session, tmp_path, row(where="T1"), row("K2", where="T1"))
    assert told(outcome) == [(2, "neighbourhood"), (3, "neighbourhood")]


def test_a_record_that_was_merged_is_not_changed_by_an_old_file(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    kept = join(session, place, "Ann Kept", reference="K9")
    bring_in(session, tmp_path, row())
    merge(session, kept, one(session), stamp=NOBODY)
    outcome = bring_in(session, tmp_path, row(phone="01632 960123"), may_update=True)
    assert "merged into another record" in message(outcome)


def test_nobody_who_was_erased_comes_back_by_an_old_file(
    session: Session, place: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, row())
    forget(session, person_named(session, "key_individual:K1"), today=DAY, now=NOW, also_current=True)
    outcome = bring_in(session, tmp_path, row())
    assert message(outcome).startswith("Key individual K1 was erased on 16 November 2026")
    assert list(EXPORTS["kin"].rows(session, ExportOrder(None, None))) == []
