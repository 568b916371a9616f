"""Proposing a priority, and agreeing it with its lead and its problem record."""

from collections.abc import Callable
from functools import cached_property

from npt.access.rules import Permission
from npt.categories.models import Category
from npt.categories.queries import categories
from npt.kin.models import KeyIndividual
from npt.kin.queries import chosen, to_choose
from npt.kin.views.door import LISTED
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of
from npt.partners.models import Agency
from npt.partners.queries import agencies_standing
from npt.people.models import Member
from npt.priorities import actions, queries
from npt.priorities.actions.records import start_record
from npt.priorities.forms import AgreeForm, NewPriorityForm
from npt.priorities.models import Priority
from npt.priorities.rules import AgreedHow
from npt.priorities.views.door import LIST, ONE, address_of, found_priority, list_address, own_address, pages
from npt.priorities.wording import place_of
from npt.problems.models import Problem
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


class Offered:
    """What the forms of a team offer, each asked for once."""

    def __init__(self, visit: Visit[Unit], team: Unit) -> None:
        self._visit, self._session, self._team, self._today = visit, visit.session, team, visit.today

    @cached_property
    def places(self) -> dict[str, Unit]:
        """The neighbourhoods of the team, by code."""
        return {each.code: each for each in neighbourhoods_of(self._session, self._team, as_at=self._today)}

    @cached_property
    def individuals(self) -> dict[int, str]:
        """The key individuals of the team, by key; none for whoever may not know them."""
        if not self._visit.may(Permission.KEEP_KIN, self._team.path):
            return {}
        return {each.id: each.words for each in to_choose(self._session, self._team.path)}

    def individual(self, key: int | None) -> KeyIndividual | None:
        """The key individual of a key, of those who may be chosen."""
        return None if key is None else chosen(self._session, self._team.path, key)

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """The partner agencies of today, by code."""
        return {each.code: each for each in agencies_standing(self._session, self._today)}

    @cached_property
    def leads(self) -> dict[int, Member]:
        """Who may lead a priority of the team, by key."""
        return {each.id: each for each in queries.leads_of(self._session, self._team, self._today)}

    @cached_property
    def problems(self) -> dict[str, Problem]:
        """The open problem records of the team, by reference."""
        return {each.reference: each for each in queries.problems_open(self._session, self._team)}

    @cached_property
    def categories(self) -> dict[int, Category]:
        """The categories of today, by key."""
        return {each.id: each for each in categories(self._session, open_on=self._today)}


@pages.form(f"{LIST}/new", needs=Permission.KEEP_PROBLEMS, within="code", shows_personal=LISTED)
def new_priority(visit: Visit[Unit]) -> Answer:
    """Propose a priority, and say who raised it."""
    visit.personal_record_id = visit.place.id
    form, offered = NewPriorityForm(raised_on=visit.today), Offered(visit, visit.place)
    form.offer_places(offered.places.values())
    form.offer_people(offered.individuals, offered.agencies.values())
    return form_page(
        visit,
        form,
        act=lambda: actions.propose(
            visit.session,
            team=visit.place,
            title=form.title.value,
            neighbourhood=offered.places.get(form.neighbourhood.data or ""),
            is_nobody_named=form.is_nobody_named.given,
            originator=form.facts(offered.individual, offered.agencies),
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
        form.offer(offered.leads.values(), offered.problems.values(), offered.categories.values())
        if not visit.is_sent:
            form.agreed_on.process_data(visit.today)
            form.place.process_data(place_of(record))

    return offer


def _agree(visit: Visit[Unit], record: Priority, form: AgreeForm, offered: Offered) -> Priority:
    lead = offered.leads[int(form.lead.value)]
    problem = (
        start_record(
            visit.session,
            record,
            lead=lead,
            category=offered.categories.get(int(form.category.data or 0)),
            place=form.place.data,
            harmed=form.harmed.data,
            stamp=visit.stamp,
        )
        if form.starts_one
        else offered.problems.get(form.problem.value)
    )
    return actions.agree(
        visit.session,
        record,
        agreed_on=form.agreed_on.value,
        agreed_how=AgreedHow(form.agreed_how.value),
        lead=lead,
        problem=problem,
        today=visit.today,
        expected_version=form.shown_version,
    )
