"""The steps of a registration: modules completed, modules verified, external verification asked, granted."""

from collections.abc import Callable
from typing import Any

from flask import Response

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.training.actions import (
    ask_for_external_verification,
    complete_modules,
    grant_external_verification,
    verify_modules,
)
from npt.training.forms import AskForm, CompleteForm, GrantForm, VerifyForm
from npt.training.models import Registration
from npt.training.queries import completions_of
from npt.training.views.door import REGISTRATION, pages, record_address, registration_at
from npt.webkit.fields import Choice
from npt.webkit.form_flow import form_page
from npt.webkit.forms import CreateForm
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _step(
    visit: Visit[Unit],
    registration: Registration,
    form: CreateForm[Any],
    act: Callable[[], None],
    message: str,
) -> Response:
    """The page of one step; once it is taken, back to the record."""
    # Read now: a refusal rolls the session back.
    number = registration.member.number
    shown = {
        "number": number,
        "programme": registration.programme.name,
        "registered_on": registration.registered_on,
    }
    back_href = record_address(visit, number)
    return form_page(visit, form, act=act, saved=message, back_href=back_href, page=lambda: shown)


def _choices(registration: Registration, *, is_to_verify: bool) -> tuple[Choice, ...]:
    """The modules that can be completed, or verified, next."""
    known = completions_of(registration)
    return tuple(
        Choice(str(module.number), f"{module.number}. {module.name}")
        for module in registration.programme.modules
        for done in [known.get(module.number)]
        if (done is not None and done.verified_on is None if is_to_verify else done is None)
    )


@pages.form(f"{REGISTRATION}/complete", needs=Permission.RECORD_TRAINING, within="code")
def complete(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Record completed modules."""
    registration = registration_at(visit, number, registration_id)
    choices = _choices(registration, is_to_verify=False)
    form = CompleteForm(modules=_only(choices), completed_on=visit.today)
    form.modules.choices = choices

    def act() -> None:
        typed = form.value()
        complete_modules(
            visit.session, registration, numbers=typed.numbers, completed_on=typed.on, today=visit.today
        )

    return _step(visit, registration, form, act, "The completed modules are saved.")


@pages.form(f"{REGISTRATION}/verify", needs=Permission.RECORD_TRAINING, within="code")
def verify(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Verify completed modules, as the person signed in."""
    registration = registration_at(visit, number, registration_id)
    choices = _choices(registration, is_to_verify=True)
    form = VerifyForm(modules=_only(choices), verified_on=visit.today)
    form.modules.choices = choices

    def act() -> None:
        typed = form.value()
        verify_modules(
            visit.session,
            registration,
            numbers=typed.numbers,
            verified_on=typed.on,
            account_id=visit.by,
            today=visit.today,
        )

    return _step(visit, registration, form, act, "The verification is saved, with your name.")


def _only(choices: tuple[Choice, ...]) -> tuple[str, ...] | None:
    """The one choice there is, already made."""
    return (choices[0].value,) if len(choices) == 1 else None


@pages.form(f"{REGISTRATION}/ask", needs=Permission.RECORD_TRAINING, within="code")
def ask(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Record that the member asked for external verification."""
    registration = registration_at(visit, number, registration_id)
    form = AskForm(asked_on=visit.today)

    def act() -> None:
        ask_for_external_verification(
            visit.session, registration, asked_on=form.value(), account_id=visit.by, today=visit.today
        )

    return _step(visit, registration, form, act, "The request is saved.")


@pages.form(f"{REGISTRATION}/grant", needs=Permission.RECORD_TRAINING, within="code")
def grant(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Record that the awarding body granted external verification."""
    registration = registration_at(visit, number, registration_id)
    form = GrantForm(granted_on=visit.today)

    def act() -> None:
        granted_on, granted_by = form.value()
        grant_external_verification(
            visit.session, registration, granted_on=granted_on, granted_by=granted_by, today=visit.today
        )

    return _step(visit, registration, form, act, "The external verification is saved.")
