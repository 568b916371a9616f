"""What counts under a definition, changed from a day on and put back: saved once its effect was seen."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.counting import actions
from npt.counting.forms import CountingForm, PutBackForm
from npt.counting.models import DefinitionChange
from npt.counting.queries import changes_of, restatement
from npt.counting.rules import MarkChange, Restatement
from npt.counting.views.definitions import dated_definition, definition_at
from npt.counting.views.door import pages
from npt.counting.views.wording import check_may_manage, restatement_shown
from npt.kit.refusals import Refusal
from npt.shifts.queries import reasons
from npt.shifts.rules import ReasonKind
from npt.store.versions import StaleRecord
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form("/definitions/<definition>/change", needs=Permission.MANAGE_DEFINITIONS)
def change_counting(visit: Visit[None], definition: str) -> Answer:
    """Make reasons count, or not, from a day on; what that restates is shown before it is saved."""
    check_may_manage(visit)
    dated, record = dated_definition(visit, definition), definition_at(visit, definition)
    form = CountingForm(version=str(record.version))
    form.offer(
        [
            Choice(reason.code, reason.name)
            for reason in reasons(visit.session)
            if reason.kind is ReasonKind.ABSTRACTION
        ]
    )
    found: Restatement | None = None
    if visit.is_sent and form.validate():
        typed = form.typed()
        try:
            changes = actions.planned_changes(
                visit.session, dated, chosen=typed.reasons, counts=typed.counts, starts_on=typed.starts_on
            )
            found = restatement(visit.session, dated, changes)
            if form.seen.data == found.digest:
                return _save(visit, definition, form, changes)
            form.show(found.digest)
        except Refusal as refusal:
            _refuse(visit, form, definition, refusal)
            found = None
    return _page(visit, definition, form, found)


@pages.form(
    f"/definitions/<definition>/changes/<{KEY}:counting_change_id>/put-back",
    needs=Permission.MANAGE_DEFINITIONS,
)
def put_back(visit: Visit[None], definition: str, counting_change_id: int) -> Answer:
    """Put a change of what counts back; what that restates is shown first."""
    check_may_manage(visit)
    dated, record = dated_definition(visit, definition), definition_at(visit, definition)
    made = next((each for each in changes_of(visit.session, record) if each.id == counting_change_id), None)
    if made is None:
        visit.missing()
        raise AssertionError("the request has ended")
    form = PutBackForm(version=str(record.version))
    found: Restatement | None = None
    try:
        changes = actions.changes_back(visit.session, dated, made)
        found = restatement(visit.session, dated, changes)
        if visit.is_sent and form.validate() and form.seen.data == found.digest:
            return _save(visit, definition, form, changes, made)
        form.show(found.digest)
    except Refusal as refusal:
        _refuse(visit, form, definition, refusal)
    return _page(visit, definition, form, found)


def _save(
    visit: Visit[None],
    definition: str,
    form: CountingForm | PutBackForm,
    changes: Sequence[MarkChange],
    puts_back: DefinitionChange | None = None,
) -> Answer:
    record = definition_at(visit, definition)
    actions.change_counting(
        visit.session,
        record,
        changes,
        why=form.value(),
        stamp=visit.stamp,
        expected_version=form.shown_version,
        puts_back=puts_back,
    )
    done = "What counts is changed" if puts_back is None else "The change is put back"
    done += ". See whether the definition’s own words still fit it."
    return visit.saved(url_for("counting.definition", definition=definition), done)


def _refuse(visit: Visit[None], form: CountingForm | PutBackForm, definition: str, refusal: Refusal) -> None:
    visit.session.rollback()
    form.refuse(refusal)
    if isinstance(refusal, StaleRecord):
        # Nothing typed is lost: looked at again and sent again, it is a change of the table as it is now.
        form.version.data, form.version.typed = str(definition_at(visit, definition).version), []


def _page(
    visit: Visit[None], definition: str, form: CountingForm | PutBackForm, found: Restatement | None
) -> Answer:
    dated = dated_definition(visit, definition)
    return visit.render(
        form=form,
        definition=dated,
        restated=None if found is None else restatement_shown(visit, dated, found, reasons(visit.session)),
        definition_href=url_for("counting.definition", definition=definition),
        status=422 if form.has_errors else 200,
    )
