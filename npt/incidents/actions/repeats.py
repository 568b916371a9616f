"""Setting what a force calls a repeat location."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.incidents.models import RepeatRule
from npt.incidents.queries import repeat_rule_of
from npt.incidents.rules import Repeats, check_repeats
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.store.constraints import refusing
from npt.store.versions import check_version


@dataclass(frozen=True, slots=True)
class NotSet:
    """In place of a rule that a force has not set."""

    version: int = 0


NOT_SET = NotSet()


class NotAForce(Refusal):
    """What repeats is set for a whole force."""


def set_repeats(
    session: Session, force: Unit, rule: Repeats, *, stamp: Stamp, expected_version: int | None = None
) -> RepeatRule:
    """Set what the force calls a repeat location, from now on and looking back alike.

    `expected_version`: that of the rule that the person saw, 0 where none was set. NotAForce, BadRepeats,
    StaleRecord.
    """
    if force.level is not Level.FORCE:
        raise NotAForce("Repeat locations are set for a whole force: open the page of the force.")
    check_repeats(rule)
    lock_units(session, [force.id], for_closing=True)
    found = repeat_rule_of(session, force.path)
    check_version(found or NOT_SET, expected_version)
    if found is None:
        found = RepeatRule(unit_id=force.id)
        session.add(found)
    found.incidents, found.days, found.set_by_id = rule.incidents, rule.days, stamp.by
    with refusing(session):
        return found
