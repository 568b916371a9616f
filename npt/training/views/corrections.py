"""Corrections: the days of a registration, and those of a completed module."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.training.actions import correct_module as change_module
from npt.training.actions import correct_registration, take_back_module
from npt.training.forms import CorrectModuleForm, CorrectRegistrationForm
from npt.training.models import Completion, Registration
from npt.training.queries import completion_in
from npt.training.views.door import REGISTRATION, pages, record_address, registration_at
from npt.webkit.form_flow import correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{REGISTRATION}/correct", needs=Permission.RECORD_TRAINING, within="code")
def correct(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Correct a registration, withdraw it, or take its external verification back."""
    return correction_page(
        visit,
        CorrectRegistrationForm,
        lambda: registration_at(visit, number, registration_id),
        act=lambda registration, form: _correct(visit, registration, form),
        saved="The registration is corrected.",
        page=lambda _: {"number": number},
        back_href=record_address(visit, number),
    )


def _correct(visit: Visit[Unit], registration: Registration, form: CorrectRegistrationForm) -> None:
    progress, granted_by = form.value()
    correct_registration(
        visit.session,
        registration,
        corrected=progress,
        granted_by=granted_by,
        today=visit.today,
        expected_version=form.shown_version,
    )


@pages.form(f"{REGISTRATION}/modules/<int(max=999):module>", needs=Permission.RECORD_TRAINING, within="code")
def correct_module(visit: Visit[Unit], number: str, registration_id: int, module: int) -> Answer:
    """Correct the days of a completed module, take its verification back, or take it back altogether."""
    return correction_page(
        visit,
        CorrectModuleForm,
        lambda: completion_in(registration_at(visit, number, registration_id), module),
        act=lambda completion, form: _change(
            visit, registration_at(visit, number, registration_id), completion, form
        ),
        saved="The module is corrected.",
        page=lambda _: {"number": number},
        back_href=record_address(visit, number),
    )


def _change(
    visit: Visit[Unit], registration: Registration, completion: Completion, form: CorrectModuleForm
) -> None:
    session, dates, version = visit.session, form.value(), form.shown_version
    if dates is None:
        take_back_module(session, registration, completion, expected_version=version)
    else:
        change_module(
            session, registration, completion, dates=dates, today=visit.today, expected_version=version
        )
