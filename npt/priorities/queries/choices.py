"""What forms offer: who may lead, which problems a team has open, and which names may not be published."""

from datetime import date

from sqlalchemy import select, union
from sqlalchemy.orm import Session, contains_eager

from npt.kin.models import KeyIndividual
from npt.kin.rules import Stage
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.people.queries import members_of
from npt.priorities.models import Originator, Priority
from npt.problems.models import Problem


def leads_of(session: Session, team: Unit, today: date) -> list[Member]:
    """Who may lead a priority of a team: its members of today, by name."""
    members = {each.member.id: each.member for each in members_of(session, team.path, today)}
    return sorted(members.values(), key=lambda each: (each.name, each.number))


def problems_open(session: Session, path: str) -> list[Problem]:
    """The open problem records at or under a path, the newest first, with their matters."""
    asked = (
        select(Problem)
        .join(Problem.matter)
        .join(Matter.unit)
        .options(contains_eager(Problem.matter).contains_eager(Matter.unit))
        .where(within(path), Matter.closed_on.is_(None))
    )
    return list(session.scalars(asked.order_by(Problem.id.desc())))


def names_known(session: Session, team: Unit, today: date) -> list[str]:
    """The full names of people whom a wording of a team must not name: those who work there, its key
    individuals, and whoever raised a priority of it.
    """
    individuals = (
        select(KeyIndividual.name)
        .join(Unit, Unit.id == KeyIndividual.unit_id)
        .where(within(team.path), KeyIndividual.stage != Stage.MERGED)
    )
    originators = (
        select(Originator.name)
        .join(Priority, Priority.id == Originator.priority_id)
        .where(Priority.unit_id == team.id, Originator.name.is_not(None))
    )
    named = session.scalars(union(individuals, originators))
    return sorted({*named, *(each.name for each in leads_of(session, team, today))})
