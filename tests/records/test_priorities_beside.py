"""What other rooms do with priorities: letters to leads, answers in the street, boundary reviews, files."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.commands.files import IMPORTS
from npt.engagement.models import Contact
from npt.engagement.queries import said_of_priorities
from npt.organisation.models import Unit
from npt.people.models import Holder, Member
from npt.priorities.actions import TooMany, carry_priority
from npt.priorities.models import Priority
from npt.priorities.queries import daily_parts, priority_in
from npt.priorities.rules import MOST_OPEN, Recorded
from npt.sheets.reading import read
from npt.store.exchange import ImportOrder
from tests import make
from tests.records.priority_desk import DAY, NOW, agreed, asked, lead_of, told


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def lead(session: Session, team: Unit) -> Member:
    return lead_of(session, team)


@pytest.fixture
def priority(session: Session, team: Unit, lead: Member) -> Priority:
    return agreed(session, team, lead)


def test_whoever_leads_a_priority_is_told_of_a_refusal_for_two_days(
    session: Session, lead: Member, priority: Priority
) -> None:
    account = make.account(session, email="lead@force.example")
    session.add(Holder(account_id=account.id, member_id=lead.id))
    asked(session, priority)

    def parts(days: int) -> list[tuple[int, str]]:
        today = DAY + timedelta(days=days)
        found = daily_parts(session, today=today, address=lambda code, key: f"{code}/{key}")
        return [(each.account_id, each.text.split()[-1]) for each in found]

    assert parts(0) == []
    told(session, priority, Recorded.NOT_SOLVED)
    address = f"T1/{priority.id}"
    assert [parts(0), parts(1), parts(2)] == [[(account.id, address)], [(account.id, address)], []]


def test_who_was_not_asked_counts_neither_for_nor_against_the_priorities(
    session: Session, team: Unit
) -> None:
    place = make.neighbourhood(session, under=team)
    for number, said in enumerate((True, True, False, None)):
        session.add(_contact(place, f"c{number}", said, NOW))
    session.flush()
    assert said_of_priorities(session, team.path, DAY, DAY) == (3, 2)
    assert said_of_priorities(session, team.path, DAY + timedelta(days=1), DAY + timedelta(days=2)) == (0, 0)


def test_a_file_of_contacts_leaves_what_was_said_of_the_priorities(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    place = make.neighbourhood(session, under=team, code="N1")
    made = _contact(place, "c1", False, NOW)
    session.add(made)
    session.flush()
    file = tmp_path / "contacts.csv"
    kind = IMPORTS["community-contacts"]
    file.write_text(f"{','.join(kind.shape.names)}\nc1,,2026-11-16T09:00,N1,Mill Lane,,,,,\n")
    order = ImportOrder(True, NOW, DAY)
    assert kind.save(session, [read(file, kind.shape).rows], order).problems == []
    session.refresh(made)
    assert (made.street, made.are_priorities_right) == ("Mill Lane", False)


def test_a_priority_goes_along_with_its_neighbourhood_to_the_team_that_has_room(
    session: Session, team: Unit, priority: Priority
) -> None:
    other = make.team(session, code="T2")
    into = make.neighbourhood(session, under=other)
    carry_priority(session, priority, into=into)
    session.expire_all()
    found = priority_in(session, other, priority.id)
    assert found is not None
    assert found.neighbourhood == into
    carry_priority(session, found, into=None)
    assert (found.unit_id, found.neighbourhood_id) == (other.id, None)


def test_a_team_that_has_five_takes_no_sixth_by_a_review_of_boundaries(
    session: Session, priority: Priority
) -> None:
    other = make.team(session, code="T2")
    lead = lead_of(session, other)
    for number in range(MOST_OPEN):
        agreed(session, other, lead, title=f"Litter {number}")
    with pytest.raises(TooMany):
        carry_priority(session, priority, into=make.neighbourhood(session, under=other))


def _contact(place: Unit, reference: str, said: bool | None, at: datetime) -> Contact:
    return Contact(
        unit_id=place.id,
        reference=reference,
        at=at,
        on_date=DAY,
        typed_at=at,
        received_at=at,
        are_priorities_right=said,
    )


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("T2,,Cars race,", "team", "is a priority of T1 here"),
        ("T1,N2,Cars race,", "neighbourhood", "is no neighbourhood of"),
        ("T1,,Mr Smith races his car,", "title", "seems to name somebody: Mr Smith"),
    ],
)
def test_a_file_corrects_a_priority_no_further_than_a_person_may(
    session: Session, tmp_path: Path, team: Unit, priority: Priority, row: str, column: str, why: str
) -> None:
    make.neighbourhood(session, under=make.team(session, code="T2"), code="N2")
    kind = IMPORTS["priorities"]
    file = tmp_path / "priorities.csv"
    file.write_text(f"{','.join(kind.shape.names)}\n{priority.reference},{row}resident,2026-09-01,,,\n")
    (told,) = kind.save(session, [read(file, kind.shape).rows], ImportOrder(True, NOW, DAY)).problems
    assert told.column == column
    assert why in told.message
