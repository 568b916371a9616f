"""A new action, and one that is corrected."""

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.webkit.asked import asked_value
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.actions import correct_action, set_action
from npt.work.forms import CorrectActionForm, NewActionForm
from npt.work.models import Action
from npt.work.rules import MatterStage
from npt.work.views.door import (
    ONE,
    action_address,
    action_here,
    breadcrumbs,
    matter_asked,
    offer_owners,
    owner_needed,
    pages,
    register_address,
    shown_for,
)


@pages.form("/units/<code>/actions/new", needs=Permission.SET_ACTIONS, within="code")
def new_action(visit: Visit[Unit]) -> Answer:
    """Set an action, for the matter that the address names or for the unit alone."""
    matter = matter_asked(visit)
    form = NewActionForm(data={"stage": asked_value("stage", MatterStage)})
    offer_owners(visit, form)
    return form_page(
        visit,
        form,
        act=lambda: _set(visit, form, matter),
        saved=lambda made: visit.saved(action_address(made), "The action is set."),
        back_href=register_address(visit.place.code),
        page=lambda: {
            **shown_for(visit, matter),
            "is_problem": _is_problem(matter),
            "asks_past": form.is_past_due(visit.today),
        },
    )


@pages.form(f"{ONE}/correct", needs=Permission.SET_ACTIONS, within="code")
def correct(visit: Visit[Unit], action_id: int) -> Answer:
    """Change what is to be done, by whom, or until when."""
    found = action_here(visit, action_id).action
    return correction_page(
        visit,
        CorrectActionForm,
        lambda: action_here(visit, action_id).action,
        offer=lambda form, record: offer_owners(visit, form, record.owner),
        act=lambda record, form: _correct(visit, record, form),
        saved="The action is saved.",
        page=lambda record: {
            "is_problem": _is_problem(record.matter),
            "asks_past": visit.is_sent,
            "above": breadcrumbs(visit),
        },
        back_href=action_address(found),
    )


def _set(visit: Visit[Unit], form: NewActionForm, matter: Matter | None) -> Action:
    return set_action(
        visit.session,
        stamp=visit.stamp,
        today=visit.today,
        unit=visit.place,
        matter=matter,
        facts=form.facts(owner_needed(visit, form)),
        may_be_past=form.is_past_meant.given,
    )


def _is_problem(matter: Matter | None) -> bool:
    """Whether the action has a stage: that of a problem."""
    return matter is not None and matter.kind is MatterKind.PROBLEM


def _correct(visit: Visit[Unit], record: Action, form: CorrectActionForm) -> None:
    correct_action(
        visit.session,
        record,
        today=visit.today,
        facts=form.facts(owner_needed(visit, form)),
        expected_version=form.shown_version,
        may_be_past=form.is_past_meant.given,
    )
