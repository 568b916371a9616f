"""Corrections: the days of a registration, and those of a completed module."""

from datetime import date

from flask import abort

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.store.versions import StaleRecord
from npt.training.actions import correct_module as change_module
from npt.training.actions import correct_registration, take_back_module
from npt.training.forms import (
    CorrectedModule,
    CorrectedRegistration,
    CorrectModuleForm,
    CorrectRegistrationForm,
)
from npt.training.models import Completion, Registration
from npt.training.queries import completion_in
from npt.training.views.door import REGISTRATION, pages, record_address, registration_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.pages import Answer
from npt.webkit.stale import Sides, both_versions
from npt.webkit.visit import Visit


def _day(value: date | None) -> str:
    return "" if value is None else day_in_words(value)


@pages.form(f"{REGISTRATION}/correct", needs=Permission.RECORD_TRAINING, within="code")
def correct(visit: Visit[Unit], number: str, registration_id: int) -> Answer:
    """Correct a registration, withdraw it, or take its external verification back."""
    registration = registration_at(visit, number, registration_id)
    form = CorrectRegistrationForm(
        registered_on=registration.registered_on,
        withdrawn_on=registration.withdrawn_on,
        asked_on=registration.asked_on,
        granted_on=registration.granted_on,
        granted_by=registration.granted_by,
        version=str(registration.version),
    )
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            correct_registration(
                visit.session,
                registration,
                corrected=typed.progress,
                granted_by=typed.granted_by,
                today=visit.today,
                expected_version=form.shown_version,
            )
        except StaleRecord:
            visit.session.rollback()
            registration = registration_at(visit, number, registration_id)
            sides = _sides(typed, registration)
            return both_versions(form, registration.version, sides, keep_href=record_address(visit, number))
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
            registration = registration_at(visit, number, registration_id)
        else:
            return visit.saved(record_address(visit, number), "The registration is corrected.")
    return visit.render(
        form=form,
        registration=registration,
        number=number,
        has_external=registration.programme.has_external,
        record_href=record_address(visit, number),
        status=422 if visit.is_sent else 200,
    )


def _sides(typed: CorrectedRegistration, registration: Registration) -> list[Sides]:
    mine = typed.progress
    return [
        ("Day of the registration", _day(mine.registered_on), _day(registration.registered_on)),
        ("Withdrawn on", _day(mine.withdrawn_on), _day(registration.withdrawn_on)),
        ("External verification asked for on", _day(mine.asked_on), _day(registration.asked_on)),
        ("External verification granted on", _day(mine.granted_on), _day(registration.granted_on)),
        ("Awarding body", typed.granted_by or "", registration.granted_by or ""),
    ]


@pages.form(f"{REGISTRATION}/modules/<int(max=999):module>", needs=Permission.RECORD_TRAINING, within="code")
def correct_module(visit: Visit[Unit], number: str, registration_id: int, module: int) -> Answer:
    """Correct the days of a completed module, take its verification back, or take it back altogether."""
    registration, completion = _completion(visit, number, registration_id, module)
    form = CorrectModuleForm(
        completed_on=completion.completed_on,
        verified_on=completion.verified_on,
        version=str(completion.version),
    )
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            _change(visit, registration, completion, typed, form.shown_version)
        except StaleRecord:
            visit.session.rollback()
            _, completion = _completion(visit, number, registration_id, module)
            sides = _module_sides(typed, completion)
            return both_versions(form, completion.version, sides, keep_href=record_address(visit, number))
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
            _, completion = _completion(visit, number, registration_id, module)
        else:
            return visit.saved(record_address(visit, number), "The module is corrected.")
    return visit.render(
        form=form,
        completion=completion,
        number=number,
        record_href=record_address(visit, number),
        status=422 if visit.is_sent else 200,
    )


def _completion(
    visit: Visit[Unit], number: str, registration_id: int, module: int
) -> tuple[Registration, Completion]:
    registration = registration_at(visit, number, registration_id)
    found = completion_in(registration, module)
    if found is None:
        abort(404)
    return registration, found


def _change(
    visit: Visit[Unit],
    registration: Registration,
    completion: Completion,
    typed: CorrectedModule,
    version: int,
) -> None:
    if typed.dates is None:
        take_back_module(visit.session, registration, completion, expected_version=version)
    else:
        change_module(
            visit.session,
            registration,
            completion,
            dates=typed.dates,
            today=visit.today,
            expected_version=version,
        )


def _module_sides(typed: CorrectedModule, completion: Completion) -> list[Sides]:
    mine = typed.dates
    return [
        ("Completed on", _day(mine.completed_on if mine else None), _day(completion.completed_on)),
        ("Verified on", _day(mine.verified_on if mine else None), _day(completion.verified_on)),
    ]
