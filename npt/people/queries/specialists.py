"""Neighbourhood specialist officers (NSOs), and which PCSOs they line-manage.

What is recorded counts on a day only as far as the postings go: an NSO is one while posted as the constable
that was marked, and line-manages a PCSO while that is posted to a team of the same area.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session, aliased, contains_eager

from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import LineManagement, Member, Posting, Specialist
from npt.people.rules import PolicingRole
from npt.store.batches import found_by
from npt.store.dated import Day


def is_specialist_on(day: Day) -> ColumnElement[bool]:
    """The condition that a mark of an NSO, joined to its posting, holds on `day`."""
    return and_(Specialist.holding(day), Posting.holding(day))


def manages_on(day: Day) -> ColumnElement[bool]:
    """The condition that line management holds on `day`; mark, its posting and the posting's unit are joined.

    Teams of one area have the same unit above them.
    """
    posted, team = aliased(Posting), aliased(Unit)
    is_in_the_area = exists().where(
        posted.member_id == LineManagement.member_id,
        posted.role == PolicingRole.PCSO,
        posted.holding(day),
        team.id == posted.unit_id,
        team.parent_id == Unit.parent_id,
    )
    return and_(LineManagement.holding(day), is_specialist_on(day), is_in_the_area)


def marks_under(session: Session, path: str | None, *, as_at: date | None = None) -> list[Specialist]:
    """The marks of NSOs posted at or under `path` (all, without one), with posting, unit and member.

    Those that hold on a day if one is given. In the order of units, numbers and first days.
    """
    asked = _marks().order_by(Unit.path, Member.number, Specialist.starts_on)
    if path is not None:
        asked = asked.where(within(path))
    if as_at is not None:
        asked = asked.where(is_specialist_on(as_at))
    return list(session.scalars(asked))


def marks_of(session: Session, member_ids: Collection[int]) -> list[Specialist]:
    """Every mark of these members, with posting, unit and member; the earliest of a member first."""
    asked = _marks().order_by(Posting.member_id, Specialist.starts_on, Specialist.id)
    return list(found_by(session, asked, Posting.member_id, member_ids))


def mark_in(session: Session, path: str, number: str, specialist_id: int) -> Specialist | None:
    """The mark of this key, of the member with this number, in a posting at or under `path`; all loaded."""
    asked = _marks().where(Specialist.id == specialist_id, Member.number == number, within(path))
    return session.scalar(asked)


def marked_on(session: Session, posting_ids: Collection[int], day: date) -> set[int]:
    """Those of these postings in which the member is an NSO on `day`."""
    asked = select(Posting.id).join(Specialist, Specialist.posting_id == Posting.id)
    return set(found_by(session, asked.where(is_specialist_on(day)), Posting.id, posting_ids))


def candidates(session: Session, area_ids: Collection[int], day: date) -> list[Specialist]:
    """The NSOs of the teams of these areas on `day`, who may line-manage the PCSOs there; by name."""
    asked = _marks().where(Unit.parent_id.in_(area_ids), is_specialist_on(day))
    return list(session.scalars(asked.order_by(Member.name, Member.number)))


def managements_of(session: Session, member_ids: Collection[int]) -> list[LineManagement]:
    """Every record of who line-manages these PCSOs, the earliest of a PCSO first.

    With the PCSO and the NSO's mark, posting, unit and member.
    """
    asked = managements().order_by(LineManagement.member_id, LineManagement.starts_on)
    return list(found_by(session, asked, LineManagement.member_id, member_ids))


def managements_by(session: Session, specialist_ids: Collection[int]) -> list[LineManagement]:
    """Every record of whom these NSOs line-manage, loaded as by `managements_of`; by number, then day."""
    asked = managements().where(LineManagement.specialist_id.in_(specialist_ids))
    pcso = aliased(Member)
    asked = asked.join(pcso, pcso.id == LineManagement.member_id)
    return list(session.scalars(asked.order_by(pcso.number, LineManagement.starts_on)))


def management_in(session: Session, member_id: int, management_id: int) -> LineManagement | None:
    """The line management of this key, if it is of this PCSO; loaded as by `managements_of`."""
    asked = managements().where(LineManagement.id == management_id, LineManagement.member_id == member_id)
    return session.scalar(asked)


def managements() -> Select[LineManagement]:
    """Line management with the PCSO and with the NSO's mark, posting, unit (joined as `Unit`) and member."""
    pcso = aliased(Member)
    of_specialist = contains_eager(LineManagement.specialist).contains_eager(Specialist.posting)
    return (
        select(LineManagement)
        .join(pcso, pcso.id == LineManagement.member_id)
        .join(LineManagement.specialist)
        .join(Specialist.posting)
        .join(Posting.unit)
        .join(Posting.member)
        .options(
            contains_eager(LineManagement.member.of_type(pcso)),
            of_specialist.contains_eager(Posting.unit),
            of_specialist.contains_eager(Posting.member),
        )
    )


def _marks() -> Select[Specialist]:
    loaded = contains_eager(Specialist.posting)
    return (
        select(Specialist)
        .join(Specialist.posting)
        .join(Posting.unit)
        .join(Posting.member)
        .options(loaded.contains_eager(Posting.unit), loaded.contains_eager(Posting.member))
    )
