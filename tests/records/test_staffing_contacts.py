"""Named contacts of neighbourhoods: who may be one, who answers on a day, the file."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.kit.spans import EndsBeforeItStarts
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, PostingKind
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.staffing.actions import (
    ContactOverlaps,
    NeighbourhoodNotOpen,
    NotANeighbourhood,
    NotOfTheTeam,
    OwnDeputy,
    change_contact,
    name_contact,
)
from npt.staffing.exchange import EXPORTS, IMPORTS
from npt.staffing.queries import candidates, contacts_under, cover_of
from npt.staffing.rules import Answering, Claim, ContactKind
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from npt.store.versions import StaleRecord
from tests import make

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DEPUTY = ContactKind.DEPUTY


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def neighbourhood(session: Session, team: Unit) -> Unit:
    return make.neighbourhood(session, under=team, code="N1")


def nobody_away(_session: Session, _members: Collection[int], _day: date) -> Mapping[int, str]:
    return {}


def answering(session: Session, unit: Unit, away: Mapping[int, str] | None = None) -> list[Answering]:
    found = cover_of(session, unit, DAY, away=lambda _session, _members, _day: away or {})
    return [cover.answering for cover in found]


# Who may be named -------------------------------------------------------------------------------------------


def test_a_contact_is_a_constable_or_pcso_of_the_neighbourhoods_team(
    session: Session, team: Unit, neighbourhood: Unit
) -> None:
    sergeant = make.member(session, role=PolicingRole.SERGEANT, team=team)
    stranger = make.member(session, team=make.team(session))
    fit = [make.member(session, role=role, team=team) for role in (PolicingRole.CONSTABLE, PolicingRole.PCSO)]
    for member in (sergeant, stranger):
        with pytest.raises(NotOfTheTeam, match="post them to the team first"):
            make.contact(session, neighbourhood=neighbourhood, member=member)
    assert {member.id for member in candidates(session, neighbourhood, DAY)} == {member.id for member in fit}


def test_only_a_neighbourhood_has_contacts(session: Session, team: Unit) -> None:
    with pytest.raises(NotANeighbourhood):
        make.contact(session, neighbourhood=team, member=make.member(session, team=team))


def test_a_neighbourhood_has_one_contact_and_one_deputy_a_day(session: Session, neighbourhood: Unit) -> None:
    make.contact(session, neighbourhood=neighbourhood, ends_on=DAY)
    make.contact(session, neighbourhood=neighbourhood, kind=DEPUTY)
    with pytest.raises(ContactOverlaps, match="to 16 November 2026"):
        make.contact(session, neighbourhood=neighbourhood, starts_on=DAY)
    make.contact(session, neighbourhood=neighbourhood, starts_on=DAY + timedelta(days=1))


def test_a_new_contact_may_end_the_one_before(session: Session, team: Unit, neighbourhood: Unit) -> None:
    before = make.contact(session, neighbourhood=neighbourhood)
    name_contact(
        session,
        neighbourhood=neighbourhood,
        member=make.member(session, team=team),
        kind=ContactKind.CONTACT,
        starts_on=DAY,
        ends_previous=True,
    )
    assert before.ends_on == DAY - timedelta(days=1)


def test_nobody_is_their_own_deputy(session: Session, neighbourhood: Unit) -> None:
    member = make.contact(session, neighbourhood=neighbourhood).member
    with pytest.raises(OwnDeputy):
        make.contact(session, neighbourhood=neighbourhood, member=member, kind=DEPUTY)


def test_days_on_which_a_contact_cannot_be_named_are_refused(session: Session, team: Unit) -> None:
    place = make.neighbourhood(session, under=team, opened_on=DAY, closed_on=DAY + timedelta(days=9))
    with pytest.raises(EndsBeforeItStarts):
        make.contact(session, neighbourhood=place, starts_on=DAY, ends_on=DAY - timedelta(days=1))
    with pytest.raises(NeighbourhoodNotOpen, match="opened on"):
        make.contact(session, neighbourhood=place, starts_on=DAY - timedelta(days=1), ends_on=DAY)
    with pytest.raises(NeighbourhoodNotOpen, match="closed on"):
        make.contact(session, neighbourhood=place, starts_on=DAY, ends_on=DAY + timedelta(days=10))


def test_a_correction_by_somebody_who_saw_an_older_version_is_refused(
    session: Session, neighbourhood: Unit
) -> None:
    contact = make.contact(session, neighbourhood=neighbourhood)
    change_contact(session, contact, member=contact.member, ends_on=DAY, expected_version=1)
    with pytest.raises(StaleRecord):
        change_contact(session, contact, member=contact.member, ends_on=None, expected_version=1)


# Who answers ------------------------------------------------------------------------------------------------


def test_the_deputy_answers_while_the_contact_is_away_and_the_team_while_both_are(
    session: Session, neighbourhood: Unit
) -> None:
    contact = make.contact(session, neighbourhood=neighbourhood).member_id
    deputy = make.contact(session, neighbourhood=neighbourhood, kind=DEPUTY).member_id
    assert answering(session, neighbourhood) == [Answering.CONTACT]
    assert answering(session, neighbourhood, {contact: "Leave"}) == [Answering.DEPUTY]
    assert answering(session, neighbourhood, {contact: "Leave", deputy: "Leave"}) == [Answering.TEAM]


def test_a_contact_who_is_lent_or_gone_is_none(session: Session, team: Unit, neighbourhood: Unit) -> None:
    member = make.contact(session, neighbourhood=neighbourhood).member
    make.posting(
        session,
        member=member,
        unit=make.team(session),
        role=PolicingRole.PCSO,
        kind=PostingKind.ATTACHMENT,
        starts_on=DAY,
    )
    (cover,) = cover_of(session, team, DAY, away=nobody_away)
    assert cover.contact is not None
    assert (cover.contact.claim, cover.has_contact, cover.answering) == (
        Claim.LEFT,
        False,
        Answering.NOBODY,
    )
    (before,) = cover_of(session, team, DAY - timedelta(days=1), away=nobody_away)
    assert before.answering is Answering.CONTACT


def test_every_neighbourhood_of_the_day_is_listed_named_or_not(session: Session, team: Unit) -> None:
    make.neighbourhood(session, under=team, code="N1")
    make.neighbourhood(session, under=team, code="N2", closed_on=DAY - timedelta(days=1))
    make.contact(session, neighbourhood=make.neighbourhood(session, under=team, code="N3"), ends_on=DAY)
    found = cover_of(session, team, DAY, away=nobody_away)
    assert [(cover.neighbourhood.code, cover.answering) for cover in found] == [
        ("N1", Answering.NOBODY),
        ("N3", Answering.CONTACT),
    ]


# The file ---------------------------------------------------------------------------------------------------


def bring_in(session: Session, folder: Path, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / "contacts.csv"
    path.write_text("unit,number,from,to,kind\n" + rows, encoding="utf-8")
    kind = IMPORTS["contacts"]
    table = read(path, kind.shape)
    assert table.problems == []
    return kind.save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


@pytest.fixture
def people(session: Session, team: Unit, neighbourhood: Unit) -> None:
    for number in ("1", "2"):
        make.member(session, number=number, team=team)


@pytest.mark.usefixtures("people")
def test_the_same_file_of_contacts_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    rows = "N1,1,2026-04-01,,\nN1,2,2026-04-01,2026-12-31,deputy\n"
    assert counts(bring_in(session, tmp_path, rows)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, rows)) == (0, 0, 2)


@pytest.mark.usefixtures("people")
def test_a_file_may_end_one_contact_and_name_the_next_in_any_order(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "N1,1,2026-04-01,,contact\n")
    rows = "N1,2,2026-11-01,,contact\nN1,1,2026-04-01,2026-10-31,contact\n"
    refused = bring_in(session, tmp_path, rows)
    assert {(problem.line, problem.column) for problem in refused.problems} == {(2, "from"), (3, "number")}
    assert counts(bring_in(session, tmp_path, rows, may_update=True)) == (1, 1, 0)


@pytest.mark.usefixtures("people")
def test_every_bad_line_of_contacts_is_told_with_its_column(session: Session, tmp_path: Path) -> None:
    make.member(session, number="3", team=make.team(session))
    outcome = bring_in(
        session,
        tmp_path,
        "N1,1,2026-04-01,,\n"
        "N9,1,2026-04-01,,\n"
        "N1,9,2026-04-01,,\n"
        "T1,1,2026-04-01,,\n"
        "N1,3,2020-04-01,2020-05-01,\n"
        "N1,1,2021-04-01,2021-03-01,\n"
        "N1,2,2026-04-01,,\n"
        "N1,1,2026-05-01,,deputy\n",
    )
    assert sorted((problem.line, problem.column) for problem in outcome.problems) == [
        (3, "unit"),
        (4, "number"),
        (5, "unit"),
        (6, "number"),
        (7, "to"),
        (8, "from"),
        (9, "number"),
    ]
    assert outcome.added == 1


@pytest.mark.usefixtures("people")
def test_an_export_of_contacts_reads_back_unchanged(session: Session, tmp_path: Path, team: Unit) -> None:
    make.contact(session, neighbourhood=make.neighbourhood(session, code="OTHER"))
    bring_in(session, tmp_path, "N1,1,2026-04-01,2026-09-30,\nN1,2,2026-10-01,,\nN1,1,2026-10-01,,deputy\n")
    kind, path = EXPORTS["contacts"], tmp_path / "out.csv"
    write(path, kind.shape.names, kind.rows(session, ExportOrder(team.path, None)))
    assert path.read_text(encoding="utf-8").splitlines() == [
        "unit,number,from,to,kind",
        "N1,1,2026-04-01,2026-09-30,contact",
        "N1,2,2026-10-01,,contact",
        "N1,1,2026-10-01,,deputy",
    ]
    order = ImportOrder(False, NOW, NOW.date())
    assert counts(IMPORTS["contacts"].save(session, [read(path, kind.shape).rows], order)) == (0, 0, 3)
    in_month = list(kind.rows(session, ExportOrder(team.path, Month(2026, 9))))
    assert [row[1] for row in in_month] == ["1"]
    assert len(contacts_under(session, None)) == 4
