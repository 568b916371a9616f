"""One member's way through a programme: registered, modules completed and verified, verified externally.

The member's row is locked before anything is looked at, so that two people who record at once see each
other's steps. Every function takes a registration that `npt.training.queries` has loaded whole.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.actions import lock_units
from npt.people.actions import lock_members
from npt.people.models import Member
from npt.people.queries import member_of_account
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version
from npt.training.models import Completion, Programme, Registration
from npt.training.queries import completions_of, registrations_of
from npt.training.rules import (
    ModuleDates,
    Progress,
    RegisteredAlready,
    check_external,
    check_module,
    check_one_at_a_time,
    check_registration,
    check_verifier,
)

LONGEST_BODY = 120


class ProgrammeClosed(Refusal):
    """A member was to be registered after the last day on which the programme takes registrations."""


class NotStanding(Refusal):
    """Something was to be recorded of a registration that is withdrawn."""


class ModuleNotCompleted(Refusal):
    """A module was to be verified that is not completed, or is verified already."""


class ModuleStands(Refusal):
    """A module was to be completed twice, or taken back while something rests on it."""


def _same_day() -> RegisteredAlready:
    return RegisteredAlready(
        "The member is already registered for this programme on that day: record their progress there.",
        field="registered_on",
    )


def _completed_already() -> ModuleStands:
    return ModuleStands(
        "One of these modules is already completed: open the record again and tick only what is missing.",
        field="modules",
    )


name_violation("uq_training_registration_member_id_programme_id_registered_on", _same_day)
name_violation("uq_training_completion_registration_id_module_id", _completed_already)


def register_member(
    session: Session, *, member: Member, programme: Programme, registered_on: date, today: date
) -> Registration:
    """Register a member for a programme that is loaded whole, and send it to the database.

    BadDates, DayOutOfRange, ProgrammeClosed; RegisteredAlready while an earlier registration is not finished.
    """
    lock_units(session, [programme.unit_id])
    others = _locked(session, member.id, programme.id)
    check_open(programme, registered_on)
    check_registration(Progress(registered_on), today)
    check_one_at_a_time(programme.terms, [Progress(registered_on), *(each.progress for each in others)])
    registration = Registration(
        member=member, programme=programme, registered_on=registered_on, completions=[]
    )
    with refusing(session):
        session.add(registration)
    return registration


def check_open(programme: Programme, registered_on: date) -> None:
    """Refuse (ProgrammeClosed) a registration after the programme's last day."""
    if programme.closed_on is not None and registered_on > programme.closed_on:
        raise ProgrammeClosed(
            f"{programme.name} takes no registrations after {day_in_words(programme.closed_on)}: choose"
            " another programme, or give an earlier day.",
            field="registered_on",
        )


def complete_modules(
    session: Session,
    registration: Registration,
    *,
    numbers: Collection[int],
    completed_on: date,
    today: date,
) -> None:
    """Record that the modules of these numbers were completed. NotStanding, BadDates, ModuleStands."""
    _relock(session, registration)
    _check_stands(registration)
    check_module(registration.registered_on, ModuleDates(completed_on), today)
    known = completions_of(registration)
    modules = [module for module in registration.programme.modules if module.number in numbers]
    if len(modules) < len(set(numbers)) or known.keys() & set(numbers):
        raise _completed_already()
    with refusing(session):
        session.add_all(
            Completion(registration=registration, module=module, completed_on=completed_on)
            for module in modules
        )


def verify_modules(
    session: Session,
    registration: Registration,
    *,
    numbers: Collection[int],
    verified_on: date,
    account_id: int,
    today: date,
) -> None:
    """Record that the account has verified the completed modules of these numbers.

    NotStanding, BadDates, ModuleNotCompleted; OwnVerification when the training is that of the account's
    member.
    """
    _relock(session, registration)
    _check_stands(registration)
    verifier = member_of_account(session, account_id)
    check_verifier(verifier is not None and verifier.id == registration.member_id)
    known = completions_of(registration)
    for number in numbers:
        completion = known.get(number)
        if completion is None or completion.verified_on is not None:
            raise ModuleNotCompleted(
                f"Module {number} is {'verified already' if completion else 'not completed'}: open the record"
                " again and tick only what can be verified.",
                field="modules",
            )
        check_module(registration.registered_on, ModuleDates(completion.completed_on, verified_on), today)
    with refusing(session):
        for number in numbers:
            known[number].verified_on = verified_on
            known[number].verified_by_id = account_id


def ask_for_external_verification(
    session: Session, registration: Registration, *, asked_on: date, account_id: int | None, today: date
) -> None:
    """Record that the member has asked the awarding body to verify. NotExternallyVerified, BadDates."""
    _relock(session, registration)
    _check_stands(registration)
    check_external(registration.programme.terms, replace(registration.progress, asked_on=asked_on), today)
    with refusing(session):
        registration.asked_on, registration.asked_by_id = asked_on, account_id


def grant_external_verification(
    session: Session, registration: Registration, *, granted_on: date, granted_by: str, today: date
) -> None:
    """Record that the awarding body has verified. BadDates when it was not asked, or only later."""
    _relock(session, registration)
    _check_stands(registration)
    check_external(registration.programme.terms, replace(registration.progress, granted_on=granted_on), today)
    with refusing(session):
        registration.granted_on, registration.granted_by = granted_on, granted_by


def correct_registration(
    session: Session,
    registration: Registration,
    *,
    corrected: Progress,
    granted_by: str | None,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Correct the days of a registration, or withdraw it; the modules of `corrected` are not looked at.

    StaleRecord, BadDates, DayOutOfRange, NotExternallyVerified, RegisteredAlready, ProgrammeClosed.
    """
    others = _relock(session, registration)
    check_version(registration, expected_version)
    progress = replace(corrected, modules=registration.progress.modules)
    check_whole(registration.programme, progress, others, today)
    with refusing(session):
        registration.registered_on, registration.withdrawn_on = progress.registered_on, progress.withdrawn_on
        if progress.asked_on is None:
            registration.asked_by_id = None
        registration.asked_on, registration.granted_on = progress.asked_on, progress.granted_on
        registration.granted_by = granted_by if progress.granted_on is not None else None


def check_whole(programme: Programme, progress: Progress, others: Sequence[Progress], today: date) -> None:
    """Refuse a registration whose days, modules, external verification or neighbours cannot be.

    `others` are the member's further registrations for the programme.
    """
    check_open(programme, progress.registered_on)
    check_registration(progress, today)
    for dates in progress.modules:
        check_module(progress.registered_on, dates, today)
    check_external(programme.terms, progress, today)
    check_one_at_a_time(programme.terms, [progress, *others])


def correct_module(
    session: Session,
    registration: Registration,
    completion: Completion,
    *,
    dates: ModuleDates,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Correct the days of a completed module; without the second day its verification is taken back.

    StaleRecord, BadDates; ModuleNotCompleted for a verification that nobody has made yet; what else would no
    longer fit, as in `correct_registration`.
    """
    others = _relock(session, registration)
    check_version(completion, expected_version)
    if dates.verified_on is not None and completion.verified_on is None:
        raise ModuleNotCompleted(
            "No one has verified this module yet: save without that day, then verify it.", field="verified_on"
        )
    modules = (dates, *(each.dates for each in registration.completions if each is not completion))
    progress = replace(registration.progress, modules=modules)
    check_whole(registration.programme, progress, others, today)
    with refusing(session):
        completion.completed_on, completion.verified_on = dates.completed_on, dates.verified_on
        if dates.verified_on is None:
            completion.verified_by_id = completion.verified_by_member_id = None


def take_back_module(
    session: Session,
    registration: Registration,
    completion: Completion,
    *,
    expected_version: int | None = None,
) -> None:
    """Record that the module was not completed after all. StaleRecord; ModuleStands while it is verified."""
    _relock(session, registration)
    check_version(completion, expected_version)
    if completion.verified_on is not None:
        raise ModuleStands(
            "The module is verified: clear that day first to remove the verification.",
            field="verified_on",
        )
    with refusing(session):
        session.delete(completion)


def _locked(session: Session, member_id: int, programme_id: int) -> list[Registration]:
    """The member's registrations for the programme as they are now, kept so until the transaction ends."""
    session.flush()
    lock_members(session, [member_id])
    return registrations_of(session, [member_id], programme_id, is_afresh=True)


def _relock(session: Session, registration: Registration) -> list[Progress]:
    """Read the registration again under the lock; the progress of the member's others in the programme."""
    found = _locked(session, registration.member_id, registration.programme_id)
    return [each.progress for each in found if each is not registration]


def _check_stands(registration: Registration) -> None:
    if registration.withdrawn_on is not None:
        raise NotStanding(
            f"The registration was withdrawn on {day_in_words(registration.withdrawn_on)}: correct that day"
            " first, or register the member again."
        )
