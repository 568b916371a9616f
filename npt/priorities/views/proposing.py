"""Proposing a priority, and agreeing it with its lead and its problem record."""

from collections.abc import Callable

from npt.access.rules import Permission
from npt.kin.views.door import LISTED
from npt.organisation.models import Unit
from npt.priorities import actions
from npt.priorities.actions import NewRecord
from npt.priorities.forms import AgreeForm, NewPriorityForm
from npt.priorities.models import Priority
from npt.priorities.rules import AgreedHow
from npt.priorities.views.door import LIST, ONE, address_of, found_priority, list_address, own_address, pages
from npt.priorities.views.offered import Offered
from npt.priorities.wording import place_of
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{LIST}/new", needs=Permission.KEEP_PROBLEMS, within="code", shows_personal=LISTED)
def new_priority(visit: Visit[Unit]) -> Answer:
    """Propose a priority, and say who raised it."""
    visit.personal_record_id = visit.place.id
    form, offered = NewPriorityForm(raised_on=visit.today), Offered(visit, visit.place)
    form.offer_places(offered.places)
    form.offer_people(offered.individuals, offered.agencies)
    return form_page(
        visit,
        form,
        act=lambda: actions.propose(
            visit.session,
            team=visit.place,
            title=form.title.value,
            neighbourhood=offered.place(form.neighbourhood.data),
            is_nobody_named=form.is_nobody_named.given,
            originator=form.facts(offered.individual, offered.agency),
            raised_on=form.raised_on.value,
            stamp=visit.stamp,
            today=visit.today,
        ),
        saved=lambda made: visit.saved(address_of(made), f"{made.reference} is proposed."),
        back_href=list_address(visit.place.code),
    )


@pages.form(f"{ONE}/agree", needs=Permission.KEEP_PROBLEMS, within="code")
def agree(visit: Visit[Unit], priority_id: int) -> Answer:
    """Make a proposed priority one of the team's."""
    found = visit.found(found_priority(visit, priority_id))
    offered = Offered(visit, found.unit)
    return correction_page(
        visit,
        AgreeForm,
        lambda: found_priority(visit, priority_id),
        act=lambda record, form: _agree(visit, record, form, offered),
        saved=lambda made: f"{made.reference} is agreed. It is to be looked at again within three months.",
        back_href=own_address(visit.place.code, priority_id),
        offer=_offer(visit, offered),
    )


def _offer(visit: Visit[Unit], offered: Offered) -> Callable[[AgreeForm, Priority], None]:
    def offer(form: AgreeForm, record: Priority) -> None:
        form.offer(offered.leads, offered.problems, offered.categories)
        if not visit.is_sent:
            form.agreed_on.process_data(visit.today)
            form.place.process_data(place_of(record))

    return offer


def _agree(visit: Visit[Unit], record: Priority, form: AgreeForm, offered: Offered) -> Priority:
    new = NewRecord(offered.category(form.category.data), form.place.data, form.harmed.data)
    return actions.agree(
        visit.session,
        record,
        agreed_on=form.agreed_on.value,
        agreed_how=AgreedHow(form.agreed_how.value),
        lead=visit.found(offered.lead(form.lead.value)),
        problem=new if form.starts_one else offered.problem(form.problem.value),
        stamp=visit.stamp,
        today=visit.today,
        expected_version=form.shown_version,
    )
