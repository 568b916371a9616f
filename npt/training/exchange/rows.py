"""The columns of the file of training, a row of it, and what is recorded as rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.organisation.rules import Lineage
from npt.people.exchange import erased_numbers
from npt.people.models import Holder, Member, Posting
from npt.people.queries import members_numbered
from npt.sheets.columns import BadCell, Column, Shape, code, day, integer, text
from npt.store.batches import batches
from npt.store.keyed import KeyedRow
from npt.store.rows import Lookup
from npt.training.actions import LONGEST_BODY
from npt.training.models import Completion, Registration


def _module_number(text: str) -> int:
    number = integer(text)
    if not 1 <= number <= 999:
        raise BadCell("is not the number of a module: modules are counted from 1")
    return number


SHAPE = Shape(
    "training",
    (
        Column("number", code, hint="the member's force number"),
        Column("programme", code, hint="the code of the programme, like certificate or sara"),
        Column("registered", day, hint="the day of the registration, like 2008-01-14"),
        Column("module", _module_number, is_required=False),
        Column("completed", day, is_required=False),
        Column("verified", day, is_required=False),
        Column("verified_by", code, is_required=False),
        Column("external_asked", day, is_required=False),
        Column("external_granted", day, is_required=False),
        Column("external_by", text(LONGEST_BODY), is_required=False),
        Column("withdrawn", day, is_required=False),
    ),
)
#: the fields of a row that only a module has, and only a registration
OF_MODULE = ("completed_on", "verified_on", "verified_by")
_OF_REGISTRATION = ("asked_on", "granted_on", "granted_by", "withdrawn_on")


class Learner(NamedTuple):
    """A member, and the force whose programmes they learn by: that of their latest posting."""

    member: Member
    force: Unit


def _learners(session: Session, numbers: Collection[str]) -> dict[str, Learner]:
    members = members_numbered(session, numbers)
    forces: dict[int, str] = {}
    for some in batches(sorted(member.id for member in members.values())):
        asked = select(Posting.member_id, Unit.path).join(Posting.unit)
        asked = asked.where(Posting.member_id.in_(some)).order_by(Posting.starts_on, Posting.id)
        for member_id, path in session.execute(asked):
            forces[member_id] = Lineage.parse(path).codes[0]
    units = units_coded(session, set(forces.values()))
    return {
        number: Learner(member, units[forces[member.id]])
        for number, member in members.items()
        if member.id in forces
    }


LEARNERS_NUMBERED = Lookup(
    _learners,
    "There is no member {} who is or was posted: correct the number, or import the member and the posting"
    " first.",
    lambda learner: str(learner.member.number),
    erased_numbers,
)


@dataclass(frozen=True, slots=True)
class TrainingRow(KeyedRow):
    """One row of the file."""

    learner: Learner
    programme: str
    registered_on: date
    module: int | None = None
    completed_on: date | None = None
    verified_on: date | None = None
    verified_by: Member | None = None
    asked_on: date | None = None
    granted_on: date | None = None
    granted_by: str | None = None
    withdrawn_on: date | None = None

    def misfits(self) -> Iterator[Refusal]:
        """What does not fit what the row is about, or is missed beside something else.

        An empty `verified_by` beside a verification is left to the import: so is written who has no number.
        """
        about = "a module" if self.module else "a registration (module is empty)"
        for name in _OF_REGISTRATION if self.module else OF_MODULE:
            if getattr(self, name) is not None:
                yield Refusal(
                    f"The row is about {about}, which has none of this: empty the cell.", field=name
                )
        if self.module and self.completed_on is None:
            yield Refusal(
                "It is empty: give the day on which the module was completed.", field="completed_on"
            )
        if self.module and self.verified_by is not None and self.verified_on is None:
            yield Refusal(
                "It is empty, but verified_by is not: give the day of the verification.", field="verified_on"
            )
        if not self.module and (self.granted_on is None) != (self.granted_by is None):
            yield Refusal(
                "It is empty: give both the day of the external verification and who granted it.",
                field="granted_on" if self.granted_on is None else "granted_by",
            )


class Recorded(NamedTuple):
    """A registration, or a completed module of it and the member who verified that."""

    registration: Registration
    completion: Completion | None = None
    verifier: Member | None = None

    @property
    def row(self) -> TrainingRow:
        """The same as the file has it."""
        registration, completion, verifier = self
        programme = registration.programme
        row = TrainingRow(
            0, Learner(registration.member, programme.unit), programme.code, registration.registered_on
        )
        if completion is None:
            return replace(
                row,
                asked_on=registration.asked_on,
                granted_on=registration.granted_on,
                granted_by=registration.granted_by,
                withdrawn_on=registration.withdrawn_on,
            )
        return replace(
            row,
            module=completion.module.number,
            completed_on=completion.completed_on,
            verified_on=completion.verified_on,
            verified_by=verifier,
        )


def recorded(session: Session, registrations: Sequence[Registration]) -> Iterator[Recorded]:
    """The registrations, which are whole, each before its completed modules."""
    accounts = {each.verified_by_id for one in registrations for each in one.completions}
    holders: dict[int | None, Member] = {}
    for some in batches(sorted(account for account in accounts if account is not None)):
        asked = select(Holder.account_id, Member).join(Holder.member).where(Holder.account_id.in_(some))
        holders.update((account, member) for account, member in session.execute(asked))
    for registration in registrations:
        yield Recorded(registration)
        for done in sorted(registration.completions, key=lambda each: each.module.number):
            yield Recorded(registration, done, done.verified_by_member or holders.get(done.verified_by_id))
