"""The steps of a registration: modules completed, modules verified, external verification asked, granted."""

from collections.abc import Callable
from functools import partial

from flask import Response

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.training import actions
from npt.training.forms import AskForm, CompleteForm, GrantForm, VerifyForm
from npt.training.models import Registration
from npt.training.queries import completions_of
from npt.training.views.door import REGISTRATION, pages, record_address, registration_at
from npt.webkit.fields import Choice
from npt.webkit.form_flow import form_page
from npt.webkit.forms import CreateForm, Keywords
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _step(
    visit: Visit[Unit],
    registration: Registration,
    form: CreateForm[Keywords],
    act: Callable[..., None],
    message: str,
) -> Response:
    """The page of one step; once it is taken with what was typed, back to the record."""
    # Read now: a refusal rolls the session back.
    number = registration.member.number
    shown = {
        "number": number,
        "programme": registration.programme.name,
        "registered_on": registration.registered_on,
    }
    return form_page(
        visit,
        form,
        act=lambda: act(visit.session, registration, **form.value(), today=visit.today),
        saved=message,
        back_href=record_address(visit, number),
        page=lambda: shown,
    )


def _choices(registration: Registration, *, is_to_verify: bool) -> tuple[Choice, ...]:
    """The modules that can be completed, or verified, next."""
    known = completions_of(registration)
    return tuple(
        Choice(str(module.number), f"{module.number}. {module.name}")
        for module in registration.programme.modules
        for done in [known.get(module.number)]
        if (done is not None and done.verified_on is None if is_to_verify else done is None)
    )


def _only(choices: tuple[Choice, ...]) -> tuple[str, ...] | None:
    """The one choice there is, already made."""
    return (choices[0].value,) if len(choices) == 1 else None


@pages.form(f"{REGISTRATION}/complete", needs=Permission.RECORD_TRAINING, within="code")
def complete(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Record completed modules."""
    registration = registration_at(visit, number, registration_id)
    choices = _choices(registration, is_to_verify=False)
    form = CompleteForm(numbers=_only(choices), completed_on=visit.today)
    form.numbers.choices = choices
    return _step(visit, registration, form, actions.complete_modules, "The completed modules are saved.")


@pages.form(f"{REGISTRATION}/verify", needs=Permission.RECORD_TRAINING, within="code")
def verify(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Verify completed modules, as the person signed in."""
    registration = registration_at(visit, number, registration_id)
    choices = _choices(registration, is_to_verify=True)
    form = VerifyForm(numbers=_only(choices), verified_on=visit.today)
    form.numbers.choices = choices
    act = partial(actions.verify_modules, account_id=visit.by)
    return _step(visit, registration, form, act, "The verification is saved, with your name.")


@pages.form(f"{REGISTRATION}/ask", needs=Permission.RECORD_TRAINING, within="code")
def ask(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Record that the member asked for external verification."""
    registration = registration_at(visit, number, registration_id)
    act = partial(actions.ask_for_external_verification, account_id=visit.by)
    return _step(visit, registration, AskForm(asked_on=visit.today), act, "The request is saved.")


@pages.form(f"{REGISTRATION}/grant", needs=Permission.RECORD_TRAINING, within="code")
def grant(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Record that the awarding body granted external verification."""
    registration = registration_at(visit, number, registration_id)
    form, act = GrantForm(granted_on=visit.today), actions.grant_external_verification
    return _step(visit, registration, form, act, "The external verification is saved.")
