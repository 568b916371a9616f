"""What other rooms do with priorities: letters to leads, answers in the street, boundary reviews, files."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.commands.files import IMPORTS
from npt.engagement.models import Contact
from npt.engagement.queries import said_of_priorities
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.people.models import Holder, Member, Posting
from npt.priorities.actions import Carried, CarriedMeanwhile, TooMany, carry_over, carry_priority
from npt.priorities.actions.carrying import NotASuccessor, NothingChosen
from npt.priorities.models import Priority
from npt.priorities.queries import (
    agreed_of,
    daily_parts,
    left_behind,
    priority_in,
    teams_with_left_behind,
)
from npt.priorities.rules import MOST_OPEN, Ending, Recorded
from npt.sheets.reading import read
from npt.store.exchange import ImportOrder
from tests import make
from tests.records.priority_desk import DAY, FILE, NOW, agreed, asked, lead_of, proposed, told


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
    carry_priority(session, priority, into=into, stamp=FILE)
    session.expire_all()
    found = priority_in(session, other, priority.id)
    assert found is not None
    assert found.neighbourhood == into
    assert found.problem is not None
    assert found.problem.matter.unit == other
    carry_priority(session, found, into=None, stamp=FILE)
    assert (found.unit_id, found.neighbourhood_id) == (other.id, None)


def test_a_team_that_has_five_takes_no_sixth_by_a_review_of_boundaries(
    session: Session, priority: Priority
) -> None:
    other = make.team(session, code="T2")
    lead = lead_of(session, other)
    for number in range(MOST_OPEN):
        agreed(session, other, lead, title=f"Litter {number}")
    with pytest.raises(TooMany):
        carry_priority(session, priority, into=make.neighbourhood(session, under=other), stamp=FILE)


def test_a_record_behind_two_priorities_stays_with_the_team_that_keeps_one(
    session: Session, team: Unit, priority: Priority
) -> None:
    kept = proposed(session, team)
    kept.problem_id = priority.problem_id
    session.flush()
    carry_priority(session, priority, into=make.team(session, code="T2"), stamp=FILE)
    assert priority.problem is not None
    assert priority.problem.matter.unit_id == team.id


class Closed(NamedTuple):
    """T1 has closed; T2 and T3 took over from it."""

    team: Unit
    first: Unit
    second: Unit


@pytest.fixture
def closed(session: Session, team: Unit, priority: Priority) -> Closed:
    area = session.get_one(Unit, team.parent_id)
    first, second = (make.team(session, under=area, code=code) for code in ("T2", "T3"))
    for posting in session.scalars(select(Posting)):
        posting.ends_on = DAY - timedelta(days=1)
    session.flush()
    close_unit(session, team, on=DAY - timedelta(days=1), taken_over_by=[first, second])
    return Closed(team, first, second)


def carry(session: Session, closed: Closed, **chosen: Any) -> Carried:
    return carry_over(
        session, closed=closed.team, **{"to": {}, "stopped": [], **chosen}, stamp=FILE, today=DAY
    )


def test_the_priorities_of_a_closed_team_wait_until_somebody_says_who_solves_them(
    session: Session, closed: Closed, priority: Priority
) -> None:
    other = proposed(session, closed.first, title="Litter")
    area = Lineage.parse(closed.team.path).parent
    assert area is not None
    last = DAY - timedelta(days=1)
    assert teams_with_left_behind(session, area.path, as_at=DAY) == [closed.team]
    assert left_behind(session, closed.team, as_at=DAY) == [priority]
    assert teams_with_left_behind(session, area.path, as_at=last) == []
    assert left_behind(session, closed.team, as_at=last) == []
    with pytest.raises(NothingChosen):
        carry(session, closed)
    with pytest.raises(CarriedMeanwhile):
        carry(session, closed, to={other.id: "T3"})
    with pytest.raises(NotASuccessor):
        carry(session, closed, to={priority.id: "T1"})
    carry(session, closed, to={priority.id: "T3"})
    assert left_behind(session, closed.team, as_at=DAY) == []
    assert teams_with_left_behind(session, area.path, as_at=DAY) == []
    assert agreed_of(session, closed.second) == [priority]


def test_a_priority_that_no_team_takes_over_is_no_longer_chosen_for_that_reason(
    session: Session, closed: Closed, priority: Priority
) -> None:
    carry(session, closed, stopped=[priority.id])
    assert (priority.ending, priority.end_reason) == (
        Ending.NOT_CHOSEN,
        f"{closed.team.name} has closed, and no team took it over.",
    )


def test_a_team_with_five_gets_no_sixth_from_one_that_closed(
    session: Session, closed: Closed, priority: Priority
) -> None:
    lead = lead_of(session, closed.first)
    for number in range(MOST_OPEN):
        agreed(session, closed.first, lead, title=f"Litter {number}")
    with pytest.raises(TooMany) as refused:
        carry(session, closed, to={priority.id: "T2"})
    assert refused.value.field == f"priority_{priority.id}"


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
