"""Whoever is erased, every figure of a small force stays what it was, to the byte, and the journal whole."""

import json
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.queries import definitions
from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.journal.queries import verify
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.performance.exchange import headrooms_as_json, rates_as_json
from npt.performance.queries import headrooms_under, rates
from npt.staffing.exchange import staffing_as_json
from npt.staffing.queries import staffing_of
from npt.store.transaction import writing
from npt.training.actions import add_shipped_programme, complete_many, register_many
from npt.training.queries import programmes_of, training_of
from npt.training.rules import SHIPPED_PROGRAMMES
from tests import make
from tests.records.desk import NOW
from tests.records.small_force import DAYS, SmallForce

MONTHS = (Month.of(DAYS[0]), Month.of(DAYS[-1]))


def trained(force: SmallForce) -> None:
    """Some have a course, volunteers gave time, and posts are established."""
    with Session(force.engine) as session, writing(session):
        members = [session.get_one(Member, key) for key in force.members]
        programme = add_shipped_programme(
            session, force=make.force(session), shipped=SHIPPED_PROGRAMMES[0], needed_from=DAYS[0]
        )
        before = DAYS[0] - timedelta(days=90)
        register_many(session, members=members[:4], programme=programme, registered_on=before, today=DAYS[-1])
        complete_many(
            session,
            members=members[:2],
            programme=programme,
            numbers=[1, 2],
            completed_on=DAYS[0],
            today=DAYS[-1],
        )
        make.establishment(session, unit=session.get_one(Unit, force.teams[0]))


def figures(force: SmallForce) -> str:
    """Every figure of the force and of its teams, as the product gives them out."""
    with Session(force.engine) as session:
        team = session.get_one(Unit, force.teams[0])
        unit = session.scalars(select(Unit).where(Unit.level == Level.FORCE)).first()
        assert unit is not None
        programmes = programmes_of(session, unit.path)
        told: list[object] = []
        for definition in definitions(session):
            for each in (None, Level.TEAM):
                rows = rates(
                    session, unit=unit, first=MONTHS[0], last=MONTHS[1], each=each, definition=definition.code
                )
                told.append(rates_as_json(rows))
                for month in MONTHS:
                    rooms = headrooms_under(
                        session, unit=unit, month=month, today=DAYS[3], each=each, definition=definition.code
                    )
                    told.append(headrooms_as_json(rooms))
        for day in DAYS:
            told.append(staffing_as_json(staffing_of(session, unit, day, with_children=True)))
            training = training_of(session, team, day, programmes)
            told.append([str(training.counts(programme)) for programme in programmes])
        return json.dumps(told, sort_keys=True)


def forgotten(force: SmallForce, chosen: list[int]) -> None:
    """Erase these members."""
    with Session(force.engine) as session, writing(session):
        for key in chosen:
            person = person_named(session, session.get_one(Member, key).number)
            forget(session, person, today=DAYS[-1], now=NOW, also_current=True)


def test_no_figure_changes_by_an_erasure_and_none_after_it_is_wrong(session: Session) -> None:
    chance = Random(2)
    force = SmallForce(session.get_bind())  # type: ignore[arg-type]  # an engine
    trained(force)
    for _ in range(20):
        force.anything(chance.randrange(len(force.members)), chance)
    before = figures(force)
    assert '"rate": "' in before
    forgotten(force, chance.sample(force.members, 3))
    assert figures(force) == before
    assert force.wrong() == []
    for _ in range(10):
        force.anything(chance.randrange(len(force.members)), chance)
        force.undo_last(chance.randrange(3), chance.choice(DAYS))
    assert force.wrong() == []
    with Session(force.engine) as other:
        assert verify(other).is_whole
        assert len([name for name in other.scalars(select(Member.name)) if name.startswith("Erased")]) == 3
