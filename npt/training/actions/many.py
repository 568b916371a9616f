"""The same step recorded for many members at once: all of it, or, where one cannot have it, nothing."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.people.actions import lock_members
from npt.people.models import Member
from npt.training.actions.progress import complete_modules, register_member, verify_modules
from npt.training.models import Programme, Registration
from npt.training.queries import completions_of, registrations_of

#: As many refusals as one message names.
MOST_NAMED = 5


class NotForAll(Refusal):
    """At least one of the members cannot have the step; nothing was recorded for any of them."""


class NothingToRecord(Refusal):
    """Everybody chosen has the step already."""


class NotRegistered(Refusal):
    """A module was to be recorded for somebody who is not registered for the programme."""


class Recorded(NamedTuple):
    """What became of it: members for whom something was recorded, and those who had all of it already."""

    members: int
    had_it: int


def register_many(
    session: Session, *, members: Sequence[Member], programme: Programme, registered_on: date, today: date
) -> Recorded:
    """Register the members for a programme that is loaded whole. NotForAll, NothingToRecord.

    Left out is who is registered and has not finished.
    """
    busy = {
        key
        for key, found in _latest(session, members, programme).items()
        if found.progress.verified < len(programme.modules)
    }

    def act(member: Member) -> bool:
        if member.id in busy:
            return False
        register_member(session, member=member, programme=programme, registered_on=registered_on, today=today)
        return True

    return _for_each(members, act)


def complete_many(
    session: Session,
    *,
    members: Sequence[Member],
    programme: Programme,
    numbers: Collection[int],
    completed_on: date,
    today: date,
) -> Recorded:
    """Record that the members completed the modules of these numbers. NotForAll, NothingToRecord.

    A module that one of them had completed before keeps its day.
    """
    latest = _latest(session, members, programme)

    def act(member: Member) -> bool:
        registration = _of(latest, member)
        missing = [number for number in numbers if number not in completions_of(registration)]
        if missing:
            complete_modules(session, registration, numbers=missing, completed_on=completed_on, today=today)
        return bool(missing)

    return _for_each(members, act)


def verify_many(
    session: Session,
    *,
    members: Sequence[Member],
    programme: Programme,
    numbers: Collection[int],
    verified_on: date,
    account_id: int,
    today: date,
) -> Recorded:
    """Record that the account verified the modules of these numbers. NotForAll, NothingToRecord.

    A module that one of them had verified before keeps its day and its verifier.
    """
    latest = _latest(session, members, programme)

    def act(member: Member) -> bool:
        registration = _of(latest, member)
        known = completions_of(registration)
        missing = [number for number in numbers if number not in known or known[number].verified_on is None]
        if missing:
            verify_modules(
                session,
                registration,
                numbers=missing,
                verified_on=verified_on,
                account_id=account_id,
                today=today,
            )
        return bool(missing)

    return _for_each(members, act)


def _latest(session: Session, members: Iterable[Member], programme: Programme) -> dict[int, Registration]:
    """The registration that stands, the latest where there are several, by member; everybody locked."""
    keys = sorted(member.id for member in members)
    lock_members(session, keys)  # in one order, so that two people who do this at once take turns
    found = registrations_of(session, keys, programme.id, is_afresh=True)
    standing = [registration for registration in found if registration.withdrawn_on is None]
    return {
        registration.member_id: registration
        for registration in sorted(standing, key=lambda each: each.registered_on)
    }


def _of(latest: dict[int, Registration], member: Member) -> Registration:
    if member.id not in latest:
        raise NotRegistered("not registered for the programme: register them first")
    return latest[member.id]


def _for_each(members: Sequence[Member], act: Callable[[Member], bool]) -> Recorded:
    recorded, refused = 0, []
    for member in members:
        try:
            recorded += act(member)
        except Refusal as refusal:
            refused.append(f"{member.name} ({member.number}): {refusal.message.rstrip('.')}")
    if refused:
        more = f"; and {len(refused) - MOST_NAMED} more" if len(refused) > MOST_NAMED else ""
        raise NotForAll(
            f"Nothing was saved. {'; '.join(refused[:MOST_NAMED])}{more}. Leave them out, or "
            "correct this first.",
            field="members",
        )
    if not recorded:
        raise NothingToRecord(
            "Everyone chosen has this already: choose other members or other modules.", field="members"
        )
    return Recorded(recorded, len(members) - recorded)
