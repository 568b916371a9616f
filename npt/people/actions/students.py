"""Whether the student officers of a force count in its strength: set from a day on, corrected."""

from datetime import date

from sqlalchemy.orm import Session

from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import StudentRule
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class NotAForce(Refusal):
    """It was to be said of a unit that is no force whether its student officers count."""


class StudentRuleThere(Refusal):
    """The force has said so from that day on already."""


name_violation(
    "uq_student_rule_unit_id_starts_on",
    lambda: StudentRuleThere(
        "The force has already set this from that day: open the page again and correct it.",
        field="starts_on",
    ),
)


def set_student_rule(
    session: Session, *, force: Unit, starts_on: date, is_counted: bool, stamp: Stamp
) -> StudentRule:
    """Let student officers of `force` count in its strength, or not, from `starts_on` until the next rule.

    NotAForce, DayOutOfRange, StudentRuleThere.
    """
    if force.level is not Level.FORCE:
        raise NotAForce(f"{force.code} is not a force: set it for the whole force.", field="unit")
    check_day(starts_on, "starts_on")
    rule = StudentRule(
        unit=force, starts_on=starts_on, is_counted=is_counted, account_id=stamp.by, changed_at=stamp.now
    )
    with refusing(session):
        session.add(rule)
    return rule


def change_student_rule(
    session: Session,
    rule: StudentRule,
    *,
    is_counted: bool,
    stamp: Stamp,
    expected_version: int | None = None,
) -> StudentRule:
    """Correct whether they count. StaleRecord. What changes nothing stays as it was said."""
    check_version(rule, expected_version)
    if rule.is_counted != is_counted:
        rule.is_counted, rule.account_id, rule.changed_at = is_counted, stamp.by, stamp.now
    with refusing(session):
        return rule
