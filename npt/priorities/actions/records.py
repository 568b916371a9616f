"""The problem record of a priority that has none yet, started from what is known of the priority."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.people.models import Member
from npt.priorities.models import Priority
from npt.priorities.rules import OriginatorKind
from npt.problems.actions import KeyedFacts, StartFacts, key_in_problem
from npt.problems.models import Problem
from npt.problems.rules import Noticed, Stage
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

    RecordLacks; else as `key_in_problem` refuses.
    """
    if new.category is None:
        raise RecordLacks("Choose what kind of problem it is: a new record needs it.", field="category")
    first = priority.first
    kind = OriginatorKind.OFFICER if first is None else first.kind
    start = StartFacts(
        team=priority.unit,
        title=priority.title,
        category=new.category,
        place=new.place or "",
        noticed=Noticed(kind.value),
        harmed=new.harmed or "",
    )
    owner = Owner(OwnerKind.MEMBER, lead.id)
    facts = KeyedFacts(start, owner, Stage.SCANNING, priority.raised_on)
    return key_in_problem(session, facts=facts, stamp=stamp)
