"""Giving work to somebody: they have to be known in the force, and still there."""

from datetime import date

from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.work.queries import OwnerLine, owner_line, owners_named
from npt.work.rules import Owner, OwnerElsewhere, OwnerGone, OwnerKind, UnknownOwner


def owner_called(session: Session, text: str, unit: Unit, today: date) -> Owner:
    """The owner whom a text names, for work of the unit: a force number, an email address, an agency's code.

    UnknownOwner, OwnerElsewhere, OwnerGone.
    """
    text = text.strip()
    line = owners_named(session, [text], today).get(text)
    if line is None:
        raise _unknown(text, UnknownOwner)
    return _checked(line, text, unit)


def check_owner(
    session: Session, owner: Owner, unit: Unit, today: date, *, before: Owner | None = None
) -> None:
    """Refuse an owner of another force, or who has gone, unless they owned the work before.

    UnknownOwner, OwnerElsewhere, OwnerGone.
    """
    if owner == before:
        return
    line = owner_line(session, owner, today)
    if line is None:
        raise _unknown("", UnknownOwner)
    _checked(line, line.note, unit)


def _checked(line: OwnerLine, text: str, unit: Unit) -> Owner:
    force = Lineage.parse(unit.path).codes[0]
    if line.owner.kind is not OwnerKind.AGENCY and force not in line.forces:
        raise _unknown(text, OwnerElsewhere)
    if line.is_gone:
        why = "has closed" if line.owner.kind is OwnerKind.AGENCY else "has left, or their account is closed"
        raise OwnerGone(f"{line.name} {why}: choose another owner.", field="owner")
    return line.owner


def _unknown(text: str, refusal: type[UnknownOwner]) -> UnknownOwner:
    named = f"“{text[:40]}”" if text else "one of that name"
    return refusal(
        f"There is no {named} in this force to own it: give a force number, the email address of an account,"
        " or the code of an agency.",
        field="owner",
    )
