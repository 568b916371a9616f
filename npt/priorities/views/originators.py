"""Others who reported the same, and corrections of how somebody is reached."""

from npt.access.rules import Permission
from npt.kin.models import KeyIndividual
from npt.kin.views.door import LISTED
from npt.organisation.models import Unit
from npt.priorities import actions, queries
from npt.priorities.forms import CorrectOriginatorForm, OriginatorForm
from npt.priorities.models import Originator
from npt.priorities.views.door import ONE, found_priority, own_address, pages
from npt.priorities.views.offered import Offered
from npt.webkit.converters import KEY
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{ONE}/reported", needs=Permission.KEEP_PROBLEMS, within="code", shows_personal=LISTED)
def new_originator(visit: Visit[Unit], priority_id: int) -> Answer:
    """Record somebody else who reported it."""
    found = visit.found(found_priority(visit, priority_id))
    visit.personal_record_id = visit.place.id
    form, offered = OriginatorForm(), Offered(visit, found.unit)
    form.offer_people(offered.individuals, offered.agencies)
    return form_page(
        visit,
        form,
        act=lambda: actions.add_originator(
            visit.session,
            found,
            form.facts(offered.individual, offered.agency),
            is_first=False,
            stamp=visit.stamp,
        ),
        saved="They are recorded.",
        back_href=own_address(visit.place.code, priority_id),
        page=lambda: {"record": visit.found(queries.priority_in(visit.session, visit.place, priority_id))},
    )


@pages.form(
    f"{ONE}/reported/<{KEY}:originator_id>",
    needs=Permission.KEEP_PROBLEMS,
    within="code",
    shows_personal="originator",
)
def correct_originator(visit: Visit[Unit], priority_id: int, originator_id: int) -> Answer:
    """Correct who somebody is that raised it, and how they are reached."""
    found = visit.found(found_priority(visit, priority_id))
    visit.personal_record_id = originator_id
    offered = Offered(visit, found.unit)

    def find() -> Originator | None:
        return queries.originator_of(visit.found(found_priority(visit, priority_id)), originator_id)

    def offer(form: CorrectOriginatorForm, record: Originator) -> None:
        own = {} if record.individual is None else {record.individual.id: record.individual.name}
        form.offer_people({**own, **offered.individuals}, offered.agencies)

    def act(record: Originator, form: CorrectOriginatorForm) -> None:
        def individual(key: int | None) -> KeyIndividual | None:
            return record.individual if key == record.individual_id else offered.individual(key)

        facts = form.facts(individual, offered.agency)
        actions.change_originator(visit.session, record, facts, expected_version=form.shown_version)

    return correction_page(
        visit,
        CorrectOriginatorForm,
        find,
        act=act,
        saved="The record is saved.",
        back_href=own_address(visit.place.code, priority_id),
        offer=offer,
    )
