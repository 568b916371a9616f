"""What may be recorded: days in their order, none in the future, and nobody verifying their own training."""

from collections.abc import Iterable
from datetime import date

from npt.kit.clock import day_in_words
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.training.rules.standing import ModuleDates, Progress, Terms


class BadDates(Refusal):
    """Dates of a training that cannot all be true: one in the future, or one before what it follows."""


class OwnVerification(Refusal):
    """A member's training was to be verified by that member."""


class NotExternallyVerified(Refusal):
    """External verification was asked of a programme that has none, or of modules not verified internally."""


class RegisteredAlready(Refusal):
    """A member was to be registered for a programme that they are still busy with."""


def check_registration(progress: Progress, today: date) -> None:
    """Refuse (BadDates, DayOutOfRange) a registration or withdrawal that cannot have been on its day."""
    _check_past(progress.registered_on, today, "registered_on", "the registration")
    _check_past(progress.withdrawn_on, today, "withdrawn_on", "the withdrawal")
    _check_order(progress.registered_on, progress.withdrawn_on, "withdrawn_on", "withdrawn", "registered")


def check_module(registered_on: date, dates: ModuleDates, today: date) -> None:
    """Refuse (BadDates, DayOutOfRange) a module completed before the registration, or in the future."""
    _check_past(dates.completed_on, today, "completed_on", "the completion")
    _check_past(dates.verified_on, today, "verified_on", "the verification")
    _check_order(registered_on, dates.completed_on, "completed_on", "completed", "registered")
    _check_order(dates.completed_on, dates.verified_on, "verified_on", "verified", "completed")


def check_external(terms: Terms, progress: Progress, today: date) -> None:
    """Refuse external verification of what has none, or before all modules are verified internally."""
    if progress.asked_on is None:
        if progress.granted_on is not None:
            raise BadDates(
                "External verification has a day when it was granted but none when it was asked "
                "for: give both.",
                field="asked_on",
            )
        return
    if not terms.has_external:
        raise NotExternallyVerified(
            "This programme has no external verification: leave its dates empty, or change the programme.",
            field="asked_on",
        )
    _check_past(progress.asked_on, today, "asked_on", "the request")
    _check_past(progress.granted_on, today, "granted_on", "the external verification")
    verified_on = progress.verified_on(terms.modules)
    if verified_on is None:
        raise NotExternallyVerified(
            f"External verification can be asked for once all modules are verified internally:"
            f" {progress.verified} of {terms.modules} are.",
            field="asked_on",
        )
    _check_order(verified_on, progress.asked_on, "asked_on", "asked for", "verified internally")
    _check_order(progress.asked_on, progress.granted_on, "granted_on", "granted", "asked for")


def check_one_at_a_time(terms: Terms, registrations: Iterable[Progress]) -> None:
    """Refuse (RegisteredAlready) a registration that begins before the one before it has come to its end.

    It ends when all modules are verified, or when it is withdrawn.
    """
    earlier: Progress | None = None
    for each in sorted(registrations, key=lambda one: one.registered_on):
        if earlier is not None:
            ended_on = earlier.withdrawn_on or earlier.verified_on(terms.modules)
            if (
                ended_on is None
                or ended_on > each.registered_on
                or earlier.registered_on == each.registered_on
            ):
                raise RegisteredAlready(
                    f"The member has been registered since {day_in_words(earlier.registered_on)} and has "
                    f"not finished: record their progress there, or withdraw that registration first.",
                    field="registered_on",
                )
        earlier = each


def check_verifier(is_own: bool) -> None:
    """Refuse (OwnVerification) a verification by the member whose training it is."""
    if is_own:
        raise OwnVerification(
            "You cannot verify your own training: ask another supervisor.", field="verified_by"
        )


def _check_past(day: date | None, today: date, field: str, what: str) -> None:
    check_day(day, field)
    if day is not None and day > today:
        raise BadDates(
            f"{day_in_words(day)} is still to come: give the day of {what}, today or earlier.", field=field
        )


def _check_order(before: date, after: date | None, field: str, done: str, first: str) -> None:
    if after is not None and after < before:
        raise BadDates(
            f"It cannot be {done} on {day_in_words(after)}, before it was {first} on"
            f" {day_in_words(before)}: correct one of the two days.",
            field=field,
        )
