"""Whether student officers count in strength: the dated rules of a force, and the condition they make."""

from datetime import date

from sqlalchemy import ColumnElement, Select, case, false, func, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from npt.organisation.models import Unit
from npt.organisation.queries import at_or_under, within
from npt.organisation.rules import Lineage
from npt.people.models import Posting, StudentRule
from npt.people.rules import PostingKind
from npt.store.dated import Day
from npt.store.loading import loaded_with


def counts_in_strength(day: Day) -> ColumnElement[bool]:
    """The condition that a posting, joined to its unit, is one of those that strength is made of on `day`.

    The one condition of all figures of strength: the posting of a student officer counts where the rule of
    the force that holds on the day says so, every other one does.
    """
    force = aliased(Unit)
    rule = (
        select(StudentRule.is_counted)
        .join(force, force.id == StudentRule.unit_id)
        .where(at_or_under(Unit, force), StudentRule.starts_on <= day)
        .order_by(StudentRule.starts_on.desc())
        .limit(1)
        .correlate(Unit)
        .scalar_subquery()
    )
    # Not OR, whose other side SQLite works out for every posting.
    return case((Posting.kind != PostingKind.STUDENT, true()), else_=func.coalesce(rule, false()))


def left_out_of_strength(session: Session, path: str, day: date) -> set[int]:
    """The postings at or under `path` that hold on `day` and are not in strength: of student officers."""
    asked = select(Posting.id).join(Posting.unit).where(within(path), Posting.holding(day))
    return set(session.scalars(asked.where(~counts_in_strength(day))))


def student_rules(session: Session, path: str) -> list[StudentRule]:
    """The rules of the force that the unit at `path` belongs to, with who set them; the earliest first."""
    force = Lineage.parse(path).codes[0]
    asked = _rules().where(Unit.code == force).order_by(StudentRule.starts_on)
    return list(session.scalars(asked))


def student_rules_under(session: Session, path: str | None) -> list[StudentRule]:
    """The rules of the forces at or under `path` (all, without one), by force and day."""
    asked = _rules().order_by(Unit.path, StudentRule.starts_on)
    return list(session.scalars(asked if path is None else asked.where(within(path))))


def student_rule_in(session: Session, unit: Unit, student_rule_id: int) -> StudentRule | None:
    """The rule of this key, when it is the unit's own."""
    return session.scalar(_rules().where(StudentRule.id == student_rule_id, Unit.id == unit.id))


def _rules() -> Select[StudentRule]:
    return loaded_with(StudentRule, StudentRule.unit).options(joinedload(StudentRule.account))
