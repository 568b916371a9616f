"""The problem record of a priority that has none yet, started from what is known of the priority."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import open_matter
from npt.matters.rules import MatterKind
from npt.people.models import Member
from npt.priorities.models import Priority
from npt.priorities.rules import OriginatorKind
from npt.problems.models import Problem
from npt.problems.rules import Noticed, Stage
from npt.store.constraints import refusing
from npt.work.rules import Owner, OwnerKind


class RecordLacks(Refusal):
    """A problem record was to be started without what each needs."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a new problem record needs beside what its priority says."""

    category: Category | None
    place: str | None
    harmed: str | None


def start_record(
    session: Session, priority: Priority, *, lead: Member, new: NewRecord, stamp: Stamp
) -> Problem:
    """A problem record of the priority, owned by its lead, at the first stage; sent to the database.

    RecordLacks.
    """
    if new.category is None:
        raise RecordLacks("Choose what kind of problem it is: a new record needs it.", field="category")
    if not (new.place or "").strip():
        raise RecordLacks("Say where it is: a new record needs it.", field="place")
    if not (new.harmed or "").strip():
        raise RecordLacks("Say who is harmed: a new record needs it.", field="harmed")
    first = priority.first
    kind = OriginatorKind.OFFICER if first is None else first.kind
    problem = Problem(
        matter=open_matter(
            session,
            kind=MatterKind.PROBLEM,
            title=priority.title,
            unit=priority.neighbourhood or priority.unit,
            opened_on=priority.raised_on,
        ),
        category=new.category,
        stage=Stage.SCANNING,
        place=new.place,
        noticed=Noticed(kind.value),
        harmed=new.harmed,
        recorded_by_id=stamp.by,
        recorded_at=stamp.now,
    )
    problem.owner = Owner(OwnerKind.MEMBER, lead.id)
    with refusing(session):
        session.add(problem)
    return problem
