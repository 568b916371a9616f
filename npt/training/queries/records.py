"""Questions about registrations and completed modules."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from npt.organisation.queries import within
from npt.people.models import Member, Posting
from npt.store.batches import found_by
from npt.training.models import Completion, Programme, Registration


def _whole() -> Select[Registration]:
    """Registrations with everything about them, by programme and day."""
    return (
        select(Registration)
        .join(Registration.programme)
        .options(
            contains_eager(Registration.programme).selectinload(Programme.modules),
            contains_eager(Registration.programme).selectinload(Programme.roles),
            contains_eager(Registration.programme).joinedload(Programme.unit),
            joinedload(Registration.member),
            joinedload(Registration.asked_by),
            selectinload(Registration.completions).options(
                joinedload(Completion.module),
                joinedload(Completion.verified_by),
                joinedload(Completion.verified_by_member),
            ),
        )
        .order_by(Registration.programme_id, Registration.registered_on)
    )


def registrations_of(
    session: Session, member_ids: Collection[int], programme_id: int | None = None, *, is_afresh: bool = False
) -> list[Registration]:
    """The registrations of these members, whole (for one programme if given), by programme and day.

    `is_afresh`: as they are in the database now, whatever the session has read before.
    """
    asked = _whole().execution_options(populate_existing=is_afresh)
    if programme_id is not None:
        asked = asked.where(Registration.programme_id == programme_id)
    return list(found_by(session, asked, Registration.member_id, member_ids))


def registration_in(session: Session, member_id: int, registration_id: int) -> Registration | None:
    """The registration of that number, whole, when it is the member's; None otherwise."""
    return session.scalar(
        _whole().where(Registration.id == registration_id, Registration.member_id == member_id)
    )


def completion_in(registration: Registration, number: int) -> Completion | None:
    """What is recorded of the module of this number; None when it is not completed. Asks nothing."""
    return next((each for each in registration.completions if each.module.number == number), None)


def completions_of(registration: Registration) -> dict[int, Completion]:
    """The completed modules by number. Asks nothing."""
    return {each.module.number: each for each in registration.completions}


def registrations_under(session: Session, path: str | None) -> list[Registration]:
    """The registrations of everybody ever posted at or under `path` (of everybody, without one), whole.

    By number, programme and day.
    """
    asked = _whole().order_by(None)
    if path is not None:
        posted = select(Posting.member_id).join(Posting.unit).where(within(path))
        asked = asked.where(Registration.member_id.in_(posted))
    asked = asked.join(Registration.member)
    return list(session.scalars(asked.order_by(Member.number, Programme.code, Registration.registered_on)))
