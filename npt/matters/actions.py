"""Opening a matter, the row that work, files and shares point to, and handing it to another unit."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.matters.rules import MatterKind, check_reference
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing
from npt.store.references import free_reference


class ReferenceTaken(Refusal):
    """Another matter has the reference."""


name_violation(
    "uq_matter_reference",
    lambda: ReferenceTaken("Another record has this reference: give another one.", field="reference"),
)


#: Does what has to follow when a matter gets another unit.
HandOver = Callable[[Session, Matter, Stamp], None]
_FOLLOWING: list[HandOver] = []


def follow_hand_over(follow: HandOver) -> None:
    """Let a floor above, which this one does not know, follow when a matter is handed over.

    Shares are the case: whoever has the matter now confirms each of them.
    """
    if follow not in _FOLLOWING:
        _FOLLOWING.append(follow)


def open_matter(
    session: Session,
    *,
    kind: MatterKind,
    title: str,
    unit: Unit,
    opened_on: date,
    reference: str | None = None,
) -> Matter:
    """A new matter of `unit`, sent to the database. Without a reference it gets the next of its kind.

    ReferenceTaken, BadReference.
    """
    if reference is not None:
        check_reference(reference)
    # What no record can have stands there until the key, which makes the reference, is known.
    matter = Matter(
        kind=kind, title=title, unit=unit, opened_on=opened_on, reference=reference or f"~{uuid4().hex}"
    )
    with refusing(session):
        session.add(matter)
    if reference is None:
        matter.reference = free_reference(session, Matter.reference, kind.reference(matter.id))
        with refusing(session):
            session.flush()
    return matter


def hand_over(session: Session, matter: Matter, *, unit: Unit, stamp: Stamp) -> None:
    """Give the matter to another unit, and let follow what has to. The only way in which its unit changes."""
    if matter.unit_id == unit.id:
        return
    matter.unit = unit
    session.flush()
    for follow in _FOLLOWING:
        follow(session, matter, stamp)
