"""The minimum cover that a unit wants: a new one, a change, its end."""

from flask import abort, url_for

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.rostering import actions
from npt.rostering.forms import ChangeCoverForm, CoverForm
from npt.rostering.models import CoverRule
from npt.rostering.queries import cover_rule_in, minimum_of
from npt.rostering.rules import monday_of
from npt.rostering.views.cover import check_cover_place, cover_address
from npt.rostering.views.door import pages
from npt.store.versions import StaleRecord
from npt.webkit.converters import KEY
from npt.webkit.filters import last_day
from npt.webkit.pages import Answer
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit


@pages.form("/teams/<code>/cover/add", needs=Permission.SET_COVER, within="code")
def add_cover(visit: Visit[Unit]) -> Answer:
    """Say how many of whom the unit wants on duty, and when."""
    check_cover_place(visit, visit.today)
    form = CoverForm() if visit.is_sent else CoverForm(formdata=None, starts_on=visit.today)
    if form.validate_on_submit():
        try:
            rule = actions.set_cover(visit.session, unit=visit.place, wanted=form.value())
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_back(visit), f"Set: at least {_words(rule)}.")
    return visit.render(form=form, back_href=_back(visit), status=422 if visit.is_sent else 200)


@pages.form(f"/teams/<code>/cover/<{KEY}:cover_rule_id>", needs=Permission.SET_COVER, within="code")
def change_cover(visit: Visit[Unit], cover_rule_id: int) -> Answer:
    """Correct the number of a minimum, or end it."""
    check_cover_place(visit, visit.today)
    rule = _rule(visit, cover_rule_id)
    form = ChangeCoverForm(number=rule.number, ends_on=rule.ends_on, version=str(rule.version))
    words = _words(rule)
    if form.validate_on_submit():
        typed = form.value()
        try:
            actions.change_cover(
                visit.session,
                rule,
                number=typed.number,
                last=typed.last,
                expected_version=form.shown_version,
            )
        except StaleRecord:
            sides = [
                ("At least how many", str(typed.number), str(rule.number)),
                ("Last day", last_day(typed.last), last_day(rule.ends_on)),
            ]
            return both_versions(form, rule.version, sides, keep_href=_back(visit))
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_back(visit), f"Changed: at least {_words(rule)}.")
    return visit.render(
        form=form,
        rule=_rule(visit, cover_rule_id),
        words=words,
        back_href=_back(visit),
        remove_href=url_for("rostering.remove_cover", code=visit.place.code, cover_rule_id=cover_rule_id),
        status=422 if visit.is_sent else 200,
    )


@pages.write(f"/teams/<code>/cover/<{KEY}:cover_rule_id>/remove", needs=Permission.SET_COVER, within="code")
def remove_cover(visit: Visit[Unit], cover_rule_id: int) -> Answer:
    """Take a minimum out that was set by mistake."""
    rule = _rule(visit, cover_rule_id)
    words = _words(rule)
    actions.remove_cover(visit.session, rule)
    return visit.saved(_back(visit), f"Taken out: at least {words}.")


def _rule(visit: Visit[Unit], cover_rule_id: int) -> CoverRule:
    rule = cover_rule_in(visit.session, visit.place, cover_rule_id)
    if rule is None:
        abort(404)
    return rule


def _words(rule: CoverRule) -> str:
    asked = minimum_of(rule)
    return f"{asked.role.counted(asked.number)}, {asked.words}"


def _back(visit: Visit[Unit]) -> str:
    return cover_address(visit.place.code, monday_of(visit.today))
