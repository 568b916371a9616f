"""The minimum cover that a unit wants: a new one, a change, its end."""

from npt.access.rules import Permission
from npt.kit.clock import monday_of
from npt.organisation.models import Unit
from npt.rostering import actions
from npt.rostering.forms import ChangeCoverForm, CoverForm
from npt.rostering.models import CoverRule
from npt.rostering.queries import cover_rule_in, minimum_of
from npt.rostering.views.cover import check_cover_place, cover_address
from npt.rostering.views.door import pages
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_RULE = f"/teams/<code>/cover/<{KEY}:cover_rule_id>"


@pages.form("/teams/<code>/cover/add", needs=Permission.SET_COVER, within="code")
def add_cover(visit: Visit[Unit]) -> Answer:
    """Say how many of whom the unit wants on duty, and when."""
    check_cover_place(visit, visit.today)
    form = CoverForm(starts_on=visit.today)
    return form_page(
        visit,
        form,
        act=lambda: actions.set_cover(visit.session, unit=visit.place, wanted=form.value()),
        saved=lambda rule: f"Set: at least {_words(rule)}.",
        back_href=_back(visit),
    )


@pages.form(_RULE, needs=Permission.SET_COVER, within="code")
def change_cover(visit: Visit[Unit], cover_rule_id: int) -> Answer:
    """Correct the number of a minimum, or end it."""
    check_cover_place(visit, visit.today)
    return correction_page(
        visit,
        ChangeCoverForm,
        lambda: cover_rule_in(visit.session, visit.place, cover_rule_id),
        act=lambda rule, form: _change(visit, rule, form),
        saved=lambda rule: f"Changed: at least {_words(rule)}.",
        page=lambda rule: {"words": _words(rule)},
        back_href=_back(visit),
    )


@pages.write(f"{_RULE}/remove", needs=Permission.SET_COVER, within="code")
def remove_cover(visit: Visit[Unit], cover_rule_id: int) -> Answer:
    """Take a minimum out that was set by mistake."""
    rule = visit.found(cover_rule_in(visit.session, visit.place, cover_rule_id))
    words = _words(rule)
    return button(
        visit,
        act=lambda: actions.remove_cover(visit.session, rule, expected_version=visit.sent_version),
        saved=f"Removed: at least {words}.",
        back_href=_back(visit),
    )


def _words(rule: CoverRule) -> str:
    return minimum_of(rule).in_full


def _change(visit: Visit[Unit], rule: CoverRule, form: ChangeCoverForm) -> CoverRule:
    typed = form.value()
    return actions.change_cover(
        visit.session, rule, number=typed.number, last=typed.last, expected_version=form.shown_version
    )


def _back(visit: Visit[Unit]) -> str:
    return cover_address(visit.place.code, monday_of(visit.today))
